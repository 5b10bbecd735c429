"""`congdoan report`: the period report of a campaign as PDF or Word; checking a printed one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from congdoan_desktop.cli import refs, report_kinds
from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.domain.authority import AUTHORITIES, lines
from congdoan_desktop.domain.records import plain
from congdoan_desktop.services import (
    campaigns,
    narratives,
    paper_check,
    paper_templates,
    papers,
    reminders,
    reporting,
    sheet_pictures,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.paper_check import Standing
from congdoan_desktop.services.reporting import ReportRequest

REQUEST = (
    Option("--campaign", "kế hoạch (số hoặc đuôi id)", required=True),
    Option("--period", "tên kỳ như in trong báo cáo, ví dụ “6 tháng đầu năm 2024”", required=True),
    Option("--from", "từ ngày (mặc định: ngày bắt đầu kế hoạch)"),
    Option("--to", "đến ngày (mặc định: ngày kết thúc kế hoạch)"),
    Option("--dated", "ngày ghi trên báo cáo (mặc định: hôm nay)"),
    Option("--signer", "họ tên người ký (mặc định: cán bộ đang mở)"),
    Option("--signer-title", "chức vụ người ký"),
    Option("--difficulties", "khó khăn, hạn chế"),
    Option("--proposals", "đề xuất, kiến nghị"),
    Option("--authority", "quyền hạn ký (mặc định: TM. BAN THƯỜNG VỤ)"),
    Option("--structure", "cơ cấu tổ chức của ngày (mặc định: ngày cuối kỳ)"),
)


def request_of(office: Office, given: Given) -> ReportRequest:
    """The report asked for, with the words kept for its days where none are given.

    Raises: ValidationError, NotFound.
    """
    id_ = refs.campaign(office, given.text("campaign"))
    campaign, today, officer = campaigns.get(office, id_), office.clock.today(), office.identity.officer
    starts, ends = given.day("from", today, campaign.starts), given.day("to", today, campaign.ends)
    dated = given.day("dated", today, today)
    structure = given.day("structure", today, today) if given.has("structure") else None
    unit = refs.unit(office, given.text("unit")) if given.has("unit") else ""
    given.settle()
    kept = narratives.look(office, id_, starts, ends).narrative
    return ReportRequest(
        campaign=id_,
        period_name=given.text("period"),
        starts=starts,
        ends=ends,
        dated=dated,
        signer_title=given.text("signer_title", officer.title),
        signer_name=given.text("signer", officer.name),
        authority=lines(given.text("authority", AUTHORITIES[0])),
        recipients=paper_templates.recipients(office),
        difficulties=given.text("difficulties", kept.difficulties),
        proposals=given.text("proposals", kept.proposals),
        next_period=kept.next_period,
        passages=kept.passages,
        unit="" if unit == office.identity.unit else unit,
        structure_on=structure,
    )


_CHECKED = (
    Column("code", "Mã"),
    Column("unit_name", "Đơn vị"),
    Column("plan", "Kế hoạch"),
    Column("period_name", "Kỳ"),
)
_FIGURES = (
    Part(
        "figures",
        "SỐ PHẢI CÓ TRÊN BẢN IN",
        (Column("wording", "Chỉ tiêu", 80), Column("numerator", "Kết quả"), Column("denominator", "Trên tổng")),
    ),
)
_STANDINGS = {
    Standing.CURRENT: "Khớp với báo cáo đang được tính. So từng số với bản in.",
    Standing.REPLACED: "Khớp với một báo cáo cũ; đơn vị đã báo cáo lại cho kỳ này.",
    Standing.PRINTED: "Bản này từng in hoặc lưu ở máy này nhưng chưa đóng gói gửi đi.",
    Standing.UNKNOWN: "Không có báo cáo nào mang mã này ở máy này.",
}


def _make(office: Office, given: Given) -> Answer:
    prepared = reporting.prepare(office, request_of(office, given))
    path = given.path("out")
    reporting.save(office, prepared, path)
    data: dict[str, Any] = {
        "path": str(path),
        "report_id": prepared.report.report_id,
        "targets": [plain(target) for target in prepared.report.targets],
        "figures": prepared.document,
    }
    return Answer(data, (Column("path", "Tệp"), Column("report_id", "Mã báo cáo")), "Đã lập báo cáo.")


def _check(office: Office, given: Given) -> Answer:
    picture = given.path("picture") if given.has("picture") else None
    found = paper_check.check(office, sheet_pictures.report_code(picture) if picture else given.text("code"))
    figures = [{**asdict(figure), "unit_name": found.unit_name} for figure in found.figures]
    return Answer({**asdict(found), "figures": figures}, _CHECKED, _STANDINGS[found.standing], _FIGURES)


def _remind(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    until = given.day("before", today, today) if given.has("before") else None
    given.settle()
    made = reminders.prepare(office, refs.campaign(office, given.text("campaign")), until)
    path = given.path("out")
    papers.save(office, made, path)
    return Answer({"path": str(path)}, (Column("path", "Tệp"),), "Đã lập công văn đôn đốc.")


COMMANDS = (
    Command(
        "make",
        "lập báo cáo kỳ và lưu thành PDF, Word, hoặc các bảng thành Excel",
        in_office(_make),
        (
            *REQUEST,
            Option("--unit", "chỉ một đơn vị bên dưới (mã hoặc tên)"),
            Option("--out", "tệp .pdf, .docx hoặc .xlsx", required=True),
        ),
    ),
    Command(
        "check",
        "kiểm tra bản in: mã trên giấy ứng với báo cáo nào",
        in_office(_check),
        (
            Option("code", "12 ký tự cạnh mã QR, hoặc nội dung mã QR"),
            Option("--picture", "ảnh chụp hoặc bản quét của báo cáo, thay cho gõ mã"),
        ),
    ),
    Command(
        "remind",
        "công văn đôn đốc gửi các đơn vị chưa báo cáo",
        in_office(_remind),
        (
            Option("--campaign", "kế hoạch (số hoặc đuôi id)", required=True),
            Option("--before", "đề nghị gửi trước ngày (mặc định: sau 5 ngày)"),
            Option("--out", "tệp .pdf, .docx hoặc .xlsx", required=True),
        ),
    ),
    *report_kinds.COMMANDS,
)
