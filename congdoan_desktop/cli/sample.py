"""`congdoan sample`: two invented offices to practise on."""

from __future__ import annotations

from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import Desk
from congdoan_desktop.cli.given import Given
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import sample

_PROVINCE = "province"


class SampleExists(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Thư mục này đã có dữ liệu mẫu.",
            safe="Dữ liệu mẫu được giữ nguyên.",
            todo="Mở dữ liệu đó, hoặc thêm --again để bỏ đi làm lại từ đầu.",
        )


class UnknownSize(AppError):
    def __init__(self, size: str) -> None:
        super().__init__(f"Không có cỡ mẫu “{size}”.", todo=f"Ghi “{_PROVINCE}”, hoặc để trống.")


def _sample(desk: Desk, given: Given) -> Answer:
    size = given.text("size")
    if size not in ("", _PROVINCE):
        raise UnknownSize(size)
    return _province(desk, given) if size else _pair(desk, given)


def _pair(desk: Desk, given: Given) -> Answer:
    if sample.exists(desk.folder) and not given.flag("again"):
        raise SampleExists
    sample.make(desk.folder, clock=desk.clock)
    rows = [
        {"side": side, "name": name, "data": str(desk.folder / sample.FOLDER / side)} for side, name in sample.SIDES
    ]
    message = f"Mật khẩu của cả hai: {sample.PASSPHRASE}. Mọi giấy tờ in ra đều ghi DỮ LIỆU MẪU."
    return Answer(rows, (Column("name", "Đơn vị"), Column("data", "Thư mục cho --data", 200)), message)


def _province(desk: Desk, given: Given) -> Answer:
    if sample.big_exists(desk.folder) and not given.flag("again"):
        raise SampleExists
    built = sample.make_big(desk.folder, clock=desk.clock)
    data = str(desk.folder / sample.FOLDER / sample.BIG)
    row = {"units": built.units, "workplaces": built.workplaces, "members": built.members, "data": data}
    message = f"Mật khẩu: {sample.PASSPHRASE}. Mọi giấy tờ in ra đều ghi DỮ LIỆU MẪU."
    columns = (
        Column("units", "Đơn vị"),
        Column("workplaces", "Nơi làm việc"),
        Column("members", "Đoàn viên"),
        Column("data", "Thư mục cho --data", 200),
    )
    return Answer([row], columns, message)


COMMANDS = (
    Command(
        "",
        "Tạo một tỉnh và một công đoàn xã mẫu để dùng thử.",
        _sample,
        (
            Option("size", f"“{_PROVINCE}”: một tỉnh đủ 600 đơn vị, 1.500 nơi làm việc, 50.000 đoàn viên"),
            Option("--again", "bỏ dữ liệu mẫu đang có và làm lại", flag=True),
        ),
    ),
)
