"""What becomes of rows that a person decides on: each is imported once or goes back, and none gets another's code."""

from __future__ import annotations

from pathlib import Path

from congdoan_desktop.services import sheet_import
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sheet_preview import Choice, State
from tests.services.test_sheet_import import HEAD, SCHOOL, Checked, checked, office, people, stored

__all__ = ["checked", "office"]
ONE = (1, "An Thị Ương", "12/03/1990", "Nữ", "", "012190000001", SCHOOL, "01/05/2012")


def test_of_two_rows_chosen_for_one_person_the_first_counts_and_the_other_goes_back(
    office: Office, checked: Checked, tmp_path: Path
) -> None:
    sheet_import.apply(office, checked([ONE]))
    rows = [
        (1, "Lò Thị Bình", "12/03/1990", "Nữ", "", "012190000001", SCHOOL, "", "0912345678"),
        (2, "Lò Thị Bích", "12/03/1990", "Nữ", "", "012190000001", SCHOOL, "", "0987654321"),
    ]
    preview = checked(rows, (*HEAD, "Số điện thoại"))
    assert [line.state for line in preview.lines] == [State.NEAR, State.NEAR]
    choices = {line.number: Choice.UPDATE for line in preview.lines}
    back = tmp_path / "tra-lai.xlsx"
    assert sheet_import.write_returned(office, preview, back, choices) == 1
    preview = checked(rows, (*HEAD, "Số điện thoại"))
    receipt = sheet_import.apply(office, preview, choices)
    assert (receipt.new, receipt.changed, receipt.returned) == (0, 1, 1)
    assert [(one.name, one.phone) for one in people(office).values()] == [("Lò Thị Bình", "0912345678")]


def test_a_row_that_was_chosen_is_not_counted_as_returned(office: Office, checked: Checked) -> None:
    sheet_import.apply(office, checked([ONE]))
    preview = checked([(1, "An Thị Ưong", "12/03/1990", "Nữ", "", "", SCHOOL, "")])
    receipt = sheet_import.apply(office, preview, {line.number: Choice.ADD for line in preview.lines})
    assert (receipt.new, receipt.changed, receipt.returned) == (1, 0, 0)


def test_a_new_code_is_none_that_the_list_itself_gives(office: Office, checked: Checked) -> None:
    head = ("Tên đơn vị", "Mã đơn vị", "Loại hình")
    rows = [("CĐCS Trường Một", "", "cdcs_su_nghiep"), ("CĐCS Trường Hai", "CS-0001", "cdcs_su_nghiep")]
    sheet_import.apply(office, checked(rows, head, "units"))
    codes = sorted(unit.code for unit in stored(office, "unit").values())
    assert codes == ["CDX-MK", "CS-0001", "CS-0002", "MN1", "YT1"]
