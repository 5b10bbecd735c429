"""What a plan may name of what is held here: plans of unions above, other plans, units below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from congdoan_desktop.services import campaigns, units

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

Choices = tuple[tuple[str, str], ...]
"""(id, words) pairs."""


@dataclass(frozen=True, slots=True)
class Offers:
    uppers: Choices = ()
    """Plans of unions above us, that one of ours may carry out."""
    plans: Choices = ()
    units: Choices = ()


def offers(office: Office) -> Offers:
    rows = [(row, f"{row.campaign.number} {row.campaign.title}".strip()) for row in campaigns.listing(office)]
    return Offers(
        uppers=tuple((row.id, name) for row, name in rows if not row.own and not row.below),
        plans=tuple((row.id, name) for row, name in rows),
        units=tuple((row.id, row.short_name) for row in units.listing(office)),
    )
