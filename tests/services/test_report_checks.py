"""What is said before a report is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.period_report import (
    ActivityFigures,
    Letterhead,
    PeriodReport,
    PlanCitation,
    Signature,
    SupportFigures,
    TargetResult,
    UnitFigures,
)
from congdoan_desktop.services.report_checks import checks

SCHOOL = UnitFigures("u1", "THCS Mường Cang", 40, 1, 1, 0, 60, 30, 2_000_000, 2, 2, 1_000_000, True)
SILENT = UnitFigures("u2", "Điện lực", 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, False)
GOOD = PeriodReport(
    letterhead=Letterhead("LĐLĐ tỉnh", "LĐLĐ tỉnh", "Công đoàn xã", "BC-CĐX", "Than Uyên"),
    receiver="LĐLĐ tỉnh",
    plan=PlanCitation("39/KH-LĐLĐ", date(2024, 4, 15), "LĐLĐ tỉnh", "Kỷ niệm 95 năm"),
    reporting_body="Ban Thường vụ",
    unit_name="Công đoàn xã",
    period_name="quý II năm 2024",
    starts=date(2024, 4, 1),
    ends=date(2024, 6, 30),
    dated=date(2024, 7, 1),
    units_total=1,
    members=40,
    workers=44,
    targets=(TargetResult("t1", "Mỗi CĐCS 01 hoạt động", "Ít nhất 01", 1, 1, True),),
    units=(SCHOOL,),
    activities=(ActivityFigures("Thể thao", 2, 60, 30, 2_000_000),),
    funds=("Quỹ Xã hội",),
    supports=(SupportFigures("Ốm đau", 2, 2, (1_000_000,)),),
    cash=1_000_000,
    in_kind=0,
    signature=Signature(("TM. BAN THƯỜNG VỤ",), "CHỦ TỊCH", "Lò Thị Hoa"),
    recipients=("Như trên", "Lưu: VT"),
    report_id="0" * 64,
    difficulties="Địa bàn rộng",
)


def test_a_full_report_lacks_its_number_alone() -> None:
    assert [(check.tone, check.sentence) for check in checks(GOOD)] == [
        ("warn", "Chưa có số văn bản: để trống cho văn thư điền."),
        ("ok", "Số ở các bảng khớp nhau."),
    ]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (replace(GOOD, difficulties=""), "Chưa ghi khó khăn"),
        (replace(GOOD, sample=True), "DỮ LIỆU MẪU"),
        (replace(GOOD, units=(), units_total=0), "chưa có CĐCS nào vào ngày ấy"),
        (replace(GOOD, targets=()), "chưa có chỉ tiêu"),
        (replace(GOOD, signature=Signature((), "CHỦ TỊCH", "")), "tên người ký"),
        (replace(GOOD, units=(replace(SCHOOL, members=0),)), "1 CĐCS chưa có số đoàn viên"),
        (
            replace(GOOD, units_total=2, units=(SCHOOL, SILENT)),
            "1/2 CĐCS chưa có số liệu",
        ),
    ],
)
def test_each_gap_is_said(report: PeriodReport, said: str) -> None:
    assert any(said in check.sentence and check.tone == "warn" for check in checks(report))


@pytest.mark.parametrize(
    ("report", "where"),
    [
        (replace(GOOD, units=(replace(SCHOOL, other_activities=1),)), "số hoạt động"),
        (replace(GOOD, units=(replace(SCHOOL, participants=61),)), "số người dự"),
        (replace(GOOD, units=(replace(SCHOOL, activity_cost=2_000_001),)), "kinh phí hoạt động"),
        (replace(GOOD, units=(replace(SCHOOL, support_times=3),)), "số khoản chăm lo"),
        (replace(GOOD, units=(replace(SCHOOL, support_amount=1_000_001),)), "số tiền chăm lo"),
        (replace(GOOD, in_kind=1), "theo quỹ"),
    ],
)
def test_tables_that_disagree_come_first(report: PeriodReport, where: str) -> None:
    first = checks(report)[0]
    assert first.tone == "bad"
    assert where in first.sentence


def test_what_the_union_itself_did_is_no_disagreement() -> None:
    report = replace(GOOD, activities=(replace(GOOD.activities[0], times=3, participants=90),))
    assert checks(report)[-1].tone == "ok"
