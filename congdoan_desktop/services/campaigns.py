"""Campaigns: entering a plan, listing, and the targets' state here and below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign, validate_campaign
from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.plan_making import below_the_upper, carrying_out
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean
from congdoan_desktop.errors import Finding, NotFound
from congdoan_desktop.services import definitions
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, current, value_of


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign as listed. `own`: issued by our union, so that we may edit it and hand it down.

    `below`: `issuer` stands under us and carries one of our plans out.
    """

    id: str
    campaign: Campaign
    own: bool
    conflict: bool
    below: bool = False
    issuer: str = ""


def add(office: Office, campaign: Campaign) -> Saved:
    """Raises: ValidationError."""
    tidy = _tidy(replace(campaign, unit=office.identity.unit))
    warnings = refuse((*validate_campaign(tidy, definitions.shipped().keys()), *_against_the_upper(office, tidy)))
    with office.write(Right.ISSUE) as work:
        return Saved((work.put(tidy),), warnings)


def edit(office: Office, id_: str, campaign: Campaign) -> Saved:
    """Raises: ValidationError, NotFound."""
    tidy = _tidy(campaign)
    warnings = refuse((*validate_campaign(tidy, definitions.shipped().keys()), *_against_the_upper(office, tidy)))
    with office.write(Right.ISSUE) as work:
        return Saved((work.put(tidy, id_),), warnings)


def get(office: Office, id_: str) -> Campaign:
    """Raises: NotFound."""
    with office.write(Right.READ) as work:
        found: Campaign = work.value(Campaign.TYPE, id_)
        return found


def held(connection: Connection, id_: str) -> Campaign:
    """`get` inside a transaction that reads. Raises: NotFound."""
    found: Campaign | None = current(connection, Campaign.TYPE, id_)
    if found is None:
        raise NotFound("Kế hoạch này không còn trong máy.", todo="Quay lại danh sách và chọn kế hoạch khác.")
    return found


def listing(office: Office) -> list[CampaignRow]:
    """Campaigns, the latest issued first."""
    table = TABLES[Campaign.TYPE]
    own = office.identity.unit
    with office.read() as connection:
        tree = office.tree(connection)
        below = _ever_below(tree, own)
        found = [
            CampaignRow(
                row["record"], value_of(Campaign.TYPE, row), row["unit"] == own, row["conflict"],
                row["unit"] in below, tree.units[row["unit"]].short_name if row["unit"] in tree.units else "",
            )
            for row in connection.execute(select(table)).mappings()
        ]  # fmt: skip
    return sorted(found, key=lambda c: (c.campaign.issued_on or date.min, c.id), reverse=True)


def own_plan(office: Office, upper: str) -> Campaign:
    """A proposal of our own plan that carries out the upper union's, to be gone through before it is saved.

    Raises: NotFound.
    """
    plan = get(office, upper)
    with office.read() as connection:
        issuer = office.tree(connection).units.get(plan.unit)
        us = office.own_unit(connection)
    proposed = carrying_out(plan, upper, issuer.name if issuer else "")
    return replace(proposed, unit=us.unit, place=us.place)


def _ever_below(tree: Tree, own: str) -> frozenset[str]:
    """Units that stand under us, or did until their end."""
    return frozenset(tree.units) - tree.now.without(own) - {own}


def _against_the_upper(office: Office, campaign: Campaign) -> tuple[Finding, ...]:
    """Nothing, while the upper union's plan is not here."""
    with office.read() as connection:
        upper = current(connection, Campaign.TYPE, campaign.parent)
    return below_the_upper(campaign, upper) if upper is not None else ()


def _tidy(campaign: Campaign) -> Campaign:
    targets = tuple(
        replace(target, id=target.id or new_id(), wording=clean(target.wording)) for target in campaign.targets
    )
    return replace(campaign, title=clean(campaign.title), number=clean(campaign.number), targets=targets)
