"""`congdoan init`: the first start of an office."""

from __future__ import annotations

from contextlib import closing

from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import Desk
from congdoan_desktop.cli.given import Given
from congdoan_desktop.services import door as doors
from congdoan_desktop.services import opening
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.opening import STANDARD_COST, AlreadyAnOffice

_COLUMNS = (
    Column("unit_name", "Đơn vị"),
    Column("code", "Mã"),
    Column("officer", "Cán bộ"),
    Column("recovery_words", "Phiếu khôi phục", 300),
)
_MESSAGE = "Chép các từ của phiếu khôi phục ra giấy và cất vào két: chúng chỉ hiện một lần này và không lưu ở đâu cả."


def _init(desk: Desk, given: Given) -> Answer:
    if doors.door(desk.folder) is not None:
        raise AlreadyAnOffice
    form = _form(desk, given)
    founded = opening.found(desk.folder, form, clock=desk.clock, cost=desk.kdf or STANDARD_COST)
    with closing(founded.office) as office:
        data = {
            "unit": office.identity.unit,
            "unit_name": form.unit_name,
            "code": form.unit_code.upper(),
            "officer": form.officer_name,
            "realm": form.realm,
            "recovery_words": " ".join(founded.recovery_words),
        }
    return Answer(data, _COLUMNS, _MESSAGE)


def _form(desk: Desk, given: Given) -> FirstStart:
    kind = given.entry("kind", "unit_kinds")
    given.settle()
    entry = catalogue().entry("unit_kinds", kind)
    assert entry is not None
    passphrase, again = desk.passphrase.new()
    return FirstStart(
        unit_name=given.text("name"),
        unit_short_name=given.text("short_name"),
        unit_code=given.text("code"),
        level=entry.more["level"],
        kind=kind,
        place=given.text("place"),
        abbreviation=given.text("abbreviation", entry.more["abbreviation"]),
        parent_name=given.text("parent_name"),
        officer_name=given.text("officer_name"),
        officer_title=given.text("officer_title"),
        role=given.text("role", "chair"),
        passphrase=passphrase,
        passphrase_again=again,
    )


COMMANDS = (
    Command(
        "",
        "Tạo dữ liệu của đơn vị trên máy này (lần đầu).",
        _init,
        (
            Option("--name", "tên đơn vị như trên con dấu", required=True),
            Option("--short-name", "tên gọn"),
            Option("--code", "mã: chữ không dấu, số, gạch nối", required=True),
            Option("--kind", "loại đơn vị (mã hoặc tên trong danh mục); cấp theo loại", required=True),
            Option("--place", "địa danh ghi trên văn bản"),
            Option("--abbreviation", "chữ viết tắt trong ký hiệu văn bản"),
            Option("--parent-name", "tên đơn vị cấp trên"),
            Option("--officer-name", "họ và tên cán bộ", required=True),
            Option("--officer-title", "chức vụ", required=True),
            Option("--role", "vai trò: chair (quản trị, mặc định), officer (nhập liệu), viewer (chỉ xem)"),
        ),
    ),
)
