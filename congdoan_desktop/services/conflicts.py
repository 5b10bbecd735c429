"""Records with two versions that stand against each other, of which a person must choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import RowMapping, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.adjustments import Adjustment
from congdoan_desktop.domain.attachments import Attachment
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.figures import EnteredFigure, PeriodFigures
from congdoan_desktop.domain.funds import Contribution
from congdoan_desktop.domain.narrative import Narrative
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.persons import Person, Post, Training
from congdoan_desktop.domain.proposals import Proposal, ReviewMeeting, SupportDecision
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.reviews import Review
from congdoan_desktop.domain.shared_files import SharedFile
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.units import Baseline, Department, Headcount, OrgEvent, Unit
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import TABLES

NAMED_BY: Mapping[str, str] = {
    Unit.TYPE: "name",
    OrgEvent.TYPE: "on",
    Headcount.TYPE: "on",
    Department.TYPE: "name",
    Baseline.TYPE: "on",
    Workplace.TYPE: "name",
    Workforce.TYPE: "on",
    Campaign.TYPE: "title",
    Activity.TYPE: "title",
    Person.TYPE: "name",
    Post.TYPE: "title",
    Training.TYPE: "on",
    Rating.TYPE: "year",
    Need.TYPE: "on",
    Proposal.TYPE: "title",
    ReviewMeeting.TYPE: "on",
    SupportDecision.TYPE: "number",
    SupportRecord.TYPE: "on",
    Contribution.TYPE: "on",
    PeriodFigures.TYPE: "period_name",
    EnteredFigure.TYPE: "indicator",
    Narrative.TYPE: "starts",
    Review.TYPE: "starts",
    Adjustment.TYPE: "period_name",
    SharedFile.TYPE: "title",
    Attachment.TYPE: "caption",
}
"""The field that tells a record of a type apart for people."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record to be settled; `name` tells it apart, `unit_name` is the union it concerns."""

    record: str
    type: str
    name: str
    unit_name: str


def listing(office: Office) -> list[Conflict]:
    """All of them, by type; `records.sides` gives the versions and `records.restore` settles them."""
    with office.read() as connection:
        units = office.tree(connection).units
        found = []
        for type_, field in NAMED_BY.items():
            table = TABLES[type_]
            for row in connection.execute(select(table).where(table.c.conflict)).mappings():
                unit = units.get(_unit_of(row))
                found.append(Conflict(row["record"], type_, str(row[field]), unit.short_name if unit else ""))
        return found


def _unit_of(row: RowMapping) -> str:
    return str(row["unit"]) if "unit" in row else str(row["record"])
