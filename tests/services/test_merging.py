"""Merging small CĐCS: who is small, what is proposed, what is frozen, and the list on paper."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from congdoan_desktop.domain.merging import AT, COUNTLESS, UNDER, MergeListRow, SmallUnit, suggest
from congdoan_desktop.domain.reorganising import Decision, Merge
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.errors import ValidationError
from congdoan_desktop.services import merging, papers, reorganisation, units
from congdoan_desktop.services.office import Office
from tests.services.conftest import PROVINCE, NewOffice

DAY = date(2024, 6, 1)
CDCS = (
    ("CĐCS Trường Mầm non Hua Nà", "cdcs_su_nghiep", 7),
    ("CĐCS Trường Tiểu học Phúc Than", "cdcs_su_nghiep", 8),
    ("CĐCS Hội Nông dân huyện", "cdcs_hanh_chinh", 4),
    ("CĐCS Huyện đoàn", "cdcs_hanh_chinh", 5),
    ("CĐCS Hội Liên hiệp Phụ nữ huyện", "cdcs_hanh_chinh", 6),
    ("CĐCS Công ty TNHH Gạch Tà Gia", "cdcs_dn_ngoai", 9),
    ("CĐCS Trạm Y tế xã Mường Kim", "cdcs_su_nghiep", 10),
    ("CĐCS Điện lực", "cdcs_dn_nha_nuoc", 60),
    ("CĐCS Chợ trung tâm", "cdcs_dn_ngoai", None),
)


@pytest.fixture
def office(new_office: NewOffice) -> Office:
    made = new_office("province", PROVINCE)
    for number, (name, kind, members) in enumerate(CDCS):
        unit = units.add(made, name=name, short_name=name, code=f"CS-{number}", kind=kind)
        if members is not None:
            units.set_headcount(made, Headcount(unit, date(2024, 1, 1), members, members))
    return made


def test_who_is_small_and_who_stands_exactly_at_the_threshold(office: Office) -> None:
    found = {one.name: one.group for one in merging.small(office, 10, DAY)}
    assert found.pop("CĐCS Trạm Y tế xã Mường Kim") == AT
    assert found.pop("CĐCS Chợ trung tâm") == COUNTLESS
    assert set(found.values()) == {UNDER}
    assert "CĐCS Điện lực" not in found
    assert "CĐCS Trạm Y tế xã Mường Kim" not in {one.name for one in merging.small(office, 8, DAY)}


def test_what_is_alike_is_proposed_with_its_reason(office: Office) -> None:
    names = {one.unit: one.name for one in merging.small(office, 10, DAY)}
    proposed = {group.reason: {names[unit] for unit in group.units} for group in merging.suggestions(office, 10, DAY)}
    assert proposed == {
        "Cùng khối Mặt trận, đoàn thể": {name for name, _, _ in CDCS[2:5]},
        "Cùng khối trường học": {name for name, _, _ in CDCS[:2]},
    }
    assert all(group.enough for group in merging.suggestions(office, 10, DAY))


def test_the_baseline_stays_while_the_list_shrinks(office: Office) -> None:
    merging.freeze(office, 10, DAY)
    for group in merging.suggestions(office, 10, DAY):
        reorganisation.decide(office, Merge(group.units, group.units[0]), Decision(date(2024, 7, 1), "12/QĐ"))
    (state,) = merging.baselines(office)
    assert (len(state.baseline.units), state.merged) == (6, 5)
    assert len([one for one in merging.small(office, 10, date(2024, 7, 1)) if one.group == UNDER]) == 1
    with pytest.raises(ValidationError, match="dưới 2 đoàn viên"):
        merging.freeze(office, 2, DAY)


def test_the_list_is_a_word_file_with_real_styles(office: Office, tmp_path: Path) -> None:
    rows = (
        MergeListRow((("CĐCS Hội Nông dân", 4), ("CĐCS Huyện đoàn", 5)), "CĐCS Khối đoàn thể", 9, "Cùng khối đoàn thể"),
        MergeListRow((("CĐCS Mầm non", 7), ("CĐCS Tiểu học", 8)), "CĐCS Liên trường", 15, "Cùng khối trường học"),
    )
    path = tmp_path / "danh-sach.docx"
    listed = merging.merge_list(office, "12/QĐ-LĐLĐ", date(2024, 7, 1), rows, ("Chủ tịch", "Hoàng Thọ Trung"))
    papers.save(office, listed, path)
    made = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    texts = " ".join(paragraph.text for paragraph in made.paragraphs)
    assert "DANH SÁCH GHÉP CÔNG ĐOÀN CƠ SỞ" in texts.upper()
    papers.save(office, listed, path.with_suffix(".xlsx"))
    (sheet,) = openpyxl.load_workbook(path.with_suffix(".xlsx")).worksheets
    assert {"CĐCS Khối đoàn thể", "CĐCS Tiểu học"} <= {cell.value for row in sheet.iter_rows() for cell in row}
    assert "(Kèm theo Quyết định số 12/QĐ-LĐLĐ ngày 01/7/2024)" in texts.replace("\u00a0", " ")
    assert {"STT", "Công đoàn cơ sở hiện có", "CĐCS Khối đoàn thể", "CĐCS Tiểu học", "09", "15"} <= set(cells)
    assert "04 công đoàn cơ sở, ghép thành 02 công đoàn cơ sở./." in texts.replace("\u00a0", " ")
    assert made.styles["Normal"].font.name == "Times New Roman"


small_units = st.lists(
    st.builds(
        SmallUnit,
        unit=st.uuids().map(str),
        name=st.sampled_from("ABC"),
        upper=st.sampled_from("xy"),
        upper_name=st.just(""),
        members=st.integers(0, 12),
        group=st.sampled_from([UNDER, UNDER, AT, COUNTLESS]),
        kind=st.sampled_from(["", "trường"]),
        place=st.sampled_from(["", "Hua Nà"]),
        block=st.sampled_from(["", "Khối y tế", "Khối trường học"]),
        sector=st.sampled_from(["", "Giáo dục"]),
    ),
    max_size=30,
    unique_by=lambda one: one.unit,
)


@drawn(small_units, st.integers(1, 15))
def test_proposals_keep_to_one_union_and_name_nobody_twice(given_: list[SmallUnit], threshold: int) -> None:
    found = suggest(given_, threshold)
    known = {one.unit: one for one in given_}
    named = [unit for group in found for unit in group.units]
    assert len(named) == len(set(named))
    for group in found:
        assert len(group.units) >= 2
        assert len({known[unit].upper for unit in group.units}) == 1
        assert {known[unit].group for unit in group.units} == {UNDER}
        assert group.members == sum(known[unit].members for unit in group.units) > threshold
        assert group.enough
        assert group.reason
    assert suggest(reversed(given_), threshold) == found
