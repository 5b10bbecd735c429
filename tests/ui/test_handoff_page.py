"""Two offices and a stick: enrolment, trust, a plan down, a report up, a receipt back, by the page's own controls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.services import campaigns, doctor, mailbox, opening, outgoing, sample, units
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.handoff.inbox_rows import SeenRow
from congdoan_desktop.ui.pages.handoff.new_package import NewPackageDialog
from congdoan_desktop.ui.pages.handoff.package_dialog import PackageDialog
from congdoan_desktop.ui.pages.handoff.page import TABS, HandoffPage
from congdoan_desktop.ui.tasks import TaskRunner

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=VIETNAM)
PASSPHRASE = "mat khau 2026"


@dataclass
class Side:
    """An office on its own worker, and its page."""

    runner: TaskRunner
    office: Office
    page: HandoffPage
    went: list[tuple[str, str]]

    def ask(self, fn: Callable[..., Any], *args: Any) -> Any:
        """Run a service on the office's thread and wait for it."""
        found: list[Any] = []
        self.runner.run(lambda: fn(self.office, *args), done=found.append)
        assert self.runner.wait_idle()
        return found[0]

    def click(self, name: str) -> None:
        button = self.page.findChild(Button, name)
        assert button is not None, name
        assert button.isEnabled(), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def turn(self, tab: str) -> None:
        self.page.turn_to(TABS.index(tab))
        self.settle()

    def settle(self) -> None:
        """What one task starts when it ends is waited for too."""
        for _ in range(4):
            assert self.runner.wait_idle()
            QTest.qWait(1)

    def plug_in(self, stick: Path) -> None:
        line = self.page.stick.line
        line.setFocus()
        line.setText(str(stick))
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle()

    def send_all(self) -> None:
        self.turn("sending")
        self.click("write")
        assert self.page.sending.headline.whole() == "Có thể rút USB"

    def seen(self) -> list[SeenRow]:
        self.turn("inbox")
        self.click("lookAtStick")
        return [row for row in self.page.inbox.seen.table.rows.rows() if isinstance(row, SeenRow)]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "KINGSTON"
    made.mkdir()
    return made


@pytest.fixture
def sides(tmp_path: Path, stick: Path, cheap_kdf: KdfCost, qtbot: QtBot) -> Iterator[tuple[Side, Side]]:
    """A province and a union that know nothing of each other, both with the stick plugged in."""
    with ExitStack() as stack:
        pair = (
            _side(tmp_path / "tinh", sample._province(), cheap_kdf, qtbot, stack),
            _side(tmp_path / "xa", sample._union(), cheap_kdf, qtbot, stack),
        )
        for side in pair:
            side.plug_in(stick)
        yield pair


def _side(folder: Path, form: FirstStart, cost: KdfCost, qtbot: QtBot, stack: ExitStack) -> Side:
    runner = TaskRunner(on_error=_unexpected, on_bug=_unexpected)
    stack.callback(runner.shutdown)
    real = replace(form, realm="real", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE)
    found: list[opening.Founded] = []
    runner.run(lambda: opening.found(folder, real, clock=FixedClock(NOW), cost=cost), done=found.append)
    assert runner.wait_idle()
    office = found[0].office
    stack.callback(lambda: runner.run(office.close))
    went: list[tuple[str, str]] = []
    page = HandoffPage(Context(runner, lambda: office, lambda key, object_: went.append((key, object_))))
    qtbot.addWidget(page)
    page.resize(1158, 669)
    page.show()
    side = Side(runner, office, page, went)
    side.settle()
    return side


def _unexpected(*what: object) -> None:
    raise AssertionError(what)


def words_of(page_words: Any) -> str:
    """The words as they are shown, without what surrounds them."""
    return str(page_words.accessibleName()).removeprefix("Tám từ: ")


def enrol(province: Side, union: Side) -> None:
    union.turn("trust")
    union.click("enrol")
    paper = words_of(union.page.trust.enrol.words)
    union.send_all()
    province.turn("trust")
    province.click("findEnrolments")
    province.page.trust.approve.typed.set_value(paper)
    province.click("approve")
    province.click("showRoot")
    root = words_of(province.page.trust.root.words)
    province.send_all()
    union.turn("trust")
    union.click("findTrust")
    union.page.trust.accept.typed.set_value(root.upper())
    union.click("acceptTrust")
    assert union.page.banner.text().startswith("Đã nhận danh sách tin cậy")


