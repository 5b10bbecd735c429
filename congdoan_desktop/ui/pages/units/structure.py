"""The tab "Cơ cấu tổ chức": the tree of a day, all about the chosen union, and the reorganisations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QMenu, QStackedLayout, QVBoxLayout, QWidget

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import org_chart, reorganisation
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.departments import DepartmentRow
from congdoan_desktop.services.org_chart import Chart, ChartRow, Details
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.dialogs import ReasonDialog
from congdoan_desktop.ui.kit.empty import Empty, EmptyState
from congdoan_desktop.ui.kit.line_edit import LineEdit
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.tree_table import TreeTable
from congdoan_desktop.ui.pages.entry import exporting
from congdoan_desktop.ui.pages.units.department_dialog import DepartmentDialog
from congdoan_desktop.ui.pages.units.detail import DetailPanel
from congdoan_desktop.ui.pages.units.order_dialog import CHANGES, OrderDialog
from congdoan_desktop.ui.pages.units.order_kinds import KINDS, Known, OrderKind

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

_COLUMNS = (
    Column("name", "Đơn vị", least=220),
    Column("code", "Mã", 120, "quiet"),
    Column("below", "CĐCS", 58, "number"),
    Column("members", "Đoàn viên", 84, "number"),
    Column("kind", "Loại", 190, "quiet"),
)
_DAY_WIDTH = 124
_STEP = "    "
"""Before the name of a union in a sheet, for each level above it."""


class StructureTab(PageFrame):
    def __init__(self, context: Context) -> None:
        super().__init__("Cơ cấu tổ chức")
        self._context = context
        self._day: date | None = None
        self._today = date.max
        self._rows: tuple[ChartRow, ...] = ()
        self._asked = 0
        self._detail_of = ""
        self._wanted = ""
        self._stale = True
        self._fresh = True
        self.tree = TreeTable(_COLUMNS, multi=True)
        self.tree.setObjectName("tree")
        self.tree.setAccessibleName("Cây tổ chức")
        self.detail = DetailPanel()
        self.day = LineEdit()
        self._dress()
        self.set_body(self._tree_card(), self.detail)
        self.setFocusProxy(self.tree)
        self._connect()
        self._fit()

    # Building

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.day.setFixedWidth(theme.current().px(_DAY_WIDTH))

    def _dress(self) -> None:
        self.add_search("Tìm tên, mã đơn vị…").setObjectName("search")
        self.orders = self.set_primary(Button("Sắp xếp tổ chức", "tree-structure", "primary", on_click=self.show_menu))
        self.orders.setObjectName("orders")
        self.orders.setToolTip("Thành lập, đổi tên, chuyển, ghép, tách, giải thể (Ctrl+N)")
        self.day.setPlaceholderText("hôm nay")
        self.day.setAccessibleName("Xem cơ cấu như ngày")
        self.day.setToolTip("Gõ ngày để xem cơ cấu tổ chức của ngày đó; để trống là hôm nay")
        self.day.setObjectName("as_of")
        self.add_action(exporting.button(self.choose_export))
        self._shortcut("Ctrl+E", self.choose_export)
        self._show_filters()
        for at, widget in enumerate((label("Như ngày", "second"), self.day)):
            self._filters.insertWidget(at, widget)
        self.told = label("", "second")
        self._filters.insertWidget(2, self.told)
        for text, opened in (("Mở hết", True), ("Thu gọn", False)):
            self.add_filter_action(Button(text, role="flat", on_click=partial(self._open_all, opened=opened)))

    def _tree_card(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        nothing = Empty("funnel", "Không có đơn vị nào khớp.", "Bỏ tìm kiếm", self._clear_search)
        self._no_match = EmptyState(nothing)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._no_match)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(holder)
        return card

    def _connect(self) -> None:
        self.searched.connect(self._search)
        self.tree.row_selected.connect(self._follow)
        self.tree.row_opened.connect(lambda row: self.tree.toggle(row["id"]))
        self.day.editingFinished.connect(self._turn_to_day)
        self.detail.take_back_asked.connect(self._ask_take_back)
        self.detail.department_asked.connect(self._open_department)
        self._context.runner.changed.connect(self._changed)

    # The tree

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def reload(self) -> None:
        self._asked += 1
        office, day = self._context.office, self._day
        self._context.runner.run(lambda: org_chart.chart(office(), day), done=partial(self._show_chart, self._asked))

    def open_object(self, id_: str) -> None:
        """Show a unit, with all above it opened."""
        self._wanted = id_
        self._clear_search()
        self.reload()

    def _show_chart(self, asked: int, chart: Chart) -> None:
        if asked != self._asked:
            return
        self._rows = chart.rows
        self._today = chart.day if self._day is None else self._today
        self.tree.set_nodes(_node(row) for row in chart.rows)
        self._search(self.search.text() if self.search else "")
        grassroots = chart.rows[0].below
        told = f"{grassroots} CĐCS" + (f" · {chart.refused} quyết định không có hiệu lực" if chart.refused else "")
        self.told.setText(told if self._day is None else f"Cơ cấu ngày {short_date(self._day)} · {told}")
        self._take_focus()
        if self._wanted:
            self.tree.reveal(self._wanted)
            self._wanted = ""
        elif self._detail_of:
            self._ask_details(self._detail_of)
        elif self.tree.selected_row() is None:
            self.tree.select_id(chart.rows[0].id)

    def choose_export(self) -> None:
        """Ask where; the tree of the day as it is opened goes there."""
        exporting.ask(self, self._title(), self._day or self._today, self.export)

    def export(self, path: Path) -> None:
        rows = [_indented(row) for row in self.tree.rows.rows()]
        exporting.save(self, self._context, self._title(), self.tree, lambda _: rows, path)

    def _title(self) -> str:
        return "Cơ cấu tổ chức" + (f" ngày {short_date(self._day)}" if self._day else "")

    def _take_focus(self) -> None:
        """Keys must reach the tree as soon as it is there, unless somebody already types."""
        typing = isinstance(typed := QApplication.focusWidget(), QLineEdit) and typed.text()
        if self._fresh and self.isVisible() and not typing:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fresh = False

    def _search(self, typed: str) -> None:
        words = search_key(typed).split()
        found = [row.id for row in self._rows if all(word in row.search for word in words)] if words else None
        self.tree.set_wanted(found)
        self._stack.setCurrentWidget(self._no_match if found == [] else self.tree)
        if found:
            self.tree.select_id(found[0])

    def _clear_search(self) -> None:
        self.clear_filters()
        self._search("")

    def _open_all(self, *, opened: bool) -> None:
        self.tree.open_all(opened=opened)

    def _turn_to_day(self) -> None:
        typed = self.day.text().strip()
        try:
            day = parse_day(typed, today=self._today) if typed else None
        except (AppError, ValueError) as error:
            self.banner.show_text("bad", f"“{typed}” không đọc được thành ngày.", str(error))
            return
        self.banner.clear()
        if day != self._day:
            self._day = day
            self.day.setText(short_date(day) if day else "")
            self.reload()

    def _changed(self, changes: frozenset[str]) -> None:
        if changes & (CHANGES | {"person", "post", "department"}):
            if self.isVisible():
                self.reload()
            else:
                self._stale = True

    # The union beside it

    def _follow(self, row: object) -> None:
        if isinstance(row, Mapping) and row["id"] != self._detail_of:
            self._ask_details(str(row["id"]))

    def _ask_details(self, unit: str) -> None:
        self._detail_of = unit
        office, day = self._context.office, self._day
        self._context.runner.run(
            lambda: org_chart.details(office(), unit, day),
            done=partial(self._show_details, unit),
            failed=self._no_details,
        )

    def _show_details(self, unit: str, details: Details) -> None:
        if unit == self._detail_of:
            self.detail.show_details(details, self._day)

    def _no_details(self, _error: AppError) -> None:
        self._detail_of = ""
        self.detail.show_nothing()

    def _open_department(self, row: DepartmentRow | None) -> None:
        DepartmentDialog(self, self._context, self._detail_of, row, self._day or self._today).open()

    # Reorganising

    def open_new(self) -> None:
        self.open_order("found")

    def show_menu(self) -> None:
        menu = QMenu(self)
        root = self._rows[0].id if self._rows else ""
        for kind in KINDS:
            action = QAction(kind.action, menu)
            action.setEnabled(bool(self._chosen()) and (kind.root or root not in self._chosen()))
            action.triggered.connect(partial(self.open_order, kind.key))
            menu.addAction(action)
        menu.popup(self.orders.mapToGlobal(QPoint(0, self.orders.height() + 2)))

    def open_order(self, key: str, *_: object) -> None:
        """The dialog of a kind of reorganisation, for the chosen units."""
        kind = next(kind for kind in KINDS if kind.key == key)
        chosen, office, day = self._chosen(), self._context.office, self._day or self._today
        if chosen:
            rows = self._rows
            self._context.runner.run(
                lambda: _known(office(), rows, chosen, day), done=partial(self._open_dialog, kind, day)
            )

    def _open_dialog(self, kind: OrderKind, day: date, known: Known) -> None:
        dialog = OrderDialog(self, self._context, kind, known, day)
        dialog.decided.connect(lambda _saved: self.banner.show_text("ok", f"Đã ghi: {kind.title.lower()}."))
        dialog.open()

    def _chosen(self) -> tuple[str, ...]:
        return tuple(str(row["id"]) for row in self.tree.selected_rows() if isinstance(row, Mapping))

    def _ask_take_back(self, event: str, what: str) -> None:
        """With how much it takes: a decision may have moved a whole district."""
        office = self._context.office

        def ask(events: tuple[str, ...]) -> None:
            self._open_take_back(event, f"{what} ({len(events)} dòng)" if len(events) > 1 else what)

        self._context.runner.run(
            lambda: reorganisation.together(office(), event), done=ask, failed=self.banner.show_error
        )

    def _open_take_back(self, event: str, what: str) -> None:
        dialog = ReasonDialog(self, what, partial(self._take_back, event, what), verb="Rút")
        dialog.setObjectName("take_back_dialog")
        dialog.yes.setObjectName("take_back")
        dialog.open()

    def _take_back(self, event: str, what: str, reason: str) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: reorganisation.take_back(office(), event, reason),
            done=lambda _count: self.banner.show_text("ok", f"Đã rút {what}."),
            failed=self.banner.show_error,
            changes=CHANGES,
        )


def _known(office: Office, rows: tuple[ChartRow, ...], chosen: tuple[str, ...], day: date) -> Known:
    unit = org_chart.details(office, chosen[0], day).unit
    leaving, goals = org_chart.leaving(office, chosen[0], day)
    return Known(rows, chosen, unit, leaving, goals)


def _indented(row: object) -> dict[str, object]:
    assert isinstance(row, Mapping)
    return {**row, "name": f"{_STEP * int(row['depth'])}{row['name']}"}


def _node(row: ChartRow) -> dict[str, object]:
    return {
        "id": row.id,
        "parent": row.parent,
        "depth": row.depth,
        "name": row.name,
        "code": row.code,
        "kind": catalogue().name("unit_kinds", row.kind),
        "below": row.below or None,
        "members": row.members,
    }
