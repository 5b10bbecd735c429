"""The period report of a campaign: from records to figures, to pages, to a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection

from congdoan_desktop.domain.authority import printed_title
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.figures import Figure, ToDate, figures_document, report_id_of
from congdoan_desktop.domain.narrative import Narrative, Passage
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.period_report import (
    PeriodReport,
    PlanCitation,
    Signature,
    TargetResult,
    UnitFigures,
)
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.units import GRASSROOTS
from congdoan_desktop.errors import NotFound
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import (
    campaigns,
    catalogues,
    comparison,
    consolidation,
    evaluation,
    letterheads,
    paper_templates,
    papers,
    period_sums,
    reported,
)
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.evaluation import Evaluated, Frame
from congdoan_desktop.services.first_page import FirstPage, Show
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.period_sums import Here
from congdoan_desktop.services.reported import Report
from congdoan_desktop.services.tally import UnitTally, gather, tally
from congdoan_desktop.storage import rows


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


def prepare(office: Office, request: ReportRequest, show: Show | None = None) -> Prepared:
    """Compute the report in one read transaction; `show` may get its first page before the rest is there.

    Raises: NotFound when the campaign is not here.
    """
    with office.read() as connection:
        return compute(office, connection, request, show)


def pdf(
    office: Office, prepared: Prepared, inside: Connection | None = None, progress: Progress | None = None
) -> bytes:
    """The report as it goes into a package and onto paper; `inside` the transaction that packs it.

    Raises: Cancelled when somebody asked to stop, like all that make one.
    """
    from congdoan_desktop.reports.pdf import render
    from congdoan_desktop.reports.period_report_layout import period_report_document

    office.require(Right.READ)
    with paper_templates.applied(office, inside):
        return render(period_report_document(prepared.report), progress)


def word(office: Office, prepared: Prepared, progress: Progress | None = None) -> bytes:
    """The report as a Word file, for those who go on writing in it."""
    from congdoan_desktop.reports.docx import render
    from congdoan_desktop.reports.period_report_layout import period_report_document

    office.require(Right.READ)
    with paper_templates.applied(office):
        return render(period_report_document(prepared.report), progress)


def excel(office: Office, prepared: Prepared, progress: Progress | None = None) -> bytes:
    """The report's tables as a workbook; they hide what the paper hides."""
    from congdoan_desktop.reports.period_report_layout import period_report_document

    with paper_templates.applied(office):
        return papers.excel(office, period_report_document(prepared.report), progress)


