"""The frame of a card on the tab "Khoá và tin cậy": title, a sentence, what a subclass adds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import IconLabel, label
from congdoan_desktop.ui.kit.form import Form

CHANGES = frozenset({"trust", "unit", "org_event", "package"})


class TrustCard(QFrame):
    """`done` is sent when something was accepted or made."""

    done = Signal()
    send_wanted = Signal()

    def __init__(self, context: Context, banner: Banner, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.context, self.banner = context, banner
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel(icon, "accent_text", 18))
        head.addWidget(label(title, "card"), 1)
        self.body.addLayout(head)
        self.sentence = label(sentence, "second", wrap=True)
        self.body.addWidget(self.sentence)

    def add_buttons(self, *buttons: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)

    def show_failure(self, form: Form, error: AppError) -> None:
        """Findings beside their fields, anything else above the page."""
        if isinstance(error, ValidationError):
            form.show_findings(error.findings)
        else:
            self.banner.show_error(error)
