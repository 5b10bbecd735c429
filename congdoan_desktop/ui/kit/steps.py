"""Large steps of one job, side by side: done, active, waiting, failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.ui.kit.basics import IconLabel, label, set_state

State = Literal["waiting", "active", "done", "failed"]
_WORDS = {"waiting": "chưa tới", "active": "đang làm", "done": "xong", "failed": "có lỗi"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step's name ("Đọc lại"), its icon while it waits or runs, and its quiet line."""

    title: str
    icon: str
    line: str = ""


class StepBar(QWidget):
    """The steps as cards; numbers are added to the titles."""

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.cards = [_StepCard(number, step) for number, step in enumerate(steps, 1)]
        for card in self.cards:
            layout.addWidget(card, 1)

    def set_step(self, position: int, state: State, line: str = "") -> None:
        """`position` from 0; an empty `line` leaves the step's own."""
        self.cards[position].show_state(state, line)

    def start(self) -> None:
        """All steps wait again, with their own lines."""
        for card in self.cards:
            card.show_state("waiting", "")

    def state(self, position: int) -> str:
        return str(self.cards[position].property("state"))


class _StepCard(QFrame):
    def __init__(self, number: int, step: Step) -> None:
        super().__init__()
        self.setObjectName("step")
        self._step = step
        self._title = f"{number}. {step.title}"
        self._icon = IconLabel(step.icon, "text2", 28)
        self._line = label(step.line, "second", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(label(self._title, "card", wrap=True))
        texts.addWidget(self._line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 12, 14)
        layout.setSpacing(12)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(texts, 1)
        self.show_state("waiting", "")

    def show_state(self, state: State, line: str) -> None:
        set_state(self, "state", state)
        icon, token = {
            "waiting": (self._step.icon, "text2"),
            "active": (self._step.icon, "accent_text"),
            "done": ("check-circle", "ok"),
            "failed": ("warning-circle", "bad"),
        }[state]
        self._icon.set_icon(icon, token)
        self._line.setText(line or self._step.line)
        self.setAccessibleName(f"{self._title}: {_WORDS[state]}. {self._line.text()}")
