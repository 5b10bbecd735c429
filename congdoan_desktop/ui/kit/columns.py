"""What a table shows: named columns, how a cell reads its row, and how it is written and sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from congdoan_desktop.domain.text import person_sort_key, sort_key
from congdoan_desktop.ui.kit.bars import BarValue

Kind = Literal["text", "name", "quiet", "number", "money", "strong", "date", "state", "bar", "action"]
"""name is a person (500, sorted by given name), strong a figure (600), quiet is text2, state takes a ChipState, bar
a BarValue, action is a link."""

NO_VALUE = "–"
_RIGHT = frozenset({"number", "money", "strong", "action"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` names an attribute of the row or a key of its mapping.

    `width` in pixels at 100 %, None stretches but never below `least`; `sort` names a stored sort key beside the shown
    text; `under` names the second line of a two-line row; `show` writes the value where the kind's own way is not
    meant.
    """

    key: str
    title: str
    width: int | None = None
    kind: Kind = "text"
    sort: str = ""
    under: str = ""
    show: Callable[[object], str] | None = None
    hidden: bool = False
    least: int = 100

    @property
    def right(self) -> bool:
        return self.kind in _RIGHT

    def value(self, row: object) -> object:
        return read(row, self.key)

    def text(self, row: object) -> str:
        value = self.value(row)
        if value is None or value == "":
            return "" if self.kind == "action" else NO_VALUE
        if self.show is not None:
            return self.show(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return f"{value:,}".replace(",", ".")
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return str(value)

    def second(self, row: object) -> str:
        return str(read(row, self.under) or "") if self.under else ""

    def clip(self, row: object) -> str:
        """The cell for a spreadsheet: bare figures, and never a formula (a leading = + - @ is quoted)."""
        value = self.value(row)
        if isinstance(value, int) and not isinstance(value, bool) and self.show is None:
            return str(value)
        text = " ".join(part for part in (self.text(row), self.second(row)) if part)
        text = " ".join(text.split())
        return f"'{text}" if text[:1] in set("=+-@＝＋－＠") else text

    def sort_key(self, row: object) -> tuple[bool, object]:
        """Rows without a value come last."""
        value = read(row, self.sort or self.key)
        if isinstance(value, BarValue):
            value = value.sort_key
        elif not self.sort and not isinstance(value, (int, float, date)) and value is not None:
            value = (person_sort_key if self.kind == "name" else sort_key)(str(value))
        return value is None, 0 if value is None else value


def read(row: object, key: str) -> object:
    """Raises: AttributeError when the row, not a mapping, has no such attribute."""
    return row.get(key) if isinstance(row, Mapping) else getattr(row, key)
