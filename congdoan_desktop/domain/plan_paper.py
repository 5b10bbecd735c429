"""A plan as it goes onto paper: the campaign with the names that its head, its opening and its annexes need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.period_report import Letterhead


@dataclass(frozen=True, slots=True)
class GivenMark:
    """A mark of one target that differs for one union: ("Công đoàn xã Nậm Xuân", "...", "90%")."""

    unit_name: str
    wording: str
    mark: str


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """Everything that a printed plan says. `letterhead.code` follows a number left to the clerk: "KH-CĐX"."""

    letterhead: Letterhead
    unit_name: str
    campaign: Campaign
    made_on: date
    """The day of printing; its year stands in the date line of a plan that has no day yet."""
    marks: tuple[GivenMark, ...] = ()
    sample: bool = False
