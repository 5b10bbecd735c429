"""Where the letters of a PDF page stand, and what its ruled tables hold.

A page without ruled tables, whose letters come in order, is read as PDFium gives it. Coordinates are points, upwards.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Any

_MOST_LETTERS = 40_000
"""Five times what a page of paper can hold."""
_MOST_RULES = 4_000
_MOST_GRIDS = 40
_MOST_CELLS = 20_000
_THIN = 2.5
_SHORTEST = 6.0
_SAME = 3.0
_WORD_GAP = 0.18
_COLUMN_GAP = 2.5
_SUB = 0.35
_STRAY = 0.05
_LEAST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Letter:
    """`x`, `y`: where it starts on its line; `right`: where the next one may start; `made`: PDFium put it in."""

    char: str
    x: float
    y: float
    right: float
    size: float
    made: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line at `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a table: `xs` left to right, `ys` top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    def holds(self, letter: Letter) -> bool:
        return self.xs[0] - 1 < letter.x < self.xs[-1] and self.ys[-1] - 1 < letter.y < self.ys[0]

    def cell(self, letter: Letter) -> tuple[int, int]:
        """(row, column) between the lines around it."""
        middle = letter.y + letter.size / 4
        row = bisect_right(self.ys, -middle, key=lambda y: -y) - 1
        column = bisect_right(self.xs, letter.x + 0.5) - 1
        return min(max(row, 0), len(self.ys) - 2), min(max(column, 0), len(self.xs) - 2)

    def owners(self) -> Callable[[int, int], tuple[int, int]]:
        """What tells of a cell (row, column) the first of those that are merged with it. Each row and column is gone
        through once.
        """
        upright, level = _by_place(self.xs, self.upright), _by_place(self.ys, self.level)
        lefts = cache(lambda row: _merged(upright, (self.ys[row] + self.ys[row + 1]) / 2))
        tops = cache(lambda column: _merged(level, (self.xs[column] + self.xs[column + 1]) / 2))

        def owner(row: int, column: int) -> tuple[int, int]:
            left = lefts(row)[column]
            return tops(left)[row], left

        return owner


def lines_of(text: Any, page: Any) -> list[str] | None:
    """The lines of a page, rows of ruled tables between bars; None where PDFium's own order does."""
    if text.count_chars() > _MOST_LETTERS:
        return None
    grids = grids_of(*_rules(page))
    letters = [*_letters(text)]
    in_disorder = _in_disorder(letters)
    if not grids and not in_disorder:
        return None
    return [*_written(letters, grids, in_disorder)]


def over_pages(pages: Iterable[str]) -> Iterator[str]:
    """The pages, with the rows that a page's end cut in two made whole: the second half has no running number."""
    before: list[str] = []
    for page in pages:
        lines = page.splitlines()
        while before and lines and (whole := _whole_row(before[-1], lines[0])):
            before[-1] = whole
            lines = lines[1:]
        if before:
            yield "\n".join(before)
        before = lines
    yield "\n".join(before)


def _whole_row(upper: str, lower: str) -> str:
    """A row made of its halves, "" where these are two rows."""
    halves = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in (upper, lower)]
    bars = all(row.startswith("|") and row.endswith("|") for row in (upper, lower))
    if not bars or len(halves[0]) != len(halves[1]) or halves[1][0] or not halves[0][0]:
        return ""
    return f"| {' | '.join(' '.join(part for part in pair if part) for pair in zip(*halves, strict=True))} |"


def _letters(text: Any) -> Iterator[Letter]:
    import pypdfium2.raw as pdfium

    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for at in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text.raw, at))
        pdfium.FPDFText_GetCharOrigin(text.raw, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(text.raw, at, box)
        made = pdfium.FPDFText_IsGenerated(text.raw, at) == 1
        if char not in "\ufffe\0":
            yield Letter(char, x.value, y.value, box.right, max(box.top - box.bottom, 1.0), made)


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """(upright lines, level lines) among the drawn paths of a page."""
    import pypdfium2.raw as pdfium

    upright, level = [], []
    count = min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_RULES)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(count):
        drawn = pdfium.FPDFPage_GetObject(page.raw, at)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
        wide, high = right.value - left.value, top.value - bottom.value
        if wide <= _THIN < high:
            upright.append(Rule((left.value + right.value) / 2, bottom.value, top.value))
        elif high <= _THIN < wide:
            level.append(Rule((top.value + bottom.value) / 2, left.value, right.value))
        elif wide > _SHORTEST and high > _SHORTEST:
            upright += [Rule(left.value, bottom.value, top.value), Rule(right.value, bottom.value, top.value)]
            level += [Rule(bottom.value, left.value, right.value), Rule(top.value, left.value, right.value)]
    return upright, level


def grids_of(upright: Sequence[Rule], level: Sequence[Rule]) -> list[Grid]:
    """The tables that lines make, of two columns at least, from top to bottom; one row may have come over a page."""
    bands: list[tuple[float, float]] = []
    for rule in sorted(upright, key=lambda rule: -rule.end):
        if bands and rule.end >= bands[-1][0] - _SAME:
            bands[-1] = (min(bands[-1][0], rule.start), bands[-1][1])
        else:
            bands.append((rule.start, rule.end))
    return [grid for band in bands[:_MOST_GRIDS] if (grid := _grid(band, upright, level)) is not None]


