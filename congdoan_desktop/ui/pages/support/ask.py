"""A few fields that must be answered before something is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.form import Form, Values


class AskDialog(Dialog):
    """Says what it is about, asks with a form, and gives the values to `on_yes` when nothing is wrong."""

    def __init__(
        self, parent: QWidget, title: str, about: str, form: Form, yes: str, on_yes: Callable[[Values], object]
    ) -> None:
        super().__init__(parent.window(), title, "list-checks", "accent_text")
        self.setObjectName("ask")
        self.form, self._on_yes = form, on_yes
        self.body.addWidget(label(about, wrap=True))
        self.body.addWidget(form)
        self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button(yes, "check", "primary", on_click=self._try))
        self.yes.setObjectName("ask_yes")
        form.last_left.connect(self._try)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.focus_first()

    def _try(self) -> None:
        if self.form.check():
            values = self.form.values()
            self.accept()
            self._on_yes(values)
