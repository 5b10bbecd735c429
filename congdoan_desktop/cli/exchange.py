"""`congdoan exchange`: records between the computers of one union, and back to one that lost its own."""

from __future__ import annotations

from dataclasses import asdict

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.handing import TO_STICK, handed
from congdoan_desktop.services import exchanging, second_computer, trusting
from congdoan_desktop.services.office import Office

_PARTNERS = (Column("name", "Đơn vị", 44), Column("own", "Đơn vị mình"), Column("computers", "Số máy khác"))
_FILE = Option("file", "tệp trên USB", required=True)


def _list(office: Office, _: Given) -> Answer:
    return Answer([asdict(one) for one in exchanging.partners(office)], _PARTNERS)


def _make(office: Office, given: Given) -> Answer:
    receiver = refs.unit(office, given.text("to")) if given.has("to") else office.identity.unit
    return handed(office, exchanging.make(office, receiver, pictures=given.flag("with_pictures")), given)


def _admit(office: Office, given: Given) -> Answer:
    """The keys of a further computer join those of the union, and the answer for it lies in the outbox."""
    unit = refs.unit(office, given.text("unit"))
    second_computer.admit(office, given.path("file"), given.text("words"), unit)
    return handed(office, trusting.write_trust(office, unit), given)


def _join(office: Office, given: Given) -> Answer:
    version = second_computer.join(office, given.path("file"), given.text("words"))
    return Answer({"version": version, "unit": office.identity.unit}, (Column("version", "Danh sách tin cậy số"),))


COMMANDS = (
    Command("list", "ai nhận được hồ sơ của máy này", in_office(_list)),
    Command(
        "make",
        "làm gói trao đổi: toàn bộ hồ sơ cho máy khác của đơn vị mình, hoặc trả lại hồ sơ cho đơn vị dưới bị mất máy",
        in_office(_make),
        (
            Option("--to", "mã đơn vị dưới nhận lại hồ sơ của mình (mặc định: máy khác của đơn vị mình)"),
            Option("--with-pictures", "kèm ảnh và bản quét", flag=True),
            TO_STICK,
        ),
    ),
    Command(
        "admit",
        "ở tỉnh: công nhận tệp đăng ký là của một máy thêm của đơn vị đã có",
        in_office(_admit),
        (
            _FILE,
            Option("unit", "mã đơn vị đã có", required=True),
            Option("--words", "tám từ trên phiếu giấy có dấu", required=True),
            TO_STICK,
        ),
    ),
    Command(
        "join",
        "ở máy thêm: nhận tệp tin cậy và từ đó là máy của đơn vị ghi trong danh sách",
        in_office(_join),
        (_FILE, Option("--words", "tám từ gốc trên phiếu của tỉnh", required=True)),
    ),
)
