"""Which needs go up with a report: those that a tờ trình asks the receiver to help, of people who agreed (rule C09)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.proposals import Proposal
from congdoan_desktop.services import need_steps
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Travelling:
    """Records that go up: `whole` with their texts (needs, and the people they are about), `bare` as facts alone.

    Bare go needs that were deleted and those whose consent was taken back, so that the receiver learns it; a need that
    never had a consent stays here, also in the facts.
    """

    whole: tuple[str, ...] = ()
    bare: frozenset[str] = frozenset()


def sent_up(work: UnitOfWork, campaign: str, receiver: str) -> Travelling:
    """What a report on the campaign tells the receiver of needs: those asked for under it, or under no plan.

    The proposals themselves are papers and stay.
    """
    asked = {
        ask.need
        for proposal in need_steps.held(work.connection, Proposal).values()
        if proposal.to == receiver and proposal.campaign in (campaign, None)
        for ask in proposal.asks
    }
    known = {id_: need for id_, need in need_steps.held(work.connection, Need).items() if id_ in asked}
    open_ = {id_: need for id_, need in known.items() if need.may_be_named}
    people = [need.person for need in open_.values() if need.person]
    withdrawn = {id_ for id_, need in known.items() if need.withdrawn_on is not None}
    return Travelling((*open_, *people), frozenset(withdrawn | _deleted(work, asked - known.keys())))


def _deleted(work: UnitOfWork, ids: set[str]) -> set[str]:
    revisions = tables.revisions.c
    query = select(revisions.record).where(revisions.record.in_(ids), revisions.type == Need.TYPE).distinct()
    return set(work.connection.execute(query).scalars())
