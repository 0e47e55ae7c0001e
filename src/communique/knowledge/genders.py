"""Whether he or she can mean a person: by honorific, role noun and given name; silent when unsure."""

from __future__ import annotations

from collections.abc import Mapping

from communique.knowledge.names import key
from communique.knowledge.roster import Draft
from communique.knowledge.tables import rows

FEMALE, MALE = "f", "m"
_WORDS = {
    **dict.fromkeys("mrs ms miss dame lady queen princess baroness sister madam".split(), FEMALE),
    **dict.fromkeys("mother wife daughter woman girl widow actress duchess businesswoman".split(), FEMALE),
    **dict.fromkeys("mr sir lord king prince baron brother father husband son man boy".split(), MALE),
    **dict.fromkeys("pope bishop imam ayatollah sheikh rabbi msgr monsignor businessman".split(), MALE),
}
_ENDINGS = (("woman", FEMALE), ("women", FEMALE), ("man", MALE), ("men", MALE))
_SHE = frozenset({"she", "her", "hers", "herself"})
_HE = frozenset({"he", "him", "his", "himself"})


def read_given_names() -> Mapping[str, str]:
    """Read the given names that tell a gender."""
    return {row["name"]: row["gender"] for _, row in rows("given_names.csv")}


def of_pronoun(word: str) -> str:
    """Return the gender of a pronoun, empty for those without."""
    return FEMALE if word in _SHE else MALE if word in _HE else ""


def of_words(words: str) -> str:
    """Return the gender that a title or role noun tells: Mrs., congresswoman, king."""
    for word in key(words).split():
        found = _WORDS.get(word) or next((g for end, g in _ENDINGS if word.endswith(end) and word != end), "")
        if found:
            return found
    return ""


def of_name(name: str, given: Mapping[str, str]) -> str:
    """Return the gender of a full name by its first word."""
    first, _, rest = key(name).partition(" ")
    return given.get(first, "") if rest else ""


def fits(draft: Draft, gender: str) -> bool:
    """Say whether a pronoun of this gender can mean the member."""
    return not gender or not draft.gender or draft.gender == gender
