"""Code one text and print who did what to whom, and who says so.

python examples/one_text.py ["Your own sentence."]
"""

from __future__ import annotations

import sys

from communique import Coder

TEXT = "Moscow called for talks. Padrino said that a small group of soldiers had seized weapons."


def main(text: str) -> None:
    """Print one line for each event of the text."""
    coded = Coder().code_text(text, date="2019-04-30")
    for event in coded.events:
        actors = ", ".join(actor.name or actor.text for actor in event.actor)
        sources = ", ".join(claimant.entity.name or claimant.entity.text for claimant in event.claimants)
        quote = event.evidence[0].of(coded.document.text)
        print(f"{event.category:9} {actors:22} {event.status:11} {sources:22} “{quote}”")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or TEXT)
