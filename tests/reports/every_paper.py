"""Every paper that the program prints, short or long, for the rules that all of them obey. All of it is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from congdoan_desktop.domain.gift_papers import FundStatement, StatementLine
from congdoan_desktop.domain.merging import MergeList, MergeListRow
from congdoan_desktop.domain.period_report import Letterhead, PlanCitation, Signature
from congdoan_desktop.domain.periods import statistics_year
from congdoan_desktop.domain.rating import RatedUnit, RatingList
from congdoan_desktop.domain.reminder import MissingUnion, Reminder
from congdoan_desktop.domain.statistics_forms import form_of
from congdoan_desktop.domain.statistics_paper import StatisticsPaper
from congdoan_desktop.paths import resources
from congdoan_desktop.reports import sheets
from congdoan_desktop.reports.decision_layout import decision_document
from congdoan_desktop.reports.document import Document
from congdoan_desktop.reports.fund_statement import fund_statement_document
from congdoan_desktop.reports.merge_list import merge_list_document
from congdoan_desktop.reports.minutes_layout import minutes_document
from congdoan_desktop.reports.period_report_layout import period_report_document
from congdoan_desktop.reports.plan_layout import plan_document
from congdoan_desktop.reports.proposal_layout import proposal_document
from congdoan_desktop.reports.rating_list import rating_list_document
from congdoan_desktop.reports.reminder_layout import reminder_document
from congdoan_desktop.reports.signing_list import signing_list_document
from congdoan_desktop.reports.statistics_layout import statistics_document
from tests.reports import plan_story, proposal_story, signing_story, story

_SIGNER = Signature(("TM. BAN THƯỜNG VỤ",), "PHÓ CHỦ TỊCH", "Lò Văn Mẫu")
_DAY = date(2026, 6, 5)
_SCHOOL = "Công đoàn cơ sở Trường Phổ thông Dân tộc Bán trú Tiểu học và Trung học cơ sở Bản Lướt số"


def _head(code: str) -> Letterhead:
    return replace(story.LETTERHEAD, code=code)


def _school(at: int) -> str:
    return story.report().units[at % 14].name if at < 14 else f"{_SCHOOL} {at}"


def _report(count: int) -> Document:
    units = tuple(story.unit(at, _school(at), 60 + at, 2, 3, 1, 90, 40, 2, 900_000, at % 3 > 0) for at in range(count))
    return period_report_document(story.report(units=units, units_total=count))


def _plan(count: int) -> Document:
    given = plan_story.campaign()
    events = tuple(replace(given.events[0], name=f"{given.events[0].name} {at}") for at in range(count))
    return plan_document(plan_story.paper(replace(given, events=events)))


def _reminder(count: int) -> Document:
    plan = PlanCitation("03/KH-CĐX", date(2026, 1, 22), "Ban Thường vụ Công đoàn xã Nậm Xuân", "Phong trào năm 2026")
    missing = tuple(MissingUnion(_school(at), "quý I năm 2026") for at in range(count))
    what = "báo cáo 6 tháng đầu năm 2026"
    day = timedelta(days=14)
    letter = Reminder(
        _head("CĐX"), "Công đoàn xã Nậm Xuân", plan, what, _DAY, missing, count + 5, _DAY + day, _DAY, _SIGNER
    )
    return reminder_document(letter)


def _fund(count: int) -> Document:
    lines = tuple(
        StatementLine(
            _DAY + timedelta(days=at), f"Trợ cấp khó khăn {at}", _school(at), 0 if at % 3 else 900_000, 250_000
        )
        for at in range(count)
    )
    made = FundStatement(
        _head("SK-CĐX"), "Quỹ Xã hội Công đoàn", _DAY, _DAY + timedelta(days=count), 5_000_000, lines, _DAY,
        "Nguyễn Thị Thử", _SIGNER,
    )  # fmt: skip
    return fund_statement_document(made)


def _statistics(form: str) -> Callable[[int], Document]:
    def made(_count: int) -> Document:
        read = form_of(form, (resources() / "forms" / form).read_bytes())
        given = {row.code: 1_234_567 for row in read.rows if not row.percent}
        return statistics_document(
            StatisticsPaper(_head("BC-CĐX"), read, statistics_year(2026), given, {}, _DAY, "Nguyễn Thị Thử")
        )

    return made


def _merge(count: int) -> Document:
    rows = tuple(
        MergeListRow(((_school(2 * at), 7), (_school(2 * at + 1), 9)), f"CĐCS ghép số {at}", 16, "Dưới 10 đoàn viên")
        for at in range(-(-count // 2))
    )
    return merge_list_document(MergeList(_head("QĐ-CĐX"), "", _DAY, rows, _SIGNER))


def _rating(count: int) -> Document:
    rated = tuple(RatedUnit(_school(at), 8950 + at, "Hoàn thành tốt nhiệm vụ") for at in range(count))
    unrated = (RatedUnit(_school(3), None, "", "Mới thành lập, chưa đủ 12 tháng"),)
    sums = (("Hoàn thành tốt nhiệm vụ", count),)
    return rating_list_document(RatingList(_head("DS-CĐX"), 2026, _DAY, rated, unrated, sums, _SIGNER))


PAPERS: Mapping[str, Callable[[int], Document]] = {
    "bao-cao": _report,
    "ke-hoach": _plan,
    "cong-van-don-doc": _reminder,
    "to-trinh": lambda count: proposal_document(proposal_story.proposal_paper(count)),
    "bien-ban": lambda count: minutes_document(proposal_story.minutes_paper(count)),
    "quyet-dinh-ho-tro": lambda count: decision_document(proposal_story.decision_paper(count)),
    "danh-sach-ky-nhan": lambda count: signing_list_document(signing_story.signing_list(count)),
    "sao-ke-quy": _fund,
    "bieu-1": _statistics("1-hdcd.toml"),
    "bieu-2": _statistics("2-hdcd.toml"),
    "danh-sach-ghep": _merge,
    "danh-sach-xep-loai": _rating,
}
"""Each with so many rows in its longest table."""

FORMS: Mapping[str, Callable[[], Document]] = {
    "phieu-dang-ky": lambda: sheets.enrolment_sheet(story.enrolment()),
    "phieu-ma-goc": lambda: sheets.root_sheet(story.root()),
    "phieu-bien-nhan": lambda: sheets.receipt_sheet(story.receipt()),
    "phieu-khoi-phuc": lambda: sheets.recovery_sheet(story.recovery()),
}
"""The sheets of the hand-off, which exist on paper alone."""
