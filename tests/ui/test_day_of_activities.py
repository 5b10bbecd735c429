"""The rest of an afternoon in the real window without the mouse: activities, needs up to a decision, a fund, a gift
list. Each key is counted, and what is kept is what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.need_states import NeedState
from congdoan_desktop.services import activities, attachments, drafts, funds, needs, support
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages.activities.form import ActivityForm
from congdoan_desktop.ui.pages.activities.page import ActivitiesPage
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.pages.support import CarePage
from congdoan_desktop.ui.pages.support.gifts import GiftsPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.pictures.photos import photo
from tests.ui.entry_office import CLINIC, POWER, SCHOOL, SHORT_NAMES, TEA, Given, ask
from tests.ui.typist import Typist

ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip
Key = Qt.Key
LETTERS = dict(zip(SHORT_NAMES, ("muong cang", "kim", "che", "luc", "tieu", "ubnd", "gach", "mam non"), strict=True))
KEYS_EACH = 27
"""At most for an activity, in the mean; more than half of them are letters and figures that stand on the paper."""


@dataclass(frozen=True, slots=True)
class Held:
    """An activity on paper. `kind` is what is typed to find `code`."""

    kind: str
    code: str
    title: str
    units: tuple[str, ...]
    day: int
    people: int = 0
    women: int = 0
    cost: int = 0
    state: str = "done"


DONE = (
    Held("the thao", "the_thao", "Giải bóng bàn", (SCHOOL,), 3, 30, 12, 2_000_000),
    Held("the thao", "the_thao", "Giải cầu lông", (SCHOOL, CLINIC, TEA, POWER, "UBND xã"), 4, 24, 10, 1_500_000),
    Held("van nghe", "van_nghe", "Hội diễn", (POWER,), 4, 45, 30, 1_500_000),
    Held("bua com", "bua_com", "Bữa cơm tháng 7", (TEA, "Gạch Tà Gia"), 5, 80, 41, 3_000_000),
    Held("tham quan", "tham_quan", "Về nguồn", (CLINIC,), 8, 14, 9, 5_000_000),
    Held("gap mat", "gap_mat", "Gặp mặt cán bộ cũ", ("UBND xã",), 9, 20, 6),
    Held("moi truong", "moi_truong", "Trồng cây", ("Tiểu học số 2", "Mầm non Hua Nà", SCHOOL, TEA), 10, 33, 25),
    Held("dang huong", "dang_huong", "Dâng hương", (POWER, SCHOOL, CLINIC), 11, 12, 2),
)
PLANNED = (
    Held("gap mat", "gap_mat", "Toạ đàm quý III", (SCHOOL,), 12, 40, 20, state="planned"),
    Held("tham quan", "tham_quan", "Đi Mường Than", (CLINIC,), 15, state="planned"),
)


class Officer(Typist):
    """Keys in the window, and eyes: nobody types on before what was asked for is there."""

    def __init__(self, window: MainWindow, runner: TaskRunner, qtbot: QtBot) -> None:
        super().__init__()
        self._window, self._runner, self._qtbot = window, runner, qtbot

    def alt(self, key: Key) -> None:
        self.press(key, ALT)

    def ctrl(self, key: Key) -> None:
        self.press(key, CONTROL)
        self.rest()

    def rest(self) -> None:
        assert self._runner.wait_idle()
        if QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None:
            self._window.activateWindow()  # offscreen, and only there, a list that was open has been active
            self._qtbot.waitUntil(self._window.isActiveWindow)

    def chosen(self, letters: str, is_there: Callable[[], bool]) -> None:
        """Letters and Enter in a list that is searched."""
        self.write(letters)
        self.press(Key.Key_Return)
        self._qtbot.waitUntil(is_there)
        self.rest()

    def until(self, seen: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(seen)
        self.rest()


@pytest.fixture
def officer(window: MainWindow, runner: TaskRunner, qtbot: QtBot) -> Officer:
    window.resize(1366, 768)
    return Officer(window, runner, qtbot)


def opened(window: MainWindow) -> ActivitiesPage:
    return window.findChildren(ActivitiesPage)[0]


def are_ticked(form: ActivityForm, count: int) -> bool:
    ticked = form.units.value()
    return isinstance(ticked, tuple) and len(ticked) == count


def type_activity(officer: Officer, page: ActivitiesPage, one: Held, before: Held | None) -> None:
    form = page.activity_form
    if before is None or before.kind != one.kind:
        officer.chosen(one.kind, lambda: form.kind.value() == one.code)
    officer.alt(Key.Key_T)
    officer.write(one.title)
    if (before.state if before else "done") != one.state:
        officer.alt(Key.Key_R)
        officer.press(Key.Key_Down)
    officer.alt(Key.Key_H)
    for at, unit in enumerate(one.units, 1):
        officer.chosen(LETTERS[unit], partial(are_ticked, form, at))
    if before is None or before.day != one.day:
        officer.alt(Key.Key_N)
        officer.write(f"{one.day}/7")
    for key, number in ((Key.Key_S, one.people), (Key.Key_G, one.women)):
        if number:
            officer.alt(key)
            officer.write(str(number))
    if one.cost:
        officer.alt(Key.Key_K)
        officer.write(f"{one.cost // 1000}k")
        if before is None or not before.cost:
            officer.alt(Key.Key_U)
            officer.write("tai")


def kept(given: Given, runner: TaskRunner, since: set[str]) -> list[tuple[object, ...]]:
    rows = ask(runner, lambda: activities.listing(given.office))
    found = [row for row in rows if row.id not in since]
    return sorted(
        (a.title, a.kind, row.unit_name, a.starts, a.participants, a.women, a.cost, a.state, a.campaign is not None)
        for row in found for a in (row.activity,)
    )  # fmt: skip


def written(those: tuple[Held, ...]) -> list[tuple[object, ...]]:
    return sorted(
        (one.title, one.code, unit, date(2024, 7, one.day), one.people, one.women, one.cost, one.state, True)
        for one in those for unit in one.units
    )  # fmt: skip


def ids(given: Given, runner: TaskRunner) -> set[str]:
    return {row.id for row in ask(runner, lambda: activities.listing(given.office))}


def look_for(officer: Officer, page: ActivitiesPage, letters: str, title: str) -> None:
    officer.ctrl(Key.Key_F)
    officer.press(Key.Key_A, CONTROL)
    officer.write(letters)
    officer.until(lambda: [row["name"] for row in page.table.rows.rows() if isinstance(row, dict)] == [title])
    officer.press(Key.Key_Down)
    officer.until(lambda: page.form.field("title").value() == title)


@pytest.mark.parametrize("done", [DONE[:2], pytest.param(DONE, marks=pytest.mark.long)], ids=["two", "all"])
def test_activities_planned_held_repeated_and_with_a_picture(
    window: MainWindow, officer: Officer, given: Given, runner: TaskRunner, tmp_path: Path, done: tuple[Held, ...]
) -> None:
    before = ids(given, runner)
    officer.ctrl(Key.Key_3)
    page = opened(window)
    officer.ctrl(Key.Key_N)
    last = None
    for one in (*done, *PLANNED):
        type_activity(officer, page, one, last)
        officer.ctrl(Key.Key_Return)
        officer.until(lambda: page.form.field("title").value() is None)
        last = one
    assert kept(given, runner, before) == written((*done, *PLANNED))
    if done is DONE:
        assert len(kept(given, runner, before)) == 20
        assert officer.keys <= KEYS_EACH * 20
    officer.press(Key.Key_Escape)
    look_for(officer, page, "toa dam quy", "Toạ đàm quý III")
    officer.press(Key.Key_F9)
    officer.until(lambda: page.activity_form.state.value() == "done")
    look_for(officer, page, "di muong", "Đi Mường Than")
    officer.press(Key.Key_F9)
    officer.until(page.form.field("participants").control.hasFocus)
    officer.write("25")
    officer.ctrl(Key.Key_S)
    held = tuple(replace(one, state="done", people=one.people or 25) for one in PLANNED)
    assert kept(given, runner, before) == written((*done, *held))
    assert attached(officer, page, given, runner, tmp_path) == 1


def attached(officer: Officer, page: ActivitiesPage, given: Given, runner: TaskRunner, folder: Path) -> int:
    """A photo hung on the record that is open, from the button to the file's name."""
    (folder / "anh.jpg").write_bytes(photo(300, 200, 6))
    officer.alt(Key.Key_C)
    officer.press(Key.Key_Tab)
    button = QApplication.focusWidget()
    assert button is not None
    assert "ảnh" in button.accessibleName().lower()
    officer.press(Key.Key_Return)
    officer.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    officer.write(str(folder / "anh.jpg"))
    officer.press(Key.Key_Return)
    record = page.editor.record or ""
    officer.until(lambda: bool(ask(runner, lambda: attachments.listing(given.office, record))))
    return len(ask(runner, lambda: attachments.listing(given.office, record)))


