"""How a record is told apart for people, whatever its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import ordered
from congdoan_desktop.services.conflicts import NAMED_BY
from congdoan_desktop.storage.projections import TABLES


@dataclass(frozen=True, slots=True)
class Named:
    """A record with its type and what people call it; a support is called by whom it helped, and when."""

    record: str
    type: str
    name: str


def of_record(connection: Connection, record: str) -> Named | None:
    """None where nothing is known of it, or it was deleted."""
    return next((named for type_ in NAMED_BY for named in of_type(connection, type_, [record])), None)


def of_type(connection: Connection, type_: str, records: Iterable[str]) -> Iterator[Named]:
    """Those of the records that are of a type."""
    table, people = TABLES[type_], TABLES[Person.TYPE]
    query = select(table)
    if type_ == SupportRecord.TYPE:
        query = query.add_columns(people.c.name.label("receiver"))
        query = query.join(people, people.c.record == table.c.person, isouter=True)
    for chunk in ordered.chunks(records):
        rows = connection.execute(query.where(table.c.record.in_(chunk)).order_by(table.c.record)).mappings()
        yield from (Named(row["record"], type_, _name(type_, row)) for row in rows)


def _name(type_: str, row: RowMapping) -> str:
    value = row[NAMED_BY[type_]]
    shown = f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)
    return f"{row['receiver'] or 'người được chăm lo'}, {shown}" if type_ == SupportRecord.TYPE else shown
