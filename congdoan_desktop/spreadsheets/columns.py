"""Which column of a sheet brings which field: guessed from titles and contents, corrected by a person, remembered.

    encoding = layout.sheet_encoding(sheet)
    head = layout.find_head(sheet, encoding)
    matching = columns.guess(sheet, head, ListKind.MEMBERS, encoding)
    matching = matching.with_column(2, field="birth", pivot=30)

A `Matching` is plain data; `matching.key` is the same for all sheets with the same titles, so that the caller can keep
`to_plain()` under it and lay it over the next guess with `with_remembered`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from congdoan_desktop.domain.legacy_text import Encoding, by_font, by_score, decode
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.spreadsheets import profiles
from congdoan_desktop.spreadsheets.cells import Value, is_empty, letters, shown
from congdoan_desktop.spreadsheets.fields import (
    IGNORED,
    ImportField,
    ListKind,
    fields_of,
    title_key,
    titles_of,
    why_untaken,
)
from congdoan_desktop.spreadsheets.layout import SAMPLED, Head, place_rows
from congdoan_desktop.spreadsheets.reading import Sheet

UNMATCHED = "?"
"""The field of a column for which a person must choose: a field, or that it is not imported."""
_DATED = {"sex_male": "birth_male", "sex_female": "birth_female"}
"""Form 5b writes the day of birth into the column of the sex (B07)."""
_SHOWN_SAMPLES = 7
_BY_CONTENT = ("citizen_id", "phone", "sex", "ethnicity", "person", "old_id", "tax_code")
"""Contents that name their field without any title."""


class State(StrEnum):
    """How sure a match is."""

    SURE = "sure"
    LIKELY = "likely"
    QUESTION = "question"
    """Something about the values must be answered first: see `note`."""
    UNMATCHED = "unmatched"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column: `column` counts from 0, `field` is a code of the list's fields, `IGNORED` or `UNMATCHED`.

    `samples` are the first filled values as they stand in the sheet. `pivot`: two-digit years from it on are of the
    20th century, smaller ones of the 21st; None asks for each. `male`: the word, also "1", that means a man.
    `short_years`: years of two digits were seen. `month_first`: the month may stand before the day, so that every day
    which reads both ways is asked for. `precision`: what the number format of dates shows, "day", "month" or "year".
    """

    column: int
    title: str
    field: str
    encoding: Encoding = Encoding.UNICODE
    state: State = State.SURE
    note: str = ""
    samples: tuple[str, ...] = ()
    pivot: int | None = None
    male: str = ""
    short_years: bool = False
    month_first: bool = False
    precision: str = "day"

    @property
    def letters(self) -> str:
        """The name of the column in Excel: "C"."""
        return letters(self.column)

    @property
    def before_after(self) -> tuple[tuple[str, str], ...]:
        """The samples as they stand in the sheet, and in Unicode under the chosen encoding."""
        return tuple((text, one_line(decode(text, self.encoding))) for text in self.samples)


