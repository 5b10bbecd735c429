"""Lists of thousands: they say how far they are, stop when asked, grow with their rows and are the same twice."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from congdoan_desktop.errors import Cancelled
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.reports import docx, pdf
from congdoan_desktop.reports.document import Document
from congdoan_desktop.services import paper_tables
from tests.reports.every_paper import PAPERS

Make = Callable[[Document, Progress | None], bytes]
WAYS: dict[str, Make] = {"pdf": pdf.render, "word": docx.render, "excel": paper_tables.workbook}
LISTS = ("danh-sach-ky-nhan", "quyet-dinh-ho-tro", "sao-ke-quy")


@pytest.mark.parametrize("way", WAYS)
def test_a_long_list_says_how_far_it_is(way: str) -> None:
    told: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, text: told.append((done, total)))
    WAYS[way](PAPERS["danh-sach-ky-nhan"](1500), progress)
    assert len(told) > 2
    assert told == sorted(told)
    assert all(0 <= done <= total for done, total in told)
    assert told[-1][0] > 0.6 * told[-1][1]


@pytest.mark.parametrize("way", WAYS)
def test_it_stops_when_asked(way: str) -> None:
    token, steps = CancelToken(), []

    def step(done: int, _total: int, _text: str) -> None:
        steps.append(done)
        token.cancel()

    with pytest.raises(Cancelled):
        WAYS[way](PAPERS["sao-ke-quy"](1500), Progress(step, token))
    assert len(steps) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", LISTS)
def test_it_is_the_same_twice_and_holds_every_row(way: str, name: str) -> None:
    made = PAPERS[name](700)
    first = WAYS[way](made, None)
    assert WAYS[way](PAPERS[name](700), None) == first
    if way == "word":
        text = zipfile.ZipFile(io.BytesIO(first)).read("word/document.xml")
        assert text.count(b"<w:tr>") >= 700
        assert b"<!--" not in text


@pytest.mark.parametrize("way", WAYS)
def test_twice_the_rows_take_twice_the_time(way: str) -> None:
    """What grew with the square would take four times as long."""

    def took(rows: int) -> float:
        made = PAPERS["quyet-dinh-ho-tro"](rows)
        began = time.process_time()
        WAYS[way](made, None)
        return time.process_time() - began

    took(50)
    assert min(took(3000) for _ in range(2)) < 3 * min(took(1500) for _ in range(2))
