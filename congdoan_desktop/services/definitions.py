"""What indicators are known: those of the catalogue, and those that a campaign carries with it."""

from __future__ import annotations

from collections.abc import Mapping

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.indicators import Definition, definition_of, faults
from congdoan_desktop.services.catalogues import catalogue, remembered


@remembered
def shipped() -> Mapping[str, Definition]:
    """Code -> definition, in the order of the catalogue in use."""
    made = (definition_of(entry) for entry in catalogue().entries("indicators"))
    return {one.code: one for one in made}


def known_to(campaign: Campaign) -> Mapping[str, Definition]:
    """The campaign's own go before those of the catalogue; what a newer program made and this one cannot read is out.

    A target whose indicator is not here has no figure.
    """
    return {**shipped(), **{one.code: one for one in campaign.definitions if not faults(one)}}
