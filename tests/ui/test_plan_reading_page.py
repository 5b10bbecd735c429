"""Đọc kế hoạch, driven with keys and mouse: nothing is saved that nobody confirmed. The plan is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.services import drafts, home
from congdoan_desktop.services.plan_item import Group, HeaderValue, Item
from congdoan_desktop.services.plan_review import Decision
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.plan_reading import ReadingPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import Given, ask, child, listed_campaigns
from tests.ui.hands import CONTROL, Click, Press, Show, Type, modal, open_page

PLAN = """LĐLĐ TỈNH HẢI LƯU
CÔNG ĐOÀN XÃ THAN UYÊN

Số: 07/KH-CĐX
Than Uyên, ngày 12 tháng 01 năm 2024

KẾ HOẠCH
Chăm lo đoàn viên 🎋 và phát động thi đua năm 2024

Căn cứ Kế hoạch số 39/KH-LĐLĐ ngày 15/4/2024 của Liên đoàn Lao động tỉnh Hải Lưu; Công đoàn xã ban hành kế hoạch sau:

I. CHỈ TIÊU
1. Mỗi công đoàn cơ sở tổ chức ít nhất 02 hoạt động chào mừng 95 năm Công đoàn Việt Nam.
2. Phần đầu tổ chức ít nhất 12 lượt chăm lo trong năm.

II. THỜI GIAN
Từ ngày 01/5/2024 đến ngày 31/7/2024.

III. TỔ CHỨC THỰC HIỆN
Các công đoàn cơ sở báo cáo kết quả về Công đoàn xã trước ngày 10/8/2024.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Lò Văn Pâng
"""
NO_TARGETS = "KẾ HOẠCH\nTổ chức tuyên truyền năm 2024\n\nCông đoàn xã tổ chức tuyên truyền trong đoàn viên.\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach-07.txt"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def page(given: Given, show: Show) -> CampaignsPage:
    return open_page(CampaignsPage, given.context, show)


Read = Callable[[Path], ReadingPage]


@pytest.fixture
def read(page: CampaignsPage, runner: TaskRunner, press: Press, qtbot: QtBot) -> Read:
    """Ctrl+O on the page, then the file that the system's dialog would give."""

    def opened(path: Path) -> ReadingPage:
        press(Qt.Key.Key_O, CONTROL, on=page.list.table)
        assert runner.wait_idle()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        assert dialog.objectName() == "fileDialog"
        dialog.fileSelected.emit(str(path))  # type: ignore[attr-defined]  # a QFileDialog
        dialog.close()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        assert runner.wait_idle()
        reading = page.reading
        reading.items.table.setFocus()
        return reading

    return opened


def of(reading: ReadingPage, group: Group) -> list[Item]:
    assert reading.review is not None
    return [item for item in reading.review.items if item.group is group]


def states(reading: ReadingPage) -> dict[str, Decision]:
    assert reading.review is not None
    return {item.id: reading.review.decision(item.id) for item in reading.review.items}


def saved(given: Given, runner: TaskRunner) -> list[Campaign]:
    found = (row.campaign for row in listed_campaigns(given, runner))
    return [campaign for campaign in found if campaign.number != "39/KH-LĐLĐ"]


def take_all_by_keys(reading: ReadingPage, press: Press) -> None:
    """Enter on what is asked, item after item; what must be changed stays open until somebody does."""
    assert reading.review is not None
    for _ in reading.review.items:
        if reading.review.next_waiting() is None:
            return
        assert not reading.review.needs_change(reading.items.selected())
        press(Qt.Key.Key_Return)


def test_doubtful_items_are_asked_first_and_all_becomes_a_campaign(
    read: Read, plan: Path, page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, click: Click
) -> None:
    reading = read(plan)
    assert reading.review is not None
    first = reading.review.item(reading.items.selected())
    assert first.asks
    click(child(reading, Button, "take_sure"))
    assert [i for i, decision in states(reading).items() if decision is Decision.LEFT] == []
    reading.items.table.setFocus()
    take_all_by_keys(reading, press)
    assert set(states(reading).values()) == {Decision.TAKEN}
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    (made,) = saved(given, runner)
    assert (made.number, made.issued_on, made.doc_type) == ("07/KH-CĐX", date(2024, 1, 12), "Kế hoạch")
    assert made.title == "Chăm lo đoàn viên 🎋 và phát động thi đua năm 2024"
    assert [target.wording for target in made.targets] == [item.text for item in of(reading, Group.TARGETS)]
    assert all(target.wording in PLAN for target in made.targets), "the wording stays as printed, misprints too"
    assert [(d.due, d.relation) for d in made.duties] == [(date(2024, 8, 10), "before")]
    basis = next(one for one in made.related if one.relation == "basis")
    assert (basis.number, basis.campaign) == ("39/KH-LĐLĐ", given.campaign)
    assert page.currentWidget() is page.sheet
    click(page.sheet.banner._action)  # "Hoàn tác"
    assert runner.wait_idle()
    assert saved(given, runner) == []
    assert page.currentWidget() is reading
    assert set(states(reading).values()) == {Decision.TAKEN}


