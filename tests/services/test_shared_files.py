"""Catalogues and forms of the union above ride home, count below, and can be taken back on both sides."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from congdoan_desktop import paths
from congdoan_desktop.clock import FixedClock
from congdoan_desktop.domain.activity_kinds import fields_of
from congdoan_desktop.domain.catalogue import CatalogueFault
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.shared_files import SharedFile
from congdoan_desktop.domain.statistics_forms import FormFault
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import (
    catalogues,
    definitions,
    homeward,
    incoming,
    outgoing,
    shared_files,
    statistics,
    stick_run,
)
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.custody import NotCustodian
from tests.services.conftest import NewOffice, Offices, first_start, unlocked
from tests.services.levels import carried, three_levels
from tests.services.test_services_main_path import planned

CAMP = """
[[entry]]
code = "hoi_trai"
name = "Hội trại thanh niên công nhân"
counts = true
group = "tuyen_truyen"
subject = "unit"
"""
FORM = """
code = "5-TINH"
edition = "2026"
title = "Biểu của tỉnh"
levels = ["cap_tren"]
cut_offs = ["31/5", "30/11"]

[[sections]]
number = "I"
title = "Đoàn viên"
confirmed = false

[[sections.rows]]
code = "1"
number = "1"
label = "Tổng số đoàn viên"
unit = "người"
source = "members"
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    kinds, form = tmp_path / "activity_kinds.toml", tmp_path / "bieu-5.toml"
    kinds.write_text(CAMP, "utf-8")
    form.write_text(FORM, "utf-8")
    return kinds, form


def given(office: Office, files: tuple[Path, Path]) -> None:
    for file in files:
        shared_files.add(office, file)


def at(office: Office) -> tuple[bool, bool]:
    """Whether the kind of activity and the form count at an office, as it would be after its next start."""
    shared_files.use(office)
    known = catalogue().entry("activity_kinds", "hoi_trai") is not None
    return known, "5-TINH" in [form.code for form in statistics.listing(office).forms]


def test_they_ride_home_beside_the_list_of_keys(offices: Offices, files: tuple[Path, Path]) -> None:
    homeward.refresh(offices.province)
    given(offices.province, files)
    assert at(offices.union) == (False, False)
    assert stick_run.take_and_write(offices.province, offices.stick).written > 0
    home = stick_run.take_and_write(offices.union, offices.stick)
    assert sum(result.by_type.get("shared_file", 0) for result in home.taken) == 2
    assert at(offices.union) == (True, True)
    assert homeward.refresh(offices.province) is None
    assert [(one.file.name, one.own, one.unit_name) for one in shared_files.listing(offices.union)] == [
        ("5-TINH", False, "Liên đoàn Lao động tỉnh Lai Châu"),
        ("activity_kinds", False, "Liên đoàn Lao động tỉnh Lai Châu"),
    ]


def test_a_plan_brings_them_with_a_preview_and_its_withdrawal_takes_them_back(
    offices: Offices, files: tuple[Path, Path]
) -> None:
    id_ = planned(offices)
    given(offices.province, files)
    plan = outgoing.make_plan(offices.province, id_, offices.union.identity.unit)
    path = offices.carry(offices.province, plan)
    assert incoming.preview(offices.union, path).by_type["shared_file"] == 2
    assert at(offices.union) == (False, False)
    taken = incoming.apply(offices.union, path)
    assert catalogue().name("activity_kinds", "hoi_trai") == "Hội trại thanh niên công nhân"  # at once
    assert at(offices.union) == (True, True)
    incoming.withdraw(offices.union, taken.package_id)
    assert catalogue() is catalogues.shipped()
    assert at(offices.union) == (False, False)
    incoming.lift_withdrawal(offices.union, taken.package_id)
    assert at(offices.union) == (True, True)


def test_a_unit_puts_one_out_of_use_for_itself(offices: Offices, files: tuple[Path, Path]) -> None:
    given(offices.province, files)
    stick_run.take_and_write(offices.province, offices.stick)
    stick_run.take_and_write(offices.union, offices.stick)
    form, kinds = shared_files.listing(offices.union)
    shared_files.switch(offices.union, kinds.id, used=False)
    assert at(offices.union) == (False, True)
    assert [one.used for one in shared_files.listing(offices.union)] == [True, False]
    shared_files.switch(offices.union, kinds.id, used=True)
    assert at(offices.union) == (True, True)
    with pytest.raises(NotCustodian):
        shared_files.remove(offices.union, form.id, "không dùng")
    assert at(offices.union) == (True, True)


def test_what_the_giver_removes_goes_below_too(offices: Offices, files: tuple[Path, Path]) -> None:
    given(offices.province, files)
    stick_run.take_and_write(offices.province, offices.stick)
    stick_run.take_and_write(offices.union, offices.stick)
    form, _ = shared_files.listing(offices.province)
    shared_files.remove(offices.province, form.id, "Thay bằng biểu khác")
    stick_run.take_and_write(offices.province, offices.stick)
    stick_run.take_and_write(offices.union, offices.stick)
    assert at(offices.union) == (True, False)


def test_they_count_again_when_the_office_is_opened(new_office: NewOffice, files: tuple[Path, Path]) -> None:
    office = new_office("again", first_start("Công đoàn xã Tà Tổng", "CDX-TT"))
    given(office, files)
    folder = office.folder
    office.close()
    assert catalogue() is catalogues.shipped()
    again = unlocked(folder)
    assert catalogue().entry("activity_kinds", "hoi_trai") is not None
    again.close()


