"""QR codes drawn as one path of black modules."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import segno
from reportlab.pdfgen.canvas import Canvas

from congdoan_desktop.reports.geometry import QUIET_MODULES

Level = Literal["L", "M", "Q", "H"]


def qr_quiet(content: str, size: float, level: Level) -> float:
    """Width in points of the quiet zone on each side of a code that is `size` wide with it."""
    return size * QUIET_MODULES / (len(_matrix(content, level)) + 2 * QUIET_MODULES)


def draw_qr(canvas: Canvas, x: float, top: float, size: float, content: str, level: Level) -> None:
    """Draw within a square of `size` points whose upper left corner is (x, top), quiet zone included."""
    matrix = _matrix(content, level)
    module = size / (len(matrix) + 2 * QUIET_MODULES)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix, QUIET_MODULES):
        for start, length in _dark_runs(modules):
            path.rect(x + (start + QUIET_MODULES) * module, top - (row + 1) * module, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(8)
def _matrix(content: str, level: Level) -> tuple[bytearray, ...]:
    return segno.make_qr(content, error=level, boost_error=False).matrix


def _dark_runs(modules: bytearray) -> list[tuple[int, int]]:
    """(start, length) of each stretch of dark modules: longer rectangles leave no hairlines between them."""
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(modules):
        if dark and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((at, 1))
    return runs
