"""From a cell to the value of a field, with every doubt named. One reader for each column, made from its match."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from congdoan_desktop.domain.legacy_text import Encoding, decode
from congdoan_desktop.domain.text import one_line, search_key
from congdoan_desktop.spreadsheets import value_dates, value_texts
from congdoan_desktop.spreadsheets.cells import Value, shown
from congdoan_desktop.spreadsheets.columns import ColumnMatch
from congdoan_desktop.spreadsheets.fields import ImportField
from congdoan_desktop.spreadsheets.findings import EMPTY, Read, wrong
from congdoan_desktop.spreadsheets.value_numbers import NUMBERS

Reader = Callable[[Value], Read]

_SEXES = {
    **dict.fromkeys(("nam", "male", "m", "trai", "ong", "anh"), "nam"),
    **dict.fromkeys(("nu", "female", "f", "gai", "ba", "chi", "co"), "nữ"),
}
_YES = frozenset({"x", "v", "co", "yes", "true", "1", "da co", "roi", "y"})
_NO = frozenset({"khong", "no", "false", "0", "chua", "chua co", "k", "khong co"})
_FIGURES_OF_SEX = frozenset({"0", "1", "2"})
_CACHED = 20_000

_TEXTS: Mapping[str, Reader] = {
    "person": value_texts.person,
    "person_part": value_texts.person_part,
    "code": value_texts.code,
    **{kind: value_texts.words(value_texts.LONGEST[kind]) for kind in ("short", "title", "text")},
}


def reader(match: ColumnMatch, field: ImportField, today: date) -> Reader:
    """The reader of one column: undoes its old encoding, then reads for the type of the field.

    `today`: nobody is born or joined after it.
    """
    read = _typed(match, field, today)
    if match.encoding is Encoding.UNICODE:
        return read
    return lambda value: read(decode(value, match.encoding)) if isinstance(value, str) else read(value)


def _typed(match: ColumnMatch, field: ImportField, today: date) -> Reader:
    if field.type in ("birth", "date"):
        return value_dates.reader(
            today, birth=field.type == "birth", pivot=match.pivot, month_first=match.month_first,
            precision=match.precision,
        )  # fmt: skip
    if field.type == "sex":
        return _remembering(_sex_reader(match.male))
    if field.type == "mark":
        return _remembering(_mark)
    if field.type in NUMBERS:
        return NUMBERS[field.type]
    # The same communes, posts and units stand in hundreds of rows, and many people bear the same name.
    return _remembering(_TEXTS[field.type])


def _remembering(read: Reader) -> Reader:
    """Cells that come again are read once."""
    return lru_cache(maxsize=_CACHED, typed=True)(read)


def _sex_reader(male: str) -> Reader:
    chosen = search_key(male)

    def read(value: Value) -> Read:
        word = _word(value)
        if isinstance(word, Read):
            return word
        if chosen and (word == chosen or word in _FIGURES_OF_SEX):
            return Read("nam" if word == chosen else "nữ")
        if sex := _SEXES.get(word):
            return Read(sex)
        return wrong("Giới tính ghi Nam hoặc Nữ.")

    return read


def _mark(value: Value) -> Read:
    """True and False of "x", "Có", "1" and their opposites."""
    if isinstance(value, bool):
        return Read(value)
    word = _word(value)
    if isinstance(word, Read):
        return word
    if word in _YES or word in _NO:
        return Read(word in _YES)
    return wrong("Ô này ghi Có hoặc Không, hoặc đánh dấu x.")


def _word(value: Value) -> str | Read:
    """The cell as a folded word, or what is wrong with it."""
    if (fault := value_texts.not_words(value)) is not None:
        return fault
    if isinstance(value, (bool, date, datetime)):
        return wrong(f"Ô chứa “{shown(value)}”, không đọc được ở cột này.")
    text = shown(value)
    if fault := value_texts.hidden_in(text):
        return fault
    return search_key(one_line(text)) or EMPTY
