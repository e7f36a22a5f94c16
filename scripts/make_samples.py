# SPDX-License-Identifier: Apache-2.0
"""Write the five sample reports and the sample letter that ship with the product.

usage: python scripts/make_samples.py [FOLDER]

The files are committed, so nobody needs to run this; run it after changing a sample's words in scripts/samples/.
Written twice, a file is the same: archives get a fixed date and PDF no date at all.
"""

import io
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from samples import cao_bang, cao_bang_giao_viec, ha_giang, ninh_binh, thai_binh, thai_nguyen

FOLDER = Path(__file__).parents[1] / "src" / "bamsat" / "data" / "samples"
SAMPLES = (cao_bang, cao_bang_giao_viec, ha_giang, ninh_binh, thai_binh, thai_nguyen)
DATED = (2021, 12, 31, 0, 0, 0)


def write_all(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return [write_one(sample, folder) for sample in SAMPLES]


def write_one(sample, folder: Path) -> Path:
    path = folder / sample.NAME
    sample.write(path)
    if path.suffix in (".docx", ".xlsx"):
        path.write_bytes(without_clock(path.read_bytes()))
    return path


def without_clock(archive: bytes) -> bytes:
    """The same Office file with one date on every part; python-docx stamps the hour of writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, DATED)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(name))
    return out.getvalue()


if __name__ == "__main__":
    for written in write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(f"{written}  {written.stat().st_size:,} bytes")
