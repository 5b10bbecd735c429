"""Paints the cells of a table: text, second line, state chip, bar, link; the selection and the row line."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.bars import BarValue, paint_bar
from congdoan_desktop.ui.kit.chips import ChipState, chip_width, paint_chip
from congdoan_desktop.ui.kit.columns import NO_VALUE, Column
from congdoan_desktop.ui.kit.table_model import ROW_ROLE, TableModel

OUTER = 16
INNER = 8
_WEIGHTS = {"name": 500, "strong": 600, "action": 500}
_TOKENS = {"quiet": "text2", "action": "accent_text"}
# NoClip: marks over capitals (Ế, Ữ) reach above the line box.
_HOW = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine
_FLAGS = {
    right: int(side | _HOW) for right, side in enumerate((Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight))
}
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """The one delegate of all tables. It expects a `TableModel`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column, row = _cell(index)
        painter.save()
        self._paint_ground(painter, option, index)
        inside = content_box(option, index)
        value = column.value(row)
        ratio = painter.device().devicePixelRatioF()
        if isinstance(value, ChipState):
            paint_chip(painter, inside, value, ratio)
        elif isinstance(value, BarValue):
            paint_bar(painter, inside, value)
        elif row:
            _paint_text(painter, inside, column, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        box = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, look.color("sel" if selected else "surface"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, look.color("grid"))
        if not selected:
            return
        view = option.widget
        if isinstance(view, QAbstractItemView) and view.hasFocus():
            painter.fillRect(box.left(), box.bottom(), box.width(), 1, look.color("accent"))
            painter.fillRect(box.left(), box.top(), box.width(), 1, look.color("accent"))
        if _edge(view, index.column())[0]:
            painter.fillRect(box.left(), box.top(), 3, box.height(), look.color("accent"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        column, row = _cell(index)
        return QSize(round(self.lead(column, row) + needed_width(column, row)) + OUTER + INNER, option.rect.height())

    def lead(self, _column: Column, _row: object) -> int:
        """What stands in a cell before its text, in pixels."""
        return 0

    def first_line(self, column: Column, row: object) -> float:
        """What a cell takes with its padding, a second line left out."""
        return self.lead(column, row) + _first_width(column, row) + OUTER + INNER

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole text of a cell as tooltip, when it is cut."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        text = cut_text(option, index, self.lead(*_cell(index)))
        QToolTip.showText(event.globalPos(), text, view)
        return bool(text)


def cut_text(option: QStyleOptionViewItem, index: Index, lead: int = 0) -> str:
    """The text of a cell that has no room for all of it behind its lead, otherwise ""."""
    column, row = _cell(index)
    if lead + needed_width(column, row) <= content_box(option, index).width() + 1:
        return ""
    return "\n".join(part.strip() for part in (column.text(row), column.second(row)) if part)


def needed_width(column: Column, row: object) -> float:
    second = column.second(row)
    below = QFontMetricsF(theme.current().font(theme.SMALL)).horizontalAdvance(second) if second else 0
    return max(_first_width(column, row), below)


def title_width(column: Column) -> float:
    """With its padding; as heavy as the style sheet has the titles."""
    return QFontMetricsF(theme.current().font(theme.SMALL, 600)).horizontalAdvance(column.title) + OUTER + INNER


def _first_width(column: Column, row: object) -> float:
    value = column.value(row)
    if isinstance(value, ChipState):
        return chip_width(value)
    if isinstance(value, BarValue):
        return 0
    weight = _WEIGHTS.get(column.kind, 500 if column.under else 400)
    return QFontMetricsF(theme.current().font(theme.BODY, weight)).horizontalAdvance(column.text(row))


def content_box(option: QStyleOptionViewItem, index: Index) -> QRectF:
    """The cell without its padding; the outer columns line up with the title of the card."""
    first, last = _edge(option.widget, index.column())
    box = QRectF(option.rect)
    return box.adjusted(OUTER if first else INNER, 0, -(OUTER if last else INNER), -1)


def _edge(view: object, column: int) -> tuple[bool, bool]:
    """Whether the column stands first, and last, among those in sight."""
    if not isinstance(view, QTableView):
        return column == 0, False
    header = view.horizontalHeader()
    place = header.visualIndex(column)
    before, after = range(place - 1, -1, -1), range(place + 1, header.count())
    return _all_hidden(header, before), _all_hidden(header, after)


def _all_hidden(header: QHeaderView, places: range) -> bool:
    return all(header.isSectionHidden(header.logicalIndex(place)) for place in places)


def _cell(index: Index) -> tuple[Column, object]:
    """Asked of the model itself: on its way through Qt a row is copied, which costs more than painting the cell."""
    model = index.model()
    assert isinstance(model, TableModel)
    return model.columns[index.column()], model.data(index, ROW_ROLE)


def _paint_text(painter: QPainter, box: QRectF, column: Column, row: object) -> None:
    look = theme.current()
    text, second = column.text(row), column.second(row)
    flags = _FLAGS[column.right]
    token = "text3" if text == NO_VALUE else _TOKENS.get(column.kind, "text")
    weight = _WEIGHTS.get(column.kind, 500 if column.under else 400)
    if not second:
        _line(painter, box, text, theme.BODY, weight, token, flags)
        return
    upper = box.adjusted(0, look.px(3), 0, -box.height() / 2 + 1)
    lower = box.adjusted(0, box.height() / 2, 0, -look.px(3))
    _line(painter, upper, text, theme.BODY, weight, token, flags)
    _line(painter, lower, second, theme.SMALL, 400, "text2", flags)


def _line(painter: QPainter, box: QRectF, text: str, size: int, weight: int, token: str, flags: int) -> None:
    look = theme.current()
    font = look.font(size, weight)
    painter.setFont(font)
    painter.setPen(look.color(token))
    fitting = _elided(text, look, size, weight, box.width() + 1)
    painter.drawText(box, flags, fitting)


@lru_cache(maxsize=2048)
def _elided(text: str, look: theme.Theme, size: int, weight: int, width: float) -> str:
    """Kept, because measuring letters takes as long as drawing them, and a row is painted again and again."""
    return QFontMetricsF(look.font(size, weight)).elidedText(text, Qt.TextElideMode.ElideRight, width)
