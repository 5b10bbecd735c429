"""Further commands of `congdoan report`: general reports, lists, stamped papers, the officer's words, the template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.domain.narrative import Narrative, Passage
from congdoan_desktop.domain.periods import parse_period
from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.services import (
    campaigns,
    general_report,
    list_papers,
    narratives,
    paper_templates,
    papers,
    stamped,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.reporting import ReportRequest

_OUT = Option("--out", "tệp .pdf, .docx hoặc .xlsx", required=True)
_PERIOD = (
    Option("--period", "kỳ, ví dụ “quý III năm 2026”, “năm thống kê 2026”, “từ 22 - 28/7/2026”", required=True),
    Option("--unit", "chỉ một đơn vị bên dưới (mã hoặc tên)"),
    Option("--structure", "cơ cấu tổ chức của ngày (mặc định: ngày cuối kỳ)"),
)
_WORDS = (
    Option("--campaign", "kế hoạch (số hoặc đuôi id)", required=True),
    Option("--from", "từ ngày (mặc định: ngày bắt đầu kế hoạch)"),
    Option("--to", "đến ngày (mặc định: ngày kết thúc kế hoạch)"),
)
_PATH = (Column("path", "Tệp"),)
_TEXTS = (Column("part", "Phần", 40), Column("text", "Lời văn", 100))


def _request(office: Office, given: Given, campaign: str = "") -> ReportRequest:
    today, officer = office.clock.today(), office.identity.officer
    period = parse_period(given.text("period"), today=today)
    unit = refs.unit(office, given.text("unit")) if given.has("unit") else ""
    structure = given.day("structure", today, today) if given.has("structure") else None
    given.settle()
    return ReportRequest(
        campaign, period.name, period.starts, period.ends, today, officer.title, officer.name,
        recipients=paper_templates.recipients(office), unit="" if unit == office.identity.unit else unit,
        structure_on=structure,
    )  # fmt: skip


def _saved(office: Office, given: Given, made: Paper) -> Answer:
    path = given.path("out")
    papers.save(office, made, path)
    return Answer({"path": str(path)}, _PATH, f"Đã lập {made.title[:1].lower()}{made.title[1:]}.")


def _general(office: Office, given: Given) -> Answer:
    return _saved(office, given, general_report.paper(office, _request(office, given)))


def _list(office: Office, given: Given) -> Answer:
    kind = given.choice("kind", {code: code for code in list_papers.NAMES}, "")
    campaign = refs.campaign(office, given.text("campaign")) if given.has("campaign") else ""
    request = _request(office, given, campaign)
    return _saved(office, given, list_papers.paper(office, kind, request))


def _sent(office: Office, _: Given) -> Answer:
    rows = [{"package": one.package_id, "label": one.label} for one in stamped.listing(office)]
    return Answer(rows, (Column("label", "Báo cáo", 70), Column("package", "Gói")))


def _original(office: Office, given: Given) -> Answer:
    wanted, path = given.text("package"), given.path("out")
    found = [one for one in stamped.listing(office) if one.package_id.endswith(wanted)]
    if len(found) != 1:
        raise AppError(f"Không có đúng một báo cáo đã gửi {wanted}.", todo="Xem các gói bằng lệnh report sent.")
    stamped.save(office, found[0].package_id, path)
    return Answer({"path": str(path)}, _PATH, "Đã lưu đúng bản gốc.")


def _write(office: Office, given: Given) -> Answer:
    """What is not named stays as it was written."""
    id_ = refs.campaign(office, given.text("campaign"))
    plan, today = campaigns.get(office, id_), office.clock.today()
    starts, ends = given.day("from", today, plan.starts), given.day("to", today, plan.ends)
    given.settle()
    kept = narratives.look(office, id_, starts, ends).narrative
    told = {one.heading: one.text for one in kept.passages}
    told |= dict(_section(typed) for typed in given.texts("section"))
    passages = tuple(Passage(heading, words) for heading, words in told.items())
    written = replace(
        kept,
        passages=passages,
        difficulties=given.text("difficulties", kept.difficulties),
        proposals=given.text("proposals", kept.proposals),
        next_period=given.text("next_period", kept.next_period),
    )
    warnings = narratives.save(office, written).warnings
    return _told(narratives.look(office, id_, starts, ends).narrative, warnings)


def _section(typed: str) -> tuple[str, str]:
    heading, _, words = typed.partition("=")
    return heading.strip(), words


def _told(narrative: Narrative, warnings: tuple[Finding, ...]) -> Answer:
    rows = [{"part": part, "text": words} for part, words in narrative.texts() if words]
    return Answer(rows, _TEXTS, " ".join(finding.message for finding in warnings) or "Đã lưu lời văn.")


def _template(office: Office, given: Given) -> Answer:
    if given.flag("shipped"):
        paper_templates.save(office, "")
    if given.has("set"):
        paper_templates.save(office, _read(given.path("set")))
    desk = paper_templates.look(office)
    said = "\n".join(finding.message for finding in desk.deviations) or "Theo đúng giới hạn của Nghị định 30/2020."
    rows = [{"line": line} for line in desk.text.splitlines()]
    return Answer(rows, (Column("line", "Mẫu của đơn vị", 100),), desk.fault.what if desk.fault else said)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AppError(f"Không đọc được {path.name}.", todo="Lưu tệp ở dạng chữ UTF-8 rồi làm lại.") from error


COMMANDS = (
    Command("general", "báo cáo chung của một kỳ, mọi kế hoạch", in_office(_general), (*_PERIOD, _OUT)),
    Command(
        "list",
        "danh sách của một kỳ: supports (chăm lo), activities (hoạt động), unions (CĐCS)",
        in_office(_list),
        (
            Option("kind", "supports, activities hoặc unions", required=True),
            Option("--campaign", "chỉ một kế hoạch"),
            *_PERIOD,
            _OUT,
        ),
    ),
    Command("sent", "các báo cáo đã đóng gói", in_office(_sent)),
    Command(
        "original",
        "bản in gốc của một báo cáo đã đóng gói, đúng từng byte",
        in_office(_original),
        (Option("package", "mã gói hoặc đuôi của mã", required=True), Option("--out", "tệp .pdf", required=True)),
    ),
    Command(
        "write",
        "viết lời văn của báo cáo; phần không nêu giữ nguyên",
        in_office(_write),
        (
            *_WORDS,
            Option("--section", "TÊN MỤC=LỜI VĂN; có thể ghi nhiều lần", many=True),
            Option("--difficulties", "khó khăn, hạn chế"),
            Option("--proposals", "đề xuất, kiến nghị"),
            Option("--next-period", "nhiệm vụ kỳ tới"),
        ),
    ),
    Command(
        "template",
        "mẫu văn bản của đơn vị: xem, thay bằng một tệp, về mẫu gốc",
        in_office(_template),
        (Option("--set", "tệp mẫu (TOML)"), Option("--shipped", "về mẫu gốc", flag=True)),
    ),
)
