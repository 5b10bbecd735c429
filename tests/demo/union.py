"""What the officer of the district's federation does: units, enrolment, trust, the entries, the report, the receipt."""

from __future__ import annotations

from pathlib import Path

from tests.demo import papers
from tests.demo.camera import CLIENT
from tests.demo.hands import Hands
from tests.demo.machine import Machine, page, use_stick, write_to_stick

GRASSROOTS = (
    ("Công đoàn cơ sở Trường THCS Mường Cang", "THCS Mường Cang", "sự nghiệp", "48", "48"),
    ("Công đoàn cơ sở Trạm Y tế xã Mường Kim", "Y tế Mường Kim", "sự nghiệp", "21", "21"),
    ("Công đoàn cơ sở Công ty cổ phần Chè Phúc Than", "Chè Phúc Than", "doanh nghiệp", "164", "151"),
    ("Công đoàn cơ sở Trường Tiểu học số 2 Than Uyên", "Tiểu học số 2", "sự nghiệp", "37", "37"),
    ("Công đoàn cơ sở cơ quan Ủy ban nhân dân xã Than Uyên", "UBND xã", "cơ quan", "56", "55"),
)
_PREVIEW_MS = 600
DIFFICULTIES = "Một số công đoàn cơ sở ở xa, đường đi lại khó trong mùa mưa; kinh phí hoạt động còn ít."
PROPOSALS = "Đề nghị Liên đoàn Lao động tỉnh hỗ trợ kinh phí tập huấn cán bộ công đoàn cơ sở mới."
"""Full name, short name, a word of the kind, workers, members. The names are invented."""


def enter_units(machine: Machine, hands: Hands) -> None:
    page(hands, "units")
    machine.shoot("don-vi-trong")
    hands.click("new")
    for at, (name, short, kind, workers, members) in enumerate(GRASSROOTS):
        hands.fill("name", name)
        hands.fill("short_name", short)
        hands.choose("kind", kind)
        hands.fill_all((("on", "31/12/2023"), ("workers", workers), ("members", members)))
        if at == 0:
            machine.shoot("don-vi-dang-ghi")
        hands.click("save_and_new" if at + 1 < len(GRASSROOTS) else "save")
    hands.rest(350)
    machine.shoot("don-vi")


def enrol(machine: Machine, hands: Hands, stick: Path, sheet: Path) -> None:
    """Make the enrolment, save its sheet with the eight words, write the file to the stick."""
    page(hands, "handoff")
    hands.tab("Khoá và tin cậy")
    machine.shoot("khoa-va-tin-cay-don-vi")
    hands.click("enrol")
    machine.shoot("tep-dang-ky")
    hands.click("saveEnrolment")
    hands.save_as(sheet)
    hands.click("sendEnrolment")
    write_to_stick(machine, hands, stick, "ghi-dang-ky")


def accept_trust(machine: Machine, hands: Hands, stick: Path, root_sheet: Path) -> None:
    """The first trust file counts only after the words of the province's stamped sheet are typed; one is mistyped."""
    page(hands, "handoff")
    hands.tab("Khoá và tin cậy")
    use_stick(hands, stick)
    words = papers.eight_words(root_sheet)
    hands.fill("words", " ".join((words[1], words[0], *words[2:])))
    hands.click("acceptTrust")
    machine.shoot("tam-tu-goc-go-sai")
    hands.fill("words", " ".join(words))
    hands.click("acceptTrust")
    assert hands.sees("Đã nhận danh sách tin cậy")
    machine.shoot("tep-tin-cay-da-nhan")


def import_plan(machine: Machine, hands: Hands, stick: Path) -> None:
    page(hands, "handoff")
    hands.tab("Hộp nhận")
    use_stick(hands, stick)
    hands.click("lookAtStick")
    machine.shoot("hop-nhan-xa-ke-hoach")
    hands.open_row("onStick", "Kế hoạch")
    machine.shoot("xem-truoc-ke-hoach")
    hands.click("importThis")
    machine.shoot("da-nhap-ke-hoach")
    page(hands, "campaigns")
    hands.open_row("campaigns", "39/KH")
    hands.rest(200)
    machine.shoot("ke-hoach-o-huyen")


def report(machine: Machine, hands: Hands, pdf: Path) -> None:
    """Look at the pages, save the PDF, make the package."""
    page(hands, "reports")
    hands.rest(_PREVIEW_MS)
    hands.fill("difficulties", DIFFICULTIES)
    hands.fill("proposals", PROPOSALS)
    hands.rest(_PREVIEW_MS)
    machine.shoot("bao-cao-trang-1")
    hands.click("page_next")
    hands.rest(100)
    machine.shoot("bao-cao-trang-2", CLIENT)
    hands.click("save_pdf")
    hands.save_as(pdf)
    hands.rest(100)
    machine.shoot("bao-cao-da-luu-pdf")
    hands.click("make_package")
    hands.rest(100)
    machine.shoot("dong-goi-bao-cao")
    hands.click("pack_yes")
    hands.rest(200)


def send_report(machine: Machine, hands: Hands, stick: Path) -> None:
    page(hands, "handoff")
    hands.tab("Gửi bằng USB")
    write_to_stick(machine, hands, stick, "ghi-bao-cao")
    hands.tab("Hộp gửi")
    machine.shoot("hop-gui-da-gui")


def take_receipt(machine: Machine, hands: Hands, stick: Path) -> None:
    """The receipt turns "Đã gửi" into "Đã nhận"."""
    page(hands, "handoff")
    hands.tab("Hộp nhận")
    use_stick(hands, stick)
    hands.click("lookAtStick")
    hands.open_row("onStick", "Biên nhận")
    machine.shoot("xem-truoc-bien-nhan")
    hands.click("importThis")
    hands.tab("Hộp gửi")
    hands.cell("outbox", "Đã nhận")
    machine.shoot("hop-gui-da-nhan")
    page(hands, "home")
    machine.shoot("trang-chinh-cuoi")
