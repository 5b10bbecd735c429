"""Asking for a folder or a file: the system's own dialog, opened without stopping the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

Done = Callable[[Path], object]
PICTURES = "Ảnh và bản quét (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.pdf)"


def choose_folder(parent: QWidget, title: str, start: Path, done: Done) -> QFileDialog:
    """Call `done` with the folder chosen; nothing happens when the officer thinks better of it."""
    dialog = _dialog(parent, title, start, done)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def choose_file(parent: QWidget, title: str, kinds: str, start: Path, done: Done) -> QFileDialog:
    """`kinds` as Qt writes them: "Bản sao lưu (*.cdbackup)"."""
    dialog = _dialog(parent, title, start, done)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    dialog.open()
    return dialog


def choose_files(
    parent: QWidget, title: str, kinds: str, start: Path, done: Callable[[list[Path]], object]
) -> QFileDialog:
    """Several files at once."""
    dialog = _dialog(parent, title, start, lambda _: None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(kinds)
    dialog.filesSelected.connect(lambda names: done([Path(name) for name in names]))
    dialog.open()
    return dialog


def choose_target(parent: QWidget, title: str, kinds: str, proposed: Path, done: Done) -> QFileDialog:
    """A file to be written; the dialog asks before it replaces one."""
    dialog = _dialog(parent, title, proposed.parent, done)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(proposed.suffix.lstrip("."))
    dialog.selectFile(proposed.name)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, start: Path, done: Done) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(start))
    dialog.setObjectName("fileDialog")
    # Without a screen there is no system dialog to open.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, QGuiApplication.platformName() in {"offscreen", "minimal"})
    dialog.fileSelected.connect(lambda name: done(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