def care(window: MainWindow, officer: Officer, tab: int) -> EntryPage:
    """The tab of the page "Chăm lo" that lies so many to the right of the one in front."""
    for _ in range(tab):
        officer.ctrl(Key.Key_PageDown)
    found = window.findChildren(CarePage)[0].currentWidget()
    assert isinstance(found, EntryPage)
    return found


def type_need(officer: Officer, page: EntryPage, name: str, cause: str, why: str, sum_: str, way: str) -> None:
    """What the need before it said already is passed over by Enter."""
    officer.press(Key.Key_Return)
    officer.chosen(name, lambda: not page.form.field("name").control.hasFocus())
    if cause:
        officer.enter("", "", cause)
    else:
        officer.enter("")
    officer.write(why)
    officer.press(Key.Key_Tab)
    officer.enter("")
    if cause:
        officer.enter("tro cap")
    officer.write(sum_)
    officer.press(Key.Key_Return, times=2 if cause else 1)
    officer.enter("28/7")
    officer.write(way)


def states(given: Given, runner: TaskRunner) -> set[NeedState]:
    return {row.journey.state for row in ask(runner, lambda: needs.listing(given.office))}


def test_two_needs_come_to_a_decision_and_are_paid(
    window: MainWindow, officer: Officer, given: Given, runner: TaskRunner
) -> None:
    officer.ctrl(Key.Key_4)
    page = care(window, officer, 2)
    officer.ctrl(Key.Key_N)
    type_need(officer, page, "vang a pao", "benh hi", "Điều trị dài ngày", "5tr", "don")
    officer.ctrl(Key.Key_Return)
    officer.until(lambda: page.form.field("name").value() is None)
    type_need(officer, page, "lo van inh", "", "Gãy tay", "3tr", "loi")
    officer.ctrl(Key.Key_S)
    assert states(given, runner) == {NeedState.WAITING}
    officer.press(Key.Key_Escape)
    officer.ctrl(Key.Key_A)
    officer.ctrl(Key.Key_L)
    officer.ctrl(Key.Key_S)
    officer.ctrl(Key.Key_L)
    officer.ctrl(Key.Key_S)  # who was there is asked for, and the cursor is there
    officer.write("Lò Thị Hoa")
    officer.press(Key.Key_Tab)
    officer.write("Phó Chủ tịch")
    officer.ctrl(Key.Key_S)
    officer.ctrl(Key.Key_L)
    officer.write("15/QĐ-CĐX")
    officer.ctrl(Key.Key_S)
    assert states(given, runner) == {NeedState.DECIDED}
    assert officer.keys < 200
    before = len(ask(runner, lambda: support.listing(given.office)))
    officer.ctrl(Key.Key_L)
    officer.until(lambda: QApplication.activeModalWidget() is not None)
    officer.press(Key.Key_Return, times=2)
    officer.until(lambda: QApplication.activeModalWidget() is None)
    assert len(ask(runner, lambda: support.listing(given.office))) == before + 2


