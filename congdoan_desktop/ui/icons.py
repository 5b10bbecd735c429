"""Phosphor icons from `resources/icons`, recoloured by token and kept in memory."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from congdoan_desktop import paths
from congdoan_desktop.ui import theme


def icon(name: str, ink: str = "text2", checked: str = "") -> QIcon:
    """An icon in the colour of the token `ink`; in that of `checked` while its button is on.

    Raises: FileNotFoundError when `resources/icons` has no such picture.
    """
    look = theme.current()
    made = QIcon()
    size = look.px(16)
    for ratio in (1, 2):
        made.addPixmap(pixmap(name, look.color(ink), size, ratio))
        made.addPixmap(pixmap(name, look.color("text3"), size, ratio), QIcon.Mode.Disabled)
        if checked:
            made.addPixmap(pixmap(name, look.color(checked), size, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, color: QColor, size: int, ratio: float = 1) -> QPixmap:
    """The picture `size` logical pixels wide, for a screen of `ratio` device pixels each."""
    return _render(name, color.name(), size, ratio)


@lru_cache(maxsize=512)
def _render(name: str, color: str, size: int, ratio: float) -> QPixmap:
    # QtSvg is loaded with the first icon, not with the program.
    from PySide6.QtSvg import QSvgRenderer

    image = QPixmap(round(size * ratio), round(size * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode())).render(
        painter, QRectF(0, 0, image.width(), image.height())
    )
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
