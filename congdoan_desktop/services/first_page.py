"""Page 1 of a paper in the making: shown at once, while the rest is still counted, set and drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from congdoan_desktop.domain.period_report import PeriodReport
from congdoan_desktop.services import paper_templates
from congdoan_desktop.services.office import Office

if TYPE_CHECKING:
    from congdoan_desktop.reports.document import Document
    from congdoan_desktop.reports.period_report_layout import Known

Show = Callable[[bytes], object]
"""Takes page 1 as a PDF for the eye; it is not called when page 1 holds what is not known yet."""


@dataclass(slots=True)
class FirstPage:
    """Tries again whenever more of a report is known, until its page 1 is shown."""

    office: Office
    connection: Connection
    show: Show | None

    def of(self, report: PeriodReport, known: Known) -> None:
        """`known`: its beginning; or all but earlier results beside its targets; or all of it."""
        from congdoan_desktop.reports.pdf import first_page
        from congdoan_desktop.reports.period_report_layout import opening

        if self.show is None:
            return
        with paper_templates.applied(self.office, self.connection):
            made = first_page(opening(report, known), sample=report.sample, whole=known == "all")
        if made is not None:
            self.show(made)
            self.show = None


def of_document(office: Office, connection: Connection, document: Document, show: Show) -> None:
    """Of a document that is whole but for what comes after its first rows."""
    from congdoan_desktop.reports.pdf import first_page

    with paper_templates.applied(office, connection):
        made = first_page(document.sections[0], sample=document.sample)
    if made is not None:
        show(made)
