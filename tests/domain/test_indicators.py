"""Indicators: exact comparison, what is lacking, pace, and which parts fit together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.campaigns import Phase, Target
from congdoan_desktop.domain.catalogue import CatalogueFault, Entry
from congdoan_desktop.domain.indicators import (
    COMPARATORS,
    Condition,
    Criterion,
    Definition,
    Result,
    definition_of,
    edge,
    faults,
    meets,
)
from congdoan_desktop.domain.pace import Time, by_phase, pace, time_of
from congdoan_desktop.domain.target_choices import answer, choice_of, levels_of, op_of, questions

GOOD = Definition(
    "X1", "Doanh nghiệp có CĐCS", "workplaces", (Condition("headcount", "gte", 10),), (Criterion("Có", "union"),)
)


@pytest.mark.parametrize(
    ("op", "value", "decimals", "numerator", "denominator", "met"),
    [
        ("gt", 85, 0, 85, 100, False),
        ("gt", 85, 0, 8501, 10_000, True),
        ("gte", 85, 0, 17, 20, True),
        ("gte", 85, 0, 16_999, 20_000, False),
        ("gte", 975, 1, 39, 40, True),
        ("gt", 975, 1, 39, 40, False),
        ("gte", 3333, 2, 1, 3, True),
        ("gte", 3334, 2, 1, 3, False),
        ("lt", 10, 0, 1, 10, False),
        ("lte", 10, 0, 1, 10, True),
        ("eq", 100, 0, 7, 7, True),
        ("gte", 500, 0, 499, None, False),
        ("gte", 15, 1, 2, None, True),
        ("gt", 15, 1, 1, None, False),
    ],
)
def test_a_figure_is_compared_exactly(
    op: str, value: int, decimals: int, numerator: int, denominator: int | None, met: bool
) -> None:
    assert meets(op, value, numerator, denominator, decimals) is met


@given(
    op=st.sampled_from(sorted(COMPARATORS)),
    value=st.integers(0, 12_000),
    decimals=st.integers(0, 2),
    denominator=st.none() | st.integers(1, 10_000),
)
def test_the_edge_is_the_last_numerator_on_its_side(
    op: str, value: int, decimals: int, denominator: int | None
) -> None:
    at = edge(op, value, denominator, decimals)
    if op in ("gt", "gte"):
        assert meets(op, value, at, denominator, decimals)
        assert not meets(op, value, at - 1, denominator, decimals)
    elif op in ("lt", "lte"):
        assert meets(op, value, at, denominator, decimals)
        assert not meets(op, value, at + 1, denominator, decimals)
    else:
        assert meets("gte", value, at, denominator, decimals)


@given(
    numerator=st.integers(0, 500),
    more=st.integers(0, 500),
    value=st.integers(1, 100),
    over=st.integers(0, 100),
    grows=st.booleans(),
)
def test_a_target_is_met_exactly_when_nothing_is_lacking(
    numerator: int, more: int, value: int, over: int, grows: bool
) -> None:
    result = Result(numerator, numerator + more, None)
    if not result.denominator:
        return
    result = replace(result, met=meets("gte", value, numerator, result.denominator))
    found = pace("gte", value, 0, result, Time(over, 100), grows=grows)
    assert (found.state == "met") == (found.lacking == 0) == result.met
    assert meets("gte", value, numerator + found.lacking, result.denominator)
    assert found.forecast is None or found.forecast <= (result.denominator or 0)


@pytest.mark.parametrize(
    ("numerator", "over", "state", "forecast"),
    [(0, 0, "on_way", None), (50, 50, "on_way", 100), (49, 50, "late", 98), (24, 50, "unlikely", 48),
     (99, 100, "missed", 99), (100, 10, "met", 200)],
)  # fmt: skip
def test_the_pace_against_the_share_of_time(numerator: int, over: int, state: str, forecast: int | None) -> None:
    result = Result(numerator, 200, meets("gte", 50, numerator, 200))
    found = pace("gte", 50, 0, result, Time(over, 100), grows=True)
    assert (found.state, found.forecast) == (state, forecast)


@pytest.mark.parametrize(
    ("today", "over"),
    [(date(2023, 12, 31), 0), (date(2024, 1, 1), 1), (date(2024, 12, 31), 366), (date(2025, 6, 1), 366)],
)
def test_the_time_that_is_over(today: date, over: int) -> None:
    assert time_of(date(2024, 1, 1), date(2024, 12, 31), today) == Time(over, 366)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"population": "?"}, "không có tổng thể"),
        ({"conditions": (Condition("full_time", value=1),)}, "điều kiện “full_time”"),
        ({"conditions": (Condition("headcount", "ungefähr", 1),)}, "điều kiện “headcount”"),
        ({"criteria": (Criterion("Xếp loại", "rating"),)}, "tiêu chí “Xếp loại”"),
        ({"criteria": (Criterion("Có", "union", time="mai"),)}, "tiêu chí “Có”"),
        ({"criteria": ()}, "chưa có tiêu chí nào"),
        ({"name": ""}, "thiếu mã hoặc tên"),
        ({"source": "?"}, "nguồn số liệu"),
        ({"per_unit": True}, "mức cho từng CĐCS"),
        ({"population": "", "conditions": (), "criteria": (Criterion("a", "activity"),)}, "chưa chọn cái được đếm"),
        ({"population": "workers", "conditions": (), "criteria": (Criterion("a", "activity"),) * 2}, "một tiêu chí"),
    ],
)
def test_parts_that_do_not_fit_are_named(changed: dict[str, object], said: str) -> None:
    assert faults(GOOD) == ()
    assert any(said in fault for fault in faults(replace(GOOD, **changed)))  # type: ignore[arg-type]  # a table of cases


def test_an_entry_becomes_a_definition() -> None:
    more = {
        "population": "workplaces",
        "conditions": [{"field": "headcount", "op": "gte", "value": 10}],
        "criteria": [{"name": "Có", "source": "union"}],
    }
    assert definition_of(Entry("x1", "Doanh nghiệp có CĐCS", more=more)) == GOOD


@pytest.mark.parametrize(
    "more",
    [
        {"population": "?"}, {"tong_the": 1}, {"population": "workplaces"}, {"conditions": "x"}, {"criteria": ["x"]},
        {"population": "workplaces", "criteria": [{"name": "Có", "source": "union", "least": "x"}]},
        {"population": "workplaces", "criteria": [{"name": "Có", "source": "union"}], "per_unit": 3},
    ],
)  # fmt: skip
def test_a_wrong_entry_is_a_fault_of_the_catalogue(more: dict[str, object]) -> None:
    with pytest.raises(CatalogueFault, match="indicators, x1"):
        definition_of(Entry("x1", "Tên", more=more))


# What the wording leaves open


def target(wording: str = "trên 85%", choice: str = "", within: str = "", op: str = "gt") -> Target:
    return Target("t", wording, "X1", op, 85, "%", "", choice=choice, within=within)


def test_only_what_is_open_is_asked() -> None:
    assert [one.code for one in questions(target(), GOOD)] == ["headcount_day"]
    assert [one.code for one in questions(target("trên 90 % trở lên", within="a"), replace(GOOD, conditions=()))] == [
        "within",
        "mark",
    ]


@pytest.mark.parametrize(("choice", "op"), [("", "gte"), ("mark=gt", "gt"), ("mark=gte", "gte"), ("mark=?", "gte")])
def test_both_words_of_a_mark_are_read_as_chosen(choice: str, op: str) -> None:
    assert op_of(target("có trên 90% trở lên CĐCS", choice)) == op
    assert op_of(target("trên 90%", choice)) == "gt"


def test_good_may_hold_the_best_or_not() -> None:
    assert levels_of(target(), ("tot", "xuat_sac")) == ("tot", "xuat_sac")
    assert levels_of(target(choice="best=without"), ("tot", "xuat_sac")) == ("tot",)
    assert levels_of(target(choice="best=without"), ("xuat_sac",)) == ("xuat_sac",)


def test_answers_are_kept_and_what_is_unknown_is_left_alone() -> None:
    chosen = target(choice=choice_of({"within": "numerator", "headcount_day": "", "mark": "gt"}))
    assert chosen.choice == "mark=gt;within=numerator"
    assert answer(chosen, "within") == "numerator"
    assert answer(chosen, "headcount_day") == "end"
    assert answer(target(choice="rubbish;within"), "within", "numerator") == "numerator"


@pytest.mark.parametrize(
    ("day", "name", "needed"),
    [
        (date(2024, 3, 1), "Đợt 1", 59), (date(2024, 7, 31), "Đợt 1", 59), (date(2024, 8, 1), "Đợt 2", 100),
        (date(2024, 7, 25), "Tuần cao điểm", 58), (date(2025, 1, 1), None, None),
    ],
)  # fmt: skip
def test_a_phase_asks_for_its_share_by_its_last_day(day: date, name: str | None, needed: int | None) -> None:
    phases = (
        Phase("Đợt 1", date(2024, 1, 1), date(2024, 7, 31)), Phase("Đợt 2", date(2024, 8, 1), date(2024, 12, 31)),
        Phase("Tuần cao điểm", date(2024, 7, 22), date(2024, 7, 28)),
    )  # fmt: skip
    found = by_phase(phases, date(2024, 1, 1), date(2024, 12, 31), day, 100)
    assert (found.name if found else None, found.needed if found else None) == (name, needed)
