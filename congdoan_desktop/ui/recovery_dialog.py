"""The recovery sheet: its words, shown once, and a dialog that does not go before the sheet is put away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, IconLabel, label
from congdoan_desktop.ui.printing import print_pdf, save_pdf
from congdoan_desktop.ui.tasks import TaskRunner

_COLUMNS = 7
_TITLE = "Cất phiếu khôi phục"
_WHY = (
    "Phiếu này mở được sổ khi quên mật khẩu. Máy không giữ lại các từ dưới đây và không in lại được; mất cả mật khẩu "
    "lẫn phiếu thì không ai mở được dữ liệu. In hoặc chép tay, bỏ phong bì dán kín, cất trong tủ có khoá."
)


class RecoveryDialog(QDialog):
    """`make_pdf` makes the sheet, on the database thread."""

    put_away = Signal()

    def __init__(
        self, parent: QWidget | None, runner: TaskRunner, words: tuple[str, ...], make_pdf: Callable[[], bytes]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self.setWindowTitle(_TITLE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.setFixedWidth(theme.current().px(760))
        self._runner, self._make_pdf = runner, make_pdf
        self.notice = label("", "second", "ok")
        self.print = Button("In phiếu…", "printer", on_click=lambda: self._with_pdf(self._print))
        self.save = Button("Lưu PDF…", "file-pdf", on_click=lambda: self._with_pdf(self._save))
        self.agree = QCheckBox("Tôi đã in hoặc chép phiếu và cất ở nơi an toàn")
        self.go_on = Button("Vào sổ", role="primary", size="large", on_click=self._finish)
        self.go_on.setEnabled(False)
        self.agree.setAccessibleName(self.agree.text())
        self.agree.toggled.connect(self.go_on.setEnabled)
        for widget, name in (
            (self.print, "print"),
            (self.save, "savePdf"),
            (self.agree, "putAway"),
            (self.go_on, "goOn"),
        ):
            widget.setObjectName(name)
        self._lay_out(words)

    def _lay_out(self, words: tuple[str, ...]) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("key", "accent_text", 28))
        head.addWidget(label(_TITLE, "step"), 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for widget in (self.print, self.save):
            foot.addWidget(widget)
        foot.addWidget(self.notice, 1)
        last = QHBoxLayout()
        last.addWidget(self.agree, 1)
        last.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(label(_WHY, wrap=True))
        layout.addWidget(_words_card(words))
        layout.addLayout(foot)
        layout.addWidget(_rule())
        layout.addLayout(last)

    def reject(self) -> None:
        """Neither Esc nor a closed window leaves it: the words are nowhere else."""

    def _with_pdf(self, use: Callable[[bytes], None]) -> None:
        self._runner.run(self._make_pdf, done=use, title="Đang lập phiếu")

    def _print(self, pdf: bytes) -> None:
        print_pdf(self, self._runner, pdf, "Phiếu khôi phục")

    def _save(self, pdf: bytes) -> None:
        save_pdf(self, pdf, "phieu-khoi-phuc.pdf", lambda path: self.notice.setText(f"Đã lưu {path.name}"))

    def _finish(self) -> None:
        self.accept()
        self.put_away.emit()


def _words_card(words: tuple[str, ...]) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    card.setAccessibleName("Các từ khôi phục: " + ", ".join(words))
    grid = QGridLayout(card)
    grid.setContentsMargins(16, 14, 16, 14)
    grid.setVerticalSpacing(12)
    for at, word in enumerate(words):
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(label(str(at + 1), "second"))
        shown = label(word, "step")
        shown.setObjectName(f"word{at + 1}")
        cell.addWidget(shown)
        grid.addLayout(cell, at // _COLUMNS, at % _COLUMNS)
    return card


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("rule")
    return rule
