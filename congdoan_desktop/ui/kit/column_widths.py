"""How wide the columns of a table are: what was given, more where their text needs it, and the rest shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtWidgets import QTableView

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.columns import Column

_TOLD = frozenset({"text", "name", "quiet", "state", "action"})
"""Kinds of columns that are read as words: they may need more than they were given."""
_MOST = 300
"""What no column asks for, in pixels at 100 %: a sentence that would be cut all the same takes nothing from others."""
_MODEST = 150
"""What a column asks for that is not the first, where one must scroll to the side."""
Needed = Callable[[Column], Iterable[float]]


class ColumnWidths:
    """Widths are given in pixels at 100 % and follow the letters. A column that somebody has drawn stays so."""

    def __init__(self, table: QTableView, columns: Sequence[Column], needed: Needed) -> None:
        """`needed` tells for a column what its cells would take, in pixels of the screen."""
        self._table, self._columns, self._needed = table, tuple(columns), needed
        self._given = {at: column.width for at, column in enumerate(columns) if column.width is not None}
        self._asked: dict[int, int] = {}
        self._needs: dict[int, int] = {}
        self._set: dict[int, int] = {}
        self._drawn: dict[int, int] = {}
        self._sharing = False

    def give(self, at: int, width: int) -> None:
        """Another width for a fixed column, from now on."""
        if self._given.get(at) != width:
            self._given[at] = width
            self._drawn.pop(at, None)
            self.share()

    def ask(self, asked: Mapping[int, int]) -> None:
        """Fixed columns that would like to be wider, in pixels of the screen, where no other one has to give way."""
        if asked != self._asked:
            self._asked = dict(asked)
            self.share()

    def fit(self) -> None:
        """The letters have another size."""
        self._needs.clear()
        self._drawn.clear()
        self.measure()

    def measure(self) -> None:
        """Other rows, or other columns in sight. A column keeps what it once needed, so that searching moves none."""
        most = theme.current().px(_MOST)
        for at in self._shown():
            if self._columns[at].kind in _TOLD:
                needs = [round(one) for one in self._needed(self._columns[at]) if one <= most]
                self._needs[at] = max((self._needs.get(at, 0), *needs))
        self.share()

    def drawn(self, at: int, _before: int, width: int) -> None:
        """A column has another width, and not by us."""
        if not self._sharing and width and not self._table.isColumnHidden(at) and width != self._set.get(at):
            self._drawn[at] = width
            self.share()

    def share(self) -> None:
        """Columns grow to what they need as far as there is room, all of them where one must scroll to the side anyway;
        what is left goes to those without a given width.
        """
        if self._sharing:
            return
        self._sharing = True
        for at, width in self._shared().items():
            self._table.setColumnWidth(at, width)
            self._set[at] = self._table.columnWidth(at)
        self._sharing = False

    def _shown(self) -> list[int]:
        return [at for at in range(len(self._columns)) if not self._table.isColumnHidden(at)]

    def _shared(self) -> dict[int, int]:
        look, room = theme.current(), self._table.viewport().width()
        widths = {
            at: self._drawn.get(at) or look.px(self._given.get(at) or self._columns[at].least) for at in self._shown()
        }
        spare = room - sum(widths.values())
        asked = self._more(widths, self._asked)
        if 0 < sum(asked.values()) <= spare:
            spare -= _add(widths, asked)
        needs = self._more(widths, self._needs if spare >= 0 else self._modest())
        spare -= _add(widths, self._fair(needs, spare) if spare >= 0 else needs)
        free = [at for at in widths if at not in self._given and at not in self._drawn]
        for number, at in enumerate(free if spare > 0 else ()):
            widths[at] += spare // len(free) + (number < spare % len(free))
        return widths

    def _modest(self) -> dict[int, int]:
        """What columns need where one must scroll: all of it the subject, and the last one, which hides nothing."""
        most, shown = theme.current().px(_MODEST), self._shown()
        whole = {self._subject(), shown[-1]}
        return {at: self._needs[at] if at in whole else min(self._needs[at], most) for at in shown if at in self._needs}

    def _subject(self) -> int:
        """The column that says whom or what a row is about: a person, else the first that stretches, else the first."""
        shown = self._shown()
        people = (at for at in shown if self._columns[at].kind == "name")
        return next(iter((*people, *(at for at in shown if at not in self._given), *shown)))

    def _fair(self, needs: Mapping[int, int], spare: int) -> dict[int, int]:
        """States get what they need, then the subject; of the others as many as can be, and the rest alike."""
        first = [at for at in needs if self._columns[at].kind == "state"]
        first += [at for at in needs if at == self._subject() and at not in first]
        others = sorted(needs.keys() - set(first), key=needs.__getitem__)
        given: dict[int, int] = {}
        for at in first:
            given[at] = min(needs[at], spare)
            spare -= given[at]
        for number, at in enumerate(others):
            given[at] = min(needs[at], spare // (len(others) - number))
            spare -= given[at]
        return given

    def _more(self, widths: Mapping[int, int], wanted: Mapping[int, int]) -> dict[int, int]:
        """What columns want beyond their widths."""
        own = (at for at in widths if at not in self._drawn)
        return {at: wanted[at] - widths[at] for at in own if wanted.get(at, 0) > widths[at]}


def _add(widths: dict[int, int], more: Mapping[int, int]) -> int:
    """Returns how much was added."""
    for at, one in more.items():
        widths[at] += one
    return sum(more.values())
