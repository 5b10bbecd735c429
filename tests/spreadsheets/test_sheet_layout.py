"""Where a table stands: titles above, heads of one to three lines, groups, subtotals, notes and signatures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.spreadsheets import layout, reading
from congdoan_desktop.spreadsheets.drafts import LeftOut
from congdoan_desktop.spreadsheets.fields import ListKind
from congdoan_desktop.spreadsheets.layout import Part
from tests.spreadsheets.books import book, drafted

TITLES = ["TT", "Họ và tên", "Ngày sinh", "Quê quán", "Số CCCD"]
FIRST: list[Any] = [1, "Lò Thị Hoa", "05/04/1991", "Lai Châu", "012191000002"]
SECOND: list[Any] = [2, "Vàng A Páo", "1990", "Lai Châu", "012090000001"]


def form_5b(path: Path) -> Path:
    """The group application: the day of birth stands in the column of the sex."""

    def merge(sheet: Any) -> None:
        for cells in ("A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5", "G4:G5"):
            sheet.merge_cells(cells)

    rows = [
        ["CÔNG ĐOÀN XÃ NẬM XUÂN"],
        ["DANH SÁCH NGƯỜI LAO ĐỘNG GIA NHẬP CÔNG ĐOÀN VIỆT NAM"],
        [],
        ["TT", "Họ và tên", "Ngày sinh", None, "Quê quán", "Số CCCD", "Ký tên"],
        [None, None, "Nam", "Nữ"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        [1, "Vàng A Páo", "1990", None, "Lai Châu", "012090000001"],
        [2, "Lò Thị Hoa", None, date(1991, 4, 5), "Lai Châu", "012191000002"],
        ["Tổng cộng: 02 người"],
        [],
        [None, None, None, "Nậm Xuân, ngày 05 tháng 6 năm 2026"],
        [None, "Người lập danh sách"],
        [None, "Lò Văn Sơn"],
    ]
    return book(path, rows, merge)


def test_form_5b(tmp_path: Path) -> None:
    found, left_out = drafted(form_5b(tmp_path / "5b.xlsx"))
    common = {"home": "Lai Châu"}
    assert [draft.values for draft in found] == [
        {"name": "Vàng A Páo", "birth": "1990", "sex": "nam", "citizen_id": "012090000001", **common},
        {"name": "Lò Thị Hoa", "birth": "1991-04-05", "sex": "nữ", "citizen_id": "012191000002", **common},
    ]
    assert all(not draft.findings for draft in found)
    assert [(out.number, out.part) for out in left_out] == [
        (6, Part.NUMBERING), (9, Part.TOTAL), (11, Part.NOTE), (12, Part.NOTE), (13, Part.NOTE),
    ]  # fmt: skip


def test_the_head_of_form_5b_joins_its_two_lines(tmp_path: Path) -> None:
    with reading.open_book(form_5b(tmp_path / "5b.xlsx")) as opened:
        head = layout.find_head(opened.sheet("DS"), Encoding.UNICODE)
    assert (head.first, head.last) == (4, 5)
    assert head.titles == ("TT", "Họ và tên", "Ngày sinh / Nam", "Ngày sinh / Nữ", "Quê quán", "Số CCCD", "Ký tên")


def test_a_head_of_two_lines_without_merged_cells(tmp_path: Path) -> None:
    rows = [
        ["TT", "Họ và tên", "Ngày sinh", None, "Quê quán"],
        [None, None, "Nam", "Nữ"],
        [1, "Lò Thị Hoa", None, "1991", "X"],
    ]
    found, _ = drafted(book(tmp_path / "a.xlsx", rows))
    assert found[0].values == {"name": "Lò Thị Hoa", "birth": "1991", "sex": "nữ", "home": "X"}


def test_the_first_row_may_be_the_head(tmp_path: Path) -> None:
    found, left_out = drafted(book(tmp_path / "a.xlsx", [TITLES, FIRST, SECOND]))
    assert [draft.number for draft in found] == [2, 3]
    assert left_out == []


def test_groups_stand_over_their_rows(tmp_path: Path) -> None:
    rows = [
        TITLES,
        ["I", "CĐCS Trường THPT"],
        FIRST,
        ["II", "CĐCS Trạm Y tế xã"],
        SECOND,
        ["CĐCS HTX chè"],
        [3, *SECOND[1:]],
    ]
    found, left_out = drafted(book(tmp_path / "a.xlsx", rows))
    assert [draft.group for draft in found] == ["CĐCS Trường THPT", "CĐCS Trạm Y tế xã", "CĐCS HTX chè"]
    assert [out.part for out in left_out] == [Part.GROUP] * 3


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (["Cộng"], Part.TOTAL),
        (["Tổng cộng:", None, 12], Part.TOTAL),
        ([None, "Tổng số 12"], Part.TOTAL),
        ([None, "Cộng trang 1"], Part.TOTAL),
        (["1", "2", "3", "4", "5"], Part.NUMBERING),
        (["A", "B", 1, 2, 3], Part.NUMBERING),
        (TITLES, Part.HEAD),
    ],
)
def test_rows_inside_that_are_no_records(row: list[Any], part: Part, tmp_path: Path) -> None:
    found, left_out = drafted(book(tmp_path / "a.xlsx", [TITLES, FIRST, row, SECOND]))
    assert [draft.values["name"] for draft in found] == ["Lò Thị Hoa", "Vàng A Páo"]
    assert [(out.number, out.part) for out in left_out] == [(3, part)]


@pytest.mark.parametrize("name", ["Tòng Văn Cộng", "Tổng Thị Số", "Công Tằng", "Cộng Văn Nam", "Tô Tổng"])
def test_people_are_never_taken_for_subtotals(name: str, tmp_path: Path) -> None:
    found, left_out = drafted(book(tmp_path / "a.xlsx", [TITLES, [1, name, "1990", "Lai Châu", "012090000001"], FIRST]))
    assert found[0].values["name"] == name
    assert left_out == []


@pytest.mark.parametrize(
    "note",
    [
        "Ghi chú: danh sách này có 2 người", "Người lập biểu", "TM. BAN CHẤP HÀNH",
        "Lai Châu, ngày 05 tháng 6 năm 2026",
        "Nơi nhận:", "CHỦ TỊCH", "Danh sách này có 02 người", "(Ký, ghi rõ họ tên)",
    ],
)  # fmt: skip
def test_notes_and_signatures_end_the_table(note: str, tmp_path: Path) -> None:
    found, left_out = drafted(book(tmp_path / "a.xlsx", [TITLES, FIRST, [], [None, note], [None, "Lò Văn Sơn"]]))
    assert len(found) == 1
    assert left_out == [LeftOut(4, Part.NOTE, note), LeftOut(5, Part.NOTE, "Lò Văn Sơn")]


def test_every_row_below_the_head_is_a_record_or_named(tmp_path: Path) -> None:
    with reading.open_book(form_5b(tmp_path / "a.xlsx")) as opened:
        filled = {row.number for row in opened.sheet("DS").rows() if row.filled and row.number > 5}
    found, left_out = drafted(tmp_path / "a.xlsx")
    assert {draft.number for draft in found} | {out.number for out in left_out} == filled


def test_old_fonts_are_read_as_the_words_they_show(tmp_path: Path) -> None:
    rows = [
        ["DANH S¸CH §OµN VI£N"], [], ["Stt", "Hä vµ tªn", "Ngµy sinh", "GT", "D©n téc", "§¬n vÞ"],
        [1, "Lß V¨n ChÝnh", "12/03/1989", "Nam", "Th¸i", "HTX chÌ Phóc Than"],
        [2, "§Ìo ThÞ L¶", "27/08/1992", "N÷", "Th¸i", "Tr¹m Y tÕ M­êng Kim"], ["Tæng céng: 2"], ["Ng­êi lËp biÓu"],
    ]  # fmt: skip
    found, left_out = drafted(book(tmp_path / "a.xlsx", rows))
    assert [draft.values["name"] for draft in found] == ["Lò Văn Chính", "Đèo Thị Lả"]
    assert found[1].values["unit"] == "Trạm Y tế Mường Kim"
    assert found[1].values["sex"] == "nữ"
    assert [(out.part, out.text) for out in left_out] == [(Part.TOTAL, "Tổng cộng: 2"), (Part.NOTE, "Người lập biểu")]
    assert [out.reason for out in left_out] == ["dòng cộng", "ghi chú, chữ ký dưới bảng"]


UNIONS = ["TT", "Tên công đoàn cơ sở", "Đoàn viên", None, "Địa chỉ"]


def test_a_section_right_under_a_merged_head_is_none_of_its_lines(tmp_path: Path) -> None:
    def merge(sheet: Any) -> None:
        for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            sheet.merge_cells(cells)

    rows = [
        UNIONS,
        [None, None, "Tổng số", "Nữ"],
        ["I", "Công đoàn xã Than Uyên"],
        [1, "CĐCS Trường Mầm non", 20, 12, "Than Uyên"],
        ["A.", "Khối trường học"],
    ]
    found, left_out = drafted(book(tmp_path / "a.xlsx", rows, merge), ListKind.UNITS)
    assert [(draft.values["name"], draft.values["members"], draft.group) for draft in found] == [
        ("CĐCS Trường Mầm non", 20, "Công đoàn xã Than Uyên")
    ]
    assert [out.part for out in left_out] == [Part.GROUP] * 2


@pytest.mark.parametrize(
    ("label", "merged", "record"),
    [
        ("CĐCS Trường THCS Nậm Xuân", False, True),
        ("Hợp tác xã chè", False, True),
        ("Trường Mầm non", True, False),
        ("Công đoàn xã Nậm Xuân", False, False),
        ("KHỐI TRƯỜNG HỌC", False, False),
    ],
)
@pytest.mark.parametrize("kind", [ListKind.UNITS, ListKind.WORKPLACES])
def test_a_name_alone_is_a_union_or_a_workplace(
    kind: ListKind, label: str, merged: bool, record: bool, tmp_path: Path
) -> None:
    def merge(sheet: Any) -> None:
        if merged:
            sheet.merge_cells("A2:D2")

    rows = [["Tên đơn vị", "Địa chỉ", "Số lao động", "Cột lạ"], [label], ["Trạm Y tế", "Nậm Xuân", 9, "x"]]
    found, left_out = drafted(book(tmp_path / "a.xlsx", rows, merge), kind)
    assert [draft.values["name"] for draft in found] == ([label] if record else []) + ["Trạm Y tế"]
    assert [out.part for out in left_out] == ([] if record else [Part.GROUP])
