"""Page 1 of a paper in the making: shown at once, while the rest is still counted, set and drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from congdoan_desktop.domain.period_report import PeriodReport
from congdoan_desktop.services import paper_templates
from congdoan_desktop.services.office import Office

if TYPE_CHECKING:
    from congdoan_desktop.reports.document import Document

Show = Callable[[bytes], object]
"""Takes page 1 as a PDF for the eye; it is not called when page 1 holds what is not known yet."""


def of_report(
    office: Office, connection: Connection, report: PeriodReport, show: Show | None, *, judged: bool = True
) -> bool:
    """Of a report without earlier results beside its targets; not `judged`: of its beginning. Whether it was shown."""
    from congdoan_desktop.reports.pdf import first_page
    from congdoan_desktop.reports.period_report_layout import opening

    if show is None:
        return False
    with paper_templates.applied(office, connection):
        made = first_page(opening(report, judged=judged), sample=report.sample)
    if made is not None:
        show(made)
    return made is not None


def of_document(office: Office, connection: Connection, document: Document, show: Show) -> None:
    """Of a document that is whole but for what comes after its first rows."""
    from congdoan_desktop.reports.pdf import first_page

    with paper_templates.applied(office, connection):
        made = first_page(document.sections[0], sample=document.sample)
    if made is not None:
        show(made)
