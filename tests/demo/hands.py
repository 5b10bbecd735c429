"""Hands and eyes of an officer: they find what is in sight, click and type, and wait until the program rests.

Nothing here calls a service or a slot. A widget that an officer could not reach (hidden, grey, covered, ambiguous)
stops the story.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QWidget,
)

from congdoan_desktop.ui.application import Program

W = TypeVar("W", bound=QWidget)
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_LEFT = Qt.MouseButton.LeftButton
_PAUSE_MS = 30
_PATIENCE_MS = 20_000
_TICK_BOX_PX = 14


class Lost(Exception):
    """The story cannot go on: something an officer needs is not in sight."""


class Hands:
    """Work in the windows of one program, whose task runner tells when it rests."""

    def __init__(self, program: Program) -> None:
        self._program = program

    # Waiting

    def rest(self, ms: int = 0) -> None:
        """Wait until nothing is left to do, and then `ms` more (a pause in typing that the program waits for)."""
        QTest.qWait(_PAUSE_MS + ms)
        while not self._program.runner.idle:
            if not self._program.runner.wait_idle(_PATIENCE_MS):
                raise Lost("the program works on and on")
            QTest.qWait(_PAUSE_MS)
        QApplication.processEvents()  # what opened in the last moment finds its place
        self._give_back_focus()

    def _give_back_focus(self) -> None:
        """Qt's screen in memory leaves the focus with a list that has gone; a window system would not."""
        if QApplication.activePopupWidget() is None and not self.place().isActiveWindow():
            self.place().activateWindow()
            QTest.qWaitForWindowActive(self.place())

    # Finding

    def place(self) -> QWidget:
        """The window that gets clicks now: a dialog if one is open."""
        focus = QApplication.focusWidget()
        found = QApplication.activeModalWidget() or (focus.window() if focus else self._program.window)
        if found is None:
            raise Lost("no window is open")
        return found

    def all(self, kind: type[W], name: str = "") -> list[W]:
        found = self.place().findChildren(kind, name) if name else self.place().findChildren(kind)
        return [widget for widget in found if widget.isVisible()]

    def find(self, kind: type[W], name: str) -> W:
        """The one visible widget of this object name."""
        found = self.all(kind, name)
        if len(found) != 1:
            raise Lost(f"{len(found)} × {kind.__name__} “{name}” in “{self.place().windowTitle()}”")
        return found[0]

    def button(self, name: str) -> QAbstractButton:
        """By object name, or by what stands on it."""
        named = self.all(QAbstractButton, name)
        found = named or [b for b in self.all(QAbstractButton) if name in (b.accessibleName(), b.text().strip())]
        if len(found) != 1:
            shown = sorted(b.accessibleName() or b.text() for b in self.all(QAbstractButton))
            raise Lost(f"{len(found)} buttons “{name}” in “{self.place().windowTitle()}”: {shown}")
        return found[0]

    def sees(self, text: str) -> bool:
        """Whether a label in sight holds this text."""
        from PySide6.QtWidgets import QLabel

        return any(text in label.text() for label in self.all(QLabel))

    # Mouse

    def click(self, name: str) -> None:
        """Press a button."""
        self.press(self.button(name))
        self.rest()

    def press(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget where an officer can: enabled, scrolled into view, not covered."""
        if not widget.isEnabled():
            raise Lost(f"“{widget.accessibleName() or widget.objectName()}” is grey")
        reach(widget)
        place = at or QPoint(min(12, widget.width() // 2), widget.height() // 2)
        window = widget.window()
        hit = window.childAt(widget.mapTo(window, place))
        if hit is None or not (hit is widget or widget.isAncestorOf(hit) or hit.isAncestorOf(widget)):
            raise Lost(f"“{widget.accessibleName() or widget.objectName()}” is covered by {hit}")
        QTest.mouseClick(widget, _LEFT, _PLAIN, place)

    # Keys

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key where the system would send it."""
        popup = QApplication.activePopupWidget()
        inside = popup.focusWidget() if popup else None
        goals = (inside, popup, QApplication.focusWidget(), self.place())
        QTest.keyClick(next(goal for goal in goals if isinstance(goal, QWidget)), key, modifier)

    def type(self, text: str) -> None:
        """Type letter by letter; each key carries its letter, as an input method sends it."""
        for letter in text:
            goal = QApplication.activePopupWidget() or QApplication.focusWidget()
            if goal is None:
                raise Lost(f"nothing has the focus for “{text}”")
            key = Qt.Key.Key_Return if letter == "\n" else _key(letter)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(goal, QKeyEvent(kind, key, _PLAIN, "\r" if letter == "\n" else letter))

    # Fields

    def fill(self, name: str, text: str) -> None:
        """Click into a field of text, replace what stands there, and leave it with Tab."""
        line = self.enter(name)
        self.key(Qt.Key.Key_A, CONTROL)
        if text:
            self.type(text)
        else:
            self.key(Qt.Key.Key_Delete)
        if isinstance(line, QLineEdit) and line.text() != text:
            raise Lost(f"field “{name}” holds “{line.text()}” instead of “{text}”")
        self.leave()

    def leave(self) -> None:
        """To the next control; a list of suggestions that is open goes first."""
        if QApplication.activePopupWidget() is not None:
            self.key(Qt.Key.Key_Escape)
        self.key(Qt.Key.Key_Tab)
        self.rest()

    def enter(self, name: str) -> QLineEdit | QPlainTextEdit:
        found = [w for w in self.all(QWidget, name) if isinstance(w, (QLineEdit, QPlainTextEdit))]
        if len(found) != 1:
            raise Lost(f"{len(found)} fields “{name}” in “{self.place().windowTitle()}”")
        line = found[0]
        self.press(line)
        self.rest()
        if QApplication.focusWidget() is not line:
            raise Lost(f"a click into “{name}” leaves the focus at {QApplication.focusWidget()}")
        return line

    def fill_all(self, values: Iterable[tuple[str, str]]) -> None:
        for name, text in values:
            self.fill(name, text)

    def search(self, name: str, typed: str, wanted: str) -> None:
        """Type a part of a name and choose a line of the list that opens."""
        line = self.enter(name)
        self.key(Qt.Key.Key_A, CONTROL)
        self.type(typed)
        self.rest(250)
        popup = QApplication.activePopupWidget()
        if not isinstance(popup, QAbstractItemView):
            raise Lost(f"no list opens for “{typed}” in “{name}”")
        self._walk_to(popup, wanted, below=True)
        self.key(Qt.Key.Key_Return)
        self.rest()
        if isinstance(line, QLineEdit) and wanted not in line.text():
            raise Lost(f"“{name}” took “{line.text()}” instead of “{wanted}”")

    def choose(self, name: str, wanted: str) -> None:
        """Open a list and choose a line by the arrow keys."""
        combo = self.find(QComboBox, name)
        self.press(combo)
        QTest.qWait(_PAUSE_MS)
        if not combo.view().isVisible():
            raise Lost(f"the list “{name}” does not open")
        QTest.keyClick(combo.view(), Qt.Key.Key_Home)
        steps = _row(combo.view(), wanted) - combo.view().currentIndex().row()
        for _ in range(abs(steps)):
            QTest.keyClick(combo.view(), Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
        self.rest()
        if wanted not in combo.currentText():
            raise Lost(f"“{name}” took “{combo.currentText()}” instead of “{wanted}”")

    def _walk_to(self, view: QAbstractItemView, wanted: str, *, below: bool) -> None:
        here = view.currentIndex().row() if view.currentIndex().isValid() else -1
        for _ in range(_row(view, wanted) - (here if below else 0)):
            self.key(Qt.Key.Key_Down)

    def tick(self, name: str, wanted: Iterable[str]) -> None:
        """Tick lines of a list that has boxes."""
        view = self.find(QAbstractItemView, name)
        reach(view)
        for text in wanted:
            index = view.model().index(_row(view, text), 0)
            view.scrollTo(index)
            box = view.visualRect(index)
            self.press(view.viewport(), QPoint(box.left() + _TICK_BOX_PX, box.center().y()))
        self.rest()

    # Tables, tabs, menus

    def cell(self, table: str, row: str, column: str | None = None) -> None:
        """Click the first row that shows `row`, in the column of this title (the first one when not given)."""
        view, place = self._cell(table, row, column)
        self.press(view.viewport(), place.center())
        self.rest()

    def open_row(self, table: str, row: str) -> None:
        """Click a row and press Enter."""
        self.cell(table, row)
        self.key(Qt.Key.Key_Return)
        self.rest()

    def _cell(self, table: str, row: str, column: str | None) -> tuple[QTableView, QRect]:
        view = self.find(QTableView, table)
        model = view.model()
        titles = [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in range(model.columnCount())]
        at = titles.index(column) if column is not None else 0
        index = model.index(_table_row(view, row), at)
        view.scrollTo(index)
        return view, view.visualRect(index)

    def rows(self, table: str) -> list[list[str]]:
        """What a table shows."""
        model = self.find(QTableView, table).model()
        return [
            [str(model.index(row, at).data() or "") for at in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def tab(self, title: str, name: str = "tabs") -> None:
        bar = self.find(QTabBar, name)
        at = next((at for at in range(bar.count()) if bar.tabText(at).startswith(title)), None)
        if at is None:
            raise Lost(f"no tab “{title}”")
        self.press(bar, bar.tabRect(at).center())
        self.rest()

    def menu(self, text: str) -> None:
        """Choose from the menu that is open."""
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            raise Lost("no menu is open")
        action = next((a for a in menu.actions() if a.text().strip() == text), None)
        if action is None:
            raise Lost(f"no “{text}” in {[a.text() for a in menu.actions()]}")
        QTest.mouseClick(menu, _LEFT, _PLAIN, menu.actionGeometry(action).center())
        self.rest()

    def save_as(self, path: Path) -> None:
        """In a file dialog: type the path, press its button."""
        self.rest()
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            raise Lost(f"no file dialog is open but {dialog}")
        line = self.find(QLineEdit, "fileNameEdit")
        self.press(line)
        self.key(Qt.Key.Key_A, CONTROL)
        self.type(str(path))
        box = self.find(QDialogButtonBox, "buttonBox")
        first = next(b for b in box.buttons() if box.buttonRole(b) == QDialogButtonBox.ButtonRole.AcceptRole)
        QTest.mouseClick(first, _LEFT)
        self.rest()
        if isinstance(QApplication.activeModalWidget(), QFileDialog):
            raise Lost(f"the file dialog stays open for {path}")


def reach(widget: QWidget) -> None:
    """Scroll until it is in sight."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, 0, 24)
        parent = parent.parentWidget()


def _row(view: QAbstractItemView, wanted: str) -> int:
    model = view.model()
    texts = [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]
    for fits in (lambda text: text == wanted, lambda text: text.startswith(wanted), lambda text: wanted in text):
        for row, text in enumerate(texts):
            if fits(text):
                return row
    raise Lost(f"no “{wanted}” in {texts}")


def _table_row(view: QTableView, wanted: str) -> int:
    model = view.model()
    shown = [[str(model.index(row, at).data() or "") for at in range(model.columnCount())] for row in _rows(view)]
    for row, texts in enumerate(shown):
        if any(wanted in text for text in texts):
            return row
    raise Lost(f"no row “{wanted}” in {shown}")


def _rows(view: QTableView) -> range:
    return range(view.model().rowCount())


def _key(letter: str) -> Qt.Key:
    return Qt.Key(ord(letter.upper())) if letter.isascii() and letter.isalnum() else Qt.Key.Key_unknown
