"""What the window and the terminal need to know of sheets and their columns: kinds of lists, fields, a matching."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.spreadsheets.columns import UNMATCHED, ColumnMatch, Matching
from congdoan_desktop.spreadsheets.columns import State as MatchState
from congdoan_desktop.spreadsheets.fields import IGNORED, LIST_NAMES, ListKind, fields_of

__all__ = [
    "FILES", "IGNORED", "LIST_NAMES", "UNMATCHED", "Answer", "ColumnView", "ListKind", "MatchState", "Matching",
    "answered", "brings_counts", "brings_union", "choices", "columns_of", "untaken", "with_encoding", "with_field",
]  # fmt: skip

FILES = "Bảng tính (*.xlsx *.xls *.ods *.csv)"
_PIVOT = 30
"""Nobody in a list of today was born before 1930, and nobody joined after 2029."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person may say of a column: `name` and `value` are what `Matching.with_column` takes."""

    text: str
    name: str
    value: object


_CENTURIES = Answer("Năm 30–99 là 19xx", "pivot", _PIVOT)
_DAY_FIRST = Answer("Ngày trước tháng", "month_first", False)
_OTHER_SEX = "2"
"""The figure for men where 1 means a woman and no other one was seen."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column as shown. `samples`: (as it stands, in Unicode). `answers` to the question that its values put."""

    column: int
    letters: str
    title: str
    field: str
    state: MatchState
    note: str
    samples: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    encoding: Encoding


def columns_of(matching: Matching) -> list[ColumnView]:
    return [
        ColumnView(
            match.column, match.letters, match.title, match.field, match.state, match.note, match.before_after,
            _answers(matching, match), match.encoding,
        )
        for match in matching.columns
    ]  # fmt: skip


def untaken(matching: Matching) -> list[str]:
    """Columns with something in them that nobody chose to leave out and that are not imported, each with the reason."""
    return [
        f"{match.letters} “{match.title or match.samples[0]}” – {match.note or 'chưa ghép với trường nào.'}"
        for match in matching.columns
        if match.samples and (match.field == UNMATCHED or (match.field == IGNORED and match.note))
    ]


def choices(kind: ListKind) -> list[tuple[str, str]]:
    """(code, name) of the fields that a column of such a list can bring."""
    return [(field.code, field.name) for field in fields_of(kind).values()]


def with_field(matching: Matching, column: int, field: str) -> Matching:
    """With another field for a column: a code, IGNORED or UNMATCHED."""
    return matching.with_column(column, field=field)


def answered(matching: Matching, column: int, answer: Answer) -> Matching:
    """With the question about the values of a column answered."""
    return matching.with_column(column, **{answer.name: answer.value})


def with_encoding(matching: Matching, column: int, encoding: Encoding) -> Matching:
    """With one column read as written in another way than the rest (D20)."""
    return matching.with_column(column, encoding=encoding)


def _answers(matching: Matching, match: ColumnMatch) -> tuple[Answer, ...]:
    """In the order in which `columns` asks."""
    field = fields_of(matching.kind).get(match.field)
    if match.state is not MatchState.QUESTION or field is None:
        return ()
    if field.type == "sex":
        other = next((text for text in match.samples if text.isdigit() and text != match.male), _OTHER_SEX)
        return Answer(f"{match.male} là Nam", "male", match.male), Answer(f"{match.male} là Nữ", "male", other)
    return (_DAY_FIRST,) if match.month_first else (_CENTURIES,)


def brings_union(matching: Matching) -> bool:
    """Whether a column names the union of each row."""
    return "unit" in matching.fields


def brings_counts(matching: Matching) -> bool:
    """Whether columns bring numbers of people, which hold for a day."""
    return bool({"workers", "members"} & matching.fields.keys())
