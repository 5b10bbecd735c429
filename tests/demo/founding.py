"""First start of an office: who we are, the passphrase, the recovery sheet put away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.demo.hands import Hands
from tests.demo.machine import Machine


@dataclass(frozen=True, slots=True)
class Who:
    """What the officer of an office types at the first start; the program reads the kind from the name."""

    unit: str
    code: str
    place: str
    parent: str
    officer: str
    title: str
    passphrase: str


PROVINCE = Who(
    "Liên đoàn Lao động tỉnh Lai Châu", "LDLD-LAICHAU", "Lai Châu", "Tổng Liên đoàn Lao động Việt Nam",
    "Hoàng Văn Tiến", "Chủ tịch", "rừng già nhớ suối trong",
)  # fmt: skip
UNION = Who(
    "Liên đoàn Lao động huyện Than Uyên", "LDLD-THANUYEN", "Than Uyên", "Liên đoàn Lao động tỉnh Lai Châu",
    "Lò Thị Hoa", "Phó Chủ tịch", "bưởi đường lá cam",
)  # fmt: skip


def first_start(machine: Machine, who: Who, sheet: Path, picture: str) -> Hands:
    """From the empty folder to the home page; the recovery sheet is saved as a PDF."""
    hands = machine.start()
    hands.fill("unit_name", who.unit)
    hands.fill_all((("unit_code", who.code), ("place", who.place), ("parent_name", who.parent)))
    hands.fill_all((("officer_name", who.officer), ("officer_title", who.title)))
    hands.fill_all((("passphrase", who.passphrase), ("passphrase_again", who.passphrase)))
    machine.shoot(f"{picture}-lan-dau")
    before = machine.window
    hands.click("start")
    machine.shoot(f"{picture}-phieu-khoi-phuc")
    hands.click("savePdf")
    hands.save_as(sheet)
    hands.click("putAway")
    hands.click("goOn")
    machine.wait_for_other_than(before)
    hands.rest(350)
    return hands
