"""The general report of a period: all that a union and those under it did, under every plan and under none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.period_report import PeriodReport, PlanCitation, TargetResult
from congdoan_desktop.services import comparison, consolidation, evaluation, reported, reporting
from congdoan_desktop.services.evaluation import Evaluated, Frame
from congdoan_desktop.services.first_page import FirstPage, Show
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.storage.projections import TABLES, value_of


def paper(office: Office, request: ReportRequest, show: Show | None = None) -> Paper:
    """The report laid out; `request.campaign` is "". It has no code: no package carries its figures.

    `show` may get its first page before the targets of all plans are counted.

    Raises: NotFound for a union that is not ours on the day of the organisation.
    """
    from congdoan_desktop.reports.period_report_layout import period_report_document
    from congdoan_desktop.services.paper_templates import applied

    with office.read() as connection, applied(office, connection):
        report = _computed(office, connection, request, show)
        name = f"bao-cao-chung-{request.starts:%Y-%m-%d}-{request.ends:%Y-%m-%d}"
        title = f"Báo cáo chung {request.period_name}"
        return Paper(title, name, f"general:{request.ends:%Y-%m-%d}", period_report_document(report))


def _computed(office: Office, connection: Connection, request: ReportRequest, show: Show | None) -> PeriodReport:
    own, tree = office.identity.unit, office.tree(connection)
    none = Campaign(own, "", "", "", None, "", "", request.starts, request.ends)
    frame = Frame(connection, tree, own, "", none, request.starts, request.ends, request.structure_on)
    frame = reporting.frame_of(frame, request.unit)
    beginning = reporting.beginning_of(office, frame, request)
    FirstPage(office, connection, show).of(beginning, "beginning")
    rows: list[TargetResult] = []
    results: list[Evaluated] = []
    for id_, campaign in _running(connection, request):
        whole = replace(frame, own=own, id=id_, campaign=campaign)
        found = _evaluated(whole, request)
        results += found
        plan = PlanCitation(campaign.number, campaign.issued_on, "", campaign.title)
        lines = [replace(reporting.target_line(one, campaign, request.unit), plan=plan) for one in found]
        rows += comparison.beside_earlier(replace(whole, own=frame.own), lines)
    return reporting.report_of(beginning, frame, request, results, tuple(rows))


def _running(connection: Connection, request: ReportRequest) -> Iterator[tuple[str, Campaign]]:
    t = TABLES[Campaign.TYPE]
    query = select(t).where(t.c.starts <= request.ends, t.c.ends >= request.starts).order_by(t.c.starts, t.c.record)
    for row in connection.execute(query).mappings():
        yield row["record"], value_of(Campaign.TYPE, row)


def _evaluated(whole: Frame, request: ReportRequest) -> list[Evaluated]:
    reports = reported.of_period(whole.connection, whole.campaign, whole.id, whole.starts, whole.ends)
    found = reported.overlaid(whole, evaluation.evaluate(whole), reports)
    return [consolidation.narrowed(whole, one, request.unit) for one in found.values()]
