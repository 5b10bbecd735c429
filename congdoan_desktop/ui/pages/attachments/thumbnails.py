"""Small pictures in a row that keys can walk: Enter opens, Delete takes off, Ctrl+V pastes, Ctrl+Z brings back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QIcon,
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from congdoan_desktop.ui import icons, theme

SIDE = 52


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """What stands in the row; `image` is None for a picture that is not here."""

    name: str
    image: QImage | None


def decoded(data: bytes, side: int = 0) -> QImage | None:
    """The picture of JPEG bytes, no larger than `side` unless that is 0; safe on any thread. None when it is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    size = reader.size()
    if side and size.isValid():
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else image


def sources_of(mime: QMimeData) -> list[Path | bytes]:
    """Files that were dropped or copied, or the picture itself as PNG bytes."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files or not mime.hasImage():
        return list(files)
    image = mime.imageData()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not isinstance(image, QImage) or not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs want bytes
        return []
    return [bytes(buffer.data().data())]


class Thumbnails(QListWidget):
    opened = Signal(int)
    removed = Signal(int)
    pasted = Signal()
    undone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("thumbnails")
        self.setAccessibleName("Ảnh và bản quét đính kèm")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAcceptDrops(False)  # the strip around it takes what is dropped
        self.itemActivated.connect(lambda item: self.opened.emit(self.row(item)))
        self._fit()

    def show_all(self, shown: Sequence[Thumbnail]) -> None:
        """Other pictures; the one at the current place stays the current one."""
        at = self.currentRow()
        self.clear()
        for one in shown:
            item = QListWidgetItem(self._icon(one.image), "")
            item.setToolTip(one.name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, one.name)
            self.addItem(item)
        if shown:
            self.setCurrentRow(min(max(at, 0), len(shown) - 1))

    def _icon(self, image: QImage | None) -> QIcon:
        """In the middle of a square, so that upright and flat pictures stand in one row."""
        look, side, ratio = theme.current(), theme.current().px(SIDE), self.devicePixelRatio()
        shown = QPixmap.fromImage(image) if image else icons.pixmap("image", look.color("text2"), side // 2, ratio)
        square = QPixmap(side, side)
        square.fill(Qt.GlobalColor.transparent)
        size = shown.deviceIndependentSize().toSize()
        painter = QPainter(square)
        painter.drawPixmap((side - size.width()) // 2, (side - size.height()) // 2, shown)
        painter.end()
        icon = QIcon(square)
        icon.addPixmap(square, QIcon.Mode.Selected)  # Qt would tint it
        return icon

    def _fit(self) -> None:
        side = theme.current().px(SIDE)
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + 8, side + 8))
        self.setViewportMargins(2, 4, 2, 0)
        self.setFixedHeight(side + 12 + self.horizontalScrollBar().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    # Keys: what the page has a shortcut for too is kept here while a picture has the focus

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        signal = self._own(event)
        if signal is None:
            super().keyPressEvent(event)
        elif signal in ("opened", "removed"):
            if self.currentRow() >= 0:
                getattr(self, signal).emit(self.currentRow())
        else:
            getattr(self, signal).emit()

    @staticmethod
    def _own(event: QKeyEvent) -> str | None:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            return {Qt.Key.Key_V: "pasted", Qt.Key.Key_Z: "undone"}.get(Qt.Key(event.key()))
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return None
        keys = {Qt.Key.Key_Return: "opened", Qt.Key.Key_Enter: "opened", Qt.Key.Key_Delete: "removed"}
        return keys.get(Qt.Key(event.key()))


def offer(event: QDragEnterEvent | QDragMoveEvent) -> None:
    """Take what could be dropped here."""
    mime = event.mimeData()
    if mime.hasImage() or any(url.isLocalFile() for url in mime.urls()):
        event.acceptProposedAction()
