"""Where the table stands in a sheet: titles above it, its head of one to three lines, what ends it, what is no record.

Nothing is left out silently: every row that is not a record is named with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from congdoan_desktop.domain.legacy_text import Encoding, by_font, by_score, decode
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.spreadsheets.cells import Row, Value, is_empty, shown
from congdoan_desktop.spreadsheets.facts import Merge
from congdoan_desktop.spreadsheets.fields import known_titles, title_key
from congdoan_desktop.spreadsheets.reading import Sheet

SAMPLED = 200
"""Rows that are looked at for a guess."""
_HEAD_WITHIN = 40
_LONGEST_TITLE = 80
_MOST_HEAD_LINES = 3
_TOTAL = re.compile(
    r"(?:tổng\s*(?:cộng|số|hợp)?|cộng)"
    r"(?:\s*:.*|(?:\s+(?:trang|mang|số|theo|toàn|chung|nam|nữ|đoàn viên|lao động|danh sách)\b.*)?"
    r"\s*\.?\s*[\d.,]*\s*(?:người|đồng chí|đoàn viên|lao động|đơn vị)?)",
    re.IGNORECASE,
)
_MAYBE_TOTAL = re.compile("[tc][oôổộæé]", re.IGNORECASE)
"""How a total begins in Unicode, whole or apart, in TCVN3 and in VNI."""
_END = re.compile(
    r"(?:người lập|lập biểu|người tổng hợp|nơi nhận|kt\.|tm\.|t/m|tl\.|ghi chú\s*:|lưu ý\s*:|danh sách (?:này|trên|có)"
    r"|thủ trưởng|xác nhận của|ấn định danh sách|bằng chữ\s*:|\(ký|.{0,40},\s*ngày\s*[.…\d]*\s*tháng\s*[.…\d]*\s*năm"
    r"|(?:phó )?(?:chủ tịch|giám đốc|hiệu trưởng)$)",
    re.IGNORECASE,
)
_ALSO_VALUES = frozenset({"nam", "nu"})
"""Titles that stand in the rows of any list too."""
_MANY_CELLS = 5
_SECTION = re.compile(
    r"(?:khối|cụm|nhóm|tổ(?! hợp tác)|bộ phận|phân xưởng|lĩnh vực|loại hình|khu vực)\b", re.IGNORECASE
)
"""How the label of a part begins that nobody and no union is called."""
_NUMBER_BEFORE = re.compile(r"(?:[IVXLC]{1,6}|[A-Z]|\d{1,2}(?:\.\d{1,2})*)[.)]\s*(?=\S)", re.ASCII)
_COUNT_BEHIND = re.compile(
    r"\s*[:(–-]\s*\d+\s*(?:người|đoàn viên|lao động|đồng chí|đ/c|đv|đơn vị|cđcs)\s*\)?$", re.IGNORECASE
)
_ROMAN = re.compile(r"[IVXLC]{1,6}|[A-Z]", re.ASCII)


def _never(_row: Row, _label: str) -> bool:
    return False


class Part(StrEnum):
    """Why a row is no record."""

    HEAD = "head"
    NUMBERING = "numbering"
    GROUP = "group"
    TOTAL = "total"
    NOTE = "note"


PART_NAMES = {
    Part.HEAD: "tiêu đề cột lặp lại",
    Part.NUMBERING: "dòng đánh số cột",
    Part.GROUP: "tên nhóm",
    Part.TOTAL: "dòng cộng",
    Part.NOTE: "ghi chú, chữ ký dưới bảng",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: its first and last row as Excel numbers them, and a title for each column from A on.

    A title of a head of two lines joins both: "Ngày sinh / Nam". `first` 0: the table begins without any head.
    """

    first: int
    last: int
    titles: tuple[str, ...]

    @property
    def key(self) -> str:
        """Tables with the same titles in the same order have the same key, whatever accents and case they use."""
        return "|".join(title_key(title) for title in self.titles).rstrip("|")


class Placed(NamedTuple):
    """A row of the sheet below the head: `part` None is a record; `labels` stand above it without a record between
    them, the outer ones first.
    """

    row: Row
    part: Part | None
    labels: tuple[str, ...] = ()


def sheet_encoding(sheet: Sheet) -> Encoding:
    """The writing of most text of a sheet: by its fonts, else by score; Unicode when nothing else is clear (D20)."""
    by_fonts = [found for font in sheet.fonts.values() if (found := by_font(font))]
    if by_fonts:
        return max(set(by_fonts), key=by_fonts.count)
    texts = (value for row in islice(sheet.rows(), SAMPLED) for value in row.values if isinstance(value, str))
    return by_score(texts) or Encoding.UNICODE


def find_head(sheet: Sheet, encoding: Encoding) -> Head:
    """The head that the first rows show best: known titles, text over data, no figures."""
    rows = list(islice(sheet.rows(), SAMPLED))
    read = _reader(encoding)
    scores = [(_score(row, rows[at + 1 :], read), -row.number) for at, row in enumerate(rows[:_HEAD_WITHIN])]
    best = max(scores, default=(0, 0))
    if best[0] <= 0:
        return Head(0, 0, ("",) * sheet.info.columns)
    return head_at(sheet, _top_of(-best[1], sheet.merges), encoding)


