"""Page 1 alone: as the whole paper has it, without the rest being set; nothing where page 1 is not known yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from congdoan_desktop.reports.document import Block, Cell, Column, Document, Paragraph, Run, Section, Table, head_row
from congdoan_desktop.reports.flow import Piece, pages
from congdoan_desktop.reports.pdf import first_page, render
from tests.reports.every_paper import PAPERS
from tests.reports.paper import drawn

LINES = Paragraph((Run("Mỗi công đoàn cơ sở một việc làm thiết thực. " * 20),))


@pytest.mark.parametrize("name", PAPERS)
def test_page_1_is_that_of_the_whole_paper(name: str) -> None:
    document = PAPERS[name](90)
    made = first_page(document.sections[0], sample=document.sample)
    assert made is None or drawn(made) == drawn(render(document))
    assert made is not None or name in {"bieu-1", "bieu-2"} or len(document.sections) > 1


@pytest.mark.parametrize(
    ("blocks", "known"),
    [
        ((LINES, LINES), False),
        ((LINES,) * 8, True),
        ((LINES,) * 3, False),
        ((LINES,), False),
    ],
)
def test_what_the_last_block_holds_need_not_be_known_unless_it_begins_on_page_1(
    blocks: tuple[Block, ...], known: bool
) -> None:
    made = first_page(Section(blocks), sample=False)
    assert (made is not None) == known
    if made is not None:
        other = Document("", "", (Section((*blocks[:-1], Paragraph((Run("Khác hẳn."),)))),))
        assert drawn(made) == drawn(render(other))


def test_no_more_is_set_than_page_1_takes() -> None:
    asked = 0

    def rows() -> Iterator[Piece]:
        nonlocal asked
        for _ in range(5000):
            asked += 1
            yield Piece(10, lambda canvas, x, y: None)

    assert len(next(pages(rows(), 100))) == 10
    assert asked < 20


def test_a_table_of_many_rows_is_set_row_by_row() -> None:
    class Rows(tuple[tuple[Cell, ...], ...]):
        """Tells how many of them were taken."""

        taken = 0

        def __iter__(self) -> Iterator[tuple[Cell, ...]]:
            for row in super().__iter__():
                Rows.taken += 1
                yield row

    made = Table((Column(60), Column(60)), head_row(("A", "B")), Rows((Cell("1"), Cell("2")) for _ in range(5000)))
    assert first_page(Section((made, LINES)), sample=False) is not None
    assert Rows.taken < 100