@dataclass(frozen=True, slots=True)
class Matching:
    """All columns of a sheet and the list that they bring."""

    kind: ListKind
    head: Head
    encoding: Encoding
    columns: tuple[ColumnMatch, ...]

    @property
    def key(self) -> str:
        """Under which a corrected matching can be remembered: kind of list and titles."""
        return f"{self.kind}:{self.head.key}"

    @property
    def fields(self) -> Mapping[str, ColumnMatch]:
        """The columns that are imported, by field."""
        return {match.field: match for match in self.columns if match.field not in (IGNORED, UNMATCHED)}

    @property
    def missing(self) -> tuple[ImportField, ...]:
        """Needed fields that no column brings."""
        found = set(self.fields)
        if {"family_name", "given_name"} <= found:
            found.add("name")
        return tuple(field for field in fields_of(self.kind).values() if field.needed and field.code not in found)

    def with_column(self, column: int, **changes: Any) -> Matching:
        """With other `field`, `encoding`, `pivot`, `male` or `month_first` of one column; a field taken from another
        column leaves that one unmatched.
        """
        field = changes.get("field", UNMATCHED)
        columns = []
        for match in self.columns:
            if match.column == column:
                state = State.IGNORED if changes.get("field") == IGNORED else State.SURE
                changed = replace(match, **{"state": state, "note": "", **changes})
                columns.append(_asked(self.kind, changed) if "male" not in changes else changed)
            elif field not in (IGNORED, UNMATCHED) and match.field == field:
                columns.append(replace(match, field=UNMATCHED, state=State.UNMATCHED))
            else:
                columns.append(match)
        return replace(self, columns=tuple(columns))

    def to_plain(self) -> dict[str, Any]:
        """Plain data to be remembered: what a person may have corrected, and nothing out of the rows.

        The encoding and the order of days are not: the next file with these titles may be written in another way.
        """
        kept = ("column", "field", "pivot", "male")
        columns = [{name: value for name, value in asdict(match).items() if name in kept} for match in self.columns]
        return {"version": 1, "key": self.key, "columns": columns}

    def with_remembered(self, plain: Mapping[str, Any]) -> Matching:
        """What was remembered under the same key, laid over this guess; anything else leaves it as it is."""
        if plain.get("key") != self.key or plain.get("version") != 1:
            return self
        given = {row.get("column"): row for row in plain.get("columns", ()) if isinstance(row, dict)}
        return replace(self, columns=tuple(_remembered(match, given.get(match.column), self) for match in self.columns))


def guess(sheet: Sheet, head: Head, kind: ListKind, encoding: Encoding, *, chosen: bool = False) -> Matching:
    """The likeliest matching; every field is given to one column at most.

    `encoding` is that of most of the sheet, where fonts and text of a column do not tell another; when a person has
    `chosen` it, it is that of every column.
    """
    sampled = place_rows(islice(sheet.rows(), head.last + SAMPLED), head, encoding)
    rows = [placed.row for placed in sampled if placed.part is None]
    width = max([len(head.titles), *(row.filled[-1] + 1 for row in rows)]) if rows else len(head.titles)
    looks = []
    for column in range(width):
        title = head.titles[column] if column < len(head.titles) else ""
        values = [row.at(column) for row in rows]
        looks.append(_Look(column, title, values, encoding if chosen else _encoding(sheet, column, values, encoding)))
    given = _assigned(kind, looks)
    matches = (_match(kind, look, given.get(look.column, UNMATCHED), sheet) for look in looks)
    return Matching(kind, head, encoding, tuple(matches))


class _Look:
    """What is known of one column before it has a field."""

    def __init__(self, column: int, title: str, values: Sequence[Value], encoding: Encoding) -> None:
        self.column, self.title, self.encoding = column, title, encoding
        self.values = values
        self.read = [decode(value, encoding) if isinstance(value, str) else value for value in values]
        self.contents = profiles.look([value for value in self.read if not is_empty(value)])

    @property
    def empty(self) -> bool:
        return not self.title and all(map(is_empty, self.values))


def _encoding(sheet: Sheet, column: int, values: Sequence[Value], whole: Encoding) -> Encoding:
    """By the font of the column, else by its text, else as most of the sheet."""
    if found := by_font(sheet.fonts.get(column, "")):
        return found
    return by_score(value for value in values if isinstance(value, str)) or whole


def _assigned(kind: ListKind, looks: Sequence[_Look]) -> dict[int, str]:
    """Column -> field; the surest pairs first."""
    pairs = sorted(
        ((score, -look.column, code) for look in looks for code, score in _scores(kind, look).items()), reverse=True
    )
    given: dict[int, str] = {}
    for _, column, code in pairs:
        if -column not in given and (code == IGNORED or code not in given.values()):
            given[-column] = code
    return given


