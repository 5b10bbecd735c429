"""The letter to unions whose report is missing (công văn đôn đốc), as pure data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.period_report import Letterhead, PlanCitation, Signature


@dataclass(frozen=True, slots=True)
class MissingUnion:
    """A union whose report is missing; `last` names the period of its latest report on the plan, "" for none."""

    name: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """`what` is missing ("báo cáo quý I năm 2026"). `was_due`: the day that the plan names and that has passed; None
    for a report that is due by its period alone.
    """

    letterhead: Letterhead
    unit_name: str
    plan: PlanCitation
    what: str
    was_due: date | None
    missing: tuple[MissingUnion, ...]
    expected: int
    until: date
    dated: date
    signature: Signature
    sample: bool = False

    @property
    def received(self) -> int:
        return self.expected - len(self.missing)
