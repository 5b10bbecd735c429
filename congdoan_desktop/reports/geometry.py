"""Every measure of the printed papers in one place (Nghị định 30/2020/NĐ-CP, Phụ lục I; Times at its exact widths).

Names ending in `_MM` are millimetres, the others points. Vertical places of the letterhead are counted from the
sheet's upper edge. Where the decree leaves a range, the value keeps a period report at three pages and an annex.
What a template may change (`domain.paper_template`) has no value here: it is read from the template in use.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from congdoan_desktop.domain.paper_template import PaperTemplate, template_of
from congdoan_desktop.paths import resources

MM = 72 / 25.4

# Page: A4, the same margins in both orientations (the decree makes no exception for landscape).
SHORT_EDGE_MM, LONG_EDGE_MM = 210.0, 297.0
PAGE_NUMBER_BASELINE_MM = 13.5
SAMPLE_SIZE = 12.0

# Letterhead. Quốc hiệu is 95.7 mm long at 13 pt and 88.3 at 12.
QUOC_HIEU_MM, QUOC_HIEU_STEP_MM, QUOC_HIEU_SIZE = 99.0, 7.0, 13.0
"""The right cell at 13 pt, and how much less a point less needs."""
SMALLEST_HEAD = 12.0
LETTERHEAD_FIRST_MM, LETTERHEAD_SECOND_MM = 24.2, 29.7
LETTERHEAD_FURTHER_MM = 5.3
LETTERHEAD_RULE_MM, LETTERHEAD_NUMBER_MM, LETTERHEAD_END_MM = 31.7, 38.7, 47.0
ISSUER_RULE_SHARE = 0.40
LETTERHEAD_BARE_END_MM, WIDE_LEFT_MM = 35.5, 96.0
"""Where a head without number and day ends; the left cell of a sheet on its side."""
RULE = 0.75
ABOUT_SIZE, ABOUT_LINE, ABOUT_BEFORE = 12.0, 14.0, 6.0
"""The subject of an official letter, 6 pt under its number."""


@dataclass(frozen=True, slots=True)
class HeadSizes:
    """One way to set the letterhead: sizes of the left lines and quốc hiệu, of tiêu ngữ, and the left cell."""

    lines: float
    motto: float
    left_mm: float


# Title block.
SUBJECT_RULE_DROP_MM, SUBJECT_RULE_SHARE = 2.8, 0.36
REFERENCE_DROP_MM = 3.1
ADDRESSEE_DROP_MM, ADDRESSEE_AFTER = 9.6, 6.9
FORM_ADDRESSEE_DROP_MM, FORM_ADDRESSEE_AFTER = 9.0, 0.8

# Body.
HEADING_BEFORE = {1: 8.0, 2: 6.0}
SMALL_SIZE, SMALL_LINE = 12.0, 14.5
LABEL_SIZE, LABEL_LINE, LABEL_BEFORE = 13.0, 16.0, 4.0
CAPTION_BEFORE, CAPTION_AFTER = 8.0, 4.0
UNIT_LINE_SIZE, UNIT_LINE, UNIT_LINE_AFTER = 12.0, 14.0, 3.0
WORDS_SIZE, WORDS_LINE, WORDS_BEFORE = 14.0, 17.0, 4.5
NOTE_SIZE, NOTE_LINE, NOTE_BEFORE = 12.0, 14.0, 4.0

# Tables.
GRID = 0.5
TABLE_BEFORE = 3.0
"""Above a table or box without a caption."""
SMALLEST_FIGURE = 6.0


@dataclass(frozen=True, slots=True)
class Cells:
    """How the cells of one kind of table are set; least heights in mm."""

    size: float
    line: float
    top: float = 2.0
    bottom: float = 3.0
    side_mm: float = 1.2
    least_mm: float = 0.0
    head_least_mm: float = 0.0
    foot_least_mm: float = 0.0
    most_lines: int = 0
    """Letters shrink before a cell takes more lines; 0 for as many as it needs."""


_FORM_CELLS = {"unit": Cells(13, 16, 1.0, 2.0), "facts": Cells(13, 16, 1.5, 2.5)}
"""Of the forms of the hand-off, which no template changes."""

# Chart: places in mm from its upper left corner.
CHART_WIDTH_MM = 165.0
CHART_LABEL_RIGHT_MM, CHART_PLOT_MM, CHART_PLOT_WIDTH_MM, CHART_VALUES_MM = 59.0, 61.0, 90.0, 152.1
CHART_GROUP_MM, CHART_BAR_MM = 8.4, 3.2
CHART_PLOT_TOP_MM, CHART_FIRST_BAR_MM = 8.0, 9.1
CHART_AXIS_MM, CHART_FOOT_MM = 10.0, 6.0
CHART_TICK_DROP_MM = 4.0
CHART_LEGEND_TOP_MM, CHART_LEGEND_WIDTH_MM, CHART_LEGEND_HEIGHT_MM = 1.2, 6.9, 3.5
CHART_LEGEND_MM, CHART_LEGEND_GAP_MM = (61.0, 102.8), 1.5
CHART_LABEL_SIZE, CHART_LABEL_TIGHT, CHART_TICK_SIZE, CHART_VALUE_SIZE = 11.0, 9.5, 10.0, 9.5
CHART_OUTLINE, CHART_GRID, CHART_HATCH, CHART_HATCH_STEP_MM = 0.6, 0.3, 0.4, 1.8
CHART_DARK = 0.25
"""Grey of a bar that is 75 % black."""
CHART_MOST_BARS = 24

# Signature block.
SIGN_BEFORE_MM, SIGN_SPLIT_MM = 5.0, 79.2
REPORT_QR_MM, REPORT_QR_DROP_MM, QUIET_MODULES = 18.0, 3.5, 4
CODE_LABEL_SIZE, CODE_SIZE = 9.0, 10.0

# Annex head: baselines from the text block's upper edge.
ANNEX_BASELINES_MM = (4.9, 11.3, 17.6)
ANNEX_TABLE_MM = 22.0

# Forms.
WORD_BOX_MM, WORD_QR_MM, WORD_CELL_MM, WORD_ROW_MM, WORD_PITCH_MM = 42.0, 39.0, 29.0, 11.6, 12.6
WORDS_LEFT_MM, WORDS_TOP_MM = 46.0, 7.0
WORDS_IN_ROW = 4
WORD_SIZE, WORD_INDEX_SIZE = 16.0, 9.0
WORD_LINE_MM, WORD_LINE_SIZES = 4.6, (12.0, 11.0)
CODE_ROW_QR_MM = 26.0
SIGN_BOX_MM, TICK_MM = 58.0, 3.4


@dataclass(frozen=True, slots=True)
class SignersSet:
    """Signers without a frame: baselines in mm below the block's upper edge, which stands `before` mm down."""

    before: float
    heading: float
    note: float
    name: float
    date: float = 0.0
    below: float = 1.5


