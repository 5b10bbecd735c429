"""Statistics forms over real offices: from records, entered, kept, printed in three ways that say the same."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from congdoan_desktop import paths
from congdoan_desktop.domain.periods import statistics_half, statistics_year
from congdoan_desktop.domain.statistics_forms import FormFault
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.services import activities, papers, statistics, units
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.folder import FORMS
from tests.reports.paper import text
from tests.services.conftest import Offices, activity

HALF, YEAR = statistics_half(2024, 1), statistics_year(2024)


@pytest.fixture
def office(offices: Offices) -> Office:
    union = offices.union
    for number, (workers, members, women) in enumerate(((40, 30, 12), (60, 58, 20)), 1):
        unit = units.add(union, name=f"CĐCS Trường {number}", short_name="", code=f"CDCS-{number}", kind="truong_hoc")
        units.set_headcount(union, Headcount(unit, date(2024, 5, 1), workers, members, women))
        activities.add(union, activity(starts=date(2024, 4, 2), ends=date(2024, 4, 2)), (unit,))
    return union


def test_records_fill_in_what_they_know(office: Office) -> None:
    filled = statistics.look(office, "2-HĐCĐ", HALF)
    found = filled.values
    assert {code: found[code] for code in ("I.1", "II.1", "II.2", "II.3", "II.4")} == {
        "I.1": 100, "II.1": 2, "II.2": 88, "II.3": 32, "II.4": (88, 100)
    }  # fmt: skip
    assert (found["III.7"], found["III.8"]) == (2, 60)
    assert "I.3" not in found
    assert "III.1" not in found  # nobody was rated yet


def test_a_count_that_lacks_a_union_is_not_given_for_the_whole(office: Office) -> None:
    units.add(office, name="CĐCS chưa đếm", short_name="", code="CDCS-3", kind="truong_hoc")
    found = statistics.look(office, "2-HĐCĐ", HALF).values
    assert found["II.1"] == 3
    assert "I.1" not in found


def test_what_is_typed_is_kept_for_its_period_and_goes_before_the_records(office: Office) -> None:
    statistics.save(office, "2-HĐCĐ", HALF, {"I.1": 105, "I.2": 41, "I.3": None})
    filled = statistics.look(office, "2-HĐCĐ", HALF)
    assert (filled.values["I.1"], filled.values["I.2.1"]) == (105, (41, 105))
    row = {row.code: row for row in filled.form.rows}
    origins = [statistics.origin(filled, row[code]) for code in ("I.1", "I.2", "I.2.1", "II.2")]
    assert origins == ["nhập tay; theo sổ: 100", "nhập tay", "tự tính", "theo sổ"]
    assert statistics.look(office, "2-HĐCĐ", YEAR).entered == {}
    statistics.save(office, "2-HĐCĐ", HALF, {"I.1": None, "I.2": 42})
    again = statistics.look(office, "2-HĐCĐ", HALF)
    assert (again.values["I.1"], again.values["I.2"]) == (100, 42)


def test_a_note_stays_with_its_row_until_another_is_given(office: Office) -> None:
    statistics.save(office, "2-HĐCĐ", HALF, {"I.6": 5, "I.7": 1}, {"I.6": "theo báo cáo của doanh nghiệp"})
    statistics.save(office, "2-HĐCĐ", HALF, {"I.6": 6})
    filled = statistics.look(office, "2-HĐCĐ", HALF)
    assert {code: one.note for code, one in filled.entered.items()} == {
        "I.6": "theo báo cáo của doanh nghiệp",
        "I.7": "",
    }
    printed = text(papers.pdf(office, statistics.paper(office, filled)))
    assert "theo báo cáo của doanh nghiệp" in printed.replace("\u00a0", " ")


@pytest.mark.parametrize("row", ["I.2.1", "III.1", "nothing"])
def test_a_row_that_is_not_entered_is_refused(office: Office, row: str) -> None:
    with pytest.raises(AppError, match="không có dòng nhập"):
        statistics.save(office, "2-HĐCĐ", HALF, {row: 1, "I.2": 1})
    assert statistics.look(office, "2-HĐCĐ", HALF).entered == {}


def test_less_than_nothing_is_refused(office: Office) -> None:
    with pytest.raises(ValidationError):
        statistics.save(office, "1-HĐCĐ", HALF, {"I.2": -1})


def test_pdf_word_and_excel_say_the_same(office: Office, tmp_path: Path) -> None:
    statistics.save(office, "2-HĐCĐ", HALF, {"I.6": 1_500_000, "I.2": 41})
    made = statistics.paper(office, statistics.look(office, "2-HĐCĐ", HALF))
    printed = text(papers.pdf(office, made)).replace("\u00a0", " ")
    assert "Mẫu số 2-HĐCĐ" in printed
    assert "6 tháng đầu năm 2024 (chốt số liệu ngày 31/5/2024)" in printed
    assert "Công đoàn cấp trên: Liên đoàn Lao động tỉnh Lai Châu" in printed
    assert "1 Tổng số lao động người 100 Trong đó: lao động nữ người 41 + Tỷ lệ so với tổng số % 41,0" in printed
    assert "III Kết quả hoạt động (*)" in printed
    path = tmp_path / "bieu.xlsx"
    papers.save(office, made, path)
    sheet = load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    cells = {row[1].value: row[3].value for row in sheet.iter_rows() if row[1].value}
    assert cells["Tổng số lao động"] == 100
    assert cells["Tổng số tiền doanh nghiệp còn nợ lương"] == 1_500_000
    assert cells["Số người được bố trí nhà ở"] is None
    words = tmp_path / "bieu.docx"
    papers.save(office, made, words)
    assert words.stat().st_size > 5000


def test_a_new_edition_is_a_file_and_a_wrong_one_hides_no_other(office: Office) -> None:
    folder = office.folder / FORMS
    folder.mkdir()
    shipped = (paths.resources() / "forms" / "1-hdcd.toml").read_text("utf-8")
    (folder / "moi.toml").write_text(shipped.replace("Tổng số lao động", "Tổng số người lao động"), "utf-8")
    (folder / "hong.toml").write_text("code = 5", "utf-8")
    (folder / "thu-muc.toml").mkdir()
    found = statistics.listing(office)
    assert {form.code: form.rows[0].label for form in found.forms} == {
        "1-HĐCĐ": "Tổng số người lao động", "2-HĐCĐ": "Tổng số lao động"
    }  # fmt: skip
    assert [("hong.toml" in fault.what, "thu-muc.toml" in fault.what) for fault in found.faults] == [
        (True, False), (False, True)
    ]  # fmt: skip
    with pytest.raises(FormFault, match=r"hong\.toml"):
        statistics.look(office, "9-HĐCĐ", HALF)


def test_a_form_that_is_not_there(office: Office) -> None:
    with pytest.raises(AppError, match="Không có biểu 9-HĐCĐ"):
        statistics.look(office, "9-HĐCĐ", HALF)
