"""What a form of entry chooses from: the day, our CĐCS, the campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.services import campaigns, units
from congdoan_desktop.services.office import Office

CHANGED_BY = frozenset({"unit", "org_event", "campaign"})


@dataclass(frozen=True, slots=True)
class Desk:
    """`units` are (id, short name) in Vietnamese order; `campaigns` (id, campaign), the latest first."""

    today: date
    units: tuple[tuple[str, str], ...] = ()
    campaigns: tuple[tuple[str, Campaign], ...] = ()

    def unit_name(self, unit: object) -> str:
        return dict(self.units).get(str(unit), "–")

    def campaign_name(self, campaign: object) -> str:
        return next((named(c) for id_, c in self.campaigns if id_ == campaign), "–")

    def campaign_choices(self) -> list[tuple[object, str]]:
        return [(id_, named(campaign)) for id_, campaign in self.campaigns]

    def unit_choices(self) -> list[tuple[object, str]]:
        return list(self.units)

    def running_campaign(self) -> str | None:
        """The campaign that a record of today most likely belongs to: the only one running, or the only one at all."""
        running = [id_ for id_, campaign in self.campaigns if campaign.starts <= self.today <= campaign.ends]
        likely = running or [id_ for id_, _ in self.campaigns]
        return likely[0] if len(likely) == 1 else None


def unknown() -> Desk:
    """Before the first answer of the database."""
    return Desk(Clock().today())


def load(office: Office) -> Desk:
    """On the database thread. A CĐCS that keeps its own office chooses itself."""
    below = units.grassroots(office) or [(own.unit, own.short_name) for own in (units.own(office),)]
    listed = tuple((row.id, row.campaign) for row in campaigns.listing(office))
    return Desk(office.clock.today(), tuple(below), listed)


def named(campaign: Campaign) -> str:
    """Number and title: "39/KH-LĐLĐ · Kỷ niệm 95 năm …"."""
    return " · ".join(part for part in (campaign.number, campaign.title) if part)
