"""The frame of a page: head with title and actions, filters, body with the detail beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.line_edit import SearchBox

_ONE_LINE, _TWO_LINES = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_FITTED_AFTER = frozenset({QEvent.Type.Resize, QEvent.Type.LayoutRequest})
_GAP = 12


class PageFrame(QWidget):
    """Title, quiet subtitle, search, further actions and one primary action; tabs; filters; body | detail.

    Ctrl+N presses the primary action, Ctrl+F goes to the search box, Ctrl+Shift+L to the first filter.
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
        self._top = QBoxLayout(_ONE_LINE)
        self._head, self._tools = QHBoxLayout(), QHBoxLayout()
        """Title and what says more about it; search and buttons."""
        self._filters = QHBoxLayout()
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
        self._head.addWidget(self.title)
        self._head.addWidget(self.subtitle, 1)
        self._filters.setSpacing(8)
        self._filters.addStretch(1)
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
        return super().event(event)

    def _fit_head(self) -> None:
        """Large letters put search and buttons under the title rather than cut one of them."""
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        tight = self._head.sizeHint().width() + _GAP + self._tools.sizeHint().width() > room
        wanted = _TWO_LINES if tight else _ONE_LINE
        if self._top.direction() != wanted:
            self._top.setDirection(wanted)
            self._top.setAlignment(self._tools, Qt.AlignmentFlag.AlignRight if tight else Qt.AlignmentFlag(0))

    def add_search(self, placeholder: str, width: int = 240) -> SearchBox:
        self.search = SearchBox(placeholder, width)
        self.search.searched.connect(self.searched)
        self._tools.insertWidget(0, self.search)
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

    # Tabs and filters

    def add_tabs(self, names: list[str]) -> QTabBar:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        for name in names:
            self.tabs.addTab(name)
        self._column.insertWidget(1, self.tabs)
        return self.tabs

    def add_filter(self, chip: FilterChip) -> FilterChip:
        self._show_filters()
        self._filters.insertWidget(len(self._chips), chip)
        self._chips.append(chip)
        return chip

    def add_filter_action(self, button: Button) -> Button:
        """A quiet button at the right end of the filters ("Cột")."""
        self._show_filters()
        self._filters.addWidget(button)
        return button

    def clear_filters(self) -> None:
        """Empty the search box and all chips without telling; the caller renews its list."""
        for chip in self._chips:
            chip.clear()
        if self.search is not None:
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)

    def _show_filters(self) -> None:
        if self._filters.parent() is None:
            self._column.insertLayout(self._column.indexOf(self.banner), self._filters)

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

    def _to_filters(self) -> None:
        if self._chips:
            self._chips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _press_primary(self) -> None:
        if self.primary is not None and self.primary.isEnabled():
            self.primary.click()