def _top_of(number: int, merges: Sequence[Merge]) -> int:
    """The first line of a head whose titles are merged over several lines."""
    tall = [m.first_row for m in merges if m.first_row < number <= m.last_row < m.first_row + _MOST_HEAD_LINES]
    return min(tall, default=number)


def head_at(sheet: Sheet, number: int, encoding: Encoding) -> Head:
    """The head that begins at the row with this number, as found or as a person chose it."""
    rows = list(islice(sheet.rows(), number - 1, number - 1 + _MOST_HEAD_LINES + 1))
    if not rows:
        return Head(0, 0, ())
    read = _reader(encoding)
    last = 1
    while (
        last < len(rows) - 1 and last < _MOST_HEAD_LINES and _continues(rows[last - 1], rows[last], sheet.merges, read)
    ):
        last += 1
    return Head(number, rows[last - 1].number, _titles(rows[:last], sheet.merges, read))


def place_rows(
    rows: Iterable[Row], head: Head, encoding: Encoding, alone: Callable[[Row, str], bool] = _never
) -> Iterator[Placed]:
    """Every row below the head that holds something, told apart; after notes or signatures nothing is a record.

    `alone` says of a row with one label and nothing else whether it is a record and not the name of a group.
    """
    read = _reader(encoding)
    width = sum(map(bool, head.titles)) or 1
    words = {word.lower() for title in head.titles for word in title.split(" / ")}
    labels: tuple[str, ...] = ()
    fresh, ended = True, False
    for row in rows:
        if row.number <= head.last:
            continue
        if not ended and _is_plain_record(row.values, words):
            yield Placed(row, None, labels)
            fresh = True
        elif filled := row.filled:
            part = Part.NOTE if ended else _part(row, filled, head, width, read)
            ended = ended or part is Part.NOTE
            if part is Part.GROUP:
                label = _label_of(row, filled, read)
                if len(filled) == 1 and alone(row, label):
                    part = None
                else:
                    labels, fresh = ((label,) if fresh else (*labels, label)), False
            fresh = fresh or part is None
            yield Placed(row, part, labels)


def _is_plain_record(values: Sequence[Value], titles: AbstractSet[str]) -> bool:
    """Whether the first glance is enough: many cells, and nothing in the first three texts that a title, total,
    group or numbering would show. Most rows of a long list need no more.
    """
    if len(values) - values.count("") < _MANY_CELLS:
        return False
    texts = 0
    for value in values:
        if value.__class__ is str and value:
            word = value.strip("() ")
            if (
                (len(word) < 3 and not (len(word) == 2 and word.isalpha()))
                or _MAYBE_TOTAL.match(word)
                or word.lower() in titles
            ):
                return False
            texts += 1
            if texts == 3:
                return True
    return texts > 0


def _reader(encoding: Encoding) -> Callable[[str], str]:
    return lambda text: decode(text, encoding)


def _score(row: Row, below: Sequence[Row], read: Callable[[str], str]) -> float:
    """Titles known by name count most; a head stands over rows that fill its columns, with figures among them."""
    texts, figures = _texts_and_figures(row, read)
    titles = {key for text in texts if len(text) <= _LONGEST_TITLE and (key := title_key(text))}
    known = len((titles & known_titles()) - _ALSO_VALUES)
    if len(titles) < 2 or not any(len(later.filled) >= 2 for later in below[:5]):
        return 0
    if known:
        return 3 * known + min(len(titles), 10) * 0.2 - 2 * figures
    return 0 if figures or not any(_texts_and_figures(later, read)[1] for later in below[:3]) else 0.1 * len(titles)


def _texts_and_figures(row: Row, read: Callable[[str], str]) -> tuple[list[str], int]:
    """The words of a row, and how many of its cells are numbers, days or digits."""
    words = [read(value) for value in row.values if isinstance(value, str) and not is_empty(value)]
    texts = [word for word in words if any(map(str.isalpha, word))]
    return texts, len(row.filled) - len(texts)


def _continues(above: Row, row: Row, merges: Sequence[Merge], read: Callable[[str], str]) -> bool:
    """Whether a row goes on with the head: few short words under merged or empty titles, no figures, no group."""
    filled = row.filled
    texts = [value for column in filled if isinstance(value := row.values[column], str)]
    if not texts or len(texts) < len(filled) or any(len(text) > _LONGEST_TITLE for text in texts):
        return False
    if any(value.strip().isdigit() for value in texts) or _is_numbered_group([one_line(read(text)) for text in texts]):
        return False
    spread = {
        c
        for m in merges
        if _spreads_over(m, above.number, row.number)
        for c in range(m.first_column, m.last_column + 1)
    }
    own = [column for column in filled if row.values[column] != above.at(column)]
    under = [column for column in own if column in spread or is_empty(above.at(column))]
    known = [column for column in own if title_key(read(str(row.values[column]))) in known_titles()]
    if len(known) == len(own) and under:
        return True
    return bool(own) and len(under) == len(own) and (bool(known) or any(column in spread for column in own))