def test_money_comes_into_a_fund(window: MainWindow, officer: Officer, given: Given, runner: TaskRunner) -> None:
    officer.ctrl(Key.Key_4)
    page = care(window, officer, 6)
    officer.ctrl(Key.Key_N)
    officer.enter("quy xa")
    officer.chosen("kim", lambda: page.form.field("unit").value() == given.units[CLINIC])
    officer.enter("28/7", "3tr")
    officer.write("14")
    officer.ctrl(Key.Key_S)
    (made,) = (row.record for row in ask(runner, lambda: funds.listing(given.office)))
    assert (made.fund, made.amount, made.people, made.on) == ("quy_xa_hoi", 3_000_000, 14, date(2024, 7, 28))


@pytest.mark.parametrize("count", [4, pytest.param(40, marks=pytest.mark.long)])
def test_a_gift_list_for_people_of_several_unions(
    window: MainWindow, officer: Officer, given: Given, runner: TaskRunner, count: int
) -> None:
    """One line after the other; what each gets is said once, in the head."""
    officer.ctrl(Key.Key_4)
    before = len(ask(runner, lambda: support.listing(given.office)))
    officer.ctrl(Key.Key_PageDown)
    page = window.findChildren(CarePage)[0].currentWidget()
    assert isinstance(page, GiftsPage)
    officer.press(Key.Key_F6)
    officer.write("quy xa")
    officer.alt(Key.Key_C)
    officer.write("tet")
    officer.alt(Key.Key_T)
    officer.write("500k")
    officer.press(Key.Key_F6)
    names = [f"Lò Thị Hoa {at}" for at in range(count)]
    for at, name in enumerate(names):
        officer.write(name)
        officer.press(Key.Key_Tab, times=3)
        officer.write(SHORT_NAMES[at % len(SHORT_NAMES)])
        officer.press(Key.Key_Return)
        officer.until(lambda: page.grid.currentIndex().column() == 0)
    officer.ctrl(Key.Key_S)
    officer.until(lambda: page.model.lines == [])
    rows = ask(runner, lambda: support.listing(given.office))
    assert len(rows) == before + count
    assert {row.person for row in rows} >= set(names)