def _grid(band: tuple[float, float], upright: Sequence[Rule], level: Sequence[Rule]) -> Grid | None:
    low, high = band[0] - _SAME, band[1] + _SAME
    standing = tuple(rule for rule in upright if low <= rule.start and rule.end <= high)
    xs = _places(rule.at for rule in standing)
    lying = tuple(
        rule for rule in level if low <= rule.at <= high and xs[0] - _SAME <= rule.start and rule.end <= xs[-1] + _SAME
    )
    ys = _places(rule.at for rule in lying)[::-1]
    is_table = len(xs) >= 3 and len(ys) >= 2 and len(xs) * len(ys) <= _MOST_CELLS
    return Grid(tuple(xs), tuple(ys), standing, lying) if is_table else None


def _places(found: Iterable[float]) -> list[float]:
    """Where lines stand, those beside each other as one."""
    places: list[float] = []
    for at in sorted(found):
        if not places or at - places[-1] > _SAME:
            places.append(at)
    return places


def _by_place(places: Sequence[float], rules: Iterable[Rule]) -> list[list[Rule]]:
    """The rules that are drawn at each place."""
    by_at = sorted(rules, key=lambda rule: rule.at)
    found = []
    for at in places:
        first = bisect_left(by_at, at - _SAME, key=lambda rule: rule.at)
        found.append(by_at[first : bisect_right(by_at, at + _SAME, key=lambda rule: rule.at)])
    return found


def _merged(lines: Sequence[Sequence[Rule]], crossing: float) -> list[int]:
    """Of each strip between two lines the first that it is one with, no rule being drawn between at `crossing`."""
    found = [0]
    for number, rules in enumerate(lines[1:], 1):
        drawn = any(rule.start - 1 <= crossing <= rule.end + 1 for rule in rules)
        found.append(number if drawn else found[-1])
    return found


def _in_disorder(letters: Sequence[Letter]) -> bool:
    """Whether letters of other fonts follow their line instead of standing in it: "Đ NG Ộ" for "ĐỘNG"."""
    printed = [letter for letter in letters if not letter.made and not letter.char.isspace()]
    back = sum(1 for one, other in pairwise(printed) if abs(one.y - other.y) < 1 and other.x < one.x - one.size)
    return len(printed) >= _LEAST_LETTERS and back > _STRAY * len(printed) / 4


def _written(letters: Sequence[Letter], grids: Sequence[Grid], in_disorder: bool) -> Iterator[str]:
    """Tables stand where their first letter does."""
    inside: dict[int, list[Letter]] = {}
    free: list[Letter] = []
    told: dict[int, int] = {}
    for letter in letters:
        at = next((at for at, grid in enumerate(grids) if grid.holds(letter)), None)
        if at is None:
            free.append(letter)
        elif not letter.made:
            told.setdefault(at, len(free))
            inside.setdefault(at, []).append(letter)
    order = sorted(told, key=lambda at: told[at])
    begun = 0
    for at in order:
        yield from _prose(free[begun : told[at]], in_disorder)
        yield from _rows(grids[at], inside[at])
        begun = told[at]
    yield from _prose(free[begun:], in_disorder)


def _prose(letters: Sequence[Letter], in_disorder: bool) -> Iterator[str]:
    if in_disorder:
        yield from _lines([letter for letter in letters if not letter.made], _COLUMN_GAP)
    else:
        yield from "".join(letter.char for letter in letters).splitlines()


def _rows(grid: Grid, letters: Iterable[Letter]) -> Iterator[str]:
    cells: dict[tuple[int, int], list[Letter]] = {}
    owner = grid.owners()
    for letter in letters:
        cells.setdefault(owner(*grid.cell(letter)), []).append(letter)
    for row in range(len(grid.ys) - 1):
        texts = (" ".join(_lines(cells.get((row, at), []), None)) for at in range(len(grid.xs) - 1))
        yield f"| {' | '.join(text.replace('|', '/') for text in texts)} |"


def _lines(letters: Sequence[Letter], column_gap: float | None) -> Iterator[str]:
    """Letters put into lines by where they stand; a gap wider than `column_gap` letters parts columns."""
    standing = sorted((letter for letter in letters if letter.char not in "\r\n"), key=lambda letter: -letter.y)
    number, last, size = 0, 0.0, 0.0
    lined: list[tuple[int, Letter]] = []
    for letter in standing:
        if lined and last - letter.y > _SUB * max(size, letter.size):
            number += 1
            last, size = letter.y, letter.size
        elif not lined:
            last, size = letter.y, letter.size
        lined.append((number, letter))
    for _, line in groupby(lined, key=lambda pair: pair[0]):
        yield _line(sorted((letter for _, letter in line), key=lambda letter: letter.x), column_gap)


def _line(letters: Sequence[Letter], column_gap: float | None) -> str:
    """Blanks of the page part words, and so do gaps without one."""
    printed = [letter for letter in letters if not letter.char.isspace()]
    blanks = [letter.x for letter in letters if letter.char.isspace()]
    text = printed[0].char if printed else ""
    for before, letter in pairwise(printed):
        gap = letter.x - before.right
        parted = bisect_right(blanks, letter.x + 0.1) > bisect_right(blanks, before.x + 0.1)
        if column_gap is not None and gap > column_gap * letter.size:
            text += "    "
        elif parted or gap > _WORD_GAP * letter.size:
            text += " "
        text += letter.char
    return text
