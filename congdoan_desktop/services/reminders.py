"""Công văn đôn đốc: which unions have not reported on a plan, and the letter to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign, Duty
from congdoan_desktop.domain.duties import Due, dues
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.period_report import PlanCitation, Signature
from congdoan_desktop.domain.reminder import MissingUnion, Reminder
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import campaigns, letterheads, paper_templates
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.owed import binds
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.storage.projections import TABLES

_DAYS_GIVEN = 5
_REPORT = "báo cáo"


def prepare(office: Office, campaign_id: str, until: date | None = None) -> Paper:
    """The letter, asking for the report before `until` (five days from today when not given).

    Raises: AppError when no union below owes us a report, or all have reported; NotFound.
    """
    from congdoan_desktop.reports.reminder_layout import reminder_document

    today = office.clock.today()
    with office.read() as connection:
        campaign = campaigns.held(connection, campaign_id)
        now = office.tree(connection).at(today)
        last = _last_due(campaign, now, office.identity.unit, today)
        due, asked = (last[1], (last[0],)) if last else (None, campaign.duties)
        senders = (unit for unit in now.children(office.identity.unit) if now.is_enrolled(unit))
        expected = [unit for unit in senders if not asked or any(_binds(duty, now, unit) for duty in asked)]
        missing = tuple(_missing(now, expected, _reported(connection, campaign_id), due))
        head = letterheads.own(office, connection, today, "")
    _refuse_when_nothing_lacks(expected, missing)
    officer = office.identity.officer
    letter = Reminder(
        letterhead=head,
        unit_name=now.units[office.identity.unit].name,
        plan=_citation(campaign, now),
        what=f"{_REPORT} {due.period.name}" if due and due.period else _REPORT,
        was_due=due.day if due and not due.period else None,
        missing=missing,
        expected=len(expected),
        until=until or today + timedelta(days=_DAYS_GIVEN),
        dated=today,
        signature=Signature(("TM. BAN THƯỜNG VỤ",), officer.title.upper(), officer.name),
        sample=office.identity.realm == SAMPLE,
    )
    with paper_templates.applied(office):
        document = reminder_document(letter)
    return Paper("Công văn đôn đốc báo cáo", f"don-doc-bao-cao-{today:%Y-%m-%d}", campaign_id, document)


def _last_due(campaign: Campaign, now: Structure, own: str, today: date) -> tuple[Duty, Due] | None:
    """The last day that has passed of what the unions below owe, and by which duty."""
    below = now.children(own)
    asked = [duty for duty in campaign.duties if not duty.levels or any(_binds(duty, now, unit) for unit in below)]
    days = ((duty, due) for duty in asked for due in dues(duty, campaign.starts, campaign.ends))
    return max((pair for pair in days if pair[1].day < today), key=lambda pair: pair[1].day, default=None)


def _binds(duty: Duty, now: Structure, unit: str) -> bool:
    return binds(duty, now.units[unit].level, issued_here=False)


def _reported(connection: Connection, campaign: str) -> dict[str, tuple[date, str]]:
    """Unit -> last day and name of the latest period that it reported on."""
    table = TABLES[PeriodFigures.TYPE].c
    query = select(table.unit, table.ends, table.period_name).where(table.campaign == campaign).order_by(table.ends)
    return {row.unit: (row.ends, row.period_name) for row in connection.execute(query)}


def _missing(
    now: Structure, expected: Iterable[str], reported: dict[str, tuple[date, str]], due: Due | None
) -> list[MissingUnion]:
    """A report counts when it covers the period that was due; any report, where the plan names none."""
    found = []
    for unit in sorted(expected, key=lambda one: sort_key(now.units[one].name)):
        ends, last = reported.get(unit, (date.min, ""))
        if unit not in reported or (due and due.period and ends < due.period.ends):
            found.append(MissingUnion(now.units[unit].name, last))
    return found


def _refuse_when_nothing_lacks(expected: list[str], missing: tuple[MissingUnion, ...]) -> None:
    if not expected:
        raise AppError(
            "Không có đơn vị nào gửi báo cáo về đây.",
            safe="Chưa lập công văn nào.",
            todo="Đăng ký mã cho đơn vị dưới ở trang Gửi – nhận; công văn này chỉ dành cho đơn vị đã đăng ký.",
        )
    if not missing:
        raise AppError(
            f"Cả {len(expected)} đơn vị đã gửi báo cáo.", safe="Chưa lập công văn nào.", todo="Không cần đôn đốc."
        )


def _citation(campaign: Campaign, now: Structure) -> PlanCitation:
    issuer = now.units.get(campaign.unit)
    name = f"{campaign.organ} {issuer.name if issuer else ''}".strip()
    return PlanCitation(campaign.number, campaign.issued_on, name, campaign.title)
