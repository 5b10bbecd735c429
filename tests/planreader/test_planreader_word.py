"""What Word keeps beside a paragraph's own letters: numbers of lists, text boxes, changes, merged cells, notes."""

from __future__ import annotations

import io
from typing import Any

from congdoan_desktop.planreader import intake
from congdoan_desktop.planreader.reading import read_plan
from congdoan_desktop.planreader.shape import shaped
from congdoan_desktop.progress import Progress

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_KINDS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "\uf0b7"), ("decimal", "%2.%5"))


def made(body: str, notes: tuple[str, ...] = ()) -> bytes:
    """A Word file whose body is this XML; its list 1 counts I. / 1. / a) / bullet / 1.1."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(_KINDS)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for element in parse_xml(f"<w:body {W}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    if notes:
        inside = "".join(f"<w:footnote><w:p>{run(note)}</w:p></w:footnote>" for note in notes)
        blob = f"<w:footnotes {W}>{inside}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), "application/xml", blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(depth: int, text: str) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>'
    return f"<w:p><w:pPr>{numbers}</w:pPr>{run(text)}</w:p>"


def plain(text: str) -> str:
    return f"<w:p>{run(text)}</w:p>"


def lines(data: bytes) -> list[str]:
    return [line for line in intake.source_of(data, Progress()).lines if line.strip()]


def targets(data: bytes) -> list[tuple[Any, ...]]:
    read = shaped(read_plan(intake.source_of(data, Progress()), Progress()))
    return [(target["text"], target["value"], target["unit"]) for target in read["targets"]]


def test_numbers_of_lists_are_printed() -> None:
    body = "".join(
        listed(depth, text)
        for depth, text in ((0, "Mục đích"), (0, "Chỉ tiêu"), (1, "Chung"), (2, "Một"), (2, "Hai"), (3, "Ba"),
                            (1, "Riêng"), (2, "Bốn"), (4, "Năm"))
    )  # fmt: skip
    assert lines(made(body)) == [
        "I. Mục đích", "II. Chỉ tiêu", "1. Chung", "a) Một", "b) Hai", "- Ba", "2. Riêng", "a) Bốn", "2.1. Năm",
    ]  # fmt: skip


def test_a_heading_that_word_numbers_says_what_stands_under_it() -> None:
    body = listed(0, "Kết quả đạt được năm 2025") + plain("Kết nạp 40 đoàn viên.") + listed(0, "Chỉ tiêu năm 2026")
    assert targets(made(body + plain("Kết nạp 50 đoàn viên."))) == [("Kết nạp 50 đoàn viên", 50, "đoàn viên")]


def test_what_was_struck_out_is_not_read_and_what_was_put_in_is() -> None:
    changed = f"<w:del>{run('80')}</w:del><w:ins>{run('90')}</w:ins>"
    body = f"<w:p>{run('Phấn đấu ')}{changed}{run('% đoàn viên tham gia.')}</w:p>"
    assert [value for _, value, _ in targets(made(body))] == [90]


def test_controls_and_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{plain('Số: 12/KH-CĐX')}</w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    control = f"<w:sdt><w:sdtContent>{plain('KẾ HOẠCH')}</w:sdtContent></w:sdt>"
    body = f"<w:p>{run('CÔNG ĐOÀN XÃ A')}<w:r>{alternate}</w:r></w:p>{control}"
    assert lines(made(body)) == ["CÔNG ĐOÀN XÃ A", "Số: 12/KH-CĐX", "KẾ HOẠCH"]


def test_heads_over_several_columns_name_those_under_them() -> None:
    def cell(text: str, span: int = 1, merged: str = "") -> str:
        properties = f'<w:gridSpan w:val="{span}"/>' + (f'<w:vMerge w:val="{merged}"/>' if merged else "")
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{plain(text)}</w:tc>"

    rows = (
        cell("TT", merged="restart") + cell("Đơn vị", merged="restart") + cell("Chỉ tiêu giao", 2),
        cell("", merged="continue") + cell("", merged="continue") + cell("Kết nạp đoàn viên") + cell("Thành lập CĐCS"),
        cell("1") + cell("Công đoàn xã Bình An") + cell("35") + cell("2"),
        cell("2") + cell("Công đoàn xã Bình Lộc") + cell("40") + cell("1"),
    )
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert targets(made(plain("Chỉ tiêu giao cho các đơn vị năm 2026 như sau:") * 3 + table)) == [
        ("Công đoàn xã Bình An", 35, "đoàn viên"), ("Công đoàn xã Bình An", 2, "CĐCS"),
        ("Công đoàn xã Bình Lộc", 40, "đoàn viên"), ("Công đoàn xã Bình Lộc", 1, "CĐCS"),
    ]  # fmt: skip


def test_footnotes_stand_behind_and_set_no_mark() -> None:
    data = made(plain("Phấn đấu 90% đoàn viên tham gia."), ("Năm 2025 đạt 86%.",))
    assert lines(data)[-1] == "Năm 2025 đạt 86%."
    assert [value for _, value, _ in targets(data)] == [90]
