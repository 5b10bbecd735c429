"""A field for several people who are known, found one after the other by a part of the name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.errors import Finding
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.pages.entry.person_field import PersonField

UNKNOWN = "Người không còn trong sổ"


class PeopleField(PersonField):
    """The value is the ids of the people in the order they were chosen; None for nobody.

    Whoever is chosen goes into a list below, and the line is free for the next name.
    """

    def __init__(self, name: str, text: str, context: Context, *, required: bool = False) -> None:
        self._people: list[Option] = []
        super().__init__(name, text, context, required=required)
        self._names: dict[str, str] = {}
        holder = QWidget()
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(2, 0, 0, 0)
        self._lines.setSpacing(0)
        self._layout.insertWidget(2, holder)

    def know(self, people: Iterable[tuple[str, str]]) -> None:
        """Names of people by id, so that `set_value` can show them."""
        self._names.update(people)

    def value(self) -> object:
        return tuple(str(option.value) for option in self._people) or None

    def set_value(self, value: object) -> None:
        ids = value if isinstance(value, (tuple, list)) else ()
        self._show([Option(str(id_), self._names.get(str(id_)) or UNKNOWN) for id_ in ids])
        self.line.clear()

    def raw(self) -> object:
        return [self.line.text(), [[option.value, option.text, option.second] for option in self._people]]

    def set_raw(self, raw: object) -> None:
        text, people = raw if isinstance(raw, list) and len(raw) == 2 else ("", [])
        self._show([Option(*person) for person in people])
        self.line.setText(str(text))

    def is_empty(self) -> bool:
        return not self._people and super().is_empty()

    def findings(self) -> tuple[Finding, ...]:
        if self.line.text().strip():
            return super().findings()
        return (Finding(self.name, self.missing()),) if self.required and not self._people else ()

    def _choose(self, option: Option) -> None:
        if option.value not in [held.value for held in self._people]:
            self._show([*self._people, option])
        self.line.clear()
        self.set_hint("")
        self.edited.emit()

    def _remove(self, option: Option) -> None:
        self._show([held for held in self._people if held is not option])
        self.line.setFocus()
        self.edited.emit()

    def _show(self, people: list[Option]) -> None:
        self._people = people
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for option in people:
            self._lines.addWidget(self._line_of(option))

    def _line_of(self, option: Option) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(" · ".join(part for part in (option.text, option.second) if part), "second", wrap=True), 1)
        line.addWidget(Button(f"Bỏ {option.text}", "x", "icon", on_click=partial(self._remove, option)))
        return made
