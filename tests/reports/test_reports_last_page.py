"""No page holds a signature alone: two lines of text or two rows stand above it, however long the paper is."""

from __future__ import annotations

import pypdfium2
import pytest

from congdoan_desktop.reports.pdf import render
from tests.reports.every_paper import PAPERS

SIGNED = ("TM. ", "NGƯỜI LẬP", "Nơi nhận", "THƯ KÝ", "CHỦ TRÌ")


def above_the_signature(pdf: bytes) -> list[list[str]]:
    """Of each page with a signature on it: the lines above, without the page's number."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            lines = page.get_textpage().get_text_bounded().splitlines()
            first = next((at for at, line in enumerate(lines) if line.startswith(SIGNED)), None)
            if first is not None:
                found.append([line for line in lines[:first] if line.strip() and not line.strip().isdigit()])
        return found
    finally:
        document.close()


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_two_lines_stand_above_every_signature(name: str) -> None:
    for count in range(1, 32, 2):
        for lines in above_the_signature(render(PAPERS[name](count))):
            assert len(lines) >= 2, (count, lines)
