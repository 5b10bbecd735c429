from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.row_delegate import INNER, OUTER, cut_text, needed_width, title_width
from congdoan_desktop.ui.kit.table import TableView
from congdoan_desktop.ui.kit.tree_table import TreeTable

Show = Callable[[QWidget], QWidget]

LONG_UNIT = "CĐCS Trường THPT Khổng Lao số 2"
UNIT_COLUMNS = (
    Column("unit", "Đơn vị", least=60),
    Column("kind", "Loại", 60, "quiet"),
    Column("amount", "Tiền", 60, "money"),
    Column("state", "Tình trạng", 60, "state"),
)
UNIT_ROW = {"id": 1, "unit": LONG_UNIT, "kind": "Đơn vị sự nghiệp công lập", "amount": 5, "state": chips.DRAFT}


def unit_view(show: Show, width: int, *rows: dict[str, Any]) -> TableView:
    made = TableView(UNIT_COLUMNS)
    made.resize(width, 200)
    show(made)
    made.set_rows(rows or (UNIT_ROW,))
    return made


def cut(view: TableView) -> list[str]:
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    found = []
    for at in range(view.rows.columnCount()):
        index = view.rows.index(0, at)
        option.rect = view.visualRect(index)
        option.widget = view
        if not view.isColumnHidden(at) and (text := cut_text(option, index)):
            found.append(text)
    return found


def test_columns_of_words_get_what_they_need_where_there_is_room(show: Show) -> None:
    view = unit_view(show, 800)
    assert cut(view) == []
    assert sum(view.columnWidth(at) for at in range(4)) == view.viewport().width()
    assert view.columnWidth(2) == 60


def test_where_room_is_scarce_the_state_comes_before_the_name_and_the_name_before_the_rest(show: Show) -> None:
    view = unit_view(show, 500)
    assert cut(view) == ["Đơn vị sự nghiệp công lập"]
    assert sum(view.columnWidth(at) for at in range(4)) == view.viewport().width()
    view.resize(300, 200)
    assert LONG_UNIT in cut(view)
    assert view.columnWidth(3) > 60


def test_where_one_must_scroll_anyway_names_are_whole_and_the_last_column(show: Show, qapp: Any) -> None:
    theme.apply(qapp, scale=150)
    view = unit_view(show, 300)
    assert cut(view) == ["Đơn vị sự nghiệp công lập"]
    view.setColumnHidden(3, True)
    view.setColumnHidden(2, True)
    view.resize(150, 200)
    assert cut(view) == []


def test_a_sentence_that_would_be_cut_all_the_same_takes_nothing_from_others(show: Show) -> None:
    view = unit_view(show, 600, UNIT_ROW | {"unit": "Phấn đấu trên 65% CĐCS có dưới 10 đoàn viên ghép với nhau. " * 4})
    assert view.columnWidth(0) < 600 - 60
    assert len(cut(view)) == 1


def test_a_column_that_somebody_drew_stays_so(show: Show) -> None:
    view = unit_view(show, 800)
    view.horizontalHeader().resizeSection(1, 90)
    view.resize(700, 200)
    view.set_rows((UNIT_ROW,))
    assert view.columnWidth(1) == 90
    assert sum(view.columnWidth(at) for at in range(4)) == view.viewport().width()


def test_searching_moves_no_column(show: Show) -> None:
    view = unit_view(show, 500, UNIT_ROW, UNIT_ROW | {"id": 2, "unit": "Điện lực"})
    before = [view.columnWidth(at) for at in range(4)]
    view.set_filter("dien luc")
    assert [view.columnWidth(at) for at in range(4)] == before


def test_a_cut_name_in_a_tree_tells_its_whole_text(show: Show) -> None:
    tree = TreeTable((Column("name", "Đơn vị", 160), Column("code", "Mã", 60)))
    show(tree)
    tree.set_nodes([{"id": 1, "parent": None, "depth": 3, "name": "Điện lực Than Uyên", "code": "A"}])
    index, option = tree.rows.index(0, 0), QStyleOptionViewItem()
    option.rect, option.widget = tree.visualRect(index), tree
    lead = tree.cells.lead(tree.rows.columns[0], tree.rows.row(0))
    option.rect.setWidth(round(needed_width(tree.rows.columns[0], tree.rows.row(0))) + OUTER + INNER)
    assert lead > 60
    assert cut_text(option, index) == ""
    assert cut_text(option, index, lead) == "Điện lực Than Uyên"


def test_a_title_is_not_cut_where_its_cells_are_short_and_there_is_room(show: Show) -> None:
    columns = (
        Column("unit", "Đơn vị", least=60), Column("place", "Nơi", least=60),
        Column("cause", "Nguyên nhân hỗ trợ", least=40),
    )  # fmt: skip
    view = TableView(columns)
    view.resize(460, 200)
    show(view)
    view.set_rows([{"id": 1, "unit": "Chè", "place": LONG_UNIT, "cause": "Ốm"}])
    assert view.columnWidth(2) >= title_width(columns[2])


def test_an_action_is_not_cut_where_there_is_room(show: Show) -> None:
    view = TableView((Column("unit", "Đơn vị", least=60), Column("act", "", 60, "action")))
    view.resize(600, 200)
    show(view)
    view.set_rows([{"id": 1, "unit": "Chè", "act": "Đổi khoá gốc của tỉnh"}])
    assert cut(view) == []
