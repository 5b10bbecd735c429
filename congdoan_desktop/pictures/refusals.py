"""What a picture may be, and how it is said that one cannot be taken."""

from __future__ import annotations

from congdoan_desktop.errors import AppError

LARGEST_FILE = 80 * 1024 * 1024
MOST_PIXELS = 40_000_000
"""Of what must be decoded in full: an A4 sheet at 600 dots to the inch has 35 million."""
MOST_PIXELS_SCALED = 250_000_000
"""Of a JPEG that the decoder itself makes smaller, as telephones write them."""
MOST_PAGES = 20

_SAFE = "Tệp gốc không bị đụng tới; chưa có gì được đính kèm từ tệp này."


class PictureRefused(AppError):
    """A file that cannot be attached; others may be."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what, safe=_SAFE, todo=todo)


def too_large(what: str) -> PictureRefused:
    return PictureRefused(f"Ảnh quá lớn ({what}).", "Thu nhỏ ảnh trên điện thoại hoặc máy quét, rồi đính kèm lại.")


def damaged() -> PictureRefused:
    return PictureRefused("Tệp ảnh bị hỏng, không mở được.", "Chụp hoặc chép lại ảnh, rồi đính kèm lại.")


def heic() -> PictureRefused:
    return PictureRefused(
        "Ảnh HEIC của điện thoại chưa đọc được.",
        "Trên iPhone vào Cài đặt › Camera › Định dạng › Tương thích nhất; hoặc đổi ảnh sang JPEG rồi đính kèm lại.",
    )


def unknown() -> PictureRefused:
    return PictureRefused(
        "Tệp này không phải ảnh hay bản quét đọc được.", "Chọn tệp JPEG, PNG, WebP, TIFF, BMP hoặc PDF."
    )
