"""Phosphor icons from `resources/icons`, recoloured by token and kept in memory."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImageReader, QPixmap

from congdoan_desktop import paths
from congdoan_desktop.ui import theme


def icon(name: str, ink: str = "text2", checked: str = "") -> QIcon:
    """An icon in the colour of the token `ink`; in that of `checked` while its button is on.

    Raises: FileNotFoundError when `resources/icons` has no such picture.
    """
    look = theme.current()
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    made = QIcon(pixmap(name, look.color(ink), look.px(16), ratio))
    if checked:
        made.addPixmap(pixmap(name, look.color(checked), look.px(16), ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, color: QColor, size: int, ratio: float = 1) -> QPixmap:
    """The picture `size` logical pixels wide, for a screen of `ratio` device pixels each."""
    return _render(name, color.name(), size, ratio)


@lru_cache(maxsize=512)
def _render(name: str, color: str, size: int, ratio: float) -> QPixmap:
    # Through Qt's picture plug-in, which the stylesheet needs anyway: importing QtSvg would delay the first window.
    buffer = QBuffer()
    buffer.setData(_source(name).replace("currentColor", color).encode())
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(round(size * ratio), round(size * ratio)))
    image = QPixmap.fromImageReader(reader)
    image.setDevicePixelRatio(ratio)
    return image


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
