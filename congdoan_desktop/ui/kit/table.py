"""The table of a page: view, totals aligned with their columns, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import label
from congdoan_desktop.ui.kit.column_widths import ColumnWidths
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty, EmptyState
from congdoan_desktop.ui.kit.row_delegate import OUTER, RowDelegate, title_width
from congdoan_desktop.ui.kit.table_model import TableModel
from congdoan_desktop.ui.kit.totals_foot import TotalsFoot

_WALK_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_HEADER_HEIGHT = 32
_MEASURED = 40
"""Rows that are looked at for the widths of columns."""


class _Header(QHeaderView):
    """Its height is known. Qt would find it by asking for all titles, some fifty times while a page is built."""

    def sizeHint(self) -> QSize:
        return QSize(0, theme.current().px(_HEADER_HEIGHT))


class TableView(QTableView):
    """Rows to walk through with ↑ ↓ PgUp PgDn; the editor follows `row_selected`."""

    row_selected = Signal(object)
    """The row under the cursor, None when there is none."""
    row_opened = Signal(object)
    """Enter, F2 or a double click."""
    action_clicked = Signal(object, str)
    """The link in a column of kind "action": row and column key."""
    delete_asked = Signal(object)
    """Delete: the selected rows as a list."""

    def __init__(
        self, columns: Sequence[Column], *, row_id: str = "id", multi: bool = False, model: TableModel | None = None
    ) -> None:
        super().__init__()
        self._fitted: theme.Theme | None = None
        self.rows = model or TableModel(columns, row_id, self)
        self.widths = ColumnWidths(self, columns, self._needed)
        self._two_lines = any(column.under for column in columns)
        self.setModel(self.rows)
        self.cells = self.delegate()
        self.setItemDelegate(self.cells)
        self._set_behaviour(multi)
        self._set_header(columns)
        self.rows.modelReset.connect(self.widths.measure)
        self._fit()

    def delegate(self) -> RowDelegate:
        """Who paints the cells."""
        return RowDelegate(self)

    def _needed(self, column: Column) -> list[float]:
        """What the title and the cells of the first rows take."""
        return [
            title_width(column),
            *(self.cells.first_line(column, row) for row in islice(self.rows.rows(), _MEASURED)),
        ]

    def _set_behaviour(self, multi: bool) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open_current)
        self.clicked.connect(self._clicked)

    def _set_header(self, columns: Sequence[Column]) -> None:
        self.verticalHeader().hide()
        header = _Header(Qt.Orientation.Horizontal, self)
        header.setSectionsClickable(True)
        self.setHorizontalHeader(header)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.sectionResized.connect(self.widths.drawn)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_columns_menu)
        for at, column in enumerate(columns):
            self.setColumnHidden(at, column.hidden)

    def _fit(self) -> None:
        look = self._fitted = theme.current()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(look.px(41 if self._two_lines else 28))
        self.horizontalHeader().setFixedHeight(look.px(_HEADER_HEIGHT))
        self.widths.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.widths.share()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._fitted is not theme.current():
            self._fit()

    # Rows and selection

    def set_rows(self, rows: Iterable[object]) -> None:
        """New rows; the cursor stays on the row with the same id."""
        with_cursor = self.selected_row()
        kept = self.rows.id_of(with_cursor) if with_cursor is not None else None
        self.rows.set_rows(rows)
        self._select_again(kept)

    def set_filter(self, typed: str = "", keep: Callable[[object], bool] | None = None) -> None:
        with_cursor = self.selected_row()
        kept = self.rows.id_of(with_cursor) if with_cursor is not None else None
        self.rows.set_filter(typed, keep)
        self._select_again(kept)

    def selected_row(self) -> object:
        selected = self.selectionModel().selectedRows()
        index = self.currentIndex() if self.currentIndex() in selected else (selected[0] if selected else None)
        return self.rows.row(index.row()) if index is not None and index.isValid() else None

    def selected_rows(self) -> list[object]:
        return [self.rows.row(index.row()) for index in sorted(self.selectionModel().selectedRows())]

    def select_id(self, row_id: object) -> bool:
        """Put the cursor on a row and choose it alone; whether it is shown."""
        position = self.rows.position(row_id)
        if position >= 0:
            index = self.rows.index(position, 0)
            self.selectRow(position)
            self.selectionModel().setCurrentIndex(index, _ALONE)  # selectRow adds to the choice while Ctrl is held
            self.scrollTo(index)
        return position >= 0

    def _select_again(self, row_id: object) -> None:
        if row_id is None or not self.select_id(row_id):
            self.row_selected.emit(None)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if selected.count():
            self.row_selected.emit(self.selected_row())

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in _OPEN_KEYS and self.selected_row() is not None:
            self._open_current()
        elif event.key() == Qt.Key.Key_Delete and self.selected_rows():
            self.delete_asked.emit(self.selected_rows())
        elif event.key() in _WALK_KEYS and not self.selected_rows():
            # Qt puts its cursor on the first row unseen, and the key would pass over it.
            self.selectRow(max(self.currentIndex().row(), 0))
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        link = index.isValid() and self.rows.columns[index.column()].kind == "action" and index.data()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def _open_current(self) -> None:
        if (row := self.selected_row()) is not None:
            self.row_opened.emit(row)

    def _clicked(self) -> None:
        index = self.currentIndex()
        if index.isValid() and self.rows.columns[index.column()].kind == "action":
            self.action_clicked.emit(self.rows.row(index.row()), self.rows.columns[index.column()].key)

    # Spreadsheets and columns

    def copy(self) -> None:
        """The selected rows, or all shown ones, as tab-separated text for Excel, with the titles."""
        rows = self.selected_rows() if len(self.selected_rows()) > 1 else []
        rows = rows or ([self.selected_row()] if self.selected_row() is not None else list(self.rows.rows()))
        QGuiApplication.clipboard().setText(self.as_tsv(rows))

    def columns_in_sight(self) -> list[Column]:
        """Those that say something: links left out."""
        columns = [column for at, column in enumerate(self.rows.columns) if not self.isColumnHidden(at)]
        return [column for column in columns if column.kind != "action"]

    def as_tsv(self, rows: Iterable[object]) -> str:
        columns = self.columns_in_sight()
        lines = ["\t".join(column.title for column in columns)]
        lines += ["\t".join(column.clip(row) for column in columns) for row in rows]
        return "\n".join(lines) + "\n"

    def columns_menu(self) -> QMenu:
        """A menu with a tick for every column; the last one in sight cannot go."""
        menu = QMenu(self)
        shown = [at for at in range(len(self.rows.columns)) if not self.isColumnHidden(at)]
        for at, column in enumerate(self.rows.columns):
            action = QAction(column.title or "Thao tác", menu)
            action.setCheckable(True)
            action.setChecked(at in shown)
            action.setEnabled(shown != [at])
            action.toggled.connect(partial(self._show_column, at))
            menu.addAction(action)
        return menu

    def _show_column(self, at: int, on: bool) -> None:
        self.setColumnHidden(at, not on)
        self.widths.measure()

    def _show_columns_menu(self, place: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(place))


class TableCard(QFrame):
    """A table in a card with its totals; without rows it says what belongs here, or that the filter hides all."""

    filter_cleared = Signal()
    """"Bỏ bộ lọc" was pressed: the page empties its search box and chips."""

    def __init__(
        self,
        columns: Sequence[Column],
        empty: Empty,
        *,
        row_id: str = "id",
        multi: bool = False,
        totals: bool = False,
        model: TableModel | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.table = TableView(columns, row_id=row_id, multi=multi, model=model)
        self.foot = TotalsFoot(self.table, self.table.widths, columns)
        self._empty = EmptyState(empty)
        nothing = Empty("funnel", "Không có dòng nào khớp.", "Bỏ bộ lọc", self.filter_cleared.emit)
        self._no_match = EmptyState(nothing)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for page in (self.table, self._empty, self._no_match):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(holder, 1)
        layout.addWidget(self.foot)
        if not totals:
            self.foot.hide()
        self.note = label("", "second", wrap=True)
        self.note.setContentsMargins(OUTER, 0, OUTER, OUTER // 2)
        self.note.hide()
        layout.addWidget(self.note)
        self._filtered_outside = False
        self._choose_page()

    def hasHeightForWidth(self) -> bool:
        """Else Qt takes the height that it would like for the least one, and what stands below is laid over it."""
        return False

    def set_note(self, text: str, more: str = "") -> None:
        """What is to be known about the totals, whole under them; `more` as tooltip."""
        self.note.setText(text)
        self.note.setToolTip(more)
        self.note.setVisible(bool(text))

    def set_rows(self, rows: Iterable[object], *, filtered: bool = False) -> None:
        """`filtered` says that the caller left rows out, so that none means "no match"."""
        self._filtered_outside = filtered
        self.table.set_rows(rows)
        self._choose_page()

    def set_filter(self, typed: str = "", keep: Callable[[object], bool] | None = None) -> None:
        self.table.set_filter(typed, keep)
        self._choose_page()

    def rows_begun(self, *, filtered: bool) -> None:
        """A paged model began a new list; `filtered` as in `set_rows`."""
        self._filtered_outside = filtered
        self._choose_page()

    def _choose_page(self) -> None:
        model = self.table.rows
        filtered = model.total > 0 or self._filtered_outside
        page: QWidget = self._no_match if filtered else self._empty
        shown = self.table if model.rowCount() else page
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)  # Tab comes to a standstill before whatever stands for something out of sight
