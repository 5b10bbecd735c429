"""The period report of a campaign: from records to figures, to pages, to a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.authority import printed_title
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.catalogue import Catalogue
from congdoan_desktop.domain.dates import months_after, short_date, whole_months
from congdoan_desktop.domain.figures import Figure, ToDate, figures_document, report_id_of
from congdoan_desktop.domain.narrative import Narrative, Passage
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.period_report import (
    ActivityFigures,
    PeriodReport,
    PlanCitation,
    Signature,
    SupportFigures,
    TargetResult,
    UnitFigures,
)
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import (
    catalogues,
    comparison,
    consolidation,
    evaluation,
    letterheads,
    paper_templates,
    papers,
    reported,
)
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.evaluation import Evaluated, Frame
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reported import Report
from congdoan_desktop.services.tally import UnitTally, gather, in_period, tally
from congdoan_desktop.storage import rows
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Which report: campaign and period, its date, who signs, and the officer's own words."""

    campaign: str
    period_name: str
    starts: date
    ends: date
    dated: date
    signer_title: str
    signer_name: str
    authority: tuple[str, ...] = ("TM. BAN THƯỜNG VỤ",)
    recipients: tuple[str, ...] = ("Như trên", "Lưu: VT")
    difficulties: str = ""
    proposals: str = ""
    next_period: str = ""
    passages: tuple[Passage, ...] = ()
    unit: str = ""
    """A union below of which alone is reported, with all under it; empty: ours."""
    structure_on: date | None = None
    """The day whose organisation is taken; None: the period's last."""

    def narrative(self, unit: str) -> Narrative:
        """The officer's words as they are kept."""
        return Narrative(
            unit, self.campaign, self.starts, self.ends, self.passages, self.difficulties, self.proposals,
            self.next_period,
        )  # fmt: skip

    @property
    def travels(self) -> bool:
        """Whether it may be packed: what goes upward is of the whole union, as of the period's last day."""
        return not self.unit and self.structure_on in (None, self.ends)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A computed report with the figures behind it."""

    report: PeriodReport
    figures: tuple[Figure, ...]
    document: dict[str, object]
    """The content of `data/figures.json`; its SHA-256 is the report's id."""


def prepare(office: Office, request: ReportRequest) -> Prepared:
    """Compute the report in one read transaction.

    Raises: NotFound when the campaign is not here.
    """
    with office.read() as connection:
        return compute(office, connection, request)


def pdf(office: Office, prepared: Prepared, inside: Connection | None = None) -> bytes:
    """The report as it goes into a package and onto paper; `inside` the transaction that packs it."""
    from congdoan_desktop.reports.pdf import render
    from congdoan_desktop.reports.period_report_layout import period_report_document

    office.require(Right.READ)
    with paper_templates.applied(office, inside):
        return render(period_report_document(prepared.report))


def word(office: Office, prepared: Prepared) -> bytes:
    """The report as a Word file, for those who go on writing in it."""
    from congdoan_desktop.reports.docx import render
    from congdoan_desktop.reports.period_report_layout import period_report_document

    office.require(Right.READ)
    with paper_templates.applied(office):
        return render(period_report_document(prepared.report))


def excel(office: Office, prepared: Prepared) -> bytes:
    """The report's tables as a workbook; they hide what the paper hides."""
    from congdoan_desktop.reports.period_report_layout import period_report_document

    with paper_templates.applied(office):
        return papers.excel(office, period_report_document(prepared.report))


def save(office: Office, prepared: Prepared, path: Path) -> None:
    """Write the report whole or not at all, as PDF, Word or Excel by the name's ending; the export is logged.

    Raises: AppError for another ending, and when the disk refuses.
    """
    formats = {
        ".pdf": lambda: pdf(office, prepared),
        ".docx": lambda: word(office, prepared),
        ".xlsx": lambda: excel(office, prepared),
    }
    papers.export(office, formats, prepared.report.report_id, path)


def signers(office: Office) -> list[tuple[str, str]]:
    """(name, title) of the officers of this office, the one at work first."""
    own = office.identity.officer.id
    with office.read() as connection:
        officers = sorted(rows.officers(connection), key=lambda officer: officer.id != own)
    return [(officer.name, officer.title) for officer in officers]


def note_print(office: Office, prepared: Prepared) -> None:
    """The log says that the report went to a printer."""
    papers.note_print(office, prepared.report.report_id)


