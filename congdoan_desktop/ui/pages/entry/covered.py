"""An identity number that stays covered until the officer asks to see it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from congdoan_desktop.ui.kit.text_fields import TextField

COVERED = "•"


class CoveredField(TextField):
    """One already kept shows its mask; `reveal_asked` asks for the whole, and the asking is logged."""

    reveal_asked = Signal()

    def __init__(self, name: str, text: str, placeholder: str = "12 chữ số") -> None:
        super().__init__(name, text, placeholder=placeholder)
        self._eye: QAction = self.line.add_icon("eye", "Xem cả số (việc xem được ghi vào nhật ký)", self.ask)
        self._eye.setVisible(False)
        self.line.textChanged.connect(self._cover_changed)

    @property
    def is_covered(self) -> bool:
        return COVERED in self.line.text()

    def ask(self) -> None:
        if self.is_covered:
            self.reveal_asked.emit()

    def reveal(self, number: str) -> None:
        """Show the whole number, which may then be mended."""
        self.line.setText(number)
        self.line.setFocus()

    def _cover_changed(self, _text: str) -> None:
        self._eye.setVisible(self.is_covered)
        self.line.setReadOnly(self.is_covered)
