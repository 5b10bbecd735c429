"""How many members a union has on a day: from the lists of people, beside what was counted by hand.

The one place that denominators come from. A list stands for its union once it holds nearly all that were counted there;
until then the count stands, since people who were only once given support are in the list too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, case, func, or_, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.engine import LISTED
from congdoan_desktop.storage.ledger import Log
from congdoan_desktop.storage.projections import TABLES, value_of

COMPLETE_PER_CENT = 90
"""A list with at least this share of the members counted by hand stands for its union."""

_T = TABLES[Person.TYPE].c


@dataclass(frozen=True, slots=True)
class Standing:
    """Members of one union on a day. `count` is the latest one made by then, None where nobody has counted."""

    listed: int
    listed_women: int
    count: Headcount | None

    @property
    def by_list(self) -> bool:
        """Whether the list stands for the union, and not the count."""
        return self.count is None or self.listed * 100 >= self.count.members * COMPLETE_PER_CENT

    @property
    def members(self) -> int | None:
        """None where there is neither a list nor a count."""
        if self.count is None and not self.listed:
            return None
        return self.listed if self.by_list else self.count.members if self.count else None

    @property
    def women(self) -> int | None:
        if self.by_list:
            return self.listed_women if self.members is not None else None
        return self.count.women if self.count else None

    @property
    def difference(self) -> int | None:
        """Listed less counted, None where one of them is missing."""
        return self.listed - self.count.members if self.count is not None and self.listed else None


def on_day(office: Office, day: date) -> dict[str, Standing]:
    """Unit -> its members on the day; units of which nothing is known are left out."""
    with office.read() as connection:
        return standings(connection, day)


def standings(connection: Connection, day: date) -> dict[str, Standing]:
    """`on_day` inside a transaction."""
    listed, counts = by_lists(connection, day), headcounts(connection, day)
    return {unit: Standing(*listed.get(unit, (0, 0)), counts.get(unit)) for unit in {*listed, *counts}}


def headcounts(connection: Connection, day: date) -> dict[str, Headcount]:
    """Unit -> the latest count made by hand up to the day."""
    table = TABLES[Headcount.TYPE]
    rows = connection.execute(select(table).where(table.c.on <= day).order_by(table.c.on, table.c.hash)).mappings()
    latest = {row["unit"]: row for row in rows}
    return {unit: value_of(Headcount.TYPE, row) for unit, row in latest.items()}


def is_counted(connection: Connection, day: date) -> bool:
    """Whether `by_lists` has its answer at hand."""
    kept = connection.info.get(LISTED)
    return kept is not None and kept[0] == Log(connection).head() and day in kept[1]


def by_lists(connection: Connection, day: date) -> Mapping[str, tuple[int, int]]:
    """Unit -> (members, women among them), erased people included: their figures hold.

    Kept until the log goes on: reading 50,000 people takes 70 ms, and several pages ask for the same day.
    """
    head = Log(connection).head()
    kept: tuple[str, dict[date, Mapping[str, tuple[int, int]]]] | None = connection.info.get(LISTED)
    if kept is None or kept[0] != head:
        kept = connection.info[LISTED] = (head, {})
    if day not in kept[1]:
        kept[1][day] = _counted(connection, day)
    return kept[1][day]


def _counted(connection: Connection, day: date) -> Mapping[str, tuple[int, int]]:
    begun, lasting = or_(_T.joined.is_(None), _T.joined <= day), or_(_T.left.is_(None), _T.left > day)
    here = and_(begun, lasting, or_(_T.member, _T.left.is_not(None)))
    women = func.sum(case((_T.sex == "nữ", 1), else_=0))
    # Grouped so that the index of the list is read, and not a page for every single person.
    by_unit = func.coalesce(_T.unit, "")
    rows = connection.execute(select(by_unit, func.count(), women).where(here).group_by(by_unit))
    found = {unit: (people, int(of_women)) for unit, people, of_women in rows}
    spells = connection.execute(select(_T.earlier, _T.sex).where(_T.earlier != "[]", ~here))
    for earlier, sex in spells:
        unit = _unit_then(earlier, day)
        if unit is not None:
            people, of_women = found.get(unit, (0, 0))
            found[unit] = (people + 1, of_women + (sex == "nữ"))
    return found


def _unit_then(earlier: str, day: date) -> str | None:
    """The union of the earlier membership that held on the day."""
    then = day.isoformat()
    for spell in json.loads(earlier):
        if (spell["joined"] or "") <= then < spell["left"]:
            return str(spell["unit"])
    return None
