"""A filter chip for one of many: it opens a dialog in which a part of the name is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option, matching

_FEW = 24
"""So many still stand in a menu."""


class PickDialog(Dialog):
    """Choosing one of many by typing a part of its name."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        options: Sequence[Option],
        chosen: object,
        on_pick: Callable[[object], object],
    ) -> None:
        super().__init__(parent, title, "funnel", "accent")
        self._on_pick = on_pick
        self._keyed = [(search_key(option.text), option) for option in options]
        self.field = SearchChoiceField("pick", "Tên", options, required=True)
        self.field.set_value(chosen)
        self.field.moved.connect(lambda *_: self._agree())
        self.body.addWidget(self.field)
        if chosen is not None:
            self.none = self.add_button(Button("Bỏ lọc", on_click=self._clear))
        self.cancel = self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button("Lọc", role="primary", on_click=self._agree))
        self.field.setFocus()

    def _agree(self) -> None:
        """Also when what was typed fits only one."""
        if self.field.value() is None and len(fitting := matching(self._keyed, self.field.line.text())) == 1:
            self.field.set_value(fitting[0].value)
        found = self.field.findings()
        self.field.show_findings(found)
        if not found:
            self.accept()
            self._on_pick(self.field.value())

    def _clear(self) -> None:
        self.accept()
        self._on_pick(None)


class PickChip(FilterChip):
    """A menu while there are few choices; with many, a dialog."""

    def __init__(self, text: str, on_change: Callable[[object], object]) -> None:
        self._options: list[Option] = []
        super().__init__(text, on_change, choices=((None, text),))
        self.clicked.connect(self._open)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        self._options = [Option(value, text) for value, text in choices]
        super().set_choices(choices)
        if len(choices) > _FEW:
            self.setMenu(None)  # type: ignore[arg-type]  # Qt takes the menu away

    def _menu_of(self, choices: Sequence[tuple[object, str]]) -> QMenu:
        """Of many choices nobody sees it, and 600 actions take 30 ms to make."""
        return super()._menu_of(choices if len(choices) <= _FEW else ())

    def _open(self) -> None:
        if self.menu() is not None:
            return
        self.setChecked(self.value() is not None)  # the click turned it over
        dialog = PickDialog(self, self._word, self._options, self.value(), self._picked)
        dialog.setObjectName("pick_dialog")
        dialog.open()

    def _picked(self, value: object) -> None:
        text = next((option.text for option in self._options if option.value == value), "")
        self._pick(value, text)