SIGNERS = {
    "form": SignersSet(4.0, 5.0, 10.6, 33.0),
    "list": SignersSet(2.0, 5.0, 10.9, 36.2),
    "dated": SignersSet(2.0, 10.7, 16.7, 47.3, date=4.4),
}
SIGNED_ROOM_MM = 115.0
"""What letterhead and title above a table and who signs below it may take of a page."""
SIGNER_SIZE, SIGNER_NOTE_SIZE, SIGNER_DATE_SIZE = 13.0, 12.0, 14.0

# What the template in use says.
TOP_MM: float
BOTTOM_MM: float
LEFT_MM: float
RIGHT_MM: float
PAGE_NUMBER_SIZE: float
HEAD_SIZES: tuple[HeadSizes, ...]
NUMBER_SIZE: float
DATE_SIZE: float
TITLE_SIZE: float
TITLE_LINE: float
SUBJECT_LINE: float
SUBJECT_WIDTH_MM: float
BODY_SIZE: float
BODY_LINE: float
BODY_BEFORE: float
INDENT_MM: float
CAPTION_SIZE: float
CAPTION_LINE: float
CELLS: dict[str, Cells]
SIGN_SIZE: float
SIGN_LINE: float
SIGN_ROOM_MM: float
RECIPIENTS_SIZE: float
RECIPIENT_SIZE: float
RECIPIENT_LINE: float
ANNEX_SIZE: float
WORD_FONT: str
TEMPLATE: PaperTemplate

