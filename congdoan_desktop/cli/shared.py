"""`congdoan shared`: catalogues and statistics forms that are given to the units below."""

from __future__ import annotations

from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import shared_files
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.shared_files import Shared

_LIST = (
    Column("name", "Tên"),
    Column("title", "Danh mục, biểu mẫu", 60),
    Column("unit_name", "Của đơn vị", 40),
    Column("at", "Từ"),
    Column("used", "Đang dùng"),
)


def _list(office: Office, _: Given) -> Answer:
    rows = [
        {"id": one.id, "name": one.file.name, "family": one.file.family, "title": one.file.title,
         "unit_name": one.unit_name, "at": one.at, "own": one.own, "used": one.used}
        for one in shared_files.listing(office)
    ]  # fmt: skip
    return Answer(rows, _LIST)


def _add(office: Office, given: Given) -> Answer:
    (id_,) = shared_files.add(office, given.path("file")).ids
    return Answer({"id": id_}, (), "Đã thêm; giao xuống cùng kế hoạch và danh sách tin cậy lần sau.")


def _remove(office: Office, given: Given) -> Answer:
    one = _named(office, given.text("code"))
    shared_files.remove(office, one.id, given.text("reason"))
    return Answer({"id": one.id}, (), f"Đã bỏ {one.file.title}.")


def _switch(office: Office, given: Given) -> Answer:
    one, used = _named(office, given.text("code")), not given.flag("off")
    shared_files.switch(office, one.id, used=used)
    return Answer({"id": one.id, "used": used}, (), "Đang dùng." if used else "Không dùng ở đơn vị này nữa.")


def _named(office: Office, name: str) -> Shared:
    for one in shared_files.listing(office):
        if name in (one.file.name, one.id):
            return one
    raise NotFound(f"Không có danh mục, biểu mẫu {name}.", todo="Xem tên bằng lệnh shared list.")


_NAME = Option("code", "tên trong shared list", required=True)

COMMANDS = (
    Command("list", "danh mục, biểu mẫu của mình và của cấp trên", in_office(_list)),
    Command("add", "thêm hoặc thay một tệp TOML", in_office(_add), (Option("file", "tệp TOML", required=True),)),
    Command(
        "remove", "bỏ một tệp của mình", in_office(_remove), (_NAME, Option("--reason", "lý do bỏ", required=True))
    ),
    Command(
        "use", "dùng lại, hoặc ngừng dùng ở đơn vị mình", in_office(_switch),
        (_NAME, Option("--off", "ngừng dùng", flag=True)),
    ),
)  # fmt: skip
