"""The same help twice (rule B10), as the level above sees it among the records of all its unions.

No list of people goes down. The receipt, which is encrypted, speaks only of records that were in the package it
answers, and does not say which other union it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, tuple_

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.packages.bodies import RowFinding
from congdoan_desktop.progress import Progress
from congdoan_desktop.services.double_benefits import FIELD
from congdoan_desktop.services.likeness import Known, out_of
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.engine import left_between
from congdoan_desktop.storage.projections import TABLES
from congdoan_desktop.turns import with_pauses

_GIVEN, _PEOPLE = TABLES[SupportRecord.TYPE].c, TABLES[Person.TYPE].c
_WHO = (
    _GIVEN.person, _GIVEN.unit, _GIVEN.kind, _GIVEN.campaign, _GIVEN.on, (_GIVEN.cash + _GIVEN.in_kind).label("amount"),
    _PEOPLE.citizen_id, _PEOPLE.old_id, _PEOPLE.name, _PEOPLE.sort, _PEOPLE.birth, _PEOPLE.birth_year,
    _PEOPLE.unit.label("union"),
)  # fmt: skip


_LEFT_EVERY = 8
"""Receivers looked for between two looks at who waits: some milliseconds."""
_AT_ONCE = 500
"""Gifts read in one go, for the same reason."""
_ALL = (
    select(*_WHO, _GIVEN.record)
    .join(TABLES[Person.TYPE], _PEOPLE.record == _GIVEN.person)
    .where(_PEOPLE.erased.is_(False))
    .order_by(_GIVEN.on, _GIVEN.record)
    .limit(_AT_ONCE)
)


class _Gift(NamedTuple):
    unit: str
    kind: str
    campaign: str | None
    on: date
    amount: int


class Elsewhere:
    """What people were given, for the findings of many receipts: each year is read once, when one of them asks.

    What was read and found stays, also where the transaction is left for somebody who waits and done again.
    """

    def __init__(self) -> None:
        self._years: dict[int, _Year] = {}
        self._said: dict[tuple[Any, ...], str] = {}
        """By what is known of a record and its receiver."""

    def look(self, office: Office, package_id: str, progress: Progress) -> None:
        """What `findings` will ask for, in short transactions, between which somebody who waits is let in."""
        with office.read() as connection:
            rows = _came_with(connection, package_id)
        for number in sorted({row.on.year for row in rows}):
            year = self._years.setdefault(number, _Year(number))
            while not year.whole:
                progress.step(0, len(rows))
                with office.read() as connection:
                    year.read_on(connection)
        for row in with_pauses(rows, lambda: progress.step(0, len(rows)), _LEFT_EVERY):
            self._said[tuple(row)] = self._years[row.on.year].message(row)

    def findings(self, connection: Connection, package_id: str) -> list[RowFinding]:
        """For each support record of an imported package whose receiver, or somebody nearly of the same name and birth,
        was given the same elsewhere.
        """
        return [
            RowFinding(message, record=row.record, field=FIELD)
            for row in left_between(connection, _came_with(connection, package_id), _LEFT_EVERY)
            if (message := self._message(connection, row))
        ]

    def _message(self, connection: Connection, row: Any) -> str:
        known = tuple(row)
        if known not in self._said:
            self._said[known] = self._year(connection, row.on.year).message(row)
        return self._said[known]

    def _year(self, connection: Connection, number: int) -> _Year:
        if number not in self._years:
            self._years[number] = _Year(number)
        year = self._years[number]
        while not year.whole:
            year.read_on(connection)
        return year


class _Year:
    """Everybody who was given something in a year; `message` says of a record what matters."""

    def __init__(self, year: int) -> None:
        self.whole = False
        self._last = date(year, 1, 1), ""
        """Day and record of the last gift read."""
        self._end = date(year, 12, 31)
        self._gifts: defaultdict[str, list[_Gift]] = defaultdict(list)
        self._by_sign: defaultdict[object, set[str]] = defaultdict(set)
        """By number, and by name and year of birth."""
        self._known = Known()

    def read_on(self, connection: Connection) -> None:
        """The next gifts, few enough for somebody who waits."""
        later = tuple_(_GIVEN.on, _GIVEN.record) > self._last
        rows = connection.execute(_ALL.where(later, _GIVEN.on <= self._end)).all()
        for row in rows:
            self._add(row)
        self.whole = len(rows) < _AT_ONCE
        if rows:
            self._last = rows[-1].on, rows[-1].record

    def _add(self, row: Any) -> None:
        if row.person not in self._gifts:
            self._known.add(out_of(row, row.person, row.union, member=False))
            for sign in _signs(row):
                self._by_sign[sign].add(row.person)
        self._gifts[row.person].append(_Gift(row.unit, row.kind, row.campaign, row.on, row.amount))

    def message(self, row: Any) -> str:
        """Of the same person; else perhaps of the same, misspelled, whose name stays with us."""
        same = {row.person}.union(*(self._by_sign.get(sign, ()) for sign in _signs(row)))
        gifts = [gift for person in same for gift in self._elsewhere(person, row)]
        if gifts:
            first = min(gifts, key=lambda gift: gift.on)
            return f"Người này đã nhận {_told(first)} ở đơn vị khác trong cùng đợt."
        who = out_of(row, row.person, row.unit, member=False)
        alike = (one.who for one in self._known.find(who, apart=row.unit))
        near = next((gift for other in alike for gift in self._elsewhere(other.id, row)), None)
        if near is None:
            return ""
        return f"Có người gần giống họ tên, cùng năm sinh đã nhận {_told(near)} ở đơn vị khác; đối chiếu lại."

    def _elsewhere(self, person: str, row: Any) -> Iterator[_Gift]:
        """Of the same programme in another union."""
        for gift in self._gifts.get(person, ()):
            same_plan = (gift.campaign or "") == (row.campaign or "")
            if gift.unit != row.unit and gift.kind == row.kind and same_plan:
                yield gift


def _told(gift: _Gift) -> str:
    return f"{group_thousands(gift.amount)} đồng ngày {short_date(gift.on)}"


def _signs(row: Any) -> list[object]:
    signs: list[object] = [row.citizen_id] if row.citizen_id else []
    return [*signs, (row.sort, row.birth_year)] if row.birth_year else signs


def _came_with(connection: Connection, package_id: str) -> Sequence[Any]:
    inside, revisions = tables.deliveries, tables.revisions
    records = (
        select(revisions.c.record)
        .join(inside, inside.c.revision == revisions.c.seq)
        .where(inside.c.package_id == package_id, revisions.c.type == SupportRecord.TYPE)
    )
    query = (
        select(*_WHO, _GIVEN.record)
        .join(TABLES[Person.TYPE], _PEOPLE.record == _GIVEN.person)
        .where(_GIVEN.record.in_(records), _PEOPLE.erased.is_(False))
    )
    return connection.execute(query).all()
