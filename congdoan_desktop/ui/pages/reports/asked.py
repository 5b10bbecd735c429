"""The kinds of papers that the page makes, what each asks for, and a paper as it would be printed now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from congdoan_desktop.domain.periods import Period
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import (
    general_report,
    list_papers,
    paper,
    papers,
    plan_papers,
    reporting,
    stamped,
    statistics,
)
from congdoan_desktop.services.first_page import Show
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.report_checks import Check, checks
from congdoan_desktop.services.reporting import Prepared, ReportRequest

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

CAMPAIGN, GENERAL, STATISTICS, LIST, PLAN, SENT = "campaign", "general", "statistics", "list", "plan", "sent"
KINDS: Mapping[str, str] = {
    CAMPAIGN: "Báo cáo thực hiện kế hoạch, phong trào",
    GENERAL: "Báo cáo chung theo kỳ",
    STATISTICS: "Biểu thống kê",
    LIST: "Danh sách",
    PLAN: "Kế hoạch",
    SENT: "Báo cáo đã gửi (đúng bản gốc)",
}
_DAYS = frozenset({"period", "starts", "ends", "period_name", "dated", "unit", "structure_on"})
_SIGNED = frozenset({"authority", "signer_title", "signer"})
_WRITTEN = frozenset({"recipients", "difficulties", "proposals", "next_period"})
ASKED: Mapping[str, frozenset[str]] = {
    CAMPAIGN: frozenset({"kind", "campaign"}) | _DAYS | _SIGNED | _WRITTEN,
    GENERAL: frozenset({"kind"}) | _DAYS | _SIGNED | _WRITTEN,
    STATISTICS: frozenset({"kind", "form", "period"}),
    LIST: frozenset({"kind", "list", "campaign"}) | _DAYS | _SIGNED,
    PLAN: frozenset({"kind", "campaign"}),
    SENT: frozenset({"kind", "package"}),
}
"""Kind -> the fields that it asks for, beside those of the officer's words."""
WORDED = frozenset({CAMPAIGN, GENERAL})


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as it would be printed now; `shapes`: height by width of its pages; `endings`: what it can be saved as.

    Only a report on a plan has a request, and can be packed.
    """

    title: str
    file_name: str
    pdf: bytes
    shapes: tuple[float, ...]
    endings: frozenset[str]
    save: Callable[[Office, Path, Progress], None]
    note_print: Callable[[Office], None]
    checks: tuple[Check, ...] = ()
    request: ReportRequest | None = None
    prepared: Prepared | None = None

    @property
    def pages(self) -> int:
        return len(self.shapes)


Asked = Callable[["Office", Show, Progress], Printed]
"""On the database thread; shows page 1 as soon as that is known. Raises Cancelled."""
_WHOLE = frozenset({".pdf", ".docx", ".xlsx"})


def campaign_report(request: ReportRequest, title: str, file_name: str) -> Asked:
    def make(office: Office, show: Show, progress: Progress) -> Printed:
        prepared = reporting.prepare(office, request, show)
        pdf = reporting.pdf(office, prepared, progress=progress)
        return Printed(
            title, file_name, pdf, paper.page_shapes(pdf), _WHOLE,
            lambda office, path, progress: reporting.save(office, prepared, path, progress),
            lambda office: reporting.note_print(office, prepared),
            (*_sent_before(office, request), *checks(prepared.report)), request, prepared,
        )  # fmt: skip

    return make


def _sent_before(office: Office, request: ReportRequest) -> tuple[Check, ...]:
    """What was sent for these days counts; this paper may say something else."""
    if not request.travels:
        return ()
    found = stamped.of_period(office, request.campaign, request.starts, request.ends)
    said = "Kỳ này đã gửi báo cáo ({}). Để in đúng bản đã gửi, chọn loại “Báo cáo đã gửi”."
    return (Check("warn", said.format(f"gói số {found.seq}")),) if found else ()


def general(request: ReportRequest) -> Asked:
    return lambda office, show, progress: _of_paper(office, general_report.paper(office, request, show), progress)


def listed(kind: str, request: ReportRequest) -> Asked:
    def make(office: Office, show: Show, progress: Progress) -> Printed:
        return _of_paper(office, list_papers.paper(office, kind, request, show, progress), progress)

    return make


def plan(campaign: str) -> Asked:
    return lambda office, _show, progress: _of_paper(office, plan_papers.prepare(office, campaign), progress)


def form(code: str, period: Period) -> Asked:
    def make(office: Office, _show: Show, progress: Progress) -> Printed:
        return _of_paper(office, statistics.paper(office, statistics.look(office, code, period)), progress)

    return make


def sent(package: str, title: str) -> Asked:
    def make(office: Office, _show: Show, _progress: Progress) -> Printed:
        pdf = stamped.pdf(office, package)
        return Printed(
            title, "bao-cao-da-gui", pdf, paper.page_shapes(pdf), frozenset({".pdf"}),
            lambda office, path, _: stamped.save(office, package, path),
            lambda office: papers.note_print(office, package),
        )  # fmt: skip

    return make


def _of_paper(office: Office, made: Paper, progress: Progress) -> Printed:
    pdf = papers.pdf(office, made, progress)
    endings = _WHOLE if papers.has_tables(made) else _WHOLE - {".xlsx"}
    return Printed(
        made.title, made.file_name, pdf, paper.page_shapes(pdf), endings,
        lambda office, path, progress: papers.save(office, made, path, progress),
        lambda office: papers.note_print(office, made.about),
    )  # fmt: skip
