"""What the reader of cells does not tell: how far a sheet reaches, faulty cells, fonts and number formats.

`python-calamine` builds a full rectangle and turns errors into empty cells, so both are looked up before it reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from congdoan_desktop.spreadsheets.cells import Fault
from congdoan_desktop.spreadsheets.refusals import too_big

MOST_CELLS = 4_000_000
"""Of the rectangle from A1; 100,000 rows of 40 columns."""
_MOST_FAULTS = 100_000


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells: rows from 1, columns from 0, both ends counted in."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(slots=True)
class SheetFacts:
    """`rows` and `columns` reach from A1; `faults` by (row from 1, column from 0)."""

    rows: int = 0
    columns: int = 0
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    """Only where the reader does not tell them."""
    styles: Counter[tuple[int, int]] = field(default_factory=Counter)
    """How often (column, style) was seen in the first rows."""
    fonts: Mapping[int, str] = field(default_factory=dict)
    formats: Mapping[int, str] = field(default_factory=dict)

    @property
    def too_wide(self) -> bool:
        return self.rows * self.columns > MOST_CELLS

    def check(self, name: str) -> None:
        """Raises: SheetRefused for a sheet that no honest list fills."""
        if self.too_wide:
            raise too_big(f"Trang tính “{name}” trải tới {self.rows} dòng, {self.columns} cột, nhiều quá mức đọc được.")
        if len(self.faults) > _MOST_FAULTS:
            raise too_big(f"Trang tính “{name}” có hơn {_MOST_FAULTS} ô lỗi.")

    def dress(self, fonts: Mapping[int, str], formats: Mapping[int, str]) -> None:
        """Give each column the font and the number format of most of its cells; both maps go from style."""
        main: dict[int, int] = {}
        for (column, style), _ in self.styles.most_common():
            main.setdefault(column, style)
        self.fonts = {column: fonts[style] for column, style in main.items() if style in fonts}
        self.formats = {column: formats[style] for column, style in main.items() if style in formats}
        self.styles.clear()


def check_together(sheets: Iterable[SheetFacts]) -> None:
    """For kinds of files whose sheets the reader takes in all at once.

    Raises: SheetRefused.
    """
    if sum(facts.rows * facts.columns for facts in sheets) > MOST_CELLS:
        raise too_big("Các trang tính của tệp cộng lại có quá nhiều ô.")
