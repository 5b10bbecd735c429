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


def page_png(pdf: bytes, page: int, dpi: int) -> bytes:
    """One page as PNG, counted from 0.

    Raises: IndexError when the document has no such page.
    """
    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        image = document[page].render(scale=dpi / _POINTS_PER_INCH).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
