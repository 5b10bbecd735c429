"""A message inside a page: one sentence, or an error in its three parts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from congdoan_desktop.errors import AppError
from congdoan_desktop.ui.kit.basics import Button, IconLabel, label, set_state

_ICONS = {"bad": "warning-circle", "warn": "warning", "ok": "check-circle", "info": "info"}
_TOKENS = {"bad": "bad", "warn": "warn", "ok": "ok", "info": "accent_text"}


class Banner(QFrame):
    """Hidden until it has something to say; Esc-free: it goes by its cross or by `clear`."""

    def __init__(self) -> None:
        super().__init__()
        self._on_action: Callable[[], object] | None = None
        self._built = False
        self.hide()

    def _build(self) -> None:
        """With the first message; most pages never have one."""
        self._built = True
        self._icon = IconLabel("info", "accent_text", 18)
        self._what = label("", "strong", wrap=True)
        self._rest = label("", wrap=True)
        self._action = Button("", role="flat", on_click=self._act)
        self._close = Button("Đóng thông báo", "x", "icon", on_click=self.clear)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._what)
        texts.addWidget(self._rest)
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(16, 10, 8, 10)
        line.setSpacing(12)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        line.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def show_text(
        self,
        tone: str,
        what: str,
        rest: str = "",
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> None:
        """`tone` is bad, warn, ok or info; `action` is a link at the right."""
        if not self._built:
            self._build()
        set_state(self, "banner", tone)
        set_state(self._what, "tone", "accent" if tone == "info" else tone)
        self._icon.set_icon(_ICONS[tone], _TOKENS[tone])
        self._what.setText(what)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        side = Qt.AlignmentFlag.AlignTop if rest else Qt.AlignmentFlag.AlignVCenter
        for widget in (self._icon, self._close):
            self._line.setAlignment(widget, side)
        self._action.set_text(action)
        self._action.setVisible(bool(action))
        self._on_action = on_action
        self.setAccessibleName(f"{what} {rest}".strip())
        self.show()

    def show_error(self, error: AppError) -> None:
        self.show_text("bad", error.what, " ".join(part for part in (error.safe, error.todo) if part))

    def text(self) -> str:
        return f"{self._what.text()} {self._rest.text()}".strip() if self._built else ""

    def clear(self) -> None:
        self.hide()

    def _act(self) -> None:
        if self._on_action is not None:
            self._on_action()
