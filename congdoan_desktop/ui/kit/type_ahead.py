"""Letters typed while a record is being saved: kept in order, and given to the form that comes after."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)


class TypeAhead(QObject):
    """Between `hold` and `release` the keys of `form` wait. Key combinations do not: they are commands."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._waiting: list[QEvent] = []
        self._holding = False

    def hold(self) -> None:
        if not self._holding:
            self._holding = True
            _application().installEventFilter(self)

    def release(self) -> None:
        """Give what waited to the field that has the focus by now."""
        for event in self._let_go():
            goal = QApplication.focusWidget()
            if goal is not None:
                QApplication.sendEvent(goal, event)

    def drop(self) -> None:
        """There is no form any more to type into."""
        self._let_go()

    def _let_go(self) -> list[QEvent]:
        if self._holding:
            self._holding = False
            _application().removeEventFilter(self)
        waited, self._waiting = self._waiting, []
        return waited

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget) or not self._form.isAncestorOf(watched) or not _is_typing(event):
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