def compute(office: Office, connection: Connection, request: ReportRequest) -> Prepared:
    campaign = _campaign(connection, request.campaign)
    frame = Frame(
        connection, office.tree(connection), office.identity.unit, request.campaign, campaign, request.starts,
        request.ends, request.structure_on,
    )  # fmt: skip
    reports = reported.of_period(connection, campaign, request.campaign, request.starts, request.ends)
    results = reported.overlaid(frame, evaluation.evaluate(frame), reports)
    unheard = reported.unheard(frame, reports)
    if request.unit:
        frame, results, unheard = _narrowed(frame, results, unheard, reports, request.unit)
    found = evaluation.figures(results, frame.own)
    document = figures_document(
        unit=frame.own, campaign=request.campaign, starts=request.starts, ends=request.ends, figures=found,
        structure=request.structure_on,
    )  # fmt: skip
    targets = comparison.beside_earlier(frame, [target_line(one) for one in results.values()])
    report = report_of(office, frame, request, results.values(), targets)
    plan = _citation(campaign, frame.tree.at(request.dated))
    named = replace(report, plan=plan, unheard=unheard, report_id=report_id_of(document))
    return Prepared(named, found, document)


def _narrowed(
    frame: Frame, results: Mapping[str, Evaluated], unheard: tuple[str, ...], reports: Mapping[str, Report], unit: str
) -> tuple[Frame, dict[str, Evaluated], tuple[str, ...]]:
    """All of one union below and what stands under it; where it reports itself, as it reported."""
    if unit not in frame.then.units or not frame.is_within(unit):
        raise NotFound("Ngày lấy cơ cấu tổ chức không có đơn vị này.", todo="Chọn đơn vị khác hoặc ngày khác.")
    below, name = replace(frame, own=unit), frame.then.units[unit].short_name
    itself = (name,) if name in unheard else ()
    found = {id_: consolidation.narrowed(frame, one, unit) for id_, one in results.items()}
    return below, found, (*itself, *reported.unheard(below, reports))


def to_date(office: Office, connection: Connection, request: ReportRequest) -> tuple[ToDate, ...]:
    """What the level above sums up: every unit's part from the plan's first day to the end of the period."""
    campaign = _campaign(connection, request.campaign)
    own, ends = office.identity.unit, max(request.ends, campaign.starts)
    frame = Frame(connection, office.tree(connection), own, request.campaign, campaign, campaign.starts, ends)
    reports = reported.latest(connection, request.campaign, request.ends)
    return evaluation.to_date(frame, reported.overlaid(frame, evaluation.evaluate(frame), reports))


def _campaign(connection: Connection, id_: str) -> Campaign:
    table = TABLES[Campaign.TYPE]
    row = connection.execute(select(table).where(table.c.record == id_)).mappings().one()
    campaign: Campaign = value_of(Campaign.TYPE, row)
    return campaign


def report_of(
    office: Office,
    frame: Frame,
    request: ReportRequest,
    results: Iterable[Evaluated],
    targets: tuple[TargetResult, ...],
) -> PeriodReport:
    """What the records say of the frame's union and period, under no plan and without an id of its figures."""
    catalogue = catalogues.catalogue()
    connection, then, printed = frame.connection, frame.then, frame.tree.at(request.dated)
    about = then.units[frame.own]
    unit = printed.units[office.identity.unit]
    letterhead = letterheads.letterhead(connection, printed, unit, "BC")
    counts = frame.counts
    here = _Records(request, then.without(about.unit))
    funds, supports, cash, in_kind = _supports(connection, here, catalogue)
    return PeriodReport(
        letterhead=letterhead,
        receiver=letterheads.upper_names(printed, unit)[0],
        plan=None,
        reporting_body=f"Ban Thường vụ {unit.name}",
        unit_name=unit.name,
        period_name=request.period_name,
        starts=request.starts,
        ends=request.ends,
        dated=request.dated,
        units_total=len(frame.lines),
        members=sum(count.members for count in counts.values()),
        workers=sum(count.workers for count in counts.values()),
        targets=targets,
        units=_unit_lines(frame, request, tuple(results)),
        activities=_activities(connection, here, catalogue),
        funds=funds,
        supports=supports,
        cash=cash,
        in_kind=in_kind,
        signature=Signature(request.authority, printed_title(request.signer_title), request.signer_name),
        recipients=request.recipients,
        report_id="",
        difficulties=request.difficulties,
        proposals=request.proposals,
        sample=office.identity.realm == SAMPLE,
        passages=request.passages,
        next_period=request.next_period,
        about=about.name if request.unit else "",
        months=_months(connection, here),
    )


def _unit_lines(frame: Frame, request: ReportRequest, asked: tuple[Evaluated, ...]) -> tuple[UnitFigures, ...]:
    counted = gather(tally(frame.connection, request.campaign, request.starts, request.ends), frame.lines)
    lines = (_unit_line(frame, one, counted.get(one, UnitTally()), asked) for one in frame.lines)
    return tuple(sorted(lines, key=lambda line: sort_key(line.name)))


def _citation(campaign: Campaign, printed: Structure) -> PlanCitation:
    issuer = printed.units.get(campaign.unit)
    name = issuer.name if issuer else ""
    return PlanCitation(campaign.number, campaign.issued_on, f"{campaign.organ} {name}".strip(), campaign.title)


