"""The open office in its window: pages, status line, badges, help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCloseEvent

from congdoan_desktop.services import backup, finding, home, mailbox, units
from congdoan_desktop.services.finding import Hit
from congdoan_desktop.ui.ahead import Ahead
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.help_dialog import HelpDialog
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages import PAGES
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.renewing import Renewing
from congdoan_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

_REFRESH_AFTER_MS = 300
NEW = "new"
_FOUND_IN = {"unit": "units", "person": "members", "workplace": "workplaces"}
"""Type of what was found -> its tab in the page of units."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the status line and the badges say."""

    unit: str
    officer: str
    sample: bool
    backed_up: str | None
    waiting: int
    todos: int


class Desk(QObject):
    """Builds the window for an office and keeps its edges true.

    It can be built before the office is open (`enter`): nothing is asked of the database until the window is seen.
    """

    def __init__(self, runner: TaskRunner, preferences: Preferences) -> None:
        super().__init__()
        self._runner, self._preferences = runner, preferences
        self._opened: Office | None = None
        self.context = Context(runner, lambda: self._office, self.go)
        self.window = _Window(runner, preferences)
        for entry in PAGES:
            self.window.add_page(
                entry.key, entry.icon, entry.title, partial(entry.build, self.context), bottom=entry.bottom
            )
        self.window.set_help(self._show_help)
        self.window.find_wanted.connect(self._find)
        self.window.hit_chosen.connect(self._open_hit)
        self.window.look_changed.connect(preferences.keep_look)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REFRESH_AFTER_MS)
        self._later.timeout.connect(self._refresh)
        runner.changed.connect(self._changed)
        self._ahead = Ahead(self.window, runner, [entry.key for entry in PAGES if entry.ahead])
        self.window.show_page(PAGES[0].key)

    @property
    def _office(self) -> Office:
        assert self._opened is not None
        return self._opened

    def enter(self, office: Office) -> None:
        """The office is open; the window may be shown."""
        self._opened = office
        self._renewing = Renewing(self.window, [entry.key for entry in PAGES if entry.chooses])
        office.take_turns(self._runner.turns)
        # In the next turn: the page has asked for its figures by then, and is not made to wait for the edges.
        QTimer.singleShot(0, self, self._refresh)

    def go(self, key: str, object_: str = "") -> None:
        """Show a page, and there the object of an id, or its empty form for NEW."""
        page = self.window.show_page(key)
        if object_ == NEW and hasattr(page, "open_new"):
            page.open_new()
        elif object_ and hasattr(page, "open_object"):
            page.open_object(object_)

    def _find(self, typed: str) -> None:
        self._runner.run(lambda: finding.find(self._office, typed), done=partial(self._show_hits, typed))

    def _show_hits(self, typed: str, hits: list[Hit]) -> None:
        self.window.show_hits(typed, [Option(hit, hit.text, hit.second) for hit in hits])

    def _open_hit(self, hit: object) -> None:
        if isinstance(hit, Hit):
            self.go("units", f"{_FOUND_IN[hit.kind]}/{hit.id}")

    def close(self) -> None:
        """Close the office on its thread, after what waits there."""
        self._later.stop()
        if self._opened is not None:
            self._runner.run(self._opened.close)

    def _changed(self, _changes: object) -> None:
        self._renewing.take_note()
        now = self._office.clock.now()
        self.window.status.saved.say(f"Đã lưu {now:%H:%M}", "ok")
        self._later.start()

    def _refresh(self) -> None:
        self._runner.run(self._standing, done=self._show)

    def _standing(self) -> Standing:
        identity = self._office.identity
        return Standing(
            unit=units.own(self._office).name,
            officer=f"{identity.officer.name} · {identity.officer.title}",
            sample=identity.realm != "real",
            backed_up=backup.last_backup(self._office),
            waiting=mailbox.waiting(self._office),
            todos=home.count_todos(self._office),
        )

    def _show(self, standing: Standing) -> None:
        window = self.window
        window.set_unit(standing.unit, standing.officer)
        window.setWindowTitle(f"Công đoàn – {standing.unit}{' – DỮ LIỆU MẪU' if standing.sample else ''}")
        window.set_badge("home", standing.todos, "việc cần làm")
        window.set_badge("handoff", standing.waiting, "gói chờ biên nhận")
        window.status.waiting.say(f"{standing.waiting} gói chờ biên nhận" if standing.waiting else "", "warn")
        window.status.backup.say(_since(standing.backed_up, self._office.clock.now()))

    def _show_help(self, page: str) -> None:
        title = next(entry.title for entry in PAGES if entry.key == page)
        HelpDialog(self.window, title, self.window.current_tab()).show()


class _Window(MainWindow):
    """The main window, which stays where it was left."""

    def __init__(self, runner: TaskRunner, preferences: Preferences) -> None:
        super().__init__(runner)
        self._preferences = preferences
        preferences.restore_place(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._preferences.keep_place(self)
        super().closeEvent(event)


def _since(backed_up: str | None, now: datetime) -> str:
    if backed_up is None:
        return "Chưa sao lưu"
    minutes = int((now - datetime.fromisoformat(backed_up)).total_seconds()) // 60
    if minutes < 60:
        return f"Sao lưu {max(minutes, 0)} phút trước"
    if minutes < 48 * 60:
        return f"Sao lưu {minutes // 60} giờ trước"
    return f"Sao lưu {minutes // (24 * 60)} ngày trước"
