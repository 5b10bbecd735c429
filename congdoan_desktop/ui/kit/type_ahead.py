"""Keys typed while a form waits for the database: kept in order, and given to it when it can take them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
Command = Callable[[], object]


class TypeAhead(QObject):
    """While somebody holds them, the keys of `form` wait, and with them the commands that `command_of` knows.

    Whoever types the next record before this one is saved means its Ctrl+Enter for the next one. Other combinations
    of keys do not wait.
    """

    def __init__(self, form: QWidget, command_of: Callable[[QKeyEvent], Command | None]) -> None:
        super().__init__(form)
        self._form, self._command_of = form, command_of
        self._waiting: list[QEvent] = []
        self._holders: set[object] = set()
        self._listening = False

    def hold(self, who: object) -> None:
        """Until the same one releases them."""
        self._holders.add(who)
        if not self._listening:
            self._listening = True
            _application().installEventFilter(self)

    def release(self, who: object) -> None:
        """Give what waited to whatever takes the keys by now, as far as none of it makes the form wait again."""
        self._holders.discard(who)
        while self._waiting and not self._holders:
            self._give(self._waiting.pop(0))
        if not self._holders:
            self._stop()

    def drop(self) -> None:
        """There is no form any more to type into."""
        self._holders.clear()
        self._waiting = []
        self._stop()

    def _give(self, event: QEvent) -> None:
        command = self._command_of(event) if isinstance(event, QKeyEvent) else None
        popup = QApplication.activePopupWidget()
        goal = popup if popup is not None else QApplication.focusWidget()
        if command is not None:
            command()
        elif goal is not None:
            QApplication.sendEvent(goal, event)

    def _stop(self) -> None:
        if self._listening:
            self._listening = False
            _application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._holders or not isinstance(watched, QWidget) or not self._form.isAncestorOf(watched):
            return False
        known = self._command_of(event) if isinstance(event, QKeyEvent) else None
        if known is not None and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # comes as a key then, which can wait
            return True
        if not _is_typing(event) and (known is None or event.type() != QEvent.Type.KeyPress):
            return False
        self._waiting.append(event.clone())
        return True


def _is_typing(event: QEvent) -> bool:
    if isinstance(event, QKeyEvent):
        return event.type() != QEvent.Type.ShortcutOverride and event.modifiers() in _PLAIN and not _is_command(event)
    return isinstance(event, QInputMethodEvent)


def _is_command(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
