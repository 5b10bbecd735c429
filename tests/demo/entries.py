"""What the union's officer enters: activities of several CĐCS, support records with mistakes that officers make."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from tests.demo.hands import CONTROL, Hands
from tests.demo.machine import Machine, page


@dataclass(frozen=True, slots=True)
class Held:
    """An activity as typed: `kind` is what is typed to find it, `found` what the list calls it."""

    kind: str
    found: str
    title: str
    units: tuple[str, ...]
    starts: str
    ends: str
    place: str
    participants: str
    women: str
    cost: str
    source: str


@dataclass(frozen=True, slots=True)
class Given:
    """A support record as typed."""

    name: str
    unit: str
    birth_year: str
    on: str
    cause: str
    kind: str
    fund: str
    cash: str
    in_kind: str
    goods: str
    decision: str


FINANCE, SOCIAL, RAISED = "Tài chính công đoàn", "Quỹ Xã hội", "Nguồn vận động"
ACTIVITIES = (
    Held(
        "giai cau long", "Thể thao", "Giải cầu lông chào mừng 95 năm Công đoàn Việt Nam",
        ("THCS Mường Cang", "Tiểu học số 2"), "20/7/2024", "21/7/2024", "Nhà thi đấu huyện Than Uyên",
        "24", "11", "4.500.000", FINANCE,
    ),
    Held(
        "hoi thi", "Hội thi, hội diễn", "Hội thi cán bộ công đoàn giỏi", ("Y tế Mường Kim",), "12/6/2024", "",
        "Hội trường trạm y tế", "19", "13", "2 triệu", FINANCE,
    ),
    Held(
        "van nghe", "Văn hóa, văn nghệ", "Đêm hát mừng ngày thành lập Công đoàn", ("UBND xã",), "26/7/2024", "",
        "Nhà văn hóa xã", "55", "28", "3.000.000", RAISED,
    ),
    Held(
        "bua com", "Bữa cơm Công đoàn", "Bữa cơm Công đoàn", ("Chè Phúc Than",), "25/7/2024", "",
        "Nhà ăn công ty", "150", "82", "9.600.000", FINANCE,
    ),
)  # fmt: skip
SUPPORT = (
    Given(
        "Vàng A Páo", "THCS Mường Cang", "1985", "18/7/2024", "Ốm đau", "Thăm hỏi", SOCIAL, "5 triệu", "", "",
        "12/QĐ-LĐLĐ",
    ),
    Given(
        "Lò Văn Inh", "Chè Phúc Than", "1979", "17/7/2024", "Tai nạn lao động", "Trợ cấp", SOCIAL, "3.000.000",
        "500.000", "20 kg gạo, 01 chăn", "13/QĐ-LĐLĐ",
    ),
    Given(
        "Nguyễn Thị Hạnh", "Y tế Mường Kim", "1994", "16/7/2024", "Sinh con, thai sản", "Thăm hỏi", FINANCE,
        "500.000", "", "", "11/QĐ-LĐLĐ",
    ),
    Given(
        "Tòng Thị Ươm", "Tiểu học số 2", "1988", "15/7/2024", "Hoàn cảnh khó khăn", "Tặng quà", RAISED, "",
        "1.200.000", "01 xe đạp cho con", "",
    ),
    Given(
        "Giàng A Sùng", "Chè Phúc Than", "1990", "19/7/2024", "Thiên tai", "Trợ cấp", SOCIAL, "10.000.000", "", "",
        "14/QĐ-LĐLĐ",
    ),
)  # fmt: skip
FAULTY = Given(
    "Hoàng Văn Bình", "UBND xã", "1983", "31/6/2024", "Hoàn cảnh khó khăn", "Trợ cấp", SOCIAL, "", "", "", ""
)


def enter_activities(machine: Machine, hands: Hands) -> None:
    page(hands, "activities")
    machine.shoot("hoat-dong-trong")
    hands.click("new")
    for at, one in enumerate(ACTIVITIES):
        _type_activity(hands, one)
        if at == 0:
            machine.shoot("hoat-dong-dang-ghi")
            hands.fill("women", "30")
            hands.key(Qt.Key.Key_S, CONTROL)
            hands.rest()
            machine.shoot("hoat-dong-so-nu-sai")
            hands.fill("women", one.women)
        hands.click("save_and_new" if at + 1 < len(ACTIVITIES) else "save")
    hands.rest(350)
    assert len(hands.rows("rows")) == sum(len(one.units) for one in ACTIVITIES)
    machine.shoot("hoat-dong")


def _type_activity(hands: Hands, one: Held) -> None:
    hands.search("kind", one.kind, one.found)
    hands.fill("title", one.title)
    hands.tick("units", one.units)
    hands.fill_all((("starts", one.starts), ("ends", one.ends), ("place", one.place)))
    hands.fill_all((("participants", one.participants), ("women", one.women), ("cost", one.cost)))
    hands.choose("source", one.source)


def enter_support(machine: Machine, hands: Hands) -> None:
    page(hands, "support")
    machine.shoot("cham-lo-trong")
    hands.click("new")
    for at, one in enumerate(SUPPORT):
        _type_support(hands, one)
        if at == 1:
            machine.shoot("cham-lo-dang-ghi")
        hands.click("save_and_new")
    _type_support(hands, FAULTY)
    hands.key(Qt.Key.Key_S, CONTROL)
    hands.rest()
    machine.shoot("cham-lo-con-loi")
    hands.fill_all((("on", "30/6/2024"), ("cash", "700.000"), ("decision", "10/QĐ-LĐLĐ")))
    hands.click("save")
    hands.rest(350)
    assert len(hands.rows("rows")) == len(SUPPORT) + 1
    machine.shoot("cham-lo")


def _type_support(hands: Hands, one: Given) -> None:
    hands.fill("name", one.name)
    hands.search("unit", one.unit, one.unit)
    hands.fill_all((("birth_year", one.birth_year), ("on", one.on)))
    for name in ("cause", "kind", "fund"):
        hands.choose(name, getattr(one, name))
    for name in ("cash", "in_kind", "goods", "decision"):
        hands.fill(name, getattr(one, name))


def change_support(machine: Machine, hands: Hands) -> None:
    """One amount is mended and its history shown; another record is deleted with a reason and taken back."""
    hands.cell("rows", "Lò Văn Inh")
    hands.fill("cash", "3.500.000")
    hands.key(Qt.Key.Key_S, CONTROL)
    hands.rest(350)
    hands.key(Qt.Key.Key_H, CONTROL)
    hands.rest(100)
    machine.shoot("cham-lo-lich-su")
    hands.click("close_history")
    hands.cell("rows", "Tòng Thị Ươm")
    hands.key(Qt.Key.Key_Delete)
    hands.rest(100)
    hands.fill("reason", "Ghi trùng với danh sách của trường")
    machine.shoot("cham-lo-xoa")
    hands.click("delete_yes")
    hands.rest(350)
    assert len(hands.rows("rows")) == len(SUPPORT)
    machine.shoot("cham-lo-da-xoa")
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.rest(350)
    assert len(hands.rows("rows")) == len(SUPPORT) + 1
    machine.shoot("cham-lo-lay-lai")
