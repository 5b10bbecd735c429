"""Text into lines: breaking, justifying, and the balanced lines of a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from congdoan_desktop.reports.document import Align, Run
from congdoan_desktop.reports.fonts import Face, printable, spaces_only

_SHORT, _KEPT = 16, 4096
"""Letters of a text whose lines are remembered, and of how many texts."""
Part = tuple[Face, str]
Word = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: its parts in order with the spaces between words, its natural width, and whether it ends the text."""

    parts: tuple[Part, ...]
    width: float
    last: bool

    def draw(self, canvas: Canvas, x: float, baseline: float, room: float = 0.0, align: Align = "left") -> None:
        """Draw within `room` points from `x`."""
        self._draw(canvas, self._at(x, room, align), baseline, 0.0)

    def put(self, pen: PDFTextObject, x: float, baseline: float, room: float, align: Align) -> None:
        """Draw with others by one pen, as the cells of a row are: a third of the work."""
        pen.setTextOrigin(self._at(x, room, align), baseline)
        for face, text in self.parts:
            if (pen._fontname, pen._fontsize) != (face.font, face.size):  # noqa: SLF001 - it has no other door
                pen.setFont(face.font, face.size)
            pen.textOut(text)

    def _at(self, x: float, room: float, align: Align) -> float:
        return x + {"left": 0.0, "center": 0.5, "right": 1.0}[align] * (room - self.width)

    def draw_justified(self, canvas: Canvas, x: float, baseline: float, room: float) -> None:
        """Draw over the whole of `room`; the last line of a text keeps its natural width."""
        spaces = sum(text.count(" ") for _, text in self.parts)
        stretch = 0.0 if self.last or not spaces else (room - self.width) / spaces
        self._draw(canvas, x, baseline, stretch)

    def _draw(self, canvas: Canvas, x: float, baseline: float, stretch: float) -> None:
        pen = canvas.beginText(x, baseline)
        if stretch:
            pen.setWordSpace(stretch)
        for face, text in self.parts:
            pen.setFont(face.font, face.size)
            pen.textOut(text)
        if stretch:
            pen.setWordSpace(0)  # it would hold for every text after this one
        canvas.drawText(pen)


def runs_lines(runs: Sequence[Run], size: float, width: float, first_indent: float = 0.0) -> list[Line]:
    """Lines of at most `width` points, the first shorter by `first_indent`. Never empty."""
    words = list(_words(runs, size))
    lines: list[list[Word]] = [[]]
    used, room = 0.0, width - first_indent
    for word in _split_long(words, width - first_indent):
        needed = _width(word)
        gap = _space(lines[-1][-1]) if lines[-1] else 0.0
        if lines[-1] and used + gap + needed > room + 0.01:
            lines.append([])
            used, gap, room = 0.0, 0.0, width
        lines[-1].append(word)
        used += gap + needed
    return [_line(line, last=at == len(lines) - 1) for at, line in enumerate(lines)]


def text_lines(text: str, face: Face, width: float) -> tuple[Line, ...]:
    """Lines of a text in one face; those of short texts, which tables repeat, are remembered."""
    return _short_lines(text, face, width) if len(text) <= _SHORT else _lines(text, face, width)


def _lines(text: str, face: Face, width: float) -> tuple[Line, ...]:
    words = list(filter(None, printable(text).replace("\n", " ").split(" ")))
    whole = spaces_only(" ".join(words))
    if 0 < (taken := face.width(whole)) <= width:
        return (Line(((face, whole),), taken, last=True),)
    broken = _broken(words, face, width)
    return tuple(broken or runs_lines((Run(text, face.bold, face.italic),), face.size, width))


_short_lines = lru_cache(_KEPT)(_lines)


def _broken(words: Sequence[str], face: Face, width: float) -> list[Line]:
    """What `runs_lines` makes of words of one face; nothing where one of them is too wide for a line."""
    space, room = face.width(" "), width + 0.01
    lines: list[Line] = []
    held: list[str] = []
    used = 0.0
    for word in map(spaces_only, words):
        needed = face.width(word)
        if needed > width:
            return []
        if held and used + space + needed > room:
            lines.append(Line(((face, " ".join(held)),), used, last=False))
            held, used = [], 0.0
        used += space + needed if held else needed
        held.append(word)
    return [*lines, Line(((face, " ".join(held)),), used, last=True)] if held else []


def one_line(text: str, face: Face) -> Line:
    """A text that never wraps."""
    drawn = spaces_only(printable(text))
    return Line(((face, drawn),), face.width(drawn), last=True)


def longest_word(text: str, face: Face) -> float:
    """Width in points of the widest word."""
    return max((face.width(spaces_only(word)) for word in printable(text).split(" ")), default=0.0)


def _words(runs: Sequence[Run], size: float) -> Iterator[Word]:
    word: list[Part] = []
    for run in runs:
        face = Face(size, run.bold, run.italic)
        for at, piece in enumerate(printable(run.text).replace("\n", " ").split(" ")):
            if at and word:
                yield tuple(word)
                word = []
            if piece:
                word.append((face, spaces_only(piece)))
    if word:
        yield tuple(word)


def _split_long(words: Sequence[Word], width: float) -> Iterator[Word]:
    """A word wider than a line is cut where it must be: nothing may leave the page or its cell."""
    for word in words:
        if _width(word) <= width:
            yield word
            continue
        for face, text in word:
            start = 0
            for end in range(1, len(text) + 1):
                if end == len(text) or face.width(text[start : end + 1]) > width:
                    yield ((face, text[start:end]),)
                    start = end


def _width(word: Word) -> float:
    return sum(face.width(text) for face, text in word)


def _space(word: Word) -> float:
    return word[-1][0].width(" ")


def _line(words: Sequence[Word], *, last: bool) -> Line:
    parts: list[Part] = []
    for at, word in enumerate(words):
        if at:
            parts.append((parts[-1][0], " "))
        parts.extend(word)
    merged = tuple(
        (face, "".join(text for _, text in group)) for face, group in groupby(parts, key=lambda part: part[0])
    )
    return Line(merged, sum(face.width(text) for face, text in merged), last)
