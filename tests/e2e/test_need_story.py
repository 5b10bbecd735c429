"""Need → tờ trình → meeting → decision → signature list → fund statement → the campaign's figure, in the real windows.

Nothing here calls a service while the story runs: what is asserted is what the window shows and what its papers say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from congdoan_desktop.clock import VIETNAM
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.services import campaigns, opening
from congdoan_desktop.services import door as doors
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui import theme
from tests.demo.camera import Camera
from tests.demo.hands import Hands
from tests.demo.machine import Calendar, Machine, page
from tests.demo.papers import text
from tests.ui import entry_office
from tests.ui.entry_office import PASSPHRASE, SCHOOL

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
PLAN = "41/KH-CĐX"
PEOPLE = (
    ("Giàng A Sử", "Thiên tai", "Lốc làm bay mái nhà", "4 triệu"),
    ("Lý Thị Mẩy", "Bệnh hiểm nghèo", "Điều trị dài ngày", "5 triệu"),
    ("Tẩn Mí Sử", "Mất việc làm", "Công ty cắt hợp đồng", "2 triệu"),
)


@pytest.fixture
def folder(tmp_path: Path, cheap_kdf: KdfCost) -> Path:
    """A union with its CĐCS and a plan that every member in difficulty is helped."""
    made = tmp_path / "data"
    entry_office.found(made, cheap_kdf, empty=True)
    door = doors.door(made)
    assert door is not None
    office = opening.unlock(made, door.officers[0][0], PASSPHRASE, clock=entry_office.clock())
    wording = "100% đoàn viên được thăm hỏi, tặng quà khi có hoàn cảnh khó khăn"
    target = Target("", wording, "I15", "gte", 100, "%", "100%")
    plan = Campaign("", "Chăm lo đoàn viên năm 2024", "Kế hoạch", PLAN, YEAR[0], "Than Uyên", "Ban Thường vụ", *YEAR,
                    targets=(target,))  # fmt: skip
    campaigns.add(office, plan)
    office.close()
    return made


@pytest.fixture
def hands(folder: Path, tmp_path: Path, qapp: QApplication) -> Iterator[Hands]:
    theme.apply(qapp)
    calendar = Calendar()
    calendar.turn_to(datetime(2024, 7, 29, 8, tzinfo=VIETNAM))
    laptop = Machine(folder, calendar, Camera(tmp_path / "pictures"), PASSPHRASE)
    yield laptop.unlock()
    laptop.leave()


def enter_needs(hands: Hands) -> None:
    hands.tab("Nhu cầu")
    hands.click("new")
    for at, (name, cause, circumstances, estimate) in enumerate(PEOPLE):
        hands.fill("name", name)
        hands.search("unit", "thcs", SCHOOL)
        hands.choose("cause", cause)
        hands.fill("circumstances", circumstances)
        hands.choose("kind", "Trợ cấp")
        hands.fill("estimate", estimate)
        hands.choose("campaign", PLAN)
        hands.fill("consent_on", "28/7/2024")
        hands.choose("consent_way", "Đơn hoặc phiếu có chữ ký")
        hands.click("save_and_new" if at + 1 < len(PEOPLE) else "save")
    hands.rest(350)


def state(hands: Hands) -> dict[str, str]:
    """Name -> state, as the list of needs shows."""
    hands.tab("Nhu cầu")
    hands.rest(350)
    return {row[1]: row[-1] for row in hands.rows("rows")}


def put_off(hands: Hands, name: str, reason: str) -> None:
    """In the grid of the meeting: a letter chooses the result, the reason is typed."""
    hands.cell("verdicts", name, "Kết quả")
    hands.key(Qt.Key.Key_F2)
    hands.type("h")
    hands.rest()
    hands.cell("verdicts", name, "Ý kiến, lý do")
    hands.type(f"{reason}\n")
    hands.rest()


def save_paper(hands: Hands, path: Path) -> str:
    """The paper in front is saved and closed; what it says in one line."""
    hands.rest(200)
    hands.click("paper_pdf" if path.suffix == ".pdf" else "paper_word")
    hands.save_as(path)
    hands.key(Qt.Key.Key_Escape)
    hands.rest(200)
    if path.suffix == ".pdf":
        return " ".join(text(path).split())
    return " ".join(cell.text for table in docx.Document(str(path)).tables for cell in table._cells)


def propose(hands: Hands, folder: Path) -> None:
    hands.click("propose")
    hands.rest(200)
    hands.fill("number", "09/TTr-CĐX")
    hands.click("save")
    hands.rest(350)
    hands.click("print_proposal")
    hands.click("ask_yes")
    said = save_paper(hands, folder / "to-trinh.pdf")
    assert "Tổng số tiền đề nghị: 11.000.000 đồng (Bằng chữ: Mười một triệu đồng)" in said
    assert "Lốc làm bay mái nhà" in said


def meet(hands: Hands, folder: Path) -> None:
    hands.click("to_meeting")
    hands.rest(200)
    put_off(hands, "Tẩn Mí Sử", "chờ xác nhận của công ty")
    hands.cell("members", "", "Họ và tên")
    hands.type("Lò Thị Hoa\n")
    hands.click("save")
    hands.rest(350)
    hands.click("print_minutes")
    words = save_paper(hands, folder / "bien-ban.docx")
    assert "Hoãn" in words
    assert "Điều trị" not in words


def decide_and_pay(hands: Hands) -> None:
    hands.click("to_decision")
    hands.rest(200)
    hands.fill("number", "15/QĐ-CĐX")
    hands.click("save")
    hands.rest(350)
    hands.click("pay")
    hands.click("ask_yes")
    hands.rest(350)


def sign(hands: Hands, folder: Path) -> None:
    hands.click("print_signing")
    hands.fill("occasion", "trợ cấp khó khăn đợt 1")
    hands.click("ask_yes")
    signing = save_paper(hands, folder / "ky-nhan.pdf")
    assert "Kèm theo Quyết định số 15/QĐ-CĐX" in signing
    assert "Tổng cộng: 02 người 9.000.000 - 9.000.000" in signing
    assert "Tẩn Mí Sử" not in signing
    hands.click("mark_signed")
    hands.click("ask_yes")
    hands.rest(350)


def look_at_the_fund(hands: Hands, folder: Path) -> None:
    hands.tab("Quỹ")
    hands.rest(200)
    hands.click("statement")
    hands.choose("fund", "Quỹ Xã hội Công đoàn")
    hands.click("ask_yes")
    statement = save_paper(hands, folder / "sao-ke.pdf")
    assert "Trợ cấp: 2 khoản" in statement
    assert "Bằng chữ: Chín triệu đồng" in statement


def test_from_need_to_the_campaigns_figure(hands: Hands, tmp_path: Path) -> None:
    page(hands, "support")
    enter_needs(hands)
    assert state(hands) == dict.fromkeys((name for name, *_ in PEOPLE), "Chờ xét")
    assert hands.button("board_proposed").text() == "Đang chờ xét 3"
    propose(hands, tmp_path)
    meet(hands, tmp_path)
    decide_and_pay(hands)
    sign(hands, tmp_path)
    assert state(hands) == {"Giàng A Sử": "Đã ký nhận", "Lý Thị Mẩy": "Đã ký nhận", "Tẩn Mí Sử": "Hoãn"}
    look_at_the_fund(hands, tmp_path)
    page(hands, "campaigns")
    hands.open_row("campaigns", PLAN)
    hands.rest(350)
    ((*_, figure),) = [[cell for cell in row if "/" in cell] for row in hands.rows("targets")]
    assert figure.startswith("2/3")
