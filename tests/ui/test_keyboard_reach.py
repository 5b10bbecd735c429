"""Tab and Shift+Tab come to everything that can be used on every page and tab, and stand still nowhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QWidget,
)

from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages import PAGES
from congdoan_desktop.ui.pages.support.gift_grid import GiftGrid
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.hands import CONTROL, Press

USED = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QTabBar)
INNER = (QComboBox, QTabBar, QLineEdit, QAbstractSpinBox, QAbstractScrollArea)
ENOUGH = 200


def is_a_part(widget: QWidget, root: QWidget) -> bool:
    """Of another control, as a box has a line and a bar of tabs has arrows."""
    above = widget.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, INNER) and not isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return isinstance(widget, QHeaderView)


def used(root: QWidget) -> list[QWidget]:
    found = root.findChildren(QWidget)
    return [
        one for one in found
        if isinstance(one, USED) and one.isVisible() and one.isEnabled() and not is_a_part(one, root)
    ]  # fmt: skip


def walked(window: MainWindow, press: Press, key: Qt.Key) -> list[QWidget]:
    """The controls at which the key stops, until it comes round."""
    stops: list[QWidget] = []
    for _ in range(ENOUGH):
        here = window.focusWidget()
        assert here is not None
        if here in stops:
            assert here is not stops[-1], f"Tab stands still: {here}"
            return stops
        stops.append(here)
        press(key)
    raise AssertionError("no way round")


def chosen_with(stops: list[QWidget], widget: QWidget) -> bool:
    """Arrows go through the buttons of a group."""
    return isinstance(widget, QRadioButton) and any(
        isinstance(one, QRadioButton) and one.group() is widget.group() for one in stops
    )


def check(window: MainWindow, page: QWidget, press: Press) -> None:
    start = window.focusWidget()
    assert start is not None
    if isinstance(start, GiftGrid):
        press(Qt.Key.Key_F6)  # within a grid Tab goes from cell to cell
        start = window.focusWidget()
        assert start is not None
        assert not isinstance(start, GiftGrid)
        return
    stops = walked(window, press, Qt.Key.Key_Tab)
    start.setFocus()
    stops += walked(window, press, Qt.Key.Key_Backtab)
    missed = [one for one in used(page) if one not in stops and not chosen_with(stops, one)]
    assert [f"{type(one).__name__} {one.objectName()} {one.accessibleName()}" for one in missed] == []
    nameless = {one.objectName() for one in stops if not (one.accessibleName() or getattr(one, "text", str)())}
    assert nameless == set()


@pytest.mark.parametrize("number", range(1, len(PAGES) + 1), ids=[entry.key for entry in PAGES])
def test_keys_come_to_everything(window: MainWindow, runner: TaskRunner, press: Press, number: int) -> None:
    press(Qt.Key(Qt.Key.Key_0 + number), CONTROL)
    assert runner.wait_idle()
    page = window._pages[window.current_page()]
    bars = [bar for bar in page.findChildren(QTabBar, "tabs") if bar.isVisible()]
    seen = []
    for _ in range(bars[0].count() if bars else 1):
        seen.append(window.current_tab())
        check(window, page, press)
        press(Qt.Key.Key_PageDown, CONTROL)
        assert runner.wait_idle()
    assert len(seen) == len(set(seen))
    assert window.current_tab() == seen[0]
