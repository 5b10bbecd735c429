"""A table whose rows hang under each other: branches open and close with the arrow keys or a click on the triangle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from congdoan_desktop.ui import icons, theme
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.row_delegate import Index, RowDelegate, content_box
from congdoan_desktop.ui.kit.table import TableView
from congdoan_desktop.ui.kit.table_model import ROW_ROLE

_INDENT = 18
_CARET = 14
Node = Mapping[str, object]
"""A row with "id", "parent" (None for a root), "depth" and "name"; parents come before their children."""


class TreeTable(TableView):
    """`set_nodes` gives the whole tree at once; opening and closing asks nobody."""

    branches_changed = Signal()

    def __init__(self, columns: Sequence[Column], *, multi: bool = False) -> None:
        super().__init__(columns, multi=multi)
        self._nodes: list[Node] = []
        self._children: dict[object, list[Node]] = {}
        self._by_id: dict[object, Node] = {}
        self._open: set[object] = set()
        self._wanted: set[object] | None = None
        self.setSortingEnabled(False)

    def delegate(self) -> RowDelegate:
        return _TreeDelegate(self)

    # The tree

    def set_nodes(self, nodes: Iterable[Node]) -> None:
        """New rows; what was open stays open, and at first the roots are."""
        self._nodes = list(nodes)
        self._by_id = {node["id"]: node for node in self._nodes}
        self._children = {}
        for node in self._nodes:
            self._children.setdefault(node["parent"], []).append(node)
        if not self._open & self._by_id.keys():
            self._open = {node["id"] for node in self._nodes if not node["depth"]}
        self._renew()

    def set_wanted(self, ids: Iterable[object] | None) -> None:
        """Show only these rows with all above them, opened; None shows the tree as it was left."""
        self._wanted = None if ids is None else self._with_above(ids)
        self._renew()

    def is_open(self, id_: object) -> bool:
        return self._wanted is not None or id_ in self._open

    def has_children(self, id_: object) -> bool:
        return id_ in self._children

    def toggle(self, id_: object) -> None:
        if self._wanted is None and self.has_children(id_):
            self._open ^= {id_}
            self._renew()

    def open_all(self, *, opened: bool) -> None:
        """Every branch, or none but the roots'."""
        self._open = {node["id"] for node in self._nodes if opened or not node["depth"]}
        self._renew()

    def reveal(self, id_: object) -> bool:
        """Open what stands above a row and put the cursor on it; whether there is such a row."""
        if id_ not in self._by_id:
            return False
        self._open |= self._with_above([id_]) - {id_}
        self._renew()
        return self.select_id(id_)

    def _with_above(self, ids: Iterable[object]) -> set[object]:
        found: set[object] = set()
        for id_ in ids:
            current: object = id_
            while current in self._by_id and current not in found:
                found.add(current)
                current = self._by_id[current]["parent"]
        return found

    def _renew(self) -> None:
        self.set_rows(self._shown())
        self.branches_changed.emit()

    def _shown(self) -> list[Node]:
        if self._wanted is not None:
            return [node for node in self._nodes if node["id"] in self._wanted]
        found: list[Node] = []
        hidden_below: int | None = None
        for node in self._nodes:
            depth = int(str(node["depth"]))
            if hidden_below is not None and depth > hidden_below:
                continue
            hidden_below = None if node["id"] in self._open else depth
            found.append(node)
        return found

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.selected_row()
        key = Qt.Key(event.key())
        if isinstance(row, Mapping) and key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self._step(row, opens=key in (Qt.Key.Key_Right, Qt.Key.Key_Plus))
        elif key == Qt.Key.Key_Asterisk:
            self.open_all(opened=True)
        else:
            super().keyPressEvent(event)

    def _step(self, row: Node, *, opens: bool) -> None:
        """Right opens, then goes to the first child; Left closes, then goes to the parent."""
        id_ = row["id"]
        if self.has_children(id_) and self.is_open(id_) != opens:
            self.toggle(id_)
        elif opens and self.has_children(id_):
            self.select_id(self._children[id_][0]["id"])
        elif not opens and row["parent"] in self._by_id:
            self.select_id(row["parent"])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self._caret_at(place)
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.toggle(row["id"])
            return
        super().mousePressEvent(event)

    def _caret_at(self, place: QPoint) -> Node | None:
        """The row whose triangle is under the mouse."""
        index = self.indexAt(place)
        if not index.isValid() or self.visualIndex(index.column()):
            return None
        row = index.data(ROW_ROLE)
        if not self.has_children(row["id"]):
            return None
        start = self.visualRect(index).left() + theme.current().px(_INDENT * int(row["depth"]))
        found: Node = row
        return found if place.x() <= start + theme.current().px(_CARET + 18) else None

    def visualIndex(self, column: int) -> int:
        """Where a column stands now."""
        return self.horizontalHeader().visualIndex(column)


class _TreeDelegate(RowDelegate):
    """The first column with its depth and its triangle."""

    def lead(self, column: Column, row: object) -> int:
        tree, look = self.parent(), theme.current()
        assert isinstance(tree, TreeTable)
        if column is not tree.rows.columns[0] or not isinstance(row, Mapping):
            return 0
        return look.px(_INDENT * int(row["depth"])) + look.px(_CARET + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tree = self.parent()
        assert isinstance(tree, TreeTable)
        if index.column():
            super().paint(painter, option, index)
            return
        row = index.data(ROW_ROLE)
        painter.save()
        self._paint_ground(painter, option, index)
        box = content_box(option, index)
        if tree.has_children(row["id"]):
            caret = box.adjusted(theme.current().px(_INDENT * int(row["depth"])), 0, 0, 0)
            _paint_caret(painter, caret, opened=tree.is_open(row["id"]))
        _paint_name(painter, box.adjusted(self.lead(tree.rows.columns[0], row), 0, 0, 0), str(row["name"]))
        painter.restore()


def _paint_caret(painter: QPainter, box: QRectF, *, opened: bool) -> None:
    look = theme.current()
    size = look.px(_CARET)
    ratio = painter.device().devicePixelRatioF()
    picture = icons.pixmap("caret-down" if opened else "caret-right", look.color("text2"), size, ratio)
    painter.drawPixmap(round(box.left()), round(box.center().y() - size / 2), picture)


def _paint_name(painter: QPainter, box: QRectF, name: str) -> None:
    look = theme.current()
    font = look.font(theme.BODY, 400)
    painter.setFont(font)
    painter.setPen(look.color("text"))
    fitting = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, box.width() + 1)
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, side | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine, fitting)
