"""A finished PDF onto paper or into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from congdoan_desktop.errors import Cancelled
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import paper
from congdoan_desktop.ui.choosing import choose_target
from congdoan_desktop.ui.tasks import TaskRunner

_DPI = 300


def print_pdf(parent: QWidget, runner: TaskRunner, pdf: bytes, title: str) -> QPrintDialog:
    """Ask for a printer and which pages, and print these in their true size, off the main thread."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("printDialog")
    dialog.accepted.connect(lambda: runner.run(send, pdf, printer, title="Đang in", with_progress=True))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog


def send(pdf: bytes, printer: QPrinter, progress: Progress) -> None:
    """Paint the pages that were asked for, all of them where none were; the printer's settings are made.

    Raises: Cancelled between two pages; what the printer has not got yet is then dropped.
    """
    shapes = paper.page_shapes(pdf)
    wanted = printer.pageRanges()
    pages = [page for page in range(len(shapes)) if wanted.contains(page + 1)] or list(range(len(shapes)))
    _turn(printer, shapes[pages[0]])
    painter = QPainter(printer)
    try:
        for at, page in enumerate(pages):
            progress.step(at, len(pages), f"Đang in trang {page + 1}/{len(shapes)}")
            if at:
                _turn(printer, shapes[page])  # counts from the next page on
                printer.newPage()
            sheet = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            image = QImage.fromData(paper.page_png(pdf, page, _DPI))
            size = image.size().scaled(sheet.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()


def _turn(printer: QPrinter, shape: float) -> None:
    """An annex on its side is printed on a sheet on its side; `shape` is height by width."""
    sides = QPageLayout.Orientation
    printer.setPageOrientation(sides.Landscape if shape < 1 else sides.Portrait)


def save_pdf(parent: QWidget, pdf: bytes, name: str, saved: Callable[[Path], object]) -> None:
    """Ask where, write, and call `saved` with the file."""

    def write(path: Path) -> None:
        paper.write(path, pdf)
        saved(path)

    choose_target(parent, "Lưu PDF", "PDF (*.pdf)", Path.home() / name, write)
