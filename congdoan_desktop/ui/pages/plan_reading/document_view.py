"""The text of the plan with the places of the items; a place never speaks by its colour alone, its line differs too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from congdoan_desktop.services.plan_item import Item, Span
from congdoan_desktop.services.plan_review import Decision, Review
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, card, label
from congdoan_desktop.ui.kit.chips import ChipLabel
from congdoan_desktop.ui.pages.plan_reading import badges, words
from congdoan_desktop.ui.pages.plan_reading.badges import Badge

_ZOOMS = (80, 90, 100, 115, 130, 150, 175)
_ROOM_FOR_LEGEND = 120
_TONES = {Decision.WAITING: "warn_soft", Decision.TAKEN: "ok_soft", Decision.LEFT: "neu_soft"}
_LINES = {
    Decision.WAITING: QTextCharFormat.UnderlineStyle.DashUnderline,
    Decision.TAKEN: QTextCharFormat.UnderlineStyle.SingleUnderline,
    Decision.LEFT: QTextCharFormat.UnderlineStyle.NoUnderline,
}
_INKS = {Decision.WAITING: "warn_bar", Decision.TAKEN: "ok_bar", Decision.LEFT: "neu"}


class DocumentView(QWidget):
    """`place_clicked` carries the character of the plan's text that was clicked."""

    place_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._review: Review | None = None
        self._starts: dict[int, int] = {}
        """Place of the first character of an item -> its number; of two at one place the first."""
        self._wide: list[int] = []
        self._shown = ""
        self._zoom = _ZOOMS.index(100)
        self.text = _Paper(self._clicked)
        self.text.setObjectName("plan_text")
        self.text.setAccessibleName("Văn bản kế hoạch")
        self.text.verticalScrollBar().valueChanged.connect(self._paint)
        self.text.resized.connect(self._paint)
        frame, inside = card(0, (1, 1, 1, 1))
        inside.addLayout(self._legend())
        inside.addWidget(self.text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self._fit()

    def _legend(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(12, 7, 8, 7)
        line.setSpacing(8)
        shown = (*(words.DECISIONS[one] for one in (Decision.TAKEN, Decision.WAITING, Decision.LEFT)), words.SELECTED)
        self._chips = [ChipLabel(state) for state in shown]
        for chip in self._chips:
            line.addWidget(chip)
        line.addStretch(1)
        self._percent = label("", "second")
        smaller = Button("Chữ nhỏ hơn", "magnifying-glass-minus", "icon", on_click=lambda: self._step(-1))
        larger = Button("Chữ to hơn", "magnifying-glass-plus", "icon", on_click=lambda: self._step(1))
        for widget in (smaller, self._percent, larger):
            line.addWidget(widget)
        return line

    def set_text(self, text: str) -> None:
        # Qt counts a character beyond the first plane as two.
        self._wide = [at for at, letter in enumerate(text) if ord(letter) > 0xFFFF]
        self._review, self._shown, self._starts = None, "", {}
        self.text.setPlainText(text)

    def show_review(self, review: Review, selected: str) -> None:
        """Show how the items stand; the selected one is brought into sight when it is another than before."""
        self._review = review
        if not self._starts and len(review.items) <= badges.MOST:
            for number, item in enumerate(review.items, 1):
                self._starts.setdefault(item.span.start, number)
            badges.make_room(self.text, ((self._at(place), number) for place, number in self._starts.items()))
        chosen = review.item(selected) if selected else None
        if chosen is not None and selected != self._shown:
            self._bring(chosen.span)
        self._shown = selected
        self._paint()

    def _paint(self, *_: object) -> None:
        """Only the places in sight: a plan of a hundred pages has thousands."""
        review = self._review
        if review is None:
            return
        sight = Span(*(self._place(position) for position in self.text.sight()))
        here = [item for item in review.items if item.span.meets(sight) and item.id != self._shown]
        found = [self._painted(item.span, review.decision(item.id)) for item in here]
        if self._shown:
            found.append(self._selected(review.item(self._shown).span))
        self.text.setExtraSelections(found)
        self.text.show_badges(self._badge(review, item) for item in review.items if item.span.meets(sight))

    def _badge(self, review: Review, item: Item) -> Badge | None:
        look, number = theme.current(), self._starts.get(item.span.start)
        if number is None or review.items[number - 1].id not in (item.id, self._shown):
            return None
        ink = "accent_text" if item.id == self._shown else _INKS[review.decision(item.id)]
        return Badge(self._at(item.span.start), number, look.color(ink))

    def _painted(self, span: Span, decision: Decision) -> QTextEdit.ExtraSelection:
        look = theme.current()
        form = QTextCharFormat()
        form.setBackground(look.color(_TONES[decision]))
        form.setUnderlineStyle(_LINES[decision])
        form.setUnderlineColor(look.color(_INKS[decision]))
        return self._selection(span, form)

    def _selected(self, span: Span) -> QTextEdit.ExtraSelection:
        look = theme.current()
        form = QTextCharFormat()
        form.setBackground(look.color("accent"))
        form.setForeground(look.color("on_accent"))
        form.setFontWeight(600)
        return self._selection(span, form)

    def _selection(self, span: Span, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor(span)
        made.format = form
        return made

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(self._at(span.start))
        cursor.setPosition(self._at(span.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _at(self, place: int) -> int:
        """Qt's position of a character of the plan's text."""
        return place + bisect_left(self._wide, place)

    def _bring(self, span: Span) -> None:
        cursor = self._cursor(Span(span.start, span.start))
        self.text.setTextCursor(cursor)
        self.text.centerCursor()

    def _clicked(self, position: int) -> None:
        self.place_clicked.emit(self._place(position))

    def _place(self, position: int) -> int:
        """The character of the plan's text at a position of Qt."""
        counted = [at + number for number, at in enumerate(self._wide)]
        return position - bisect_left(counted, position)

    # Size

    def _step(self, step: int) -> None:
        self._zoom = min(max(self._zoom + step, 0), len(_ZOOMS) - 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_percent"):
            self._fit()

    def _fit(self) -> None:
        self._percent.setText(f"{_ZOOMS[self._zoom]}%")
        font = theme.current().font(14 * _ZOOMS[self._zoom] / 100)
        self.text.document().setDefaultFont(font)
        for chip in self._chips:  # large letters need the width for the text
            chip.setVisible(theme.current().scale <= _ROOM_FOR_LEGEND)


class _Paper(QPlainTextEdit):
    """Read only, to be selected and copied from; a click without a selection says where."""

    resized = Signal()

    def __init__(self, clicked: Callable[[int], object]) -> None:
        super().__init__()
        self._tell = clicked
        self._badges: tuple[Badge, ...] = ()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(20)

    def sight(self) -> tuple[int, int]:
        """Positions of the first and the last character in sight."""
        last = self.cursorForPosition(self.viewport().rect().bottomRight())
        return self.firstVisibleBlock().position(), last.block().position() + last.block().length()

    def show_badges(self, shown: Iterable[Badge | None]) -> None:
        self._badges = tuple(badge for badge in shown if badge is not None)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        badges.paint(self, self._badges)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection() and event.button() == Qt.MouseButton.LeftButton:
            self._tell(self.cursorForPosition(event.position().toPoint()).position())
