"""Statistics forms as data: the shipped ones, values, and files that must not be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop import paths
from congdoan_desktop.domain.statistics_forms import (
    FormFault,
    StatisticsForm,
    contradictions,
    deadline,
    form_of,
    values,
)

SHIPPED = sorted((paths.resources() / "forms").glob("*.toml"))
GOOD = """
code = "9-HĐCĐ"
edition = "thử"
title = "Biểu thử"
levels = ["co_so"]
cut_offs = ["31/5", "30/11"]
[[sections]]
number = "I"
title = "Lao động"
confirmed = true
[[sections.rows]]
code = "A"
number = "1"
label = "Tổng số"
unit = "người"
sum = ["B", "C"]
[[sections.rows]]
code = "B"
number = ""
label = "Nữ"
unit = "người"
within = "A"
[[sections.rows]]
code = "C"
number = ""
label = "Nam"
unit = "người"
source = "members"
[[sections.rows]]
code = "D"
number = "2"
label = "Tỷ lệ nữ"
unit = "%"
percent = ["B", "A"]
"""


def form(text: str = GOOD) -> StatisticsForm:
    return form_of("thu.toml", text.encode())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_form_closes_on_the_cut_off_days(path: Path) -> None:
    made = form_of(path.name, path.read_bytes())
    assert [(p.starts, p.ends) for p in made.periods(2026)] == [
        (date(2025, 12, 1), date(2026, 5, 31)),
        (date(2025, 12, 1), date(2026, 11, 30)),
    ]
    assert made.code in {"1-HĐCĐ", "2-HĐCĐ"}


def test_the_known_rows_of_the_first_form_stand_in_their_order() -> None:
    """Rule B02, section I."""
    first = form_of("1", SHIPPED[0].read_bytes()).sections[0]
    starts = [
        "Tổng số lao động", "Trong đó: lao động nữ", "Số lao động thiếu việc làm", "Trong đó: lao động nữ",
        "Tiền lương bình quân tháng", "Số người được tính", "Tổng số tiền doanh nghiệp còn nợ lương",
        "Số người được bố trí nhà ở", "Số người phải tự thuê nhà ở", "Số lao động được ký hợp đồng lao động",
        "Số lao động được đóng BHXH, BHYT, BHTN", "Tranh chấp lao động tập thể, đình công",
    ]  # fmt: skip
    assert all(row.label.startswith(start) for row, start in zip(first.rows, starts, strict=True))
    assert first.confirmed


@pytest.mark.parametrize(
    ("given_values", "found"),
    [
        ({"B": 3, "C": 5}, {"A": 8, "B": 3, "C": 5, "D": (3, 8)}),
        ({"B": 3}, {"B": 3}),
        ({"B": 0, "C": 0}, {"A": 0, "B": 0, "C": 0}),
        ({"Z": 3}, {}),
        ({}, {}),
    ],
)
def test_sums_and_shares_where_all_their_parts_are_known(
    given_values: dict[str, int], found: dict[str, int | tuple[int, int]]
) -> None:
    assert values(form(), given_values) == found


@given(st.dictionaries(st.sampled_from("BC"), st.integers(0, 10**12)))
def test_a_sum_of_counts_contradicts_none_of_its_parts(counts: dict[str, int]) -> None:
    assert contradictions(form(), values(form(), counts)) == []


def test_a_part_above_its_whole_is_named() -> None:
    assert contradictions(form(), {"A": 2, "B": 3}) == [("B", "“Nữ” lớn hơn “Tổng số”.")]


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        (date(2026, 5, 30), date(2025, 11, 30)),
        (date(2026, 5, 31), date(2026, 5, 31)),
        (date(2026, 11, 29), date(2026, 5, 31)),
        (date(2026, 12, 1), date(2026, 11, 30)),
    ],
)
def test_the_period_being_filled_in_is_the_last_that_closed(today: date, ends: date) -> None:
    assert deadline(form(), today).ends == ends


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (GOOD, "=", "không đọc được"),
        (GOOD, "code = 1", "code phải là chữ"),
        (GOOD, "", "thiếu code"),
        ('edition = "thử"\n', "", "biểu: thiếu edition"),
        ('title = "Biểu thử"', 'title = ""', "không được để trống"),
        ('title = "Biểu thử"', 'title = " Biểu"', "dấu cách thừa"),
        ('edition = "thử"', 'edition = "thử"\nmau = "xanh"', "không có mục “mau”"),
        ('"31/5"', '"31/6"', "ngày chốt “31/6”"),
        ('["31/5", "30/11"]', "[5]", "ngày chốt “5”"),
        ('["31/5", "30/11"]', "[]", "cut_offs không được để trống"),
        ('["co_so"]', "[1]", "levels phải là danh sách chữ"),
        ("confirmed = true", 'confirmed = "có"', "phần 1: confirmed phải là true hoặc false"),
        ('code = "B"', 'code = "b"', "phần 1, dòng 2: mã “b”"),
        ('code = "C"', 'code = "B"', "mã B lặp lại"),
        ('label = "Nữ"', 'label = ""', "phần 1, dòng 2: thiếu tên"),
        ('"members"', '"sao Hoả"', "không biết nguồn “sao Hoả”"),
        ('within = "A"', 'within = "X"', "dòng B: không có dòng X"),
        ('["B", "C"]', '["B", "A"]', "dòng A: cách tính quay về chính nó"),
        ('["B", "C"]', '["B", "D"]', "dòng A: D là tỷ lệ"),
        ('["B", "C"]', "[1]", "danh sách mã dòng"),
        ('["B", "A"]', '["B"]', "percent phải gồm đúng hai mã"),
        ('source = "members"', 'source = "members"\nsum = ["B"]', "chỉ ghi một trong"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_where(old: str, new: str, fault: str) -> None:
    with pytest.raises(FormFault) as refused:
        form(GOOD.replace(old, new, 1))
    assert fault in refused.value.what
    assert "thu.toml" in refused.value.what
    assert "1-hdcd.toml" in refused.value.todo


def test_all_faults_are_named_together() -> None:
    wrong = GOOD.replace('code = "B"', 'code = "b"').replace('label = "Nam"', 'label = ""')
    with pytest.raises(FormFault) as refused:
        form(wrong)
    assert len(refused.value.faults) == 2


@given(st.binary(max_size=200))
def test_any_bytes_are_a_form_or_a_fault(data: bytes) -> None:
    with pytest.raises(FormFault):
        form_of("x", data)