def hand_down(province: Side, union: Side) -> str:
    campaign = str(province.ask(lambda office: campaigns.add(office, sample._campaign(date(2026, 11, 20)))).ids[0])
    province.turn("sending")
    province.click("newPackageButton")
    dialog = province.page.findChild(NewPackageDialog)
    assert dialog is not None
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    province.settle()
    province.send_all()
    assert [row.state.word for row in union.seen() if row.kind == "Kế hoạch"] == ["Nhập được"]
    union.click("import")
    return campaign


def report_up(union: Side, campaign: str) -> None:
    def work(office: Office) -> None:
        unit = units.add(office, name="Công đoàn cơ sở Trạm Y tế", short_name="CĐCS Y tế", code="CS-1", kind="k")
        units.set_headcount(office, Headcount(unit, date(2026, 1, 1), 14, 14))
        day = date(2026, 11, 20)
        request = ReportRequest(
            campaign, "tháng 11/2026", date(2026, 11, 1), date(2026, 11, 30), day, "Phó Chủ tịch", "Lò Văn Mẫu"
        )
        upper = office.trust.root_unit if office.trust else ""
        outgoing.make_report(office, request, upper)

    union.ask(work)
    union.page.sending.reload()
    union.settle()
    union.send_all()


def test_the_whole_way_there_and_back(sides: tuple[Side, Side]) -> None:
    province, union = sides
    enrol(province, union)
    campaign = hand_down(province, union)
    report_up(union, campaign)

    rows = [row for row in province.seen() if row.kind == "Báo cáo"]
    assert [(row.sender, row.state.word, row.code.word, row.refused) for row in rows] == [
        ("Công đoàn xã Nậm Mẫu", "Nhập được", "Mã xác thực đúng", 0)
    ]
    assert [got.kind for got in province.ask(mailbox.inbox)] == ["enrolment"]
    province.click("import")
    assert {got.kind for got in province.ask(mailbox.inbox)} == {"enrolment", "report"}
    province.page.banner._action.click()
    province.settle()
    assert "Biên nhận đã nằm trong hộp gửi." in province.page.banner.text()
    province.send_all()

    sent = {row.kind: row.state for row in union.ask(mailbox.outbox)}
    assert sent["report"] == "sent"
    assert [row.state.word for row in union.seen() if row.kind == "Biên nhận"] == ["Nhập được"]
    union.click("import")
    package = next(row for row in union.ask(mailbox.outbox) if row.kind == "report")
    assert (package.state, package.answer.verdict if package.answer else "") == ("received", "accepted")
    union.turn("outbox")
    rows_out = [row for row in union.page.outbox.list.table.rows.rows() if isinstance(row, dict)]
    assert [row["chip"].word for row in rows_out if row["kind_name"] == "Báo cáo"] == ["Đã nhận"]

    again = [row.state.word for row in province.seen() if row.kind == "Báo cáo"]
    assert again == ["Đã nhập rồi"]
    assert not province.page.inbox.take.isEnabled()


def test_files_that_were_compared_ask_for_no_words_again(sides: tuple[Side, Side]) -> None:
    province, union = sides
    enrol(province, union)

    def states(side: Side) -> dict[str, str]:
        return {row.kind: row.state.word for row in side.seen()}

    assert states(union) == {"Tệp đăng ký mã": "Của máy này", "Tệp tin cậy": "Đã nhập rồi"}
    assert states(province) == {"Tệp đăng ký mã": "Đã nhập rồi", "": "Của máy này"}


def test_wrong_words_admit_nobody(sides: tuple[Side, Side]) -> None:
    province, union = sides
    union.turn("trust")
    union.click("enrol")
    right = words_of(union.page.trust.enrol.words).split(", ")
    union.send_all()
    province.turn("trust")
    province.click("findEnrolments")
    for typed in ("", ", ".join(right[:7]), ", ".join(reversed(right))):
        province.page.trust.approve.typed.set_value(typed)
        province.click("approve")
    assert province.page.banner.text().startswith("Tám từ vừa gõ khác")
    assert province.office.trust is None
    assert province.ask(mailbox.outbox) == []


def test_the_words_of_the_file_are_not_shown_to_who_must_type_them(sides: tuple[Side, Side]) -> None:
    province, union = sides
    union.turn("trust")
    union.click("enrol")
    words = words_of(union.page.trust.enrol.words)
    union.send_all()
    province.turn("trust")
    province.click("findEnrolments")
    shown = f"{province.page.trust.approve.who.text()} {province.page.trust.approve.file.combo.currentText()}"
    assert "Công đoàn xã Nậm Mẫu" in shown
    assert words not in shown


