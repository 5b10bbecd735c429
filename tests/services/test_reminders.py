"""Who has not reported on a plan, and the letter to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from congdoan_desktop.domain.campaigns import Campaign, Duty
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import campaigns, incoming, outgoing, papers, reminders
from congdoan_desktop.services.office import Office
from tests.reports.paper import text
from tests.services.conftest import Offices, campaign, request

WITHIN = Duty("trước ngày 10/7/2024", "các công đoàn xã", "LĐLĐ tỉnh", "", date(2024, 7, 10), "before")
QUARTERLY = Duty("hằng quý", "các công đoàn xã", "LĐLĐ tỉnh", "", None, "", cadence=("quarter",))


def plan_with(offices: Offices, *duties: Duty) -> str:
    """A plan of the province with duties, handed to both unions; today is 29 July 2024."""
    id_ = campaign(offices.province)
    plan: Campaign = campaigns.get(offices.province, id_)

    campaigns.edit(offices.province, id_, replace(plan, duties=duties))
    for union in (offices.union, offices.other):
        made = outgoing.make_plan(offices.province, id_, union.identity.unit)
        incoming.apply(union, offices.carry(offices.province, made))
    return id_


def report(offices: Offices, union: Office, plan: str) -> None:
    made, _ = outgoing.make_report(union, request(plan), offices.province.identity.unit)
    incoming.apply(offices.province, offices.carry(union, made))


def letter(office: Office, plan: str, until: date | None = None) -> str:
    made = reminders.prepare(office, plan, until)
    return text(papers.pdf(office, made)).replace("\u00a0", " ")


def test_those_who_have_not_reported_are_named(offices: Offices) -> None:
    plan = plan_with(offices, WITHIN)
    both = letter(offices.province, plan)
    assert "chưa nhận được báo cáo của 02/02 đơn vị, cụ thể:" in both
    assert "1 Công đoàn xã Mường Kim Chưa có 2 Công đoàn xã Nậm Xuân Chưa có" in both
    report(offices, offices.union, plan)
    one = letter(offices.province, plan, date(2024, 8, 15))
    assert "1/2 đơn vị; còn 01 đơn vị" in one
    assert "Kính gửi: Công đoàn xã Nậm Xuân" in one
    assert "thời hạn gửi báo cáo là ngày 09/7/2024" in one
    assert "trước ngày 15/8/2024" in one
    assert "/LĐLĐ" in one


def test_a_report_that_ends_before_the_period_that_was_due_does_not_count(offices: Offices) -> None:
    plan = plan_with(offices, QUARTERLY)
    report(offices, offices.union, plan)  # over 1/3 to 28/7: covers the second quarter
    assert "Kính gửi: Công đoàn xã Nậm Xuân" in letter(offices.province, plan)
    assert "báo cáo quý II năm 2024" in letter(offices.province, plan)
    assert "thời hạn" not in letter(offices.province, plan), "the plan names no day"


def test_nothing_is_written_when_all_have_reported(offices: Offices) -> None:
    plan = plan_with(offices)
    for union in (offices.union, offices.other):
        report(offices, union, plan)
    with pytest.raises(AppError, match="Cả 2 đơn vị đã gửi"):
        reminders.prepare(offices.province, plan)


def test_a_union_with_nobody_below_reminds_nobody(offices: Offices, tmp_path: Path) -> None:
    plan = plan_with(offices)
    with pytest.raises(AppError, match="Không có đơn vị nào gửi báo cáo"):
        reminders.prepare(offices.union, plan)
    made = reminders.prepare(offices.province, plan)
    for ending in (".pdf", ".docx", ".xlsx"):
        papers.save(offices.province, made, tmp_path / f"c{ending}")
        assert (tmp_path / f"c{ending}").stat().st_size > 1000


def test_whom_the_duty_does_not_bind_is_not_reminded(offices: Offices) -> None:
    others = replace(WITHIN, who="các CĐCS trực thuộc", levels=("co_so",))
    with pytest.raises(AppError, match="Không có đơn vị nào"):
        letter(offices.province, plan_with(offices, others))
    both = plan_with(offices, others, replace(QUARTERLY, levels=("cap_tren_co_so",)))
    assert "02/02 đơn vị" in letter(offices.province, both)
