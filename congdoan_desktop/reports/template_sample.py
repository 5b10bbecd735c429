"""An invented report that shows what a template changes: every part that papers have, none of it anybody's figures."""

from __future__ import annotations

from datetime import date

from congdoan_desktop.domain.paper_template import PaperTemplate
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
from congdoan_desktop.domain.units import Unit

_WORDS = "Đây là câu chữ mẫu để xem cỡ chữ, khoảng cách dòng và lề của văn bản in ra."
_TARGETS = (
    TargetResult("1", "CĐCS tổ chức ít nhất 01 hoạt động", "100%", 4, 5, met=False),
    TargetResult("2", "Cán bộ công đoàn cơ sở được tập huấn", "Trên 85%", 18, 20, met=True),
)
_DONE = (1, 3, 0, 60, 30, 0, 2, 2, 1_500_000)


def report_of(unit: Unit, template: PaperTemplate, day: date) -> PeriodReport:
    """The report of a union as its letterhead would stand on it."""

    def line(name: str, usual: str) -> str:
        return template.text("letterhead", name) or usual

    parent = unit.parent_name or "Liên đoàn Lao động tỉnh"
    year = day.year
    above = line("parent", parent)
    return PeriodReport(
        letterhead=Letterhead(
            above, above, line("issuer", unit.name), f"BC-{unit.abbreviation}", line("place", unit.place)
        ),
        receiver=parent,
        plan=PlanCitation("01/KH-LĐLĐ", date(year, 1, 5), f"Ban Thường vụ {parent}", "Tổ chức phong trào thi đua"),
        reporting_body=f"Ban Thường vụ {unit.name}",
        unit_name=unit.name,
        period_name=f"quý I năm {year}",
        starts=date(year, 1, 1),
        ends=date(year, 3, 31),
        dated=day,
        units_total=5,
        members=200,
        workers=220,
        targets=_TARGETS,
        units=tuple(UnitFigures(str(at), f"CĐCS mẫu số {at}", 40, *_DONE, met=at > 1) for at in range(1, 6)),
        activities=(ActivityFigures("Văn hóa, thể thao", 20, 300, 150, 0),),
        funds=("Tài chính công đoàn", "Quỹ Xã hội Công đoàn"),
        supports=(SupportFigures("Hoàn cảnh khó khăn", 10, 10, (5_000_000, 2_500_000)),),
        cash=7_500_000,
        in_kind=0,
        signature=Signature(("TM. BAN THƯỜNG VỤ",), "CHỦ TỊCH", "Họ và tên người ký"),
        recipients=template.lines("report", "recipients"),
        report_id="0" * 64,
        difficulties=_WORDS,
        proposals=_WORDS,
        sample=True,
    )
