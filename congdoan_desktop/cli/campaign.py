"""`congdoan campaign`: plans, their targets here and below, and handing them down."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.handing import TO_STICK, handed
from congdoan_desktop.cli.records import saved
from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.indicators import Result
from congdoan_desktop.services import campaign_file, campaigns, consolidation, home, outgoing, papers, plan_papers
from congdoan_desktop.services.campaigns import CampaignRow
from congdoan_desktop.services.consolidation import TargetSum, UnitLine
from congdoan_desktop.services.office import Office

_LIST = (
    Column("id", "Đuôi id"),
    Column("number", "Số"),
    Column("issued_on", "Ngày"),
    Column("title", "Trích yếu", 80),
    Column("ends", "Đến ngày"),
    Column("own", "Của mình"),
)
_HEADER = (
    Column("number", "Số"),
    Column("issued_on", "Ngày ban hành"),
    Column("title", "Trích yếu"),
    Column("starts", "Từ ngày"),
    Column("ends", "Đến ngày"),
)
_PARTS = (
    Part(
        "results",
        "CHỈ TIÊU",
        (
            Column("unit_name", "Đơn vị", 44),
            Column("level_text", "Mức giao", 40),
            Column("numerator", "Kết quả"),
            Column("denominator", "Trên tổng"),
            Column("met", "Đạt"),
            Column("differs", "Lệch hồ sơ"),
        ),
    ),
    Part("phases", "ĐỢT", (Column("name", "Đợt"), Column("starts", "Từ ngày"), Column("ends", "Đến ngày"))),
    Part("events", "HOẠT ĐỘNG NÊU TRONG KẾ HOẠCH", (Column("name", "Tên", 80), Column("leads", "Chủ trì"))),
    Part("duties", "CHẾ ĐỘ BÁO CÁO", (Column("wording", "Thời hạn"), Column("to", "Nơi nhận"), Column("via", "Qua"))),
)


def _add(office: Office, given: Given) -> Answer:
    return saved(campaigns.add(office, campaign_file.read_campaign(given.path("from"))), "Đã lưu kế hoạch.")


def _list(office: Office, _: Given) -> Answer:
    return Answer([_row(row) for row in campaigns.listing(office)], _LIST)


def _show(office: Office, given: Given) -> Answer:
    id_ = refs.campaign(office, given.text("campaign"))
    data = {"id": id_, **asdict(campaigns.get(office, id_)), "results": _results(office, id_)}
    return Answer(data, _HEADER, parts=_PARTS)


def _results(office: Office, campaign: str) -> list[dict[str, Any]]:
    """Over the unions below with their sum, or over our own CĐCS where no union is below."""
    below = [line for target in consolidation.consolidate(office, campaign) for line in _lines(target)]
    states = [] if below else home.overview(office, campaign).targets
    return below + [_line(state.target, "Các CĐCS của đơn vị", state.result) for state in states]


def _print(office: Office, given: Given) -> Answer:
    made = plan_papers.prepare(office, refs.campaign(office, given.text("campaign")))
    path = given.path("out")
    papers.save(office, made, path)
    return Answer({"path": str(path)}, (Column("path", "Tệp"),), "Đã dựng bản in của kế hoạch.")


def _send(office: Office, given: Given) -> Answer:
    campaign = refs.campaign(office, given.text("campaign"))
    package = outgoing.make_plan(office, campaign, refs.unit(office, given.text("to")))
    return handed(office, package, given)


def _row(row: CampaignRow) -> dict[str, Any]:
    return {"id": row.id, "own": row.own, "conflict": row.conflict, **asdict(row.campaign)}


def _lines(found: TargetSum) -> list[dict[str, Any]]:
    """A line for each unit below, then the sum; nothing where there is no unit below."""
    if not found.lines:
        return []
    total = f"Cộng ({found.received}/{found.expected} đơn vị đã báo cáo)"
    return [*(_line_of(found.target, line) for line in found.lines), _line(found.target, total, found.total)]


def _line_of(target: Target, line: UnitLine) -> dict[str, Any]:
    about = {"unit": line.unit, "differs": line.differs, "period_name": line.period_name, "packages": line.packages}
    return {**_line(target, line.name, line.reported), **about}


def _line(target: Target, name: str, result: Result | None) -> dict[str, Any]:
    figures = asdict(result) if result else {"numerator": None, "denominator": None, "met": None}
    about = {"target": target.id, "wording": target.wording, "level_text": target.level_text, "unit_name": name}
    return {**about, "unit": None, **figures, "differs": False, "period_name": "", "packages": ()}


COMMANDS = (
    Command(
        "add",
        "thêm kế hoạch từ tệp TOML có cấu trúc (mẫu: ke-hoach-39.toml)",
        in_office(_add),
        (Option("--from", "tệp kế hoạch", required=True),),
    ),
    Command("list", "danh sách kế hoạch, mới nhất trước", in_office(_list)),
    Command(
        "show",
        "nội dung một kế hoạch, kết quả chỉ tiêu của các đơn vị dưới và cộng lại",
        in_office(_show),
        (Option("campaign", "số kế hoạch hoặc đuôi id", required=True),),
    ),
    Command(
        "print",
        "bản in của kế hoạch do đơn vị ban hành, lưu thành PDF hoặc Word",
        in_office(_print),
        (
            Option("campaign", "số kế hoạch hoặc đuôi id", required=True),
            Option("--out", "tệp .pdf hoặc .docx", required=True),
        ),
    ),
    Command(
        "send",
        "làm gói kế hoạch cho một đơn vị dưới",
        in_office(_send),
        (
            Option("campaign", "số kế hoạch hoặc đuôi id", required=True),
            Option("--to", "mã đơn vị nhận", required=True),
            TO_STICK,
        ),
    ),
)
