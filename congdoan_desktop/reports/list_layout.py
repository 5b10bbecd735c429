"""A list as a paper on its side: numbered rows, sums below, who made and who signs it."""

from __future__ import annotations

from congdoan_desktop.domain.list_paper import EMPTY, ListColumn, ListPaper
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.progress import Progress
from congdoan_desktop.reports import heads
from congdoan_desktop.reports.document import (
    Cell,
    Column,
    Document,
    HeadCell,
    Section,
    Signers,
    Table,
    Title,
)
from congdoan_desktop.reports.pace import Pace
from congdoan_desktop.reports.wording import LIST_BELOW_MM, SIGNED_BY_HAND, joined, money_cell

_ORDER = Column(11)


def list_document(made: ListPaper, progress: Progress | None = None) -> Document:
    """The paper; number and day are left to the clerk (rule A11).

    Raises: Cancelled when somebody asked to stop.
    """
    head, pace = made.letterhead, Pace(len(made.rows), progress or Progress())
    blocks = (
        heads.for_the_clerk(head, made.dated.year),
        Title("Danh sách", joined(made.subject), below=LIST_BELOW_MM),
        _table(made, pace),
        Signers((("NGƯỜI LẬP", SIGNED_BY_HAND, made.maker), _signer(made)), form="list"),
    )
    return Document(f"Danh sách {made.subject}", head.issuer, (Section(blocks, landscape=True),), made.sample)


def _signer(made: ListPaper) -> tuple[str, str, str]:
    """Under the authority where there is one, else by the title alone."""
    if made.authority:
        return made.authority[0], made.signer_title, made.signer
    return made.signer_title, SIGNED_BY_HAND, made.signer


def _table(made: ListPaper, pace: Pace) -> Table:
    titles = ("TT", *(column.title for column in made.columns))
    rows = []
    for at, row in enumerate(made.rows, 1):
        rows.append((Cell(str(at)), *map(_cell, row)))
        pace.row()
    if not rows:
        rows = [(Cell(EMPTY, align="left", columns=len(titles)),)]
    total = _total(made) if made.rows and any(column.total for column in made.columns) else None
    return Table(
        (_ORDER, *(Column(column.width, column.align) for column in made.columns)),
        tuple(HeadCell(title, 0, at) for at, title in enumerate(titles)),
        (*rows, *([total] if total else [])),
        note=made.note,
        signed=True,
        tail=3 if total else 2,
    )


def _cell(value: str | int | None) -> Cell:
    if isinstance(value, int):
        return Cell(group_thousands(value) if value else "-")
    return Cell(joined(value or ""))


def _total(made: ListPaper) -> tuple[Cell, ...]:
    """The sums stand under their columns; the words over all columns before the first of them."""
    first = next(at for at, column in enumerate(made.columns) if column.total)
    sums = (_sum(made, at, column) for at, column in enumerate(made.columns) if at >= first)
    return (Cell("Tổng cộng", bold=True, align="center", columns=first + 1), *sums)


def _sum(made: ListPaper, at: int, column: ListColumn) -> Cell:
    if not column.total:
        return Cell("")
    values = (row[at] for row in made.rows)
    return Cell(money_cell(sum(value for value in values if isinstance(value, int))), bold=True)
