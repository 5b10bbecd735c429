"""`congdoan staff`: the officers who may open the office on this computer."""

from __future__ import annotations

from dataclasses import asdict, replace

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import Desk, in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.domain.roles import ROLE_NAMES, Role
from congdoan_desktop.services import database_key, staff
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import STANDARD_COST

_LIST = (
    Column("name", "Cán bộ"),
    Column("title", "Chức vụ"),
    Column("role_name", "Vai trò"),
    Column("standing_name", "Mã xác thực"),
    Column("own", "Đang mở sổ"),
)


def _list(office: Office, _: Given) -> Answer:
    rows = [
        {**asdict(one), "role_name": ROLE_NAMES[Role(one.role)], "standing_name": staff.STANDINGS[one.standing]}
        for one in staff.listing(office)
    ]
    return Answer(rows, _LIST)


def _add(desk: Desk, given: Given) -> Answer:
    opens, (passphrase, again) = desk.passphrase.of_another()
    with replace(desk, passphrase=opens).office() as office:
        form = NewOfficer(given.text("name"), given.text("title"), given.text("role", Role.OFFICER), passphrase, again)
        id_ = staff.add(office, form, cost=desk.kdf or STANDARD_COST)
    message = "Đã thêm. Lập lại tệp đăng ký (lệnh trust enrol) để tỉnh công nhận mã của người này."
    return Answer({"id": id_, "name": form.officer_name}, (), message)


def _remove(office: Office, given: Given) -> Answer:
    known = ((one.id, (one.name,)) for one in staff.listing(office))
    officer = refs.one("cán bộ", given.text("officer"), known)
    staff.remove(office, officer)
    message = "Người này không mở được sổ nữa và cơ sở dữ liệu đã đổi khoá. Báo tỉnh thu hồi mã của người này."
    return Answer({"id": officer}, (), message)


def _rekey(office: Office, _: Given) -> Answer:
    database_key.change(office)
    return Answer({}, (), "Cơ sở dữ liệu đã đổi khoá. Mật khẩu và phiếu khôi phục của mọi người vẫn như cũ.")


COMMANDS = (
    Command("list", "cán bộ dùng máy này và mã của họ", in_office(_list)),
    Command(
        "add",
        "thêm một cán bộ, với mật khẩu và mã riêng",
        _add,
        (
            Option("--name", "họ và tên", required=True),
            Option("--title", "chức vụ", required=True),
            Option("--role", "vai trò: chair (quản trị), officer (nhập liệu, mặc định), viewer (chỉ xem)"),
        ),
    ),
    Command("remove", "bỏ một cán bộ khỏi máy này", in_office(_remove), (Option("officer", "tên", required=True),)),
    Command("rekey", "đổi khoá cơ sở dữ liệu, khi lần bỏ cán bộ bị dừng giữa chừng", in_office(_rekey)),
)
