"""Mẫu văn bản: the template's file beside an invented report made after it; a wrong file is told with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.services import paper, paper_templates
from congdoan_desktop.services.paper_templates import TemplateDesk
from congdoan_desktop.ui.choosing import choose_file, choose_target
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import fitting
from congdoan_desktop.ui.kit.leaving import LeavingDialog
from congdoan_desktop.ui.kit.paper_view import PaperView

CHANGES = frozenset({"template"})
_WIDTH, _HEIGHT = 1120, 640
_AFTER_MS = 600
_LONGEST = 100_000
_KINDS = "Mẫu văn bản (*.toml)"
_EXPLAINED = "Chỉ ghi những dòng khác với mẫu gốc. Bản xem bên phải theo đúng những gì đang ghi, kể cả khi chưa lưu."


class TemplateDialog(LeavingDialog):
    """`text` is what the file says; the paper beside it follows while somebody types."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.setObjectName("template_dialog")
        self.setWindowTitle("Mẫu văn bản")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._asked = context, 0
        self._shipped = self._kept = ""
        self.text = QPlainTextEdit()
        self.text.setObjectName("template_text")
        self.text.setAccessibleName("Tệp mẫu văn bản")
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.view = PaperView()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self.renew)
        self._lay_out()
        self.resize(fitting(parent, _WIDTH, _HEIGHT))
        self.text.textChanged.connect(self._later.start)
        context.runner.run(
            lambda: paper_templates.look(context.office()), done=self._show, failed=self.banner.show_error
        )

    def _lay_out(self) -> None:
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.text, 2)
        both.addWidget(self.view, 3)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.save_button = Button("Lưu mẫu", "floppy-disk", "primary", on_click=self.save)
        for name, button in (
            ("close_template", Button("Đóng", on_click=self.reject)),
            ("show_shipped", Button("Chép mẫu gốc vào đây", "file-text", on_click=self.show_shipped)),
            ("load_template", Button("Nạp từ tệp…", "folder-open", on_click=self._ask_file)),
            ("write_template", Button("Lưu ra tệp…", "download-simple", on_click=self._ask_target)),
            ("back_to_shipped", Button("Về mẫu gốc", "arrow-counter-clockwise", on_click=self.back)),
            ("save_template", self.save_button),
        ):
            button.setObjectName(name)
            foot.addWidget(button)
            if name == "close_template":
                foot.addStretch(1)
        self.save_button.setToolTip("Lưu mẫu (Ctrl+S)")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(label("Mẫu văn bản", "step"))
        layout.addWidget(label(_EXPLAINED, "second", wrap=True))
        layout.addWidget(self.banner)
        layout.addLayout(both, 1)
        layout.addLayout(foot)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)

    def _show(self, desk: TemplateDesk) -> None:
        self._shipped, self._kept = desk.shipped, desk.text
        self.text.setPlainText(desk.text)
        if desk.fault is not None:
            self.banner.show_error(desk.fault)
        self.renew()

    # Looking

    def renew(self) -> None:
        """Make the paper after what stands in the file now; only the last answer is shown."""
        self._later.stop()
        self._asked += 1
        written, office = self.text.toPlainText(), self._context.office

        def make() -> tuple[bytes, tuple[float, ...], tuple[Finding, ...]]:
            pdf = paper_templates.preview(office(), written)
            return pdf, paper.page_shapes(pdf), paper_templates.check(office(), written)

        self._context.runner.run(make, done=partial(self._shown, self._asked), failed=partial(self._wrong, self._asked))

    def _shown(self, number: int, made: tuple[bytes, tuple[float, ...], tuple[Finding, ...]]) -> None:
        if number != self._asked:
            return
        pdf, shapes, found = made
        self.view.set_pages(partial(self._draw, pdf), shapes)
        self.save_button.setEnabled(True)
        self._say_deviations(found)

    def _say_deviations(self, found: Iterable[Finding]) -> None:
        said = "; ".join(finding.message for finding in found)
        if said:
            self.banner.show_text("warn", "Mẫu này khác quy định về thể thức.", f"{said}.")
        else:
            self.banner.clear()

    def _wrong(self, number: int, error: AppError) -> None:
        """The paper of the last right file stands."""
        if number == self._asked:
            self.save_button.setEnabled(False)
            self.banner.show_error(error)

    def _draw(self, pdf: bytes, page: int, width: int, give: Callable[[bytes], None]) -> None:
        self._context.runner.run(paper.page_picture, pdf, page, width, done=give)

    # Deeds

    def unsaved(self) -> object:
        now = self.text.toPlainText()
        return () if now == self._kept else (now,)

    def save(self) -> None:
        self._keep(
            self.text.toPlainText(), "Đã lưu mẫu văn bản. Văn bản in từ nay theo mẫu này; báo cáo đã gửi giữ nguyên."
        )

    def back(self) -> None:
        """The shipped template alone."""
        self.text.setPlainText("")
        self._keep("", "Đã về mẫu gốc.")

    def show_shipped(self) -> None:
        """The whole shipped file with its explanations, to change lines of it."""
        self.text.setPlainText(self._shipped)

    def _keep(self, written: str, said: str) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: paper_templates.save(office(), written),
            done=lambda found: self._saved(written, said, found),
            failed=self.banner.show_error,
            title="Đang lưu mẫu văn bản",
            changes=CHANGES,
        )

    def _saved(self, written: str, said: str, found: tuple[Finding, ...]) -> None:
        self._kept = written
        self.banner.show_text("warn" if found else "ok", said, "; ".join(finding.message for finding in found))

    def _ask_file(self) -> None:
        choose_file(self, "Nạp mẫu văn bản", _KINDS, Path.home(), self._load)

    def _load(self, path: Path) -> None:
        try:
            written = path.read_bytes()[: 4 * _LONGEST].decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            self.banner.show_text("bad", f"Không đọc được {path.name}.", "Lưu tệp ở dạng chữ UTF-8 rồi nạp lại.")
            return
        self.text.setPlainText(written)

    def _ask_target(self) -> None:
        choose_target(self, "Lưu mẫu văn bản", _KINDS, Path.home() / "mau-van-ban.toml", self._write)

    def _write(self, path: Path) -> None:
        written = self.text.toPlainText().encode()
        self._context.runner.run(
            lambda: paper.write(path, written),
            done=lambda _: self.banner.show_text("ok", f"Đã lưu {path.name}.", f"Trong thư mục {path.parent}."),
            failed=self.banner.show_error,
        )
