"""How far each need has come, read from the steps after it: one truth, written nowhere twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from congdoan_desktop.domain.needs import HOUSES, Need
from congdoan_desktop.domain.proposals import (
    AGREED,
    PUT_OFF,
    Ask,
    Proposal,
    ReviewMeeting,
    SupportDecision,
    Verdict,
)
from congdoan_desktop.domain.support import SupportRecord


class NeedState(StrEnum):
    """The state of a need, in the order of the way."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    AGREED = "agreed"
    DECIDED = "decided"
    PAID = "paid"
    SIGNED = "signed"
    CLOSED = "closed"


OPEN_TO_PROPOSE = frozenset({NeedState.WAITING, NeedState.PUT_OFF})
UNDER_REVIEW = frozenset({NeedState.WAITING, NeedState.PROPOSED})
"""What people call "đang chờ xét"."""


@dataclass(frozen=True, slots=True)
class Journey:
    """The way of a need so far; ids are "" where a step has not been taken. `paid` in đồng."""

    state: NeedState
    proposal: str = ""
    ask: Ask | None = None
    meeting: str = ""
    verdict: Verdict | None = None
    decision: str = ""
    decision_number: str = ""
    supports: tuple[str, ...] = ()
    paid: int = 0

    @property
    def amount(self) -> int:
        """What stands now: paid, else agreed, else asked; 0 before that."""
        if self.supports:
            return self.paid
        if self.verdict is not None:
            return self.verdict.amount
        return self.ask.amount if self.ask else 0


@dataclass(frozen=True, slots=True)
class Steps:
    """All steps that are known: id -> record."""

    proposals: Mapping[str, Proposal]
    meetings: Mapping[str, ReviewMeeting]
    decisions: Mapping[str, SupportDecision]
    supports: Mapping[str, SupportRecord]
    """Those that name a need."""


def journeys(needs: Mapping[str, Need], steps: Steps) -> dict[str, Journey]:
    """Need -> its way. Of several proposals the latest counts, so that a need that was put off can be asked again."""
    asked: dict[str, tuple[str, Ask]] = {}
    for id_, proposal in _by_day(steps.proposals):
        asked |= {ask.need: (id_, ask) for ask in proposal.asks}
    heard: dict[tuple[str, str], tuple[str, Verdict]] = {}
    for id_, meeting in _by_day(steps.meetings):
        heard |= {(meeting.proposal, verdict.need): (id_, verdict) for verdict in meeting.verdicts}
    decided = {
        (decision.meeting, need): (id_, decision.number)
        for id_, decision in _by_day(steps.decisions)
        for need in decision.needs
    }
    given: dict[str, list[str]] = {}
    for id_, support in steps.supports.items():
        if support.need:
            given.setdefault(support.need, []).append(id_)
    return {
        id_: _journey(need, asked.get(id_), heard, decided, [(at, steps.supports[at]) for at in given.get(id_, ())])
        for id_, need in needs.items()
    }


def _by_day(
    records: Mapping[str, Proposal] | Mapping[str, ReviewMeeting] | Mapping[str, SupportDecision],
) -> Iterable[tuple[str, Any]]:
    return sorted(records.items(), key=lambda found: (found[1].on, found[0]))


def _journey(
    need: Need,
    asked: tuple[str, Ask] | None,
    heard: Mapping[tuple[str, str], tuple[str, Verdict]],
    decided: Mapping[tuple[str, str], tuple[str, str]],
    given: list[tuple[str, SupportRecord]],
) -> Journey:
    proposal, ask = asked or ("", None)
    meeting, verdict = heard.get((proposal, ask.need), ("", None)) if ask else ("", None)
    decision, number = decided.get((meeting, ask.need), ("", "")) if ask and meeting else ("", "")
    return Journey(
        _state(need, ask, verdict, decision, [record for _, record in given]),
        proposal,
        ask,
        meeting,
        verdict,
        decision,
        number,
        tuple(id_ for id_, _ in given),
        sum(record.cash + record.in_kind for _, record in given),
    )


def _state(
    need: Need, ask: Ask | None, verdict: Verdict | None, decision: str, given: list[SupportRecord]
) -> NeedState:
    paid = sum(one.cash + one.in_kind for one in given)
    if need.kind in HOUSES and given and verdict is not None and paid < verdict.amount:
        return NeedState.DECIDED  # a house is paid by its stages
    if given:
        return NeedState.SIGNED if all(record.signed for record in given) else NeedState.PAID
    if need.closed_on is not None:
        return NeedState.CLOSED
    if decision:
        return NeedState.DECIDED
    if verdict is not None:
        return _RESULTS.get(verdict.result, NeedState.REFUSED)
    return NeedState.PROPOSED if ask else NeedState.WAITING


_RESULTS = {AGREED: NeedState.AGREED, PUT_OFF: NeedState.PUT_OFF}
