"""What a receiver was given before of the same programme and year, as lines beside a support record (rule B10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import double_benefits, likeness
from congdoan_desktop.services.double_benefits import Earlier, Programme
from congdoan_desktop.services.likeness import WORDS, Likely
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import TABLES, value_of

_MOST = 4
"""Lines; of more only the number is said."""


def lines(office: Office, record: SupportRecord, person: Person | None = None, id_: str = "") -> tuple[str, ...]:
    """What the receiver was given, and of a new record also what people were given who are most likely the receiver.

    `person`: the receiver where nobody known is meant. Of a kept record `id_` only what was given up to its day. Alike
    are the same number, and the same or nearly the same name and birth.
    """
    with office.read() as connection:
        own = of_receiver(office, connection, record, id_)
        return own if id_ else _first((*own, *_of_alike(office, connection, record, person)))


def of_receiver(office: Office, connection: Connection, record: SupportRecord, id_: str = "") -> tuple[str, ...]:
    """What records name this very person; nothing of a collective."""
    if not record.person:
        return ()
    found = double_benefits.earlier(connection, [record.person], Programme.of(record)).get(record.person, [])
    other = [one for one in found if one.record != id_ and not (id_ and one.on > record.on)]
    told = [f"Cấp trên báo: {one.told}" for one in found if one.told]
    return _first((*_said(office, connection, other), *told))


def _of_alike(office: Office, connection: Connection, record: SupportRecord, person: Person | None) -> Iterator[str]:
    person = person or _kept(connection, record.person)
    alike = likeness.among(connection, person, record.person) if person and person.name else []
    given = double_benefits.earlier(connection, [one.who.id for one in alike], Programme.of(record))
    for one in alike:
        for sentence in _said(office, connection, given.get(one.who.id, [])):
            yield f"{_described(one)}: {sentence[:1].lower()}{sentence[1:]}"


def _kept(connection: Connection, id_: str) -> Person | None:
    table = TABLES[Person.TYPE]
    row = connection.execute(table.select().where(table.c.record == id_, table.c.erased.is_(False))).mappings().first()
    return value_of(Person.TYPE, row) if row else None


def _described(one: Likely) -> str:
    return f"{', '.join(part for part in (one.who.name, one.who.birth[:4]) if part)} ({WORDS[one.why]})"


def _said(office: Office, connection: Connection, gifts: Iterable[Earlier]) -> Iterator[str]:
    now = office.structure(connection).units
    for one in gifts:
        where = now[one.unit].short_name if one.unit in now else "đơn vị không còn trong máy"
        by = f", quyết định {one.decision}" if one.decision else ""
        yield f"Ngày {short_date(one.on)} nhận {group_thousands(one.amount)} đồng tại {where}{by}."


def _first(lines: Iterable[str]) -> tuple[str, ...]:
    """Each once: what the level above says of two records of one person is the same sentence."""
    found = tuple(dict.fromkeys(lines))
    return (*found[:_MOST], f"Và {len(found) - _MOST} lần khác.") if len(found) > _MOST else found
