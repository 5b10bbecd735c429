"""The frame of a page: head with title and actions, filters, body with the detail beside it."""

from __future__ import annotations

from functools import partial
from itertools import accumulate

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.line_edit import SearchBox

_ONE_LINE, _TWO_LINES = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_FITTED_AFTER = frozenset({QEvent.Type.Resize, QEvent.Type.LayoutRequest})
_GAP, _FILTER_GAP, _BUTTON_HEIGHT = 12, 8, 32


class PageFrame(QWidget):
    """Title, quiet subtitle, search, further actions and one primary action; tabs; filters; body | detail.

    Ctrl+N presses the primary action, Ctrl+F goes to the search box, Ctrl+Shift+L to the first filter, Ctrl+PgDn and
    Ctrl+PgUp walk through the tabs.
    """

    searched = Signal(str)

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel(title, "title")
        self.subtitle = ElidedLabel(subtitle, "second")
        # The subtitle gives way; title and buttons stay whole at any size of letters.
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.search: SearchBox | None = None
        self.primary: Button | None = None
        self.tabs: QTabBar | None = None
        self.banner = Banner()
        self._chips: list[FilterChip] = []
        self._beside: list[Button] = []
        self._on_first = 0
        self._top = QBoxLayout(_ONE_LINE)
        self._head, self._tools = QHBoxLayout(), QHBoxLayout()
        """Title and what says more about it; search and buttons."""
        self._filters, self._further = QHBoxLayout(), QHBoxLayout()
        """What fits on one line, and what does not."""
        self._body = QHBoxLayout()
        self._lay_out()
        self._shortcut("Ctrl+F", self._to_search)
        self._shortcut("Ctrl+N", self._press_primary)
        self._shortcut("Ctrl+Shift+L", self._to_filters)

    def _lay_out(self) -> None:
        self._top.setContentsMargins(0, 10, 0, 6)
        for layout in (self._top, self._head, self._tools):
            layout.setSpacing(_GAP)
        self._top.addLayout(self._head, 1)
        self._top.addLayout(self._tools)
        self._tools.addStretch(1)
        self._head.addWidget(self.title)
        self._head.addWidget(self.subtitle, 1)
        for layout in (self._filters, self._further):
            layout.setSpacing(_FILTER_GAP)
            layout.addStretch(1)
        self._body.setSpacing(12)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 12)
        self._column.setSpacing(8)
        self._column.addLayout(self._top)
        self._column.addWidget(self.banner)
        self._column.addLayout(self._body, 1)

    def _shortcut(self, keys: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    # Head

    def event(self, event: QEvent) -> bool:
        if event.type() in _FITTED_AFTER:
            self._fit_head()
            self._fit_filters()
        return super().event(event)

    def _fit_head(self) -> None:
        """Large letters put search and buttons under the title rather than cut one of them."""
        tight = self._head.sizeHint().width() + _GAP + self._tools.sizeHint().width() > self._room()
        wanted = _TWO_LINES if tight else _ONE_LINE
        # A part without buttons keeps its tabs where those of its neighbours stand.
        self.title.setMinimumHeight(0 if tight else theme.current().px(_BUTTON_HEIGHT))
        if self._top.direction() != wanted:
            self._top.setDirection(wanted)
            self._top.setAlignment(self._tools, Qt.AlignmentFlag.AlignRight if tight else Qt.AlignmentFlag(0))

    def add_search(self, placeholder: str, width: int = 240) -> SearchBox:
        self.search = SearchBox(placeholder, width)
        self.search.searched.connect(self.searched)
        self.search.left_down.connect(self._into_body)
        self._tools.insertWidget(1, self.search)
        return self.search

    def add_action(self, button: Button) -> Button:
        """A further button, at the right but before the primary action."""
        self._tools.insertWidget(self._tools.count() - (self.primary is not None), button)
        return button

    def set_primary(self, button: Button) -> Button:
        """The one primary action of the page, also Ctrl+N."""
        self.primary = button
        self._tools.addWidget(button)
        return button

    def _room(self) -> int:
        margins = self._column.contentsMargins()
        return self.width() - margins.left() - margins.right()

    # Tabs and filters

    def _fit_filters(self) -> None:
        """Those for which there is no room stand on a second line."""

        def wide(buttons: list[Button]) -> list[int]:
            return [one.sizeHint().width() + _FILTER_GAP if not one.isHidden() else 0 for one in buttons]

        room = self._room() - sum(wide(self._beside))
        fits = sum(reach <= room for reach in accumulate(wide([*self._chips])))
        if fits == self._on_first:
            return
        for chip in self._chips:
            (self._filters if self._filters.indexOf(chip) >= 0 else self._further).removeWidget(chip)
        for at, chip in enumerate(self._chips):
            line, place = (self._filters, at) if at < fits else (self._further, at - fits)
            line.insertWidget(place, chip)
        self._on_first = fits

    def add_tabs(self, names: list[str]) -> QTabBar:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        for name in names:
            self.tabs.addTab(name)
        self._column.insertWidget(1, self.tabs)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            self._shortcut(keys, partial(self._walk_tabs, step))
        return self.tabs

    def _walk_tabs(self, step: int) -> None:
        assert self.tabs is not None
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
        here = QApplication.focusWidget()
        if here is None or not here.isVisible():
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_filter(self, chip: FilterChip) -> FilterChip:
        self._show_filters()
        self._filters.insertWidget(self._on_first, chip)
        self._chips.insert(self._on_first, chip)
        self._on_first += 1
        return chip

    def add_filter_action(self, button: Button) -> Button:
        """A quiet button at the right end of the filters ("Cột")."""
        self._show_filters()
        self._filters.addWidget(button)
        self._beside.append(button)
        return button

    def is_filtered(self) -> bool:
        """Whether a search or a filter leaves rows out."""
        return bool(self.search and self.search.text()) or any(chip.value() for chip in self._chips)

    def clear_filters(self) -> None:
        """Empty the search box and all chips without telling; the caller renews its list."""
        for chip in self._chips:
            chip.clear()
        if self.search is not None:
            self.search.clear_silently()

    def _show_filters(self) -> None:
        if self._filters.parent() is None:
            self._column.insertLayout(self._column.indexOf(self.banner), self._filters)
            self._column.insertLayout(self._column.indexOf(self.banner), self._further)

    # Body

    def set_body(self, body: QWidget, detail: QWidget | None = None) -> None:
        """`detail` keeps its own width at the right; the body gives way."""
        self._body.addWidget(body, 1)
        self.setFocusProxy(body)
        if detail is not None:
            self._body.addWidget(detail)

    # Keys

    def _to_search(self) -> None:
        if self.search is not None:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def _into_body(self) -> None:
        """Down in the search: to the first row found, of a list."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        here = QApplication.focusWidget()
        if isinstance(here, QAbstractItemView) and not here.selectedIndexes():
            here.setCurrentIndex(here.model().index(0, 0))

    def _to_filters(self) -> None:
        if self._chips:
            self._chips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _press_primary(self) -> None:
        if self.primary is not None and self.primary.isEnabled():
            self.primary.click()
