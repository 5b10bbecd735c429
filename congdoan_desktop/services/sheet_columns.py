"""What the window and the terminal need to know of sheets and their columns: kinds of lists, fields, a matching."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan_desktop.spreadsheets.columns import UNMATCHED, Matching
from congdoan_desktop.spreadsheets.columns import State as MatchState
from congdoan_desktop.spreadsheets.fields import IGNORED, LIST_NAMES, ListKind, fields_of

__all__ = [
    "FILES", "IGNORED", "LIST_NAMES", "UNMATCHED", "ColumnView", "ListKind", "MatchState", "Matching",
    "brings_counts", "brings_union",
    "choices", "columns_of", "untaken", "with_centuries", "with_field",
]  # fmt: skip

FILES = "Bảng tính (*.xlsx *.xls *.ods *.csv)"
_PIVOT = 30
"""Nobody in a list of today was born before 1930, and nobody joined after 2029."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column as shown. `samples`: (as it stands, in Unicode). `asks_century`: its years of two digits are unclear."""

    column: int
    letters: str
    title: str
    field: str
    state: MatchState
    note: str
    samples: tuple[tuple[str, str], ...]
    asks_century: bool


def columns_of(matching: Matching) -> list[ColumnView]:
    return [
        ColumnView(
            match.column, match.letters, match.title, match.field, match.state, match.note, match.before_after,
            match.state is MatchState.QUESTION and "hai chữ số" in match.note,
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


def with_centuries(matching: Matching, column: int) -> Matching:
    """Years of two digits in the column from 30 on are of the 20th century, the others of the 21st."""
    return matching.with_column(column, pivot=_PIVOT)


def brings_union(matching: Matching) -> bool:
    """Whether a column names the union of each row."""
    return "unit" in matching.fields


def brings_counts(matching: Matching) -> bool:
    """Whether columns bring numbers of people, which hold for a day."""
    return bool({"workers", "members"} & matching.fields.keys())
