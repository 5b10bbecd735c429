"""What the papers from need to decision say, as pure data: tờ trình with its list, minutes, decision with its list.

Circumstances stand on the list of the tờ trình alone, and only of those who agreed (rules C07–C09). No paper bears
identity numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.period_report import Letterhead, PlanCitation, Signature
from congdoan_desktop.domain.proposals import Attendee


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """Who is proposed. `circumstances` as they may be named; `amount` in đồng, `in_kind` of it; `fund` by its name."""

    name: str
    birth_year: int | None
    unit: str
    circumstances: str
    what: str
    amount: int
    in_kind: int
    fund: str
    beneficiary: str
    collective: bool = False


@dataclass(frozen=True, slots=True)
class ProposalPaper:
    """A tờ trình. `number` "" and room is left for it; `to` as in "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu".

    `inside`: it goes to the union's own standing committee, so nobody signs for that. `met_on` is the day of a meeting
    held before it, None otherwise; `again` counts those helped alike this year.
    """

    letterhead: Letterhead
    unit_name: str
    number: str
    on: date
    title: str
    to: str
    inside: bool
    plan: PlanCitation | None
    met_on: date | None
    rows: tuple[ProposedRow, ...]
    again: int
    maker: str
    signature: Signature
    sample: bool = False

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)


@dataclass(frozen=True, slots=True)
class HeardRow:
    """A need as the minutes tell of it: `result` in words, `opinion` "" where none may be named; amounts in đồng."""

    name: str
    unit: str
    asked: int
    result: str
    amount: int
    opinion: str


@dataclass(frozen=True, slots=True)
class MinutesPaper:
    """The minutes of a meeting on a proposal; `proposal` as cited: "Tờ trình số 09/TTr-CĐX ngày 12/5/2026 về ...".

    `results` counts the needs by result, in words and in order.
    """

    letterhead: Letterhead
    unit_name: str
    on: date
    place: str
    proposal: str
    title: str
    members: tuple[Attendee, ...]
    absent: str
    rows: tuple[HeardRow, ...]
    results: tuple[tuple[str, int], ...]
    summary: str
    sample: bool = False

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """Who is helped by a decision, with what, out of which fund; `amount` in đồng, `in_kind` of it."""

    name: str
    birth_year: int | None
    unit: str
    what: str
    fund: str
    amount: int
    in_kind: int = 0
    collective: bool = False


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """A decision with its list. `title` and `proposal` as in the minutes; `met_on` is the day of the meeting."""

    letterhead: Letterhead
    unit_name: str
    number: str
    on: date
    title: str
    plan: PlanCitation | None
    met_on: date | None
    proposal: str
    rows: tuple[DecidedRow, ...]
    maker: str
    signature: Signature
    sample: bool = False
