"""Whether a capital stands for its government or for the town: by what it does, owns, or is done to.

In the training documents coders took 121 of 470 capitals for a government; these rules find 111 of them. Of 21 others
that they take for one, 17 are governments that have no part in an event (Washington's commitment) and 4 are towns.
"""

from __future__ import annotations

from communique.knowledge.scan import Hit, Scene
from communique.records import Token


def governs(scene: Scene, hit: Hit) -> bool:
    """Say whether a capital stands for its government here."""
    token = scene.token(hit.last - 1)
    before = scene.words[hit.first - 1].key if hit.first else ""
    return _governs(scene, token, before)


def _governs(scene: Scene, token: Token, before: str) -> bool:
    if token.head < 0:
        return False
    head = scene.sentence.tokens[token.head]
    if token.relation == "conj":
        return _governs(scene, head, _word_before(scene, token.head))
    if token.relation.startswith("nsubj"):
        return _acts(token.relation, head)
    if token.relation in ("obj", "iobj"):
        return before not in _OF_TOWNS and head.lemma in _URGED
    if token.relation == "nmod:poss":
        return head.pos == "NOUN" and head.lemma not in _OF_TOWNS
    if token.relation.startswith(("nmod", "obl")):
        return before in _PARTIES or head.lemma in _AFTER.get(before, _NONE)
    return False


def _acts(relation: str, head: Token) -> bool:
    """Say whether the subject of this word is somebody: who denies, is accused or is ready."""
    if head.pos == "ADJ":
        return head.lemma in _MINDED
    verb = head.pos in ("VERB", "")
    return verb and head.lemma not in (_SUFFERED if relation == "nsubj:pass" else _STANDING)


def _word_before(scene: Scene, token: int) -> str:
    """Return the key of the last word before a token, its names' earlier words left out."""
    tokens = scene.sentence.tokens
    first = token
    while first > 0 and tokens[first - 1].head == token and tokens[first - 1].relation in _INSIDE:
        first -= 1
    at = next((n for n, word in enumerate(scene.words) if word.token >= first), 0)
    return scene.words[at - 1].key if at else ""


_NONE: frozenset[str] = frozenset()
_INSIDE = frozenset({"compound", "flat", "amod", "det"})
_PARTIES = frozenset({"between", "with", "by", "against", "upon", "versus"})
"""Words after which a capital is one side of something."""
_STANDING = frozenset(
    "lie stand remain sit sleep burn see host become fall shake be celebrate explode".split()
)
_SUFFERED = _STANDING | frozenset(
    "attack hit capture seize bomb rock take retake occupy control surround locate evacuate strike shell besiege "
    "divide build rebuild found rename flood call destroy liberate encircle overrun".split()
)
"""What is done to a town."""
_MINDED = frozenset(
    "ready willing unwilling responsible keen eager reluctant open angry furious concerned worried determined "
    "wary adamant able unable unlikely likely silent guilty complicit culpable".split()
)
_URGED = frozenset(
    "urge push press pressure warn accuse threaten blame ask tell force compel allow help convince persuade sanction "
    "punish criticize criticise condemn support back thank isolate engage invite deter provoke anger target reassure "
    "blast slam embolden get want expect keep prompt pursue confront contain challenge antagonize antagonise infuriate "
    "enrage appease placate notify inform assure advise remind implore beg order caution denounce chide rebuke "
    "lambaste castigate implicate counter defy bully lobby coerce enable oblige lead".split()
)
"""Verbs whose object is somebody who can be talked to, moved or blamed."""
_OF_TOWNS = frozenset(
    "airport street road square palace church mosque hospital hotel police mayor resident citizen community suburb "
    "district neighborhood neighbourhood population university school stadium station metro subway market center "
    "centre port outskirt skyline weather bureau chief office prison jail capital central downtown old "
    "embassy cathedral theater theatre museum slum traffic river".split()
)
"""What a town owns, and adjectives of towns."""
_PRESSING = "pressure sanction campaign embargo blame restriction tariff demand curb penalty squeeze ultimatum".split()
_GIVEN = (
    "aid assistance help support backing message warning threat concession response challenge blow letter sale rebuke "
    "offer proposal appeal signal loyalty alternative ultimatum demand loan reassurance request pledge commitment"
).split()
_AFTER = {
    "on": frozenset(
        [*_PRESSING, *"impose press put mount increase order pile slap ease lift pin levy exert tighten".split()]
    ),
    "to": frozenset([*_GIVEN, *"appeal offer bow yield respond report signal cede pander loyal close".split()]),
    "from": frozenset(
        [*_GIVEN, *"pressure denial independence order statement approval call reaction criticism guarantee assurance "
         "permission instruction condemnation funding protest reply comment interference secede".split()]
    ),
    "for": frozenset(
        [*_GIVEN, *"punishment risk setback victory defeat lifeline consequence problem policy headache spy "
         "speak".split()]
    ),
    "at": frozenset("target direct aim anger frustration outrage fury".split()),
    "of": frozenset(
        "ally support supporter criticism critic foe enemy adversary rival opponent backer behalf intention "
        "condemnation disapproval accuse wary suspicious critical".split()
    ),
    "toward": frozenset("policy stance hostility attitude approach posture".split()),
    "towards": frozenset("policy stance hostility attitude approach posture".split()),
}  # fmt: skip
"""By preposition, the words before it after which a capital is somebody: pressure on, aid to, an ally of."""
