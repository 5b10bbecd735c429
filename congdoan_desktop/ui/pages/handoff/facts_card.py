"""The drive beside the steps: its name, its room, and which packages lie on it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from congdoan_desktop.domain.file_sizes import shown_size
from congdoan_desktop.errors import AppError
from congdoan_desktop.services.stick_facts import StickFacts
from congdoan_desktop.ui.kit.basics import ElidedLabel, IconLabel, label

_SHOWN_FILES = 3


class FactsCard(QFrame):
    """Says only what was seen; names of files prove nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._name = ElidedLabel("Chưa chọn USB", "card")
        self._room = label("", "second")
        self._files = QVBoxLayout()
        self._files.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel("hard-drive", "text2", 18))
        head.addWidget(self._name, 1)
        head.addWidget(self._room)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self._files)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_facts(self, name: str, facts: StickFacts) -> None:
        self._name.set_text(name)
        self._room.setText(f"còn {shown_size(facts.free)} / {shown_size(facts.total)}")
        self._clear()
        for file in facts.files[:_SHOWN_FILES]:
            self._files.addWidget(ElidedLabel(f"{file.kind_name} · {file.name} · {shown_size(file.size)}"))
        more = len(facts.files) - _SHOWN_FILES
        text = f"và {more} gói nữa" if more > 0 else "" if facts.files else "Chưa có gói nào trên USB này"
        if text:
            self._files.addWidget(label(text, "second"))
        if facts.warning:
            self._files.addWidget(label(facts.warning, "", "bad", wrap=True))

    def show_problem(self, error: AppError) -> None:
        self._name.set_text("Không đọc được")
        self._room.setText("")
        self._clear()
        self._files.addWidget(label(f"{error.what} {error.todo}", "", "bad", wrap=True))

    def _clear(self) -> None:
        while (item := self._files.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
