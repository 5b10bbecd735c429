"""What a reader of the copy in clear can work out: every possible table behind the marks is tried."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.reports.small_cells import UNDER_FIVE, WITHHELD, Count, ShownCounts, shown_counts

_FAR = 40


def possible(counts: list[Count], shown: ShownCounts) -> list[set[int]]:
    """For each row, the times that fit the marks and, where it is printed, the total."""
    ranges: dict[str | None, Callable[[int], range]] = {
        None: lambda at: range(counts[at].times, counts[at].times + 1),
        UNDER_FIVE: lambda at: range(1, 5),
        f"{UNDER_FIVE} người": lambda at: range(5, _FAR),
        WITHHELD: lambda at: range(5, _FAR),
    }
    total = sum(count.times for count in counts)
    fitting: list[set[int]] = [set() for _ in counts]
    for row in product(*(ranges[mark](at) for at, mark in enumerate(shown.rows))):
        if not shown.total or sum(row) == total:
            for at, times in enumerate(row):
                fitting[at].add(times)
    return fitting


@pytest.mark.parametrize(
    ("counts", "rows", "total"),
    [
        ([(32, 32), (11, 10)], [None, None], True),
        ([], [], True),
        ([(0, 0), (9, 9)], [None, None], True),
        ([(3, 3), (2, 2), (4, 4), (30, 30)], [UNDER_FIVE] * 3 + [None], True),
        ([(3, 3), (11, 11), (30, 30)], [UNDER_FIVE, WITHHELD, None], True),
        ([(1, 1), (5, 5), (30, 30)], [UNDER_FIVE, WITHHELD, WITHHELD], True),
        ([(2, 2)], [UNDER_FIVE], False),
        ([(1, 1), (1, 1)], [UNDER_FIVE] * 2, False),
        ([(4, 4), (4, 4), (4, 4)], [UNDER_FIVE] * 3, False),
        ([(9, 3), (20, 20)], [f"{UNDER_FIVE} người", WITHHELD], True),
        ([(4, 4), (5, 5)], [UNDER_FIVE, WITHHELD], True),
        ([(1, 1), (5, 5)], [UNDER_FIVE, None], False),
    ],
)
def test_which_counts_show(counts: list[tuple[int, int]], rows: list[str | None], total: bool) -> None:
    assert shown_counts([Count(*count) for count in counts]) == ShownCounts(tuple(rows), total)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_no_cell_under_five_can_be_worked_out(drawn: list[tuple[int, int]]) -> None:
    counts = [Count(times, max(1, min(times, people)) if times else 0) for times, people in drawn]
    shown = shown_counts(counts)
    for count, mark, values in zip(counts, shown.rows, possible(counts, shown), strict=True):
        assert (mark is not None and mark.startswith(UNDER_FIVE)) == count.small
        if count.small:
            assert len(values) > 1
            assert count.times in values


def test_the_check_has_teeth() -> None:
    """Hiding the small cell alone would betray it through the total."""
    counts = [Count(3, 3), Count(30, 30)]
    assert possible(counts, ShownCounts((UNDER_FIVE, None), total=True))[0] == {3}
