"""Numbered pictures of what is on the screen: the window, and over it what is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

WHOLE, CLIENT = (1366, 768), (1366, 697)
_FRAME = QColor(23, 32, 43, 110)
_SHADE = QColor(13, 17, 22, 70)


class Camera:
    """Writes NN-name.png."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.taken: list[Path] = []
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, window: QWidget, name: str, size: tuple[int, int] = WHOLE) -> Path:
        """One picture; `name` is ASCII. The window gets the size asked for, as a maximised one would."""
        if (window.width(), window.height()) != size:
            window.resize(*size)
        for _ in range(3):  # layouts with wrapped text settle in turns
            QTest.qWait(15)
        picture = window.grab()
        self._add_open_windows(window, picture)
        path = self._folder / f"{len(self.taken) + 1:02}-{name}.png"
        picture.save(str(path))
        self.taken.append(path)
        return path

    def _add_open_windows(self, window: QWidget, picture: QPixmap) -> None:
        """Dialogs and lists are windows of their own: painted where they stand (a dialog in the middle)."""
        over = [w for w in QApplication.topLevelWidgets() if w is not window and w.isVisible() and w.width() > 1]
        painter = QPainter(picture)
        for one in sorted(over, key=lambda w: not isinstance(w, QDialog)):
            shown = one.grab()
            place = one.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint())
            if isinstance(one, QDialog):
                painter.fillRect(picture.rect(), _SHADE)
                place = QRect(QPoint(), one.size()).translated(picture.rect().center() - one.rect().center()).topLeft()
            painter.drawPixmap(place, shown)
            painter.setPen(_FRAME)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRect(place, one.size()).adjusted(-1, -1, 0, 0))
        painter.end()
