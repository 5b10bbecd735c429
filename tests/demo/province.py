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
