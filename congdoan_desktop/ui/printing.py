"""A finished PDF onto paper or into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from congdoan_desktop.services import paper
from congdoan_desktop.ui.choosing import choose_target

_DPI = 300


def print_pdf(parent: QWidget, pdf: bytes, title: str) -> QPrintDialog:
    """Ask for a printer and print every page in its true size."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("printDialog")
    dialog.accepted.connect(lambda: send(pdf, printer))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog


def send(pdf: bytes, printer: QPrinter) -> None:
    """Paint the pages; the printer's settings are made."""
    painter = QPainter(printer)
    sheet = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    for page in range(paper.page_count(pdf)):
        if page:
            printer.newPage()
        image = QImage.fromData(paper.page_png(pdf, page, _DPI))
        size = image.size().scaled(sheet.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
    painter.end()


def save_pdf(parent: QWidget, pdf: bytes, name: str, saved: Callable[[Path], object]) -> None:
    """Ask where, write, and call `saved` with the file."""

    def write(path: Path) -> None:
        paper.write(path, pdf)
        saved(path)

    choose_target(parent, "Lưu PDF", "PDF (*.pdf)", Path.home() / name, write)
