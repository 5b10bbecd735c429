"""The whole story in its order, from two empty laptops to a receipt."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from congdoan_desktop.clock import VIETNAM
from congdoan_desktop.services.stick import FOLDER, find_packages
from tests.demo import entries, founding, papers, planning, province, stranger, union
from tests.demo.camera import Camera
from tests.demo.machine import Calendar, Machine
from tests.demo.officers import OfficersStory

_ENROLMENT_SHEET, _REPORT = "phieu-dang-ky-ma.pdf", "bao-cao.pdf"


@dataclass
class Story:
    """Both offices, the stick between them, and what was done so far: (sentence, seconds)."""

    out: Path
    done: list[tuple[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.camera = Camera(self.out)
        self.calendar = Calendar()
        self.stick = self.out / "usb"
        self.papers = self.out / "giay"
        for folder in (self.stick, self.papers):
            folder.mkdir(parents=True, exist_ok=True)
        self.province = self._machine("may-tinh-tinh", founding.PROVINCE.passphrase)
        self.union = self._machine("may-tinh-huyen", founding.UNION.passphrase)
        self._began = time.monotonic()

    def _machine(self, name: str, passphrase: str) -> Machine:
        return Machine(self.out / name, self.calendar, self.camera, passphrase)

    def tell(self, sentence: str) -> None:
        now = time.monotonic()
        self.done.append((sentence, now - self._began))
        self._began = now
        print(f"  {self.done[-1][1]:5.1f} s  {sentence}", flush=True)

    def run(self, only: str | None = None) -> None:
        """Both stories, or one: the "first" of two offices, that of the "officers" on three levels."""
        if only != "officers":
            self._run_first()
        if only != "first":
            told = OfficersStory(self.out, self.camera)
            for sitting, sentence in told.SITTINGS:
                sitting(told)
                self.tell(sentence)

    def _run_first(self) -> None:
        for day in (
            self._found, self._trust_each_other, self._plan, self._hand_down, self._enter, self._report, self._receive,
            self._close, self._refuse,
        ):  # fmt: skip
            day()

    def _found(self) -> None:
        self.calendar.turn_to(datetime(2024, 2, 20, 8, 5, tzinfo=VIETNAM))
        founding.first_start(self.province, founding.PROVINCE, self.papers / "phieu-khoi-phuc-tinh.pdf", "tinh")
        self.province.shoot("tinh-trang-chinh-trong")
        self.province.leave()
        self.tell("Liên đoàn Lao động tỉnh mở sổ lần đầu, cất phiếu khôi phục")
        hands = founding.first_start(self.union, founding.UNION, self.papers / "phieu-khoi-phuc-huyen.pdf", "huyen")
        self.tell("Liên đoàn Lao động huyện mở sổ lần đầu, cất phiếu khôi phục")
        union.enter_units(self.union, hands)
        self.tell("Huyện nhập các công đoàn cơ sở")
        union.enrol(self.union, hands, self.stick, self.papers / _ENROLMENT_SHEET)
        self.union.leave()
        self.tell("Huyện lập tệp đăng ký, ghi ra USB")

    def _trust_each_other(self) -> None:
        self.calendar.turn_to(datetime(2024, 2, 21, 9, 20, tzinfo=VIETNAM))
        root_sheet = self.papers / "phieu-ma-goc.pdf"
        hands = self.province.unlock("mo-so")
        province.admit(self.province, hands, self.stick, self.papers / _ENROLMENT_SHEET, root_sheet)
        self.province.leave()
        self.tell("Tỉnh so tám từ, công nhận huyện, trao tệp tin cậy")
        union.accept_trust(self.union, self.union.unlock(), self.stick, root_sheet)
        self.union.leave()
        self.tell("Huyện gõ tám từ gốc, nhận tệp tin cậy")

    def _plan(self) -> None:
        self.calendar.turn_to(datetime(2024, 2, 23, 14, 10, tzinfo=VIETNAM))
        hands = self.province.unlock()
        planning.enter_plan(self.province, hands)
        self.tell("Tỉnh nhập kế hoạch 39/KH-LĐLĐ")
        province.send_plan(self.province, hands, self.stick)
        self.province.leave()
        self.tell("Tỉnh đóng gói kế hoạch, ghi ra USB")

    def _hand_down(self) -> None:
        self.calendar.turn_to(datetime(2024, 2, 26, 8, 30, tzinfo=VIETNAM))
        union.import_plan(self.union, self.union.unlock(), self.stick)
        self.union.leave()
        self.tell("Huyện xem trước rồi nhập kế hoạch")

    def _enter(self) -> None:
        self.calendar.turn_to(datetime(2024, 7, 29, 8, 30, tzinfo=VIETNAM))
        hands = self.union.unlock()
        self.union.shoot("trang-chinh-truoc-khi-ghi")
        entries.enter_activities(self.union, hands)
        self.tell("Huyện ghi hoạt động của các CĐCS")
        entries.enter_support(self.union, hands)
        entries.change_support(self.union, hands)
        self.union.leave()
        self.tell("Huyện ghi, sửa, xoá và lấy lại khoản chăm lo")

    def _report(self) -> None:
        self.calendar.turn_to(datetime(2024, 7, 30, 15, 0, tzinfo=VIETNAM))
        hands = self.union.unlock()
        union.report(self.union, hands, self.papers / _REPORT)
        papers.save_pages(self.papers / _REPORT)
        self.tell("Huyện xem, lưu và đóng gói báo cáo")
        union.send_report(self.union, hands, self.stick)
        self.union.leave()
        self.tell("Huyện ghi gói báo cáo ra USB, đọc lại")

    def _receive(self) -> None:
        self.calendar.turn_to(datetime(2024, 8, 1, 9, 0, tzinfo=VIETNAM))
        hands = self.province.unlock()
        province.import_report(self.province, hands, self.stick)
        province.look_at_figures(self.province, hands)
        province.send_receipt(self.province, hands, self.stick)
        self.province.leave()
        self.tell("Tỉnh kiểm tra, nhập, xem chỉ tiêu, trao biên nhận")

    def _close(self) -> None:
        self.calendar.turn_to(datetime(2024, 8, 2, 8, 15, tzinfo=VIETNAM))
        union.take_receipt(self.union, self.union.unlock(), self.stick)
        self.union.leave()
        self.tell("Huyện nhập biên nhận: Đã gửi thành Đã nhận")

    def _refuse(self) -> None:
        self.calendar.turn_to(datetime(2024, 8, 5, 10, 0, tzinfo=VIETNAM))
        bad_stick = self.out / "usb-la"
        province.prepare_bad_stick(bad_stick, self._on_stick("report"))
        trust, unknown = self._on_stick("trust"), bad_stick / FOLDER / province.UNKNOWN
        stranger.write_report(self.out / "may-tinh-la", self.calendar, trust, unknown)
        hands = self.province.unlock()
        province.refuse(self.province, hands, bad_stick)
        self.tell("Tỉnh: gói đã nhập không đổi gì; gói sửa một bit, gói của đơn vị khác, gói mã lạ bị từ chối")
        province.look_around(self.province, hands)
        self.province.leave()
        self.tell("Các trang ở màn hình thấp và nền tối")

    def _on_stick(self, kind: str) -> Path:
        return next(path for path in find_packages(self.stick) if path.name.startswith(kind))

    def summary(self) -> str:
        """What was done and what it left."""
        seconds = sum(taken for _, taken in self.done)
        left = [
            ("ảnh màn hình", sorted(self.out.glob("*.png"))),
            ("giấy tờ", sorted(self.papers.glob("*"))),
            ("gói trên USB", find_packages(self.stick)),
        ]
        lines = [f"Xong {len(self.done)} việc trong {seconds:.0f} giây, để lại trong {self.out}:"]
        for what, files in left:
            names = ", ".join(str(file.relative_to(self.out)) for file in files)
            lines.append(f"  {len(files)} {what}: {names}" if len(files) < 20 else f"  {len(files)} {what}")
        return "\n".join(lines)
