"""What the window remembers beside the data: palette, font size, who opened it last, where packages were written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from congdoan_desktop.ui import theme

FILE = "window.ini"


class Preferences:
    """An ini file in the data folder. It holds nothing about the union's work and nothing secret."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    def dress(self, app: QApplication) -> None:
        """Put on the palette and the font size that were chosen last."""
        kept = self._text("scale")
        theme.apply(app, self._text("dark") == "true", next((s for s in theme.SCALES if str(s) == kept), 100))

    def keep_look(self, dark: bool, scale: int) -> None:
        self._settings.setValue("dark", dark)
        self._settings.setValue("scale", scale)

    @property
    def officer(self) -> str:
        """The slot of who opened the office last."""
        return self._text("officer")

    @officer.setter
    def officer(self, slot: str) -> None:
        self._settings.setValue("officer", slot)

    def restore_place(self, window: QWidget) -> None:
        kept = self._settings.value("place")
        if isinstance(kept, QByteArray):
            window.restoreGeometry(kept)

    def keep_place(self, window: QWidget) -> None:
        self._settings.setValue("place", window.saveGeometry())

    def _text(self, key: str) -> str:
        return str(self._settings.value(key, ""))
