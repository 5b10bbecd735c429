"""Take the pictures of the guide anew: `python installer/help_pictures.py FOLDER`, the folder that `make demo` filled.

Those of the sample province come from `python -m tests.demo.tabs`.

The demo's window names its stick's folder in the pictures: run it as `python -m tests.demo --out FOLDER` with a folder
that says nothing of the machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).resolve().parent.parent / "resources" / "help" / "pictures"
WIDTH = 900
COLOURS, ROUNDS = 128, 3
LARGEST = 120 * 1024
TAKEN = {
    "phieu-khoi-phuc": "tinh-phieu-khoi-phuc",
    "tam-tu": "so-tam-tu-cua-don-vi",
    "chi-tieu": "chi-tieu-cua-tung-don-vi",
    "cham-lo": "cham-lo-con-loi",
    "bao-cao": "bao-cao-trang-2",
    "ghi-usb": "ghi-bao-cao-xong",
    "bien-nhan": "hop-gui-da-nhan",
    "trang-chinh": "trang-home",
    "nhu-cau": "trang-needs",
    "don-vi": "the-units",
    "co-cau": "the-structure",
    "ghep-cdcs": "the-merging",
    "doan-vien": "the-members",
    "can-bo": "the-officers",
    "tap-huan": "the-trainings",
    "noi-lam-viec": "the-workplaces",
    "xep-loai": "the-rating",
    "nhap-excel": "the-import",
}
"""Picture of the guide -> picture of the demo, without its number."""


def main() -> int:
    shots = {path.stem.partition("-")[2]: path for path in Path(sys.argv[1]).rglob("*.png")}
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, shot in TAKEN.items():
        small = _small(Image.open(shots[shot]).convert("RGB"))
        target = TARGET / f"{name}.png"
        small.save(target, optimize=True)
        print(f"{target.stat().st_size:>8,} {target.name}")
        if target.stat().st_size > LARGEST:
            return 1
    return 0


def _small(picture: Image.Image) -> Image.Image:
    """Colours by their spread, not their share: few pixels are red, and they are what a picture of an error shows."""
    height = round(picture.height * WIDTH / picture.width)
    scaled = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    return scaled.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, ROUNDS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    sys.exit(main())
