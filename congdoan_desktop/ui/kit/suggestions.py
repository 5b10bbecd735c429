"""A drop-down list of suggestions under a line edit. The text in the line is never completed or touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.ui import theme

SHOWN = 50
_VALUE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; `second` tells namesakes apart ("CĐCS Y tế Mường Kim")."""

    value: object
    text: str
    second: str = ""


def matching(options: Sequence[tuple[str, Option]], typed: str) -> list[Option]:
    """Options whose folded text contains every word typed; those that begin with it first."""
    wanted = search_key(typed)
    words = wanted.split()
    found = [(key, option) for key, option in options if all(word in key for word in words)]
    found.sort(key=lambda pair: not pair[0].startswith(wanted))
    return [option for _, option in found[:SHOWN]]


class Suggestions(QObject):
    """The pop-up list of one line edit.

    The completer is deliberately not handed to the line (`QLineEdit.setCompleter`): that would write into the text
    while the list is walked, and an input method that retypes letters would lose them.
    """

    def __init__(
        self,
        line: QLineEdit,
        choose: Callable[[Option], None],
        go_on: Callable[[], object] | None = None,
        *,
        must_choose: bool = False,
    ) -> None:
        """`go_on` is what Enter does after the open list; with `must_choose` it takes the only line left, too."""
        super().__init__(line)
        self._choose, self._go_on, self.must_choose = choose, go_on, must_choose
        self._model = QStandardItemModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(10)
        self.completer.setWidget(line)
        self.view = QListView()
        self.view.setObjectName("suggestions")
        self.view.setUniformItemSizes(True)
        self.completer.setPopup(self.view)
        for taker in (line, self.view):
            taker.installEventFilter(self)
        self.completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]  # stubs know no overloads

    def show(self, options: Sequence[Option]) -> None:
        self._model.clear()
        for option in options:
            item = QStandardItem(f"{option.text}   {option.second}" if option.second else option.text)
            item.setData(option, _VALUE)
            item.setEditable(False)
            self._model.appendRow(item)
        if options:
            theme.dress(self.view)
            self.completer.complete()
            self.unmark()  # the completer has put its mark on the first line, which nobody chose
        else:
            self.hide()

    def hide(self) -> None:
        self.view.hide()

    def mark(self, row: int) -> None:
        """The line that Enter takes."""
        self.view.setCurrentIndex(self._model.index(row, 0))

    def unmark(self) -> None:
        self.view.setCurrentIndex(QModelIndex())

    def enter(self) -> None:
        """What Enter does in the open list."""
        if self._go_on is not None:
            self._enter(self._go_on)

    def is_open(self) -> bool:
        return self.view.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc belongs to the open list; without this it would close the form behind it."""
        if not isinstance(event, QKeyEvent) or not self.is_open():
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        bare = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        enter = event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bare
        if enter and watched is self.view and self._go_on is not None:
            self.enter()
            return True
        return False

    def _enter(self, go_on: Callable[[], object]) -> None:
        """One key takes the line and goes on; where several would do, the first is only marked."""
        index = self.view.currentIndex()
        if not index.isValid() and self.must_choose:
            self.mark(0)
            if self._model.rowCount() > 1:
                return
            index = self._model.index(0, 0)
        self.hide()
        if index.isValid():
            self._activated(index)
        go_on()

    def _activated(self, index: QModelIndex) -> None:
        option = index.data(_VALUE)
        if isinstance(option, Option):
            self._choose(option)
