"""Catalogues: the files that ship are right, entries are found as people call them, every fault of a file is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from congdoan_desktop import paths
from congdoan_desktop.domain.catalogue import Catalogue, CatalogueFault

FILES = {path.stem: path.read_bytes() for path in sorted((paths.resources() / "catalogue").glob("*.toml"))}
SHIPPED = Catalogue.of(FILES)


def of(text: str, name: str = "funds") -> Catalogue:
    return Catalogue.of({name: text.encode()})


def test_the_catalogues_the_program_ships() -> None:
    assert set(SHIPPED.lists) == {
        "activity_kinds", "beneficiaries", "blocks", "committees", "consent_ways", "departments", "document_types",
        "ethnicities", "funds", "house_stages", "household_statuses", "indicators", "levels", "lines",
        "officer_titles", "ownerships", "programmes", "rating_criteria", "rating_levels", "sectors", "support_causes",
        "support_ceilings", "support_kinds", "task_groups", "unit_kinds", "workplace_kinds",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(SHIPPED.lists))
def test_every_entry_is_found_by_all_it_is_called(name: str) -> None:
    for entry in SHIPPED.entries(name):
        for called in (entry.code, entry.name, entry.name.upper(), *entry.aliases):
            assert SHIPPED.find(name, called) == entry


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("activity_kinds", "giai cau long", "the_thao"),
        ("activity_kinds", "Bữa cơm công đoàn", "bua_com"),
        ("activity_kinds", "về nguồn", "tham_quan"),
        ("support_causes", "lũ quét", "thien_tai"),
        ("support_kinds", "mái ấm sửa chữa", "mai_am_sua"),
        ("funds", "quy xa hoi", "quy_xa_hoi"),
        ("departments", "TG-NC", "tg_nc"),
        ("document_types", "qđ", "quyet_dinh"),
        ("programmes", "tham mưu tốt, phục vụ giỏi", "tham_muu_gioi"),
        ("unit_kinds", "công đoàn phường", "cong_doan_xa"),
    ],
)
def test_entries_as_people_call_them(name: str, typed: str, code: str) -> None:
    found = SHIPPED.find(name, typed)
    assert found is not None
    assert found.code == code


def test_what_nobody_calls_an_entry_is_not_found() -> None:
    assert SHIPPED.find("funds", "quỹ đen") is None
    assert SHIPPED.entry("funds", "quy_den") is None


def test_a_code_of_a_newer_program_stands_for_its_name() -> None:
    assert SHIPPED.name("funds", "quy_moi") == "quy_moi"
    assert SHIPPED.name("funds", "quy_tuong_ho") == "Quỹ Tương hỗ Công đoàn"


def test_propaganda_and_the_common_meal_do_not_count_toward_the_target_of_each_union() -> None:
    uncounted = {entry.code for entry in SHIPPED.entries("activity_kinds") if not entry.more["counts"]}
    assert {"tuyen_truyen", "bua_com"} <= uncounted
    assert not {"hoi_thi", "the_thao", "chuyen_de", "gap_mat", "bieu_duong", "dang_huong"} & uncounted


def test_causes_that_tell_of_health_are_sensitive() -> None:
    sensitive = {entry.code for entry in SHIPPED.entries("support_causes") if entry.more["sensitive"]}
    assert sensitive == {"om_dau", "benh_hiem_ngheo", "tai_nan_lao_dong", "benh_nghe_nghiep", "tai_nan", "thai_san"}


def test_district_unions_end_and_commune_unions_of_both_kinds_differ() -> None:
    before = {entry.code: entry for entry in SHIPPED.entries("unit_kinds", date(2025, 6, 30))}
    after = {entry.code: entry for entry in SHIPPED.entries("unit_kinds", date(2025, 9, 1))}
    assert "ldld_huyen" in before
    assert "ldld_huyen" not in after
    assert "cong_doan_xa" not in before
    assert (after["cong_doan_xa"].more["level"], before["cdcs_xa_cu"].more["level"]) == ("cap_tren", "co_so")


def test_order_and_fields_of_a_file_are_kept() -> None:
    made = of(
        '[[entry]]\ncode = "b"\nname = "Hai"\nvalid_from = 2024-01-01\nvalid_to = 2024-12-31\n'
        'newer = 7\n[[entry]]\ncode = "a"\nname = "Một"\naliases = ["nhất"]\n'
    )
    assert made.codes("funds") == ["b", "a"]
    first, second = made.entries("funds")
    assert first.more == {"newer": 7}
    assert second.aliases == ("nhất",)
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    assert [first.valid_on(day) for day in days] == [False, True, True, False]
    assert made.entries("funds", date(2025, 1, 1)) == (second,)


GOOD = 'name = "Hai"'


@pytest.mark.parametrize(
    ("name", "entry", "fault"),
    [
        ("funds", 'code = "Quỹ"\n' + GOOD, "mã phải là"),
        ("funds", "code = [1]\n" + GOOD, "mã phải là"),
        ("funds", GOOD, "mã phải là"),
        ("funds", 'code = "a"\nname = ""', "thiếu tên"),
        ("funds", 'code = "a"\nname = "Quy\u0303"', "chưa chuẩn NFC"),
        ("funds", 'code = "a"\naliases = "x"\n' + GOOD, "aliases phải là"),
        ("funds", 'code = "a"\naliases = [""]\n' + GOOD, "aliases phải là"),
        ("funds", 'code = "a"\nvalid_from = "2024"\n' + GOOD, "phải là ngày"),
        ("funds", 'code = "a"\nvalid_to = 2024-01-01T00:00:00\n' + GOOD, "phải là ngày"),
        ("funds", 'code = "a"\nvalid_from = 2024-01-02\nvalid_to = 2024-01-01\n' + GOOD, "valid_to trước"),
        ("activity_kinds", 'code = "a"\n' + GOOD, "counts phải là true hoặc false"),
        ("activity_kinds", 'code = "a"\ncounts = 1\n' + GOOD, "counts phải là true hoặc false"),
        ("levels", 'code = "a"\nrank = true\n' + GOOD, "rank phải là số nguyên"),
        ("unit_kinds", 'code = "a"\nabbreviation = "A"\nlevel = "tren_troi"\n' + GOOD, "không có cấp tren_troi"),
    ],
)
def test_faults_of_an_entry(name: str, entry: str, fault: str) -> None:
    with pytest.raises(CatalogueFault, match=fault):
        of(f"[[entry]]\n{entry}\n", name)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "không có mục nào"),
        (b"entry = 3", "không có mục nào"),
        (b"entry = [3]", "không phải một mục"),
        (b"[[entry]\n", "không đọc được"),
        (b"\xff", "không đọc được"),
    ],
)
def test_files_that_are_no_catalogue(data: bytes, fault: str) -> None:
    with pytest.raises(CatalogueFault, match=fault):
        Catalogue.of({"funds": data})


def test_all_faults_of_all_files_are_named() -> None:
    entries = (
        '[[entry]]\ncode = "A"\nname = ""\n[[entry]]\ncode = "x"\nname = "Quỹ"\n[[entry]]\ncode = "x"\nname = "quy"\n'
    )
    with pytest.raises(CatalogueFault) as refused:
        Catalogue.of({"funds": entries.encode(), "levels": b"?"})
    for part in (
        "funds, mục 1: mã",
        "funds, mục 1: thiếu tên",
        "mã x lặp lại",
        "“quy” đã là cách gọi của x",
        "levels: ",
    ):
        assert part in refused.value.what
    assert refused.value.safe
    assert refused.value.todo


@pytest.mark.parametrize("path", sorted((paths.resources() / "catalogue").glob("*.toml")), ids=lambda path: path.stem)
def test_files_open_with_a_line_that_says_what_they_hold(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# ")
