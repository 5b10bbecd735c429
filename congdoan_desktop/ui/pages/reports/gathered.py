"""What the page asks the office for when it comes into sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from congdoan_desktop.services import paper_templates, reporting, stamped, statistics, units
from congdoan_desktop.ui.pages.entry import desk as desks
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.reports.form import Choices

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class Found:
    """`upper`: the union above, None before it took us in; `recipients`: Nơi nhận that a new report begins with."""

    desk: Desk
    choices: Choices
    upper: str | None
    recipients: tuple[str, ...]


def gather(office: Office) -> Found:
    """On the database thread."""
    choices = Choices(
        reporting.signers(office), units.choices(office), statistics.listing(office).forms, stamped.listing(office)
    )
    return Found(desks.load(office), choices, units.upper(office), paper_templates.recipients(office))
