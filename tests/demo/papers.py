"""What an officer reads off a sheet of paper; here the PDF that was saved for the printer."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2

from congdoan_desktop.services import paper

_NUMBERED = re.compile(r"^([1-8])\s+(\S+)\s*$", re.MULTILINE)


def text(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "\n")
    finally:
        document.close()


def eight_words(sheet: Path) -> tuple[str, ...]:
    """The numbered words under "Tám từ ..."; a sheet without eight of them stops the story."""
    found = dict(_NUMBERED.findall(text(sheet).partition("Tám từ")[2]))
    if sorted(found) != list("12345678"):
        raise ValueError(f"{sheet.name} has no eight words: {found}")
    return tuple(found[number] for number in sorted(found))


def save_pages(pdf: Path, dpi: int = 110) -> list[Path]:
    """A picture of each page beside the PDF: bao-cao-trang-1.png, ..."""
    content = pdf.read_bytes()
    made = []
    for number in range(paper.page_count(content)):
        made.append(pdf.with_name(f"{pdf.stem}-trang-{number + 1}.png"))
        made[-1].write_bytes(paper.page_png(content, number, dpi))
    return made
