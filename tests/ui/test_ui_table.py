from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.bars import BarValue
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.row_delegate import cut_text
from congdoan_desktop.ui.kit.table import TableCard, TableView
from congdoan_desktop.ui.kit.table_model import SORT_ROLE, TableModel

Show = Callable[[QWidget], QWidget]
Press = Callable[..., None]
Click = Callable[..., None]


HALF = BarValue(1, 2, 50)


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    unit: str | None
    amount: int | None
    day: date
    state: chips.ChipState = chips.PAID
    bar: BarValue = HALF
    next: str = "Mở"


COLUMNS = (
    Column("day", "Ngày", 90, "date"),
    Column("name", "Người nhận", None, "name", under="unit"),
    Column("amount", "Số tiền (đ)", 100, "money"),
    Column("state", "Tình trạng", 120, "state"),
    Column("bar", "Tiến độ", 100, "bar"),
    Column("next", "", 80, "action"),
)
ROWS = (
    Row(1, "Nguyễn Văn An", "Điện lực", 500_000, date(2026, 11, 2)),
    Row(2, "Đèo Thị Ánh", None, None, date(2026, 11, 1), chips.DRAFT, BarValue(0, 0)),
    Row(3, "Lò Văn Đức", "=Chợ", 5_000_000, date(2025, 12, 31), chips.WAITING, BarValue(9, 10)),
    Row(4, "Bùi Văn Dũng", "UBND xã", 70_000, date(2026, 1, 5)),
)


@pytest.fixture
def view(show: Show) -> TableView:
    made = TableView(COLUMNS)
    made.resize(800, 400)
    show(made)
    made.set_rows(ROWS)
    made.setFocus()
    return made


def ids(model: TableModel) -> list[int]:
    return [row.id for row in model.rows() if isinstance(row, Row)]


@pytest.mark.parametrize("rows", [(), ROWS])
def test_the_model_passes_qts_tester(rows: tuple[Row, ...], qtmodeltester: Any) -> None:
    model = TableModel(COLUMNS)
    qtmodeltester.check(model)
    model.set_rows(rows)
    model.sort(1)
    model.set_filter("lo van")
    model.set_filter("")
    model.sort(-1)
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        (0, [3, 4, 2, 1]),
        (1, [1, 2, 4, 3]),  # An, Ánh, Dũng, Đức: given names in the Vietnamese order
        (2, [4, 1, 3, 2]),  # no amount comes last
        (4, [2, 1, 4, 3]),
    ],
)
def test_sorting_by_stored_value(column: int, ascending: list[int]) -> None:
    model = TableModel(COLUMNS)
    model.set_rows(ROWS)
    model.sort(column)
    assert ids(model) == ascending
    model.sort(-1)
    assert ids(model) == [1, 2, 3, 4]


def test_no_value_comes_last_in_both_directions() -> None:
    model = TableModel(COLUMNS)
    model.set_rows(ROWS)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert ids(model) == [3, 1, 4, 2]


def test_a_stored_sort_key_wins() -> None:
    model = TableModel((Column("name", "Tên", sort="key"),))
    model.set_rows([{"id": 1, "name": "a", "key": "z"}, {"id": 2, "name": "b", "key": "y"}])
    model.sort(0)
    assert [row["id"] for row in model.rows()] == [2, 1]  # type: ignore[index]
    assert model.index(0, 0).data(SORT_ROLE) == (False, "y")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("deo thi", [2]),
        ("Đèo", [2]),
        ("lo duc", [3]),
        ("ubnd", [4]),
        ("500.000", [1]),
        ("khong co", []),
        ("", [1, 2, 3, 4]),
    ],
)
def test_search_without_marks_in_every_column(typed: str, found: list[int]) -> None:
    model = TableModel(COLUMNS)
    model.set_rows(ROWS)
    model.set_filter(typed)
    assert ids(model) == found


def test_how_cells_are_written() -> None:
    model = TableModel(COLUMNS)
    model.set_rows(ROWS)
    texts = [[model.index(row, column).data() for column in range(4)] for row in (1, 2)]
    assert texts == [
        ["01/11/2026", "Đèo Thị Ánh", "–", "Bản nháp"],
        ["31/12/2025", "Lò Văn Đức", "5.000.000", "Chờ duyệt"],
    ]


