"""A field that finds its value by typing a part of the name, with or without diacritics."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from congdoan_desktop.domain.text import clean, search_key
from congdoan_desktop.errors import Finding
from congdoan_desktop.ui.kit.suggestions import Option, Suggestions, matching
from congdoan_desktop.ui.kit.text_fields import TextField


class SearchChoiceField(TextField):
    """One of many (a member, a unit, a place); with `free` also any other text.

    Without `free` the value is that of the chosen option, and text that names none is a finding. With `free` the
    value is the text itself and the options are remembered ones.
    """

    wanted = Signal(str)
    """The text changed; for callers that look up options elsewhere and hand them to `set_options`."""

    def __init__(
        self,
        name: str,
        text: str,
        options: Iterable[Option] = (),
        *,
        free: bool = False,
        required: bool = False,
        hint: str = "",
        placeholder: str = "Gõ một phần tên, không cần dấu",
    ) -> None:
        super().__init__(name, text, required=required, hint=hint, placeholder=placeholder)
        self._free = free
        self._options: tuple[Option, ...] = ()
        self._keyed: list[tuple[str, Option]] | None = None
        self._chosen: Option | None = None
        self.list = Suggestions(self.line, self._choose, self._go_on, must_choose=not free)
        self.line.add_icon("caret-down" if free else "magnifying-glass", "Mở danh sách (Alt+↓)", self._toggle_list)
        self.line.textChanged.connect(self._forget_other_text)
        self.set_options(options)

    def set_options(self, options: Iterable[Option]) -> None:
        self._options, self._keyed = tuple(options), None
        if self.list.is_open():
            self._show_matching()

    def value(self) -> object:
        if self._free:
            return super().value()
        return self._chosen.value if self._chosen else None

    def set_value(self, value: object) -> None:
        if self._free:
            super().set_value(value)
            return
        option = next((o for o in self._options if o.value == value), None) if value is not None else None
        self._take(option)

    def raw(self) -> object:
        # The option's place in the list may change until the draft is opened again; its text does not.
        return [self.line.text(), self._chosen.second if self._chosen else ""]

    def set_raw(self, raw: object) -> None:
        text, second = raw if isinstance(raw, list) and len(raw) == 2 else (raw, "")
        option = next((o for o in self._options if (o.text, o.second) == (text, second)), None)
        self._take(option)
        if option is None:
            super().set_raw(text)

    def missing(self) -> str:
        return super().missing() if self._free else f"Chưa chọn {self.text_label[:1].lower()}{self.text_label[1:]}."

    def is_empty(self) -> bool:
        return not clean(self.line.text())

    def findings(self) -> tuple[Finding, ...]:
        if self._free or self.is_empty() or self._chosen:
            return super().findings()
        return (Finding(self.name, f"Không có “{clean(self.line.text())}” trong danh sách. Chọn một dòng có sẵn."),)

    def move_on(self) -> None:
        """The only option with exactly this name is the one meant."""
        if self._free or self._chosen or self.is_empty():
            return
        key = search_key(self.line.text())
        same = [o for o in self._options if search_key(o.text) == key]
        if len(same) == 1:
            self._choose(same[0])

    def on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down and not self.list.is_open():
            self._show_matching()
            return True
        return super().on_key(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.list.is_open():
            return False
        return super().eventFilter(watched, event)

    def _edited(self) -> None:
        self.wanted.emit(self.line.text())
        self._show_matching()
        super()._edited()

    def _show_matching(self) -> None:
        typed = "" if self._chosen else self.line.text()
        self.list.show(matching(self._folded(), typed))

    def _folded(self) -> list[tuple[str, Option]]:
        """Folded when somebody types: of 1,500 names it takes 25 ms, which no opening of a page should wait for."""
        if self._keyed is None:
            self._keyed = [(search_key(f"{option.text} {option.second}"), option) for option in self._options]
        return self._keyed

    def _toggle_list(self) -> None:
        self.line.setFocus()
        if self.list.is_open():
            self.list.hide()
        else:
            self._show_matching()

    def _go_on(self) -> None:
        self.moved.emit(self.name, 1)

    def _choose(self, option: Option) -> None:
        self._take(option)
        super()._edited()

    def _take(self, option: Option | None) -> None:
        self._chosen = None
        self.line.setText(option.text if option else "")
        self._chosen = option
        if not self._free:
            self.set_hint(option.second if option else "")

    def _forget_other_text(self, text: str) -> None:
        if self._chosen and text != self._chosen.text:
            self._chosen = None
            if not self._free:
                self.set_hint("")