_in_use: ContextVar[dict[str, Any] | None] = ContextVar("measures of the template in use", default=None)

if not TYPE_CHECKING:  # else the checker would take every name for one of these

    def __getattr__(name: str) -> Any:
        try:
            return (_in_use.get() or _usual())[name]
        except KeyError:
            raise AttributeError(name) from None


@contextmanager
def using(template: PaperTemplate) -> Iterator[None]:
    """Papers made within are those of the template; elsewhere they are those of the shipped one."""
    token = _in_use.set(_measured(template))
    try:
        yield
    finally:
        _in_use.reset(token)


@cache
def shipped() -> PaperTemplate:
    """The template that comes with the program."""
    return template_of((resources() / "templates" / "papers.toml").read_text("utf-8"))


@cache
def _usual() -> dict[str, Any]:
    return _measured(shipped())


def _measured(template: PaperTemplate) -> dict[str, Any]:
    number = template.number
    title, sign, table = number("title", "size"), number("signature", "size"), number("table", "size")
    caption, recipient = number("table", "caption_size"), number("signature", "recipient_size")
    text_mm = SHORT_EDGE_MM - number("page", "left") - number("page", "right")
    return {
        "TOP_MM": number("page", "top"),
        "BOTTOM_MM": number("page", "bottom"),
        "LEFT_MM": number("page", "left"),
        "RIGHT_MM": number("page", "right"),
        "PAGE_NUMBER_SIZE": number("page", "number_size"),
        "HEAD_SIZES": _head_sizes(number("letterhead", "lines"), text_mm),
        "NUMBER_SIZE": number("letterhead", "number_size"),
        "DATE_SIZE": number("letterhead", "date_size"),
        "TITLE_SIZE": title,
        "TITLE_LINE": title + 3,
        "SUBJECT_LINE": title + 4,
        "SUBJECT_WIDTH_MM": text_mm,
        "BODY_SIZE": number("body", "size"),
        "BODY_LINE": number("body", "line"),
        "BODY_BEFORE": number("body", "before"),
        "INDENT_MM": number("body", "indent"),
        "CAPTION_SIZE": caption,
        "CAPTION_LINE": caption + 3,
        "CELLS": _cells(table),
        "SIGN_SIZE": sign,
        "SIGN_LINE": sign + 3,
        "SIGN_ROOM_MM": number("signature", "room"),
        "RECIPIENTS_SIZE": number("signature", "recipients_size"),
        "RECIPIENT_SIZE": recipient,
        "RECIPIENT_LINE": recipient + 2,
        "ANNEX_SIZE": number("annex", "size"),
        "WORD_FONT": template.text("word", "font"),
        "TEMPLATE": template,
    }


def _head_sizes(lines: float, text_mm: float) -> tuple[HeadSizes, ...]:
    """The ways to set the letterhead, the largest first; quốc hiệu always fits its cell (rule A08)."""
    sizes = (lines, max(lines - 1, SMALLEST_HEAD)) if lines > SMALLEST_HEAD else (lines,)
    needed = (QUOC_HIEU_MM - QUOC_HIEU_STEP_MM * (QUOC_HIEU_SIZE - size) for size in sizes)
    return tuple(HeadSizes(size, size + 1, text_mm - right) for size, right in zip(sizes, needed, strict=True))


def _cells(size: float) -> dict[str, Cells]:
    line = size + 2
    return {
        "figures": Cells(size, line),
        "findings": Cells(size, line),
        "people": Cells(size, line, least_mm=10, head_least_mm=8),
        "signing": Cells(size, line, 0.0, 0.0, least_mm=10, head_least_mm=11, foot_least_mm=8, most_lines=2),
        **_FORM_CELLS,
    }
