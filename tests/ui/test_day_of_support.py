"""A day's work in the real window without the mouse: slip after slip, all of them kept, each key counted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.services import support
from congdoan_desktop.services.support_list import SupportRow
from congdoan_desktop.ui.desk import Desk
from congdoan_desktop.ui.pages.support import CarePage, SupportPage
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import afternoon, entry_office
from tests.ui.afternoon import Slip
from tests.ui.entry_office import Given
from tests.ui.hands import Show
from tests.ui.typist import Typist

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
Known = list[tuple[Person, str]]
KEYS_EACH = 24
"""At most, in the mean of 200 slips; nearly 19 of them are letters and figures that stand on the slip."""
_UNITS = {name: search_key(" ".join(name.split()[:2])) for name in entry_office.SHORT_NAMES}
"""What is typed for them."""
_PLAN = "39"


@pytest.fixture(scope="session")
def members_office(filled_office: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Known]:
    folder = tmp_path_factory.mktemp("members") / "union"
    shutil.copytree(filled_office[0], folder)
    runner = TaskRunner()
    held = entry_office.open_in(runner, folder, "")
    known: Known = entry_office.ask(runner, lambda: afternoon.fill(held.office, held.units))
    runner.run(held.office.close)
    runner.wait_idle()
    runner.shutdown()
    return folder, known


@pytest.fixture
def held(members_office: tuple[Path, Known], tmp_path: Path, runner: TaskRunner) -> Iterator[Given]:
    shutil.copytree(members_office[0], tmp_path / "union")
    opened = entry_office.open_in(runner, tmp_path / "union", "")
    yield opened
    runner.wait_idle()
    runner.run(opened.office.close)
    runner.wait_idle()


@pytest.fixture
def page(held: Given, show: Show, runner: TaskRunner, tmp_path: Path) -> Iterator[SupportPage]:
    desk = Desk(runner, Preferences(tmp_path))
    desk.enter(held.office)
    show(desk.window)
    assert runner.wait_idle()
    typist = Typist()
    typist.press(Qt.Key.Key_4, CONTROL)
    assert runner.wait_idle()
    typist.press(Qt.Key.Key_N, CONTROL)
    care = desk.window.findChildren(CarePage)[0]
    records = care.currentWidget()
    assert isinstance(records, SupportPage)
    yield records
    desk._later.stop()


class Day:
    """Slip after slip. What a slip shares with the one before it is not typed again."""

    def __init__(self, page: SupportPage, runner: TaskRunner, qtbot: QtBot) -> None:
        self.typist, self._page, self._runner, self._qtbot = Typist(), page, runner, qtbot
        self._before: Slip | None = None
        self._said_no_members = False

    def work(self, slips: list[Slip]) -> None:
        for slip in slips:
            self._awaken("name")
            self._receiver(slip)
            self._shared(slip)
            self._sums(slip)
            self._qtbot.waitUntil(self._sees_what_is_typed)
            self.typist.press(Qt.Key.Key_Return, CONTROL)
            self._before = slip

    def _receiver(self, slip: Slip) -> None:
        if slip.group:
            self.typist.press(Qt.Key.Key_O, ALT)
        self.typist.write(afternoon.sought(slip) if slip.known else slip.name)
        self._enter_and_look("name")
        if not slip.known:
            self._unit(slip)
        if not (slip.known or slip.group):
            self.typist.enter(str(slip.born), "")
            if not self._said_no_members:
                self.typist.press(Qt.Key.Key_Space)
                self._said_no_members = True
            self.typist.enter("")

    def _unit(self, slip: Slip) -> None:
        if self._before is None or self._before.unit != slip.unit:
            self.typist.write(_UNITS[slip.unit])
        self._enter_and_look("unit")

    def _shared(self, slip: Slip) -> None:
        batch, before = slip.batch, self._before.batch if self._before else None
        if batch == before:
            return
        self.typist.press(Qt.Key.Key_N, ALT)
        self.typist.write(f"{batch.on.day}/{batch.on.month}")
        for letters in batch.typed:
            self.typist.press(Qt.Key.Key_Tab)
            self.typist.write(letters)
        self.typist.press(Qt.Key.Key_S, ALT)
        self.typist.write(batch.decision)
        if batch.in_plan != (before is None or before.in_plan):
            self.typist.press(Qt.Key.Key_P, ALT)
            if batch.in_plan:
                self.typist.write(_PLAN)
            else:
                self.typist.press(Qt.Key.Key_Home)
        self.typist.press(Qt.Key.Key_T, ALT)

    def _sums(self, slip: Slip) -> None:
        if self._before is not None and self._before.cash == slip.cash:
            self.typist.press(Qt.Key.Key_D, CONTROL)
        else:
            self.typist.write(f"{slip.cash // 1000}k" if slip.cash % 1_000_000 else f"{slip.cash // 1_000_000}tr")
        if slip.in_kind:
            self.typist.enter("", f"{slip.in_kind // 1000}k")
            self.typist.write(slip.goods)

    def _sees_what_is_typed(self) -> bool:
        here = QApplication.focusWidget()
        return here is not None and here.visibleRegion().boundingRect().height() == here.height()

    def _enter_and_look(self, field: str) -> None:
        """Nobody types on before the cursor has gone on; what stands on the screen is seen."""
        self.typist.press(Qt.Key.Key_Return)
        control = self._page.form.field(field).control
        self._qtbot.waitUntil(lambda: not control.hasFocus() and QApplication.activePopupWidget() is None)
        self._awaken()

    def _awaken(self, field: str = "") -> None:
        """Offscreen, and only there, a list that was open has been the active window; no focus moves meanwhile."""
        if QApplication.platformName() == "offscreen":
            self._page.activateWindow()
            self._qtbot.waitUntil(self._page.isActiveWindow)
            self._qtbot.waitUntil(lambda: not field or self._page.form.field(field).control.hasFocus())


def as_written(slips: list[Slip]) -> set[tuple[object, ...]]:
    return {
        (slip.name, slip.unit, slip.batch.on, slip.batch.cause, slip.batch.kind, slip.batch.fund, slip.batch.decision,
         slip.cash, slip.in_kind, slip.goods, slip.batch.in_plan, slip.group)
        for slip in slips
    }  # fmt: skip


def as_kept(rows: list[SupportRow]) -> set[tuple[object, ...]]:
    return {
        (row.person, row.unit_name, one.on, one.cause, one.kind, one.fund, one.decision, one.cash, one.in_kind,
         one.goods, one.campaign is not None, bool(one.group))
        for row in rows for one in (row.record,)
    }  # fmt: skip


def listed(held: Given, runner: TaskRunner) -> list[SupportRow]:
    found: list[SupportRow] = entry_office.ask(runner, lambda: support.listing(held.office))
    return found


def typed_day(held: Given, page: SupportPage, runner: TaskRunner, qtbot: QtBot, slips: list[Slip]) -> Day:
    before = {row.id for row in listed(held, runner)}
    day = Day(page, runner, qtbot)
    day.work(slips)
    assert runner.wait_idle()
    kept = [row for row in listed(held, runner) if row.id not in before]
    assert as_kept(kept) == as_written(slips)
    assert len(kept) == len(slips)
    return day


def test_ten_slips_of_every_sort_without_the_mouse(
    held: Given, members_office: tuple[Path, Known], page: SupportPage, runner: TaskRunner, qtbot: QtBot
) -> None:
    whole = afternoon.slips(members_office[1])
    typed_day(held, page, runner, qtbot, [*whole[:1], *whole[3:8], whole[12], *whole[40:42], whole[47]])


@pytest.mark.long
def test_two_hundred_slips_of_a_day_without_the_mouse(
    held: Given, members_office: tuple[Path, Known], page: SupportPage, runner: TaskRunner, qtbot: QtBot
) -> None:
    slips = afternoon.slips(members_office[1])
    assert len(slips) == 200
    day = typed_day(held, page, runner, qtbot, slips)
    assert day.typist.keys <= KEYS_EACH * len(slips)
