from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.errors import AppError
from congdoan_desktop.ui import excepthook, theme
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog, ErrorDialog, ReasonDialog, show_error
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.paper_view import PaperView
from congdoan_desktop.ui.kit.steps import Step, StepBar
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.tasks import TaskRunner

Show = Callable[[QWidget], QWidget]
Press = Callable[..., None]
Click = Callable[..., None]
Type = Callable[[str], None]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def built() -> list[str]:
    return []


@pytest.fixture
def window(runner: TaskRunner, show: Show, built: list[str]) -> MainWindow:
    made = MainWindow(runner)

    def page(name: str) -> Callable[[], QWidget]:
        def build() -> QWidget:
            built.append(name)
            return PageFrame(name)

        return build

    for key, title in (("home", "Trang chính"), ("support", "Chăm lo"), ("reports", "Báo cáo")):
        made.add_page(key, "house", title, page(title))
    made.add_page("settings", "gear", "Thiết lập", page("Thiết lập"), bottom=True)
    show(made)
    made.show_page("home")
    return made


def test_pages_are_built_when_first_shown_and_once(window: MainWindow, built: list[str], press: Press) -> None:
    assert built == ["Trang chính"]
    press(Qt.Key.Key_2, CONTROL)
    press(Qt.Key.Key_1, CONTROL)
    press(Qt.Key.Key_2, CONTROL)
    assert built == ["Trang chính", "Chăm lo"]
    assert window.current_page() == "support"
    assert window.sidebar.button("support").isChecked()


def test_a_number_without_a_page_does_nothing(window: MainWindow, press: Press) -> None:
    press(Qt.Key.Key_8, CONTROL)
    assert window.current_page() == "home"


def test_a_click_in_the_navigation_shows_the_page(window: MainWindow, click: Click) -> None:
    click(window.sidebar.button("reports"), QPoint(20, 10))
    assert window.current_page() == "reports"


def test_finding_a_page_by_its_name_without_marks(window: MainWindow, type_keys: Type, press: Press) -> None:
    press(Qt.Key.Key_K, CONTROL)
    assert QApplication.focusWidget() is window.sidebar.find_box
    type_keys("cham")
    press(Qt.Key.Key_Return)
    assert window.current_page() == "support"
    assert window.sidebar.find_box.text() == ""


def test_hits_of_the_program_stand_below_the_pages(
    window: MainWindow, qtbot: QtBot, type_keys: Type, press: Press
) -> None:
    press(Qt.Key.Key_K, CONTROL)
    with qtbot.waitSignal(window.find_wanted) as asked:
        type_keys("bao")
    assert asked.args == ["bao"]
    window.show_hits("ba", [Option("old", "Cũ")])
    assert window.sidebar.find_box.list._model.rowCount() == 1
    window.show_hits("bao", [Option(("person", 7), "Vàng A Bảo", "Điện lực")])
    assert window.sidebar.find_box.list._model.rowCount() == 2
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(window.hit_chosen) as chosen:
        press(Qt.Key.Key_Return)
    assert chosen.args == [("person", 7)]


def test_font_size_by_keys(window: MainWindow, qtbot: QtBot, press: Press) -> None:
    width = window.sidebar.width()
    for _ in range(7):
        press(Qt.Key.Key_Plus, CONTROL)
    assert theme.current().scale == 150
    assert window.sidebar.width() == round(width * 1.5)
    press(Qt.Key.Key_Minus, CONTROL)
    assert theme.current().scale == 140
    with qtbot.waitSignal(window.look_changed) as told:
        press(Qt.Key.Key_0, CONTROL)
    assert told.args == [False, 100]


def test_dark_and_back(window: MainWindow, click: Click) -> None:
    button = next(b for b in window.findChildren(QPushButton) if b.accessibleName() == "Nền tối")
    click(button, QPoint(20, 10))
    assert theme.current().dark
    assert button.accessibleName() == "Nền sáng"
    assert window.grab().toImage().pixelColor(700, 400) == QColor(theme.current().palette.bg)


def test_help_names_the_page(window: MainWindow, built: list[str], press: Press) -> None:
    window.set_help(built.append)
    press(Qt.Key.Key_F1)
    assert built[-1] == "home"


