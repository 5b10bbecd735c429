"""A form field: label above, control, and under it what is wrong with it and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from congdoan_desktop.errors import Finding
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import IconLabel, label, set_state

# Leaving to a pop-up list or to another program is not leaving the field.
_STILL_HERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_NOTE_ICONS = {"bad": "warning-circle", "warn": "warning", "ok": "check-circle"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Field(QWidget):
    """The common part of all fields.

    A subclass gives its `control` and overrides `value`, `set_value`, `raw` and `set_raw`. `raw` is what stands in
    the control right now, readable or not, as a value that JSON can keep; drafts hold that.
    """

    edited = Signal()
    """The officer changed the field (never sent by `set_value` and `set_raw`)."""
    entered = Signal()
    """The cursor came by keys or by the program, not by the mouse."""
    left = Signal(str)
    """The officer left the field; carries its name."""
    moved = Signal(str, int)
    """Enter (+1) or Shift+Enter (-1) was pressed in the field of this name."""
    waiting = Signal(bool)
    """Until it says so again, the keys that come next belong behind an answer that is not there yet."""

    enter_moves = True
    is_choice = False
    """Whether it is answered with one key out of a few."""

    def __init__(self, name: str, text: str, control: QWidget, *, required: bool = False, hint: str = "") -> None:
        super().__init__()
        self.name = name
        self.text_label = text
        self.required = required
        self.control = control
        self._letter = ""
        self.typed = False
        self.edited.connect(self._keep_in_mind)
        self._note = _Note()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._caption = self._add_caption()
        self._layout.addWidget(control)
        self._hint = label(hint, "second", wrap=True)
        self._layout.addWidget(self._hint)
        if not hint:
            self._hint.hide()
        self._layout.addWidget(self._note)
        self._name_control()
        control.setObjectName(name)
        control.installEventFilter(self)
        self.setFocusProxy(control)

    def _add_caption(self) -> QLabel:
        caption = label(self.text_label, "label")
        caption.setBuddy(self.control)
        line = QHBoxLayout()
        line.setSpacing(3)
        line.addWidget(caption)
        self._star = label("*", "label", "bad")
        line.addWidget(self._star)
        if not self.required:
            self._star.hide()
        line.addStretch(1)
        self._layout.addLayout(line)
        return caption

    def _name_control(self) -> None:
        self.control.setAccessibleName(self.text_label + (" (bắt buộc)" if self.required else ""))

    def set_required(self, required: bool) -> None:
        """Whether it must be filled in may hang on what stands in another field."""
        self.required = required
        self._star.setVisible(required)
        self._name_control()

    def set_caption(self, text: str) -> None:
        self.text_label = text
        self._caption.setText(with_access(text, self._letter))
        self._name_control()

    def _keep_in_mind(self) -> None:
        self.typed = not self.is_choice

    def show_access(self, letter: str) -> None:
        """Underline it in the caption; Alt with it comes here."""
        self._letter = letter
        self._caption.setText(with_access(self.text_label, letter))

    def stand_after(self, before: QWidget) -> None:
        """In the way of Tab."""
        QWidget.setTabOrder(before, self)

    def last_control(self) -> QWidget:
        """From which Tab leaves the field."""
        return self

    def access(self) -> None:
        """What Alt with the letter does."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def repeat(self, raw: object) -> None:
        """Take over what `raw` said in the record before, as if it were typed."""
        self.set_raw(raw)
        self.edited.emit()

    def value(self) -> object:
        """What the field means; None when it is empty or cannot be read."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def raw(self) -> object:
        raise NotImplementedError

    def set_raw(self, raw: object) -> None:
        raise NotImplementedError

    def close_cell(self) -> None:
        """Read what is still being typed in a part of the control that has a cursor of its own."""

    def is_empty(self) -> bool:
        return self.value() is None

    def missing(self) -> str:
        """What to say when a required field is empty."""
        return f"Chưa nhập {self.text_label[:1].lower()}{self.text_label[1:]}."

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong as far as the field itself can tell."""
        return (Finding(self.name, self.missing()),) if self.required and self.is_empty() else ()

    def set_hint(self, text: str) -> None:
        """A quiet line under the control ("CĐCS Trường THCS Mường Cang")."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def set_note(self, text: str) -> None:
        """A good word under the control ("Đủ mạnh: 12 ký tự"), until the next finding."""
        self._note.show_text(text, "ok")

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Put all sentences under the field; red when one of them prevents saving, amber otherwise."""
        found = tuple(findings)
        tone = "" if not found else "warn" if all(f.warning for f in found) else "bad"
        set_state(self.control, "finding", tone)
        self._note.show_text("\n".join(f.message for f in found), tone)
        self.control.setAccessibleDescription(" ".join(f.message for f in found))

    def has_finding(self) -> bool:
        return bool(self.control.property("finding"))

    def finding_text(self) -> str:
        return self._note.text()

    def move_on(self) -> None:
        """What leaving the field does to its text; overridden where it is written out in full."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if leaves(event):
            self.move_on()
            self.left.emit(self.name)
        elif isinstance(event, QFocusEvent) and event.reason() not in (*_STILL_HERE, Qt.FocusReason.MouseFocusReason):
            self.entered.emit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.on_key(event)
        return False

    def on_key(self, event: QKeyEvent) -> bool:
        """Whether the field used the key itself."""
        step = steps(event)
        if not step or (step > 0 and not self.enter_moves):
            return False
        self.moved.emit(self.name, step)
        return True


def with_access(text: str, letter: str) -> str:
    """The caption with its first such letter, if any, a capital as well as a small one, marked: "Ngày &trao"."""
    at = text.upper().find(letter) if letter else -1
    return f"{text[:at]}&{text[at:]}" if at >= 0 else text


def leaves(event: QEvent) -> bool:
    """Whether a control loses the focus for good by it."""
    if not isinstance(event, QFocusEvent) or event.type() != QEvent.Type.FocusOut:
        return False
    return event.reason() not in _STILL_HERE


def steps(event: QKeyEvent) -> int:
    """1 for Enter, -1 for Shift+Enter, 0 for any other key."""
    if event.key() not in _ENTER or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return 0
    return -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1


class _Note(QWidget):
    """Icon and sentence under a field."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("warning-circle", "bad", 14)
        self._text = label("", "second", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(2, 0, 0, 0)
        line.setSpacing(theme.current().px(6))
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def show_text(self, text: str, tone: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))
        if text:
            set_state(self._text, "tone", tone)
            self._icon.set_icon(_NOTE_ICONS[tone], tone)
