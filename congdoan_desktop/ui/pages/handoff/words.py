"""How the page says things: sizes, times, states of packages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from congdoan_desktop.domain.unit_names import short_name_of
from congdoan_desktop.services.consolidated import MadeAgain
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.mailbox import Sent
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState

ALL_RECORDS = frozenset(
    {
        "unit",
        "org_event",
        "headcount",
        "campaign",
        "activity",
        "person",
        "need",
        "proposal",
        "support",
        "contribution",
        "period_figures",
        "review",
        "adjustment",
        "shared_file",
        "attachment",
        "package",
        "trust",
    }
)
"""What an import may change."""

SENT_STATES: Mapping[str, ChipState] = {
    "made": chips.DRAFT.with_word("Chưa ghi USB"),
    "sent": chips.SENT,
    "received": chips.RECEIVED,
    "returned": chips.RETURNED,
}
GOT_STATES: Mapping[str, ChipState] = {
    "accepted": chips.RECEIVED.with_word("Đã nhập"),
    "withdrawn": chips.RETURNED.with_word("Đã rút lại"),
    "kept": chips.CONFLICT.with_word("Giữ làm chứng"),
}
TYPE_NAMES: Mapping[str, str] = {
    "unit": "đơn vị",
    "org_event": "sắp xếp tổ chức",
    "headcount": "số lao động",
    "department": "ban",
    "baseline": "danh sách gốc",
    "workplace": "nơi làm việc",
    "workforce": "số lao động nơi làm việc",
    "campaign": "kế hoạch",
    "activity": "hoạt động",
    "person": "người",
    "post": "chức vụ",
    "training": "lượt tập huấn",
    "rating": "xếp loại",
    "need": "nhu cầu",
    "proposal": "tờ trình",
    "review_meeting": "cuộc họp xét",
    "support_decision": "quyết định hỗ trợ",
    "support": "khoản chăm lo",
    "contribution": "khoản thu quỹ",
    "period_figures": "số liệu kỳ",
    "entered_figure": "số liệu tự đếm",
    "narrative": "lời văn báo cáo",
    "review": "kết quả duyệt",
    "adjustment": "điều chỉnh sau khoá",
    "shared_file": "danh mục, biểu mẫu",
    "attachment": "ảnh đính kèm",
}


def figure(value: tuple[int, int | None] | None) -> str:
    """A numerator over its denominator; a bare count has none, and no figure is ""."""
    if value is None:
        return ""
    return str(value[0]) if value[1] is None else f"{value[0]}/{value[1]}"


def sent_state(package: Sent) -> ChipState:
    """The state of a package of the outbox; a locked period says so."""
    if package.answer is not None and package.answer.approved:
        return chips.MET.with_word("Đã duyệt")
    return SENT_STATES[package.state]


def age(days: int) -> str:
    """How long something has waited, in whole days."""
    return f"{days} ngày" if days else "hôm nay"


def moment(iso: object) -> str:
    """A moment as people write it: 20/11/2026 10:32."""
    return f"{datetime.fromisoformat(str(iso)):%d/%m/%Y %H:%M}" if iso else ""


def imported(result: ImportResult) -> str:
    """What an import did, in one line."""
    if result.known:
        return "Gói này đã nhập từ trước; không có gì thay đổi."
    parts = [f"{result.new} dòng mới", f"{result.changed} dòng sửa", f"{result.same} dòng đã có"]
    if result.refused:
        parts.append(f"{len(result.refused)} dòng bị giữ lại")
    if result.conflicts:
        parts.append(f"{result.conflicts} dòng có hai bản khác nhau")
    if result.pictures:
        parts.append(f"{result.pictures} ảnh kèm theo")
    if result.lost:
        parts.append(f"{len(result.lost)} ảnh hỏng hoặc thiếu trong gói")
    return ", ".join(parts) + "."


def made_otherwise(made: MadeAgain) -> list[str]:
    """Which parts of a report came out otherwise when it was made again."""
    parts = (("số liệu", made.figures), ("bản in", made.paper), ("danh sách gói nguồn", made.sources))
    return [name for name, same in parts if not same]


def by_type(result: ImportResult) -> str:
    """What kinds of records came: 12 hoạt động, 3 khoản chăm lo."""
    return ", ".join(f"{count} {TYPE_NAMES.get(kind, kind)}" for kind, count in result.by_type.items())


def union(name: object) -> str:
    """A union in a column: what tells it from others stands in sight."""
    return short_name_of(str(name))
