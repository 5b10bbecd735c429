"""How the pages of campaigns name and write what a plan holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from congdoan_desktop.domain.campaigns import (
    Assignment,
    Campaign,
    Duty,
    Phase,
    PlannedEvent,
    RelatedDocument,
    Section,
    Target,
    UnitMark,
)
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.indicators import Definition
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.chips import ChipState

ACTIVITY_KINDS = "activity_kinds"
RELATION_NAMES: Mapping[str, str] = {
    "before": "Trước ngày",
    "no_later_than": "Chậm nhất ngày",
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
    "assignments": "Phân công",
    "related": "Văn bản",
    "definitions": "Cách tính riêng",
    "marks": "Mức từng đơn vị",
    "sections": "Nội dung",
    "theme": "Chủ đề",
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
    Assignment: lambda one: f"{one.who}: {one.task}",
    RelatedDocument: lambda one: f"{one.number} {one.title}".strip(),
    Definition: lambda one: one.name,
    UnitMark: lambda one: str(one.value),
    Section: lambda one: one.heading,
}


def _part(one: object) -> str:
    write = _PARTS.get(type(one))
    return write(one) if write else str(one)


def kind_names(codes: tuple[str, ...]) -> str:
    return ", ".join(catalogue().name(ACTIVITY_KINDS, code) for code in codes)
