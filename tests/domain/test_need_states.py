"""How far needs have come: laws over any steps in any order, and the words of a few cases."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.need_states import Journey, NeedState, Steps, journeys
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.proposals import (
    AGREED,
    RESULTS,
    Ask,
    Proposal,
    ReviewMeeting,
    SupportDecision,
    Verdict,
)
from congdoan_desktop.domain.support import SupportRecord

FIRST = date(2024, 1, 1)
NEEDS = {f"n{at}": Need("u", f"p{at}", "doan_vien", "kho_khan", "tro_cap", FIRST) for at in range(4)}
days = st.integers(0, 40).map(lambda count: FIRST + timedelta(count))
some_needs = st.lists(st.sampled_from(sorted(NEEDS)), min_size=1, max_size=4, unique=True)


@st.composite
def steps(draw: Any) -> Steps:
    proposals = {
        f"t{at}": Proposal("u", "u", draw(days), tuple(Ask(need, 5, 0, "f") for need in draw(some_needs)))
        for at in range(draw(st.integers(0, 3)))
    }
    meetings = {
        f"m{id_}": ReviewMeeting(
            "u", id_, draw(days),
            tuple(Verdict(ask.need, draw(st.sampled_from(RESULTS)), 4, 0, "f") for ask in proposal.asks),
        )
        for id_, proposal in proposals.items()
        if draw(st.booleans())
    }  # fmt: skip
    decisions = {
        f"d{id_}": SupportDecision("u", id_, "1/QĐ", draw(days), agreed)
        for id_, meeting in meetings.items()
        if (agreed := tuple(one.need for one in meeting.verdicts if one.result == AGREED)) and draw(st.booleans())
    }
    supports = {
        f"s{at}": SupportRecord(
            "u", "p", None, "kho_khan", "tro_cap", draw(st.integers(1, 9)), 0, "f", FIRST, need=need,
            signed=draw(st.sampled_from([None, FIRST])),
        )
        for at, need in enumerate(draw(st.lists(st.sampled_from(sorted(NEEDS)), max_size=5)))
    }  # fmt: skip
    return Steps(proposals, meetings, decisions, supports)


def shuffled(of: Any, seed: int) -> dict[str, Any]:
    items = list(of.items())
    random.Random(seed).shuffle(items)
    return dict(items)


def comparable(found: dict[str, Journey]) -> dict[str, object]:
    return {id_: (one.state, one.proposal, one.meeting, one.decision, set(one.supports), one.paid)
            for id_, one in found.items()}  # fmt: skip


@given(steps(), st.integers(0, 99))
def test_the_order_in_which_records_came_changes_nothing(known: Steps, seed: int) -> None:
    mixed = Steps(*(shuffled(of, seed) for of in (known.proposals, known.meetings, known.decisions, known.supports)))
    assert comparable(journeys(NEEDS, known)) == comparable(journeys(NEEDS, mixed))


@given(steps())
def test_what_was_paid_is_the_sum_of_the_support(known: Steps) -> None:
    for id_, way in journeys(NEEDS, known).items():
        given_ = [one for one in known.supports.values() if one.need == id_]
        assert way.paid == sum(one.cash for one in given_)
        assert (way.state in (NeedState.PAID, NeedState.SIGNED)) == bool(given_)
        assert (way.state is NeedState.SIGNED) == (bool(given_) and all(one.signed for one in given_))


@given(steps())
def test_each_state_stands_on_the_step_before(known: Steps) -> None:
    """Nothing is decided that was not agreed to, nothing heard that was not asked."""
    for way in journeys(NEEDS, known).values():
        if way.decision:
            assert way.verdict is not None
            assert way.verdict.result == AGREED
        if way.meeting:
            assert known.meetings[way.meeting].proposal == way.proposal
        if way.state is NeedState.WAITING:
            assert not way.proposal


@given(steps())
def test_taking_all_steps_back_leaves_every_need_waiting(known: Steps) -> None:
    left = Steps({}, known.meetings, known.decisions, {})
    assert {way.state for way in journeys(NEEDS, left).values()} == {NeedState.WAITING}
