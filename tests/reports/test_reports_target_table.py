"""The table of targets: columns that say nothing fall away, long notes stand below, plans head their targets."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan_desktop.domain.period_report import EarlierResult, PlanCitation, TargetResult
from congdoan_desktop.reports.document import Table
from congdoan_desktop.reports.target_tables import target_table
from tests.reports.story import report

BEFORE, YEAR_BEFORE = EarlierResult(5, 10), EarlierResult(6, 10)
PLAN = PlanCitation("14/KH-LĐLĐ", date(2024, 1, 2), "", "Công tác dân vận")
LAUNCH = PlanCitation("/PĐTĐ-LĐLĐ", None, "", "Phát động phong trào thi đua yêu nước")


def target(wording: str = "CĐCS xây dựng kế hoạch", note: str = "", **more: object) -> TargetResult:
    return TargetResult("t", wording, "Trên 85%", 9, 10, True, note, **more)  # type: ignore[arg-type]


def table(*targets: TargetResult) -> Table:
    return target_table(report(targets=targets))


def heads(made: Table) -> list[str]:
    assert round(sum(column.width for column in made.columns), 6) == 165
    assert all(sum(cell.columns for cell in row) == len(made.columns) for row in made.rows)
    return [cell.text for cell in made.head]


def test_notes_have_a_column_when_there_are_some() -> None:
    assert "Ghi chú" not in heads(table(target(), target()))
    made = table(target(), target(note="Chưa vượt 85%"))
    assert heads(made)[-1] == "Ghi chú"
    assert [row[-1].text for row in made.rows] == ["", "Chưa vượt 85%"]


def test_long_notes_stand_under_the_table_each_once() -> None:
    long, other = (
        "Ngoài công tác tuyên truyền và “Bữa cơm công đoàn”",
        "Tính theo danh sách gốc đã chốt ngày 31/12/2023",
    )
    made = table(target(note=long), target(note="Ngắn"), target(note=other), target(note=long))
    assert [row[-1].text for row in made.rows] == ["(1)", "Ngắn", "(2)", "(1)"]
    assert made.note == f"(1) {long}. (2) {other}.".replace("ngày 31", "ngày\N{NO-BREAK SPACE}31")


@pytest.mark.parametrize(
    ("before", "year_before", "columns"),
    [
        (None, None, []),
        (BEFORE, YEAR_BEFORE, ["Kỳ trước", "Cùng kỳ năm trước"]),
        (BEFORE, None, ["Kỳ trước"]),
        (None, YEAR_BEFORE, ["Cùng kỳ năm trước"]),
        (BEFORE, BEFORE, ["Kỳ trước"]),
    ],
    ids=["none", "both", "period alone", "year alone", "the same days"],
)
def test_earlier_results_are_told_once(
    before: EarlierResult | None, year_before: EarlierResult | None, columns: list[str]
) -> None:
    made = table(target(before=before, year_before=year_before), target())
    assert [name for name in heads(made) if name in {"Kỳ trước", "Cùng kỳ năm trước"}] == columns


def test_under_no_plan_targets_stand_below_their_plans_and_are_numbered_through() -> None:
    made = table(target(plan=PLAN), target(plan=PLAN), target(plan=LAUNCH))
    assert heads(made)
    assert [row[0].text.replace("\N{NO-BREAK SPACE}", " ") for row in made.rows] == [
        "Kế hoạch số 14/KH-LĐLĐ", "1", "2", "Phong trào thi đua yêu nước", "3",
    ]  # fmt: skip
