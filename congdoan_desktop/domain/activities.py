"""Activities: what a union did, when, where, with how many people, at whose cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.errors import Finding

PLANNED, DONE = "planned", "done"


@dataclass(frozen=True, slots=True)
class Detail:
    """A field that only this kind of activity has; the catalogue of kinds says its type. Never free text."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of one unit. `counts`: it counts toward the campaign's per-unit target. Cost in đồng.

    `state` is PLANNED or DONE; only what is done counts anywhere. Which of the fields from `workplace` on a kind has,
    its entry in the catalogue of kinds says (`domain.activity_kinds`).
    """

    TYPE: ClassVar[str] = "activity"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"title", "place", "note"})

    unit: str
    campaign: str | None
    kind: str
    starts: date
    ends: date
    participants: int
    women: int
    cost: int
    source: str | None
    counts: bool
    title: str = ""
    place: str = ""
    note: str = ""
    state: str = DONE
    workplace: str | None = None
    """Id of the Workplace where it was held, for conferences, dialogues and agreements."""
    members: int | None = None
    """Of the participants, union members."""
    count: int | None = None
    """What the kind counts besides people: initiatives, models, cases."""
    number: str = ""
    """Number and code of its document."""
    until: date | None = None
    """The last day it is in force, for agreements."""
    grade: str = ""
    """A choice of the kind: the grade of an agreement, whether it was signed or amended."""
    organiser: str = ""
    """Code of the level that organised it, where that counts: training by an upper union."""
    people: tuple[str, ...] = ()
    """Ids of the persons who took part, where they are named."""
    details: tuple[Detail, ...] = ()


def validate_activity(activity: Activity, today: date) -> tuple[Finding, ...]:
    """All findings of an activity."""
    found = []
    if not activity.unit:
        found.append(Finding("unit", "Chọn ít nhất một đơn vị đã tổ chức hoạt động."))
    if not activity.title:
        found.append(Finding("title", "Ghi tên hoạt động, ví dụ “Giải cầu lông chào mừng 28/7”."))
    if not activity.kind:
        found.append(Finding("kind", "Chọn loại hoạt động."))
    if activity.ends < activity.starts:
        found.append(Finding("ends", "Ngày kết thúc trước ngày bắt đầu. Xem lại hai ngày."))
    if activity.state == DONE and activity.starts > today:
        found.append(Finding("starts", "Ngày này ở tương lai. Nếu chưa tổ chức thì chọn “Dự kiến”.", warning=True))
    if activity.state not in (PLANNED, DONE):
        found.append(Finding("state", "Chọn đã tổ chức hay dự kiến."))
    if activity.women > activity.participants:
        found.append(Finding("women", "Số nữ nhiều hơn số người tham gia. Sửa một trong hai số."))
    if min(activity.participants, activity.women, activity.cost) < 0:
        found.append(Finding("participants", "Số người và số tiền không được âm."))
    if activity.cost and not activity.source:
        found.append(Finding("source", "Đã ghi kinh phí: chọn nguồn chi."))
    return tuple(found)
