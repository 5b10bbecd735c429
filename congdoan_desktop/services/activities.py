"""Activities: one form saves the activity for each of the CĐCS chosen, because each is counted on its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from congdoan_desktop.domain.activities import Activity, validate_activity
from congdoan_desktop.domain.activity_kinds import validate_kind
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity as listed; `unit_name` is the short name, "–" while the unit is unknown here."""

    id: str
    activity: Activity
    unit_name: str
    conflict: bool
    own: bool
    """Whether it was entered at this installation's union (otherwise it came in a package and is only shown)."""


def add(office: Office, activity: Activity, units: tuple[str, ...]) -> Saved:
    """Save one activity for each unit. All or none.

    Raises: ValidationError with all findings.
    """
    if not units:
        raise ValidationError((Finding("units", "Chọn ít nhất một đơn vị đã tổ chức hoạt động."),))
    tidy = _tidy(activity)
    warnings = refuse(check(replace(tidy, unit=units[0]), office.clock.today()))
    with office.write(Right.ENTER) as work:
        return Saved(tuple(work.put(replace(tidy, unit=unit)) for unit in units), warnings)


def edit(office: Office, record: str, activity: Activity) -> Saved:
    """Raises: ValidationError, NotFound."""
    tidy = _tidy(activity)
    warnings = refuse(check(tidy, office.clock.today()))
    with office.write(Right.ENTER) as work:
        return Saved((work.put(tidy, record),), warnings)


def listing(
    office: Office,
    *,
    campaign: str | None = None,
    unit: str | None = None,
    kind: str | None = None,
    year: int | None = None,
    search: str = "",
) -> list[ActivityRow]:
    """Activities, latest first."""
    table, units = TABLES[Activity.TYPE], TABLES[Unit.TYPE]
    query = (
        select(table, units.c.short_name)
        .join(units, units.c.record == table.c.unit, isouter=True)
        .order_by(table.c.starts.desc(), table.c.record.desc())
    )
    for column, wanted in ((table.c.campaign, campaign), (table.c.unit, unit), (table.c.kind, kind)):
        if wanted:
            query = query.where(column == wanted)
    if year:
        query = query.where(table.c.starts.between(date(year, 1, 1), date(year, 12, 31)))
    if search:
        query = query.where(
            func.instr(table.c.search, search_key(search)) | func.instr(units.c.search, search_key(search))
        )
    with office.read() as connection:
        keeper = office.tree(connection).custodian
        return [
            ActivityRow(
                row["record"],
                value_of(Activity.TYPE, row),
                row["short_name"] or "–",
                row["conflict"],
                keeper(row["unit"]) == office.identity.unit,
            )
            for row in connection.execute(query).mappings()
        ]


def check(activity: Activity, today: date) -> tuple[Finding, ...]:
    """All findings of an activity, those of its kind's own fields with them."""
    kind = catalogue().entry("activity_kinds", activity.kind)
    return (*validate_activity(activity, today), *(validate_kind(activity, kind) if kind else ()))


def _tidy(activity: Activity) -> Activity:
    return replace(
        activity,
        title=clean(activity.title),
        place=clean(activity.place),
        note=clean(activity.note),
        number=clean(activity.number),
    )
