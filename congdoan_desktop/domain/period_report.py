"""The period report of a campaign as pure data: what the records say, before any layout.

Ratios are never stored ready-made: a result keeps its numerator and denominator, and `met` was decided
on exact integers (`domain.indicators`). Amounts are integer đồng.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.narrative import Passage
from congdoan_desktop.domain.periods import spanned


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """What the same target came to in another period."""

    numerator: int
    denominator: int | None


@dataclass(frozen=True, slots=True)
class TargetResult:
    """One row of the target table. `denominator` None marks a bare count; `met` None marks no data yet."""

    target: str
    wording: str
    level: str
    """The mark as printed: "Trên 85%", "75% trở lên", "Ít nhất 01 hoạt động/CĐCS"."""
    numerator: int
    denominator: int | None
    met: bool | None
    note: str = ""
    before: EarlierResult | None = None
    """In the period before; None where the plan did not run yet or the period has none before it."""
    year_before: EarlierResult | None = None
    """In the same days a year earlier."""
    plan: PlanCitation | None = None
    """The plan that asks for it, in a report under no plan."""
    shared: bool = False
    """A count that all unions of the plan reach together, in a report on one of them: told and not judged."""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One line of the annex: what one CĐCS did in the period."""

    unit: str
    name: str
    members: int
    propaganda: int
    counted_activities: int
    """Activities that count toward the per-unit target."""
    other_activities: int
    participants: int
    women: int
    activity_cost: int
    support_times: int
    support_people: int
    support_amount: int
    met: bool
    upper: str = ""
    """Name of the union that it stands under on the period's last day."""
    targets_met: int = 0
    targets_asked: int = 0
    """Targets that ask something of it and that there are figures for."""

    @property
    def activities(self) -> int:
        return self.propaganda + self.counted_activities + self.other_activities


@dataclass(frozen=True, slots=True)
class ActivityFigures:
    """Activities of one kind over all units."""

    kind: str
    times: int
    participants: int
    women: int
    cost: int


@dataclass(frozen=True, slots=True)
class SupportFigures:
    """Support for one cause; `by_fund` runs parallel to `PeriodReport.funds`. Cash and in-kind value together."""

    cause: str
    times: int
    people: int
    by_fund: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.by_fund)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The heads of an official document (Nghị định 30/2020, Phụ lục I, II.1–4), not yet capitalised."""

    parent: str
    parent_short: str
    issuer: str
    code: str
    """What follows the number left blank for the clerk: "BC-CĐX"."""
    place: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block: "TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", "Lò Thị Hoa"."""

    authority: tuple[str, ...]
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanCitation:
    """The plan reported on, as cited the first time (rule A15)."""

    number: str
    issued_on: date | None
    issuer: str
    title: str


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """Everything a period report prints. `sample` papers say "DỮ LIỆU MẪU"."""

    letterhead: Letterhead
    receiver: str
    plan: PlanCitation | None
    """None in a general report, on all that the union did."""
    reporting_body: str
    """Who reports, inside a sentence: "Ban Thường vụ Công đoàn xã Nậm Xuân"."""
    unit_name: str
    period_name: str
    starts: date
    ends: date
    dated: date
    units_total: int
    members: int
    workers: int
    targets: tuple[TargetResult, ...]
    units: tuple[UnitFigures, ...]
    activities: tuple[ActivityFigures, ...]
    funds: tuple[str, ...]
    supports: tuple[SupportFigures, ...]
    cash: int
    in_kind: int
    signature: Signature
    recipients: tuple[str, ...]
    """Nơi nhận, without the leading dash and the closing mark; the last one is "Lưu: VT"."""
    report_id: str
    """SHA-256 of the figures, lower-case hex (packages/FORMAT.md); empty where no package carries them."""
    difficulties: str = ""
    proposals: str = ""
    sample: bool = False
    unheard: tuple[str, ...] = ()
    """Unions below whose report on these days has not come: their part is in no target."""
    not_reported: tuple[str, ...] = ()
    """Names of the unions that send us reports and have not sent this one, CĐCS too."""
    lines_not_reported: frozenset[str] = frozenset()
    """The CĐCS that these are, or that stand below them."""
    adjusted: tuple[str, ...] = ()
    """Unions whose figures hold corrections that came after an earlier period was locked, each with that period."""
    passages: tuple[Passage, ...] = ()
    """The officer's words by section of the plan; empty ones are not printed."""
    next_period: str = ""
    grassroots: bool = False
    """Whether it is about one CĐCS."""
    about: str = ""
    """Name of the union below that it is about alone."""
    months: tuple[tuple[date, int], ...] = ()
    """(first day, activities) of each month of the period, those of none too."""

    @property
    def span(self) -> str:
        """The period as a caption tells it."""
        return spanned(self.period_name, self.starts, self.ends)

    @property
    def told_of(self) -> str:
        """Name of the union whose figures these are, with all under it."""
        return self.about or self.unit_name