def _flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


DAMAGE: tuple[tuple[Callable[[bytes], bytes], str], ...] = (
    (_flip, "Nội dung gói đã bị thay đổi"),
    (lambda data: data[: len(data) // 2], "Gói bị cụt"),
    (lambda data: b"", "Gói bị cụt"),
    (lambda data: b"x" * 500, "Tệp này không phải gói dữ liệu"),
)


def test_a_damaged_package_is_refused_with_its_reason(sides: tuple[Side, Side], stick: Path) -> None:
    province, union = sides
    enrol(province, union)
    report_up(union, hand_down(province, union))
    path = next((stick / "CONGDOAN").glob("report-*"))
    (path.parent / "BAN-SAO" / path.name).unlink()
    whole, before = path.read_bytes(), province.ask(doctor.digest)
    for change, said in DAMAGE:
        path.write_bytes(change(whole))
        row = next(row for row in province.seen() if row.sender == path.name)
        assert (row.state.word, row.new) == ("Không nhập", None)
        assert said in row.note
        assert not province.page.inbox.take.isEnabled()
    province.page.inbox.seen.table.select_id(row.id)
    province.click("openPackage")
    dialog = province.page.findChild(PackageDialog)
    assert dialog is not None
    assert dialog.findChild(Button, "importThis") is None
    assert province.ask(doctor.digest) == before


def test_a_package_from_a_stranger_is_refused(sides: tuple[Side, Side], stick: Path) -> None:
    province, union = sides
    enrol(province, union)
    report_up(union, hand_down(province, union))
    stranger = Side(union.runner, union.office, union.page, [])
    stranger.office.trust = None
    rows = [row for row in stranger.seen() if row.kind == "" and row.sender.startswith("plan-")]
    assert [row.note for row in rows] == ["Máy này chưa có danh sách tin cậy nên chưa kiểm tra được ai gửi gói."]


def test_a_stick_that_went_is_said_and_the_package_stays(sides: tuple[Side, Side], stick: Path) -> None:
    _, union = sides
    union.turn("trust")
    union.click("enrol")
    stick.rmdir()
    union.turn("sending")
    union.click("write")
    sending = union.page.sending
    assert "USB" in sending.headline.whole()
    assert "Gói vẫn còn nguyên trong hộp gửi" in sending.detail.whole()
    assert "failed" in [sending.steps.state(step) for step in range(5)]
    assert [row.state for row in union.ask(mailbox.outbox)] == ["made"]
    stick.mkdir()
    union.send_all()
    assert [row.state for row in union.ask(mailbox.outbox)] == ["sent"]


def test_withdrawing_asks_first_and_can_be_taken_back(sides: tuple[Side, Side]) -> None:
    from congdoan_desktop.ui.kit.dialogs import ConfirmDialog

    province, union = sides
    enrol(province, union)
    hand_down(province, union)
    union.turn("inbox")
    table = union.page.inbox.got.table
    plan = next(row for row in table.rows.rows() if isinstance(row, dict) and row["got"].kind == "plan")
    table.action_clicked.emit(plan, "switch_action")
    dialog = union.page.findChild(ConfirmDialog)
    assert dialog is not None
    assert dialog.yes.text() == "Rút lại kế hoạch số 2"
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    union.settle()
    assert union.ask(campaigns.listing) == []
    plan = next(row for row in table.rows.rows() if isinstance(row, dict) and row["got"].kind == "plan")
    table.action_clicked.emit(plan, "switch_action")
    union.settle()
    assert len(union.ask(campaigns.listing)) == 1


def test_the_folder_can_be_chosen(sides: tuple[Side, Side], tmp_path: Path, qtbot: QtBot) -> None:
    _, union = sides
    other = tmp_path / "KHAC"
    other.mkdir()
    union.click("chooseFolder")
    chooser = union.page.findChild(QFileDialog)
    assert chooser is not None
    name = chooser.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setText(str(other))
    QTest.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: union.page.stick.path == other)


def test_other_pages_lead_to_a_tab(sides: tuple[Side, Side]) -> None:
    page = sides[0].page
    assert page.tabs is not None
    for at, name in enumerate(TABS):
        page.open_object(name)
        assert page.tabs.currentIndex() == at
    page.open_object("unit")
    assert page.tabs.currentIndex() == TABS.index("inbox")


def test_every_control_has_a_name(sides: tuple[Side, Side]) -> None:
    for side in sides:
        for button in side.page.findChildren(Button):
            assert button.accessibleName() or not button.isVisibleTo(side.page), button.text()
