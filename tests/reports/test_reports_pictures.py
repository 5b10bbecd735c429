from __future__ import annotations

import struct

import pytest

from congdoan_desktop.reports.document import Document, Paragraph, Run, Section
from congdoan_desktop.reports.pdf import render
from congdoan_desktop.reports.pictures import page_count, page_png

PDF = render(
    Document(
        "",
        "",
        (Section((Paragraph((Run("Một trang đứng."),)),)), Section((Paragraph((Run("Ngang."),)),), landscape=True)),
    )
)


def test_page_count() -> None:
    assert page_count(PDF) == 2


@pytest.mark.parametrize(("page", "dpi", "size"), [(0, 100, (827, 1170)), (1, 100, (1170, 827)), (0, 50, (414, 585))])
def test_a_page_as_png_at_its_size(page: int, dpi: int, size: tuple[int, int]) -> None:
    png = page_png(PDF, page, dpi)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == pytest.approx(size, abs=1)


@pytest.mark.parametrize("page", [-1, 2])
def test_no_such_page(page: int) -> None:
    with pytest.raises(IndexError):
        page_png(PDF, page, 100)
