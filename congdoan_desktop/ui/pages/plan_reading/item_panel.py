"""The item under the cursor: what is printed, what is asked, and the three keys: take, change, leave out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.services.plan_item import Item
from congdoan_desktop.services.plan_review import Decision, Review
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.chips import ChipLabel
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.pages.plan_reading import words

_HEIGHT = 188


class ItemPanel(QFrame):
    """Buttons for the mouse; the keys stand in their tooltips and in the foot of the page."""

    take_asked = Signal()
    edit_asked = Signal()
    leave_asked = Signal()
    again_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._name = label("", "strong")
        self._confidence = ChipLabel(words.DECISIONS[Decision.WAITING])
        self._state = ChipLabel(words.DECISIONS[Decision.WAITING])
        self.wording = label("", wrap=True)
        self.wording.setObjectName("item_wording")
        self._becomes = label("", "second", wrap=True)
        self.question = label("", "", "warn", wrap=True)
        self.question.setObjectName("item_question")
        self.take = self._button("Nhận", "check", "take_item", self.take_asked, "primary", "Enter")
        self.edit = self._button("Sửa", "pencil-simple", "edit_item", self.edit_asked, "", "F2")
        self.leave = self._button("Bỏ qua", "minus-circle", "leave_item", self.leave_asked, "", "Delete")
        self.again = self._button("Xét lại", "arrow-counter-clockwise", "again_item", self.again_asked, "", "")
        self._lay_out()

    def _button(self, text: str, icon: str, name: str, asked: object, role: str, keys: str) -> Button:
        button = Button(text, icon, role, "small", on_click=asked.emit)  # type: ignore[attr-defined]  # a bound signal
        button.setObjectName(name)
        if keys:
            button.setToolTip(f"{text} ({keys})")
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 12, 0)
        head.setSpacing(8)
        for widget in (self._name, self._confidence, self._state):
            head.addWidget(widget)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 4, 12, 10)
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in (self.again, self.leave, self.edit, self.take):
            foot.addWidget(button)
        texts = QWidget()
        inside = QVBoxLayout(texts)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        for line in (self.wording, self._becomes, self.question):
            inside.addWidget(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 10, 1, 1)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(ScrollColumn(texts, (14, 2, 12, 2)), 1)
        layout.addLayout(foot)
        self.setFixedHeight(theme.current().px(_HEIGHT))

    def show_item(self, item: Item | None, review: Review | None) -> None:
        self.setVisible(item is not None)
        if item is None or review is None:
            return
        decision = review.decision(item.id)
        self._name.setText(item.label)
        self._confidence.set_state(words.confidence(item))
        self._state.set_state(words.DECISIONS[decision])
        self._state.setVisible(decision is not Decision.WAITING)
        self.wording.setText(f"“{item.text}”")
        self._becomes.setText(words.becomes(item, review.part(item.id)))
        asked = item.question or words.TAKE_NOTE.get(item.group, "")
        self.question.setText(asked if decision is Decision.WAITING else "")
        self.question.setVisible(bool(self.question.text()))
        self.take.setVisible(decision is not Decision.TAKEN)
        self.leave.setVisible(decision is not Decision.LEFT)
        self.again.setVisible(decision is not Decision.WAITING)
