"""The body rows of Word's tables, written as text while the file is closed: ten thousand rows in a tree of elements
would take half a gigabyte, and a minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from xml.sax.saxutils import escape

from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import Cell, Table
from congdoan_desktop.reports.docx_parts import TWIPS, writable
from congdoan_desktop.reports.pdf_tables import cell_face

_ROW = "<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{cells}</w:tr>"
_HEIGHT = '<w:trHeight w:val="{twips}" w:hRule="atLeast"/>'
_CELL = (
    '<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
    "<w:p><w:pPr>{keep}"
    '<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
    '<w:ind w:firstLine="0" w:left="0"/><w:jc w:val="{align}"/></w:pPr>'
    '<w:r><w:rPr>{bold}<w:sz w:val="{half_points}"/></w:rPr>{text}</w:r></w:p></w:tc>'
)
_PIECES = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def row_xml(block: Table, at: int) -> str:
    """Row `at` of the table's body; its sums of the foot come after the last."""
    setting, foot = g.CELLS[block.form], at == len(block.rows)
    least = setting.foot_least_mm if foot else setting.least_mm
    row = block.foot if foot else block.rows[at]
    keep = _kept(block, at)
    return _ROW.format(
        height=_HEIGHT.format(twips=round(least * g.MM * TWIPS)) if least else "",
        cells="".join(_cells(block, row, setting, keep=keep)),
    )


def count(block: Table) -> int:
    """How many rows the body has."""
    return len(block.rows) + bool(block.foot)


def _kept(block: Table, at: int) -> bool:
    """The last rows stay together, and with the words below them."""
    left = count(block) - at
    return left <= block.tail and (left > 1 or bool(block.words or block.note or block.signed))


def _cells(block: Table, row: Sequence[Cell], setting: g.Cells, *, keep: bool) -> Iterator[str]:
    for cell, place in zip(row, accumulate((cell.columns for cell in row), initial=0), strict=False):
        spanned = block.columns[place : place + cell.columns]
        room = sum(column.width for column in spanned) - 2 * setting.side_mm
        size = cell_face(cell, setting, room * g.MM).size
        yield _CELL.format(
            width=sum(round(column.width * g.MM * TWIPS) for column in spanned),
            span=f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else "",
            keep="<w:keepNext/>" if keep else "",
            before=round(setting.top * TWIPS),
            after=round(setting.bottom * TWIPS),
            line=round(setting.line * TWIPS),
            align=cell.align or block.columns[place].align,
            bold="<w:b/>" if cell.bold else "",
            half_points=int(size * 2),
            text=_run(_words(cell)),
        )


def _words(cell: Cell) -> str:
    """Choices to tick as squares that every font of the reader has."""
    if not cell.boxes:
        return cell.text
    return "   ".join(f"{'☒' if ticked else '☐'} {words}" for words, ticked in cell.boxes)


def _run(text: str) -> str:
    made, plain = [], ""
    for char in writable(text):
        if char in _PIECES:
            made += [_plain(plain), _PIECES[char]]
            plain = ""
        else:
            plain += char
    return "".join([*made, _plain(plain)])


def _plain(text: str) -> str:
    if not text:
        return ""
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{kept}>{escape(text)}</w:t>"
