"""A count that all unions of a plan reach together: told of one of them, judged by the mark given to it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.campaigns import Campaign, Target, UnitMark
from congdoan_desktop.services import activities, campaigns, general_report, list_papers, reporting
from congdoan_desktop.services.reporting import ReportRequest
from tests.reports.paper import text
from tests.services.conftest import Offices, activity, grassroots, request

TOGETHER = Target(
    "T1", "Giới thiệu đoàn viên ưu tú cho Đảng", "I10", "gte", 5, "đoàn viên", "Ít nhất 05 đoàn viên"
)  # fmt: skip
SHARE = Target("T2", "CĐCS có hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01")


@pytest.fixture
def told(offices: Offices) -> tuple[Offices, ReportRequest, str, str]:
    """Two CĐCS that introduced three members each; the second was given a mark of its own, of two."""
    office = offices.union
    first, second = grassroots(office), grassroots(office, "CĐCS Chợ", "CDCS-C")
    plan = Campaign(
        "", "Dân vận", "Kế hoạch", "14/KH", date(2024, 1, 2), "Lai Châu", "Ban Thường vụ", date(2024, 1, 1),
        date(2024, 12, 31), targets=(TOGETHER, SHARE), marks=(UnitMark("T1", second, 2),),
    )  # fmt: skip
    id_ = campaigns.add(office, plan).ids[0]
    for unit in (first, second):
        activities.add(office, activity(id_, kind="gioi_thieu_dang", count=3, counts=False), (unit,))
        activities.add(office, activity(id_), (unit,))
    return offices, request(id_), first, second


def test_all_together_are_judged(told: tuple[Offices, ReportRequest, str, str]) -> None:
    offices, asked, _, _ = told
    together, _ = reporting.prepare(offices.union, asked).report.targets
    assert (together.numerator, together.met, together.shared) == (6, True, False)


def test_one_of_them_is_told_of_and_not_judged(told: tuple[Offices, ReportRequest, str, str]) -> None:
    offices, asked, first, _ = told
    prepared = reporting.prepare(offices.union, replace(asked, unit=first))
    together, share = prepared.report.targets
    assert (together.numerator, together.met, together.shared) == (3, None, True)
    assert (share.met, share.shared) == (True, False)
    said = text(reporting.pdf(offices.union, prepared)).replace("\u00a0", " ")
    assert "có 01 chỉ tiêu đạt và 01 chỉ tiêu giao chung, không đánh giá riêng" in said
    assert "Giao chung toàn kế hoạch" in said
    assert "Còn" not in said
    (line,) = general_report.paper(offices.union, replace(asked, campaign="", unit=first)).document.sections[:1]
    assert "Giao chung toàn kế hoạch" in str(line)


def test_one_with_a_mark_of_its_own_is_judged_by_it(told: tuple[Offices, ReportRequest, str, str]) -> None:
    offices, asked, _, second = told
    together, _ = reporting.prepare(offices.union, replace(asked, unit=second)).report.targets
    assert (together.level, together.met, together.shared) == ("2 đoàn viên", True, False)


def test_annex_and_ranking_ask_it_of_nobody_else(told: tuple[Offices, ReportRequest, str, str]) -> None:
    offices, asked, first, second = told
    units = {unit.unit: unit for unit in reporting.prepare(offices.union, asked).report.units}
    assert [(units[one].targets_met, units[one].targets_asked) for one in (first, second)] == [(1, 1), (2, 2)]
    document = list_papers.paper(offices.union, "ranking", asked).document
    rows = next(block for block in document.sections[0].blocks if hasattr(block, "rows")).rows
    assert sorted(row[4].text for row in rows[:-1]) == ["1/1", "2/2"]
