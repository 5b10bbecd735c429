"""`congdoan stick`: a whole stick in one go, as the button "Nhận và gửi tất cả" does it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.handing import FOLDER
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import eject, stick_facts, stick_run
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.stick_summary import Left, Summary

_LEFT = Part(
    "left", "ĐỂ LẠI", (Column("file_name", "Tệp"), Column("what", "Vì sao", 90), Column("todo", "Cần làm", 90))
)
_SECOND = Column("second", "Đọc từ bản thứ hai")
_SIGNED = Column("signed", "Gói chủ tịch đã ký")
_SURVEY = (Column("fresh", "Gói chưa nhập"), Column("others", "Gói của đơn vị khác"), _SECOND, _SIGNED)
_GROUPS = Part(
    "groups",
    "GÓI GỬI CHO ĐƠN VỊ MÌNH",
    (
        Column("sender_name", "Đơn vị gửi"),
        Column("kind_name", "Gói"),
        Column("packages", "Trên USB"),
        Column("fresh", "Chưa nhập"),
        Column("records", "Dòng"),
    ),
)
_SUMMARY = (
    Column("known", "Đã nhập từ trước"),
    Column("others", "Gói của đơn vị khác"),
    Column("receipts", "Biên nhận đã lập"),
    Column("written", "Gói đã ghi"),
    _SECOND,
    Column("mended", "Bản chính đã ghi lại"),
    Column("renewed", "Bản thứ hai đã ghi lại"),
    _SIGNED,
    Column("given_up", "Khoá cũ thôi dùng"),
    Column("waiting", "Còn gói chưa ghi cho"),
)
_TAKEN = Part(
    "taken",
    "ĐÃ NHẬP",
    (
        Column("sender_name", "Đơn vị gửi"),
        Column("file_name", "Tệp"),
        Column("new", "Mới"),
        Column("changed", "Thay đổi"),
        Column("refused", "Không nhận"),
        Column("gaps", "Thiếu gói số"),
        Column("fork", "Trùng số"),
    ),
)
_PULL = "Đã đọc lại mọi gói vừa ghi, khớp từng byte. Có thể rút USB."
_NOTHING = "Không có gói nào phải ghi ra USB. Có thể rút USB."


def _look(office: Office, given: Given) -> Answer:
    folder = given.path("folder")
    seen, warning = stick_run.survey(office, folder), stick_facts.facts(folder).warning
    data = {
        "fresh": sum(group.fresh for group in seen.groups),
        "others": seen.others,
        "second": seen.second,
        "signed": seen.signed,
        "groups": [asdict(group) for group in seen.groups],
        "left": _left(seen.left),
        "warning": warning or None,
    }
    return Answer(data, _SURVEY, f"{warning} Chưa có gì thay đổi trong máy.".strip(), (_GROUPS, _LEFT))


def _run(office: Office, given: Given) -> Answer:
    done = stick_run.take_and_write(office, given.path("folder"))
    if done.problem is not None:
        raise _unfinished(done, done.problem)
    data = {
        "known": done.known,
        "others": done.others,
        "receipts": done.receipts,
        "written": done.written,
        "second": done.second,
        "mended": done.mended,
        "renewed": done.renewed,
        "signed": done.signed,
        "given_up": done.given_up,
        "waiting": list(done.waiting),
        "taken": [_taken(result) for result in done.taken],
        "left": _left(done.left),
    }
    wrote = done.written or done.mended or done.renewed
    return Answer(data, _SUMMARY, _PULL if wrote else _NOTHING, (_TAKEN, _LEFT))


def _eject(_: Office, given: Given) -> Answer:
    folder = given.path("folder")
    eject.eject(folder)
    return Answer({"folder": str(folder)}, (), "Hệ điều hành đã tháo USB. Có thể rút USB.")


def _unfinished(done: Summary, problem: AppError) -> AppError:
    """What came in is in; the writing is to be begun again."""
    in_ = f"Đã nhập {len(done.taken)} gói, lập {done.receipts} biên nhận, ghi được {done.written} gói."
    return AppError(f"Chưa ghi xong ra USB. {problem.what}", safe=f"{in_} {problem.safe}", todo=problem.todo)


def _taken(result: ImportResult) -> dict[str, Any]:
    return {
        "package_id": result.package_id,
        "kind": result.kind,
        "sender_name": result.sender_name,
        "file_name": result.file_name,
        "new": result.new,
        "changed": result.changed,
        "refused": len(result.refused),
        "gaps": list(result.gaps),
        "fork": result.fork,
    }


def _left(left: tuple[Left, ...]) -> list[dict[str, Any]]:
    return [asdict(one) for one in left]


COMMANDS = (
    Command("look", "kiểm tra mọi gói trên USB, xếp theo đơn vị; không đổi gì", in_office(_look), (FOLDER,)),
    Command("run", "nhập mọi gói gửi cho mình, lập biên nhận, ghi mọi gói đang chờ", in_office(_run), (FOLDER,)),
    Command("eject", "tháo USB bằng lệnh của hệ điều hành, nơi có lệnh ấy", in_office(_eject), (FOLDER,)),
)
