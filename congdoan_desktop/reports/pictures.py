"""Pages of a PDF as pictures, for the preview in the window."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import pypdfium2

_POINTS_PER_INCH = 72
_LOCK = Lock()
"""PDFium may be used by one thread at a time."""


def page_count(pdf: bytes) -> int:
    with _opened(pdf) as document:
        return len(document)


def page_shapes(pdf: bytes) -> tuple[float, ...]:
    """Height by width of each page: a sheet on its side is below 1."""
    with _opened(pdf) as document:
        sizes = (document.get_page_size(page) for page in range(len(document)))
        return tuple(height / width for width, height in sizes)


def page_picture(pdf: bytes, page: int, width: int) -> bytes:
    """One page as PNG of so many pixels across, counted from 0.

    Raises: IndexError when the document has no such page.
    """
    with _opened(pdf) as document:
        return _png(document, page, width / document.get_page_size(page)[0] if 0 <= page < len(document) else 1.0)


def page_png(pdf: bytes, page: int, dpi: int) -> bytes:
    """One page as PNG, counted from 0.

    Raises: IndexError when the document has no such page.
    """
    with _opened(pdf) as document:
        return _png(document, page, dpi / _POINTS_PER_INCH)


def _png(document: Any, page: int, scale: float) -> bytes:
    if not 0 <= page < len(document):
        raise IndexError(page)
    out = io.BytesIO()
    document[page].render(scale=scale).to_pil().save(out, "PNG", compress_level=1)  # read once, so not made small
    return out.getvalue()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