def _scores(kind: ListKind, look: _Look) -> dict[str, float]:
    """How well each field fits a column, above 0; 3 for its very title, 1 for telling content."""
    if look.empty or ("running" in look.contents and not look.title):
        return {IGNORED: 4}
    found: dict[str, float] = {}
    for titled, score in _by_title(kind, look.title).items():
        code = _DATED.get(titled, titled) if look.contents & {"date", "year"} else titled
        field = fields_of(kind).get(code)
        fitting = profiles.fitting(field.type) if field else frozenset()
        agrees = not fitting or not look.contents or bool(fitting & look.contents)
        found[code] = score + (0.5 if fitting and agrees and look.contents else 0.0 if agrees else -1.5)
    for field in fields_of(kind).values():
        content = "ethnicity" if field.code == "ethnicity" else field.type
        if content in _BY_CONTENT and content in look.contents and field.in_template:
            found[field.code] = max(found.get(field.code, 0), 1 - 0.05 * _BY_CONTENT.index(content))
    return {code: score for code, score in found.items() if score > 0}


def _by_title(kind: ListKind, title: str) -> dict[str, float]:
    """3 for a known title, less for one of its two lines or for a title that begins with a known one."""
    known = titles_of(kind)
    parts = [title_key(part) for part in title.split(" / ") if part]
    found = {known[key]: 3.0 for key in [title_key(title.replace(" / ", " "))] if key in known}
    for part in reversed(parts):
        if part in known:
            found.setdefault(known[part], 2.5 if part is parts[-1] else 2.0)
    if found or not parts:
        return found
    for key, code in known.items():
        if len(key) > 3 and any(f" {key} " in f" {part} " for part in parts):
            found[code] = max(found.get(code, 0), 1 + min(len(key), 20) / 40)
    return found


def _match(kind: ListKind, look: _Look, code: str, sheet: Sheet) -> ColumnMatch:
    samples = tuple(shown(value) for value in look.values if not is_empty(value))[:_SHOWN_SAMPLES]
    short = any(isinstance(value, str) and profiles.TWO_DIGIT_YEAR.search(value) for value in look.read)
    match = ColumnMatch(
        look.column, look.title, code, look.encoding, _state(kind, look, code),
        why_untaken(kind, look.title) if code == IGNORED else "", samples,
        male="1" if "binary" in look.contents else "", short_years=short,
        month_first=profiles.order_doubtful(look.read),
        precision=_precision(sheet.formats.get(look.column, "").lower()),
    )  # fmt: skip
    return _asked(kind, match)


def _precision(code: str) -> str:
    """What a number format shows of a day."""
    if "d" in code or not ("m" in code or "y" in code):
        return "day"
    return "month" if "m" in code else "year"


def _asked(kind: ListKind, match: ColumnMatch) -> ColumnMatch:
    """The match with the question that its values put, if they put one."""
    field = fields_of(kind).get(match.field)
    type_ = field.type if field else ""
    note = ""
    if type_ in ("date", "birth") and match.month_first:
        note = "Có thể ghi tháng trước ngày. Xem những ngày hiểu được hai cách."
    elif type_ in ("date", "birth") and match.short_years and match.pivot is None:
        note = "Năm chỉ có hai chữ số. Chọn thế kỷ."
    elif type_ == "sex" and match.male:
        note = f"Đang hiểu {match.male} là Nam. Xem lại một vài người."
    return replace(match, state=State.QUESTION, note=note) if note else match


def _state(kind: ListKind, look: _Look, code: str) -> State:
    if code in (IGNORED, UNMATCHED):
        return State.IGNORED if code == IGNORED else State.UNMATCHED
    return State.SURE if _scores(kind, look).get(code, 0) >= 2 else State.LIKELY


def _remembered(match: ColumnMatch, row: Mapping[str, Any] | None, whole: Matching) -> ColumnMatch:
    """Raises nothing: what does not fit is left as guessed."""
    code = row.get("field") if row else None
    if row is None or not isinstance(code, str) or code not in {IGNORED, UNMATCHED, *fields_of(whole.kind)}:
        return match
    state = {IGNORED: State.IGNORED, UNMATCHED: State.UNMATCHED}.get(code, State.SURE)
    pivot, male = row.get("pivot"), row.get("male")
    remembered = replace(match, field=code, state=state, note="", pivot=pivot if type(pivot) is int else None)
    asked = _asked(whole.kind, remembered)
    return replace(asked, male=male) if isinstance(male, str) and male else asked
