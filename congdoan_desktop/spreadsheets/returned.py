"""The rows that were not imported, given back as Excel: as they stood, with their reasons in a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from congdoan_desktop.domain.legacy_text import decode
from congdoan_desktop.progress import Progress
from congdoan_desktop.spreadsheets.columns import Matching
from congdoan_desktop.spreadsheets.drafts import RowDraft
from congdoan_desktop.spreadsheets.writing import ColumnKind, ListColumn, ListSheet, write

REASON, LINE = "Lý do", "Dòng trong tệp gốc"
"""Titles of the two added columns; a returned file that was mended is imported again without them."""
_REASON_WIDTH = 60


def write_returned(
    stream: BinaryIO,
    matching: Matching,
    rows: Iterable[tuple[RowDraft, tuple[str, ...]]],
    progress: Progress | None = None,
) -> None:
    """Write the refused rows with all columns of their sheet, text in Unicode, behind them the reasons.

    rows: each draft with the reasons that the service adds to the draft's own findings.

    Raises: Cancelled.
    """
    titles = [column.title or column.letters for column in matching.columns]
    columns = [ListColumn(title, ColumnKind.ANY) for title in titles]
    added = (ListColumn(REASON, width=_REASON_WIDTH), ListColumn(LINE, ColumnKind.INT))
    sheet = ListSheet("Dòng chưa nhập", (*columns, *added), _lines(matching, rows))
    write(stream, [sheet], progress)


def _lines(matching: Matching, rows: Iterable[tuple[RowDraft, tuple[str, ...]]]) -> Iterator[list[Any]]:
    for draft, reasons in rows:
        values: list[Any] = [
            decode(value, column.encoding) if isinstance(value, str) else value
            for column, value in ((c, draft.at(c.column)) for c in matching.columns)
        ]
        said = [*map(str, draft.findings), *reasons]
        yield [*values, "\n".join(said), draft.number]
