"""The whole sample province in the window, with hands that save, wait and paste.

Nothing here can wait for ever: what does not come within five minutes ends the bench with what the form says.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from congdoan_desktop.services import receivers, sample, support_list
from congdoan_desktop.ui.application import make_application
from congdoan_desktop.ui.desk import Desk
from congdoan_desktop.ui.pages.support.receiver_form import person_values
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.tasks import Task, TaskRunner

_LONGEST_MS = 300_000


class Hands:
    """An officer at the list of support, with a form that is filled by values."""

    def __init__(self, folder: Path) -> None:
        self.app = make_application()
        self.runner = TaskRunner()
        preferences = Preferences(folder)
        preferences.dress(self.app)
        self.office = self.ask(lambda: sample.open_side(folder, sample.BIG))
        self._desk = Desk(self.runner, preferences)
        self._desk.enter(self.office)
        self._desk.window.show()
        care: Any = self._desk.window.show_page("support")
        self._care = care
        self.page: Any = self._care.part("records")
        self.quiet()
        self.known = self.ask(lambda: support_list.page(self.office, support_list.Wanted()).rows[0])
        people = self.ask(lambda: receivers.find_people(self.office, "lò", limit=2_000))
        self._people = (hit for hit in people if not hit.times_this_year)

    def quiet(self) -> None:
        if not self.runner.wait_idle(_LONGEST_MS):
            raise RuntimeError("the window never came to rest")

    def ask(self, call: Callable[[], Any]) -> Any:
        """The answer of a service, with nothing else going on."""
        found: list[Any] = []
        self.runner.run(call, done=found.append)
        self.quiet()
        return found[0]

    def begin(self, call: Callable[..., object], *, imports: bool = False) -> Task:
        """Something that goes on beside, as a page would ask for it."""
        changes = frozenset({"support"}) if imports else frozenset()
        return self.runner.run(call, with_progress=imports, changes=changes)

    def save(self) -> float:
        """Milliseconds from Ctrl+S until the window has stored one more record."""
        self._fill()
        began = time.perf_counter()
        _press(self.page.editor, Qt.Key.Key_S)
        while self.page.editor.record is not None:
            self._wait()
        return 1000 * (time.perf_counter() - began)

    def _fill(self) -> None:
        self.page.open_new()
        hit, given = next(self._people), self.known.record
        self.page.form.set_values(
            {**self.page.new_values(None), **person_values(hit), "unit": hit.unit, "on": given.on, "cause": given.cause,
             "kind": given.kind, "fund": given.fund, "cash": 500_000}
        )  # fmt: skip

    def pause(self, ms: int) -> None:
        """The window lives on without any hand."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def open_gifts(self) -> Any:
        """The tab of gift lists, with what a list is for filled in."""
        self._care.open_object("gifts")
        gifts = self._care.part("gifts")
        self.quiet()
        given = self.known.record
        gifts.form.set_values({**gifts.form.values(), "fund": given.fund, "cause": given.cause})
        self.pause(500)
        self.quiet()
        return gifts

    def paste(self, gifts: Any, text: str, lines: int) -> float:
        """Milliseconds from Ctrl+V in the empty grid until every line shows what was found."""
        gifts._discard()
        self.pause(500)
        self.quiet()
        QGuiApplication.clipboard().setText(text)
        gifts.grid.setFocus()
        began = time.perf_counter()
        _press(gifts.grid, Qt.Key.Key_V)
        while len(gifts.checked) != lines:
            self._wait()
        return 1000 * (time.perf_counter() - began)

    def _wait(self) -> None:
        """Until the next task is over. Raises: RuntimeError when none is under way: the form was not taken."""
        if self.runner.idle:
            findings = [one.message for one in self.page.form.findings()]
            raise RuntimeError(f"nothing is under way: {findings}, {self.page.banner.text()}")
        loop = QEventLoop()
        self.runner.ended.connect(loop.quit)
        QTimer.singleShot(_LONGEST_MS, loop, lambda: loop.exit(1))
        stuck = loop.exec()
        self.runner.ended.disconnect(loop.quit)
        if stuck:
            raise RuntimeError("it never came to an end")


def _press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key, Qt.KeyboardModifier.ControlModifier)
