"""Pages as they will be printed, one under the other, drawn only while they are in sight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSpinBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, label

Render = Callable[[int, int, Callable[[bytes], None]], object]
"""(page from 0, width in device pixels, whom to give the PNG): at once, or later from the database thread."""

_ACTUAL_WIDTH = 210 / 25.4 * 96
_GAP = 16
_KEPT, _SMALL_KEPT = 12, 60
_SMALL_WIDTH = 72
_ZOOMS = (50, 60, 75, 90, 100, 125, 150, 200)


class PaperView(QFrame):
    """A tool bar (list of pages, page, zoom, whole width) over the pages. PgUp and PgDn turn pages."""

    page_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.pages = _Pages(_KEPT)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("paper")
        self._scroll.setAccessibleName("Các trang in")
        # With a bar that comes and goes, the width that fits would change with every page that fits.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setWidget(self.pages)
        self._scroll.viewport().installEventFilter(self)
        self.small = _Pages(_SMALL_KEPT)
        self.small.clicked.connect(self._to_small)
        self._list = QScrollArea()
        self._list.setObjectName("page_list")
        self._list.setAccessibleName("Danh sách trang")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the number field does the same with keys
        self._list.setWidget(self.small)
        self._list.hide()
        self._fit_width = True
        self._count = 0
        self.number = QSpinBox()
        self.number.setAccessibleName("Trang")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.total = label("/ 0 trang")
        self.zoom_label = label("100%")
        self._make_buttons()
        self._lay_out()
        self.number.valueChanged.connect(self._to_page)
        self._scroll.verticalScrollBar().valueChanged.connect(self._scrolled)
        for keys, step in (("PgDown", 1), ("PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda s=step: self.turn(s))
        self.set_pages(lambda page, width, give: None, ())

    def _make_buttons(self) -> None:
        self.list_button = Button("Danh sách trang", "columns", "icon", on_click=self.show_list)
        self.list_button.setObjectName("page_list_button")
        self.previous = Button("Trang trước (PgUp)", "caret-left", "icon", on_click=lambda: self.turn(-1))
        self.next = Button("Trang sau (PgDn)", "caret-right", "icon", on_click=lambda: self.turn(1))
        self.smaller = Button("Thu nhỏ", "magnifying-glass-minus", "icon", on_click=lambda: self._zoom(-1))
        self.larger = Button("Phóng to", "magnifying-glass-plus", "icon", on_click=lambda: self._zoom(1))
        self.whole = Button("Vừa bề ngang", "arrows-horizontal", "icon", on_click=self.fit_width)
        buttons = (self.previous, self.next, self.smaller, self.larger, self.whole)
        for button, name in zip(buttons, ("previous", "next", "smaller", "larger", "whole"), strict=True):
            button.setObjectName(f"page_{name}")
        self.number.setObjectName("page_number")

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setObjectName("paperBar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 4, 12, 4)
        line.setSpacing(6)
        for widget in (self.list_button, self.previous, self.number, self.total, self.next):
            line.addWidget(widget)
        line.addSpacing(16)
        for widget in (self.smaller, self.zoom_label, self.larger, self.whole):
            line.addWidget(widget)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(bar)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self._list)
        both.addWidget(self._scroll, 1)
        layout.addLayout(both, 1)

    def set_pages(self, render: Render, shapes: Sequence[float], page: int = 1) -> None:
        """Show a new document from its first page, or from `page`; `shapes` are height by width of each page."""
        self._count = count = len(shapes)
        self.pages.set_document(render, shapes)
        self.small.set_document(render, shapes)
        self.number.setRange(1 if count else 0, count)
        self.total.setText(f"/ {count} trang")
        self.number.setValue(1 if count else 0)
        self._scroll.verticalScrollBar().setValue(0)
        for button in (self.list_button, self.previous, self.next, self.smaller, self.larger, self.whole, self.number):
            button.setEnabled(count > 0)
        self._apply_width()
        if min(page, count) > 1:
            self.number.setValue(min(page, count))

    def show_first(self, png: bytes, shape: float) -> None:
        """Page 1 of a document whose other pages are still being made."""
        self.set_pages(lambda page, width, give: give(png), (shape,))
        self.total.setText("/ … trang")

    def pixels_across(self) -> int:
        """How wide a page is drawn, in pixels of the screen."""
        return round(self.pages.page_width * self.devicePixelRatio())

    def page(self) -> int:
        """The page at the top of the window, from 1; 0 without pages."""
        return self.number.value()

    def show_list(self) -> None:
        """Show or hide the small pages at the left; a click goes to a page."""
        shown = self._list.isHidden()
        width = theme.current().px(_SMALL_WIDTH)
        self.small.set_page_width(width)
        self._list.setFixedWidth(width + 2 * _GAP + self._list.verticalScrollBar().sizeHint().width() + 2)
        self._list.setVisible(shown)
        self._mark(self.number.value())

    def _to_small(self, page: int) -> None:
        self.number.setValue(page + 1)

    def _mark(self, page: int) -> None:
        """The page in sight, among the small ones."""
        if page and not self._list.isHidden():
            self.small.mark(page - 1)
            middle = self.small.top_of(page - 1) + self.small.height_of(page - 1) // 2
            self._list.ensureVisible(0, middle, 0, self.small.height_of(page - 1) // 2 + _GAP)

    def turn(self, step: int) -> None:
        self.number.setValue(self.number.value() + step)

    def fit_width(self) -> None:
        self._fit_width = True
        self._apply_width()

    def zoom(self) -> int:
        """Per cent of the printed size."""
        return round(self.pages.page_width * 100 / _ACTUAL_WIDTH)

    def _zoom(self, step: int) -> None:
        now = self.zoom()
        larger = [z for z in _ZOOMS if z > now]
        smaller = [z for z in _ZOOMS if z < now]
        goal = (larger[:1] if step > 0 else smaller[-1:]) or [now]
        self._fit_width = False
        self._set_width(round(_ACTUAL_WIDTH * goal[0] / 100))

    def _apply_width(self) -> None:
        if self._fit_width:
            self._set_width(max(self._scroll.viewport().width() - 2 * _GAP, 200))

    def _set_width(self, width: int) -> None:
        page = self.number.value()
        self.pages.set_page_width(width)
        self.zoom_label.setText(f"{self.zoom()}%")
        self._to_page(page)

    def _to_page(self, page: int) -> None:
        if page:
            self._scroll.verticalScrollBar().setValue(self.pages.top_of(page - 1) - _GAP)
            self._mark(page)
            self.page_changed.emit(page)

    def _scrolled(self, value: int) -> None:
        if self._count:
            self.number.blockSignals(True)
            self.number.setValue(self.pages.page_at(value + self._scroll.viewport().height() // 3) + 1)
            self.number.blockSignals(False)
            self._mark(self.number.value())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            QTimer.singleShot(0, self, self._apply_width)
        return False


class _Pages(QWidget):
    """The stack of pages; a page is asked for when it is first painted at a width, and stays white until it comes."""

    clicked = Signal(int)

    def __init__(self, kept: int) -> None:
        super().__init__()
        self.page_width = 400
        self._kept = kept
        self._marked: int | None = None
        self._count = 0
        self._shapes: tuple[float, ...] = ()
        self._tops = [_GAP]
        self._render: Render = lambda page, width, give: None
        self._drawn: dict[int, tuple[int, QPixmap]] = {}
        self._asked: dict[int, int] = {}
        self._document = 0

    def set_document(self, render: Render, shapes: Sequence[float]) -> None:
        """The pages of the document before stand until the new ones come, so that nothing flickers while typing."""
        self._count, self._shapes, self._render = len(shapes), tuple(shapes), render
        self._document += 1
        self._asked.clear()
        self._drawn = {page: (0, picture) for page, (_, picture) in self._drawn.items() if page < self._count}
        self._resize()

    def set_page_width(self, width: int) -> None:
        self.page_width = width
        self._resize()

    def _resize(self) -> None:
        heights = (self.height_of(page) + _GAP for page in range(self._count))
        self._tops = list(accumulate(heights, initial=_GAP))
        self.resize(self.sizeHint())
        self.update()

    def height_of(self, page: int) -> int:
        return round(self.page_width * self._shapes[page])

    def sizeHint(self) -> QSize:
        return QSize(self.page_width + 2 * _GAP, self._tops[-1])

    def top_of(self, page: int) -> int:
        return self._tops[page]

    def page_at(self, y: int) -> int:
        return min(max(bisect_right(self._tops, y) - 1, 0), max(self._count - 1, 0))

    def mark(self, page: int) -> None:
        """The page with a frame around it."""
        if page != self._marked:
            self._marked = page
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._count:
            self.clicked.emit(self.page_at(round(event.position().y())))

    def _ask(self, page: int) -> None:
        width = round(self.page_width * self.devicePixelRatio())
        if width not in (self._drawn.get(page, (0, None))[0], self._asked.get(page)):
            self._asked[page] = width
            self._render(page, width, partial(self._take, self._document, page, width))

    def _take(self, document: int, page: int, width: int, png: bytes) -> None:
        if not isValid(self) or (document, width) != (self._document, self._asked.get(page)):
            return
        del self._asked[page]
        picture = QPixmap()
        picture.loadFromData(png)
        self._drawn.pop(page, None)
        self._drawn[page] = (width, picture)
        if len(self._drawn) > self._kept:
            del self._drawn[next(iter(self._drawn))]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._count:
            return
        sight = range(self.page_at(event.rect().top()), self.page_at(event.rect().bottom()) + 1)
        # Before the painter begins: an error in another's code must not leave it open.
        for page in sight:
            self._ask(page)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(theme.current().color("border"))
        for page in sight:
            box = QRect(_GAP, self.top_of(page), self.page_width, self.height_of(page))
            painter.fillRect(box, Qt.GlobalColor.white)
            if page in self._drawn:
                painter.drawPixmap(box, self._drawn[page][1])
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        if self._marked is not None and self._marked < self._count:
            painter.setPen(QPen(theme.current().color("accent"), 2))
            marked = QRect(_GAP, self.top_of(self._marked), self.page_width, self.height_of(self._marked))
            painter.drawRect(marked.adjusted(-2, -2, 2, 2))
