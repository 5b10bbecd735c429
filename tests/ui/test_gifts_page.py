"""The tab "Danh sách quà", driven with keys over a real office."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.funds import Contribution
from congdoan_desktop.services import drafts, funds, support
from congdoan_desktop.ui.pages.paper_dialog import PaperDialog
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.gifts import DRAFT, GiftsPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.reports.writer import converted
from tests.ui import entry_office
from tests.ui.entry_office import SCHOOL, TEA, Given
from tests.ui.hands import CONTROL, Click, Press, Show, Type, modal, open_page

HEAD = "Họ và tên\tNăm sinh\tCĐCS\tTiền mặt\tHiện vật\n"


@pytest.fixture
def page(given: Given, show: Show) -> GiftsPage:
    made = open_page(GiftsPage, given.context, show)
    for name, value in (("fund", "quy_xa_hoi"), ("cause", "kho_khan")):
        made.form.field(name).set_value(value)
    return made


def paste(page: GiftsPage, press: Press, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    page.grid.setFocus()
    press(Qt.Key.Key_V, CONTROL, on=page.grid)


def settled(page: GiftsPage, qtbot: QtBot, runner: TaskRunner) -> None:
    """The check waits until nobody types."""
    qtbot.waitUntil(lambda: not page._pause.isActive())
    assert runner.wait_idle()


def count(given: Given, runner: TaskRunner) -> int:
    return len(entry_office.ask(runner, lambda: support.listing(given.office)))


def rows(number: int) -> str:
    return "".join(
        f"Lò Văn {chr(97 + at % 26)}{chr(97 + at // 26)}\t1980\t{TEA}\t700.000\t300000\n" for at in range(number)
    )


def test_three_hundred_rows_are_pasted_summed_saved_printed_and_taken_back(
    page: GiftsPage, given: Given, runner: TaskRunner, press: Press, qtbot: QtBot
) -> None:
    before = count(given, runner)
    paste(page, press, HEAD + rows(300))
    settled(page, qtbot, runner)
    assert page.foot.text() == "300 suất · 300 đủ dữ liệu · Quà 90.000.000 · Tiền 210.000.000 · Cộng 300.000.000 đ"
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert count(given, runner) == before + 300
    assert page.model.lines == []
    press(Qt.Key.Key_P, CONTROL)
    assert runner.wait_idle()
    asked = modal(AskDialog, qtbot)
    asked.form.set_values({"occasion": "quà Tết 2025", "signer": 0})
    asked.yes.click()
    assert runner.wait_idle()
    shown = modal(PaperDialog, qtbot)
    assert shown.made.title == "Danh sách ký nhận quà Tết 2025"
    shown.reject()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    press(Qt.Key.Key_Z, CONTROL, on=page.grid)
    assert runner.wait_idle()
    assert count(given, runner) == before


def test_the_balance_stands_beside_the_sum(
    page: GiftsPage, given: Given, runner: TaskRunner, press: Press, qtbot: QtBot
) -> None:
    day = page.desk.today
    unit = given.units[SCHOOL]
    runner.run(
        lambda: funds.save(given.office, Contribution(unit, "quy_xa_hoi", day, 20_000_000)),
        changes=frozenset({"contribution"}),
    )
    assert runner.wait_idle()
    paste(page, press, HEAD + rows(1))
    settled(page, qtbot, runner)
    # 18 million went out of the fund before.
    assert page.side.card.balance.text() == "Hiện có: 2.000.000 đ"
    assert page.side.card.left.text().startswith("Còn lại: 1.000.000 đ")
    paste(page, press, HEAD + rows(4))
    settled(page, qtbot, runner)
    assert page.side.card.left.text() == "Thiếu: 2.000.000 đ\nHai triệu đồng"


def test_who_was_given_the_same_asks_for_a_reason_that_the_next_list_does_not_keep(
    page: GiftsPage, given: Given, runner: TaskRunner, press: Press, qtbot: QtBot, type_keys: Type
) -> None:
    """Rule B10, in the list: a warning in the line, one reason for all of them, never a block."""
    again, before = page.form.again, count(given, runner)
    paste(page, press, HEAD + rows(2))
    settled(page, qtbot, runner)
    assert not again.isVisible()
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: page.model.lines == [])
    paste(page, press, HEAD + rows(3))
    settled(page, qtbot, runner)
    qtbot.waitUntil(again.isVisible)
    assert again._hint.text() == "2 người đã nhận trong đợt này."
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(again.control.hasFocus)
    assert "ghi lý do vẫn tặng hoặc bỏ dòng" in again.finding_text()
    type_keys("Đơ<ợt bổ<ổ sung")
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: page.model.lines == [])
    kept = entry_office.ask(runner, lambda: support.listing(given.office))
    assert sorted(row.record.again for row in kept if row.record.again) == ["Đợt bổ sung"] * 2
    assert len(kept) == before + 5
    qtbot.waitUntil(lambda: not again.isVisible())
    assert again.value() is None


def test_what_is_wrong_is_marked_and_f8_goes_there(
    page: GiftsPage, given: Given, runner: TaskRunner, press: Press, qtbot: QtBot, type_keys: Type
) -> None:
    paste(
        page,
        press,
        f"{HEAD}Lò A\t1980\t{TEA}\t700.000\t\nLò B\t1980\tGạch đỏ\t700.000\t\nLò C\t1980\t{TEA}\t1.5000\t\n",
    )
    settled(page, qtbot, runner)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert page.banner.isVisible()
    page.grid.setCurrentIndex(page.model.index(0, 0))
    press(Qt.Key.Key_F8, on=page.grid)
    here = page.grid.currentIndex()
    assert (here.row(), here.column()) == (1, 3)
    assert here.data(Qt.ItemDataRole.ToolTipRole) == "Không có đơn vị này ở đây."
    page.model.setData(here, "che phuc than")
    settled(page, qtbot, runner)
    press(Qt.Key.Key_F8, on=page.grid)
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (2, 5)


def test_the_answer_of_a_check_leaves_the_cell_that_is_typed_in(
    page: GiftsPage, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    paste(page, press, "Lò A\nLò B\n")
    page.grid.setCurrentIndex(page.model.index(0, 5))
    type_keys("5000")
    page._check()
    settled(page, qtbot, runner)
    type_keys("00")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.grid.currentIndex().row() == 1)
    assert page.model.lines[0].texts["cash"] == "500.000"


def test_a_line_is_typed_and_filled_down_with_keys_alone(
    page: GiftsPage, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    paste(page, press, "Lò A\nLò B\nLò C\n")
    page.grid.setCurrentIndex(page.model.index(0, 5))
    type_keys("500000")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.grid.currentIndex().row() == 1)
    assert page.model.lines[0].texts["cash"] == "500.000"
    page.grid.setCurrentIndex(page.model.index(0, 5))
    press(Qt.Key.Key_D, CONTROL, on=page.grid)
    assert [line.texts.get("cash") for line in page.model.lines] == ["500.000"] * 3
    page.grid.setCurrentIndex(page.model.index(3, 0))
    type_keys("Va<àng A")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.grid.currentIndex().row() == 4)
    assert page.model.lines[3].texts["name"] == "Vàng A"
    page.grid.setCurrentIndex(page.model.index(1, 0))
    press(Qt.Key.Key_Delete, CONTROL, on=page.grid)
    assert [line.texts["name"] for line in page.model.lines] == ["Lò A", "Lò C", "Vàng A"]
    page.grid.setCurrentIndex(page.model.index(1, 0))
    type_keys("Lò D")  # and the cell is still open
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert page.model.lines[1].texts["name"] == "Lò D"


def test_members_are_picked_once_with_their_portion(
    page: GiftsPage, given: Given, runner: TaskRunner, click: Click, press: Press, qtbot: QtBot
) -> None:
    page.form.field("cash").set_value(700_000)
    for _ in range(2):
        page._ask_members()
        asked = modal(AskDialog, qtbot)
        asked.form.field("unit").set_value(given.units[SCHOOL])
        asked.yes.click()
        assert runner.wait_idle()
    (line,) = page.model.lines
    assert (line.texts["name"], line.texts["cash"]) == ("Vàng A Páo", "700.000")
    assert line.texts["citizen_id"] == "012•••••0123"
    settled(page, qtbot, runner)
    assert page.checked[0].person == line.person
    assert page.checked[0].fits
    page.model.setData(page.model.index(0, 0), "Vàng A Sử")
    assert page.model.lines[0].person == ""
    assert page.model.lines[0].texts["citizen_id"] == ""


def test_a_list_left_half_written_is_there_again(
    page: GiftsPage, given: Given, runner: TaskRunner, press: Press, show: Show, qtbot: QtBot
) -> None:
    paste(page, press, HEAD + rows(2))
    page.hide()
    assert drafts.find(given.office, DRAFT) is not None
    again = open_page(GiftsPage, given.context, show)
    assert [line.texts["cash"] for line in again.model.lines] == ["700.000"] * 2
    assert again.form.values()["fund"] == "quy_xa_hoi"
    again._discard()
    assert drafts.find(given.office, DRAFT) is None


def test_nothing_is_saved_without_a_fund(
    page: GiftsPage, given: Given, runner: TaskRunner, press: Press, tmp_path: Path
) -> None:
    before = count(given, runner)
    paste(page, press, HEAD + rows(1))
    page.form.field("fund").set_value(None)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert "Chưa chọn" in page.form.field("fund").finding_text()
    assert count(given, runner) == before


def copied_out_of_libreoffice(folder: Path, tool: Callable[[str], str], number: int) -> QMimeData:
    """What LibreOffice gives for the rows of a workbook: a table in HTML, and its cells with tabs as plain text.

    Days and sums are real values of cells with a format, and come as they are shown.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["TT", "Họ và tên", "Ngày sinh", "CĐCS", "Số tiền (đ)", "Hiện vật"])
    for at in range(number):
        name = f"Lò Văn {chr(97 + at % 26)}{chr(97 + at // 26)}"
        sheet.append([at + 1, name, date(1980, 1 + at % 12, 1 + at % 28), TEA, 700_000, 300_000])
        row = sheet[sheet.max_row]
        row[2].number_format = "dd/mm/yyyy"
        row[4].number_format = row[5].number_format = "#,##0"
    path = folder / "qua.xlsx"
    book.save(path)
    told = converted(path, "html", tool).read_text("utf-8")
    lines = [re.findall(r"<td[^>]*>.*?>([^<]*)<", line) for line in told.split("</tr>")]
    given = QMimeData()
    given.setHtml(told)
    given.setText("\n".join("\t".join(cells) for cells in lines if cells))
    return given


