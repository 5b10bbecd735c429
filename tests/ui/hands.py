"""What tests of pages are given: hands (see conftest.py), and a page shown at the size it has in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui.context import Context

Show = Callable[[QWidget], QWidget]
Press = Callable[..., None]
Click = Callable[..., None]
Type = Callable[[str], None]
CONTROL = Qt.KeyboardModifier.ControlModifier
_Page = TypeVar("_Page", bound=QWidget)


def open_page(kind: Callable[[Context], _Page], context: Context, show: Show) -> _Page:
    """A page over the office, as soon as it stands still."""
    made = kind(context)
    made.resize(1158, 640)
    show(made)
    assert context.runner.wait_idle()
    QApplication.processEvents()  # what it has put off until it is painted
    assert context.runner.wait_idle()
    return made


def modal(kind: type[Any], qtbot: QtBot) -> Any:
    """The dialog that is in front, as soon as it has the keys."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert found is not None
    qtbot.waitUntil(found.isActiveWindow)
    return found
