"""The verbs and phrases by which news attributes words, and what each does with them."""

from __future__ import annotations

ASSERTS = frozenset(
    "say tell announce state declare add note claim report explain confirm insist maintain argue assert "
    "allege contend acknowledge admit reveal disclose remark observe reiterate repeat stress emphasize "
    "emphasise underline write tweet post comment suggest indicate believe think reply respond answer "
    "continue conclude recall estimate predict testify warn concede affirm describe mention point quote "
    "read recount assure inform brief agree signal hint imply boast joke concur avow opine relate swear retort "
    "counter snort quip protest clarify record".split()
)
DENIES = frozenset(
    "deny dismiss refute disavow rebut disprove reject dispute contest disclaim disbelieve".split()
)
ASKS = frozenset("ask demand urge call request appeal order insist exhort implore plead beg invite".split())
PROMISES = frozenset("promise vow pledge agree commit guarantee offer".split())
THREATENS = frozenset("threaten warn".split())
EVALUATES = frozenset(
    "condemn criticize criticise denounce slam praise welcome hail accuse blame express applaud deplore "
    "decry lament regret support back oppose endorse commend".split()
)
CUE_VERBS = ASSERTS | DENIES | ASKS | PROMISES | THREATENS | EVALUATES
DENIALS_OF_THINGS = frozenset("deny reject dismiss refute dispute rebut disavow contest disown".split())
"""Verbs whose object is what is said not to be so: denied the charge, dismissed the reports."""
NOMINAL_CUES = frozenset("statement claim report announcement allegation accusation denial assertion".split())
OPENING_QUOTES = '“"«„'
CLOSING_QUOTES = '”"»'


def polarity_of(lemma: str) -> str:
    """Return what a cue does: asserts, denies, asks, promises, threatens or evaluates."""
    table = (
        ("denies", DENIES - {"reject", "dispute"}),
        ("threatens", THREATENS - {"warn"}),
        ("asks", ASKS - {"insist"}),
        ("promises", PROMISES - {"agree"}),
        ("evaluates", EVALUATES),
    )
    return next((name for name, words in table if lemma in words), "asserts")
