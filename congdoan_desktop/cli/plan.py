"""`congdoan plan`: what a plan's file says, without saving anything and without an office."""

from __future__ import annotations

from datetime import date
from typing import Any

from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import Desk
from congdoan_desktop.cli.given import Given
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import plan_reading

_HEADER = (
    Column("so_ky_hieu", "Số, ký hiệu"),
    Column("doc_type", "Loại"),
    Column("issuing_body", "Nơi ban hành"),
    Column("organ", "Cơ quan"),
    Column("place", "Địa danh"),
    Column("date", "Ngày"),
    Column("title", "Trích yếu"),
    Column("can_cu", "Căn cứ"),
    Column("signer", "Người ký"),
)
_SURE = Column("sure", "Độ chắc")
_PARTS = (
    Part("targets", "Chỉ tiêu", (Column("id", "Mã"), Column("level", "Mức"), _SURE, Column("text", "Nguyên văn", 80))),
    Part("deadlines", "Hạn báo cáo", (Column("date", "Ngày"), _SURE, Column("text", "Nguyên văn", 80))),
    Part("reporting", "Chế độ báo cáo", (Column("to", "Gửi"), _SURE, Column("text", "Nguyên văn", 80))),
    Part("phases", "Đợt", (Column("name", "Tên"), Column("start", "Từ"), Column("end", "Đến"))),
    Part("activities", "Hoạt động", (Column("lead", "Chủ trì", 40), Column("text", "Nguyên văn", 80))),
    Part("corrections", "Chỗ có thể in sai", (Column("text", "Đang in"), Column("suggestion", "Có lẽ là"))),
)
_CONFIDENCE = {"sure": "chắc chắn", "likely": "có lẽ", "ask": "cần xem"}
_OPS = {"gt": "trên ", "gte": "từ ", "lt": "dưới ", "lte": "đến ", "eq": "bằng ", "between": ""}


class _ReadAnswer(Answer):
    """JSON is the plan alone; the table adds columns for people."""

    def text(self) -> str:
        return Answer(_for_people(dict(self.data)), self.columns, parts=self.parts).text()  # type: ignore[arg-type]


def _read(_: Desk, given: Given) -> Answer:
    draft = plan_reading.read_file(given.path("file"), Progress())
    data = plan_reading.as_json(draft)
    found = len(draft.targets)
    told = f"Tìm thấy {found} chỉ tiêu." if found else "Không tìm thấy chỉ tiêu bằng số nào."
    typed = f" Văn bản gõ bằng phông {draft.typed_in} đã được đổi sang Unicode." if draft.typed_in else ""
    return _ReadAnswer(data, _HEADER, f"{told}{typed} Chưa lưu gì: mọi mục đều cần người xác nhận.", _PARTS)


def _for_people(data: dict[str, Any]) -> dict[str, Any]:
    """The plan with the lines of its tables as people read them."""
    lists = {part.key: [_line(item) for item in data[part.key]] for part in _PARTS}
    signer = data["signatory"]
    signed = [*signer["authority"], signer["title"], signer["name"]]
    return {**data, **lists, "signer": ", ".join(part for part in signed if part)}


def _line(item: dict[str, Any]) -> dict[str, Any]:
    days = {key: date.fromisoformat(item[key]) for key in ("date", "start", "end") if item.get(key)}
    line = {**item, **days, "sure": _CONFIDENCE[item["confidence"]]}
    if "op" in item:
        second = f"–{_grouped(item['value2'])}" if item["value2"] is not None else ""
        unit = item["unit"] if item["unit"] == "%" else f" {item['unit']}"
        line["level"] = f"{_OPS[item['op']]}{_grouped(item['value'])}{second}{unit}"
    return line


def _grouped(value: float | str) -> str:
    """A figure as officers write it: 4.500; 97,5; 2/3."""
    return group_thousands(value) if isinstance(value, int) else str(value).replace(".", ",")


COMMANDS = (
    Command(
        "read", "đọc một kế hoạch (.docx, .pdf có chữ, .txt)", _read, (Option("file", "tệp kế hoạch", required=True),)
    ),
)
