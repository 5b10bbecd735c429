from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.reports.flow import Piece, Placed, kept, kept_ends, pages

HEIGHT = 100.0


def piece(height: float, *, before: float = 0.0, floats: bool = False, barrier: bool = False) -> Piece:
    return Piece(height, lambda canvas, x, y: None, before, floats=floats, barrier=barrier)


def heights(found: Iterable[list[Placed]]) -> list[list[float]]:
    return [[placed.height for _, placed in page] for page in found]


def test_space_above_falls_away_at_a_pages_top() -> None:
    found = pages([piece(60, before=10), piece(60, before=10)], HEIGHT)
    assert [[top for top, _ in page] for page in found] == [[0.0], [0.0]]


def test_a_chain_moves_as_a_whole() -> None:
    found = pages([piece(50), *kept([piece(30), piece(40)])], HEIGHT)
    assert heights(found) == [[50], [30, 40]]


def test_a_chain_taller_than_a_page_is_broken_between_pieces() -> None:
    found = heights(pages([piece(10), *kept([piece(60), piece(61), piece(62)])], HEIGHT))
    assert found in ([[10], [60], [61], [62]], [[10, 60], [61], [62]])


def test_what_floats_lets_the_next_fill_the_page_and_then_leads_the_following_one() -> None:
    found = pages([piece(50), piece(70, floats=True), piece(40), piece(20)], HEIGHT)
    assert heights(found) == [[50, 40], [70, 20]]


def test_a_page_led_by_what_floated_may_be_too_full_for_the_next_chain() -> None:
    found = pages([piece(50), piece(70, floats=True), *kept([piece(30), piece(30)])], HEIGHT)
    assert heights(found) == [[50], [70], [30, 30]]


def test_nothing_floats_past_a_barrier() -> None:
    found = pages([piece(50), piece(70, floats=True), piece(20), piece(10, barrier=True)], HEIGHT)
    assert heights(found) == [[50, 20], [70, 10]]


def test_what_floats_at_the_end_is_still_placed() -> None:
    assert heights(pages([piece(50), piece(70, floats=True)], HEIGHT)) == [[50], [70]]


def test_the_head_is_repeated_when_its_row_starts_a_page() -> None:
    head = piece(7)
    rows = [Piece(30, lambda canvas, x, y: None, head=(head,)) for _ in range(5)]
    assert heights(pages([head, *rows], HEIGHT)) == [[7, 30, 30, 30], [7, 30, 30]]


def test_no_widow_and_no_orphan() -> None:
    for above in range(0, 100, 7):
        lines = kept_ends([piece(7) for _ in range(5)])
        split = [page for page in heights(pages([piece(above), *lines], HEIGHT)) if 7 in page]
        counts = [page.count(7) for page in split]
        assert all(count >= 2 for count in counts), (above, counts)


@given(
    st.lists(
        st.tuples(st.floats(1, 60), st.floats(0, 10), st.booleans(), st.booleans(), st.booleans()),
        min_size=1,
        max_size=40,
    )
)
def test_every_piece_is_placed_once_and_none_overlaps_or_leaves_the_page(
    shapes: list[tuple[float, float, bool, bool, bool]],
) -> None:
    pieces = [
        Piece(height, lambda canvas, x, y: None, before, keep=keep, floats=floats, barrier=barrier)
        for height, before, keep, floats, barrier in shapes
    ]
    found = [*pages(pieces, HEIGHT)]
    assert sorted(id(one) for page in found for _, one in page) == sorted(map(id, pieces))
    for page in found:
        foot = 0.0
        for top, one in page:
            assert top >= foot - 0.001
            foot = top + one.height
        assert foot <= HEIGHT + 0.02
    if not any(one.floats for one in pieces):
        assert [id(one) for page in found for _, one in page] == list(map(id, pieces))
