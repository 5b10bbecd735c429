"""Records of a newer program stand in every list, named and marked; the detail says what they are and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.services import activities, campaigns, newer, records, support, units
from congdoan_desktop.services.newer import Newer
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import NEWER
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.table import TableView
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.pages.home import HomePage
from congdoan_desktop.ui.pages.officers.posts import PostsPage
from congdoan_desktop.ui.pages.officers.trainings import TrainingsPage
from congdoan_desktop.ui.pages.rating.page import RatingPage
from congdoan_desktop.ui.pages.support import SupportPage
from congdoan_desktop.ui.pages.support.decisions import DecisionsPage
from congdoan_desktop.ui.pages.support.funds import FundsPage
from congdoan_desktop.ui.pages.units import UnitsPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.services.newer_program import newer_program
from tests.ui import entry_office
from tests.ui.entry_office import Given, child
from tests.ui.hands import CONTROL, Press, Show, open_page

SENTENCES = ("bản chương trình mới hơn ghi", "Lò Thị Hoa ghi lúc", "giữ nguyên và chuyển tiếp", "Cài bản chương trình")


@dataclass(frozen=True)
class List:
    """A page, the type its list holds, and the service that lists what can be read."""

    page: type[Any]
    type: str
    listing: Callable[[Office], list[Any]]


LISTS = {
    "activities": List(ActivitiesPage, "activity", activities.listing),
    "support": List(SupportPage, "support", support.listing),
    "units": List(UnitsPage, "unit", lambda office: [row for row in units.listing(office) if row.depth]),
    "campaigns": List(CampaignsPage, "campaign", campaigns.listing),
}
ENTERED = sorted(LISTS.keys() - {"campaigns"})


def edited_by_a_newer_program(given: Given, runner: TaskRunner, one: List) -> str:
    """The first record of the list, edited by another program of our union, and opened here again."""

    def edit() -> str:
        record: str = one.listing(given.office)[0].id
        with newer_program(one.type):
            records.restore(given.office, record, records.versions(given.office, record)[0].hash)
        with given.office.write(Right.READ) as work:
            work.ledger.settle(record)
            assert work.connection.execute(select(NEWER.c.record)).scalars().all() == [record]
        return record

    made: str = entry_office.ask(runner, edit)
    return made


def table_of(page: Any) -> TableView:
    found: TableView = page.list.table
    return found


def marked(table: TableView) -> list[Any]:
    rows: list[Any] = [row for row in table.rows.rows() if row["state"] == chips.NEEDS_NEWER]  # type: ignore[index]
    return rows


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_list_names_and_marks_it(name: str, given: Given, runner: TaskRunner, show: Show) -> None:
    record = edited_by_a_newer_program(given, runner, LISTS[name])
    page = open_page(LISTS[name].page, given.context, show)
    (row,) = marked(table_of(page))
    assert row["id"] == record
    texts = [column.text(row) for column in table_of(page).rows.columns]
    assert any(row["name"] in text for text in texts)
    assert "Cần bản mới" in texts


@pytest.mark.parametrize("name", ENTERED)
def test_the_detail_says_why_and_offers_nothing_to_edit(
    name: str, given: Given, runner: TaskRunner, show: Show, press: Press, qtbot: QtBot
) -> None:
    record = edited_by_a_newer_program(given, runner, LISTS[name])
    page: EntryPage = open_page(LISTS[name].page, given.context, show)
    page.table.select_id(record)
    assert page.editor.record == record
    assert all(sentence in page.editor.banner.text() for sentence in SENTENCES), page.editor.banner.text()
    assert page.form.isVisible() is (name == "units")  # a unit stands as last read
    assert not page.form.isEnabled()
    assert not page.editor.save_button.isVisible()
    assert not page.editor.delete_button.isVisible()
    press(Qt.Key.Key_Delete)
    assert QApplication.activeModalWidget() is None
    press(Qt.Key.Key_S, CONTROL)
    assert runner.idle
    readable = next(row for row in page.table.rows.rows() if row["state"] != chips.NEEDS_NEWER)  # type: ignore[index]
    page.table.select_id(readable["id"])  # type: ignore[index]
    assert page.form.isVisible()
    assert page.form.isEnabled()


@pytest.mark.parametrize("name", ENTERED)
def test_the_history_marks_the_version(
    name: str, given: Given, runner: TaskRunner, show: Show, press: Press, qtbot: QtBot
) -> None:
    record = edited_by_a_newer_program(given, runner, LISTS[name])
    page: EntryPage = open_page(LISTS[name].page, given.context, show)
    page.table.select_id(record)
    page.show_history()
    assert runner.wait_idle()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), HistoryDialog))
    history = QApplication.activeModalWidget()
    assert isinstance(history, HistoryDialog)
    states = [row["state"] for row in history.versions.table.rows.rows()]  # type: ignore[index]
    assert states[0] == chips.NEEDS_NEWER
    assert chips.NEEDS_NEWER not in states[1:]
    (line,) = history.changes.table.rows.rows()
    assert "Cài bản chương trình mới" in line["after"]  # type: ignore[index]
    assert not history.restore_button.isEnabled()


def test_sums_and_filters_leave_it_out(given: Given, runner: TaskRunner, show: Show) -> None:
    edited_by_a_newer_program(given, runner, LISTS["activities"])
    page = open_page(ActivitiesPage, given.context, show)
    shown = page.table.rows.total
    assert page.list.foot.accessibleName().startswith(f"{shown - 1} hoạt động")
    assert page.search is not None
    page.search.setText("bua com")
    page.reload()
    assert runner.wait_idle()
    assert marked(page.table) == []
    assert page.table.rows.total == 1


def test_a_unit_keeps_its_place_and_counts(given: Given, runner: TaskRunner, show: Show) -> None:
    before = open_page(UnitsPage, given.context, show)
    order, foot = [row["id"] for row in before.table.rows.rows()], before.list.foot.accessibleName()  # type: ignore[index]
    edited_by_a_newer_program(given, runner, LISTS["units"])
    after = open_page(UnitsPage, given.context, show)
    assert [row["id"] for row in after.table.rows.rows()] == order  # type: ignore[index]
    assert after.list.foot.accessibleName() == foot


def test_the_home_page_says_that_it_is_not_counted(given: Given, runner: TaskRunner, show: Show) -> None:
    edited_by_a_newer_program(given, runner, LISTS["activities"])
    page = open_page(HomePage, given.context, show)
    todos = child(page, TableView, "todos")
    (row,) = (row for row in todos.rows.rows() if row.state == chips.NEEDS_NEWER)
    assert "chưa tính được" in row.detail
    todos.action_clicked.emit(row, "action")
    assert given.went == [("activities", "")]


def test_a_campaign_is_explained_instead_of_opened(given: Given, runner: TaskRunner, show: Show) -> None:
    record = edited_by_a_newer_program(given, runner, LISTS["campaigns"])
    page = open_page(CampaignsPage, given.context, show)
    table = page.list.table
    table.select_id(record)
    (row,) = marked(table)
    for signal, what in ((table.row_opened, row), (table.delete_asked, [row])):
        page.list.banner.clear()
        signal.emit(what)
        assert page.list.banner.isVisible()
        assert all(sentence in page.list.banner.text() for sentence in SENTENCES)
        assert page.currentWidget() is page.list


ACTS: list[tuple[type[EntryPage], Callable[[Any], object]]] = [
    (DecisionsPage, lambda page: page.ask_pay()),
    (DecisionsPage, lambda page: page._supports_held()),
    (RatingPage, lambda page: page.show_history()),
    (RatingPage, lambda page: page.ask_delete(page.row_of("x"))),
    (FundsPage, lambda page: page.history_text("person", "somebody")),
    (PostsPage, lambda page: page.history_text("person", "somebody")),
    (TrainingsPage, lambda page: page.history_text("person", "somebody")),
    (UnitsPage, lambda page: page._tell_standing()),
]


@pytest.mark.parametrize(("kind", "act"), ACTS)
def test_what_was_never_read_here_bears_every_button(
    kind: type[EntryPage], act: Callable[[Any], object], given: Given, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread = Newer("x", "", "", "Lò Thị Hoa", "2024-07-01T08:00:00+07:00")
    monkeypatch.setattr(newer, "listing", lambda *_: [unread])
    page: Any = open_page(kind, given.context, show)
    page.table.select_id("x")
    assert page.editor.record == "x"
    act(page)
    assert given.context.runner.wait_idle()
