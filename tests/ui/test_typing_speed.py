"""Fifteen keys a second, as UniKey sends them, with a full register behind the form: none is lost or overtaken."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from congdoan_desktop.services import sample
from congdoan_desktop.services.office import Office
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.pages.entry.paged import PagedEntryPage
from congdoan_desktop.ui.pages.support import SupportPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import Given, text_fields, text_of
from tests.ui.hands import CONTROL, Press, Show, open_page

KEYS_A_SECOND = 15
STREAM, TYPED = "Lò Thị Đu<uo<ơ<ờng ở Na<ậm Ma<ẫu 5<6", "Lò Thị Đuờng ở Nậm Mẫu 6"
SKIPPED = frozenset({"unit"})
"""A field whose text is put in order when it is left."""


def typed_at_speed(keys: str) -> None:
    """Each key goes through the queue of events when its moment has come, whatever the window is doing."""
    loop, left = QEventLoop(), list(keys)

    def press() -> None:
        if not left:
            timer.stop()
            loop.quit()
            return
        letter = left.pop(0)
        goal = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert goal is not None
        key = Qt.Key.Key_Backspace if letter == "<" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "" if letter == "<" else letter)
            QCoreApplication.postEvent(goal, event)

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(press)
    timer.start(1000 // KEYS_A_SECOND)
    loop.exec()


def type_everywhere(page: PagedEntryPage, press: Press, names: Callable[[str], bool]) -> list[str]:
    """Into each text field of a new record; what came out otherwise is named."""
    press(Qt.Key.Key_N, CONTROL)
    fields = {name: field for name, field in text_fields(page.form).items() if field.isVisibleTo(page.form)}
    wrong = []
    for name, field in fields.items():
        if names(name):
            page.form.go_to(name)
            typed_at_speed(STREAM)
            if not text_of(field).endswith(TYPED):
                wrong.append(f"{name}: {text_of(field)}")
    return wrong


def test_keys_keep_their_order_while_the_database_works(
    given: Given, runner: TaskRunner, show: Show, press: Press
) -> None:
    """The list behind is asked for again and again meanwhile."""
    page = open_page(SupportPage, given.context, show)
    again = QTimer()
    again.timeout.connect(page.reload)
    again.start(40)
    assert type_everywhere(page, press, lambda name: name == "name") == []
    again.stop()
    assert runner.wait_idle()


@pytest.fixture
def province(tmp_path: Path, runner: TaskRunner) -> Generator[Context]:
    """The whole sample province: 268,000 records, of them 195,000 activities and gifts."""
    held: list[Office] = []
    runner.run(lambda: sample.enter(tmp_path, sample.BIG), done=held.append)
    assert runner.wait_idle(600_000)
    yield Context(runner, lambda: held[0], lambda _page, _id: None)
    runner.run(held[0].close)
    assert runner.wait_idle()


@pytest.mark.long
def test_keys_keep_their_order_over_two_hundred_thousand_records(
    province: Context, runner: TaskRunner, show: Show, press: Press
) -> None:
    for kind in (SupportPage, ActivitiesPage):
        page = open_page(kind, province, show)
        assert type_everywhere(page, press, lambda name: name not in SKIPPED) == []
        assert runner.wait_idle(60_000)
