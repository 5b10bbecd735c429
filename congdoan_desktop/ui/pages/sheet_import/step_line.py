"""The four steps of an import on one slim line."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from congdoan_desktop.ui.kit.basics import IconLabel, label, set_state

STEPS = ("Chọn tệp", "Ghép cột", "Kiểm tra", "Nhập")


class StepLine(QWidget):
    """Steps done have a tick, the present one stands out."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._icons, self._names = [], []
        for number, name in enumerate(STEPS, 1):
            icon, words = IconLabel("circle-dashed", "text3", 18), label(f"{number}. {name}", "second")
            self._icons.append(icon)
            self._names.append(words)
            layout.addWidget(icon)
            layout.addWidget(words)
            if number < len(STEPS):
                layout.addWidget(label("—", "second"))
        layout.addStretch(1)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """`step` from 0."""
        for at, (icon, words) in enumerate(zip(self._icons, self._names, strict=True)):
            icon.set_icon(*(("check-circle", "ok") if at < step else ("arrow-circle-right", "accent_text")
                            if at == step else ("circle-dashed", "text3")))  # fmt: skip
            set_state(words, "role", "strong" if at == step else "second")
        self.setAccessibleName(f"Bước {step + 1} trong {len(STEPS)}: {STEPS[step]}")
