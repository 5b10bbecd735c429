"""The head of page 1 out of what a union is called, with number and day, or with room for the clerk's (rule A11)."""

from __future__ import annotations

from congdoan_desktop.domain import period_report
from congdoan_desktop.reports.document import Letterhead
from congdoan_desktop.reports.wording import blank_date, number_line


def printed(head: period_report.Letterhead, number: str = "", day: str = "", about: str = "") -> Letterhead:
    """With the lines as they are printed."""
    return Letterhead(head.parent, head.parent_short, head.issuer, number, day, about)


def for_the_clerk(head: period_report.Letterhead, year: int) -> Letterhead:
    """Number and day are written by hand."""
    return printed(head, number_line(head.code), blank_date(head.place, year))