def test_a_list_is_typed_with_keys_alone_from_its_head_to_its_last_line(
    page: GiftsPage, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_F6, on=page.grid)
    assert page.form.focused() is page.form.field("fund")
    press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    type_keys("500k")
    press(Qt.Key.Key_F6)
    assert page.grid.hasFocus()
    for name, born in (("Lò Thị Mới", "1990"), ("Cà Văn Tới", "1981")):
        type_keys(name)
        press(Qt.Key.Key_Tab)
        type_keys(born)
        for _ in range(2):
            press(Qt.Key.Key_Tab)
        type_keys(TEA)
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.grid.currentIndex().column() == 0)  # as in Excel: where Tab began
    settled(page, qtbot, runner)
    assert page.foot.text().startswith("2 suất · 2 đủ dữ liệu · Quà 0 · Tiền 1.000.000")


def test_a_line_that_says_its_own_sum_gets_no_portion(page: GiftsPage, press: Press) -> None:
    page.form.field("cash").set_value(500_000)
    paste(page, press, f"{HEAD}Lò A\t1980\t{TEA}\t\t300.000\nLò B\t1980\t{TEA}\t\t\n")
    amounts = [(line.texts.get("cash"), line.texts.get("in_kind")) for line in page.model.lines]
    assert amounts == [("", "300.000"), ("500.000", "")]


def test_whoever_types_without_a_pause_is_kept_too(
    page: GiftsPage, given: Given, runner: TaskRunner, press: Press, qtbot: QtBot
) -> None:
    paste(page, press, HEAD + rows(2))
    settled(page, qtbot, runner)
    page._draft.stop()
    page.model.edited.emit()
    left = page._draft.remainingTime()
    qtbot.wait(150)
    page.model.edited.emit()
    assert page._draft.remainingTime() < left - 100


def test_a_list_that_is_being_saved_takes_no_more_lines(
    page: GiftsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    before = count(given, runner)
    paste(page, press, HEAD + rows(2))
    settled(page, qtbot, runner)
    press(Qt.Key.Key_S, CONTROL)
    assert not page.grid.isEnabled(), "what is typed now would go with the lines that are saved"
    page.save()
    assert runner.wait_idle()
    assert count(given, runner) == before + 2
    assert page.grid.hasFocus()
    type_keys("Lò")
