"""`congdoan gift`: a gift list out of a file, checked line by line and saved all or none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.domain.gift_lists import GiftLine, pasted
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import gift_lists
from congdoan_desktop.services.gift_lists import CheckedLine, GiftHead
from congdoan_desktop.services.office import Office

_CHECKED = (
    Column("line", "Dòng"),
    Column("name", "Họ và tên", 28),
    Column("known", "Đã có trong máy"),
    Column("cash", "Tiền mặt"),
    Column("in_kind", "Hiện vật"),
    Column("said", "Cần xem", 80),
)
_HEAD = (
    Option("file", "tệp .txt hoặc .tsv: các dòng chép từ Excel, dòng đầu là tên cột", required=True),
    Option("--fund", "nguồn chi (mã hoặc tên quỹ)", required=True),
    Option("--kind", "hình thức chăm lo (mã hoặc tên)", required=True),
    Option("--cause", "hoàn cảnh chung, cho dòng không ghi (mã hoặc tên)"),
    Option("--campaign", "kế hoạch (số hoặc đuôi id)"),
    Option("--on", "ngày trao (mặc định: hôm nay)"),
    Option("--decision", "số quyết định"),
    Option("--goods", "hiện vật là gì"),
    Option("--again", "lý do vẫn tặng những người đã nhận trong đợt này"),
    Option("--members", "người chưa có trong máy là đoàn viên", flag=True),
)


def _check(office: Office, given: Given) -> Answer:
    head, lines = _head(office, given), _lines(given)
    checked = gift_lists.check(office, head, lines)
    wrong = sum(not one.fits for one in checked)
    return Answer(
        [_shown(number, one) for number, one in enumerate(checked, 1)],
        _CHECKED,
        f"{len(checked)} dòng, {wrong} dòng chưa lưu được." if wrong else f"{len(checked)} dòng, lưu được cả.",
    )


def _save(office: Office, given: Given) -> Answer:
    saved = gift_lists.save(office, _head(office, given), _lines(given))
    message = f"Đã lưu {len(saved.records)} suất, thêm {len(saved.people)} người mới."
    return Answer([{"id": id_} for id_ in saved.records], (Column("id", "Đuôi id"),), message)


def _head(office: Office, given: Given) -> GiftHead:
    head = GiftHead(
        campaign=None,
        cause=given.entry("cause", gift_lists.CAUSES),
        kind=given.entry("kind", "support_kinds"),
        fund=given.entry("fund", "funds"),
        on=given.day("on", office.clock.today(), office.clock.today()),
        decision=given.text("decision"),
        goods=given.text("goods"),
        members=given.flag("members"),
        again=given.text("again"),
    )
    given.settle()
    return replace(head, campaign=refs.given_campaign(office, given))


def _lines(given: Given) -> list[GiftLine]:
    try:
        told = given.path("file").read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AppError(
            "Tệp không phải chữ Unicode.", safe="Chưa ghi gì.", todo="Trong Excel, lưu tệp kiểu “Unicode Text” UTF-8."
        ) from error
    return [GiftLine(texts) for texts in pasted(told)]


def _shown(number: int, one: CheckedLine) -> dict[str, Any]:
    return {
        "line": number,
        "name": one.read.name,
        "known": "có" if one.person else "",
        "cash": one.read.cash,
        "in_kind": one.read.in_kind,
        "said": "; ".join(finding.message for finding in one.findings),
        "fits": one.fits,
    }


COMMANDS = (
    Command("check", "xem một danh sách có gì chưa đúng; không ghi gì", in_office(_check), _HEAD),
    Command("save", "lưu cả danh sách thành khoản chăm lo, hoặc không dòng nào", in_office(_save), _HEAD),
)
