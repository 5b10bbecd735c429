"""Every measure of the printed papers in one place (Nghị định 30/2020/NĐ-CP, Phụ lục I; Times at its exact widths).

Names ending in `_MM` are millimetres, the others points. Vertical places of the letterhead are counted from the
sheet's upper edge. Where the decree leaves a range, the value keeps a period report at three pages and an annex.
"""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4

# Page: A4, margins 20, 20, 30, 15 in both orientations (the decree makes no exception for landscape).
SHORT_EDGE_MM, LONG_EDGE_MM = 210.0, 297.0
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20.0, 20.0, 30.0, 15.0
PAGE_NUMBER_SIZE, PAGE_NUMBER_BASELINE_MM = 14.0, 13.5
SAMPLE_SIZE = 12.0

# Letterhead. 95.7 mm of quốc hiệu at 13 pt leave 66 mm; at 12 pt its 88.3 mm leave 73.
LETTERHEAD_FIRST_MM, LETTERHEAD_SECOND_MM = 24.2, 29.7
LETTERHEAD_FURTHER_MM = 5.3
LETTERHEAD_RULE_MM, LETTERHEAD_NUMBER_MM, LETTERHEAD_END_MM = 31.7, 38.7, 47.0
ISSUER_RULE_SHARE = 0.40
LETTERHEAD_BARE_END_MM, WIDE_LEFT_MM = 35.5, 96.0
"""Where a head without number and day ends; the left cell of a sheet on its side."""
RULE = 0.75
NUMBER_SIZE, DATE_SIZE = 13.0, 14.0
ABOUT_SIZE, ABOUT_LINE, ABOUT_BEFORE = 12.0, 14.0, 6.0
"""The subject of an official letter, 6 pt under its number."""


@dataclass(frozen=True, slots=True)
class HeadSizes:
    """One way to set the letterhead: sizes of the left lines and quốc hiệu, of tiêu ngữ, and the left cell."""

    lines: float
    motto: float
    left_mm: float


HEAD_SIZES = (HeadSizes(13, 14, 66), HeadSizes(12, 13, 73))

# Title block.
TITLE_SIZE, TITLE_LINE, SUBJECT_LINE = 14.0, 17.0, 18.0
SUBJECT_WIDTH_MM = 165.0
SUBJECT_RULE_DROP_MM, SUBJECT_RULE_SHARE = 2.8, 0.36
REFERENCE_DROP_MM = 3.1
ADDRESSEE_DROP_MM, ADDRESSEE_AFTER = 9.6, 6.9
FORM_ADDRESSEE_DROP_MM, FORM_ADDRESSEE_AFTER = 9.0, 0.8

# Body.
BODY_SIZE, BODY_LINE, BODY_BEFORE = 14.0, 17.0, 6.0
INDENT_MM = 12.7
HEADING_BEFORE = {1: 8.0, 2: 6.0}
SMALL_SIZE, SMALL_LINE = 12.0, 14.5
LABEL_SIZE, LABEL_LINE, LABEL_BEFORE = 13.0, 16.0, 4.0
CAPTION_SIZE, CAPTION_LINE, CAPTION_BEFORE, CAPTION_AFTER = 13.0, 16.0, 8.0, 4.0
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


CELLS = {
    "figures": Cells(12, 14),
    "findings": Cells(12, 14),
    "unit": Cells(13, 16, 1.0, 2.0),
    "facts": Cells(13, 16, 1.5, 2.5),
    "people": Cells(12, 14, least_mm=10, head_least_mm=8),
    "signing": Cells(12, 14, 0.0, 0.0, least_mm=10, head_least_mm=11, foot_least_mm=8, most_lines=2),
}

# Chart: places in mm from its upper left corner.
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
SIGN_BEFORE_MM, SIGN_SPLIT_MM, SIGN_ROOM_MM = 5.0, 79.2, 27.4
SIGN_SIZE, SIGN_LINE = 14.0, 17.0
RECIPIENTS_SIZE, RECIPIENT_SIZE, RECIPIENT_LINE = 12.0, 11.0, 13.0
REPORT_QR_MM, REPORT_QR_DROP_MM, QUIET_MODULES = 18.0, 3.5, 4
CODE_LABEL_SIZE, CODE_SIZE = 9.0, 10.0

# Annex head: baselines from the text block's upper edge.
ANNEX_BASELINES_MM, ANNEX_SIZE = (4.9, 11.3, 17.6), 14.0
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
