"""The list behind a decision on support: names, sums and funds, no circumstances (rules A07, C07)."""

from __future__ import annotations

from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.money import money_in_words
from congdoan_desktop.domain.need_papers import DecidedRow, DecisionPaper
from congdoan_desktop.reports import heads
from congdoan_desktop.reports.document import (
    Block,
    Cell,
    Column,
    Signers,
    Table,
    Title,
    head_row,
)
from congdoan_desktop.reports.wording import SIGNED_BY_HAND, by_fund, joined, money_cell, padded

_COLUMNS = (
    ("TT", Column(9)),
    ("Họ và tên", Column(42, "left")),
    ("Năm sinh", Column(15)),
    ("Công đoàn cơ sở", Column(43, "left")),
    ("Nội dung hỗ trợ", Column(32, "left")),
    ("Số tiền (đồng)", Column(24, "right")),
)


def list_blocks(made: DecisionPaper) -> tuple[Block, ...]:
    """A list has no number and date of its own: the decision carries them."""
    head = made.letterhead
    reference = f"(Kèm theo Quyết định số {made.number} ngày {cited_date(made.on)} của Ban Thường vụ {head.issuer})"
    return (
        heads.printed(head),
        Title("Danh sách", "Đoàn viên, người lao động được hỗ trợ", reference=joined(reference)),
        _table(made.rows),
        Signers(
            (
                ("NGƯỜI LẬP DANH SÁCH", SIGNED_BY_HAND, made.maker),
                (made.signature.authority[0], made.signature.title, made.signature.name),
            ),
            form="list",
        ),
    )


def _table(rows: tuple[DecidedRow, ...]) -> Table:
    total = sum(row.amount for row in rows)
    last = (
        Cell(joined(f"Tổng cộng: {padded(len(rows))} trường hợp"), bold=True, align="left", columns=5),
        Cell(money_cell(total), bold=True),
    )
    return Table(
        tuple(column for _, column in _COLUMNS),
        head_row(name for name, _ in _COLUMNS),
        (*(_row(number, row) for number, row in enumerate(rows, 1)), last),
        words=f"(Bằng chữ: {money_in_words(total)}).",
        note=joined(f"Nguồn kinh phí: {by_fund((row.fund, row.amount) for row in rows)}."),
        tail=3,
        signed=True,
    )


def _row(number: int, row: DecidedRow) -> tuple[Cell, ...]:
    return (
        Cell(str(number)),
        Cell(row.name),
        Cell(str(row.birth_year or "")),
        Cell(joined(row.unit)),
        Cell(joined(row.what)),
        Cell(money_cell(row.amount)),
    )
