"""What the steps from need to signature share: the steps themselves, and how a need is called in their lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.need_states import Journey, Steps, journeys
from congdoan_desktop.domain.needs import COLLECTIVE, Need
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.proposals import Proposal, ReviewMeeting, SupportDecision
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import persons
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import TABLES, value_of

CAUSES, KINDS = "support_causes", "support_kinds"
COVERED_CAUSE = "Riêng tư"


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need as the lists of a step name it."""

    id: str
    need: Need
    name: str
    """Of the person or the collective."""
    birth_year: int | None
    unit_name: str
    sort: str
    """Vietnamese order of people's names."""


def held(connection: Connection, kind: type[Record]) -> dict[str, Any]:
    """All records of a type by id."""
    rows = connection.execute(select(TABLES[kind.TYPE])).mappings()
    return {row["record"]: value_of(kind.TYPE, row) for row in rows}


def steps(connection: Connection) -> Steps:
    table = TABLES[SupportRecord.TYPE]
    given = connection.execute(select(table).where(table.c.need.is_not(None))).mappings()
    return Steps(
        held(connection, Proposal),
        held(connection, ReviewMeeting),
        held(connection, SupportDecision),
        {row["record"]: value_of(SupportRecord.TYPE, row) for row in given},
    )


def ways(connection: Connection) -> dict[str, Journey]:
    """The way of every need so far."""
    return journeys(held(connection, Need), steps(connection))


def lines(office: Office, connection: Connection, ids: Iterable[str]) -> dict[str, NeedLine]:
    """The needs of these ids that are known here."""
    need, people = TABLES[Need.TYPE], TABLES[Person.TYPE]
    units = office.tree(connection).units
    query = (
        select(need, people.c.name, people.c.birth_year, people.c.sort.label("by_name"), people.c.erased.label("gone"))
        .join(people, people.c.record == need.c.person, isouter=True)
        .where(need.c.record.in_(list(ids)))
    )
    return {
        row["record"]: NeedLine(
            row["record"],
            value_of(Need.TYPE, row),
            named(row, "name", "gone"),
            row["birth_year"],
            units[row["unit"]].short_name if row["unit"] in units else "–",
            row["by_name"] or row["sort"] or "",
        )
        for row in connection.execute(query).mappings()
    }


def named(row: RowMapping, name: str, gone: str) -> str:
    """Who a need is about: `name` and `gone` are the columns of the person's name and of its erasure."""
    if row["beneficiary"] == COLLECTIVE:
        return row["group"] or "–"
    return row[name] or (persons.ERASED if row[gone] else "–")


def in_order(known: Mapping[str, NeedLine], ids: Iterable[str]) -> list[str]:
    """The ids that are known, in the order of names."""
    return sorted((id_ for id_ in ids if id_ in known), key=lambda id_: (known[id_].sort, id_))


def shown_cause(cause: str) -> str:
    """A cause as lists show it: health and accidents stay covered (rules C07, C09)."""
    entry = catalogue().entry(CAUSES, cause)
    return COVERED_CAUSE if entry is not None and entry.more["sensitive"] else catalogue().name(CAUSES, cause)


def in_conflict(connection: Connection, kind: type[Record]) -> set[str]:
    """Ids of the records of a type of which a person must choose a version."""
    table = TABLES[kind.TYPE]
    return set(connection.execute(select(table.c.record).where(table.c.conflict)).scalars())