def test_the_cursor_stays_on_its_record(view: TableView) -> None:
    view.select_id(3)
    view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert view.selected_row() is ROWS[2]
    view.set_rows([ROWS[3], ROWS[2]])
    assert view.selected_row() is ROWS[2]


def test_the_editor_is_told_when_its_record_goes(view: TableView) -> None:
    told: list[object] = []
    view.select_id(3)
    view.row_selected.connect(told.append)
    view.set_rows(ROWS[:1])
    assert told == [None]


def test_keys_walk_open_and_delete(view: TableView, press: Press) -> None:
    told: list[object] = []
    view.row_selected.connect(told.append)
    view.row_opened.connect(lambda row: told.append(("open", row)))
    view.delete_asked.connect(lambda rows: told.append(("delete", rows)))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Delete):
        press(key, on=view)
    row = view.selected_row()
    assert told[-3:] == [("open", row), ("open", row), ("delete", [row])]
    assert told[-4] is row


def test_tab_leaves_the_table(view: TableView, press: Press) -> None:
    view.select_id(1)
    press(Qt.Key.Key_Tab, on=view)
    assert view.selected_row() is ROWS[0]


def test_a_click_on_a_link_names_row_and_column(view: TableView, qtbot: QtBot, click: Click) -> None:
    place = view.visualRect(view.rows.index(1, 5)).center()
    with qtbot.waitSignal(view.action_clicked) as signal:
        click(view.viewport(), place)
    assert signal.args == [ROWS[1], "next"]


def test_copying_gives_a_spreadsheet_plain_figures_and_no_formula(view: TableView, press: Press) -> None:
    view.select_id(3)
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, on=view)
    assert QGuiApplication.clipboard().text() == (
        "Ngày\tNgười nhận\tSố tiền (đ)\tTình trạng\tTiến độ\n31/12/2025\tLò Văn Đức =Chợ\t5000000\tChờ duyệt\t9/10\n"
    )


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("@x", "'@x"),
        ("-5", "'-5"),
        ("＝1", "'＝1"),
        ("a\tb\nc", "a b c"),
        (-5, "-5"),
    ],
)
def test_a_copied_cell(text: object, copied: str) -> None:
    assert Column("a", "A").clip({"a": text}) == copied


def test_a_cut_cell_tells_its_whole_text(view: TableView) -> None:
    index = view.rows.index(0, 1)
    option = QStyleOptionViewItem()
    option.rect = view.visualRect(index)
    option.widget = view
    assert cut_text(option, index) == ""
    option.rect.setWidth(60)
    assert cut_text(option, index) == "Nguyễn Văn An\nĐiện lực"


def test_columns_can_be_hidden_but_never_all(view: TableView) -> None:
    for action in view.columns_menu().actions()[1:]:
        action.setChecked(False)
    assert [view.isColumnHidden(at) for at in range(6)] == [False] + [True] * 5
    assert not view.columns_menu().actions()[0].isEnabled()


@pytest.mark.parametrize(("width", "least"), [(1000, 400), (400, 100)])
def test_the_stretching_column_keeps_its_least_width(view: TableView, width: int, least: int) -> None:
    view.resize(width, 300)
    assert view.columnWidth(1) >= least


def test_rows_grow_with_the_letters(view: TableView, qapp: Any) -> None:
    assert view.rowHeight(0) == 41
    theme.apply(qapp, scale=150)
    view.set_rows(ROWS)
    assert view.rowHeight(0) == 62


def test_a_hundred_thousand_rows_sort_and_scroll(view: TableView, qtbot: QtBot) -> None:
    many = [{"id": n, "amount": (n * 7919) % 100_003} for n in range(100_000)]
    big = TableView((Column("id", "Số", 80, "number"), Column("amount", "Tiền", 100, "money")))
    qtbot.addWidget(big)
    big.show()
    big.set_rows(many)
    big.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    big.select_id(500)
    big.scrollToBottom()
    assert not big.grab().isNull()


# The card


@pytest.fixture
def table_card(show: Show) -> TableCard:
    pressed = Empty("heart", "Chưa có khoản chăm lo nào.", "Ghi khoản chăm lo đầu tiên", lambda: None)
    made = TableCard(COLUMNS, pressed, totals=True)
    made.resize(900, 300)
    show(made)
    return made


