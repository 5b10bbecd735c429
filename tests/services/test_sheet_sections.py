"""Labels over the rows of a list: unions, parts of a union, and what only parts the list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.services import sheet_check, units
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sheet_preview import Preview, Settings, State
from congdoan_desktop.services.sheet_sections import Section, claims_union
from congdoan_desktop.spreadsheets.fields import ListKind
from tests.services.conftest import NewOffice
from tests.services.test_sheet_import import workbook

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Ngày vào Công đoàn")
UNITS_HEAD = ("STT", "Tên công đoàn cơ sở", "Loại đơn vị", "Số lao động", "Số đoàn viên")
SCHOOL, STATION, WHOLE = "CĐCS Trường Mầm non số 1", "CĐCS Trạm Y tế Mường Kim", "CĐCS Văn phòng"
Cells = tuple[Any, ...]


@pytest.fixture
def office(new_office: NewOffice) -> Office:
    office = new_office()
    for code, name in (("MN1", SCHOOL), ("YT1", STATION), ("VP", WHOLE)):
        units.add(office, name=name, short_name=name, code=code, kind="cdcs_su_nghiep")
    return office


GIVEN = ("Ương", "Mai", "Lan")


def person(number: int) -> Cells:
    return (number, f"Lò Thị {GIVEN[number - 1]}", f"12/03/198{number}", "Nữ", "", "")


def checked(office: Office, folder: Path, rows: list[Cells], head: Cells = HEAD, kind: str = "members") -> Preview:
    whole = next(unit.id for unit in units.listing(office) if unit.short_name == WHOLE)
    opened = sheet_check.open_file(office, workbook(folder / "a.xlsx", rows, head))
    with opened.book:
        matching = sheet_check.look(office, opened, "DS", ListKind(kind)).matching
        return sheet_check.check(office, opened, "DS", matching, Settings(into=whole))


def placed(office: Office, preview: Preview, field: str = "unit") -> list[str]:
    """The union of each row, or what is said about it."""
    names = {unit.id: unit.short_name for unit in units.listing(office)}
    return [
        names[getattr(line.made.record, field)] if line.made.record else line.findings[-1].message
        for line in preview.lines
    ]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (("I", "Khối y tế"), "Khối y tế"),
        (("II.", "Y tế, dân số"), "Y tế, dân số"),
        (("III. Khối giáo dục",), "Khối giáo dục"),
        (("IV", "Khối giáo dục", None, None, None, 25), "Khối giáo dục"),
        ((1, "Tổ Lá"), "Tổ Lá"),
        ((None, "Phòng Kế toán: 3 người"), "Phòng Kế toán"),
        ((None, "Khối trường học (12 đoàn viên)"), "Khối trường học"),
    ],
)
def test_a_part_of_a_list_is_not_asked_for_as_a_union(office: Office, tmp_path: Path, row: Cells, name: str) -> None:
    preview = checked(office, tmp_path, [row, person(1), person(2)])
    assert placed(office, preview) == [WHOLE, WHOLE]
    assert preview.named == ()
    assert preview.sections == (Section(name, 2, WHOLE),)


@pytest.mark.parametrize("label", ["CĐCS Trường Mầm non số 9", "Công ty TNHH Chè", "UBND xã Lạ", "Xã Lạ"])
def test_a_label_that_reads_like_a_union_is_still_asked_for(office: Office, tmp_path: Path, label: str) -> None:
    preview = checked(office, tmp_path, [("I", label), person(1)])
    assert placed(office, preview) == [f"Không có “{label}” trong các đơn vị."]
    assert [one.name for one in preview.named] == [label]


def test_a_label_that_is_nearly_a_known_union_is_asked_for(office: Office, tmp_path: Path) -> None:
    preview = checked(office, tmp_path, [("I", "Văn phòg"), person(1)])
    assert [line.state for line in preview.lines] == [State.FAULTY]


def test_unions_under_parts_and_parts_under_unions(office: Office, tmp_path: Path) -> None:
    rows = [
        ("I", "Khối y tế"), ("1. CĐCS Trạm Y tế Mường Kim",), person(1),
        ("II", "Khối giáo dục"), ("A", SCHOOL), (None, "Tổ Lá"), person(2), (None, "Tổ Mầm"), person(3),
    ]  # fmt: skip
    preview = checked(office, tmp_path, rows)
    assert placed(office, preview) == [STATION, SCHOOL, SCHOOL]


def test_nobody_is_put_into_the_whole_lists_union_by_a_part_that_follows_another_union(
    office: Office, tmp_path: Path
) -> None:
    preview = checked(office, tmp_path, [("I", SCHOOL), person(1), ("II", "Khối khác"), person(2)])
    assert placed(office, preview) == [
        SCHOOL,
        f"Chưa rõ mục “Khối khác” thuộc đơn vị nào: ngay trước đó danh sách ghi “{SCHOOL}”.",
    ]
    assert [(one.name, one.rows) for one in preview.named] == [("Khối khác", 1)]


def test_an_unknown_union_over_its_parts_is_asked_for_by_its_own_name(office: Office, tmp_path: Path) -> None:
    rows: list[Cells] = [("I", "CĐCS Trường Lạ"), (None, "Tổ 1"), person(1), (None, "Tổ 2"), person(2)]
    preview = checked(office, tmp_path, rows)
    assert placed(office, preview) == ["Không có “CĐCS Trường Lạ” trong các đơn vị."] * 2
    assert [(one.name, one.rows) for one in preview.named] == [("CĐCS Trường Lạ", 2)]


def test_parts_of_a_list_of_unions_are_no_unions_above_them(office: Office, tmp_path: Path) -> None:
    own = next(unit.short_name for unit in units.listing(office) if unit.id == office.identity.unit)
    rows: list[Cells] = [
        (1, "I. Khối hành chính"), (1, "CĐCS UBND xã Lạ", "hành chính", 5, 5),
        ("II", "Khối sự nghiệp"), (2, "CĐCS Trường Mầm non số 3", "sự nghiệp", 7, 6),
        ("III", "Công đoàn xã Lạ"), (3, "CĐCS Trường Mầm non số 4", "sự nghiệp", 7, 6),
    ]  # fmt: skip
    preview = checked(office, tmp_path, rows, UNITS_HEAD, "units")
    assert placed(office, preview, "parent") == [own, own, "Không có “Công đoàn xã Lạ” trong các đơn vị."]


@pytest.mark.parametrize(
    ("label", "claims"),
    [("Nhà máy thủy điện", True), ("Uỷ ban nhân dân xã", True), ("Trạm y tế", True), ("Y tế", False), ("Tổ 1", False)],
)
def test_what_reads_like_a_union(label: str, claims: bool) -> None:
    assert claims_union(label) is claims
