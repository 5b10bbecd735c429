"""What the officer of the province does: trust, the campaign, what came on the stick, the receipt."""

from __future__ import annotations

from pathlib import Path

from tests.demo import papers
from tests.demo.camera import CLIENT
from tests.demo.hands import Hands
from tests.demo.machine import Machine, page, use_stick, write_to_stick

CHANGED, OTHERS, UNKNOWN = "report-SUA-1-BIT.cdpkg", "plan-DON-VI-KHAC.cdpkg", "report-MA-LA.cdpkg"
_REFUSED = (
    (CHANGED, "đã bị thay đổi hoặc hỏng", "goi-sua-mot-bit"),
    (OTHERS, "gửi cho đơn vị khác", "goi-cua-don-vi-khac"),
    (UNKNOWN, "mã của người hoặc máy chưa được công nhận", "goi-ma-chua-cong-nhan"),
)


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


def refuse(machine: Machine, hands: Hands, stick: Path) -> None:
    """A stick with the package that came in already, a copy of it with one bit changed, one for someone else, and one
    from somebody never admitted.
    """
    page(hands, "handoff")
    hands.tab("Hộp nhận")
    use_stick(hands, stick)
    hands.click("lookAtStick")
    before = hands.rows("imported")
    machine.shoot("usb-co-goi-khong-nhan-duoc")
    assert not hands.button("import").isEnabled()
    for name, sentence, picture in _REFUSED:
        hands.open_row("onStick", name)
        machine.shoot(picture)
        assert hands.sees(sentence)
        hands.click("closePackage")
    hands.open_row("onStick", "Đã nhập rồi")
    machine.shoot("goi-da-nhap-roi")
    hands.click("closePackage")
    assert hands.rows("imported") == before


def prepare_bad_stick(stick: Path, good: Path) -> None:
    """What another hand did to copies of the packages; no officer of ours."""
    folder = stick / good.parent.name
    folder.mkdir(parents=True, exist_ok=True)
    content = good.read_bytes()
    middle = len(content) // 2
    (folder / good.name).write_bytes(content)
    (folder / CHANGED).write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    plan = next(good.parent.glob("plan-*.cdpkg"))
    (folder / OTHERS).write_bytes(plan.read_bytes())


def look_around(machine: Machine, hands: Hands) -> None:
    """The same pages on the small client area and in the dark palette."""
    for key in ("home", "campaigns", "handoff"):
        page(hands, key)
        machine.shoot(f"nho-{key}", CLIENT)
    hands.click("toggle_dark")
    for key in ("home", "campaigns", "handoff", "settings"):
        page(hands, key)
        machine.shoot(f"toi-{key}")
    hands.click("toggle_dark")
    machine.shoot("thiet-lap")
