"""Campaigns: entering a plan, listing, and the targets' state here and below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from congdoan_desktop.domain.campaigns import Campaign, validate_campaign
from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean
from congdoan_desktop.services import definitions
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign as listed. `own`: issued by our union, so that we may edit it and hand it down."""

    id: str
    campaign: Campaign
    own: bool
    conflict: bool


def add(office: Office, campaign: Campaign) -> Saved:
    """Raises: ValidationError."""
    tidy = _tidy(replace(campaign, unit=office.identity.unit))
    warnings = refuse(validate_campaign(tidy, definitions.shipped().keys()))
    with office.write(Right.ISSUE) as work:
        return Saved((work.put(tidy),), warnings)


def edit(office: Office, id_: str, campaign: Campaign) -> Saved:
    """Raises: ValidationError, NotFound."""
    tidy = _tidy(campaign)
    warnings = refuse(validate_campaign(tidy, definitions.shipped().keys()))
    with office.write(Right.ISSUE) as work:
        return Saved((work.put(tidy, id_),), warnings)


def get(office: Office, id_: str) -> Campaign:
    """Raises: NotFound."""
    with office.write(Right.READ) as work:
        found: Campaign = work.value(Campaign.TYPE, id_)
        return found


def listing(office: Office) -> list[CampaignRow]:
    """Campaigns, the latest issued first."""
    table = TABLES[Campaign.TYPE]
    with office.read() as connection:
        rows = connection.execute(select(table)).mappings()
        found = [
            CampaignRow(
                row["record"], value_of(Campaign.TYPE, row), row["unit"] == office.identity.unit, row["conflict"]
            )
            for row in rows
        ]
    return sorted(found, key=lambda c: (c.campaign.issued_on or date.min, c.id), reverse=True)


def _tidy(campaign: Campaign) -> Campaign:
    targets = tuple(
        replace(target, id=target.id or new_id(), wording=clean(target.wording)) for target in campaign.targets
    )
    return replace(campaign, title=clean(campaign.title), number=clean(campaign.number), targets=targets)
