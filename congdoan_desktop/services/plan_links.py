"""What hangs together with a plan: the upper union's, those of unions below, of its events, and the documents cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from congdoan_desktop.domain.plan_making import PARENT
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.services import campaigns
from congdoan_desktop.services.campaigns import CampaignRow
from congdoan_desktop.services.office import Office

CHILD, EVENT = "child", "event"


@dataclass(frozen=True, slots=True)
class Link:
    """A document beside a plan. `relation`: "parent", "child", "event", "basis" or "reference"; `campaign`: its id
    when it is held here; `unit`: who issued it, "" where that is not known.
    """

    relation: str
    number: str
    title: str
    unit: str = ""
    campaign: str | None = None


def links(office: Office, campaign: str) -> tuple[Link, ...]:
    """The upper plan first, then the plans of unions below in the order of their names, events, documents cited."""
    held = {row.id: row for row in campaigns.listing(office)}
    row = held.get(campaign)
    if row is None:
        return ()
    upper = held.get(row.campaign.parent or "")
    found = [_link(PARENT, upper)] if upper is not None else []
    children = (other for other in held.values() if other.campaign.parent == campaign)
    found += [_link(CHILD, child) for child in sorted(children, key=lambda child: sort_key(child.issuer))]
    found += [_link(EVENT, held[event.plan]) for event in row.campaign.events if event.plan in held]
    return (*found, *_cited(row, held))


def _cited(row: CampaignRow, held: dict[str, CampaignRow]) -> Iterator[Link]:
    by_number = {other.campaign.number: other for other in held.values() if other.campaign.number}
    for one in row.campaign.related:
        if one.relation == PARENT and row.campaign.parent in held:
            continue
        known = held.get(one.campaign or "") or by_number.get(one.number)
        yield Link(one.relation, one.number, one.title, known.issuer if known else "", known.id if known else None)


def _link(relation: str, row: CampaignRow) -> Link:
    return Link(relation, row.campaign.number, row.campaign.title, row.issuer, row.id)
