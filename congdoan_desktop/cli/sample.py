"""`congdoan sample`: two invented offices to practise on."""

from __future__ import annotations

from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import Desk
from congdoan_desktop.cli.given import Given
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import sample


class SampleExists(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Thư mục này đã có dữ liệu mẫu.",
            safe="Dữ liệu mẫu được giữ nguyên.",
            todo="Mở dữ liệu đó, hoặc thêm --again để bỏ đi làm lại từ đầu.",
        )


def _sample(desk: Desk, given: Given) -> Answer:
    if sample.exists(desk.folder) and not given.flag("again"):
        raise SampleExists
    sample.make(desk.folder, clock=desk.clock)
    rows = [
        {"side": side, "name": name, "data": str(desk.folder / sample.FOLDER / side)} for side, name in sample.SIDES
    ]
    message = f"Mật khẩu của cả hai: {sample.PASSPHRASE}. Mọi giấy tờ in ra đều ghi DỮ LIỆU MẪU."
    return Answer(rows, (Column("name", "Đơn vị"), Column("data", "Thư mục cho --data", 200)), message)


COMMANDS = (
    Command(
        "",
        "Tạo một tỉnh và một công đoàn xã mẫu để dùng thử.",
        _sample,
        (Option("--again", "bỏ dữ liệu mẫu đang có và làm lại", flag=True),),
    ),
)
