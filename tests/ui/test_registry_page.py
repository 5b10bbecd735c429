"""The tabs of the page "Đơn vị – đoàn viên"."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from congdoan_desktop.ui.pages.tabbed import Tab
from congdoan_desktop.ui.pages.units import RegistryPage, registry
from congdoan_desktop.ui.pages.units.page import UnitsPage
from congdoan_desktop.ui.pages.units.tabs import TABS
from tests.ui.entry_office import SCHOOL, Given
from tests.ui.hands import CONTROL, Click, Press, Show, open_page

TWICE = (TABS[0], Tab("again", "Lần nữa", "units.page:UnitsPage"))


@pytest.fixture
def page(given: Given, show: Show, monkeypatch: pytest.MonkeyPatch) -> Iterator[RegistryPage]:
    monkeypatch.setattr(registry, "TABS", TWICE)
    return open_page(RegistryPage, given.context, show)  # type: ignore[return-value]


def bar(page: RegistryPage) -> QTabBar:
    (found,) = (bar for bar in page.findChildren(QTabBar) if bar.isVisible())
    return found


def test_every_tab_of_the_list_can_be_shown(given: Given, show: Show) -> None:
    page = open_page(RegistryPage, given.context, show)
    for tab in TABS:
        assert page.part(tab.key).isVisible()
        assert given.context.runner.wait_idle()
        assert bar(page).tabText(bar(page).currentIndex()) == tab.title


def test_a_click_turns_the_page_and_its_own_row_stays_true(page: RegistryPage, click: Click) -> None:
    first = bar(page)
    click(first, first.tabRect(1).center())
    second = bar(page)
    assert second is not first
    assert second.currentIndex() == 1
    click(second, second.tabRect(0).center())
    assert bar(page) is first
    assert first.currentIndex() == 0


def test_keys_walk_through_the_tabs_in_a_circle(page: RegistryPage, press: Press) -> None:
    parts = [page.currentWidget()]
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        press(key, CONTROL)
        parts.append(page.currentWidget())
    assert parts[0] is parts[2]
    assert parts[1] is parts[3]
    assert parts[0] is not parts[1]


def test_arrows_stay_on_the_row_of_tabs(page: RegistryPage, press: Press) -> None:
    press(Qt.Key.Key_Right, on=bar(page))
    assert bar(page).hasFocus()
    assert bar(page).currentIndex() == 1


def test_an_object_is_opened_in_its_tab(page: RegistryPage, given: Given) -> None:
    for wanted, tab in ((f"again/{given.units[SCHOOL]}", 1), (given.units[SCHOOL], 0), ("again", 1)):
        page.open_object(wanted)
        assert given.context.runner.wait_idle()
        assert bar(page).currentIndex() == tab
        part = page.currentWidget()
        assert isinstance(part, UnitsPage)
        assert part.editor.record == given.units[SCHOOL]
