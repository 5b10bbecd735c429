"""How the reading of a plan is called on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from congdoan_desktop.domain.campaigns import Duty, PlannedEvent, Target
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.definitions import shipped
from congdoan_desktop.services.plan_item import Confidence, Group, Item, Part
from congdoan_desktop.services.plan_review import Decision
from congdoan_desktop.ui.kit.chips import ChipState

GROUP_TITLES: Mapping[Group, str] = {
    Group.HEADER: "Phần đầu",
    Group.TARGETS: "Chỉ tiêu",
    Group.PHASES: "Đợt",
    Group.DUTIES: "Báo cáo",
    Group.EVENTS: "Sự kiện",
    Group.AMOUNTS: "Số tiền",
    Group.NUMBERS: "Số khác",
    Group.CORRECTIONS: "In sai",
}
CONFIDENCE: Mapping[Confidence, ChipState] = {
    Confidence.SURE: ChipState("Chắc chắn", "check-circle", "ok"),
    Confidence.LIKELY: ChipState("Có lẽ", "info", "info"),
    Confidence.ASK: ChipState("Cần xem", "question", "warn"),
}
DECISIONS: Mapping[Decision, ChipState] = {
    Decision.WAITING: ChipState("Chờ xem", "question", "warn"),
    Decision.TAKEN: ChipState("Đã nhận", "check-circle", "ok"),
    Decision.LEFT: ChipState("Bỏ qua", "minus-circle", "neu"),
}
SELECTED = ChipState("Đang chọn", "play", "info")
TAKE_NOTE: Mapping[Group, str] = {
    Group.AMOUNTS: "Không phải chỉ tiêu. Nhận để xác nhận; Sửa để lập thành chỉ tiêu.",
    Group.NUMBERS: "Không phải chỉ tiêu. Nhận để xác nhận; Sửa để lập thành chỉ tiêu.",
}


def confidence(item: Item) -> ChipState:
    """What is asked about shows so, however sure the reading of its words is."""
    return CONFIDENCE[Confidence.ASK if item.asks else item.confidence]


def becomes(item: Item, part: Part) -> str:
    """The second line of an item: what it would be in the campaign."""
    if isinstance(part, Target):
        known = shipped().get(part.indicator)
        return f"{part.level_text} · {known.name if known else 'chưa chọn cách tính'}"
    if isinstance(part, PlannedEvent) and part.leads:
        return f"Chủ trì: {', '.join(part.leads)}"
    if isinstance(part, Duty):
        due = f"đến {short_date(part.due)}" if part.due else ""
        bound = ", ".join(entry.name for entry in catalogue().entries("levels") if entry.code in part.levels)
        return " · ".join(piece for piece in (item.label, due, f"nộp {part.to}" if part.to else "", bound) if piece)
    if isinstance(part, str):
        return f"Có lẽ là “{part}”"
    return item.label
