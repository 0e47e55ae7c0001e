"""Installs the package in a fresh environment and prints its size and its cold start.

    python benchmarks/install.py

Prints the size on disk with all dependencies, the largest of them, the time of `communique --version`,
and the time from the start of a process to its first coded document.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_DOCUMENT = (
    "from communique import Coder;"
    "coded = Coder().code_text('Russia condemned the strike on Tuesday.', date='2019-04-30');"
    "print(len(coded.events), 'event')"
)
MEGABYTE = 1_000_000


def main() -> None:
    """Install and measure."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        packages = next((Path(folder) / "lib").glob("python*/site-packages"))
        before = sizes(packages)
        seconds = timed([str(python), "-m", "pip", "install", "--quiet", "--no-cache-dir", str(ROOT)])
        after = {name: size - before.get(name, 0) for name, size in sizes(packages).items()}
        print(f"install         {seconds:.0f} s, {sum(after.values()) / MEGABYTE:.0f} MB with dependencies")
        for name, size in sorted(after.items(), key=lambda pair: -pair[1])[:12]:
            print(f"    {name:<28}{size / MEGABYTE:6.0f} MB")
        command = str(python.parent / "communique")
        print(f"--version       {best([command, '--version']):.2f} s")
        print(f"first document  {best([str(python), '-c', FIRST_DOCUMENT]):.2f} s")


def sizes(packages: Path) -> dict[str, int]:
    """Return the bytes on disk of each installed package."""
    return {
        entry.name: sum(f.stat().st_size for f in entry.rglob("*") if f.is_file())
        if entry.is_dir()
        else entry.stat().st_size
        for entry in packages.iterdir()
    }


def timed(command: list[str]) -> float:
    """Run a command; return its seconds, or stop with its error."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=sys.stderr, cwd="/")
    return time.perf_counter() - began


def best(command: list[str]) -> float:
    """Return the least seconds of three runs, after one that warms the disk."""
    timed(command)
    return min(timed(command) for _ in range(3))


if __name__ == "__main__":
    main()
