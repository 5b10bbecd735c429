"""Changing one item: its printed words above, the form of its kind below."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from congdoan_desktop.services.plan_item import Item, Part
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.pages.plan_reading.item_forms import ItemForm, form_for


class ChangeCard(QFrame):
    """Ctrl+Enter, or Enter in the last field, takes what was typed."""

    changed = Signal(str, object)
    """Id of the item, and its new piece."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("editor")
        self._id = ""
        self.held: ItemForm | None = None
        self._title = label("", "card")
        self._wording = label("", "words", wrap=True)
        self._question = label("", "", "warn", wrap=True)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(1, 0, 1, 0)
        self.take = Button("Nhận mục đã sửa", "check", "primary", on_click=self._take)
        self.take.setObjectName("take_changed")
        self.take.setToolTip("Ctrl+Enter")
        back = Button("Thôi", on_click=self.closed.emit)
        back.setObjectName("close_change")
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 4)
        for widget in (self._title, self._wording, self._question):
            head.addWidget(widget)
        foot = QFrame()
        foot.setObjectName("foot")
        line = QHBoxLayout(foot)
        line.setContentsMargins(12, 8, 12, 8)
        line.addStretch(1)
        line.addWidget(back)
        line.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._place, 1)
        layout.addWidget(foot)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._take)

    def open_item(self, item: Item, part: Part, today: date) -> None:
        while (old := self._place.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._id = item.id
        self.held = form_for(item, part, today)
        self.held.form.last_left.connect(self._take)
        self._title.setText(f"Sửa: {item.label}")
        self._wording.setText(f"“{item.text}”")
        self._question.setText(item.question)
        self._question.setVisible(bool(item.question))
        self._place.addWidget(ScrollColumn(self.held.form))
        self._go_to_what_lacks(self.held.form)

    def _go_to_what_lacks(self, form: Form) -> None:
        names = [name for name, value in form.values().items() if value is None and form.field(name).required]
        form.go_to(names[0]) if names else form.focus_first()

    def _take(self) -> None:
        if self.held is not None and self.held.form.check():
            self.changed.emit(self._id, self.held.part())