def test_a_new_version_takes_the_place_of_the_old(offices: Offices, files: tuple[Path, Path]) -> None:
    given(offices.province, files)
    files[0].write_text(CAMP.replace("Hội trại thanh niên công nhân", "Hội trại hè"), "utf-8")
    shared_files.add(offices.province, files[0])
    assert len(shared_files.listing(offices.province)) == 2
    assert catalogue().name("activity_kinds", "hoi_trai") == "Hội trại hè"
    assert catalogue().name("activity_kinds", "tuyen_truyen") == "Tuyên truyền, phổ biến"


MOON = '[[entry]]\ncode = "i90"\nname = "Chỉ tiêu"\npopulation = "moon"\n'
HALF = CAMP + '[[entry.field]]\nname = "count"\ntype = "count"\n'
NEWER = CAMP + '[[entry.field]]\nname = "stars"\ntype = "stars"\n'
WRONG = {
    "chu.toml": ("không phải TOML", AppError),
    "sau.toml": (f"entry = {'[' * 5_000}", AppError),
    "khac.toml": (CAMP, AppError),
    "bieu.toml": ("[[sections]]\n", FormFault),
    "activity_kinds.toml": (CAMP.replace("Hội trại thanh niên công nhân", "Bữa cơm Công đoàn"), CatalogueFault),
    "indicators.toml": (MOON, CatalogueFault),
    "funds.toml": ('[[entry]]\ncode = "A B"\nname = "?"\n', CatalogueFault),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_does_not_fit_is_refused(offices: Offices, tmp_path: Path, name: str) -> None:
    text, refusal = WRONG[name]
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(refusal):
        shared_files.add(offices.province, tmp_path / name)
    assert shared_files.listing(offices.province) == []


@pytest.mark.logs_warnings
@pytest.mark.parametrize("name", ["activity_kinds", "indicators"])
@pytest.mark.parametrize("text", ["?", f"entry = {'[' * 5_000}", "[[entry]]\ncode = 5\n", MOON, HALF])
def test_a_catalogue_that_a_newer_program_gave_and_ours_cannot_read_stops_nothing(
    offices: Offices, text: str, name: str
) -> None:
    own = offices.union.identity.unit
    with offices.union.write(Right.ISSUE) as work:
        work.put(SharedFile(own, "catalogue", name, "Danh mục", text))
    shared_files.use(offices.union)
    assert catalogue() is catalogues.shipped()
    assert definitions.shipped()


def test_a_field_of_a_type_that_a_newer_program_knows_is_left_out(offices: Offices, tmp_path: Path) -> None:
    (tmp_path / "activity_kinds.toml").write_text(NEWER, "utf-8")
    shared_files.add(offices.province, tmp_path / "activity_kinds.toml")
    kind = catalogue().entry("activity_kinds", "hoi_trai")
    assert kind is not None
    assert fields_of(kind) == ()


def test_without_any_the_shipped_catalogues_count(offices: Offices) -> None:
    shared_files.use(offices.province)
    assert catalogue() is catalogues.shipped()


def test_what_an_upper_union_removes_goes_below_with_its_next_plan(
    new_office: NewOffice, files: tuple[Path, Path], tmp_path: Path
) -> None:
    with three_levels(new_office, tmp_path / "usb", ()) as levels:
        upper, below = levels.upper, levels.below[0]
        form = shared_files.add(upper, files[1]).ids[0]
        for held in (True, False):
            plan = outgoing.make_plan(upper, levels.plan, below.identity.unit)
            incoming.apply(below, carried(upper, plan, levels.stick))
            assert at(below) == (False, held)
            if held:
                shared_files.remove(upper, form, "Thay bằng biểu khác")


def test_an_indicator_that_was_given_down_is_known_at_once(offices: Offices, tmp_path: Path) -> None:
    shipped = (paths.resources() / "catalogue" / "indicators.toml").read_text("utf-8").split("[[entry]]")[1]
    own = tmp_path / "indicators.toml"
    named = re.sub(
        'code = "[^"]+"', 'code = "z99"', re.sub('name = "[^"]+"', 'name = "Của tỉnh"', shipped, count=1), count=1
    )
    own.write_text("[[entry]]" + re.sub("aliases = .*", "", named), "utf-8")
    assert "Z99" not in definitions.shipped()
    id_ = shared_files.add(offices.province, own).ids[0]
    assert "Z99" in definitions.shipped()
    shared_files.switch(offices.province, id_, used=False)
    assert "Z99" not in definitions.shipped()


@pytest.mark.logs_warnings
def test_of_two_files_that_do_not_fit_together_the_first_counts(offices: Offices, tmp_path: Path) -> None:
    for office, code in ((offices.union, "trai_cua_xa"), (offices.province, "trai_cua_tinh")):
        (file := tmp_path / "activity_kinds.toml").write_text(CAMP.replace("hoi_trai", code), "utf-8")
        shared_files.add(office, file)
        office.clock = FixedClock(office.clock.now() + timedelta(days=1))
    stick_run.take_and_write(offices.province, offices.stick)
    home = stick_run.take_and_write(offices.union, offices.stick)
    assert (home.left, len(shared_files.listing(offices.union))) == ((), 2)
    shared_files.use(offices.union)
    known = {code for code in ("trai_cua_xa", "trai_cua_tinh") if catalogue().entry("activity_kinds", code)}
    assert known == {"trai_cua_xa"}
