"""The list to sign for support that was given, and marking who has signed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.gift_papers import SigningList, SigningRow
from congdoan_desktop.domain.people import mask
from congdoan_desktop.domain.period_report import Signature
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import one_line, search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import AppError, Finding, ValidationError
from congdoan_desktop.services import letterheads, paper_templates, persons
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.funds import AUTHORITY
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.storage.projections import TABLES, value_of

_CHUNK = 500
"""Ids in one question to the database."""


def signing_list(office: Office, ids: Sequence[str], occasion: str, signer: tuple[str, str]) -> Paper:
    """The list of these support records in the order of people's names; `signer` is (name, title).

    occasion: as in "quà Tết Đinh Mùi năm 2027". The decision is named where all records have the same.

    Raises: AppError without records, ValidationError without an occasion.
    """
    from congdoan_desktop.reports.signing_list import signing_list_document

    what = one_line(occasion)
    if not what:
        raise ValidationError((Finding("occasion", "Ghi danh sách này ký nhận gì, ví dụ “quà Tết năm 2027”."),))
    with office.read() as connection:
        rows = _rows(connection, ids)
        if not rows:
            raise AppError("Chưa có ai trong danh sách ký nhận.", todo="Chọn các khoản chăm lo đã lưu rồi in lại.")
        made = _made(office, connection, rows, what, signer)
    name = f"ky-nhan-{search_key(what).replace(' ', '-')}"[:80]
    with paper_templates.applied(office):
        document = signing_list_document(made)
    return Paper(f"Danh sách ký nhận {what}", name, f"signing:{len(rows)}", document)


def mark_signed(office: Office, ids: Sequence[str], on: date | None) -> int:
    """Mark who signed on a day (None takes the mark back); returns how many were changed.

    Raises: NotFound, NotCustodian, ValidationError for a day to come.
    """
    if on is not None and on > office.clock.today():
        raise ValidationError((Finding("signed", "Ngày ký nhận ở tương lai; xem lại ngày."),))
    with office.write(Right.ENTER) as work:
        held = [(id_, work.value(SupportRecord.TYPE, id_)) for id_ in ids]
        changed = [(id_, replace(record, signed=on)) for id_, record in held if record.signed != on]
        work.put_many([record for _, record in changed], [id_ for id_, _ in changed])
        return len(changed)


def _rows(connection: Connection, ids: Sequence[str]) -> list[RowMapping]:
    table, people = TABLES[SupportRecord.TYPE], TABLES[Person.TYPE]
    found: list[RowMapping] = []
    for at in range(0, len(ids), _CHUNK):
        query = (
            select(
                table, people.c.name.label("person_name"), people.c.sort.label("person_sort"), people.c.birth_year,
                people.c.citizen_id, people.c.erased.label("person_erased"),
            )
            .join(people, people.c.record == table.c.person, isouter=True)
            .where(table.c.record.in_(ids[at : at + _CHUNK]))
        )  # fmt: skip
        found += connection.execute(query).mappings()
    return sorted(found, key=lambda row: (row["person_sort"] or "", row["birth_year"] or 0, row["record"]))


def _made(
    office: Office, connection: Connection, rows: Sequence[RowMapping], occasion: str, signer: tuple[str, str]
) -> SigningList:
    records: list[SupportRecord] = [value_of(SupportRecord.TYPE, row) for row in rows]
    decisions = {record.decision for record in records}
    goods = {record.goods for record in records if record.goods}
    today, now = office.clock.today(), office.structure(connection).units
    return SigningList(
        letterheads.own(office, connection, today, "DS"),
        occasion,
        decisions.pop() if len(decisions) == 1 else "",
        f"Hiện vật gồm {goods.pop()}." if len(goods) == 1 else "",
        today,
        tuple(_row(row, record, now) for row, record in zip(rows, records, strict=True)),
        office.identity.officer.name,
        Signature(AUTHORITY, signer[1].upper(), signer[0]),
        office.identity.realm == SAMPLE,
    )


def _row(row: RowMapping, record: SupportRecord, now: Mapping[str, Unit]) -> SigningRow:
    name = persons.ERASED if row["person_erased"] else row["person_name"] or record.group or "–"
    number = mask(row["citizen_id"]) if row["citizen_id"] else ""
    unit = now[record.unit].short_name if record.unit in now else "–"
    return SigningRow(name, row["birth_year"], number, unit, record.cash, record.in_kind)
