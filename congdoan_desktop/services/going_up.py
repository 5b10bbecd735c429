"""Which records go up with a report: all that it rests on, and whatever was deleted here."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.revisions import revision_of
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.units import Department, Headcount, OrgEvent, Unit
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.storage import projections, tables
from congdoan_desktop.storage.unit_of_work import UnitOfWork


def touched(own: str, work: UnitOfWork, request: ReportRequest) -> list[str]:
    """Records a report of the unit `own` on the campaign rests on: our tree, our decisions about it, departments and
    headcounts, its activities and support, their people, what unions counted themselves, and whatever was deleted here.
    """
    connection, table_of, campaign = work.connection, projections.TABLES, request.campaign
    below = _ever_below(work.custody.tree, own, request.ends)
    records = list(below)
    events = table_of[OrgEvent.TYPE]
    records += connection.execute(select(events.c.record).where(events.c.unit == own)).scalars()
    for type_ in (Headcount.TYPE, Department.TYPE, Activity.TYPE, SupportRecord.TYPE):
        t = table_of[type_]
        query = select(t.c.record).where(t.c.unit.in_(below)).order_by(t.c.record)
        records += connection.execute(query.where(t.c.campaign == campaign) if "campaign" in t.c else query).scalars()
    told = table_of[EnteredFigure.TYPE]
    counted = (told.c.unit.in_(below), told.c.ends.between(request.starts, request.ends))
    records += connection.execute(select(told.c.record).where(*counted).order_by(told.c.record)).scalars()
    supports = table_of[SupportRecord.TYPE]
    records += connection.execute(select(supports.c.person).where(supports.c.campaign == campaign).distinct()).scalars()
    records += _gone(
        work,
        (
            Unit.TYPE,
            OrgEvent.TYPE,
            Department.TYPE,
            Headcount.TYPE,
            Activity.TYPE,
            SupportRecord.TYPE,
            EnteredFigure.TYPE,
        ),
    )
    helped = _ever_helped(work)
    records += [person for person in _gone(work, (Person.TYPE,)) if person in helped]
    return [record for record in dict.fromkeys(records) if work.ledger.revisions(record)]


def _ever_below(tree: Tree, own: str, ends: date) -> list[str]:
    """We and the units under us, now or at the end of the period; ended ones with those that stand for them."""
    outside = tree.now.without(own) & tree.at(ends).without(own)
    return [own, *sorted(tree.units.keys() - outside - {own})]


def _ever_helped(work: UnitOfWork) -> set[str]:
    """People whom any version of a support record names; lists of members never travel (rule C09)."""
    rows = tables.revisions.c
    bodies = work.connection.execute(select(rows.body).where(rows.type == SupportRecord.TYPE)).scalars()
    return {str(revision_of(body).facts.get("person")) for body in bodies}


def _gone(work: UnitOfWork, types: tuple[str, ...]) -> list[str]:
    """Local records without a projected row: deleted ones travel so that the deletion is known above."""
    found: list[str] = []
    for type_ in types:
        t = projections.TABLES[type_]
        query = (
            select(tables.revisions.c.record)
            .where(
                tables.revisions.c.type == type_,
                tables.revisions.c.local,
                tables.revisions.c.record.not_in(select(t.c.record)),
            )
            .distinct()
        )
        found += work.connection.execute(query).scalars()
    return sorted(found)
