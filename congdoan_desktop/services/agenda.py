"""The calendar: activities held and planned, reports due, phases and events of plans, cut-offs of the statistics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, literal, select

from congdoan_desktop.domain import periods
from congdoan_desktop.domain.activities import DONE, PLANNED, Activity
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.owed import OnBehalf, Owed, on_behalf, owed
from congdoan_desktop.storage.projections import TABLES, value_of

_RANK = ("statistics", "duty", "on_behalf", "received", "event", "planned", "done", "reported", "phase")
_STATES: Mapping[str, str] = {DONE: "done", PLANNED: "planned"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the calendar, from its first to its last day.

    `kind`: "done" or "planned" (an activity), "duty" (a report we owe), "on_behalf" (one that unions without an office
    owe, whose records we keep), "reported" (one that we made), "received" (one that others owe us), "phase", "event",
    "statistics" (a cut-off). `page` and `object_` say where it leads.
    """

    kind: str
    starts: date
    ends: date
    title: str
    detail: str
    page: str = ""
    object_: str = ""


def between(office: Office, starts: date, ends: date, campaign: str | None = None) -> list[Item]:
    """All that touches the days, earliest first; `campaign` narrows it to one plan."""
    with office.read() as connection:
        plans = _plans(connection, campaign)
        table = TABLES[Activity.TYPE].c
        of_plan = [table.campaign == campaign] if campaign else []
        # Each kind's part of the index by kind and day; what lasts for days has an index of its own.
        begun = (table.kind.in_(select(table.kind).distinct()), table.starts.between(starts, ends))
        going_on = (table.ends > table.starts, table.ends >= starts, table.starts < starts)
        held = [*_activities(connection, *begun, *of_plan), *_activities(connection, *going_on, *of_plan)]
        found = [*held, *of_plans(plans, starts, ends)]
        found += (_duty(one) for one in owed(office, connection, plans) if starts <= one.due.day <= ends)
        behalf = on_behalf(office, connection, plans)
        found += (_on_behalf(one) for one in behalf if starts <= one.owed.due.day <= ends and not one.owed.reported)
    if campaign is None:
        found += cut_offs(starts, ends)
    return sorted(found, key=lambda item: (item.starts, _RANK.index(item.kind), item.title))


def planned(connection: Connection, starts: date, ends: date) -> list[Item]:
    """Activities that are only planned and end within the days."""
    table = TABLES[Activity.TYPE].c
    # Written out, for the index of the planned ones is used for these very words only.
    is_planned = table.state == literal(PLANNED, literal_execute=True)
    return list(_activities(connection, is_planned, table.ends.between(starts, ends)))


def cut_offs(starts: date, ends: date) -> Iterator[Item]:
    """The days on which the statistics of the trade unions close: 31 May and 30 November (forms 1-HĐCĐ, 2-HĐCĐ)."""
    for year in range(starts.year, ends.year + 1):
        for period in (periods.statistics_half(year, 1), periods.statistics_year(year)):
            if starts <= period.ends <= ends:
                text = "Chốt số đoàn viên, lao động, CĐCS đến hết ngày này."
                title = f"Chốt số liệu thống kê {period.name}"
                yield Item("statistics", period.ends, period.ends, title, text, "units")


def _activities(connection: Connection, *wanted: ColumnElement[bool]) -> Iterator[Item]:
    """What was entered for several units at once is one item."""
    table, units = TABLES[Activity.TYPE], TABLES[Unit.TYPE]
    c = table.c
    query = (
        select(c.record, c.kind, c.state, c.title, c.place, c.starts, c.ends, c.campaign, units.c.short_name)
        .join(units, units.c.record == c.unit, isouter=True)
        .where(*wanted)
        .order_by(c.starts, c.record)
    )
    together: dict[tuple[object, ...], list[RowMapping]] = {}
    for row in connection.execute(query).mappings():
        key = tuple(row[name] for name in ("kind", "state", "title", "starts", "ends", "campaign"))
        together.setdefault(key, []).append(row)
    return (_activity(rows) for rows in together.values())


def _activity(rows: list[RowMapping]) -> Item:
    first = rows[0]
    kind = catalogue().name("activity_kinds", first["kind"])
    who = first["short_name"] or "–" if len(rows) == 1 else f"{len(rows)} đơn vị"
    detail = " · ".join(part for part in (who, kind, first["place"]) if part)
    state = _STATES.get(first["state"], "planned")
    return Item(state, first["starts"], first["ends"], first["title"] or kind, detail, "activities", first["record"])


def _plans(connection: Connection, only: str | None) -> list[tuple[str, Campaign]]:
    table = TABLES[Campaign.TYPE]
    query = select(table).order_by(table.c.starts, table.c.record)
    if only:
        query = query.where(table.c.record == only)
    return [(row["record"], value_of(Campaign.TYPE, row)) for row in connection.execute(query).mappings()]


def of_plans(plans: Iterable[tuple[str, Campaign]], starts: date, ends: date) -> Iterator[Item]:
    """Phases that touch the days, and the events on them."""
    for id_, plan in plans:
        name = _named(plan)
        for phase in plan.phases:
            if phase.starts <= ends and phase.ends >= starts:
                yield Item("phase", phase.starts, phase.ends, phase.name, name, "campaigns", id_)
        for event in plan.events:
            if event.on and starts <= event.on <= ends:
                detail = " · ".join(part for part in (", ".join(event.leads), name) if part)
                yield Item("event", event.on, event.on, event.name, detail, "campaigns", id_)


def _duty(one: Owed) -> Item:
    kind = "received" if not one.is_ours else "reported" if one.reported else "duty"
    about = f" {one.due.period.name}" if one.due.period else ""
    title = f"Báo cáo{about} {_named(one.campaign)}" if one.is_ours else f"{one.duty.who} nộp báo cáo{about}"
    via = f" (qua {one.duty.via})" if one.duty.via else ""
    detail = f"Nộp {one.duty.to}{via} · {one.duty.wording}" if one.is_ours else _named(one.campaign)
    page = "reports" if kind == "duty" else "campaigns"
    return Item(kind, one.due.day, one.due.day, title, detail, page, one.campaign_id)


def _on_behalf(one: OnBehalf) -> Item:
    day, place = one.owed.due.day, f"campaign:{one.owed.campaign_id}"
    return Item("on_behalf", day, day, one.name, one.owed.duty.wording, "activities", place)


def _named(plan: Campaign) -> str:
    return plan.number or plan.doc_type.lower()
