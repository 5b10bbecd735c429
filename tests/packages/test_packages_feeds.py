"""Next, gap, repeat, fork: a pure function of what was accepted."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from congdoan_desktop.packages.feeds import FeedState, Place, Verdict, judge, state_of
from congdoan_desktop.packages.header import Header
from tests.packages.offices import PERIOD, PROVINCE, UNION, header, uid


def package(seq: int, previous: str | None = None, **changes: object) -> Header:
    before = previous or (identity(seq - 1) if seq > 1 else None)
    return header(UNION, PROVINCE, "report", period=PERIOD, seq=seq, previous=before, **changes)


def identity(seq: int) -> str:
    return f"{seq:064x}"


def known(*numbers: int) -> FeedState:
    return state_of((identity(n), package(n)) for n in numbers)


CASES = [
    (known(), 1, Verdict(Place.NEXT)),
    (known(1), 2, Verdict(Place.NEXT)),
    (known(1, 2), 2, Verdict(Place.REPEAT)),
    (known(), 3, Verdict(Place.GAP, (1, 2))),
    (known(1, 2), 5, Verdict(Place.GAP, (3, 4))),
    (known(1, 3), 2, Verdict(Place.NEXT)),
    (known(5), 3, Verdict(Place.GAP, (1, 2))),
    (known(2, 3, 1), 4, Verdict(Place.NEXT)),
]


@pytest.mark.parametrize(("state", "seq", "verdict"), CASES)
def test_places(state: FeedState, seq: int, verdict: Verdict) -> None:
    found = judge(state, package(seq), identity(seq))
    assert found == verdict
    assert not found.fork


FORKS = [
    (known(1, 2), package(2), "other"),
    (known(1, 2), package(3, previous="ff" * 32), identity(3)),
    (known(2), package(1), "other"),
    (known(1), package(2, installation=uid(0x999)), identity(2)),
]


@pytest.mark.parametrize(("state", "made", "package_id"), FORKS)
def test_forks(state: FeedState, made: Header, package_id: str) -> None:
    assert judge(state, made, package_id).fork


@given(st.permutations(range(1, 8)))
def test_any_order_ends_without_gaps(order: list[int]) -> None:
    accepted: list[tuple[str, Header]] = []
    for seq in order:
        found = judge(state_of(accepted), package(seq), identity(seq))
        assert found.missing == tuple(n for n in range(1, seq) if n not in {h.seq for _, h in accepted})
        accepted.append((identity(seq), package(seq)))
    assert judge(state_of(accepted), package(8), identity(8)) == Verdict(Place.NEXT)