def words_in(card: TableCard) -> list[str]:
    return [button.text() for button in card.findChildren(QPushButton) if button.isVisible()]


def test_an_empty_list_offers_the_first_step(table_card: TableCard) -> None:
    table_card.set_rows(())
    assert words_in(table_card) == ["Ghi khoản chăm lo đầu tiên"]


def test_a_filter_that_hides_all_offers_its_removal(table_card: TableCard, qtbot: QtBot, click: Click) -> None:
    table_card.set_rows(ROWS)
    assert words_in(table_card) == []
    table_card.set_filter("khong co ai")
    assert words_in(table_card) == ["Bỏ bộ lọc"]
    button = next(b for b in table_card.findChildren(QPushButton) if b.isVisible())
    with qtbot.waitSignal(table_card.filter_cleared):
        click(button, QPoint(5, 5))
    table_card.set_filter("")
    assert words_in(table_card) == []


def test_totals_stand_right_under_their_column(table_card: TableCard) -> None:
    table_card.set_rows(ROWS)
    table_card.foot.set_totals("4 khoản", {"amount": "5.570.000 đ"})
    image = table_card.foot.grab().toImage()
    right = table_card.table.columnViewportPosition(2) + table_card.table.columnWidth(2)
    ink = theme.current().color("text")
    columns = [x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) == ink]
    assert right - 14 <= max(columns) <= right - 6


def test_a_column_is_wide_enough_for_its_total_where_names_need_not_give_way(table_card: TableCard) -> None:
    table = table_card.table
    table_card.set_rows(ROWS)
    table_card.resize(1000, 400)
    table_card.foot.set_totals("", {"amount": "428.245.500.000 đ", "state": "9.035.274"})
    assert table.columnWidth(2) > 120
    table_card.resize(560, 400)
    assert table.columnWidth(2) == 100
    table_card.resize(1000, 400)
    table_card.foot.set_totals("", {})
    assert table.columnWidth(2) == 100


def test_a_given_width_outlives_another_size_of_letters(view: TableView, qapp: Any) -> None:
    view.widths.give(0, 108)
    theme.apply(qapp, scale=150)
    assert view.columnWidth(0) == 162


# Chips


@pytest.mark.parametrize(
    ("days", "word", "tone"),
    [(-3, "Quá hạn 3 ngày", "bad"), (0, "Hạn hôm nay", "warn"), (5, "Còn 5 ngày", "warn"), (10, "Còn 10 ngày", "neu")],
)
def test_due_dates_in_words(days: int, word: str, tone: str) -> None:
    chip = chips.days_left(days)
    assert (chip.word, chip.tone) == (word, tone)


def test_a_filter_chip_with_a_menu(show: Show) -> None:
    told: list[object] = []
    chip = chips.FilterChip("Quỹ", told.append, choices=[(1, "Quỹ Xã hội"), (2, "Ngân sách")])
    show(chip)
    chip.menu().actions()[2].trigger()
    assert (chip.value(), chip.isChecked(), chip.accessibleName()) == (2, True, "Ngân sách")
    chip.menu().actions()[0].trigger()
    assert (chip.value(), chip.isChecked(), chip.accessibleName()) == (None, False, "Quỹ")
    assert told == [2, None]


def test_clearing_a_plain_chip_is_silent(show: Show, click: Click) -> None:
    told: list[object] = []
    chip = chips.FilterChip("Thiếu chứng từ", told.append)
    show(chip)
    click(chip)
    chip.clear()
    assert told == [True]
    assert chip.value() is False


def chosen(view: TableView) -> list[int]:
    return [row.id for row in view.selected_rows() if isinstance(row, Row)]


def test_a_row_chosen_by_the_program_is_chosen_alone_while_ctrl_is_held(show: Show) -> None:
    """A list that comes while Ctrl is down must not add to what a following Delete would take."""
    view = TableView(COLUMNS, multi=True)
    show(view)
    view.set_rows(ROWS)
    view.select_id(1)
    QTest.keyPress(view, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        assert QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        view.select_id(3)
        assert chosen(view) == [3]
        view.select_id(3)
        assert chosen(view) == [3]
    finally:
        QTest.keyRelease(view, Qt.Key.Key_Control)