def test_notices_of_tasks_stand_in_the_status_bar(window: MainWindow, runner: TaskRunner) -> None:
    runner.notice.emit("Đã dừng theo yêu cầu.")
    assert window.status.notice.text() == "Đã dừng theo yêu cầu."
    assert window.status.notice.isVisible()


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("size", [(1366, 697), (1280, 672)])
def test_the_window_fits_the_laptops(window: MainWindow, qapp: Any, scale: int, size: tuple[int, int]) -> None:
    theme.apply(qapp, scale=scale)
    window.set_unit("Công đoàn xã Than Uyên", "Lò Thị Hoa · Phó Chủ tịch")
    for item, text in ((window.status.saved, "Đã lưu 10:32"), (window.status.waiting, "2 gói chờ biên nhận")):
        item.say(text)
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    for found in window.findChildren(QLabel):
        if found.isVisible() and found.text() and not isinstance(found, ElidedLabel):
            assert found.width() >= found.minimumSizeHint().width(), found.text()


def test_every_control_has_a_name(window: MainWindow) -> None:
    assert [
        type(b).__name__ for b in window.findChildren(QPushButton) if b.isVisibleTo(window) and not b.accessibleName()
    ] == []


# Page frame


def test_keys_of_a_page(show: Show, qtbot: QtBot, type_keys: Type, press: Press) -> None:
    pressed: list[str] = []
    page = PageFrame("Chăm lo")
    search = page.add_search("Tìm người nhận")
    page.set_primary(Button("Ghi", "plus", "primary", on_click=lambda: pressed.append("new")))
    page.set_body(QWidget())
    show(page)
    page.searched.connect(pressed.append)
    press(Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is search
    with qtbot.waitSignal(page.searched):
        type_keys("lo")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_N, CONTROL)
    assert pressed == ["lo", "", "new"]


def test_an_elided_label_tells_its_whole_text(show: Show) -> None:
    made = ElidedLabel("Công đoàn xã Than Uyên")
    show(made)
    made.resize(60, 20)
    assert made.text().endswith("…")
    assert made.toolTip() == "Công đoàn xã Than Uyên"
    made.resize(400, 20)
    assert made.text() == "Công đoàn xã Than Uyên"
    assert made.toolTip() == ""


# Dialogs


def test_an_error_has_its_three_parts(show: Show) -> None:
    parent = QWidget()
    show(parent)
    dialog = show_error(parent, AppError("Không ghi được.", safe="Gói còn.", todo="Cắm lại USB."))
    assert [w.text() for w in dialog.findChildren(QLabel)] == ["Không ghi được.", "Gói còn.", "Cắm lại USB."]
    assert isinstance(dialog, ErrorDialog)
    dialog.close()


def test_no_reason_no_deletion(show: Show, qtbot: QtBot, type_keys: Type, click: Click) -> None:
    parent = QWidget()
    show(parent)
    reasons: list[str] = []
    dialog = ReasonDialog(parent, "3 khoản chăm lo", reasons.append)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.yes.accessibleName() == "Xoá 3 khoản chăm lo"
    click(dialog.yes)
    assert dialog.isVisible()
    assert dialog.reason.finding_text() == "Chưa nhập lý do."
    dialog.reason.setFocus()
    type_keys("Ghi trùng")
    click(dialog.yes)
    assert reasons == ["Ghi trùng"]


@pytest.mark.parametrize(("key", "times"), [(Qt.Key.Key_Escape, 0), (Qt.Key.Key_Return, 1)])
def test_a_question_is_answered_by_keys(show: Show, qtbot: QtBot, key: Qt.Key, times: int, press: Press) -> None:
    parent = QWidget()
    show(parent)
    answers: list[int] = []
    dialog = ConfirmDialog(parent, "Gửi 2 gói?", "Ghi vào USB.", "Gửi 2 gói", lambda: answers.append(1))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(key)
    assert len(answers) == times


def test_enter_never_does_the_dangerous_thing(show: Show, qtbot: QtBot, press: Press) -> None:
    parent = QWidget()
    show(parent)
    answers: list[int] = []
    dialog = ConfirmDialog(
        parent, "Thu hồi?", "Không lấy lại được.", "Thu hồi khoá", lambda: answers.append(1), danger=True
    )
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_Return)
    assert answers == []


# Steps and paper


def test_steps_say_their_state_in_words(show: Show) -> None:
    steps = StepBar([Step("Cắm USB", "usb", "chưa thấy USB"), Step("Ghi", "download-simple")])
    show(steps)
    steps.set_step(0, "done", "KINGSTON (E:)")
    assert steps.cards[0].accessibleName() == "1. Cắm USB: xong. KINGSTON (E:)"
    steps.start()
    assert steps.state(0) == "waiting"
    assert steps.cards[0].accessibleName() == "1. Cắm USB: chưa tới. chưa thấy USB"


@pytest.fixture
def rendered() -> list[tuple[int, int]]:
    return []


