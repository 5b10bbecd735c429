"""The same help twice (rule B10): among the records here, and in other unions as the level above sees it.

No list of people goes down. The receipt, which is encrypted, speaks only of records that were in the package it
answers, and does not say which other union it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.packages.bodies import Receipt, RowFinding
from congdoan_desktop.services import ordered
from congdoan_desktop.services.likeness import Known, Somebody
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.projections import TABLES

FIELD = "double"
"""By this word a finding of a receipt is known to be about the same help twice."""
_GIVEN, _PEOPLE = TABLES[SupportRecord.TYPE].c, TABLES[Person.TYPE].c
_ASKED = (
    _GIVEN.record, _GIVEN.person, _GIVEN.unit, _GIVEN.on, (_GIVEN.cash + _GIVEN.in_kind).label("amount"),
    _GIVEN.decision, _GIVEN.need, _GIVEN.kind, _GIVEN.cause,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Programme:
    """What may be given to somebody once: a kind of help for a cause, by plan, in the year of `on`.

    `cause` "": whatever the cause, as for gifts that all get.
    """

    kind: str
    campaign: str | None
    on: date
    cause: str = ""

    @classmethod
    def of(cls, record: SupportRecord) -> Programme:
        return cls(record.kind, record.campaign, record.on, record.cause)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What somebody was given of a programme: `amount` in đồng, `told` what a receipt said of it, "" if nothing."""

    record: str
    person: str
    unit: str
    on: date
    amount: int
    decision: str
    need: str | None
    told: str = ""

    @property
    def sentence(self) -> str:
        return f"Đã nhận {group_thousands(self.amount)} đồng ngày {short_date(self.on)} trong đợt này."


def findings(connection: Connection, package_id: str) -> list[RowFinding]:
    """For each support record of an imported package whose receiver, or somebody nearly of the same name and birth, was
    given the same elsewhere.
    """
    found, looked_up = [], dict[Programme, Known]()
    for row in _came_with(connection, package_id):
        message = _same(connection, row) or _near(connection, row, looked_up)
        if message:
            found.append(RowFinding(message, record=row["record"], field=FIELD))
    return found


def _same(connection: Connection, row: RowMapping) -> str:
    for other in _elsewhere(connection, row):
        amount, on = group_thousands(other["cash"] + other["in_kind"]), short_date(other["on"])
        return f"Người này đã nhận {amount} đồng ngày {on} ở đơn vị khác trong cùng đợt."
    return ""


def _near(connection: Connection, row: RowMapping, looked_up: dict[Programme, Known]) -> str:
    """Perhaps the same, misspelled; whose name that is stays with us."""
    programme = Programme(row["kind"], row["campaign"], date(row["on"].year, 1, 1))
    if programme not in looked_up:
        given = select(_GIVEN.person).where(_GIVEN.kind == programme.kind, _GIVEN.person != "", *_in_plan(programme))
        looked_up[programme] = Known.read(connection, _PEOPLE.record.in_(given))
    birth = row["born"] or (str(row["birth_year"]) if row["birth_year"] else "")
    numbers = tuple(number for number in (row["citizen_id"], row["old_id"]) if number)
    who = Somebody(row["person"], row["person_name"], row["unit"], birth, numbers, member=False)
    alike = [one.who.id for one in looked_up[programme].find(who) if one.who.unit != row["unit"]]
    gifts = [one for some in earlier(connection, alike, programme).values() for one in some if one.unit != row["unit"]]
    if not gifts:
        return ""
    amount, on = group_thousands(gifts[0].amount), short_date(gifts[0].on)
    return f"Có người gần giống họ tên, cùng năm sinh đã nhận {amount} đồng ngày {on} ở đơn vị khác; đối chiếu lại."


def earlier(connection: Connection, people: Iterable[str], programme: Programme) -> dict[str, list[Earlier]]:
    """Person -> what records here give him or her of a programme, the first one first.

    Of the same plan also help of another kind, when the level above said that it was given elsewhere too.
    """
    rows = [
        row
        for chunk in ordered.chunks(people)
        for row in connection.execute(select(*_ASKED).where(_GIVEN.person.in_(chunk), *_in_plan(programme)))
    ]
    messages = dict(_messages(connection)) if rows else {}
    found: dict[str, list[Earlier]] = {}
    for row in sorted(rows, key=lambda row: (row.on, row.record)):
        told = messages.get(row.record, "")
        if told or (row.kind == programme.kind and programme.cause in ("", row.cause)):
            one = Earlier(row.record, row.person, row.unit, row.on, row.amount, row.decision, row.need, told)
            found.setdefault(one.person, []).append(one)
    return found


def receivers(programme: Programme, units: Iterable[str]) -> Select[tuple[str]]:
    """The people of some unions whom records here give something of a programme."""
    return select(_GIVEN.person).where(
        _GIVEN.unit.in_(set(units)), _GIVEN.kind == programme.kind, _GIVEN.person != "", *_in_plan(programme)
    )


def _in_plan(programme: Programme) -> tuple[ColumnElement[bool], ...]:
    year, plan = programme.on.year, programme.campaign
    days = _GIVEN.on.between(date(year, 1, 1), date(year, 12, 31))
    return days, _GIVEN.campaign == plan if plan else func.coalesce(_GIVEN.campaign, "") == ""


def warned(found: Mapping[str, Sequence[Earlier]]) -> dict[str, str]:
    """Person -> what to say of it in a line: what the level above saw, else the last gift known here."""
    return {person: _line(gifts) for person, gifts in found.items()}


def _line(gifts: Sequence[Earlier]) -> str:
    told = next((f"Cấp trên báo: {one.told}" for one in gifts if one.told), "")
    return told or gifts[-1].sentence


def _messages(connection: Connection) -> Iterator[tuple[str, str]]:
    outbox = tables.outbox
    # Most receipts say nothing of the kind, and reading a long one takes longer than looking for the word.
    answers = select(outbox.c.receipt).where(func.instr(outbox.c.receipt, f'"{FIELD}"'.encode()) > 0)
    for answer in connection.execute(answers).scalars():
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
        select(
            TABLES[SupportRecord.TYPE],
            _PEOPLE.citizen_id,
            _PEOPLE.old_id,
            _PEOPLE.sort.label("name_key"),
            _PEOPLE.name.label("person_name"),
            _PEOPLE.birth.label("born"),
            _PEOPLE.birth_year,
        )
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
    query = (
        select(_GIVEN.on, _GIVEN.cash, _GIVEN.in_kind)
        .where(
            _GIVEN.person.in_(select(_PEOPLE.record).where(or_(*alike), _PEOPLE.erased.is_(False))),
            _GIVEN.unit != row["unit"],
            _GIVEN.kind == row["kind"],
            *_in_plan(Programme(row["kind"], row["campaign"], row["on"])),
        )
        .order_by(_GIVEN.on)
    )
    return connection.execute(query).mappings().all()
