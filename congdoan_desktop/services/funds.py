"""Funds: what came in, what support took out, the balance of any day, and the statement of a stretch of time.

The program records support, it does not replace the accounts (rule B11): of what goes out it knows support alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from congdoan_desktop.domain.funds import Balance, Contribution, validate_contribution
from congdoan_desktop.domain.gift_papers import FundStatement, StatementLine
from congdoan_desktop.domain.period_report import Signature
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import clean, one_line, search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import letterheads
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.units import under
from congdoan_desktop.storage.projections import TABLES, value_of

FUNDS, KINDS = "funds", "support_kinds"
AUTHORITY = ("TM. BAN THƯỜNG VỤ",)
_IN, _OUT = TABLES[Contribution.TYPE], TABLES[SupportRecord.TYPE]
_SPENT = _OUT.c.cash + _OUT.c.in_kind


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """A contribution as listed. `person_name` is empty where many gave or nobody is named."""

    id: str
    record: Contribution
    unit_name: str
    person_name: str
    conflict: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a statement is about: a fund of a unit and those below it, from a day to a day."""

    fund: str
    starts: date
    ends: date
    unit: str | None = None
    """Ours when None."""


def save(office: Office, record: Contribution, id_: str | None = None) -> Saved:
    """A new contribution, or the next version of one.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    tidy = replace(record, giver=one_line(record.giver), note=clean(record.note))
    with office.write(Right.ENTER) as work:
        warnings = refuse(validate_contribution(tidy, office.clock.today()))
        return Saved((work.put(tidy, id_),), warnings)


def listing(
    office: Office, *, fund: str | None = None, unit: str | None = None, year: int | None = None, search: str = ""
) -> list[ContributionRow]:
    """Contributions, the latest first; `unit` with everything below it."""
    people, units = TABLES[Person.TYPE], TABLES[Unit.TYPE]
    query = (
        select(_IN, people.c.name.label("person_name"), units.c.short_name)
        .join(people, people.c.record == _IN.c.person, isouter=True)
        .join(units, units.c.record == _IN.c.unit, isouter=True)
        .order_by(_IN.c.on.desc(), _IN.c.record.desc())
    )
    if fund:
        query = query.where(_IN.c.fund == fund)
    if year:
        query = query.where(_IN.c.on.between(date(year, 1, 1), date(year, 12, 31)))
    if search:
        words = search_key(search)
        query = query.where(or_(*(func.instr(c.search, words) > 0 for c in (_IN.c, people.c, units.c))))
    with office.read() as connection:
        if unit:
            query = query.where(_under(office, connection, _IN, unit))
        keeper = office.tree(connection).custodian
        return [
            ContributionRow(
                row["record"], value_of(Contribution.TYPE, row), row["short_name"] or "–", row["person_name"] or "",
                row["conflict"], keeper(row["unit"]) == office.identity.unit,
            )
            for row in connection.execute(query).mappings()
        ]  # fmt: skip


def balances(office: Office, day: date, unit: str | None = None) -> dict[str, Balance]:
    """Fund -> what came in and went out up to the day, of a unit (ours when None) and those below it in its purse."""
    with office.read() as connection:
        return _balances(office, connection, day, unit)


def statement(office: Office, wanted: Stretch, signer: tuple[str, str]) -> Paper:
    """The statement as a paper; `signer` is (name, title). It names nobody who was helped.

    Raises: AppError when it would end before it starts.
    """
    from congdoan_desktop.reports.fund_statement import fund_statement_document

    if wanted.ends < wanted.starts:
        raise AppError("Ngày cuối của sao kê trước ngày đầu.", todo="Chọn lại khoảng thời gian.")
    with office.read() as connection:
        made = _statement(office, connection, wanted, signer)
    title = f"Sao kê {made.fund}"
    name = f"sao-ke-{search_key(made.fund).replace(' ', '-')}-{wanted.ends:%Y%m%d}"
    return Paper(title, name, f"fund:{wanted.fund}", fund_statement_document(made))


def _under(office: Office, connection: Connection, table: Table, unit: str) -> ColumnElement[bool]:
    """Records of the unit and of all that stands or stood below it."""
    return table.c.unit.in_(under(office, connection, unit))


def _of_one_purse(office: Office, connection: Connection, table: Table, unit: str) -> ColumnElement[bool]:
    """Records of the unit and of all below it that the same union keeps.

    Reports bring the support that a union gave and not what came into its fund: that money is in its own purse.
    """
    keeper = office.tree(connection).custodian
    owner = keeper(unit)
    return table.c.unit.in_([id_ for id_ in under(office, connection, unit) if keeper(id_) == owner])


def _balances(office: Office, connection: Connection, day: date, unit: str | None) -> dict[str, Balance]:
    whose = unit or office.identity.unit
    came, went = (
        {
            row.fund: int(row.total)
            for row in connection.execute(
                select(table.c.fund, func.sum(amount).label("total"))
                .where(table.c.on <= day, _of_one_purse(office, connection, table, whose))
                .group_by(table.c.fund)
            )
        }
        for table, amount in ((_IN, _IN.c.amount), (_OUT, _SPENT))
    )
    return {fund: Balance(came.get(fund, 0), went.get(fund, 0)) for fund in {*came, *went}}


def _statement(office: Office, connection: Connection, wanted: Stretch, signer: tuple[str, str]) -> FundStatement:
    opening = _balances(office, connection, _day_before(wanted.starts), wanted.unit).get(wanted.fund, Balance())
    lines = [*_came_in(office, connection, wanted), *_went_out(office, connection, wanted)]
    lines.sort(key=lambda line: (line.on, not line.incoming, line.unit))
    today = office.clock.today()
    return FundStatement(
        letterheads.own(office, connection, today, "SK"),
        catalogue().name(FUNDS, wanted.fund),
        wanted.starts,
        wanted.ends,
        opening.left,
        tuple(lines),
        today,
        office.identity.officer.name,
        Signature(AUTHORITY, signer[1].upper(), signer[0]),
        office.identity.realm == SAMPLE,
    )


def _day_before(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))


def _within(office: Office, connection: Connection, table: Table, wanted: Stretch) -> ColumnElement[bool]:
    return and_(
        table.c.fund == wanted.fund,
        table.c.on.between(wanted.starts, wanted.ends),
        _of_one_purse(office, connection, table, wanted.unit or office.identity.unit),
    )


def _came_in(office: Office, connection: Connection, wanted: Stretch) -> list[StatementLine]:
    units = office.tree(connection).units
    rows = connection.execute(select(_IN).where(_within(office, connection, _IN, wanted))).mappings()
    return [
        StatementLine(row["on"], _source(row["people"]), units[row["unit"]].short_name, row["amount"], 0)
        for row in rows
    ]


def _source(people: int | None) -> str:
    return f"Đóng góp của {people} người" if people else "Đóng góp"


def _went_out(office: Office, connection: Connection, wanted: Stretch) -> list[StatementLine]:
    """Support of one kind that a union gave on one day is one line."""
    units, known = office.tree(connection).units, catalogue()
    query = (
        select(_OUT.c.on, _OUT.c.unit, _OUT.c.kind, func.count().label("times"), func.sum(_SPENT).label("amount"))
        .where(_within(office, connection, _OUT, wanted))
        .group_by(_OUT.c.on, _OUT.c.unit, _OUT.c.kind)
    )
    return [
        StatementLine(
            row.on, f"{known.name(KINDS, row.kind)}: {row.times} khoản", units[row.unit].short_name, 0, int(row.amount)
        )
        for row in connection.execute(query)
    ]
