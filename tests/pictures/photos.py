"""Pictures as telephones and scanners make them, and a reader of JPEG markers that knows nothing of ours."""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image, ImageDraw

SECRET_PLACE = (21.0, 12.0, 34.5)
CAMERA = "Điện thoại của chị Ương"
_ORIENTATION, _MODEL, _TIME, _GPS, _DETAILS = 0x0112, 0x0110, 0x9003, 0x8825, 0x8769


def photo(width: int = 1600, height: int = 1200, orientation: int = 1, **saved: Any) -> bytes:
    """A JPEG with a red upper left corner as it is stored, and all that a telephone writes about it."""
    image = Image.effect_noise((width // 8, height // 8), 60).resize((width, height)).convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, width // 4, height // 4), fill="red")
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MODEL] = orientation, CAMERA
    exif.get_ifd(_DETAILS)[_TIME] = "2024:07:22 08:15:00"
    exif.get_ifd(_GPS).update({1: "N", 2: SECRET_PLACE, 3: "E", 4: (103.0, 44.0, 1.0)})
    return encoded(image, "JPEG", exif=exif, comment=CAMERA.encode(), quality=90, **saved)


def page(lines: int = 60, width: int = 2480, height: int = 3508) -> Image.Image:
    """A sheet of A4 at 300 dots to the inch, closely written, on paper that is not quite white."""
    image = Image.effect_noise((width, height), 8).point(lambda shade: min(shade + 110, 255)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for line in range(lines):
        for word in range(12):
            draw.text(
                (150 + word * 180, 150 + line * 52), f"Lo Thi {line:02}{word:02}", fill=(20, 20, 60), font_size=30
            )
    draw.ellipse((1700, 2900, 2200, 3400), outline=(200, 20, 30), width=14)
    return image


def encoded(image: Image.Image, form: str, **saved: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **saved)
    return out.getvalue()


def segments(jpeg: bytes) -> list[tuple[int, bytes]]:
    """(marker, content) of every segment before the picture itself."""
    assert jpeg[:2] == b"\xff\xd8"
    at, found = 2, []
    while True:
        mark, marker, length = struct.unpack_from(">BBH", jpeg, at)
        assert mark == 0xFF
        found.append((marker, jpeg[at + 4 : at + 2 + length]))
        if marker == 0xDA:
            return found
        at += 2 + length


def claimed_size(jpeg: bytes, width: int, height: int) -> bytes:
    """The same file with another size in its frame."""
    for mark in (b"\xff\xc0", b"\xff\xc2"):
        at = jpeg.find(mark)
        if at >= 0:
            return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]
    raise AssertionError("no frame")
