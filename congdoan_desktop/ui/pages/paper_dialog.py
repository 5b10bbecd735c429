"""A paper in a window of its own: its pages, printing, saving as PDF, Word or Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.progress import Progress
from congdoan_desktop.services import paper, papers
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.ui import printing
from congdoan_desktop.ui.choosing import choose_target
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import fitting
from congdoan_desktop.ui.kit.paper_view import PaperView
from congdoan_desktop.ui.kit.task_strip import TaskStrip

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

WIDTH, HEIGHT = 880, 620


class PaperDialog(QDialog):
    """Opened with `show_paper`, when the paper is made."""

    def __init__(self, parent: QWidget, context: Context, made: Paper, pdf: bytes, shapes: Sequence[float]) -> None:
        super().__init__(parent)
        self.setObjectName("paper_dialog")
        self.setWindowTitle(made.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self.made, self._pdf = context, made, pdf
        self.banner = Banner()
        self.view = PaperView()
        self._lay_out()
        self.view.set_pages(self._draw, shapes)
        self.resize(fitting(parent, WIDTH, HEIGHT))

    def _lay_out(self) -> None:
        self.print_button = Button("In", "printer", "primary", on_click=self.print)
        self.pdf_button = Button("Lưu PDF", "file-pdf", on_click=partial(self._ask, "PDF (*.pdf)", ".pdf"))
        self.word_button = Button("Lưu Word", "file-text", on_click=partial(self._ask, "Word (*.docx)", ".docx"))
        self.excel_button = Button("Lưu Excel", "table", on_click=partial(self._ask, "Excel (*.xlsx)", ".xlsx"))
        self.excel_button.setVisible(papers.has_tables(self.made))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(Button("Đóng", on_click=self.reject))
        foot.addStretch(1)
        for button, name, tip in (
            (self.pdf_button, "paper_pdf", "Lưu PDF (Ctrl+S)"),
            (self.word_button, "paper_word", "Tệp .docx để sửa tiếp (Ctrl+Shift+S)"),
            (self.excel_button, "paper_excel", "Các bảng thành tệp Excel"),
            (self.print_button, "paper_print", "In (Ctrl+P)"),
        ):
            button.setObjectName(name)
            button.setToolTip(tip)
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(label(self.made.title, "step"))
        layout.addWidget(self.banner)
        layout.addWidget(self.view, 1)
        layout.addWidget(TaskStrip(self._context.runner))
        layout.addLayout(foot)
        for keys, button in (
            ("Ctrl+P", self.print_button), ("Ctrl+S", self.pdf_button), ("Ctrl+Shift+S", self.word_button)
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        self.print_button.setFocus()

    def _draw(self, page: int, width: int, give: Callable[[bytes], None]) -> None:
        self._context.runner.run(partial(paper.page_picture, self._pdf, page, width), done=give)

    def print(self) -> None:
        context, about = self._context, self.made.about
        dialog = printing.print_pdf(self, context.runner, self._pdf, self.made.title)
        dialog.accepted.connect(lambda: context.runner.run(lambda: papers.note_print(context.office(), about)))

    def _ask(self, kinds: str, ending: str) -> None:
        choose_target(self, "Lưu bản in", kinds, Path.home() / (self.made.file_name + ending), self._write)

    def _write(self, path: Path) -> None:
        context, made = self._context, self.made
        context.runner.run(
            lambda progress: papers.save(context.office(), made, path, progress),
            done=lambda _: self.banner.show_text("ok", f"Đã lưu {path.name}.", f"Trong thư mục {path.parent}."),
            failed=self.banner.show_error,
            title="Đang lưu bản in",
            with_progress=True,
        )


def show_paper(
    parent: QWidget, context: Context, prepare: Callable[[Office], Paper], failed: Callable[..., object]
) -> None:
    """Make a paper on the database thread, then open it; `failed` takes the error of one that cannot be made."""

    def make(progress: Progress) -> tuple[Paper, bytes, tuple[float, ...]]:
        office = context.office()
        made = prepare(office)
        pdf = papers.pdf(office, made, progress)
        return made, pdf, paper.page_shapes(pdf)

    def show(found: tuple[Paper, bytes, tuple[float, ...]]) -> None:
        PaperDialog(parent.window(), context, *found).open()

    context.runner.run(make, done=show, failed=failed, title="Đang dựng bản in", with_progress=True)