def test_nothing_is_saved_that_was_not_taken(
    read: Read, plan: Path, given: Given, runner: TaskRunner, press: Press, click: Click, qtbot: QtBot
) -> None:
    reading = read(plan)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert saved(given, runner) == [], "nothing taken, nothing saved"
    for group in (Group.HEADER,):
        for item in of(reading, group):
            reading.items.go_to(item)
            press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CONTROL)
    click(modal(ConfirmDialog, qtbot).yes)
    assert runner.wait_idle()
    (made,) = saved(given, runner)
    assert (made.targets, made.duties, made.phases, made.events) == ((), (), (), ())


def test_delete_leaves_an_item_out_and_ctrl_z_takes_that_back(read: Read, plan: Path, press: Press) -> None:
    reading = read(plan)
    target = of(reading, Group.TARGETS)[0]
    reading.items.go_to(target)
    press(Qt.Key.Key_Delete)
    assert states(reading)[target.id] is Decision.LEFT
    press(Qt.Key.Key_Z, CONTROL)
    assert states(reading)[target.id] is Decision.WAITING


def test_f2_changes_an_item_before_it_is_taken(
    read: Read, plan: Path, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    reading = read(plan)
    starts = next(item for item in of(reading, Group.HEADER) if item.id == "header:starts:0")
    reading.items.go_to(starts)
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_A, CONTROL)
    type_keys("1/2/2024")
    press(Qt.Key.Key_Return)
    assert states(reading)[starts.id] is Decision.TAKEN
    for item in of(reading, Group.HEADER):
        if item.id != starts.id:
            reading.items.go_to(item)
            press(Qt.Key.Key_Return)
    reading._write()
    assert runner.wait_idle()
    assert saved(given, runner)[0].starts == date(2024, 2, 1)


def test_esc_in_a_change_leaves_the_item_as_it_was(read: Read, plan: Path, press: Press, type_keys: Type) -> None:
    reading = read(plan)
    number = of(reading, Group.HEADER)[0]
    reading.items.go_to(number)
    press(Qt.Key.Key_F2)
    type_keys("x")
    press(Qt.Key.Key_Escape)
    assert states(reading)[number.id] is Decision.WAITING
    assert reading.isVisible()


def test_a_misprint_is_mended_only_where_it_was_confirmed(
    tmp_path: Path, read: Read, given: Given, runner: TaskRunner, press: Press
) -> None:
    path = tmp_path / "in-sai.txt"
    path.write_text(PLAN.replace("phát động thi đua", "lập Ban Chi đạo thi đua"), "utf-8")
    reading = read(path)
    damaged = next(item for item in of(reading, Group.CORRECTIONS) if "Chi đạo" in item.text)
    for item in [*of(reading, Group.HEADER), damaged]:
        reading.items.go_to(item)
        press(Qt.Key.Key_Return)
    reading._write()
    assert runner.wait_idle()
    assert saved(given, runner)[0].title == "Chăm lo đoàn viên 🎋 và lập Ban Chỉ đạo thi đua năm 2024"


def test_a_click_into_the_text_finds_its_item(read: Read, plan: Path) -> None:
    reading = read(plan)
    target = of(reading, Group.TARGETS)[-1]
    paper = reading.document.text
    cursor = QTextCursor(paper.document())
    # The bamboo before it counts twice in Qt.
    cursor.setPosition(target.span.end + 1 - len("năm"))
    paper.setTextCursor(cursor)
    paper.centerCursor()
    place = paper.cursorRect(cursor).center()
    QTest.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(place))
    assert reading.items.selected() == target.id
    shown = [s.cursor.selectedText() for s in paper.extraSelections() if s.format.fontWeight() == 600]
    assert shown == [target.text]


def test_a_number_that_is_no_target_says_what_it_is_and_can_become_one(
    read: Read, plan: Path, given: Given, runner: TaskRunner, press: Press
) -> None:
    reading = read(plan)
    number = of(reading, Group.NUMBERS)[0]
    assert number.label == "Năm kỷ niệm"
    reading.items.go_to(number)
    assert "Không phải chỉ tiêu" in reading.items.panel.question.text()
    press(Qt.Key.Key_F2)
    assert reading.change.held is not None
    assert reading.change.held.form.values()["target_wording"] == number.text
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    assert states(reading)[number.id] is Decision.TAKEN
    assert reading.review is not None
    assert reading.review.part(number.id) is None


