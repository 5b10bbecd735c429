"""Palette, type and measures of the window, and the one stylesheet built from them.

Measures are given in pixels at 96 dpi and 100 %; `Theme.px` and `Theme.pt` carry the officer's font size (100 to
150 %) into both metrics and type, so that nothing is cut when the letters grow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from congdoan_desktop import paths
from congdoan_desktop.ui.palette import DARK, LIGHT, Palette

BODY = 13
SMALL = 12
SCALES = (100, 110, 120, 130, 140, 150)
_FAMILIES = ("Inter", "Segoe UI", "Noto Sans")
_PROPERTY = "congdoanTheme"
_PLACES = re.compile(r"\b(px|pill|pt|tinted)\(([\w.-]+)\)|@(\w+)")


@dataclass(frozen=True, slots=True)
class Theme:
    """What painters and stylesheet ask; `scale` is the font size in per cent."""

    palette: Palette
    scale: int = 100

    @property
    def dark(self) -> bool:
        return self.palette is DARK

    def px(self, pixels: float) -> int:
        """A measure that grows with the letters."""
        return round(pixels * self.scale / 100)

    def pt(self, pixels: float) -> float:
        """The point size of letters that are `pixels` high at 96 dpi and 100 %."""
        return round(pixels * 0.75 * self.scale / 100, 2)

    def color(self, token: str) -> QColor:
        return _color(getattr(self.palette, token))

    def font(self, pixels: float = BODY, weight: int = 400, *, italic: bool = False) -> QFont:
        return _font(self.pt(pixels), weight, italic)


@lru_cache(maxsize=256)
def _color(written: str) -> QColor:
    return QColor(written)


@lru_cache(maxsize=64)
def _font(points: float, weight: int, italic: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(_FAMILIES))
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    # Figures stand under each other; contextual alternates would move "×" and "–" while typing.
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    font.setFeature(QFont.Tag.fromString("calt"), 0)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


_DEFAULT = Theme(LIGHT)


def current() -> Theme:
    """The theme of the running application; the light one before `apply`."""
    app = QCoreApplication.instance()
    theme = app.property(_PROPERTY) if app else None
    return theme if isinstance(theme, Theme) else _DEFAULT


def apply(app: QApplication, dark: bool = False, scale: int = 100) -> Theme:
    """The look of the application from now on: its windows are dressed anew.

    Widgets that keep icons or measures renew them on `QEvent.StyleChange`. That event also comes with every new parent
    in a window, so what is dear to renew asks first whether `current` is another theme.
    """
    theme = Theme(DARK if dark else LIGHT, min(max(scale, SCALES[0]), SCALES[-1]))
    _load_fonts()
    app.setProperty(_PROPERTY, theme)
    app.setFont(theme.font())
    app.setPalette(_qt_palette(theme))
    for window in app.topLevelWidgets():
        if window.styleSheet():
            dress(window)
    return theme


def dress(window: QWidget) -> None:
    """Give a window that stands alone the present look; what stands in it and what opens over it take it on.

    The application itself has no stylesheet: Qt would go through all that a widget holds each time that the widget
    gets a parent, and a page of 1,300 of them took 1.3 s to build instead of 0.4.
    """
    if window.parentWidget() is None and window.styleSheet() != (sheet := stylesheet(current())):
        window.setStyleSheet(sheet)


@lru_cache(maxsize=1)
def _load_fonts() -> None:
    for face in ("Regular", "Medium", "SemiBold"):
        QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / f"Inter-{face}.otf"))


def _qt_palette(theme: Theme) -> QPalette:
    roles = {
        "Window": "bg",
        "WindowText": "text",
        "Base": "surface",
        "AlternateBase": "head",
        "Text": "text",
        "PlaceholderText": "text3",
        "Button": "surface",
        "ButtonText": "text",
        "ToolTipBase": "text",
        "ToolTipText": "surface",
        "Highlight": "accent",
        "HighlightedText": "on_accent",
        "Link": "accent_text",
        "Accent": "accent",
    }
    palette = QPalette()
    for role, token in roles.items():
        palette.setColor(QPalette.ColorRole[role], theme.color(token))
    for role in ("WindowText", "Text", "ButtonText"):
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], theme.color("text3"))
    return palette


@lru_cache(maxsize=2)
def stylesheet(theme: Theme) -> str:
    """`resources/ui/style.qss` with `@token`, `px(n)`, `pt(n)`, `pill(n)` and `tinted(icon)` filled in.

    `pill(n)` is the radius that makes something of content height n with a 1 px border round; Qt drops larger ones.
    """
    text = (paths.resources() / "ui" / "style.qss").read_text(encoding="utf-8")
    tinted = (paths.resources() / "icons" / "tinted" / theme.palette.name).as_posix()
    written: dict[str, Callable[[str], str]] = {
        "px": lambda n: f"{theme.px(float(n))}px",
        "pill": lambda n: f"{(theme.px(float(n)) + 2) // 2}px",
        "pt": lambda n: f"{theme.pt(float(n))}pt",
        "tinted": lambda icon: f'url("{tinted}/{icon}.svg")',
    }
    return _PLACES.sub(lambda m: str(getattr(theme.palette, m[3])) if m[3] else written[m[1]](m[2]), text)
