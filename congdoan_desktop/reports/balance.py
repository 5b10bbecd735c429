"""Titles in lines of like length that break between phrases, as a typist would (rule A07, lines 2 and 5a)."""

from __future__ import annotations

import re
from functools import cache

from congdoan_desktop.reports.fonts import Face, printable, spaces_only
from congdoan_desktop.reports.lines import text_lines

# Where a Vietnamese title may part without tearing a compound. Everything else costs more than an uneven line.
_GOOD = re.compile(
    r"[“\"‘]|(?:và|của|về|thực|tổ chức|nhân|chào mừng|kỷ niệm|theo|giai đoạn|tại|trong|trên|gắn|vì|cho|đối|phát động|"
    r"hưởng ứng|phong trào|kế hoạch|chương trình)\b|ngày (?!\d)",
    re.IGNORECASE,
)
# Names of bodies may part here when they must: LIÊN ĐOÀN LAO ĐỘNG / TỈNH LAI CHÂU.
_FAIR = re.compile(
    r"\(|(?:tỉnh|thành phố|huyện|xã|phường|đặc khu|trường|công ty|khu|việt nam)\b",
    re.IGNORECASE,
)
_BEGINNERS = frozenset({"và", "của", "về", "tại", "theo"})
"""Words that begin a line rather than end one."""
_TORN, _NAME, _PHRASE, _AFTER_MARK = 1.0, 0.3, 0.05, 0.0
_UNEVEN = 6.0
_LONG, _LONGER = 4, 0.9
"""From so many lines on a title may take one more, which costs a little less than a torn phrase."""
_MOST_LINES = 12
"""Longer is no title any more; nobody sees whether its lines are even, and weighing them would take for ever."""


def balanced(text: str, face: Face, width: float) -> list[str]:
    """The text in as few lines of at most `width` points as it needs, evenly filled and parted between phrases."""
    words = [word for word in printable(text).split(" ") if word]
    fewest = _fewest(words, face, width)
    if fewest > _MOST_LINES or any(face.width(word) > width for word in words):
        return ["".join(part for _, part in line.parts) for line in text_lines(text, face, width)]
    if fewest <= 1:
        return [spaces_only(" ".join(words))]
    ways = [_Balance(words, face, width, fewest)]
    if fewest >= _LONG:
        ways.append(_Balance(words, face, width, fewest + 1))
    best = min(ways, key=lambda way: way.cost + _LONGER * (way is not ways[0]))
    return [spaces_only(line) for line in best.lines()]


def _fewest(words: list[str], face: Face, width: float) -> int:
    count, line = 1, ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and face.width(longer) > width:
            count, longer = count + 1, word
        line = longer
    return count


class _Balance:
    """The cheapest ways to part the first words into so many lines, each computed once."""

    def __init__(self, words: list[str], face: Face, width: float, count: int) -> None:
        self._words, self._face, self._width, self._count = words, face, width, count
        self._even = face.width(" ".join(words)) / count
        self._best = cache(self._cheapest)

    @property
    def cost(self) -> float:
        return self._best(len(self._words), self._count)[0]

    def lines(self) -> list[str]:
        ends = self._best(len(self._words), self._count)[1]
        starts = (0, *ends[:-1])
        return [" ".join(self._words[start:end]) for start, end in zip(starts, ends, strict=True)]

    def _cheapest(self, end: int, count: int) -> tuple[float, tuple[int, ...]]:
        """(cost, ends) of the first `end` words in `count` lines."""
        if count == 1:
            return self._line_cost(0, end), (end,)
        choices = []
        for start in range(end - 1, count - 2, -1):
            line = self._line_cost(start, end)
            if line == float("inf"):
                break  # a still longer line is too wide as well
            before, ends = self._best(start, count - 1)
            choices.append((before + line + self._tear(start), (*ends, end)))
        return min(choices, default=(float("inf"), (*range(1, count), end)))

    def _line_cost(self, start: int, end: int) -> float:
        width = self._face.width(" ".join(self._words[start:end]))
        if width > self._width and end - start > 1:
            return float("inf")
        return _UNEVEN * ((width - self._even) / self._width) ** 2

    def _tear(self, start: int) -> float:
        if self._words[start - 1][-1] in ",;:)”":
            return _AFTER_MARK
        ahead = " ".join(self._words[start : start + 2])
        stranded = _NAME if self._words[start - 1].lower() in _BEGINNERS else 0.0
        if _GOOD.match(ahead):
            return _PHRASE + stranded
        return (_NAME if _FAIR.match(ahead) else _TORN) + stranded
