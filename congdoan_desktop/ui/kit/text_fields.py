"""Fields of free text: one line, several lines, a passphrase."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from congdoan_desktop.domain.text import clean
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.field import Field, steps
from congdoan_desktop.ui.kit.line_edit import LineEdit

_AROUND_NOTE = 12
"""Border and padding of the style sheet, above and below together, at 100 %."""


class TextField(Field):
    """One line of text; the value is a str, None when empty."""

    def __init__(
        self, name: str, text: str, *, required: bool = False, hint: str = "", placeholder: str = "", limit: int = 500
    ) -> None:
        self.line = LineEdit()
        self.line.setMaxLength(limit)
        self.line.setPlaceholderText(placeholder)
        super().__init__(name, text, self.line, required=required, hint=hint)
        self.line.textEdited.connect(self._edited)

    def value(self) -> object:
        return clean(self.line.text()) or None

    def set_value(self, value: object) -> None:
        self.set_raw("" if value is None else str(value))

    def raw(self) -> object:
        return self.line.text()

    def set_raw(self, raw: object) -> None:
        if not _says(self.line.text(), raw):
            self.line.setText(str(raw))
            self.line.setCursorPosition(0)

    def _edited(self) -> None:
        self.edited.emit()


class PassphraseField(TextField):
    """A passphrase with an eye to look at it. The value is exactly what was typed; drafts never hold it."""

    def __init__(self, name: str, text: str, *, required: bool = True, hint: str = "") -> None:
        super().__init__(name, text, required=required, hint=hint)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = self.line.add_icon("eye", "Xem mật khẩu", self._toggle)

    def value(self) -> object:
        return unicodedata.normalize("NFC", self.line.text()) or None

    def raw(self) -> object:
        return ""

    def _toggle(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.line.replace_icon(self._eye, *(("eye-slash", "Che mật khẩu") if hidden else ("eye", "Xem mật khẩu")))


class NoteField(Field):
    """Several lines; Enter begins a new line, Tab goes on. Nothing is written: Enter goes on too, as everywhere."""

    enter_moves = False

    def __init__(
        self, name: str, text: str, *, required: bool = False, hint: str = "", lines: int = 3, placeholder: str = ""
    ) -> None:
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(placeholder)
        self._lines = lines
        super().__init__(name, text, self.note, required=required, hint=hint)
        self._filling = False
        self.note.textChanged.connect(self._changed)
        self._fit()

    def value(self) -> object:
        return clean(self.note.toPlainText()) or None

    def set_value(self, value: object) -> None:
        self.set_raw("" if value is None else str(value))

    def raw(self) -> object:
        return self.note.toPlainText()

    def set_raw(self, raw: object) -> None:
        if not _says(self.note.toPlainText(), raw):
            self._filling = True
            self.note.setPlainText(str(raw))
            self._filling = False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def on_key(self, event: QKeyEvent) -> bool:
        if steps(event) != 1 or self.enter_moves or self.note.toPlainText():
            return super().on_key(event)
        self.moved.emit(self.name, 1)
        return True

    def _fit(self) -> None:
        text = self.note.fontMetrics().lineSpacing() * self._lines
        margin = round(2 * self.note.document().documentMargin())
        self.note.setFixedHeight(text + margin + theme.current().px(_AROUND_NOTE))

    def _changed(self) -> None:
        if not self._filling:
            self.edited.emit()


def _says(text: str, raw: object) -> bool:
    """Who saves in the midst of typing goes on where the cursor stands: nothing but outer spaces is another."""
    return str(raw) in (text, clean(text))
