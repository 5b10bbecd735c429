"""How the pages of campaigns name and write what a plan holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from congdoan_desktop.domain.campaigns import Campaign, Duty, Phase, PlannedEvent, Target
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.indicators import INDICATORS, Result
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.bars import BarValue
from congdoan_desktop.ui.kit.chips import ChipState

ACTIVITY_KINDS = "activity_kinds"
COMPARATOR_NAMES: Mapping[str, str] = {
    "gte": "ít nhất",
    "gt": "trên",
    "eq": "đúng bằng",
    "lte": "không quá",
    "lt": "dưới",
}
RELATION_NAMES: Mapping[str, str] = {
    "before": "Trước ngày (đúng ngày đó là trễ)",
    "no_later_than": "Chậm nhất ngày",
}
COUNTED: Mapping[str, str] = {
    "counted_activities": "hoạt động được tính",
    "activities": "hoạt động",
    "support_times": "lượt chăm lo",
    "support_people": "người được chăm lo",
}
RUNNING = ChipState("Đang thực hiện", "play", "info")
COMING = ChipState("Chưa tới", "circle-dashed", "neu")
OVER = ChipState("Đã kết thúc", "check", "neu")


def named(campaign: Campaign) -> str:
    """What it is called in a sentence: its number, or its kind while the clerk has given none."""
    return campaign.number or campaign.doc_type


def span(starts: date, ends: date) -> str:
    if starts == ends:
        return short_date(starts)
    return f"{short_date(starts)} – {short_date(ends)}"


def stage(starts: date, ends: date, today: date) -> ChipState:
    if today < starts:
        return COMING
    return OVER if today > ends else RUNNING


def goal(target: Target, result: Result) -> int:
    """What the result is measured against: the units it asks for, or the number itself."""
    return result.denominator if result.denominator is not None else target.value


def progress(target: Target, result: Result) -> BarValue:
    mark = 100 if target.op in ("gte", "gt", "eq") else None
    return BarValue(result.numerator, goal(target, result), mark, "ok" if result.met else "accent")


def target_state(target: Target, result: Result) -> ChipState:
    if result.met is None:
        return chips.NO_DATA
    if result.met:
        return chips.MET
    if target.op in ("lte", "lt") and result.denominator is None:
        return chips.UNLIKELY.with_word("Vượt mức")
    lacking = goal(target, result) - result.numerator + (target.op == "gt" and result.denominator is None)
    what = " CĐCS" if result.denominator is not None else ""
    return chips.SHORT_OF.with_word(f"Còn thiếu {lacking}{what}")


def how_counted(target: Target) -> str:
    """What one CĐCS, or all together, must reach: "ít nhất 1 hoạt động được tính"."""
    counts = COUNTED[INDICATORS[target.indicator].counts]
    return f"{COMPARATOR_NAMES[target.op]} {target.value} {counts}"


def figure(result: Result) -> str:
    """41 of 48 as "41/48", or the bare count."""
    whole = group_thousands(result.numerator)
    return whole if result.denominator is None else f"{whole}/{group_thousands(result.denominator)}"


# The history of a campaign

LABELS: Mapping[str, str] = {
    "doc_type": "Loại văn bản",
    "number": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "place": "Nơi ban hành",
    "organ": "Cơ quan ban hành",
    "title": "Trích yếu",
    "starts": "Ngày bắt đầu",
    "ends": "Ngày kết thúc",
    "signer_authority": "Thay mặt",
    "signer_title": "Chức vụ người ký",
    "signer_name": "Người ký",
    "bases": "Căn cứ",
    "targets": "Chỉ tiêu",
    "phases": "Đợt",
    "events": "Sự kiện",
    "duties": "Báo cáo",
    "recipients": "Nơi nhận",
}


def history_text(field: str, value: object) -> tuple[str, str]:
    """(label, text) of a field of a campaign; ("", "") for what no form shows."""
    if field not in LABELS:
        return "", ""
    return LABELS[field], _written(value)


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_part(one) for one in value) or "–"
    if isinstance(value, date):
        return short_date(value)
    return str(value) if value else "–"


_PARTS: Mapping[type, Callable[..., str]] = {
    Target: lambda one: f"{one.wording} ({one.level_text})",
    Phase: lambda one: f"{one.name} ({span(one.starts, one.ends)})",
    PlannedEvent: lambda one: f"{one.name} ({', '.join(one.leads)})",
    Duty: lambda one: f"{one.who} báo cáo {one.to} {one.wording}",
}


def _part(one: object) -> str:
    write = _PARTS.get(type(one))
    return write(one) if write else str(one)


def kind_names(codes: tuple[str, ...]) -> str:
    return ", ".join(catalogue().name(ACTIVITY_KINDS, code) for code in codes)
