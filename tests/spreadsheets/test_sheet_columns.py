"""Which column brings which field: by title, by content, by hand, from memory; and the questions that values put."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.spreadsheets import columns, drafts, layout, reading
from congdoan_desktop.spreadsheets.columns import UNMATCHED, State
from congdoan_desktop.spreadsheets.fields import IGNORED, ListKind
from tests.spreadsheets.books import TODAY, book, drafted, matched

TITLES = ["TT", "Họ và tên", "Ngày sinh", "Quê quán", "Số CCCD"]
FIRST: list[Any] = [1, "Lò Thị Hoa", "05/04/1991", "Lai Châu", "012191000002"]
SECOND: list[Any] = [2, "Vàng A Páo", "1990", "Lai Châu", "012090000001"]


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
            [IGNORED, "name", "tax_code", "ownership", "address", "workers", "women", IGNORED],
        ),
        (
            ListKind.UNITS,
            ["TT", "Tên CĐCS", "Mã", "Khối", "Cấp trên trực tiếp", "Số CNVCLĐ", "Số đoàn viên", "Nữ", "Ghi chú"],
            [1, "CĐCS Trường THPT", "CS-1", "Giáo dục", "CĐ xã Nậm Xuân", 48, 45, 30, ""],
            [IGNORED, "name", "code", "kind", "parent", "workers", "members", "women_members", IGNORED],
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


def test_an_encoding_that_a_person_chose_counts_for_every_column(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["TT", "Hä vµ tªn"], [1, "NguyÔn ThÞ Yªn"], [2, "Mïa A DÕ"]])
    with reading.open_book(path) as opened:
        sheet = opened.sheet("DS")
        head = layout.find_head(sheet, Encoding.TCVN3)
        matching = columns.guess(sheet, head, ListKind.MEMBERS, Encoding.UNICODE, chosen=True)
    assert matching.columns[1].before_after[0] == ("NguyÔn ThÞ Yªn", "NguyÔn ThÞ Yªn")