def save(office: Office, prepared: Prepared, path: Path, progress: Progress | None = None) -> None:
    """Write the report whole or not at all, as PDF, Word or Excel by the name's ending; the export is logged.

    Raises: AppError for another ending, and when the disk refuses; Cancelled before anything is written.
    """
    formats = {
        ".pdf": lambda: pdf(office, prepared, progress=progress),
        ".docx": lambda: word(office, prepared, progress),
        ".xlsx": lambda: excel(office, prepared, progress),
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


def compute(office: Office, connection: Connection, request: ReportRequest, show: Show | None = None) -> Prepared:
    campaign = campaigns.held(connection, request.campaign)
    whole = Frame(
        connection, office.tree(connection), office.identity.unit, request.campaign, campaign, request.starts,
        request.ends, request.structure_on,
    )  # fmt: skip
    frame = frame_of(whole, request.unit)
    plan = _citation(campaign, frame.tree.at(request.dated))
    reports = reported.of_period(connection, campaign, request.campaign, request.starts, request.ends)
    late = reported.missing(whole, frame, reports)
    beginning = replace(
        beginning_of(office, frame, request), plan=plan, not_reported=late.names, lines_not_reported=late.lines,
        adjusted=() if request.unit else reported.adjustments(frame, reports),
    )  # fmt: skip
    first = FirstPage(office, connection, show)
    first.of(beginning, "beginning")
    results = reported.overlaid(whole, evaluation.evaluate(whole), reports)
    unheard = reported.unheard(whole, reports)
    if request.unit:
        results, unheard = _narrowed(whole, frame, results, unheard, reports)
    lines = tuple(target_line(one, campaign, request.unit) for one in results.values())
    report = replace(report_of(beginning, frame, request, results.values(), lines), unheard=unheard)
    first.of(report, "targets")
    found = evaluation.figures(results, frame.own)
    document = figures_document(
        unit=frame.own, campaign=request.campaign, starts=request.starts, ends=request.ends, figures=found,
        structure=request.structure_on,
    )  # fmt: skip
    targets = comparison.beside_earlier(frame, lines)
    report = replace(report, targets=targets, report_id=report_id_of(document))
    first.of(report, "all")
    return Prepared(report, found, document)


def frame_of(whole: Frame, unit: str) -> Frame:
    """The frame of one union below; of the whole where `unit` is "".

    Raises: NotFound for a union that is not ours on the day of the organisation.
    """
    if not unit:
        return whole
    if unit not in whole.then.units or not whole.is_within(unit):
        raise NotFound("Ngày lấy cơ cấu tổ chức không có đơn vị này.", todo="Chọn đơn vị khác hoặc ngày khác.")
    return replace(whole, own=unit)


def _narrowed(
    whole: Frame,
    below: Frame,
    results: Mapping[str, Evaluated],
    unheard: tuple[str, ...],
    reports: Mapping[str, Report],
) -> tuple[dict[str, Evaluated], tuple[str, ...]]:
    """All of one union below and what stands under it; where it reports itself, as it reported."""
    name = whole.then.units[below.own].short_name
    itself = (name,) if name in unheard else ()
    found = {id_: consolidation.narrowed(whole, one, below.own) for id_, one in results.items()}
    return found, (*itself, *reported.unheard(below, reports))


def to_date(office: Office, connection: Connection, request: ReportRequest) -> tuple[ToDate, ...]:
    """What the level above sums up: every unit's part from the plan's first day to the end of the period."""
    campaign = campaigns.held(connection, request.campaign)
    own, ends = office.identity.unit, max(request.ends, campaign.starts)
    frame = Frame(connection, office.tree(connection), own, request.campaign, campaign, campaign.starts, ends)
    reports = reported.latest(connection, request.campaign, request.ends)
    return evaluation.to_date(frame, reported.overlaid(frame, evaluation.evaluate(frame), reports))


def beginning_of(office: Office, frame: Frame, request: ReportRequest) -> PeriodReport:
    """Who reports to whom, how large it is and which activities there were; the rest of the report is still empty."""
    connection, then, printed = frame.connection, frame.then, frame.tree.at(request.dated)
    about = then.units[frame.own]
    unit = printed.units[office.identity.unit]
    counts = frame.counts
    return PeriodReport(
        letterhead=letterheads.letterhead(connection, printed, unit, "BC"),
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
        targets=(),
        units=(),
        activities=period_sums.activities(connection, _here(frame, request), catalogues.catalogue()),
        funds=(),
        supports=(),
        cash=0,
        in_kind=0,
        signature=Signature(request.authority, printed_title(request.signer_title), request.signer_name),
        recipients=request.recipients,
        report_id="",
        difficulties=request.difficulties,
        proposals=request.proposals,
        sample=office.identity.realm == SAMPLE,
        passages=request.passages,
        next_period=request.next_period,
        about=about.name if request.unit else "",
        grassroots=about.level == GRASSROOTS,
    )


def report_of(
    beginning: PeriodReport,
    frame: Frame,
    request: ReportRequest,
    results: Iterable[Evaluated],
    targets: tuple[TargetResult, ...],
) -> PeriodReport:
    """What the records say of the frame's union and period, without an id of its figures."""
    connection, here = frame.connection, _here(frame, request)
    funds, supports, cash, in_kind = period_sums.supports(connection, here, catalogues.catalogue())
    return replace(
        beginning,
        targets=targets,
        units=_unit_lines(frame, request, tuple(results)),
        funds=funds,
        supports=supports,
        cash=cash,
        in_kind=in_kind,
        months=period_sums.months(connection, here),
    )


def _here(frame: Frame, request: ReportRequest) -> Here:
    return Here(request.campaign, request.starts, request.ends, frame.then.without(frame.own))


def _unit_lines(frame: Frame, request: ReportRequest, asked: tuple[Evaluated, ...]) -> tuple[UnitFigures, ...]:
    counted = gather(tally(frame.connection, request.campaign, request.starts, request.ends), frame.lines)
    lines = (_unit_line(frame, one, counted.get(one, UnitTally()), asked) for one in frame.lines)
    return tuple(sorted(lines, key=lambda line: sort_key(line.name)))


def _citation(campaign: Campaign, printed: Structure) -> PlanCitation:
    issuer = printed.units.get(campaign.unit)
    name = issuer.name if issuer else ""
    return PlanCitation(campaign.number, campaign.issued_on, f"{campaign.organ} {name}".strip(), campaign.title)


def target_line(one: Evaluated, campaign: Campaign, unit: str) -> TargetResult:
    """A row of the target table; `unit` below us is held against the mark that the plan gives to it."""
    target, mark = one.target, evaluation.mark_given(campaign, one.target.id, unit)
    total = evaluation.of_part(one, None, campaign, unit) if unit else evaluation.result(one)
    return TargetResult(
        target.id, target.wording, target.level_text if mark is None else target.printed(mark), total.numerator,
        total.denominator, total.met, target.note, shared=bool(unit) and evaluation.is_shared(one, campaign, unit),
    )  # fmt: skip


def _unit_line(frame: Frame, unit: str, one: UnitTally, results: Iterable[Evaluated]) -> UnitFigures:
    """A target that asks nothing of this unit is no failure of it."""
    counts, verdicts = (
        frame.counts,
        [evaluation.of_part(target, [unit], frame.campaign, unit).met for target in results],
    )
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
        met=False not in verdicts,
        upper=_upper_name(frame.then, unit),
        targets_met=verdicts.count(True),
        targets_asked=len(verdicts) - verdicts.count(None),
    )


def _upper_name(then: Structure, unit: str) -> str:
    upper = then.units[unit].parent
    return then.units[upper].short_name if upper and upper in then.units else ""


def _line_name(then: Structure, unit: str) -> str:
    """With its last day where the CĐCS ended within the period and nothing took its place."""
    name, ending = then.units[unit].short_name, then.endings.get(unit)
    return f"{name} (đến {short_date(ending.event.on - timedelta(days=1))})" if ending else name
