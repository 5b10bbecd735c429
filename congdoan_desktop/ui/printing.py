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
    """Ask for a printer and print every page in its true size, off the main thread."""
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
    """Paint the pages; the printer's settings are made.

    Raises: Cancelled between two pages; what the printer has not got yet is then dropped.
    """
    shapes = paper.page_shapes(pdf)
    pages = len(shapes)
    _turn(printer, shapes[0])
    painter = QPainter(printer)
    try:
        for page, shape in enumerate(shapes):
            progress.step(page, pages, f"Đang in trang {page + 1}/{pages}")
            if page:
                _turn(printer, shape)  # counts from the next page on
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
