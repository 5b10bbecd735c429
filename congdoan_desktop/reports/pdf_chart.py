"""Charts as horizontal bars: marks and results told apart by hatch and black, so that a photocopy keeps them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.balance import balanced
from congdoan_desktop.reports.document import Bar, Chart, CountBar, CountChart
from congdoan_desktop.reports.flow import Piece, kept
from congdoan_desktop.reports.fonts import Face
from congdoan_desktop.reports.lines import Line, one_line
from congdoan_desktop.reports.pdf_text import centred

_STEP = 20
_MOST_STEPS = 6
_COUNT_MM = 7.0
"""From one bar of counts to the next: two charts of twelve stand on a page."""
_VALUE_GAP_MM = 1.1


Paint = Callable[[Canvas, float, float], None]
"""Draw with the chart's upper left corner, in full size."""


def chart(block: Chart, width: float) -> list[Piece]:
    """Caption and bars as one chain that may float."""

    def paint(canvas: Canvas, x: float, top: float) -> None:
        _legend(canvas, x, top, block)
        end = axis_end(block.bars)
        _axis(canvas, x, top, g.CHART_GROUP_MM * len(block.bars), range(0, end + 1, _STEP))
        for at, bar in enumerate(block.bars):
            _group(canvas, x, top - (g.CHART_FIRST_BAR_MM + at * g.CHART_GROUP_MM) * g.MM, bar, end)

    height = g.CHART_AXIS_MM + g.CHART_FOOT_MM + g.CHART_GROUP_MM * len(block.bars)
    return _floating(block.caption, width, height, paint)


def count_chart(block: CountChart, width: float) -> list[Piece]:
    """The same without a legend, each bar with its figure at its end."""

    def paint(canvas: Canvas, x: float, top: float) -> None:
        top += g.CHART_PLOT_TOP_MM * g.MM
        step, end = count_axis(max(bar.count for bar in block.bars))
        _axis(canvas, x, top, _COUNT_MM * len(block.bars), range(0, end + 1, step))
        for at, bar in enumerate(block.bars):
            _count(canvas, x, top - (g.CHART_PLOT_TOP_MM + (at + 0.5) * _COUNT_MM) * g.MM, bar, end)

    height = g.CHART_AXIS_MM - g.CHART_PLOT_TOP_MM + g.CHART_FOOT_MM + _COUNT_MM * len(block.bars)
    return _floating(block.caption, width, height, paint)


def _floating(caption: str, width: float, height_mm: float, paint: Paint) -> list[Piece]:
    """Within wider margins than it was made for all of it is smaller. A picture of a chart alone has no caption."""
    face, share = Face(g.CAPTION_SIZE, bold=True), min(1.0, width / (g.CHART_WIDTH_MM * g.MM))
    above = (g.CAPTION_LINE, width)
    lines = centred(caption, face, *above, before=g.CAPTION_BEFORE, after=g.CAPTION_AFTER) if caption else []

    def draw(canvas: Canvas, x: float, top: float) -> None:
        canvas.saveState()
        if share < 1.0:
            canvas.translate(x, top)
            canvas.scale(share, share)
            x, top = 0.0, 0.0
        paint(canvas, x, top)
        canvas.restoreState()

    chain = kept([*lines, Piece(share * height_mm * g.MM, draw)])
    return [Piece(p.height, p.draw, p.before, p.keep, floats=True) for p in chain]


