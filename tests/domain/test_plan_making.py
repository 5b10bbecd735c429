"""A plan for the next year, and the own plan under the upper union's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.campaigns import (
    Assignment,
    Campaign,
    Duty,
    Phase,
    PlannedEvent,
    RelatedDocument,
    Target,
    UnitMark,
)
from congdoan_desktop.domain.plan_making import below_the_upper, carrying_out, next_year

TARGET = Target("t1", "Trên 85% doanh nghiệp năm 2024", "N01", "gt", 85, "%", "Trên 85%")
PLAN = Campaign(
    unit="u",
    title="Dân vận năm 2024, giai đoạn 2023-2028",
    doc_type="Kế hoạch",
    number="14/KH-LĐLĐ",
    issued_on=date(2023, 12, 29),
    place="Lai Châu",
    organ="Ban Thường vụ",
    starts=date(2024, 1, 1),
    ends=date(2024, 12, 31),
    bases=("Chương trình 39-CTr/TU năm 2024",),
    targets=(TARGET, replace(TARGET, id="t2", within="t1")),
    phases=(Phase("Tháng 2/2024", date(2024, 2, 1), date(2024, 2, 29)),),
    events=(PlannedEvent("Hội thi năm 2024", ("Văn phòng",), date(2024, 6, 28), plan="x"),),
    duties=(Duty("trước ngày 10/8/2024", "CĐCS", "CĐ xã", "", date(2024, 8, 10), "before"),),
    marks=(UnitMark("t1", "u2", 90),),
    assignments=(Assignment("Văn phòng", "Tổng kết năm 2024"),),
    related=(RelatedDocument("parent", "1/KH", "", "p"), RelatedDocument("basis", "39-CTr/TU", "")),
    parent="p",
)


def test_the_next_year_moves_days_and_years_and_leaves_the_number_open() -> None:
    later = next_year(PLAN)
    assert later.title == "Dân vận năm 2025, giai đoạn 2023-2028"
    assert (later.starts, later.ends) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (later.number, later.issued_on, later.parent) == ("", None, None)
    assert later.phases == (Phase("Tháng 2/2025", date(2025, 2, 1), date(2025, 2, 28)),)
    assert later.events == (PlannedEvent("Hội thi năm 2025", ("Văn phòng",), date(2025, 6, 28)),)
    assert (later.duties[0].wording, later.duties[0].due) == ("trước ngày 10/8/2025", date(2025, 8, 10))
    assert later.assignments[0].task == "Tổng kết năm 2025"
    assert later.bases == PLAN.bases, "documents of the past keep their names"
    assert [one.relation for one in later.related] == ["basis"]


def test_copied_targets_are_new_ones_that_hang_together_as_before() -> None:
    later = next_year(PLAN)
    first, second = later.targets
    assert {first.id, second.id}.isdisjoint({"t1", "t2"})
    assert second.within == first.id
    assert later.marks == (UnitMark(first.id, "u2", 90),)
    assert first.wording == "Trên 85% doanh nghiệp năm 2025"


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)), st.integers(0, 800))
def test_a_copy_is_a_whole_plan_again(starts: date, days: int) -> None:
    ends = date.fromordinal(starts.toordinal() + days)
    later = next_year(replace(PLAN, starts=starts, ends=ends))
    assert later.starts.year == starts.year + 1
    assert later.starts <= later.ends


def test_the_own_plan_takes_targets_over_and_names_the_upper_one() -> None:
    own = carrying_out(PLAN, "upper", "Liên đoàn Lao động tỉnh Lai Châu")
    assert own.parent == "upper"
    assert own.targets == PLAN.targets
    assert own.related == (RelatedDocument("parent", "14/KH-LĐLĐ", PLAN.title, "upper"),)
    of = "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu"
    assert own.bases == (f"Kế hoạch số 14/KH-LĐLĐ ngày 29/12/2023 của {of} về {PLAN.title}",)
    assert (own.events, own.duties, own.number) == ((), (), "")


@pytest.mark.parametrize(
    ("upper", "own", "less"),
    [
        (("gt", 85, 0), ("gt", 85, 0), False),
        (("gt", 85, 0), ("gte", 85, 0), True),
        (("gt", 85, 0), ("gte", 86, 0), False),
        (("gte", 85, 0), ("gt", 85, 0), False),
        (("gte", 85, 0), ("gte", 845, 1), True),
        (("gte", 975, 1), ("gte", 98, 0), False),
        (("gte", 975, 1), ("gte", 97, 0), True),
        (("gte", 85, 0), ("lte", 99, 0), True),
        (("lte", 5, 0), ("lte", 6, 0), True),
        (("lte", 5, 0), ("lt", 5, 0), False),
        (("lt", 5, 0), ("lte", 5, 0), True),
        (("eq", 5, 0), ("eq", 5, 0), False),
        (("eq", 5, 0), ("gte", 5, 0), True),
    ],
)
def test_own_marks_are_never_below_the_upper_union_s(
    upper: tuple[str, int, int], own: tuple[str, int, int], less: bool
) -> None:
    theirs = replace(TARGET, op=upper[0], value=upper[1], decimals=upper[2])
    mine = replace(TARGET, op=own[0], value=own[1], decimals=own[2])
    found = below_the_upper(replace(PLAN, targets=(mine,)), replace(PLAN, targets=(theirs,), marks=()))
    assert bool(found) is less


def test_the_mark_given_to_our_union_counts() -> None:
    own = replace(PLAN, unit="u2", targets=(replace(TARGET, value=89),))
    assert below_the_upper(own, PLAN)
    assert not below_the_upper(replace(own, unit="u3"), PLAN)


def test_a_target_of_our_own_is_ours_alone() -> None:
    own = replace(PLAN, targets=(replace(TARGET, id="ours", value=1),))
    assert below_the_upper(own, PLAN) == ()
