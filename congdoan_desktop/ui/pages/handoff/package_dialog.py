"""One package on the stick, looked at before anything is taken from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.incoming import Seen
from congdoan_desktop.services.mailbox import kind_name
from congdoan_desktop.services.reviews import FigureChange
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.chips import ChipLabel
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.pages.handoff import words

_SHOWN_REASONS, _SHOWN_CHANGES = 5, 8


class PackageDialog(Dialog):
    """Who sent it, whether it verifies, what importing does; or why it is refused."""

    import_asked = Signal()

    def __init__(self, parent: QWidget, seen: Seen, *, can_import: bool) -> None:
        title = seen.path.name if seen.result is None else _title(seen.result)
        super().__init__(parent.window(), title, "package", "accent_text")
        self.setObjectName("packageDialog")
        if seen.result is not None:
            self._show(seen.result)
        elif seen.refusal is not None:
            self.body.addWidget(ChipLabel(chips.REFUSED.with_word("Không nhập được")))
            self.body.addWidget(label(seen.refusal.what, "strong", "bad", wrap=True))
            self.body.addWidget(label(seen.refusal.safe, wrap=True))
            self.body.addWidget(label(seen.refusal.todo, "strong", wrap=True))
        self._changes = QVBoxLayout()
        self._changes.setSpacing(4)
        self.body.addLayout(self._changes)
        close = self.add_button(Button("Đóng", on_click=self.reject))
        close.setObjectName("closePackage")
        if can_import:
            take = self.add_button(Button("Nhập gói này", "download-simple", "primary", on_click=self._import))
            take.setObjectName("importThis")
            take.setDefault(True)

    def show_changes(self, changes: Sequence[FigureChange]) -> None:
        """The figures that differ from those of the package before it; all of them where there was none."""
        if not changes:
            return
        told = [one for one in changes if one.before != one.now]
        first = all(one.before is None for one in changes)
        text = "Gói đầu tiên của kỳ này:" if first else "So với gói trước cùng kỳ:"
        self._changes.addWidget(label(text if told else f"{text} số liệu chỉ tiêu như trước.", "strong", wrap=True))
        for one in told[:_SHOWN_CHANGES]:
            before = "" if first else f"{words.figure(one.before) or 'chưa có'} → "
            self._changes.addWidget(label(f"{one.name}: {before}{words.figure(one.now) or 'không còn'}", wrap=True))
        if len(told) > _SHOWN_CHANGES:
            self._changes.addWidget(label(f"và {len(told) - _SHOWN_CHANGES} chỉ tiêu khác", "second"))

    def _import(self) -> None:
        self.accept()
        self.import_asked.emit()

    def _show(self, result: ImportResult) -> None:
        self.body.addWidget(ChipLabel(chips.VERIFIED))
        self.body.addLayout(facts_grid(_lines(result)))
        for row in result.refused[:_SHOWN_REASONS]:
            kind = words.TYPE_NAMES.get(row.type, row.type)
            self.body.addWidget(label(f"Một dòng {kind} bị giữ lại: {row.reason}", "", "warn", wrap=True))


def facts_grid(lines: Sequence[tuple[str, str]]) -> QGridLayout:
    """Names and what is known of them, one under the other."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for at, (name, text) in enumerate(lines):
        grid.addWidget(label(name, "second"), at, 0)
        grid.addWidget(label(text, wrap=True), at, 1)
    return grid


def _title(result: ImportResult) -> str:
    return f"{kind_name(result.kind, result.about)} của {result.sender_name}"


def _lines(result: ImportResult) -> list[tuple[str, str]]:
    lines = [
        ("Người gửi", result.officer),
        *([("Người xác nhận", "; ".join(result.confirmed_by))] if result.confirmed_by else []),
        ("Kỳ", result.period or "–"),
        ("Số thứ tự", str(result.seq)),
        ("Tệp", result.file_name),
        ("Nhập sẽ được", words.imported(result)),
    ]
    if kinds := words.by_type(result):
        lines.append(("Trong đó", kinds))
    if result.gaps:
        lines.append(("Thiếu gói số", ", ".join(map(str, result.gaps))))
    return lines