def count_axis(most: int) -> tuple[int, int]:
    """(step, end) of an axis for counts: steps of 1, 2 or 5 times a power of ten, six at most."""
    power = 10 ** max(0, len(str(most)) - 2)
    step = next(step for step in (1, 2, 5, 10, 20) if step * power * _MOST_STEPS >= most) * power
    return step, max(1, -(-most // step)) * step


def axis_end(bars: Sequence[Bar]) -> int:
    """100, or the next step above the longest bar when a result exceeds everything it was measured against."""
    longest = max(max(bar.mark, bar.result) for bar in bars)
    return max(100, -int(-longest // _STEP) * _STEP)


def _count(canvas: Canvas, x: float, middle: float, bar: CountBar, end: int) -> None:
    thick, left, long = 1.5 * g.CHART_BAR_MM * g.MM, x + g.CHART_PLOT_MM * g.MM, _length(bar.count, end)
    _dark(canvas, left, middle - thick / 2, long, thick)
    value = Face(g.CHART_VALUE_SIZE)
    figure, at = one_line(group_thousands(bar.count), value), left + long + _VALUE_GAP_MM * g.MM
    _blank(canvas, at, middle - thick / 2, figure.width, thick)
    figure.draw(canvas, at, middle - (value.ascent - value.descent) / 2)
    _label(canvas, x, middle, bar.label)


def _blank(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """White under a figure, which no line of the grid may strike through."""
    canvas.setFillGray(1)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    canvas.setFillGray(0)


def _legend(canvas: Canvas, x: float, top: float, block: Chart) -> None:
    face = Face(g.CHART_LABEL_SIZE)
    size = (g.CHART_LEGEND_WIDTH_MM * g.MM, g.CHART_LEGEND_HEIGHT_MM * g.MM)
    for left, name, paint in zip(
        g.CHART_LEGEND_MM, (block.mark_name, block.result_name), (_hatched, _dark), strict=True
    ):
        y = top - g.CHART_LEGEND_TOP_MM * g.MM - size[1]
        paint(canvas, x + left * g.MM, y, *size)
        at = x + (left + g.CHART_LEGEND_WIDTH_MM + g.CHART_LEGEND_GAP_MM) * g.MM
        one_line(name, face).draw(canvas, at, y + 0.5 * g.MM)


def _axis(canvas: Canvas, x: float, top: float, bars_mm: float, ticks: range) -> None:
    end = ticks[-1]
    left, foot = x + g.CHART_PLOT_MM * g.MM, top - (g.CHART_AXIS_MM + bars_mm) * g.MM
    canvas.setLineWidth(g.CHART_GRID)
    canvas.setDash(0.8, 2.0)
    for tick in ticks[1:]:
        at = left + _length(tick, end)
        canvas.line(at, top - g.CHART_PLOT_TOP_MM * g.MM, at, foot)
    canvas.setDash()
    canvas.setLineWidth(g.CHART_OUTLINE)
    canvas.line(left, top - g.CHART_PLOT_TOP_MM * g.MM, left, foot)
    canvas.line(left, foot, left + _length(end, end), foot)
    for tick in ticks:
        label = one_line(group_thousands(tick), Face(g.CHART_TICK_SIZE))
        label.draw(canvas, left + _length(tick, end) - label.width / 2, foot - g.CHART_TICK_DROP_MM * g.MM)


def _group(canvas: Canvas, x: float, top: float, bar: Bar, end: int) -> None:
    thick = g.CHART_BAR_MM * g.MM
    left = x + g.CHART_PLOT_MM * g.MM
    _hatched(canvas, left, top - thick, _length(bar.mark, end), thick)
    _dark(canvas, left, top - 2 * thick, _length(bar.result, end), thick)
    value = Face(g.CHART_VALUE_SIZE)
    for at, text in enumerate((bar.mark_text, bar.result_text), 1):
        one_line(text, value).draw(canvas, x + g.CHART_VALUES_MM * g.MM, top - at * thick + 0.5 * g.MM)
    _label(canvas, x, top - thick, bar.label)


def _label(canvas: Canvas, x: float, middle: float, text: str) -> None:
    lines, face = _label_lines(text)
    base = middle - (face.ascent - face.descent) / 2 + 0.5 * face.size * (len(lines) - 1)
    for at, line in enumerate(lines):
        line.draw(canvas, x, base - at * face.size, g.CHART_LABEL_RIGHT_MM * g.MM, "right")


def _label_lines(label: str) -> tuple[list[Line], Face]:
    """One line at the common size, two at a tighter one, and what is longer ends in an ellipsis."""
    room = g.CHART_LABEL_RIGHT_MM * g.MM
    face, tight = Face(g.CHART_LABEL_SIZE), Face(g.CHART_LABEL_TIGHT)
    if face.width(label) <= room:
        return [one_line(label, face)], face
    words = label.split(" ")
    shown = label
    while len(lines := balanced(shown, tight, room)) > 2:
        words.pop()
        shown = f"{' '.join(words)}…"
    return [one_line(line, tight) for line in lines], tight


def _length(value: float, end: int) -> float:
    return max(0.0, value) / end * g.CHART_PLOT_WIDTH_MM * g.MM


def _dark(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.setLineWidth(g.CHART_OUTLINE)
    canvas.setFillGray(g.CHART_DARK)
    canvas.rect(x, y, width, height, fill=1)
    canvas.setFillGray(0)


def _hatched(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """White with lines at 45 degrees, clipped to the bar."""
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    clip = canvas.beginPath()
    clip.rect(x, y, width, height)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.setLineWidth(g.CHART_HATCH)
    step = g.CHART_HATCH_STEP_MM * g.MM
    for at in range(int((width + height) / step) + 1):
        start = x - height + at * step
        canvas.line(start, y, start + height, y + height)
    canvas.restoreState()
    canvas.setLineWidth(g.CHART_OUTLINE)
    canvas.rect(x, y, width, height)
