"""Figures that unions count themselves, where there are no records of the thing: one for each union and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain import periods
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.indicators import RECORDS, Definition
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, sort_key
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.tally import lines_below
from congdoan_desktop.storage.projections import TABLES, value_of

EMPTIED = "Bỏ trống số liệu tự đếm"
_LONG_DAYS = 366


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """The figure of one CĐCS; `id` and `figure` are None while there is none. `own`: to be changed here."""

    unit: str
    unit_name: str
    own: bool
    id: str | None
    figure: EnteredFigure | None
    conflict: bool


def is_entered(definition: Definition) -> bool:
    """Whether figures of this indicator may be counted by the unions themselves."""
    return definition.source != RECORDS


def stretches(campaign: Campaign) -> tuple[Period, ...]:
    """What can be counted: from the plan's first day to the end of each month; in a plan of years, of each quarter and
    from the beginning of its year, for a standing target is asked anew each year.
    """
    long = (campaign.ends - campaign.starts).days > _LONG_DAYS
    found = []
    for part in periods.periods_within(campaign.starts, campaign.ends):
        ends = min(part.ends, campaign.ends)
        starts = max(campaign.starts, date(ends.year, 1, 1)) if long else campaign.starts
        found.append(periods.free(starts, ends, f"đến hết {part.name}"))
    return tuple(found)


def listing(office: Office, indicator: str, period: Period) -> list[EnteredRow]:
    """Every CĐCS below us at the end of the period (ourselves where we are one), in Vietnamese order."""
    with office.read() as connection:
        tree = office.tree(connection)
        held = _held(connection, indicator, period)
        found = []
        for unit in lines_below(tree, office.identity.unit, period.starts, period.ends):
            row = held.get(unit)
            figure = value_of(EnteredFigure.TYPE, row) if row is not None else None
            own = tree.custodian(unit) == office.identity.unit
            conflict = row is not None and bool(row["conflict"])
            id_ = row["record"] if row is not None else None
            found.append(EnteredRow(unit, tree.units[unit].short_name, own, id_, figure, conflict))
        return sorted(found, key=lambda row: (sort_key(row.unit_name), row.unit))


def check(figure: EnteredFigure) -> tuple[Finding, ...]:
    """All findings of one figure. More reached than there are may be a slip, or a base that was counted earlier."""
    base = figure.denominator
    found = []
    if figure.ends < figure.starts:
        found.append(Finding("ends", "Kỳ kết thúc trước khi bắt đầu. Chọn lại kỳ."))
    if figure.numerator < 0:
        found.append(Finding("numerator", "Tử số không được âm."))
    if base is not None and base < 0:
        found.append(Finding("denominator", "Mẫu số không được âm."))
    if base is not None and figure.numerator > base:
        found.append(Finding("numerator", f"Tử số {figure.numerator} lớn hơn mẫu số {base}. Xem lại.", warning=True))
    return tuple(found)


def save(office: Office, figures: Sequence[EnteredFigure], gone: Sequence[str] = ()) -> Saved:
    """All or none; the figure of a union for a period once more corrects it, the same one writes nothing.

    gone: ids of figures that were emptied; they are deleted.

    Raises: ValidationError with all findings, NotCustodian.
    """
    tidy = [replace(one, note=clean(one.note)) for one in figures]
    warnings = refuse(tuple(finding for one in tidy for finding in check(one)))
    with office.write(Right.ENTER) as work:
        ids = []
        for one in tidy:
            row = _held(work.connection, one.indicator, one).get(one.unit)
            if row is None or value_of(EnteredFigure.TYPE, row) != one:
                ids.append(work.put(one, row["record"] if row is not None else None))
        for id_ in gone:
            work.delete(id_, EMPTIED)
        return Saved(tuple(ids), warnings)


def _held(connection: Connection, indicator: str, period: Period | EnteredFigure) -> Mapping[str, RowMapping]:
    """Unit -> its figure for exactly these days; of two that came from two places, the later version."""
    table = TABLES[EnteredFigure.TYPE]
    query = (
        select(table)
        .where(
            table.c.indicator == indicator,
            table.c.starts == period.starts,
            table.c.ends == period.ends,
        )
        .order_by(table.c.generation, table.c.hash)
    )
    return {row["unit"]: row for row in connection.execute(query).mappings()}