def _spreads_over(merge: Merge, above: int, row: int) -> bool:
    """Whether a title stands over several columns of the next row, or reaches down into it. One that is merged over
    the lines of the head alone ends with it.
    """
    wide = merge.last_column > merge.first_column
    return merge.first_row <= above and (merge.last_row >= row or (wide and merge.last_row == above))


def _titles(rows: Sequence[Row], merges: Sequence[Merge], read: Callable[[str], str]) -> tuple[str, ...]:
    lines = [_spread(row, merges) for row in rows]
    width = max(map(len, lines))
    titles = []
    for column in range(width):
        words: list[str] = []
        for number, line in enumerate(lines):
            text = one_line(read(shown(line[column]))) if column < len(line) else ""
            if not text and number == 0 and len(lines) > 1:
                text = _label_before(lines, column, read)
            if text and text not in words:
                words.append(text)
        titles.append(" / ".join(words))
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _spread(row: Row, merges: Sequence[Merge]) -> list[Value]:
    """The values with labels merged over several columns standing over each of them."""
    values = list(row.values)
    for merge in merges:
        if merge.first_row <= row.number <= merge.last_row and merge.first_column < len(values):
            for column in range(merge.first_column + 1, min(merge.last_column + 1, len(values))):
                if is_empty(values[column]):
                    values[column] = values[merge.first_column]
    return values


def _label_before(lines: Sequence[Sequence[Value]], column: int, read: Callable[[str], str]) -> str:
    """The label to the left that spreads over a column without merging, when the line below has a word here."""
    if column >= len(lines[1]) or is_empty(lines[1][column]) or not column or is_empty(lines[1][column - 1]):
        return ""
    return one_line(read(shown(lines[0][column - 1])))


def _part(row: Row, filled: list[int], head: Head, width: int, read: Callable[[str], str]) -> Part | None:
    texts = [one_line(read(value)) for column in filled if isinstance(value := row.values[column], str)]
    if _is_numbering(row, filled):
        return Part.NUMBERING
    first = next((text for text in texts if not _is_number(text)), "")
    if len(filled) <= 3 and _END.match(first):
        return Part.NOTE
    if any(_TOTAL.fullmatch(text) for text in texts[:2]):
        return Part.TOTAL
    if _repeats_head(texts, head):
        return Part.HEAD
    if width >= 4 and (_is_section(texts, len(filled)) or (len(texts) == len(filled) and _is_group(texts))):
        return Part.GROUP
    return None


def _is_section(texts: Sequence[str], filled: int) -> bool:
    """A word that only parts of a list bear, alone with its number, or with a Roman one and counts."""
    words = [text for text in texts if not _is_number(text)]
    label = _bare(words[-1]) if words else ""
    numbered = len(words) == 2 and _ROMAN.fullmatch(words[0].strip(". ")) is not None
    alone = len(words) == 1 and (filled <= 2 or label != words[0])
    return (numbered or alone) and _SECTION.match(label) is not None


def _label_of(row: Row, filled: Sequence[int], read: Callable[[str], str]) -> str:
    """The words of a row that is a group, without their number and without how many stand below."""
    texts = [one_line(read(shown(row.values[column]))) for column in filled]
    return _bare(next((text for text in reversed(texts) if _is_label(text)), texts[-1]))


def _bare(label: str) -> str:
    return _COUNT_BEHIND.sub("", _NUMBER_BEFORE.sub("", label)) or label


def _is_numbering(row: Row, filled: list[int]) -> bool:
    """(1) (2) (3) ... or A B 1 2 3 under the head."""
    words = [shown(row.values[column]).strip("() ") for column in filled]
    figures = [int(word) for word in words if word.isdecimal() and len(word) < 4]
    letters = [word for word in words if not word.isdecimal()]
    if len(figures) < 3 or len(letters) > 2 or any(len(letter) != 1 for letter in letters):
        return False
    return figures[0] <= 3 and figures == list(range(figures[0], figures[0] + len(figures)))


def _is_number(text: str) -> bool:
    return text.replace(".", "").isdecimal()


def _repeats_head(texts: Sequence[str], head: Head) -> bool:
    titles = _title_keys(head.titles)
    keys = [title_key(text) for text in texts]
    return len(keys) >= 3 and sum(key in titles for key in keys) * 4 >= 3 * len(keys)


@lru_cache(maxsize=16)
def _title_keys(titles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(title_key(part) for title in titles for part in title.split(" / ")) - {""}


def _is_group(texts: Sequence[str]) -> bool:
    """One label alone, or a Roman number or letter and a label."""
    if len(texts) == 1:
        return _is_label(texts[0])
    return _is_numbered_group(texts)


def _is_numbered_group(texts: Sequence[str]) -> bool:
    return len(texts) == 2 and _is_label(texts[1]) and _ROMAN.fullmatch(texts[0].strip(". ")) is not None


def _is_label(text: str) -> bool:
    return len(text) >= 4 and any(map(str.isalpha, text))
