"""`congdoan chair`: the chair confirms a package at another computer of the union, by way of a stick."""

from __future__ import annotations

from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.handing import FOLDER, PACKAGE
from congdoan_desktop.cli.names import PACKAGES
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import chair_away
from congdoan_desktop.services.chair_away import Carried, Turn
from congdoan_desktop.services.office import Office

_TURNS = {
    Turn.SIGN: "chờ anh (chị) ký",
    Turn.SIGNED: "đã ký, mang về máy lập gói",
    Turn.HOME: "đã ký, chờ đưa về hộp gửi",
    Turn.WAITS: "chờ chủ tịch",
    Turn.NOT_OURS: "chờ chủ tịch",
}
_CARRIED = (
    Column("kind_name", "Loại gói"),
    Column("officer", "Người lập", 60),
    Column("receiver", "Gửi cho", 60),
    Column("subject", "Kế hoạch", 60),
    Column("period", "Kỳ"),
    Column("records", "Hồ sơ kèm theo"),
    Column("signers", "Đã ký", 120),
    Column("turn_name", "Tình trạng"),
)
_FIGURES = Part(
    "figures",
    "SỐ LIỆU CỦA ĐƠN VỊ",
    (Column("name", "Chỉ tiêu", 90), Column("numerator", "Số"), Column("denominator", "Trên")),
)


def _carry(office: Office, given: Given) -> Answer:
    path = chair_away.carry(office, refs.sent(office, given.text("package")), given.path("folder"))
    said = "Đã ghi và đọc lại. Đưa USB sang máy của chủ tịch: lệnh chair sign."
    return Answer({"path": str(path)}, (Column("path", "Tệp", 120),), said)


def _look(office: Office, given: Given) -> Answer:
    found = chair_away.look(office, given.path("file"))
    if found is None:
        raise NotFound("Đây không phải gói của đơn vị mình cần chủ tịch xác nhận.", todo="Chọn đúng tệp trên USB.")
    return _told(found, "Chưa có gì thay đổi.")


def _sign(office: Office, given: Given) -> Answer:
    return _told(chair_away.sign(office, given.path("file")), "Đã ký. Ở máy lập gói: lệnh chair home hoặc stick run.")


def _home(office: Office, given: Given) -> Answer:
    done = chair_away.bring_home(office, given.path("file"))
    said = "Đã đưa chữ ký về hộp gửi. Ghi gói ra USB bằng lệnh package write."
    return Answer({"signers": list(done.signers)}, (Column("signers", "Đã ký", 200),), said)


def _told(found: Carried, said: str) -> Answer:
    names = ("package_id", "kind", "officer", "receiver", "subject", "period", "made_at", "records")
    data: dict[str, Any] = {name: getattr(found, name) for name in names}
    data |= {"signers": list(found.signers), "turn": str(found.turn), "turn_name": _TURNS[found.turn]}
    data["kind_name"] = PACKAGES[found.kind]
    data["figures"] = [
        {"name": name, "numerator": numerator, "denominator": denominator}
        for name, numerator, denominator in found.figures
    ]
    return Answer(data, _CARRIED, said, (_FIGURES,))


_FILE = Option("file", "tệp gói trong thư mục CHO-KY trên USB", required=True)

COMMANDS = (
    Command(
        "carry",
        "ghi một gói của hộp gửi ra USB để chủ tịch ký ở máy khác",
        in_office(_carry),
        (PACKAGE, FOLDER),
    ),
    Command("look", "xem gói của đơn vị mình trước khi ký: ai lập, gửi cho ai, số liệu", in_office(_look), (_FILE,)),
    Command("sign", "chủ tịch ký xác nhận gói trên USB", in_office(_sign), (_FILE,)),
    Command("home", "ở máy lập gói: đưa chữ ký của chủ tịch về hộp gửi", in_office(_home), (_FILE,)),
)
