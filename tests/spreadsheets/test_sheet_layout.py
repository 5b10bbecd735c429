"""Where a table stands: titles above, heads of one to three lines, groups, subtotals, notes and signatures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.spreadsheets import columns, drafts, layout, reading
from congdoan_desktop.spreadsheets.columns import UNMATCHED, State
from congdoan_desktop.spreadsheets.drafts import LeftOut
from congdoan_desktop.spreadsheets.fields import IGNORED, ListKind
from congdoan_desktop.spreadsheets.layout import Part
from tests.spreadsheets.books import TODAY, book, drafted, matched

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


def match_of(path: Path, kind: ListKind = ListKind.MEMBERS) -> columns.Matching:
    with reading.open_book(path) as opened:
        return matched(opened.sheet(opened.sheets[0].name), kind)


@pytest.mark.parametrize(
    ("kind", "titles", "row", "expected"),
    [
        (
            ListKind.MEMBERS,
            [
                "STT",
                "HỌ TÊN",
                "Năm sinh",
                "Phái",
                "DT",
                "CCCD/CMND",
                "Số sổ BHXH",
                "SĐT",
                "Đơn vị công tác",
                "Ngày kết nạp",
            ],
            [
                1,
                "Lò Thị Hoa",
                1991,
                "Nữ",
                "Thái",
                "012191000002",
                "0123456789",
                "0912345678",
                "Trạm Y tế",
                "01/09/2015",
            ],
            [IGNORED, "name", "birth", "sex", "ethnicity", "citizen_id", "insurance", "phone", "unit", "joined"],
        ),
        (
            ListKind.WORKPLACES,
            [
                "TT",
                "Tên doanh nghiệp",
                "MST",
                "Loại hình DN",
                "Địa chỉ trụ sở",
                "Tổng số LĐ",
                "Trong đó nữ",
                "Đã có CĐCS",
            ],
            [1, "Công ty Chè", "6200012345", "TNHH", "Than Uyên", 120, 48, "x"],
            [IGNORED, "name", "tax_code", "ownership", "address", "workers", "women", "has_union"],
        ),
        (
            ListKind.UNITS,
            ["TT", "Tên CĐCS", "Mã", "Khối", "Cấp trên trực tiếp", "Số CNVCLĐ", "Số đoàn viên", "Nữ", "Ghi chú"],
            [1, "CĐCS Trường THPT", "CS-1", "Giáo dục", "CĐ xã Nậm Xuân", 48, 45, 30, ""],
            [IGNORED, "name", "code", "kind", "parent", "workers", "members", "women_members", "note"],
        ),
    ],
)
def test_columns_by_their_titles(
    kind: ListKind, titles: list[str], row: list[Any], expected: list[str], tmp_path: Path
) -> None:
    matching = match_of(book(tmp_path / "a.xlsx", [titles, row, row]), kind)
    assert [match.field for match in matching.columns] == expected
    assert matching.missing == ()


def test_columns_by_their_contents_where_titles_say_nothing(tmp_path: Path) -> None:
    rows = [
        ["A1", "B1", "C1", "D1", "E1"],
        *([n, "Lò Thị Hoa", "Nữ", f"01219100000{n}", "0912345678"] for n in range(1, 8)),
    ]
    matching = match_of(book(tmp_path / "a.xlsx", rows))
    assert {match.field for match in matching.columns} >= {"name", "sex", "citizen_id", "phone"}
    assert all(match.state is not State.SURE for match in matching.columns)


def test_a_title_whose_contents_contradict_is_not_believed(tmp_path: Path) -> None:
    rows = [
        ["TT", "Họ và tên", "CCCD", "Điện thoại"],
        *([n, "Lò Thị Hoa", "0912345678", "012191000002"] for n in range(1, 8)),
    ]
    matching = match_of(book(tmp_path / "a.xlsx", rows))
    assert {m.title: m.field for m in matching.columns}["CCCD"] != "citizen_id" or all(
        m.state is not State.SURE for m in matching.columns if m.title in ("CCCD", "Điện thoại")
    )


def test_an_unknown_column_waits_for_a_choice(tmp_path: Path) -> None:
    matching = match_of(book(tmp_path / "a.xlsx", [[*TITLES, "Sở thích"], [*FIRST, "bóng chuyền"]]))
    assert matching.columns[-1].field == UNMATCHED
    assert matching.columns[-1].state is State.UNMATCHED


def test_questions_are_put_before_the_rows(tmp_path: Path) -> None:
    rows = [["TT", "Họ và tên", "Ngày sinh", "GT", "Ngày vào CĐ"], [1, "Lò Thị Hoa", "12/3/89", 2, "12/25/2015"]]
    matching = match_of(book(tmp_path / "a.xlsx", rows))
    notes = {match.field: (match.state, match.note) for match in matching.columns if match.note}
    assert notes["birth"] == (State.QUESTION, "Năm chỉ có hai chữ số. Chọn thế kỷ.")
    assert notes["sex"][0] is State.QUESTION
    assert matching.fields["joined"].month_first


def test_days_that_a_spreadsheet_turned_round_are_asked_for(tmp_path: Path) -> None:
    """Text of days over 12 beside real dates up to 12: the file once met a computer of American order."""
    births = ["27/08/1992", date(1991, 5, 6), "13/02/1985", date(1990, 3, 3), date(1988, 12, 1)]
    rows = [["TT", "Họ và tên", "Ngày sinh"], *([n, "Lò Thị Hoa", birth] for n, birth in enumerate(births, 1))]
    path = book(tmp_path / "a.xlsx", rows)
    assert match_of(path).columns[2].state is State.QUESTION
    found, _ = drafted(path)
    assert [draft.values.get("birth") for draft in found] == ["1992-08-27", None, "1985-02-13", "1990-03-03", None]
    assert str(found[1].findings[0]).startswith("C3: “06/05/1991” – 06/05 hay 05/06/1991?")


def test_days_as_they_stand_when_a_person_says_so(tmp_path: Path) -> None:
    births = ["27/08/1992", date(1991, 5, 6), "13/02/1985", date(1990, 3, 3)]
    rows = [["TT", "Họ và tên", "Ngày sinh"], *([n, "Lò Thị Hoa", birth] for n, birth in enumerate(births, 1))]
    with reading.open_book(book(tmp_path / "a.xlsx", rows)) as opened:
        sheet = opened.sheet("DS")
        matching = matched(sheet).with_column(2, month_first=False)
        assert matching.columns[2].state is State.SURE
        found = list(drafts.ImportSheet(sheet, matching, TODAY).drafts())
    assert [draft.values["birth"] for draft in found] == ["1992-08-27", "1991-05-06", "1985-02-13", "1990-03-03"]


def test_a_column_chosen_by_hand_puts_its_question_too(tmp_path: Path) -> None:
    rows = [["TT", "Họ và tên", "Sinh ra"], [1, "Lò Thị Hoa", "12/3/89"], [2, "Vàng A Páo", "1/3/90"]]
    matching = match_of(book(tmp_path / "a.xlsx", rows)).with_column(2, field="birth")
    assert (matching.columns[2].state, matching.columns[2].short_years) == (State.QUESTION, True)
    assert matching.with_column(2, pivot=30).columns[2].state is State.SURE


def test_the_writing_of_a_file_is_not_remembered_for_the_next(tmp_path: Path) -> None:
    old = match_of(book(tmp_path / "a.xlsx", [["TT", "Hä vµ tªn"], [1, "NguyÔn ThÞ Yªn"], [2, "Mïa A DÕ"]]))
    new = match_of(book(tmp_path / "b.xlsx", [["TT", "Họ và tên"], [1, "Lê Thị Công"], [2, "Lò Văn An"]]))
    assert new.key == old.key
    assert {match.encoding for match in new.with_remembered(old.to_plain()).columns} == {Encoding.UNICODE}


def test_a_matching_is_corrected_and_remembered(tmp_path: Path) -> None:
    first = match_of(book(tmp_path / "a.xlsx", [[*TITLES, "Sở thích"], [*FIRST, "bóng chuyền"]]))
    corrected = first.with_column(5, field="note").with_column(2, pivot=30).with_column(3, field=IGNORED)
    again = match_of(book(tmp_path / "b.xlsx", [["Danh sách"], [], [*TITLES, "SỞ THÍCH"], [*SECOND, "hát"]]))
    assert again.key == corrected.key
    remembered = again.with_remembered(corrected.to_plain())
    assert [m.field for m in remembered.columns] == [IGNORED, "name", "birth", IGNORED, "citizen_id", "note"]
    assert remembered.fields["birth"].pivot == 30
    assert "bóng chuyền" not in str(corrected.to_plain())


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"key": "other", "version": 1},
        {"version": 2},
        {"columns": [{"column": 1, "field": "no such"}]},
        {"columns": ["x"]},
    ],
)
def test_what_does_not_fit_is_not_remembered(plain: dict[str, Any], tmp_path: Path) -> None:
    matching = match_of(book(tmp_path / "a.xlsx", [TITLES, FIRST]))
    given = {"key": matching.key, "version": 1, **plain} if "columns" in plain else plain
    assert matching.with_remembered(given) == matching


def test_a_field_belongs_to_one_column(tmp_path: Path) -> None:
    matching = match_of(book(tmp_path / "a.xlsx", [TITLES, FIRST])).with_column(3, field="name")
    assert [m.field for m in matching.columns] == [IGNORED, UNMATCHED, "birth", "name", "citizen_id"]
    assert matching.missing == ()
    assert [f.code for f in matching.with_column(3, field=IGNORED).missing] == ["name"]


def test_before_and_after_of_an_encoding(tmp_path: Path) -> None:
    matching = match_of(book(tmp_path / "a.xlsx", [["TT", "Hä vµ tªn"], [1, "NguyÔn ThÞ Yªn"], [2, "Mïa A DÕ"]]))
    assert matching.columns[1].before_after == (("NguyÔn ThÞ Yªn", "Nguyễn Thị Yên"), ("Mïa A DÕ", "Mùa A Dế"))
    unchanged = matching.with_encoding(Encoding.UNICODE)
    assert unchanged.columns[1].before_after[0] == ("NguyÔn ThÞ Yªn", "NguyÔn ThÞ Yªn")
