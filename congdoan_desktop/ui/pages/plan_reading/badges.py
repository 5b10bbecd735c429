"""The numbers of the items inside the text of a plan: room is made before each, and its number painted there.

The text itself stays as it is, so that what is copied out of it and every place in it stay right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from congdoan_desktop.ui import theme

MOST = 400
"""A plan with more items gets no numbers: making room for thousands takes longer than anybody reads."""
_SIZE, _SIDE, _GAP, _ROUND = 11, 4, 3, 3


@dataclass(frozen=True, slots=True)
class Badge:
    """A number before the character at `position` of Qt's text."""

    position: int
    number: int
    ground: QColor


def make_room(paper: QPlainTextEdit, numbers: Iterable[tuple[int, int]]) -> None:
    """(position, number) of every item; one at the beginning of a line stands in the margin."""
    cursor = QTextCursor(paper.document())
    cursor.beginEditBlock()
    for position, number in numbers:
        cursor.setPosition(position)
        if cursor.atBlockStart():
            continue
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        spread = QTextCharFormat()
        spread.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        spread.setFontLetterSpacing(_width(number) + 2 * _GAP)
        cursor.mergeCharFormat(spread)
    cursor.endEditBlock()


def paint(paper: QPlainTextEdit, badges: Iterable[Badge]) -> None:
    look = theme.current()
    painter = QPainter(paper.viewport())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.font(_SIZE, 600))
    cursor = QTextCursor(paper.document())
    for badge in badges:
        cursor.setPosition(badge.position)
        line = QRectF(paper.cursorRect(cursor))
        width, height = _width(badge.number), min(line.height(), look.px(_SIZE + 7))
        left = max(line.left() - width - _GAP, 0)
        box = QRectF(left, line.center().y() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge.ground)
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        painter.setPen(look.color("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(badge.number))


def _width(number: int) -> float:
    return QFontMetricsF(theme.current().font(_SIZE, 600)).horizontalAdvance(str(number)) + 2 * _SIDE
