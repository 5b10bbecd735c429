"""The officer's words for a report: kept for each campaign and period, those of the period before offered again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.campaigns import Section
from congdoan_desktop.domain.clear_text import names_in
from congdoan_desktop.domain.narrative import Narrative, Passage, check, headings, tidy
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import campaigns
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Written:
    """What is kept for a period, `record` None for nothing yet; `before`: the words of the last period that has any.

    `headings`: the sections a result can be written about, those that were written about among them.
    """

    record: str | None
    narrative: Narrative
    headings: tuple[str, ...]
    before: Narrative | None


def look(office: Office, campaign: str, starts: date, ends: date) -> Written:
    """`campaign` is "" for a general report.

    Raises: NotFound when the campaign is not here.
    """
    own = office.identity.unit
    with office.read() as connection:
        row = _row(connection, own, campaign, starts, ends)
        sections = _sections(connection, campaign) if campaign else ()
        before = _before(connection, own, campaign, ends)
    kept = value_of(Narrative.TYPE, row) if row else Narrative(own, campaign, starts, ends)
    asked = headings(sections)
    told = (passage.heading for passage in kept.passages)
    return Written(row["record"] if row else None, kept, tuple(dict.fromkeys((*asked, *told))), before)


def save(office: Office, narrative: Narrative) -> Saved:
    """Keep the words; the same ones write nothing. That a member is named only warns: the report travels in clear.

    Raises: ValidationError.
    """
    neat = _neat(narrative)
    findings = check(neat)
    refuse(findings)
    with office.write(Right.ENTER) as work:
        kept = keep(work, replace(neat, unit=office.identity.unit))
        warnings = [*findings, *_named(work.connection, neat)]
    return Saved(() if kept is None else (kept,), tuple(warnings))


def keep(work: UnitOfWork, narrative: Narrative) -> str | None:
    """The record of these words inside a transaction, None where none were ever written."""
    row = _row(work.connection, narrative.unit, narrative.campaign, narrative.starts, narrative.ends)
    if row is None and narrative.empty:
        return None
    neat = _neat(narrative)
    if row is not None and value_of(Narrative.TYPE, row) == neat:
        return str(row["record"])
    return work.put(neat, row["record"] if row is not None else None)


def _sections(connection: Connection, campaign: str) -> tuple[Section, ...]:
    return campaigns.held(connection, campaign).sections


def _neat(narrative: Narrative) -> Narrative:
    told = (Passage(passage.heading, tidy(passage.text)) for passage in narrative.passages)
    return replace(
        narrative,
        passages=tuple(passage for passage in told if passage.text),
        difficulties=tidy(narrative.difficulties),
        proposals=tidy(narrative.proposals),
        next_period=tidy(narrative.next_period),
    )


def _named(connection: Connection, narrative: Narrative) -> list[Finding]:
    people = TABLES[Person.TYPE]
    names = connection.execute(select(people.c.name).where(people.c.name != "")).scalars()
    found = names_in(" ".join(text for _, text in narrative.texts()), names)
    said = "Có nêu tên {}; báo cáo đi trong gói không mã hoá. Viết “một đoàn viên” thay cho tên."
    return [Finding("", said.format(", ".join(found)), warning=True)] if found else []


def _row(connection: Connection, unit: str, campaign: str, starts: date, ends: date) -> RowMapping | None:
    """Of two that came from two places, the later version."""
    t = TABLES[Narrative.TYPE]
    query = select(t).where(t.c.unit == unit, t.c.campaign == campaign, t.c.starts == starts, t.c.ends == ends)
    return connection.execute(query.order_by(t.c.generation.desc(), t.c.hash.desc())).mappings().first()


def _before(connection: Connection, unit: str, campaign: str, ends: date) -> Narrative | None:
    t = TABLES[Narrative.TYPE]
    query = select(t).where(t.c.unit == unit, t.c.campaign == campaign, t.c.ends < ends)
    rows = connection.execute(query.order_by(t.c.ends.desc(), t.c.starts.desc(), t.c.generation.desc())).mappings()
    found = (value_of(Narrative.TYPE, row) for row in rows)
    return next((one for one in found if not one.empty), None)
