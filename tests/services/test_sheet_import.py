"""Lists out of Excel: every row is judged with its cell, the good ones are imported in one go and can be taken back."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.reorganising import Decision, Dissolve, Merge
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.units import Headcount, Unit
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.errors import Cancelled, NotFound, ValidationError
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import (
    import_history,
    members,
    records,
    reorganisation,
    sheet_check,
    sheet_import,
    support,
    units,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sheet_columns import untaken
from congdoan_desktop.services.sheet_import import Receipt
from congdoan_desktop.services.sheet_preview import Choice, Preview, Settings, State
from congdoan_desktop.spreadsheets.fields import ListKind
from congdoan_desktop.storage import check as storage_check
from congdoan_desktop.storage.projections import TABLES, digest, value_of
from tests.services.conftest import NewOffice, every_row
from tests.services.conftest import support as support_record
from tests.spreadsheets.test_sheet_hostile import hostile_sheet

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Công đoàn cơ sở", "Ngày vào Công đoàn")
SCHOOL, STATION = "CĐCS Trường Mầm non số 1", "CĐCS Trạm Y tế Mường Kim"
ROWS = (
    (1, "Lò Thị Ương", "12/03/1990", "Nữ", "Thái", "012190000001", SCHOOL, "01/05/2012"),
    (2, "Vàng A Dũng", "05/1985", "Nam", "Mông", "012085000002", "Trạm Y tế Mường Kim", "01/10/2019"),
    (3, "Tẩn Mí Sử", "1979", "Nam", "Dao", "", "Trường mầm non số 1", ""),
)


@pytest.fixture
def office(new_office: NewOffice) -> Office:
    office = new_office()
    units.add(office, name=SCHOOL, short_name=SCHOOL, code="MN1", kind="cdcs_su_nghiep")
    units.add(office, name=STATION, short_name=STATION, code="YT1", kind="cdcs_su_nghiep")
    return office


def workbook(path: Path, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "DS"
    for row in (head, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


Checked = Callable[..., Preview]


@pytest.fixture
def checked(office: Office, tmp_path: Path) -> Checked:
    """`checked(rows)`: the preview of a list of these rows."""

    def check(
        rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, kind: str = "members", **given: Any
    ) -> Preview:
        path = workbook(tmp_path / "Danh_sach_2019.xlsx", rows, head)
        opened = sheet_check.open_file(office, path)
        with opened.book:
            look = sheet_check.look(office, opened, "DS", ListKind(kind))
            return sheet_check.check(office, opened, "DS", look.matching, Settings(**given))

    return check


def stored(office: Office, type_: str) -> dict[str, Any]:
    with office.read() as connection:
        rows = connection.execute(TABLES[type_].select()).mappings()
        return {row["record"]: value_of(type_, row) for row in rows}


def people(office: Office) -> dict[str, Person]:
    return {person.name: person for person in stored(office, Person.TYPE).values()}


def shown(office: Office) -> str:
    with office.read() as connection:
        return digest(connection)


def states(preview: Preview) -> list[State]:
    return [line.state for line in preview.lines]


def imported(office: Office, preview: Preview, **choices: Choice) -> Receipt:
    return sheet_import.apply(office, preview, {int(row[1:]): choice for row, choice in choices.items()})


def test_a_list_of_members_comes_in(office: Office, checked: Checked) -> None:
    preview = checked(ROWS)
    assert states(preview) == [State.NEW] * 3
    receipt = imported(office, preview)
    assert (receipt.new, receipt.changed, receipt.returned) == (3, 0, 0)
    found = people(office)
    names = {unit.unit: unit.short_name for unit in stored(office, Unit.TYPE).values()}
    first = found["Lò Thị Ương"]
    assert (first.member, first.birth, first.birth_year, first.sex) == (True, "1990-03-12", 1990, "nữ")
    assert (first.ethnicity, first.citizen_id, first.joined) == ("thai", "012190000001", date(2012, 5, 1))
    assert [names[found[row[1]].unit] for row in ROWS] == [SCHOOL, STATION, SCHOOL]
    assert found["Tẩn Mí Sử"].birth == "1979"


def test_a_preview_writes_nothing(office: Office, checked: Checked) -> None:
    before = every_row(office)
    checked(ROWS)
    assert every_row(office) == before


def test_the_same_list_again_brings_nothing(office: Office, checked: Checked) -> None:
    imported(office, checked(ROWS))
    before = shown(office)
    again = checked(ROWS)
    assert states(again) == [State.SAME] * 3
    receipt = imported(office, again)
    assert (receipt.new, receipt.changed) == (0, 0)
    assert shown(office) == before


def test_what_a_later_list_knows_more_is_added(office: Office, checked: Checked) -> None:
    imported(office, checked(ROWS))
    more = (*ROWS[2][:5], "012079000009", *ROWS[2][6:])
    preview = checked([ROWS[0], more])
    assert states(preview) == [State.SAME, State.CHANGED]
    assert preview.lines[1].why.endswith("thêm: Số CCCD")
    imported(office, preview)
    assert people(office)["Tẩn Mí Sử"].citizen_id == "012079000009"
    assert len(people(office)) == 3


def test_what_a_later_list_would_write_over_is_said_before(office: Office, checked: Checked) -> None:
    imported(office, checked(ROWS))
    other = (ROWS[2][0], ROWS[2][1], ROWS[2][2], "Nữ", *ROWS[2][4:7], "02/05/2012")
    preview = checked([other])
    assert states(preview) == [State.CHANGED]
    assert preview.lines[0].why.endswith("thay: Giới tính; thêm: Ngày vào Công đoàn")


def test_what_a_later_list_leaves_empty_stays(office: Office, checked: Checked) -> None:
    imported(office, checked(ROWS))
    imported(office, checked([(1, "Lò Thị Ương", "1990", "", "", "012190000001", SCHOOL, "")]))
    person = people(office)["Lò Thị Ương"]
    assert (person.birth, person.ethnicity, person.joined) == ("1990-03-12", "thai", date(2012, 5, 1))


FAULTS: dict[str, tuple[int, Any, str, str]] = {
    "unknown union": (6, "HTX XD Nậm Sò", "G2", "Không có “HTX XD Nậm Sò”"),
    "a union nearly known": (6, "Trường Mầm nom số 1", "G2", "Có phải “CĐCS Trường Mầm non số 1”?"),
    "no union": (6, "", "G2", "Thiếu công đoàn cơ sở"),
    "no name": (1, "", "B2", "Thiếu họ và tên"),
    "a day that is none": (2, "31/02/1990", "C2", "31/02/1990"),
    "sex": (3, "không rõ", "D2", "Nam hoặc Nữ"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_row_is_named_by_its_cell(fault: str, checked: Checked) -> None:
    column, value, address, said = FAULTS[fault]
    row = list(ROWS[0])
    row[column] = value
    preview = checked([row, ROWS[1]])
    assert states(preview) == [State.FAULTY, State.NEW]
    notes = " ".join(preview.lines[0].notes)
    assert said in notes
    assert f"{address}:" in notes


def test_twice_in_one_list_counts_once(office: Office, checked: Checked) -> None:
    preview = checked([*ROWS, ROWS[0]])
    assert states(preview) == [State.NEW] * 3 + [State.REPEATED]
    assert "dòng 2" in preview.lines[3].why
    assert imported(office, preview).new == 3
    again = checked([ROWS[0], (*ROWS[0][:7], "02/06/2013")])
    assert states(again) == [State.SAME, State.REPEATED]


def test_nearly_the_same_waits_for_a_person(office: Office, checked: Checked) -> None:
    imported(office, checked(ROWS))
    near = (1, "Lò Thị Ưng", "12/03/1990", "Nữ", "Thái", "", SCHOOL, "")
    other_name = (2, "Giàng A Chư", "05/1985", "Nam", "Mông", "012085000002", STATION, "")
    preview = checked([near, other_name])
    assert states(preview) == [State.NEAR, State.NEAR]
    assert imported(office, preview).returned == 2
    assert len(people(office)) == 3
    imported(office, checked([near]), r2=Choice.ADD)
    assert len(people(office)) == 4
    imported(office, checked([other_name]), r2=Choice.UPDATE)
    assert "Giàng A Chư" in people(office)
    assert len(people(office)) == 4


def test_somebody_of_another_union_waits_for_a_person(office: Office, checked: Checked) -> None:
    imported(office, checked(ROWS))
    preview = checked([(*ROWS[0][:6], STATION, "")])
    assert states(preview) == [State.NEAR]
    assert "đơn vị khác" in preview.lines[0].why


def test_a_list_without_unions_needs_one(office: Office, checked: Checked) -> None:
    head, row = HEAD[:6], ROWS[0][:6]
    with pytest.raises(ValidationError):
        checked([row], head)
    unit = next(u.unit for u in stored(office, Unit.TYPE).values() if u.short_name == SCHOOL)
    imported(office, checked([row], head, into=unit))
    assert people(office)["Lò Thị Ương"].unit == unit


def test_a_name_of_a_union_can_be_explained(office: Office, checked: Checked) -> None:
    unit = next(u.unit for u in stored(office, Unit.TYPE).values() if u.short_name == SCHOOL)
    row = (*ROWS[0][:6], "MN số 1 (cũ)", "")
    assert states(checked([row])) == [State.FAULTY]
    assert states(checked([row], called={"MN số 1 (cũ)": unit})) == [State.NEW]


def test_names_that_nobody_knows_are_listed_with_what_was_meant(office: Office, checked: Checked) -> None:
    units_ = {u.short_name: u.unit for u in stored(office, Unit.TYPE).values()}
    said = ("Trạm Y tế Mường Kin", "HTX lạ", "htx  LẠ", SCHOOL, "HTX lạ")
    names = ("Lò Thị Ương", "Vàng A Dũng", "Tẩn Mí Sử", "Đèo Văn Long", "Phàn Tả Mẩy")
    rows = [(1, name, "1990", "", "", "", union, "") for name, union in zip(names, said, strict=True)]
    found = checked(rows).named
    assert [(one.name, one.rows, one.union) for one in found] == [("HTX lạ", 3, ""), ("Trạm Y tế Mường Kin", 1, "")]
    assert found[1].nearest == units_[STATION]
    import_history.call_unions(office, {"HTX lạ": units_[SCHOOL]})
    again = checked(rows)
    assert states(again) == [State.FAULTY] + [State.NEW] * 4
    assert [(one.name, one.union) for one in again.named] == [
        ("Trạm Y tế Mường Kin", ""), ("HTX lạ", units_[SCHOOL])]  # fmt: skip
    import_history.call_unions(office, {"HTX LẠ": ""})
    assert states(checked(rows)).count(State.FAULTY) == 4


def test_a_list_of_former_times_means_what_became_of_its_unions(office: Office, checked: Checked) -> None:
    ids = {u.short_name: u.unit for u in stored(office, Unit.TYPE).values()}
    today = office.clock.today()
    reorganisation.decide(office, Merge((ids[SCHOOL], ids[STATION]), ids[SCHOOL]), Decision(today, "1/QĐ", ""))
    imported(office, checked(ROWS))
    assert {person.unit for person in people(office).values()} == {ids[SCHOOL]}
    reorganisation.decide(office, Dissolve(ids[SCHOOL]), Decision(today, "2/QĐ", ""))
    assert states(checked(ROWS)) == [State.FAULTY] * 3


def test_after_another_save_the_check_no_longer_holds(office: Office, checked: Checked) -> None:
    preview = checked(ROWS)
    members.add(office, Person(office.identity.unit, True, "Lý A Sử", 1991))
    with pytest.raises(sheet_import.Outdated):
        imported(office, preview)
    assert set(people(office)) == {"Lý A Sử"}


@pytest.mark.parametrize("text", ["Đang kiểm tra từng dòng", "Đang ghi vào sổ"])
def test_stopping_leaves_nothing(office: Office, tmp_path: Path, text: str) -> None:
    rows = [
        (n, f"Lò Thị {'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}", str(1960 + n % 40), "", "", "", SCHOOL, "")
        for n in range(600)
    ]
    path = workbook(tmp_path / "ds.xlsx", rows)
    token = CancelToken()

    def report(_done: int, _total: int, said: str) -> None:
        if said == text:
            token.cancel()

    before = every_row(office)
    progress = Progress(report, token)
    opened = sheet_check.open_file(office, path)

    def run() -> None:
        matching = sheet_check.look(office, opened, "DS", ListKind.MEMBERS).matching
        preview = sheet_check.check(office, opened, "DS", matching, progress=progress)
        sheet_import.apply(office, preview, progress=progress)

    with opened.book, pytest.raises(Cancelled):
        run()
    assert every_row(office) == before


def test_what_was_not_imported_goes_back_and_comes_again(office: Office, checked: Checked, tmp_path: Path) -> None:
    bad = list(ROWS[1])
    bad[2] = "31/02/1985"
    preview = checked([ROWS[0], bad, ROWS[0]])
    imported(office, preview)
    path = tmp_path / "tra_lai.xlsx"
    assert sheet_import.write_returned(office, preview, path) == 2
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "C3" in str(found[1][-2])
    assert "dòng 2" in str(found[2][-2])
    assert found[1][1] == "Vàng A Dũng"
    sheet["C2"] = "05/1985"
    sheet.parent.save(path)
    opened = sheet_check.open_file(office, path)
    with opened.book:
        name = opened.book.sheets[0].name
        matching = sheet_check.look(office, opened, name, ListKind.MEMBERS).matching
        again = sheet_check.check(office, opened, name, matching)
    assert states(again) == [State.NEW, State.SAME]


def test_undoing_takes_all_back(office: Office, checked: Checked) -> None:
    imported(office, checked(ROWS[:2]))
    before = stored(office, Person.TYPE)
    changed = (*ROWS[0][:7], "03/06/2013")
    receipt = imported(office, checked([changed, ROWS[2]]))
    assert (receipt.new, receipt.changed) == (1, 1)
    undone = import_history.undo(office, receipt.id)
    assert (undone.deleted, undone.restored, undone.kept) == (1, 1, ())
    assert stored(office, Person.TYPE) == before
    with pytest.raises(import_history.UndoneAlready):
        import_history.undo(office, receipt.id)
    with office.read() as connection:
        assert storage_check.faults(connection, Progress()) == []


def test_what_was_revised_or_used_since_stays_and_is_named(office: Office, checked: Checked) -> None:
    receipt = imported(office, checked(ROWS))
    ids = {person.name: id_ for id_, person in stored(office, Person.TYPE).items()}
    members.edit(office, ids["Vàng A Dũng"], replace(people(office)["Vàng A Dũng"], note="mới"))
    support.add(office, support_record(people(office)["Tẩn Mí Sử"].unit, person=ids["Tẩn Mí Sử"]))
    undone = import_history.undo(office, receipt.id)
    assert (undone.deleted, {(kept.name, kept.why) for kept in undone.kept}) == (
        1,
        {("Vàng A Dũng", "đã sửa sau khi nhập"), ("Tẩn Mí Sử", "đã có hồ sơ khác ghi kèm")},
    )
    assert set(people(office)) == {"Vàng A Dũng", "Tẩn Mí Sử"}
    assert len(stored(office, SupportRecord.TYPE)) == 1


def test_what_was_deleted_since_stays_deleted(office: Office, checked: Checked) -> None:
    receipt = imported(office, checked(ROWS))
    gone = next(id_ for id_, person in stored(office, Person.TYPE).items() if person.name == "Vàng A Dũng")
    records.delete(office, gone, "nhập nhầm")
    assert import_history.undo(office, receipt.id).deleted == 2
    assert people(office) == {}


def test_imports_are_listed_newest_first(office: Office, checked: Checked) -> None:
    first = imported(office, checked(ROWS[:1]))
    second = imported(office, checked(ROWS))
    import_history.undo(office, first.id)
    listed = import_history.listing(office)
    assert [(one.id, one.new, bool(one.undone_at)) for one in listed] == [(second.id, 2, False), (first.id, 1, True)]
    assert (listed[0].officer, listed[0].source) == (office.identity.officer.name, "Danh_sach_2019.xlsx · DS")
    with pytest.raises(NotFound):
        import_history.undo(office, 99)


def test_matched_columns_are_remembered_by_their_titles(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "ds.xlsx", ROWS)
    opened = sheet_check.open_file(office, path)
    with opened.book:
        look = sheet_check.look(office, opened, "DS", ListKind.MEMBERS)
        assert look.remembered == ""
        import_history.remember(office, look.matching.with_column(4, field="note"), " Danh sách  kiểu 2019 ")
        again = sheet_check.look(office, opened, "DS", ListKind.MEMBERS)
        assert again.remembered == "Danh sách kiểu 2019"
        assert again.matching.fields["note"].column == 4
        import_history.forget(office, again.matching.key)
        assert sheet_check.look(office, opened, "DS", ListKind.MEMBERS).remembered == ""
        with pytest.raises(ValidationError):
            import_history.remember(office, look.matching, " ")


PLACES = ("Tên cơ quan, doanh nghiệp", "Mã số thuế", "Loại hình", "Địa chỉ", "Số lao động", "Số lao động nữ")


def test_workplaces_come_in_with_their_people(office: Office, checked: Checked) -> None:
    rows = [
        ("Công ty TNHH Gạch Mường Kim", "6200012345", "", "Bản Lùng", 88, 12),
        ("Trường Tiểu học Mường Kim", "", "", "", 40, 31),
        ("Hợp tác xã chè", "", "", "Bản Lùng", "", ""),
        ("Công ty Gạch", "6200012345", "", "", 90, 12),
        ("Công ty Đá", "6200054321", "", "", 9, 12),
    ]
    preview = checked(rows, PLACES, "workplaces", counted_on=date(2024, 6, 30))
    assert states(preview) == [State.NEW] * 3 + [State.REPEATED, State.FAULTY]
    receipt = imported(office, preview)
    places = {place.name: place for place in stored(office, Workplace.TYPE).values()}
    assert {name: place.kind for name, place in places.items()} == {
        "Công ty TNHH Gạch Mường Kim": "doanh_nghiep", "Trường Tiểu học Mường Kim": "truong_hoc",
        "Hợp tác xã chè": "hop_tac_xa",
    }  # fmt: skip
    counts = list(stored(office, Workforce.TYPE).values())
    assert {(count.workers, count.women, count.on) for count in counts} == {
        (88, 12, date(2024, 6, 30)), (40, 31, date(2024, 6, 30)),
    }  # fmt: skip
    again = checked([("Công ty Gạch Mường Kim", "6200012345", "", "", 91, 12)], PLACES, "workplaces")
    assert states(again) == [State.CHANGED]
    assert import_history.undo(office, receipt.id).deleted == 5
    assert stored(office, Workforce.TYPE) == {}


UNIONS = ("Tên công đoàn cơ sở", "Mã đơn vị", "Loại", "Công đoàn cấp trên", "Số lao động", "Số đoàn viên")


def test_unions_come_in_with_codes_and_counts(office: Office, checked: Checked) -> None:
    rows = [
        ("Công đoàn cơ sở Trường THCS Nậm Mẫu", "", "", "", 41, 40),
        ("Công đoàn cơ sở Hợp tác xã chè", "HTX-CHE", "", "", "", ""),
        (SCHOOL, "", "", "", 30, 29),
        ("Công đoàn cơ sở Bí ẩn", "BI-AN", "", "", "", ""),
        ("Công đoàn cơ sở Công ty Gạch", "", "", "Không biết", "", ""),
    ]
    preview = checked(rows, UNIONS, "units")
    assert states(preview) == [State.NEW, State.NEW, State.CHANGED, State.FAULTY, State.FAULTY]
    receipt = imported(office, preview)
    found = {unit.name: unit for unit in stored(office, Unit.TYPE).values()}
    school = found["Công đoàn cơ sở Trường THCS Nậm Mẫu"]
    assert (school.code, school.kind, school.parent) == ("CS-0001", "cdcs_su_nghiep", office.identity.unit)
    assert found["Công đoàn cơ sở Hợp tác xã chè"].code == "HTX-CHE"
    counts = {count.unit: (count.workers, count.members) for count in stored(office, Headcount.TYPE).values()}
    assert counts == {school.unit: (41, 40), found[SCHOOL].unit: (30, 29)}
    import_history.undo(office, receipt.id)
    assert len(stored(office, Unit.TYPE)) == 3
    assert stored(office, Headcount.TYPE) == {}


def test_columns_that_no_register_holds_are_named_with_the_reason(checked: Checked) -> None:
    head = (*UNIONS, "Chủ tịch", "Ghi chú", "Cột lạ", "STT", "Cột trống")
    row = ("Công đoàn cơ sở Trường THCS Nậm Mẫu", "", "", "", 41, 40, "Lò Văn Sơn", "mới", "x", 1, "")
    chair, note, strange = untaken(checked([row], head, "units").matching)
    assert chair == "G “Chủ tịch” – Chủ tịch và nhiệm kỳ ghi ở thẻ Cán bộ."
    assert note.startswith("H “Ghi chú”")
    assert "I “Cột lạ” – chưa ghép" in strange


def test_how_somebody_joined_comes_in(office: Office, checked: Checked) -> None:
    head = (*HEAD, "Quyết định kết nạp", "Ngày giới thiệu vào Đảng", "Ngày vào Đảng")
    imported(office, checked([(*ROWS[0], "12/QĐ-CĐX", "01/02/2020", "03/02/2021")], head))
    person = people(office)["Lò Thị Ương"]
    assert (person.batch, person.party_introduced, person.party_admitted) == (
        "12/QĐ-CĐX", date(2020, 2, 1), date(2021, 2, 3)
    )  # fmt: skip


@pytest.mark.parametrize("kind", ListKind)
def test_a_template_filled_in_comes_back_as_a_list(office: Office, tmp_path: Path, kind: ListKind) -> None:
    path = tmp_path / "mau.xlsx"
    sheet_import.write_template(kind, path)
    book = openpyxl.load_workbook(path)
    sheet = book[book.sheetnames[0]]
    sheet.append([f"Trường số {column}" for column in range(3)])
    book.save(path)
    opened = sheet_check.open_file(office, path)
    with opened.book:
        look = sheet_check.look(office, opened, opened.book.sheets[0].name, kind)
    assert look.matching.missing == ()


def test_hostile_cells_leave_nothing_half_imported(office: Office, tmp_path: Path, rounds: Callable[..., int]) -> None:
    path = tmp_path / "hostile.xlsx"
    hostile_sheet(path, rounds("hostile cells imported", first=400, build=10_000, soak=100_000), random.Random(3))
    opened = sheet_check.open_file(office, path)
    with opened.book:
        look = sheet_check.look(office, opened, opened.book.sheets[0].name, ListKind.MEMBERS)
        preview = sheet_check.check(office, opened, look.sheet, look.matching, Settings(into=office.identity.unit))
    for line in preview.lines:
        if line.state is State.FAULTY:
            assert any(not finding.warning and finding.address for finding in line.findings)
    receipt = sheet_import.apply(office, preview)
    assert receipt.new == preview.counts[State.NEW] == len(stored(office, Person.TYPE))
    assert receipt.returned == len(preview.lines) - receipt.new - receipt.changed - preview.counts[State.SAME]
    with office.read() as connection:
        assert storage_check.faults(connection, Progress()) == []
    assert import_history.undo(office, receipt.id).deleted == receipt.new
    assert stored(office, Person.TYPE) == {}


def test_imports_undone_in_reverse_leave_what_was_there(
    office: Office, checked: Checked, rounds: Callable[..., int]
) -> None:
    chance = random.Random(11)
    done: list[tuple[int, dict[str, Any]]] = []
    for _ in range(rounds("lists imported and undone", first=6, build=60, soak=1_000)):
        rows = [list(row) for row in ROWS for _ in range(chance.randint(0, 1))]
        for row in rows:
            row[7] = f"0{chance.randint(1, 9)}/05/2020"
            row[1] = f"{row[1]} {chance.choice('AB')}" if chance.random() < 0.3 else row[1]
        if rows:
            before = stored(office, Person.TYPE)
            done.append((imported(office, checked(rows)).id, before))
    for id_, before in reversed(done):
        assert import_history.undo(office, id_).kept == ()
        assert stored(office, Person.TYPE) == before
