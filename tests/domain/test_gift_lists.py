"""Lists of gifts as they come over the clipboard."""

from __future__ import annotations

import pytest

from congdoan_desktop.domain.gift_lists import pasted

SON, HOA = {"name": "Lò Văn Sơn", "birth": "1990"}, {"name": "Lò Thị Hoa", "birth": "1991"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(end: str) -> None:
    assert pasted(f"Lò Văn Sơn\t1990{end}Lò Thị Hoa\t1991{end}") == [SON, HOA]


def test_a_cell_of_two_lines_is_one_cell() -> None:
    assert pasted('"Lò Văn\nSơn"\t1990\nLò Thị Hoa\t1991\n') == [SON, HOA]


@pytest.mark.parametrize("more", [0, 20_000])
def test_a_mark_that_nothing_closes_swallows_no_line(more: int) -> None:
    lines = pasted('"Lò Văn Sơn\t1990\nLò Thị Hoa\t1991\n' + "Lò Thị Hoa\t1991\n" * more)
    assert lines == [{**SON, "name": '"Lò Văn Sơn'}, *[HOA] * (more + 1)]