@pytest.fixture
def paper(show: Show, rendered: list[tuple[int, int]]) -> PaperView:
    def render(page: int, width: int, give: Callable[[bytes], None]) -> None:
        rendered.append((page, width))
        image = QImage(width, round(width * 1.414), QImage.Format.Format_RGB32)
        image.fill(QColor("#FF0000" if page == 0 else "#00FF00"))
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt a str
        give(bytes(data.data()))

    made = PaperView()
    made.resize(700, 500)
    show(made)
    made.set_pages(render, [297 / 210] * 4)
    return made


def test_only_pages_in_sight_are_drawn(paper: PaperView, rendered: list[tuple[int, int]], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(rendered))
    assert {page for page, _ in rendered} == {0}
    assert paper.grab().toImage().pixelColor(350, 300) == QColor("#FF0000")


def test_pages_turn_by_key_and_number(paper: PaperView, press: Press) -> None:
    paper.number.setFocus()
    press(Qt.Key.Key_PageDown)
    assert paper.page() == 2
    paper.number.setValue(4)
    press(Qt.Key.Key_PageUp)
    assert paper.page() == 3
    assert paper.grab().toImage().pixelColor(350, 300) == QColor("#00FF00")


def test_zoom_keeps_the_page(paper: PaperView, click: Click) -> None:
    paper.turn(1)
    before = paper.zoom()
    click(paper.larger)
    assert paper.zoom() > before
    assert paper.page() == 2
    click(paper.whole)
    assert paper.zoom() == before


def test_without_pages_nothing_can_be_pressed(show: Show) -> None:
    view = PaperView()
    show(view)
    assert view.page() == 0
    assert not view.next.isEnabled()


# Bugs


@pytest.fixture
def hook() -> Any:
    before = (sys.excepthook, threading.excepthook)
    shown: list[str] = []
    excepthook.install(lambda: shown.append("shown"))
    yield shown
    sys.excepthook, threading.excepthook = before


def broken() -> BaseException:
    try:
        int("Lò Thị Hoa, 012190000001")
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.logs_warnings
def test_a_bug_is_logged_without_data_and_shown(hook: list[str], caplog: pytest.LogCaptureFixture) -> None:
    error = broken()
    with caplog.at_level(logging.ERROR):
        sys.excepthook(type(error), error, error.__traceback__)
    assert hook == ["shown"]
    assert "ValueError" in caplog.text
    assert f"{__name__}.broken:" in caplog.text
    assert "Lò Thị Hoa" not in caplog.text
    assert "0121" not in caplog.text


@pytest.mark.logs_warnings
def test_a_bug_of_another_thread_is_logged_only(hook: list[str], caplog: pytest.LogCaptureFixture) -> None:
    error = broken()
    threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, None)))
    assert hook == []
    assert "ValueError" in caplog.text


def test_a_sheet_on_its_side_is_shown_on_its_side(show: Show, qtbot: QtBot) -> None:
    asked: list[tuple[int, int]] = []
    view = PaperView()
    show(view)
    view.set_pages(lambda page, width, give: asked.append((page, width)), [297 / 210, 210 / 297, 297 / 210])
    pages = view.pages
    upright, wide = pages.height_of(0), pages.height_of(1)
    assert upright == pytest.approx(2 * wide, rel=0.01)
    assert pages.top_of(2) - pages.top_of(1) == wide + (pages.top_of(1) - pages.top_of(0) - upright)
    assert [pages.page_at(pages.top_of(page) + 1) for page in range(3)] == [0, 1, 2]
    assert pages.sizeHint().height() > 2 * upright + wide
    view.set_pages(lambda page, width, give: None, ())
    assert pages.page_at(10) == 0


def test_the_list_of_pages_leads_to_a_page_and_follows(show: Show, click: Click) -> None:
    drawn: set[int] = set()

    def render(page: int, width: int, give: object) -> None:
        if width < 150:
            drawn.add(page)

    view = PaperView()
    view.resize(700, 500)
    show(view)
    view.set_pages(render, [297 / 210] * 30)
    assert not view._list.isVisible()
    assert drawn == set()
    click(view.list_button)
    view.grab()
    assert drawn
    assert max(drawn) < 29
    place = QPoint(view.small.width() // 2, view.small.top_of(2) + 5)
    QTest.mouseClick(view.small, Qt.MouseButton.LeftButton, pos=place)
    assert view.page() == 3
    view.turn(20)
    assert view.small._marked == 22
    assert view._list.verticalScrollBar().value() > 0
    click(view.list_button)
    assert not view._list.isVisible()
