"""What the officer of the province does: trust, the campaign, what came on the stick, the receipt."""

from __future__ import annotations

from pathlib import Path

from tests.demo import papers
from tests.demo.hands import Hands
from tests.demo.machine import Machine, page, use_stick, write_to_stick


def admit(machine: Machine, hands: Hands, stick: Path, sheet: Path, root_sheet: Path) -> None:
    """Compare the union's sheet with its file by typing the eight words, and answer with a trust file."""
    page(hands, "handoff")
    hands.tab("Khoá và tin cậy")
    use_stick(hands, stick)
    hands.fill("words", " ".join(papers.eight_words(sheet)))
    machine.shoot("so-tam-tu-cua-don-vi")
    hands.click("approve")
    assert hands.sees("Đã công nhận")
    hands.click("showRoot")
    machine.shoot("da-cong-nhan-don-vi")
    hands.click("saveRoot")
    hands.save_as(root_sheet)
    hands.tab("Gửi bằng USB")
    write_to_stick(machine, hands, stick, "ghi-tin-cay")


def send_plan(machine: Machine, hands: Hands, stick: Path) -> None:
    hands.click("send_down")
    hands.rest(100)
    machine.shoot("gui-ke-hoach")
    hands.click("makePackage")
    hands.rest(100)
    page(hands, "handoff")
    hands.tab("Gửi bằng USB")
    write_to_stick(machine, hands, stick, "ghi-ke-hoach")


def import_report(machine: Machine, hands: Hands, stick: Path) -> None:
    """Who sent what, whether it verifies, what importing does; then in one go, and the receipt."""
    page(hands, "handoff")
    hands.tab("Hộp nhận")
    use_stick(hands, stick)
    hands.click("lookAtStick")
    machine.shoot("hop-nhan-tinh")
    hands.open_row("onStick", "Báo cáo")
    machine.shoot("xem-truoc-bao-cao")
    hands.click("importThis")
    hands.rest(200)
    machine.shoot("da-nhap-bao-cao")
    hands.click("Lập biên nhận")
    hands.rest(100)
    machine.shoot("da-lap-bien-nhan")


def look_at_figures(machine: Machine, hands: Hands) -> None:
    """The target of each unit and the sum."""
    page(hands, "campaigns")
    hands.open_row("campaigns", "39/KH")
    hands.rest(200)
    hands.tab("Chỉ tiêu", "campaign_tabs")
    machine.shoot("chi-tieu-cua-tung-don-vi")
    page(hands, "home")
    machine.shoot("trang-chinh-tinh")


def send_receipt(machine: Machine, hands: Hands, stick: Path) -> None:
    page(hands, "handoff")
    hands.tab("Gửi bằng USB")
    hands.cell("toSend", "Biên nhận")
    write_to_stick(machine, hands, stick, "ghi-bien-nhan")
    hands.tab("Độ phủ")
    machine.shoot("do-phu")
