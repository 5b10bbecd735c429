"""The officers' story on three levels: enrol, plan down, report up, return, mend, approve, consolidate, receipt.

Three data folders, and two folders that stand for sticks: one between province and upper union, one between the upper
union and its CĐCS. All is done in the windows; only founding the offices and typing the plan, which the first story
shows, is left to the services here.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt

from congdoan_desktop.clock import VIETNAM
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.services import campaigns, opening
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.opening import KdfCost
from tests.demo import papers, province, union
from tests.demo.camera import Camera
from tests.demo.hands import CONTROL, Hands
from tests.demo.machine import Calendar, Machine, page, use_stick, write_to_stick

PASSPHRASE = "nương ngô mùa mới"
TITLE, FAULT = "Giải bóng chuyền chào mừng 28/7", "Ghi lại số người dự theo danh sách"
_QUICK = KdfCost(8, 1, 1)
_PREVIEW_MS = 600
PROVINCE = FirstStart(
    "Liên đoàn Lao động tỉnh Lai Châu", "LĐLĐ tỉnh", "LDLD-LC", "tinh", "ldld_tinh", "Lai Châu", "LĐLĐ",
    "Tổng Liên đoàn Lao động Việt Nam", "Hoàng Văn Tiến", "Chủ tịch", "chair", PASSPHRASE, PASSPHRASE,
)  # fmt: skip
UPPER = replace(
    PROVINCE, unit_name="Công đoàn xã Mường Kim", unit_short_name="CĐX Mường Kim", unit_code="CDX-MK",
    level="cap_tren_co_so", kind="cong_doan_xa", place="Mường Kim", abbreviation="CĐX",
    parent_name="Liên đoàn Lao động tỉnh Lai Châu", officer_name="Lò Thị Hoa",
)  # fmt: skip
BASE = replace(
    UPPER, unit_name="Công đoàn cơ sở Trường THCS Mường Kim", unit_short_name="THCS Mường Kim", unit_code="CS-THCS",
    level="co_so", kind="cdcs_su_nghiep", abbreviation="CĐCS", parent_name="Công đoàn xã Mường Kim",
    officer_name="Vàng A Dũng",
)  # fmt: skip
PLAN = Campaign(
    "", "Phong trào kỷ niệm 95 năm ngày thành lập Công đoàn", "Kế hoạch", "41/KH-LĐLĐ", date(2024, 2, 23), "Lai Châu",
    "Ban Thường vụ", date(2024, 3, 1), date(2024, 7, 28),
    targets=(
        Target("", "Mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01 hoạt động/CĐCS"),
    ),
)  # fmt: skip


class OfficersStory:
    """Three offices, two sticks; each method is one sitting at one computer."""

    def __init__(self, out: Path, camera: Camera) -> None:
        self.out, self.calendar = out / "ba-cap", Calendar()
        self.high, self.low = self.out / "usb-tinh-xa", self.out / "usb-xa-co-so"
        for folder in (self.high, self.low):
            folder.mkdir(parents=True)
        self._turn(2024, 1, 2)
        self.province, self.upper, self.base = (
            self._found(name, form, camera) for name, form in (("tinh", PROVINCE), ("xa", UPPER), ("co-so", BASE))
        )

    def _found(self, name: str, form: FirstStart, camera: Camera) -> Machine:
        folder = self.out / name
        folder.mkdir(mode=0o700)
        opening.found(folder, form, clock=self.calendar, cost=_QUICK).office.close()
        return Machine(folder, self.calendar, camera, PASSPHRASE)

    def _turn(self, year: int, month: int, day: int) -> None:
        self.calendar.turn_to(datetime(year, month, day, 8, 30, tzinfo=VIETNAM))

    def enrol(self) -> None:
        """Both sheets are compared at the province, which says under whom the CĐCS stands; both type its words."""
        sheets = {machine: self.out / f"phieu-{machine.folder.name}.pdf" for machine in (self.upper, self.base)}
        for machine, stick in ((self.upper, self.high), (self.base, self.low)):
            union.enrol(machine, machine.unlock(), stick, sheets[machine])
            machine.leave()
        root = self.out / "phieu-ma-goc.pdf"
        hands = self.province.unlock()
        province.admit(self.province, hands, self.high, sheets[self.upper], root)
        hands.tab("Khoá và tin cậy")
        use_stick(hands, self.low)
        hands.choose("under", UPPER.unit_name)
        hands.fill("words", " ".join(papers.eight_words(sheets[self.base])))
        hands.click("approve")
        hands.tab("Gửi bằng USB")
        write_to_stick(self.province, hands, self.low, "ghi-tin-cay-co-so")
        self.province.leave()
        for machine, stick in ((self.upper, self.high), (self.base, self.low)):
            union.accept_trust(machine, machine.unlock(), stick, root)
            machine.leave()

    def plan_down(self) -> None:
        self._turn(2024, 2, 26)
        self._type_plan()
        self._hand_down(self.province, self.high)
        hands = self.upper.unlock()
        self._run_stick(hands, self.high)
        self._run_stick(hands, self.low)
        self.upper.leave()
        self._hand_down(self.upper, self.low)
        self._run_stick(self.base.unlock(), self.low)
        self.base.leave()

    def _hand_down(self, machine: Machine, stick: Path) -> None:
        """The one plan to the one union below."""
        hands = machine.unlock()
        page(hands, "handoff")
        hands.click("newPackageButton")
        hands.click("makePackage")
        self._write(hands, stick)
        machine.leave()

    def _type_plan(self) -> None:
        from congdoan_desktop.services import door as doors

        door = doors.door(self.province.folder)
        assert door is not None
        slot = door.officers[0][0]
        with closing(opening.unlock(self.province.folder, slot, PASSPHRASE, clock=self.calendar)) as office:
            campaigns.add(office, PLAN)

    def report_up(self) -> None:
        """The CĐCS enters an activity and reports it; the upper union takes it in and sends it back with a fault."""
        self._turn(2024, 7, 29)
        hands = self.base.unlock()
        page(hands, "activities")
        hands.click("new")
        hands.search("kind", "giai cau long", "Thể thao")
        hands.fill("title", TITLE)
        hands.tick("units", (BASE.unit_short_name,))
        hands.fill_all((("starts", "20/7/2024"), ("place", "Sân trường")))
        hands.fill_all((("participants", "300"), ("women", "20"), ("cost", "2.000.000")))
        hands.choose("source", "Tài chính công đoàn")
        hands.click("save")
        hands.rest(350)
        self._report(hands)
        self._run_stick(hands, self.low)
        self.base.leave()

    def send_back(self) -> None:
        hands = self.upper.unlock()
        self._run_stick(hands, self.low)
        self._review(hands)
        hands.choose("subject", "Hoạt động")
        hands.fill("message", FAULT)
        hands.click("addFault")
        hands.fill("deadline", "5/8/2024")
        self.upper.shoot("ba-cap-tra-lai")
        hands.click("sendBack")
        self._run_stick(hands, self.low)
        self.upper.leave()

    def mend(self) -> None:
        """The page opens at the fault; the mended report goes up."""
        self._turn(2024, 7, 30)
        hands = self.base.unlock()
        self._run_stick(hands, self.low)
        hands.tab("Hộp gửi")
        self.base.shoot("ba-cap-can-sua")
        hands.cell("returned", FAULT, "")
        hands.rest(350)
        hands.fill("participants", "30")
        hands.key(Qt.Key.Key_S, CONTROL)
        hands.rest(350)
        self._report(hands)
        self._run_stick(hands, self.low)
        self.base.leave()

    def approve_and_consolidate(self) -> None:
        """What was asked is mended, the period is locked; then the upper union's own report goes to the province."""
        self._turn(2024, 7, 31)
        hands = self.upper.unlock()
        self._run_stick(hands, self.low)
        self._review(hands)
        assert hands.sees(f"Đã sửa: {FAULT}")
        self.upper.shoot("ba-cap-duyet")
        hands.click("approve")
        self._run_stick(hands, self.low)
        self._report(hands)
        self._run_stick(hands, self.high)
        self.upper.leave()

    def close(self) -> None:
        """The province answers; both below see what became of their reports."""
        self._turn(2024, 8, 2)
        hands = self.province.unlock()
        self._run_stick(hands, self.high)
        self.province.leave()
        for machine, stick, state in ((self.upper, self.high, "Đã nhận"), (self.base, self.low, "Đã duyệt")):
            hands = machine.unlock()
            self._run_stick(hands, stick)
            hands.tab("Hộp gửi")
            hands.cell("outbox", state)
            machine.shoot(f"ba-cap-hop-gui-{machine.folder.name}")
            machine.leave()

    # What officers do at every sitting

    def _write(self, hands: Hands, stick: Path) -> None:
        page(hands, "handoff")
        hands.tab("Gửi bằng USB")
        use_stick(hands, stick)
        hands.click("write")
        hands.rest(100)
        assert hands.sees("Có thể rút USB")

    def _run_stick(self, hands: Hands, stick: Path) -> None:
        """The one button: take in all that is for us, write all that waits."""
        page(hands, "handoff")
        hands.tab("Gửi bằng USB")
        use_stick(hands, stick)
        hands.click("takeAndWrite")
        hands.click("runStick")
        hands.rest(100)
        assert hands.place().windowTitle() == "Có thể rút USB", hands.place().windowTitle()
        hands.click("closeSummary")

    def _report(self, hands: Hands) -> None:
        page(hands, "reports")
        hands.rest(_PREVIEW_MS)
        hands.click("make_package")
        hands.rest(100)
        hands.click("pack_yes")
        hands.rest(200)

    def _review(self, hands: Hands) -> None:
        """The newest report that came in."""
        page(hands, "handoff")
        hands.tab("Hộp nhận")
        hands.cell("imported", "Báo cáo", "Xét duyệt")
        hands.rest(100)

    SITTINGS = (
        (enrol, "Ba cấp: xã và cơ sở đăng ký mã, tỉnh so phiếu, trao tệp tin cậy"),
        (plan_down, "Ba cấp: kế hoạch của tỉnh xuống xã và cơ sở"),
        (report_up, "Ba cấp: cơ sở ghi hoạt động, gửi báo cáo lên xã"),
        (send_back, "Ba cấp: xã trả lại, nêu chỗ cần sửa và hạn"),
        (mend, "Ba cấp: cơ sở sửa đúng chỗ, gửi lại"),
        (approve_and_consolidate, "Ba cấp: xã duyệt, khoá kỳ, tổng hợp gửi tỉnh"),
        (close, "Ba cấp: tỉnh nhận, biên nhận về đến xã và cơ sở"),
    )