def test_a_union_registers_for_emulation(
    window: MainWindow, officer: Officer, given: Given, runner: TaskRunner
) -> None:
    """Đăng ký thi đua: from the view "Thi đua" to the saved record, which stands in the view afterwards."""
    officer.ctrl(Key.Key_3)
    page = opened(window)
    officer.ctrl(Key.Key_PageDown)
    officer.ctrl(Key.Key_PageDown)
    assert page.emulation.isVisible()
    officer.ctrl(Key.Key_N)
    form = page.activity_form
    assert form.kind.value() == "dang_ky_thi_dua"
    officer.alt(Key.Key_T)
    officer.write("Đăng ký danh hiệu năm 2024")
    officer.alt(Key.Key_H)
    officer.chosen(LETTERS[SCHOOL], partial(are_ticked, form, 1))
    officer.press(Key.Key_Return)
    officer.until(form.field("starts").control.hasFocus)
    officer.write("6/5")
    for _ in range(12):
        if not form.field("count").control.hasFocus():
            officer.press(Key.Key_Return)
    officer.write("14")
    officer.ctrl(Key.Key_S)
    assert drafts.find(given.office, "activity") is None
    (made,) = (
        row for row in ask(runner, lambda: activities.listing(given.office)) if row.activity.kind == "dang_ky_thi_dua"
    )
    assert (made.activity.title, made.unit_name, made.activity.starts, made.activity.count, made.activity.campaign) == (
        "Đăng ký danh hiệu năm 2024", SCHOOL, date(2024, 5, 6), 14, given.campaign,
    )  # fmt: skip
    officer.press(Key.Key_Escape)
    officer.ctrl(Key.Key_PageDown)
    officer.ctrl(Key.Key_PageDown)
    rows = page.emulation.entries.table.rows.rows()
    assert [(row["title"], row["count"]) for row in rows] == [("Đăng ký danh hiệu năm 2024", 14)]  # type: ignore[index]
