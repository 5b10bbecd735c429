"""A finished PDF: its pages as pictures, and writing it whole or not at all."""

from __future__ import annotations

from pathlib import Path

from congdoan_desktop.errors import AppError


def page_count(pdf: bytes) -> int:
    from congdoan_desktop.reports import pictures

    return pictures.page_count(pdf)


def page_png(pdf: bytes, page: int, dpi: int) -> bytes:
    """One page as a PNG picture, counted from 0.

    Raises: IndexError when there is no such page.
    """
    from congdoan_desktop.reports import pictures

    return pictures.page_png(pdf, page, dpi)


def page_shapes(pdf: bytes) -> tuple[float, ...]:
    """Height by width of each page: a sheet on its side is below 1."""
    from congdoan_desktop.reports import pictures

    return pictures.page_shapes(pdf)


def page_picture(pdf: bytes, page: int, width: int) -> bytes:
    """One page as a PNG picture of so many pixels across, counted from 0.

    Raises: IndexError when there is no such page.
    """
    from congdoan_desktop.reports import pictures

    return pictures.page_picture(pdf, page, width)


def write(path: Path, pdf: bytes) -> None:
    """Raises: AppError when the disk refuses; what stood there before is then untouched."""
    from congdoan_desktop.storage.files import DiskRefused, write_atomically

    try:
        write_atomically(path, pdf)
    except DiskRefused as error:
        raise AppError(
            f"Không ghi được tệp {path.name}.",
            safe="Dữ liệu trong máy vẫn nguyên.",
            todo="Chọn thư mục khác, hoặc đóng tệp này nếu đang mở ở chương trình khác.",
        ) from error
