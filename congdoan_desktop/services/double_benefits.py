"""The same help twice, in different unions: seen by the level above, told to the union that named the person (B10).

No list of people goes down. The receipt, which is encrypted, speaks only of records that were in the package it
answers, and does not say which other union it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, RowMapping, and_, func, or_, select

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.packages.bodies import Receipt, RowFinding
from congdoan_desktop.services import ordered
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.projections import TABLES

FIELD = "double"
"""By this word a finding of a receipt is known to be about the same help twice."""
_GIVEN, _PEOPLE = TABLES[SupportRecord.TYPE].c, TABLES[Person.TYPE].c


def findings(connection: Connection, package_id: str) -> list[RowFinding]:
    """For each support record of an imported package whose receiver was given the same elsewhere."""
    found = []
    for row in _came_with(connection, package_id):
        for other in _elsewhere(connection, row):
            amount, on = group_thousands(other["cash"] + other["in_kind"]), short_date(other["on"])
            message = f"Người này đã nhận {amount} đồng ngày {on} ở đơn vị khác trong cùng đợt."
            found.append(RowFinding(message, record=row["record"], field=FIELD))
            break
    return found


def told(connection: Connection, people: Iterable[str], year: int) -> dict[str, str]:
    """Person -> what receipts of the level above said of what he or she was given in the year."""
    messages = dict(_messages(connection))
    found: dict[str, str] = {}
    for chunk in ordered.chunks(people):
        query = select(_GIVEN.record, _GIVEN.person).where(
            _GIVEN.person.in_(chunk), _GIVEN.on.between(date(year, 1, 1), date(year, 12, 31))
        )
        found |= {
            row.person: f"Cấp trên báo: {messages[row.record]}"
            for row in connection.execute(query)
            if row.record in messages
        }
    return found


def _messages(connection: Connection) -> Iterator[tuple[str, str]]:
    outbox = tables.outbox
    for answer in connection.execute(select(outbox.c.receipt).where(outbox.c.receipt.is_not(None))).scalars():
        for finding in Receipt.of_line(json.loads(answer)).findings:
            if finding.field == FIELD and finding.record:
                yield finding.record, finding.message


def _came_with(connection: Connection, package_id: str) -> Sequence[RowMapping]:
    inside, revisions = tables.deliveries, tables.revisions
    records = (
        select(revisions.c.record)
        .join(inside, inside.c.revision == revisions.c.seq)
        .where(inside.c.package_id == package_id, revisions.c.type == SupportRecord.TYPE)
    )
    query = (
        select(TABLES[SupportRecord.TYPE], _PEOPLE.citizen_id, _PEOPLE.sort.label("name_key"), _PEOPLE.birth_year)
        .join(TABLES[Person.TYPE], _PEOPLE.record == _GIVEN.person)
        .where(_GIVEN.record.in_(records), _PEOPLE.erased.is_(False))
    )
    return connection.execute(query).mappings().all()


def _elsewhere(connection: Connection, row: RowMapping) -> Sequence[RowMapping]:
    """What the same number, or the same name and birth, was given in another union, of one kind, plan and year."""
    alike = [_PEOPLE.record == row["person"]]
    if row["citizen_id"]:
        alike.append(_PEOPLE.citizen_id == row["citizen_id"])
    if row["birth_year"]:
        alike.append(and_(_PEOPLE.sort == row["name_key"], _PEOPLE.birth_year == row["birth_year"]))
    year = row["on"].year
    query = (
        select(_GIVEN.on, _GIVEN.cash, _GIVEN.in_kind)
        .where(
            _GIVEN.person.in_(select(_PEOPLE.record).where(or_(*alike), _PEOPLE.erased.is_(False))),
            _GIVEN.unit != row["unit"],
            _GIVEN.kind == row["kind"],
            func.coalesce(_GIVEN.campaign, "") == (row["campaign"] or ""),
            _GIVEN.on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(_GIVEN.on)
    )
    return connection.execute(query).mappings().all()
