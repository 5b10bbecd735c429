"""Fields that choose from a few: combo box, radio buttons, one tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QListView,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.ui.kit.field import Field, with_access

_WORD_PAUSE_MS = 1200
_EDGES = 2
"""Pixels that the style keeps free around the text of a box."""
Choices = Sequence[tuple[object, str]]
"""(value, label) pairs in the order of the list."""


class _Choices(QListView):
    """Letters lead to the first line, or word, that begins with them, marks or not: "om" and "ốm" find "Ốm đau"."""

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_WORD_PAUSE_MS)

    def is_searching(self) -> bool:
        return self._pause.isActive() and bool(self._typed)

    def forget(self) -> None:
        self._pause.stop()

    def keyboardSearch(self, search: str) -> None:
        """Also asked by a closed box. UniKey takes letters back by Backspace and types them again."""
        before = self._typed if self.is_searching() else ""
        self._typed = before[:-1] if search == "\b" else before + search
        self._pause.start()
        sought = search_key(self._typed)
        texts = [search_key(str(self.model().index(at, 0).data())) for at in range(self.model().rowCount())]
        beginning = [at for at, text in enumerate(texts) if text.startswith(sought)]
        inside = [at for at, text in enumerate(texts) if f" {sought}" in text]
        if sought and (found := beginning + inside):
            self.setCurrentIndex(self.model().index(found[0], 0))


class Combo(QComboBox):
    """A combo box that the mouse wheel passes by unless it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._choices = _Choices()
        self.setView(self._choices)
        self.setMaxVisibleItems(12)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A space between two words that are being typed belongs to them; alone it opens the list."""
        if event.key() == Qt.Key.Key_Space and self._choices.is_searching():
            event = QKeyEvent(event.type(), Qt.Key.Key_unknown, event.modifiers(), " ")
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever comes back begins a new word, however soon."""
        self._choices.forget()
        super().focusOutEvent(event)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """A text that is too long ends with an ellipsis; the style would cut a letter in half."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        metrics = QFontMetrics(self.font())
        option.currentText = metrics.elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room - _EDGES)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(Field):
    """One of a short list; None while nothing is chosen."""

    is_choice = True

    def __init__(
        self,
        name: str,
        text: str,
        choices: Choices = (),
        *,
        required: bool = False,
        hint: str = "",
        placeholder: str = "Chọn…",
    ) -> None:
        self.combo = Combo()
        self.combo.setPlaceholderText(placeholder)
        self._values: list[object] = []
        super().__init__(name, text, self.combo, required=required, hint=hint)
        self.set_choices(choices)
        self.combo.activated.connect(self._chosen)
        self.combo.currentTextChanged.connect(self.combo.setToolTip)

    def set_choices(self, choices: Choices) -> None:
        """Replace the list; the present value stays chosen when it is still there."""
        before = self.value()
        self.combo.blockSignals(True)
        self.combo.clear()
        self._values = [value for value, _ in choices]
        self.combo.addItems([text for _, text in choices])
        if not self.required and choices:
            self._add_nothing()
        self.combo.blockSignals(False)
        self.set_value(before)

    def _add_nothing(self) -> None:
        self._values.insert(0, None)
        self.combo.insertItem(0, "–")

    def value(self) -> object:
        index = self.combo.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: object) -> None:
        known = value is not None and value in self._values
        self.combo.setCurrentIndex(self._values.index(value) if known else -1)

    def raw(self) -> object:
        return self.combo.currentText()

    def set_raw(self, raw: object) -> None:
        self.combo.setCurrentIndex(self.combo.findText(str(raw)))

    def missing(self) -> str:
        return f"Chưa chọn {self.text_label[:1].lower()}{self.text_label[1:]}."

    def _chosen(self) -> None:
        self.edited.emit()


_NEXT = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RadioField(Field):
    """One of two to four, all in sight. The value is that of the chosen button."""

    is_choice = True

    def __init__(self, name: str, text: str, choices: Choices, *, required: bool = False) -> None:
        holder = QWidget()
        holder.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(20)
        self._group = QButtonGroup(holder)
        self._choices = tuple(choices)
        super().__init__(name, text, holder, required=required)
        for position, (_, word) in enumerate(choices):
            button = QRadioButton(word)
            button.setAccessibleName(f"{text}: {word}")
            button.installEventFilter(self)
            self._group.addButton(button, position)
            line.addWidget(button)
        line.addStretch(1)
        self._group.idClicked.connect(self._chosen)
        self._aim()

    def value(self) -> object:
        chosen = self._group.checkedId()
        return self._choices[chosen][0] if chosen >= 0 else None

    def set_value(self, value: object) -> None:
        self._group.setExclusive(False)
        for position, (own, _) in enumerate(self._choices):
            self._group.button(position).setChecked(value is not None and own == value)
        self._group.setExclusive(True)
        self._aim()

    def _aim(self) -> None:
        """Keys come to the chosen button, to the first while none is. The caption knows only the holder: a button
        would be clicked by the letter of its caption.
        """
        goal = self._group.checkedButton() or self._group.button(0)
        self.setFocusProxy(goal)
        self.control.setFocusProxy(goal)

    def raw(self) -> object:
        return self._group.checkedId()

    def set_raw(self, raw: object) -> None:
        known = isinstance(raw, int) and 0 <= raw < len(self._choices)
        self.set_value(self._choices[raw][0] if known and isinstance(raw, int) else None)

    def missing(self) -> str:
        return f"Chưa chọn {self.text_label[:1].lower()}{self.text_label[1:]}."

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.window().focusWidget() in self._group.buttons():
            return False
        return super().eventFilter(watched, event)

    def on_key(self, event: QKeyEvent) -> bool:
        """Down is the next one too: Qt knows only the way in which the buttons lie."""
        step = _NEXT.get(Qt.Key(event.key())) if not event.modifiers() else None
        focused = self.window().focusWidget()
        if step is None or not isinstance(focused, QRadioButton):
            return super().on_key(event)
        goal = self._group.button((self._group.id(focused) + step) % len(self._choices))
        goal.setFocus()
        goal.click()
        return True

    def _chosen(self) -> None:
        self._aim()
        self.edited.emit()


class CheckField(Field):
    """One sentence to agree with; the value is a bool."""

    is_choice = True

    def __init__(self, name: str, text: str, *, hint: str = "") -> None:
        self.box = QCheckBox(text)
        super().__init__(name, text, self.box, hint=hint)
        self._caption.hide()
        self.box.clicked.connect(self._clicked)

    def show_access(self, letter: str) -> None:
        self.box.setText(with_access(self.text_label, letter))
        self.box.setShortcut(QKeySequence())  # its own would tick a tenth of a second later, and letters come sooner
        QShortcut(QKeySequence(f"Alt+{letter}"), self.box).activated.connect(self.access)

    def access(self) -> None:
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.click()

    def value(self) -> object:
        return self.box.isChecked()

    def set_value(self, value: object) -> None:
        self.box.setChecked(bool(value))

    def raw(self) -> object:
        return self.box.isChecked()

    def set_raw(self, raw: object) -> None:
        self.set_value(raw)

    def _clicked(self) -> None:
        self.edited.emit()
