"""Campaigns: a plan's header, what it asks of whom, by when, and who leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.domain.indicators import COMPARATORS, INDICATORS
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


@dataclass(frozen=True, slots=True)
class Duty:
    """A report owed. relation: "before" (the day itself is late) or "no_later_than"."""

    wording: str
    who: str
    to: str
    via: str
    due: date
    relation: str


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


def validate_campaign(campaign: Campaign) -> tuple[Finding, ...]:
    found = []
    if not campaign.title:
        found.append(Finding("title", "Ghi trích yếu của kế hoạch."))
    if campaign.ends < campaign.starts:
        found.append(Finding("ends", "Ngày kết thúc trước ngày bắt đầu. Xem lại hai ngày."))
    for number, target in enumerate(campaign.targets, 1):
        if not target.wording:
            found.append(Finding("targets", f"Chỉ tiêu {number}: chép nguyên văn câu chữ trong kế hoạch."))
        if target.indicator not in INDICATORS or target.op not in COMPARATORS:
            found.append(Finding("targets", f"Chỉ tiêu {number}: chọn cách tính trong danh sách."))
    for number, phase in enumerate(campaign.phases, 1):
        if phase.ends < phase.starts:
            found.append(Finding("phases", f"Đợt {number}: ngày cuối trước ngày đầu. Xem lại hai ngày."))
    return tuple(found)
