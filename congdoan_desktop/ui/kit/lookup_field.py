"""A field whose suggestions come from the database a moment after typing, and whose Enter waits for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from congdoan_desktop.domain.text import clean
from congdoan_desktop.ui.kit.field import leaves, steps
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option

_PAUSE_MS = 150


class LookupField(SearchChoiceField):
    """Asks with `asked`; the page answers by `offer`, and by `settle` in any case, also when there was an error.

    Enter does the same to whoever types fast as to whoever looks at the list: pressed before the answer, it waits.
    """

    asked = Signal(str)
    """Look for what this text names."""

    def __init__(
        self, name: str, text: str, options: Iterable[Option] = (), *, free: bool = False, required: bool = False
    ) -> None:
        self._pause = QTimer()
        self.looks_up = True
        """Off where the text names nothing that is known."""
        self._answered: str | None = None
        self._entered: str | None = None
        super().__init__(name, text, options, free=free, required=required, placeholder="Gõ tên, không cần dấu")
        self._pause.setParent(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def present(self, options: Sequence[Option], meant: int) -> None:
        """Show what was found. The first `meant` of them are what Enter may take: at once where it is only one, else
        after it was marked.
        """
        waits = self._entered is not None
        if waits and meant == 1:
            self._choose(options[0])  # a list that came and went in one moment would draw the focus to itself
            return
        self.list.must_choose = meant > 0
        if meant or not waits:
            self.list.show(options)
        if meant == 1:
            self.list.mark(0)

    def settle(self, typed: str) -> None:
        """The question about `typed` is over: an Enter that waited for it is done now."""
        same = typed == self.line.text()
        if same:
            self._answered = typed
        if self._entered == typed:
            self._entered = None
            if same or self.is_known():
                self._enter()
            self.waiting.emit(False)

    def is_known(self) -> bool:
        """Whether the text stands for something chosen."""
        return self._chosen is not None

    def on_key(self, event: QKeyEvent) -> bool:
        if steps(event) == 1 and self._must_ask():
            self._wait()
            return True
        return super().on_key(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._entered is not None and leaves(event):
            self._entered = None
            self.waiting.emit(False)
        return super().eventFilter(watched, event)

    def typed_on(self) -> None:
        """What is in the list answers another text now."""
        self._answered = None
        self.list.unmark()
        self.list.must_choose = False
        self._pause.start()

    def _go_on(self) -> None:
        if self._must_ask():
            self._wait()
        else:
            super()._go_on()

    def _must_ask(self) -> bool:
        text = self.line.text()
        return self.looks_up and not self.is_known() and bool(clean(text)) and self._answered != text

    def _wait(self) -> None:
        self._entered = self.line.text()
        self.list.hide()
        self.waiting.emit(True)
        self._ask()

    def _enter(self) -> None:
        if self.list.is_open():
            self.list.enter()
        else:
            super()._go_on()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.line.text())
