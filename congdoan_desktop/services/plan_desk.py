"""Reading a plan at the office: the items to go through, and whether the plan is held already. Nothing is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from congdoan_desktop.errors import AppError
from congdoan_desktop.planreader.draft import PlanDraft
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import campaigns, plan_reading
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.plan_item import Item
from congdoan_desktop.services.plan_items import items_of

PASTED = "văn bản đã dán"


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is what the places of the items count in; `typed_in` as in `PlanDraft`; `known`: a plan of this number
    is held here.
    """

    name: str
    text: str
    number: str
    today: date
    items: tuple[Item, ...]
    targets: int
    typed_in: str
    known: bool


def read_file(office: Office, path: Path, progress: Progress) -> Reading:
    """Raises: UnreadablePlan or TooLarge when it is no such file, AppError without a word in it, Cancelled, OSError."""
    return _reading(office, path.name, plan_reading.read_file(path, progress))


def read_pasted(office: Office, text: str, progress: Progress, name: str = PASTED) -> Reading:
    """Raises: UnreadablePlan, TooLarge, AppError without a word in it, Cancelled."""
    return _reading(office, name, plan_reading.read_pasted(text, progress))


def _reading(office: Office, name: str, draft: PlanDraft) -> Reading:
    if not draft.text.strip():
        raise AppError("Trong đó không có chữ nào để đọc.", safe="Chưa có gì được ghi.", todo="Chọn tệp khác.")
    today = office.clock.today()
    number = draft.header.full_number.text if draft.header.full_number else ""
    held = {row.campaign.number for row in campaigns.listing(office)}
    items = items_of(draft, today)
    return Reading(
        name, draft.text, number, today, items, len(draft.targets), draft.typed_in, bool(number) and number in held
    )
