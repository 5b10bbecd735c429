"""Campaigns: a plan's header, what it asks of whom, by when, and who leads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.domain.indicators import COMPARATORS, Definition, faults
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.errors import Finding


@dataclass(frozen=True, slots=True)
class Target:
    """One target. `wording` is kept as printed for ever; `op` and `value` are how it is computed."""

    id: str
    wording: str
    indicator: str
    op: str
    value: int
    unit_of_measure: str
    level_text: str
    """The mark as printed in the report's table: "Ít nhất 01 hoạt động/CĐCS"."""
    note: str = ""
    decimals: int = 0
    """`value` is in units of 10 to the power of -`decimals`: 975 with 1 is 97,5."""
    implicit: bool = False
    """No word of comparison is printed."""
    within: str = ""
    """Id of the target it is part of ("trong đó ..."); the population it refers to is the definition's."""
    choice: str = ""
    """What was decided where the wording is ambiguous (seed-facts, section 10)."""
    chosen_by: str = ""
    """Name of the officer who decided, as on public papers."""

    def printed(self, value: int) -> str:
        """A mark of this target as printed: 975 with one decimal in per cent is "97,5%"."""
        whole, rest = divmod(value, 10**self.decimals)
        figure = group_thousands(whole) + (f",{rest:0{self.decimals}}" if self.decimals else "")
        return f"{figure}%" if self.unit_of_measure == "%" else f"{figure} {self.unit_of_measure}".strip()


@dataclass(frozen=True, slots=True)
class UnitMark:
    """A mark given to one union for one target, where it differs from the target's own."""

    target: str
    unit: str
    value: int


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of time named by the plan; `kinds` are the activity kinds it is meant for."""

    name: str
    starts: date
    ends: date
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """An event the plan names, with its lead departments; `on` None where no day is printed."""

    name: str
    leads: tuple[str, ...]
    on: date | None = None
    printed_date: str = ""
    """The date as the plan prints it, where it is no day: "trong tháng 6"."""
    plan: str | None = None
    """Id of the campaign that is this event's own plan."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a department or a union has to do, in the words of the plan."""

    who: str
    task: str


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """Another document. relation: "parent", "basis", "reference", "event"; `campaign` when it is held here."""

    relation: str
    number: str
    title: str
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan's text under its heading, for printing the plan as a paper."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A report owed. relation: "before" (the day itself is late) or "no_later_than"."""

    wording: str
    who: str
    to: str
    via: str
    due: date | None
    relation: str
    cadence: tuple[str, ...] = ()
    """Codes of periods for a duty that returns: "quarter", "half", "year", "statistics"; `due` is None then."""
    levels: tuple[str, ...] = ()
    """Codes of the levels of the unions it binds; empty: all that the plan was given to."""
    choice: str = ""
    """Whether the day of "trước ngày" itself is in time, as the officer decided: "day_counts" or "day_is_late"."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A plan or emulation movement. `unit` is the issuing union; number and date may wait for the clerk."""

    TYPE: ClassVar[str] = "campaign"
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    unit: str
    title: str
    doc_type: str
    number: str
    issued_on: date | None
    place: str
    organ: str
    starts: date
    ends: date
    signer_authority: str = ""
    signer_title: str = ""
    signer_name: str = ""
    bases: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    phases: tuple[Phase, ...] = ()
    events: tuple[PlannedEvent, ...] = ()
    duties: tuple[Duty, ...] = ()
    recipients: tuple[str, ...] = ()
    theme: str = ""
    parent: str | None = None
    """Id of the upper union's campaign that this one carries out."""
    date_text: str = ""
    """Place and date as printed, where the day is not given ("Lào Cai, ngày    tháng 01 năm 2024")."""
    open_end: bool = False
    """A standing plan; `ends` is then the last day that its figures are asked for."""
    related: tuple[RelatedDocument, ...] = ()
    definitions: tuple[Definition, ...] = ()
    """What the targets count, where the catalogue of indicators of the receiver may lack it."""
    marks: tuple[UnitMark, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    sections: tuple[Section, ...] = ()


def validate_campaign(campaign: Campaign, indicators: Collection[str]) -> tuple[Finding, ...]:
    """All findings. `indicators` are the codes of the catalogue; the campaign's own definitions count beside them."""
    found = []
    if not campaign.title:
        found.append(Finding("title", "Ghi trích yếu của kế hoạch."))
    if campaign.ends < campaign.starts:
        found.append(Finding("ends", "Ngày kết thúc trước ngày bắt đầu. Xem lại hai ngày."))
    found += _about_targets(campaign, {*indicators, *(one.code for one in campaign.definitions)})
    for number, one in enumerate(campaign.definitions, 1):
        if wrong := faults(one):
            found.append(Finding("definitions", f"Cách tính {number}: {'; '.join(wrong)}."))
    for number, phase in enumerate(campaign.phases, 1):
        if phase.ends < phase.starts:
            found.append(Finding("phases", f"Đợt {number}: ngày cuối trước ngày đầu. Xem lại hai ngày."))
    return tuple(found)


def _about_targets(campaign: Campaign, indicators: Collection[str]) -> Iterator[Finding]:
    ids = [target.id for target in campaign.targets]
    for number, target in enumerate(campaign.targets, 1):
        if not target.wording:
            yield Finding("targets", f"Chỉ tiêu {number}: chép nguyên văn câu chữ trong kế hoạch.")
        if target.indicator not in indicators or target.op not in COMPARATORS:
            yield Finding("targets", f"Chỉ tiêu {number}: chọn cách tính trong danh sách.")
        if target.within and (target.within not in ids or target.within == target.id):
            yield Finding("targets", f"Chỉ tiêu {number}: chọn lại chỉ tiêu mà “trong đó” nói tới.")
