"""`congdoan review`: reports that came in are looked through, sent back, locked; what came back to us is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.handing import TO_STICK, handed
from congdoan_desktop.cli.names import RECORDS
from congdoan_desktop.domain.reviews import LOCKED, REOPENED, RETURNED, Fault
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import adjusting, mailbox, returned, reviews
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reviews import FigureChange, Look, Subject

_VERDICTS = {RETURNED: "Đã trả lại", LOCKED: "Đã duyệt và khoá", REOPENED: "Đã mở lại"}
_LIST = (
    Column("file_name", "Tệp"),
    Column("sender_name", "Đơn vị gửi", 40),
    Column("subject", "Kế hoạch"),
    Column("period", "Kỳ"),
    Column("verdict_name", "Xét duyệt"),
    Column("late", "Đến sau khi khoá"),
)
_LOOK = (
    Column("unit_name", "Đơn vị"),
    Column("campaign", "Kế hoạch"),
    Column("period", "Kỳ"),
    Column("verdict_name", "Xét duyệt"),
    Column("late", "Đến sau khi khoá"),
)
_PARTS = (
    Part("figures", "SỐ LIỆU", (Column("name", "Chỉ tiêu"), Column("before", "Lần trước"), Column("now", "Lần này"))),
    Part(
        "asked", "ĐÃ YÊU CẦU SỬA", (Column("name", "Mục"), Column("message", "Chỗ sai", 90), Column("mended", "Đã sửa"))
    ),
    Part(
        "subjects",
        "CÓ THỂ NÊU CHỖ SAI Ở",
        (Column("number", "Số"), Column("type_name", "Loại"), Column("name", "Mục", 90)),
    ),
)
_MENDING = (
    Column("period", "Kỳ"),
    Column("name", "Mục", 40),
    Column("message", "Chỗ sai", 90),
    Column("deadline", "Hạn gửi lại"),
    Column("by", "Người trả lại"),
)


def _list(office: Office, _: Given) -> Answer:
    verdicts, late = reviews.standing(office), reviews.late(office)
    rows = [
        {"package_id": got.id, "file_name": got.file_name, "sender_name": got.sender, "subject": got.subject,
         "period": got.period, "verdict": verdicts.get(got.id), "verdict_name": _VERDICTS.get(verdicts.get(got.id, "")),
         "late": got.id in late}
        for got in mailbox.inbox(office)
        if got.kind == "report"
    ]  # fmt: skip
    return Answer(rows, _LIST)


def _look(office: Office, given: Given) -> Answer:
    found = reviews.look(office, refs.received(office, given.text("package")))
    verdict = found.review.verdict if found.review else None
    data = {
        "package_id": found.package,
        "unit_name": found.unit_name,
        "campaign": found.campaign,
        "period": found.period,
        "verdict": verdict,
        "verdict_name": _VERDICTS.get(verdict or ""),
        "late": found.late,
        "figures": [_figure(change) for change in found.figures],
        "asked": [{"name": one.name, "message": one.fault.message, "mended": one.mended} for one in found.asked],
        "subjects": [_subject(number, one) for number, one in enumerate(found.subjects, 1)],
    }
    return Answer(data, _LOOK, parts=_PARTS)


def _return(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    deadline = given.day("deadline", today, today) if given.has("deadline") else None
    given.settle()
    package = refs.received(office, given.text("package"))
    found = reviews.look(office, package)
    faults = tuple(_fault(found, typed) for typed in given.texts("fault"))
    return handed(office, reviews.send_back(office, package, faults, deadline, given.text("note")), given)


def _approve(office: Office, given: Given) -> Answer:
    package = refs.received(office, given.text("package"))
    return handed(office, reviews.approve(office, package, given.text("note")), given)


def _reopen(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    deadline = given.day("deadline", today, today) if given.has("deadline") else None
    given.settle()
    package = refs.received(office, given.text("package"))
    return handed(office, reviews.reopen(office, package, given.text("reason"), deadline), given)


def _adjust(office: Office, given: Given) -> Answer:
    on = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    package = refs.received(office, given.text("package"))
    return handed(office, adjusting.adjust(office, package, on, given.text("reason")), given)


def _mend(office: Office, _: Given) -> Answer:
    return Answer([asdict(one) for one in returned.listing(office)], _MENDING)


def _fault(found: Look, typed: str) -> Fault:
    """`3: thiếu số người` is about subject 3 of `review look`, `3/Số người: thiếu` about a cell of it.

    Without a number it is about the whole report.
    """
    place, colon, message = typed.partition(":")
    number, _, cell = place.partition("/")
    if not (colon and number.strip().isdecimal()):
        return Fault(typed)
    if not 0 < int(number) <= len(found.subjects):
        raise AppError(
            f"Không có mục số {number.strip()} trong gói này.",
            safe="Chưa trả lại gì.",
            todo="Xem số của từng mục bằng lệnh review look.",
        )
    subject = found.subjects[int(number) - 1]
    return Fault(message.strip(), subject.record, subject.target, cell.strip())


def _figure(change: FigureChange) -> dict[str, Any]:
    return {"target": change.target, "name": change.name, "before": _ratio(change.before), "now": _ratio(change.now)}


def _ratio(figure: Sequence[int | None] | None) -> str | None:
    """A numerator over its denominator; a bare count has none."""
    return None if figure is None else "/".join(str(part) for part in figure if part is not None)


def _subject(number: int, subject: Subject) -> dict[str, Any]:
    return {
        "number": number,
        "record": subject.record,
        "target": subject.target,
        "type": subject.type,
        "type_name": RECORDS.get(subject.type, "Chỉ tiêu"),
        "name": subject.name,
    }


_PACKAGE = Option("package", "tên tệp hoặc đầu mã gói đã nhập", required=True)
_NOTE = Option("--note", "lời dặn ghi trong biên nhận")
_DEADLINE = Option("--deadline", "hạn gửi lại: ngày/tháng/năm")

COMMANDS = (
    Command("list", "các báo cáo đã nhập và việc xét duyệt", in_office(_list)),
    Command("look", "xem một báo cáo: số liệu, thay đổi, chỗ đã yêu cầu sửa", in_office(_look), (_PACKAGE,)),
    Command(
        "return",
        "trả lại một báo cáo để đơn vị sửa",
        in_office(_return),
        (
            _PACKAGE,
            Option("--fault", "chỗ sai; thêm “SỐ:” hoặc “SỐ/Ô:” phía trước để chỉ một mục của review look", many=True),
            _DEADLINE,
            _NOTE,
            TO_STICK,
        ),
    ),
    Command("approve", "duyệt một báo cáo và khoá kỳ", in_office(_approve), (_PACKAGE, _NOTE, TO_STICK)),
    Command(
        "reopen",
        "mở lại một kỳ đã khoá",
        in_office(_reopen),
        (_PACKAGE, Option("--reason", "lý do mở lại", required=True), _DEADLINE, TO_STICK),
    ),
    Command(
        "adjust",
        "tính phần chênh lệch của gói đến sau khoá vào kỳ sau, không mở lại kỳ",
        in_office(_adjust),
        (
            _PACKAGE,
            Option("--on", "ngày đầu của kỳ tính điều chỉnh: ngày/tháng/năm", required=True),
            Option("--reason", "lý do điều chỉnh", required=True),
            TO_STICK,
        ),
    ),
    Command("mend", "những chỗ cấp trên yêu cầu đơn vị mình sửa", in_office(_mend)),
)
