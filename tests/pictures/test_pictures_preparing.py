"""Pictures are kept upright, nameless and small; what cannot be taken is refused before it is decoded."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date

import pytest
from PIL import Image

from congdoan_desktop.domain.attachments import LARGEST, PHOTO, SCAN
from congdoan_desktop.pictures.looking import size_of
from congdoan_desktop.pictures.preparing import Prepared, prepare
from congdoan_desktop.pictures.refusals import PictureRefused
from tests.pictures.photos import CAMERA, claimed_size, encoded, page, photo, segments

APP0, COMMENT = 0xE0, 0xFE
TURNED = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
"""EXIF orientation -> the corner (right, below) into which the upper left one of the file comes."""


def only(data: bytes, kind: str = PHOTO) -> Prepared:
    (made,) = prepare(data, kind)
    return made


@pytest.mark.parametrize("orientation", TURNED)
def test_the_camera_is_believed_how_it_was_held(orientation: int) -> None:
    made = only(photo(orientation=orientation))
    image = Image.open(io.BytesIO(made.data))
    assert image.size == (made.width, made.height) == ((1600, 1200) if orientation < 5 else (1200, 1600))
    right, below = TURNED[orientation]
    red, green, blue = image.getpixel((right * (made.width - 60) + 30, below * (made.height - 60) + 30))  # type: ignore[misc]
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize("saved", [{}, {"progressive": True}])
def test_nothing_but_the_picture_is_kept(saved: dict[str, bool]) -> None:
    given = photo(**saved)
    assert {0xE1, COMMENT} <= {marker for marker, _ in segments(given)}
    made = only(given)
    markers = segments(made.data)
    assert {marker for marker, _ in markers if marker >= APP0} == {APP0}
    assert [len(content) for marker, content in markers if marker == APP0] == [14]  # JFIF without a preview
    assert CAMERA.encode() not in made.data
    assert b"Exif" not in made.data
    assert made.taken == date(2024, 7, 22)


def test_png_texts_profiles_and_transparency_go() -> None:
    from PIL.PngImagePlugin import PngInfo

    about = PngInfo()
    about.add_text("Author", "Lo Thi Uong")
    made = only(encoded(Image.new("RGBA", (300, 200), (0, 0, 0, 0)), "PNG", pnginfo=about))
    assert b"Uong" not in made.data
    assert Image.open(io.BytesIO(made.data)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF", "BMP"])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_form_and_depth(form: str, mode: str) -> None:
    try:
        data = encoded(Image.new(mode, (640, 480)), form)
    except (OSError, ValueError, KeyError):
        pytest.skip(f"no {mode} in {form}")
    made = only(data, SCAN)
    assert (made.width, made.height) == (640, 480)
    assert size_of(made.data) == (640, 480)


def test_a_noisy_photo_of_12_megapixels_fits() -> None:
    noise = Image.effect_noise((4000, 3000), 100).convert("RGB")
    made = only(encoded(noise, "JPEG", quality=95))
    assert len(made.data) <= LARGEST
    assert max(made.width, made.height) >= 640


def test_a_closely_written_sheet_stays_legible() -> None:
    """Letters of 10 points keep 20 pixels of height and most of their contrast."""
    sheet = page()
    made = only(encoded(sheet, "JPEG", quality=92), SCAN)
    assert len(made.data) <= LARGEST
    assert made.height >= 1700
    kept = Image.open(io.BytesIO(made.data)).convert("L")
    scale = made.width / sheet.width
    cell = kept.crop(tuple(round(v * scale) for v in (150, 150, 320, 190)))  # type: ignore[arg-type]
    darkest, lightest = cell.getextrema()
    assert lightest - darkest > 120  # type: ignore[operator]


def test_pages_of_a_tiff_and_of_a_pdf_become_pictures() -> None:
    sheets = [Image.new("RGB", (900, 1200), shade) for shade in ("white", "grey", "red")]
    for form in ("TIFF", "PDF"):
        made = list(prepare(encoded(sheets[0], form, save_all=True, append_images=sheets[1:]), SCAN))
        assert len(made) == 3
        assert all(size_of(one.data) == (one.width, one.height) for one in made)
        shades = [Image.open(io.BytesIO(one.data)).convert("L").getpixel((50, 50)) for one in made]
        assert [round(shade / 64) for shade in shades] == [4, 2, 1]  # type: ignore[operator]


def png_claiming(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    end = b"IEND"
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", struct.pack(">I", 13), chunk, struct.pack(">I", zlib.crc32(chunk)),
         struct.pack(">I", 0), end, struct.pack(">I", zlib.crc32(end)))
    )  # fmt: skip


PHOTO_BYTES = photo(800, 600)
REFUSED = {
    "png bomb": (png_claiming(50_000, 50_000), "quá lớn"),
    "jpeg that claims a gigapixel": (claimed_size(PHOTO_BYTES, 40_000, 40_000), "quá lớn"),
    "progressive jpeg that claims 100 megapixels": (
        claimed_size(photo(800, 600, progressive=True), 11_000, 9_000), "quá lớn",
    ),
    "heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40), "HEIC"),
    "text": ("Kính gửi các đồng chí".encode(), "không phải ảnh"),
    "nothing": (b"", "không phải ảnh"),
    "program": (b"MZ" + bytes(1000), "không phải ảnh"),
    "gif": (encoded(Image.new("P", (9, 9)), "GIF"), "không phải ảnh"),
    "half a jpeg": (PHOTO_BYTES[: len(PHOTO_BYTES) // 2], "hỏng"),
    "half a png": (encoded(Image.effect_noise((300, 300), 90), "PNG")[:9000], "hỏng"),
    "head of a pdf": (b"%PDF-1.7\n%%EOF", "PDF bị hỏng"),
    "pdf of 21 pages": (
        encoded(Image.new("L", (9, 9)), "PDF", save_all=True, append_images=[Image.new("L", (9, 9))] * 20), "21 trang",
    ),
    "tiff of 21 pages": (
        encoded(Image.new("L", (9, 9)), "TIFF", save_all=True, append_images=[Image.new("L", (9, 9))] * 20), "21 trang",
    ),
    "pdf with a page picture of a gigapixel": (b"%PDF-1.4\n1 0 obj <</Width 40000 /Height 40000>>", "quá lớn"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_taken_is_said(what: str) -> None:
    data, word = REFUSED[what]
    with pytest.raises(PictureRefused, match=word) as caught:
        list(prepare(data, PHOTO))
    assert caught.value.safe
    assert caught.value.todo


def test_damage_anywhere_gives_a_picture_or_a_sentence() -> None:
    """Never another error, whatever byte is wrong."""
    small = photo(200, 150)
    for at in range(2, len(small), max(len(small) // 60, 1)):
        broken = small[:at] + bytes([small[at] ^ 0xFF]) + small[at + 1 :]
        try:
            made = list(prepare(broken, PHOTO))
        except PictureRefused:
            continue
        assert all(size_of(one.data) for one in made)


def test_what_comes_from_elsewhere_is_judged_by_its_markers() -> None:
    good = only(PHOTO_BYTES).data
    assert size_of(good) == (800, 600)
    for bad in (
        PHOTO_BYTES,
        good[:-2],
        good[:300],
        claimed_size(good, 9000, 9000),
        claimed_size(good, 0, 5),
        b"",
        b"x" * 400_000,
    ):
        assert size_of(bad) is None
