"""The same help twice (rule B10): among the records here, and in other unions as the level above said it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, func, select

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.packages.bodies import Receipt
from congdoan_desktop.services import ordered
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.projections import TABLES

FIELD = "double"
"""By this word a finding of a receipt is known to be about the same help twice."""
_GIVEN = TABLES[SupportRecord.TYPE].c
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
