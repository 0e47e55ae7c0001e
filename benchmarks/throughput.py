"""Codes a corpus from end to end and prints documents a second, peak memory, and what was lost.

    python benchmarks/throughput.py [--data ../shared/data/world_news.jsonl.gz] [--limit N] [--workers N] [--record]

Needs a JSONL corpus with `id` and `text`; says so where it is absent.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path

from communique import Coded, Coder, Settings, Skipped
from communique.export import table_rows
from communique.ingest import read
from communique.store import Store

SAVED_TOGETHER = 100
RECORD = Path("benchmarks/results/throughput.json")


def main() -> int:
    """Run the benchmark; return 1 if a document was lost."""
    options = arguments()
    if not options.data.exists():
        print(f"{options.data} is not here: this benchmark needs the corpus of ../shared/data")
        return 2
    expected = wanted(options.data, options.limit)
    began = time.perf_counter()
    seen, events, skipped = code(options)
    seconds = time.perf_counter() - began
    lost = expected - seen
    print(f"documents       {len(expected)}, lost {len(lost)}, skipped {skipped}")
    print(f"events          {events}, {events / max(1, len(seen)):.1f} a document")
    print(
        f"speed           {len(expected) / seconds:.2f} documents a second ({seconds:.0f} s, {options.workers} workers)"
    )
    print(f"peak memory     {peak_megabytes():.0f} MB (this process and its largest worker together)")
    if options.record:
        record(len(expected), seconds, options.workers)
    return 1 if lost else 0


def record(documents: int, seconds: float, workers: int) -> None:
    """Keep the speed for `make evaluate-coding`."""
    row = {
        "documents_a_second": round(documents / seconds, 2),
        "documents": documents,
        "workers": workers,
        "date": date.today().isoformat(),
    }
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data/world_news.jsonl.gz"))
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--store", type=Path, default=None, help="keep the store here")
    parser.add_argument("--record", action="store_true", help=f"keep the speed in {RECORD}")
    return parser.parse_args()


def wanted(path: Path, limit: int | None) -> set[str]:
    """Return the ids of the rows that must come out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {json.loads(line)["id"] for line in islice(lines, limit)}


def code(options: argparse.Namespace) -> tuple[set[str], int, int]:
    """Code the corpus into a store; return the ids seen, the number of events and of skipped rows."""
    coder = Coder(Settings(workers=options.workers))
    seen: set[str] = set()
    events = skipped = 0
    with tempfile.TemporaryDirectory() as folder:
        path = options.store or Path(folder) / "communique.duckdb"
        results = coder.code_documents(islice(read([str(options.data)], mapping={}), options.limit))
        with Store.open(path) as store:
            while batch := list(islice(results, SAVED_TOGETHER)):
                store.add(table_rows(result) for result in batch)
                seen |= {r.document.id if isinstance(r, Coded) else str(r.document_id) for r in batch}
                events += sum(len(r.events) for r in batch if isinstance(r, Coded))
                skipped += sum(isinstance(r, Skipped) for r in batch)
                print(f"{len(seen)} documents", file=sys.stderr)
    return seen, events, skipped


def peak_megabytes() -> float:
    """Return the peak of this process plus that of its largest child, in megabytes."""
    kilobytes = sum(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return kilobytes / 1024


if __name__ == "__main__":
    raise SystemExit(main())
