"""A fund's statement: what came in and went out day by day, the balance after each, and the sums (rules B11, B13)."""

from __future__ import annotations

from itertools import accumulate

from congdoan_desktop.domain.dates import cited_date, short_date
from congdoan_desktop.domain.gift_papers import FundStatement
from congdoan_desktop.domain.money import money_in_words
from congdoan_desktop.reports import heads
from congdoan_desktop.reports.document import (
    Cell,
    Column,
    Document,
    Section,
    Signers,
    Table,
    Title,
    head_row,
)
from congdoan_desktop.reports.wording import SIGNED_BY_HAND, joined, money, money_cell

_COLUMNS = (
    ("TT", Column(8)),
    ("Ngày", Column(22)),
    ("Nội dung", Column(36, "left")),
    ("Đơn vị", Column(27, "left")),
    ("Thu", Column(24, "right")),
    ("Chi", Column(24, "right")),
    ("Còn lại", Column(24, "right")),
)
_NOTE = "Phần chi là các khoản chăm lo ghi trong phần mềm; số liệu kế toán theo sổ kế toán của đơn vị."


def fund_statement_document(made: FundStatement) -> Document:
    """The paper; number and day are left to the clerk (rule A11)."""
    head = made.letterhead
    span = f"từ ngày {cited_date(made.starts)} đến ngày {cited_date(made.ends)}"
    blocks = (
        heads.for_the_clerk(head, made.on.year),
        Title("Sao kê quỹ", joined(f"{made.fund} {span}")),
        _table(made),
        Signers(
            (
                ("NGƯỜI LẬP", SIGNED_BY_HAND, made.maker),
                (made.signature.authority[0], made.signature.title, made.signature.name),
            ),
            form="list",
        ),
    )
    return Document(f"Sao kê {made.fund}", head.issuer, (Section(blocks),), made.sample)


def _table(made: FundStatement) -> Table:
    left = list(accumulate((line.incoming - line.outgoing for line in made.lines), initial=made.opening))
    rows = [
        (
            Cell(str(number)),
            Cell(short_date(line.on)),
            Cell(line.what),
            Cell(joined(line.unit)),
            Cell(money_cell(line.incoming)),
            Cell(money_cell(line.outgoing)),
            Cell(signed_cell(left[number])),
        )
        for number, line in enumerate(made.lines, 1)
    ]
    came, went = (money_cell(sum(getattr(line, name) for line in made.lines)) for name in ("incoming", "outgoing"))
    return Table(
        tuple(column for _, column in _COLUMNS),
        head_row(name for name, _ in _COLUMNS),
        (
            _sum_row("Số dư đầu kỳ", "", "", signed_cell(made.opening)),
            *rows,
            _sum_row("Cộng trong kỳ; số dư cuối kỳ", came, went, signed_cell(left[-1])),
        ),
        unit_line="Đơn vị tính: đồng",
        words=joined(f"({_words(left[-1])})."),
        note=_NOTE,
        tail=3,
        signed=True,
    )


def _sum_row(words: str, incoming: str, outgoing: str, left: str) -> tuple[Cell, ...]:
    figures = (Cell(text, bold=True) for text in (incoming, outgoing, left))
    return (Cell(words, bold=True, align="left", columns=4), *figures)


def signed_cell(amount: int) -> str:
    """A balance: "-" for nothing, a minus before what was spent beyond what came in."""
    return f"−{money_cell(-amount)}" if amount < 0 else money_cell(amount)


def _words(left: int) -> str:
    if left < 0:
        return f"Quỹ chi vượt {money(-left)}. Bằng chữ: {money_in_words(-left)}"
    return f"Bằng chữ số dư cuối kỳ: {money_in_words(left)}"
