"""A statistics form (1-HĐCĐ, 2-HĐCĐ) as a paper: TT, Nội dung, Đơn vị tính, Số lượng, Ghi chú (rule B01)."""

from __future__ import annotations

from collections.abc import Iterator

from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.statistics_forms import FormRow, FormSection, Share
from congdoan_desktop.domain.statistics_paper import StatisticsPaper
from congdoan_desktop.reports import heads
from congdoan_desktop.reports.document import (
    Cell,
    Column,
    Document,
    Paragraph,
    Run,
    Section,
    Signers,
    Table,
    Title,
    head_row,
)
from congdoan_desktop.reports.wording import NO_BREAK, SIGNED_BY_HAND, blank_date, joined, percent

_COLUMNS = (("TT", 11.0), ("Nội dung", 83.0), ("Đơn vị tính", 21.0), ("Số lượng", 28.0), ("Ghi chú", 22.0))
_UNCONFIRMED = "(*)"


def statistics_document(paper: StatisticsPaper) -> Document:
    """The paper; day and number are left to the clerk."""
    head, form, period = paper.letterhead, paper.form, paper.period
    subject = f"{period.name[:1].upper()}{period.name[1:]} (chốt số liệu ngày{NO_BREAK}{cited_date(period.ends)})"
    rows = tuple(cells for section in form.sections for cells in _section(paper, section))
    table = Table(
        tuple(Column(width, {1: "left", 3: "right"}.get(at, "center")) for at, (_, width) in enumerate(_COLUMNS)),  # type: ignore[arg-type]  # names of sides
        head_row(name for name, _ in _COLUMNS),
        rows,
        note="" if all(section.confirmed for section in form.sections) else form.note,
        signed=True,
    )
    blocks = (
        heads.printed(head, f"Mẫu số {form.code}", blank_date(head.place, paper.dated.year)),
        Title(form.title, joined(subject)),
        _line("Công đoàn cấp trên: ", head.parent),
        _line("Đơn vị báo cáo: ", head.issuer),
        table,
        Signers((
            ("NGƯỜI LẬP BIỂU", SIGNED_BY_HAND, paper.officer),
            ("TM. BAN CHẤP HÀNH", "(Ký tên, đóng dấu)", ""),
        )),
    )  # fmt: skip
    return Document(f"Mẫu số {form.code} {period.name}", head.issuer, (Section(blocks),), paper.sample)


def value_text(value: int | Share | None) -> str:
    """Thousands with dots, shares with one decimal; blank where nothing is known."""
    if value is None:
        return ""
    return percent(*value, None).removesuffix("%") if isinstance(value, tuple) else group_thousands(value)


def _line(name: str, text: str) -> Paragraph:
    return Paragraph((Run(name), Run(text, bold=True)), indented=False)


def _section(paper: StatisticsPaper, section: FormSection) -> Iterator[tuple[Cell, ...]]:
    mark = "" if section.confirmed else f" {_UNCONFIRMED}"
    yield (Cell(section.number, bold=True), Cell(section.title + mark, bold=True, columns=len(_COLUMNS) - 1))
    for row in section.rows:
        yield _row(paper, row)


def _row(paper: StatisticsPaper, row: FormRow) -> tuple[Cell, ...]:
    return (
        Cell(row.number),
        Cell(joined(row.label)),
        Cell(row.unit),
        Cell(value_text(paper.values.get(row.code))),
        Cell(paper.notes.get(row.code, "")),
    )
