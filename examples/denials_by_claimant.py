"""Count who denies what: the claimants of denied events, with the categories of what they deny.

python examples/denials_by_claimant.py [PATH ...]     (without paths: the reports of the demonstration)
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

from communique import Coded, Coder
from communique.demo import reports


def denials(paths: Iterable[str]) -> dict[str, Counter[str]]:
    """Return, for each claimant, the categories of the events that they deny."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for coded in Coder().code_many(paths):
        if isinstance(coded, Coded):
            for event in coded.events:
                if event.status == "denied":
                    for claimant in event.claimants:
                        found[claimant.entity.name or claimant.entity.text][event.category] += 1
    return found


def main(paths: list[str]) -> None:
    """Print the claimants, those with most denials first."""
    found = denials(paths)
    for name, categories in sorted(found.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        listed = ", ".join(f"{category} {number}" for category, number in categories.most_common())
        print(f"{categories.total():3}  {name}: {listed}")


if __name__ == "__main__":
    main(sys.argv[1:] or [str(path) for path in reports()])
