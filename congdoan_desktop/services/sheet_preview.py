"""What is known of a list out of Excel before it is imported: what was chosen, and what becomes of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from congdoan_desktop.services.sheet_names import NamedUnion
from congdoan_desktop.services.sheet_rows import Made
from congdoan_desktop.services.sheet_sections import Section
from congdoan_desktop.spreadsheets import reading
from congdoan_desktop.spreadsheets.columns import Matching
from congdoan_desktop.spreadsheets.drafts import LeftOut, RowDraft
from congdoan_desktop.spreadsheets.findings import CellFinding


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    """It says nothing that is not known."""
    NEAR = "near"
    """A person must say whether it is somebody known; until then it is not imported."""
    REPEATED = "repeated"
    """It stands in the list twice; the first one counts."""
    FAULTY = "faulty"


class Choice(StrEnum):
    """What is to be done with a row that is only nearly known."""

    ADD = "add"
    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the sheet itself does not say. `into`: the union of rows that name none. `called`: union by its name in the
    list where it is known under another, besides the remembered ones. `counted_on`: the day of its numbers, None today.
    """

    into: str = ""
    called: Mapping[str, str] = field(default_factory=dict)
    counted_on: date | None = None

    def day(self, today: date) -> date:
        """The day of the numbers."""
        return self.counted_on or today


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook that was opened."""

    book: reading.Book
    name: str


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet with the likeliest matching; `remembered` names the kept one that was laid over it, "" for none."""

    sheet: str
    matching: Matching
    rows: int
    remembered: str


@dataclass(slots=True)
class Line:
    """A row of the list. `id` is the record it is about, `before` its present version; both "" for a new one.

    `draft` is kept where the row may have to go back.
    """

    number: int
    state: State
    made: Made
    id: str = ""
    before: str = ""
    revised: bool = False
    """Whether it says more than the known record; its numbers of people may be news without that."""
    why: str = ""
    findings: tuple[CellFinding, ...] = ()
    draft: RowDraft | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """All that is to be said about the row, the cells named; what stops it comes first."""
        findings = sorted(self.findings, key=lambda finding: finding.warning)
        return (*map(str, findings), *([self.why] if self.why else ()))


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing has been written. `named`: unions whose names the registry does not know;
    `sections`: labels in the list that name none.
    """

    source: str
    matching: Matching
    settings: Settings
    lines: Sequence[Line]
    left_out: Sequence[LeftOut]
    last_revision: int
    named: Sequence[NamedUnion] = ()
    sections: Sequence[Section] = ()

    @property
    def counts(self) -> Mapping[State, int]:
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in State}


RETURNED = frozenset({State.FAULTY, State.NEAR, State.REPEATED})
"""States of rows that go back to whoever gave the list."""
