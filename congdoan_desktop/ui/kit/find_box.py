"""The find box of the window (Ctrl+K): pages at once, records as the program finds them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.ui.kit.line_edit import LineEdit
from congdoan_desktop.ui.kit.suggestions import Option, Suggestions, matching

_PAUSE_MS = 200


class FindBox(LineEdit):
    """Offers what is known here (`set_options`) and what others find for the text (`wanted`, `show_hits`)."""

    wanted = Signal(str)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Tìm nhanh   Ctrl+K")
        self.setAccessibleName("Tìm nhanh (Ctrl+K)")
        self.setProperty("role", "search")
        self.add_icon("magnifying-glass")
        self._options: list[tuple[str, Option]] = []
        self.list = Suggestions(self, self._choose)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)
        self.returnPressed.connect(self._take_first)

    def set_options(self, options: Sequence[Option]) -> None:
        self._options = [(search_key(option.text), option) for option in options]

    def show_hits(self, typed: str, hits: Sequence[Option]) -> None:
        """Hits for `typed`; dropped when the text has changed since."""
        if typed == self.text() and typed and self.hasFocus():
            self.list.show([*matching(self._options, typed), *hits])

    def _edited(self, typed: str) -> None:
        self.list.show(matching(self._options, typed) if typed else [])
        self._pause.start()

    def _ask(self) -> None:
        if self.text():
            self.wanted.emit(self.text())

    def _take_first(self) -> None:
        if found := matching(self._options, self.text()) if self.text() else []:
            self._choose(found[0])

    def _choose(self, option: Option) -> None:
        self.clear()
        self.list.hide()
        self.chosen.emit(option.value)
