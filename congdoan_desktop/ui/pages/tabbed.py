"""A page of parts under one row of tabs, each with its own search, actions and detail."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QStackedWidget

from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.page import PageFrame


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of a page, a PageFrame; `place` is "module:class" below `ui.pages`, read when it is first shown."""

    key: str
    title: str
    place: str

    @property
    def module(self) -> str:
        return f"congdoan_desktop.ui.pages.{self.place.split(':')[0]}"

    def build(self, context: Context) -> PageFrame:
        made: PageFrame = getattr(import_module(self.module), self.place.split(":")[1])(context)
        return made


class TabbedPage(QStackedWidget):
    """`open_object` takes a tab's key, or "KEY/ID" for an object there; any other id belongs to the first tab.

    Every part carries the row of tabs under its own head, so that heads may differ and the row stands still.
    """

    def __init__(self, context: Context, title: str, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self._context, self._title, self._tabs = context, title, tuple(tabs)
        self._numbers = {tab.key: number for number, tab in enumerate(self._tabs)}
        self._parts: dict[int, PageFrame] = {}
        self._show(0)

    def part(self, key: str) -> PageFrame:
        """The part of a tab, built if need be and shown.

        Raises: KeyError when there is no such tab.
        """
        part = self._show(self._numbers[key])
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        return part

    def build_ahead(self) -> bool:
        """Build a part that nobody has opened yet, or read its module first; True while there is more to do."""
        waiting = [number for number in range(len(self._tabs)) if number not in self._parts]
        if not waiting:
            return False
        if self._tabs[waiting[0]].module not in sys.modules:
            import_module(self._tabs[waiting[0]].module)
        else:
            self._parts[waiting[0]] = self._built(waiting[0])
        return True

    def open_new(self) -> None:
        """A blank record in the tab in sight."""
        part = self._parts[self._shown()]
        if hasattr(part, "open_new"):
            part.open_new()

    def open_object(self, id_: str) -> None:
        key, _, inner = id_.partition("/")
        known = key in self._numbers
        part = self.part(key) if known else self._show(0)
        wanted = inner if known else id_
        if wanted and hasattr(part, "open_object"):
            part.open_object(wanted)

    def _show(self, tab: int) -> PageFrame:
        if tab not in self._parts:
            self._parts[tab] = self._built(tab)
        part = self._parts[tab]
        self.setCurrentWidget(part)
        self.setFocusProxy(part)
        return part

    def _built(self, tab: int) -> PageFrame:
        part = self._tabs[tab].build(self._context)
        part.title.setText(self._title)
        bar = part.add_tabs([one.title for one in self._tabs])
        bar.setObjectName("tabs")
        bar.setAccessibleName(f"Các phần của trang {self._title}")
        bar.setCurrentIndex(tab)
        bar.currentChanged.connect(partial(self._turned, tab))
        self.addWidget(part)
        return part

    def _turned(self, held: int, tab: int) -> None:
        """The row of the part that is left goes back to its own tab."""
        bar = self._parts[held].tabs
        assert bar is not None
        with_keys = bar.hasFocus()
        with QSignalBlocker(bar):
            bar.setCurrentIndex(held)
        part = self._show(tab)
        goal = part.tabs if with_keys and part.tabs is not None else part
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown(self) -> int:
        return next(tab for tab, part in self._parts.items() if part is self.currentWidget())
