"""Cells as a spreadsheet puts them on the clipboard: its table in HTML tells the values behind what is shown.

Where it speaks English a sum is shown as "700,000", and a day in whatever order. Beside that LibreOffice gives
the number in `sdval` and its format in `sdnum`, Excel the number in `x:num`.
"""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser

_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of the numbers by which spreadsheets count days."""
_LAST_SERIAL = (date(9999, 12, 31) - _FIRST_DAY).days


def tabbed(html: str) -> str:
    """The first table's cells, tabs between them and a line for each row; "" when no cell tells a number."""
    reader = _Cells()
    reader.feed(html)
    reader.close()
    return "\n".join("\t".join(row) for row in reader.rows) if reader.told else ""


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.told = False
        self._shown: list[str] | None = None
        self._value = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            given = {name: value or "" for name, value in attrs}
            self._shown = []
            self._value = _written(given.get("sdval") or given.get("x:num") or "", given.get("sdnum", ""))
            self.told = self.told or bool(self._value)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._shown is not None:
            self.rows[-1].append(self._value or " ".join("".join(self._shown).split()))
            self._shown = None

    def handle_data(self, data: str) -> None:
        if self._shown is not None:
            self._shown.append(data)


def _written(number: str, form: str) -> str:
    """A whole number as digits, a day as 02/01/1980; "" for what is shown well enough as text."""
    try:
        value = float(number)
    except ValueError:
        return ""
    if not value.is_integer():
        return ""
    if not {"D", "M", "Y"} <= set(form.upper().split(";")[-1]):
        return str(int(value))
    if not 0 < value <= _LAST_SERIAL:
        return ""
    return f"{_FIRST_DAY + timedelta(int(value)):%d/%m/%Y}"
