"""How a record is told apart for people, whatever its type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
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
    return next((named for type_ in NAMED_BY for named in of_type(connection, type_, record)), None)


def of_type(connection: Connection, type_: str, record: str | None = None) -> Iterator[Named]:
    """All records of a type, or the one named."""
    table = TABLES[type_]
    query = select(table) if record is None else select(table).where(table.c.record == record)
    for row in connection.execute(query).mappings():
        yield Named(row["record"], type_, _name(connection, type_, row))


def _name(connection: Connection, type_: str, row: RowMapping) -> str:
    value = row[NAMED_BY[type_]]
    shown = f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)
    if type_ != SupportRecord.TYPE:
        return shown
    people = TABLES[Person.TYPE].c
    name = connection.execute(select(people.name).where(people.record == row["person"])).scalar()
    return f"{name or 'người được chăm lo'}, {shown}"
