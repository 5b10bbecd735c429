"""A long list in pages: blank rows until they are read, one question at a time, and only about what is in sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.paged_model import PAGE, PagedModel
from congdoan_desktop.ui.kit.table import TableView

COUNT = 50_000
COLUMNS = (Column("id", "Số", 80, "number"), Column("name", "Tên"))


def rows(starts: int, count: int = PAGE) -> list[dict[str, object]]:
    return [{"id": at, "name": f"người {at}"} for at in range(starts, min(starts + count, COUNT))]


@pytest.fixture
def model() -> PagedModel:
    made = PagedModel(COLUMNS)
    made.begin(COUNT, rows(0))
    return made


def test_all_rows_are_there_and_only_the_first_are_read(model: PagedModel) -> None:
    assert model.rowCount() == model.total == COUNT
    assert len(model.rows()) == PAGE
    assert model.index(0, 1).data() == "người 0"
    assert model.index(PAGE, 1).data() is None
    assert model.row(PAGE) is None


def test_what_comes_into_sight_is_asked_for_once_and_filled(model: PagedModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.wanted) as asked:
        for at in range(300, 330):
            model.index(at, 1).data()
    assert asked.args == [3]
    with qtbot.waitSignal(model.dataChanged):
        model.add(3, rows(300))
    assert model.index(320, 1).data() == "người 320"
    assert model.position(320) == 320


def test_who_scrolls_on_is_not_kept_waiting_by_what_was_passed(model: PagedModel, qtbot: QtBot) -> None:
    asked: list[int] = []
    model.wanted.connect(asked.append)
    model.index(300, 1).data()
    qtbot.waitUntil(lambda: asked == [3])
    for page in range(4, 60):
        model.index(page * PAGE, 1).data()
    qtbot.wait(30)
    assert asked == [3], "one question at a time"
    model.add(3, rows(300))
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[1] == 59
    model.add(59, rows(59 * PAGE))
    qtbot.waitUntil(lambda: len(asked) == 3)
    model.add(asked[2], rows(asked[2] * PAGE))
    qtbot.wait(30)
    assert asked == [3, 59, 58], "the pages in between were passed"


def test_a_new_list_forgets_the_old_questions(model: PagedModel, qtbot: QtBot) -> None:
    model.index(300, 1).data()
    model.begin(3, rows(0, 3))
    model.add(3, rows(300))
    assert model.rowCount() == len(model.rows()) == 3


def test_further_rows_stand_at_their_place() -> None:
    model = PagedModel(COLUMNS)
    model.begin(COUNT, rows(0), {40_000: rows(40_000)})
    assert model.position(40_010) == 40_010
    assert model.row(200) is None


def test_the_order_is_asked_for_and_given_back(show: Callable[[TableView], TableView]) -> None:
    model = PagedModel(COLUMNS)
    view = show(TableView(COLUMNS, model=model))
    asked: list[tuple[str, bool]] = []
    model.sort_asked.connect(lambda key, down: asked.append((key, down)))
    view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert asked == [("name", True), ("", False)]


def test_rows_that_are_not_read_are_painted_and_opened_by_nobody(
    model: PagedModel, show: Callable[[TableView], TableView]
) -> None:
    view = show(TableView(COLUMNS, model=model))
    view.resize(300, 200)
    view.scrollToBottom()
    view.viewport().repaint()
    opened: list[object] = []
    view.row_opened.connect(opened.append)
    view.selectRow(COUNT - 1)
    assert view.selected_row() is None
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == []
    model.add((COUNT - 1) // PAGE, rows(COUNT - PAGE))
    assert view.selected_row() == {"id": COUNT - 1, "name": f"người {COUNT - 1}"}