def target_line(one: Evaluated) -> TargetResult:
    """A row of the target table."""
    target, total = one.target, evaluation.result(one)
    return TargetResult(
        target.id, target.wording, target.level_text, total.numerator, total.denominator, total.met, target.note
    )


def _unit_line(frame: Frame, unit: str, one: UnitTally, results: Iterable[Evaluated]) -> UnitFigures:
    """A target that asks nothing of this unit is no failure of it."""
    counts = frame.counts
    return UnitFigures(
        unit=unit,
        name=_line_name(frame.then, unit),
        members=counts[unit].members if unit in counts else 0,
        propaganda=one.propaganda,
        counted_activities=one.counted_activities,
        other_activities=one.activities - one.counted_activities - one.propaganda,
        participants=one.participants,
        women=one.women,
        activity_cost=one.activity_cost,
        support_times=one.support_times,
        support_people=one.support_people,
        support_amount=one.support_amount,
        met=all(evaluation.result(target, [unit]).met is not False for target in results),
        upper=_upper_name(frame.then, unit),
    )


def _upper_name(then: Structure, unit: str) -> str:
    upper = then.units[unit].parent
    return then.units[upper].short_name if upper and upper in then.units else ""


def _line_name(then: Structure, unit: str) -> str:
    """With its last day where the CĐCS ended within the period and nothing took its place."""
    name, ending = then.units[unit].short_name, then.endings.get(unit)
    return f"{name} (đến {short_date(ending.event.on - timedelta(days=1))})" if ending else name


@dataclass(frozen=True, slots=True)
class _Records:
    """Records of the campaign and period; not those of units that stand elsewhere at its end and report there."""

    request: ReportRequest
    elsewhere: frozenset[str]

    def where(self, table: Table, day: ColumnElement[date]) -> ColumnElement[bool]:
        request = self.request
        here = in_period(table, day, request.campaign, request.starts, request.ends)
        return here & table.c.unit.not_in(self.elsewhere) if self.elsewhere else here


def _months(connection: Connection, here: _Records) -> tuple[tuple[date, int], ...]:
    """Activities of each month of the period, those of none too."""
    t = TABLES[Activity.TYPE]
    counted = select(t.c.starts, func.count()).where(here.where(t, t.c.starts)).group_by(t.c.starts)
    found = Counter[date]()
    for day, times in connection.execute(counted):
        found[day.replace(day=1)] += times
    first = here.request.starts.replace(day=1)
    months = (months_after(first, at) for at in range(whole_months(first, here.request.ends) + 1))
    return tuple((month, found[month]) for month in months)


def _activities(connection: Connection, here: _Records, catalogue: Catalogue) -> tuple[ActivityFigures, ...]:
    t = TABLES[Activity.TYPE]
    rows = connection.execute(
        select(t.c.kind, func.count(), func.sum(t.c.participants), func.sum(t.c.women), func.sum(t.c.cost))
        .where(here.where(t, t.c.starts))
        .group_by(t.c.kind)
        .order_by(func.count().desc(), t.c.kind)
    )
    return tuple(
        ActivityFigures(catalogue.name("activity_kinds", kind), times, people, women, cost)
        for kind, times, people, women, cost in rows
    )


def _supports(
    connection: Connection, records: _Records, catalogue: Catalogue
) -> tuple[tuple[str, ...], tuple[SupportFigures, ...], int, int]:
    """(fund names, a line for each cause, cash, in-kind value); funds and causes in the catalogue's order."""
    t = TABLES[SupportRecord.TYPE]
    here = records.where(t, t.c.on)
    amounts = {
        (cause, fund): int(amount)
        for cause, fund, amount in connection.execute(
            select(t.c.cause, t.c.fund, func.sum(t.c.cash + t.c.in_kind)).where(here).group_by(t.c.cause, t.c.fund)
        )
    }
    people = {
        cause: (times, persons)
        for cause, times, persons in connection.execute(
            select(t.c.cause, func.count(), func.count(func.nullif(t.c.person, "").distinct()))
            .where(here)
            .group_by(t.c.cause)
        )
    }
    cash, in_kind = connection.execute(
        select(func.coalesce(func.sum(t.c.cash), 0), func.coalesce(func.sum(t.c.in_kind), 0)).where(here)
    ).one()
    funds = [code for code in catalogue.codes("funds") if any(fund == code for _, fund in amounts)]
    lines = tuple(
        SupportFigures(
            catalogue.name("support_causes", cause),
            *people[cause],
            tuple(amounts.get((cause, fund), 0) for fund in funds),
        )
        for cause in catalogue.codes("support_causes")
        if cause in people
    )
    return tuple(catalogue.name("funds", fund) for fund in funds), lines, int(cash), int(in_kind)