def test_a_plan_without_targets_is_a_normal_answer(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "khong-chi-tieu.txt"
    path.write_text(NO_TARGETS, "utf-8")
    reading = read(path)
    assert "Không tìm thấy chỉ tiêu nào" in reading.banner.text()


def test_text_is_pasted(page: CampaignsPage, runner: TaskRunner, press: Press, qtbot: QtBot) -> None:
    page.open_reading()
    assert runner.wait_idle()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    start = page.reading.start
    start.paper.setFocus()
    QApplication.clipboard().setText(PLAN)
    press(Qt.Key.Key_V, CONTROL)
    press(Qt.Key.Key_Return, CONTROL)
    assert runner.wait_idle()
    assert len(of(page.reading, Group.TARGETS)) == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("hong.docx", b"PK\x03\x04 not a Word file", "đọc"),
        ("trong.txt", b"", ""),
        ("anh.pdf", b"%PDF-1.4\n%%EOF", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(
    tmp_path: Path, page: CampaignsPage, runner: TaskRunner, name: str, data: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    page._show(page.reading)
    page.reading.open_path(path)
    assert runner.wait_idle()
    assert page.reading.review is None
    assert page.reading.banner.isVisible()
    assert said in page.reading.banner.text()


def test_esc_goes_back_and_keeps_the_reading(read: Read, plan: Path, page: CampaignsPage, press: Press) -> None:
    reading = read(plan)
    press(Qt.Key.Key_Return)
    before = states(reading)
    press(Qt.Key.Key_Escape)
    assert page.currentWidget() is page.list
    press(Qt.Key.Key_O, CONTROL, on=page.list.table)
    assert page.currentWidget() is reading
    assert states(reading) == before


@pytest.mark.parametrize(("scale", "width"), [(100, 1072), (150, 1054)])
def test_it_fits_small_screens(
    read: Read, plan: Path, page: CampaignsPage, qapp: QApplication, scale: int, width: int
) -> None:
    read(plan)
    theme.apply(qapp, scale=scale)
    assert page.reading.minimumSizeHint().width() <= width


def test_a_reading_comes_back_after_the_program_ended(
    read: Read,
    plan: Path,
    given: Given,
    runner: TaskRunner,
    press: Press,
    type_keys: Type,
    show: Show,
    qtbot: QtBot,
) -> None:
    reading = read(plan)
    starts = next(item for item in of(reading, Group.HEADER) if item.id == "header:starts:0")
    reading.items.go_to(starts)
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_A, CONTROL)
    type_keys("1/2/2024")
    press(Qt.Key.Key_Return)
    target = of(reading, Group.TARGETS)[0]
    reading.items.go_to(target)
    press(Qt.Key.Key_Delete)
    before = states(reading)
    qtbot.waitUntil(lambda: drafts.find(given.office, "plan_reading", "reading") is not None, timeout=3500)
    (todo,) = ask(runner, lambda: home.overview(given.office)).todos
    assert (todo.title, todo.page, todo.object_) == ("Kế hoạch đang đọc dở", "campaigns", "reading")
    again = open_page(CampaignsPage, given.context, show)
    again.open_object(todo.object_)
    assert runner.wait_idle()
    assert states(again.reading) == before
    assert again.reading.review is not None
    assert again.reading.review.part(starts.id) == HeaderValue("starts", date(2024, 2, 1))


def test_a_saved_reading_leaves_no_draft(
    read: Read, plan: Path, given: Given, runner: TaskRunner, press: Press, click: Click
) -> None:
    reading = read(plan)
    click(child(reading, Button, "take_sure"))
    reading.items.table.setFocus()
    take_all_by_keys(reading, press)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert len(saved(given, runner)) == 1
    assert drafts.find(given.office, "plan_reading", "reading") is None


def test_a_long_plan_is_painted_only_where_it_is_in_sight(tmp_path: Path, read: Read, press: Press) -> None:
    lines = "\n".join(f"{n}. Phấn đấu {50 + n % 50}% công đoàn cơ sở tổ chức hội nghị số {n}." for n in range(1, 301))
    path = tmp_path / "dai.txt"
    path.write_text(PLAN.replace("II. THỜI GIAN", f"{lines}\nII. THỜI GIAN"), "utf-8")
    reading = read(path)
    assert len(of(reading, Group.TARGETS)) > 250
    reading.items.go_to(of(reading, Group.TARGETS)[200])
    shown = [selection.cursor.selectedText() for selection in reading.document.text.extraSelections()]
    assert of(reading, Group.TARGETS)[200].text in shown
    assert len(shown) < 120
    press(Qt.Key.Key_Home, CONTROL, on=reading.document.text)
    shown = [selection.cursor.selectedText() for selection in reading.document.text.extraSelections()]
    assert "07/KH-CĐX" in shown, "painted anew after scrolling"
