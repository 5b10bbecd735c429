"""Any picture into a JPEG of at most 300,000 bytes that holds nothing but the picture.

It is written anew from its pixels, turned as the camera held it, so that neither place, time, camera nor a preview of
the uncropped picture goes along. The day it was taken is read before.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from congdoan_desktop.domain.attachments import LARGEST, PHOTO, SCAN
from congdoan_desktop.pictures import refusals
from congdoan_desktop.pictures.pages import pages_of_pdf

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_EDGES = {PHOTO: (2048, 1600, 1280, 960, 640), SCAN: (2400, 2000, 1700, 1400, 1100)}
"""Longer sides to be tried: letters need pixels more than they need fine shades."""
_QUALITIES = {PHOTO: (86, 76, 66), SCAN: (80, 62, 46, 32)}
_LAST_QUALITY = 20
_HOPE = 1.25
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, ArithmeticError, TypeError, LookupError, AttributeError, struct.error
)  # fmt: skip
"""In all these ways Pillow's readers tell of files that are cut off or lie about themselves."""
_TAKEN, _CHANGED, _DETAILS = 36867, 306, 0x8769
"""EXIF: DateTimeOriginal, DateTime, and where the first one stands."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be kept: JPEG bytes, its pixels, and the day it was taken where the camera said so."""

    data: bytes
    width: int
    height: int
    taken: date | None = None


def prepare(data: bytes, kind: str) -> Iterator[Prepared]:
    """The pictures in a file: one, or each page of a PDF or of a TIFF.

    kind: PHOTO or SCAN, which says what is kept when not all can be.

    Raises: PictureRefused before anything is decoded that its header says is too large.
    """
    return (_kept(image, kind, taken) for image, taken in seen(data, _EDGES[kind][0], _EDGES[SCAN][0]))


def seen(data: bytes, edge: int, page_edge: int) -> Iterator[tuple[Image.Image, date | None]]:
    """Each picture or page of a file as it is looked at, and the day it was taken; not made much smaller than `edge`,
    or `page_edge` for the pages of a PDF.

    Raises: PictureRefused before anything is decoded that its header says is too large.
    """
    if len(data) > refusals.LARGEST_FILE:
        raise refusals.too_large(f"hơn {refusals.LARGEST_FILE // 1024**2} MB")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise refusals.heic()
    if data.startswith(b"%PDF-"):
        yield from ((page, None) for page in pages_of_pdf(data, page_edge))
        return
    yield from _pages(data, edge)


def _pages(data: bytes, edge: int) -> Iterator[tuple[Image.Image, date | None]]:
    from PIL import Image, UnidentifiedImageError

    Image.init()
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")  # of metadata, which go anyway
    Image.MAX_IMAGE_PIXELS = None  # the limits are ours, and are asked before any pixel is read
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if count > refusals.MOST_PAGES:
                raise refusals.too_large(f"{count} trang")
            for number in range(count):
                if number:
                    image.seek(number)
                _judge(image)
                yield _upright(image, edge), _taken(image)
    except UnidentifiedImageError as error:
        raise refusals.unknown() from error
    except _BROKEN as error:
        raise refusals.damaged() from error


def _judge(image: Image.Image) -> None:
    """Raises: PictureRefused."""
    scaled = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    most = refusals.MOST_PIXELS_SCALED if scaled else refusals.MOST_PIXELS
    if image.width * image.height > most:
        raise refusals.too_large(f"{image.width} × {image.height} điểm ảnh")


def _upright(image: Image.Image, edge: int) -> Image.Image:
    """The pixels alone, turned as the camera says, on white where they were transparent, not much above `edge`."""
    from PIL import Image, ImageOps

    if image.format in ("JPEG", "MPO"):
        image.draft(None, (edge, edge))
    found = ImageOps.exif_transpose(_reduced(image, edge))
    if found.mode.startswith("I"):  # 16 bits of grey
        found = found.point(lambda shade: shade / 256).convert("L")
    if "A" in found.getbands() or "transparency" in found.info:
        seen = found.convert("RGBA")
        found = Image.new("RGB", seen.size, "white")
        found.paste(seen, mask=seen.getchannel("A"))
    found = found if found.mode == "L" else found.convert("RGB")
    found.info = {}
    return found


def _reduced(image: Image.Image, edge: int) -> Image.Image:
    """Halves and thirds of a large picture before anything else is made of it, to hold little memory."""
    factor = max(image.size) // (2 * edge)
    if factor < 2 or image.mode == "P":
        return image
    return _with_exif(image.reduce(factor), image)


def _with_exif(made: Image.Image, of: Image.Image) -> Image.Image:
    made.info = of.info
    made.getexif()[0x0112] = of.getexif().get(0x0112, 1)
    return made


def _kept(image: Image.Image, kind: str, taken: date | None) -> Prepared:
    """The largest that fits at all, as fine as it then can be."""
    *finer, coarsest = _QUALITIES[kind]
    hopeful, smaller = float(_EDGES[kind][0]), image
    for edge in _EDGES[kind]:
        if edge > hopeful and edge != _EDGES[kind][-1]:
            continue
        smaller = _fitting(image, edge)
        least = _jpeg(smaller, coarsest)
        if len(least) <= LARGEST:
            fine = (data for quality in finer if len(data := _jpeg(smaller, quality)) <= LARGEST)
            return Prepared(next(fine, least), *smaller.size, taken)
        # Bytes go with the area, about; with less noise in it a smaller picture may do better than that.
        hopeful = max(smaller.size) * (LARGEST / len(least)) ** 0.5 * _HOPE
    return Prepared(_jpeg(smaller, _LAST_QUALITY), *smaller.size, taken)


def _fitting(image: Image.Image, edge: int) -> Image.Image:
    from PIL import Image

    longest = max(image.size)
    if longest <= edge:
        return image
    size = (max(image.width * edge // longest, 1), max(image.height * edge // longest, 1))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _taken(image: Image.Image) -> date | None:
    exif = image.getexif()
    said = exif.get_ifd(_DETAILS).get(_TAKEN) or exif.get(_CHANGED)
    try:
        return date.fromisoformat(str(said)[:10].replace(":", "-"))
    except ValueError:
        return None
