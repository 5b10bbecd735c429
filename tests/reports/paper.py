"""Reading a PDF back with other people's tools: words in millimetres, ruled lines, fonts."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_ASCENT, _DESCENT = 0.891, 0.216

Tool = Callable[[str], str]


@dataclass(frozen=True)
class Word:
    """A word with its place in mm from the sheet's upper left corner."""

    text: str
    left: float
    right: float
    baseline: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    words: tuple[Word, ...]

    def find(self, phrase: str) -> tuple[Word, ...]:
        """The words of the first place where the phrase stands, in reading order."""
        wanted = phrase.split()
        for at in range(len(self.words) - len(wanted) + 1):
            found = self.words[at : at + len(wanted)]
            if [word.text for word in found] == wanted:
                return found
        raise AssertionError(f"{phrase!r} is not on the page: {' '.join(word.text for word in self.words)}")

    def baseline(self, phrase: str) -> float:
        return self.find(phrase)[0].baseline

    def centre(self, phrase: str) -> float:
        found = self.find(phrase)
        return (found[0].left + found[-1].right) / 2


def pages(pdf: bytes, tool: Tool, folder: Path) -> list[Page]:
    """What pdftotext sees."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    out = subprocess.run([tool("pdftotext"), "-bbox", str(path), "-"], check=True, capture_output=True).stdout.decode()
    return [
        Page(float(width) / MM, float(height) / MM, tuple(_word(found) for found in _WORD.findall(body)))
        for width, height, body in _PAGE.findall(out)
    ]


def _word(found: tuple[str, ...]) -> Word:
    left, top, right, bottom = (float(number) / MM for number in found[:4])
    return Word(html.unescape(found[4]), left, right, top + (bottom - top) * _ASCENT / (_ASCENT + _DESCENT))


def text(pdf: bytes) -> str:
    """What copies out of the file, all pages, one space between words."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def rules(pdf: bytes, page: int) -> list[tuple[float, float, float]]:
    """Horizontal rules of a page: (y, left, right) in mm from the upper left corner."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        bounds = [one.get_bounds() for one in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
        height = sheet.get_height()
    finally:
        document.close()
    return [
        ((height - (bottom + top) / 2) / MM, left / MM, right / MM)
        for left, bottom, right, top in bounds
        if top - bottom < 2 and right - left > 5 * MM
    ]


def fonts(pdf: bytes, tool: Tool, folder: Path) -> list[tuple[str, str, str]]:
    """(name, embedded, subset) of each font."""
    path = folder / "fonts.pdf"
    path.write_bytes(pdf)
    out = subprocess.run([tool("pdffonts"), str(path)], check=True, capture_output=True).stdout.decode()
    return [(line.split()[0], *line.split()[-5:-3]) for line in out.splitlines()[2:]]  # type: ignore[misc]


def drawn(pdf: bytes) -> bytes:
    """The pixels of page 1."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: bytes = document[0].render(scale=1).to_pil().tobytes()
        return picture
    finally:
        document.close()
