"""`congdoan campaign`: plans, their targets here and below, and handing them down and up."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.handing import TO_STICK, handed
from congdoan_desktop.cli.records import saved
from congdoan_desktop.domain import plan_making
from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.indicators import Result
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import (
    campaign_file,
    campaign_ledger,
    campaigns,
    origins,
    outgoing,
    papers,
    plan_links,
    plan_papers,
    targets,
    units,
)
from congdoan_desktop.services.campaign_ledger import TargetView
from congdoan_desktop.services.campaigns import CampaignRow
from congdoan_desktop.services.consolidation import Scope, UnitLine
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
            Column("lacking", "Còn thiếu"),
            Column("forecast", "Dự báo"),
            Column("differs", "Lệch hồ sơ"),
        ),
    ),
    Part("phases", "ĐỢT", (Column("name", "Đợt"), Column("starts", "Từ ngày"), Column("ends", "Đến ngày"))),
    Part("events", "HOẠT ĐỘNG NÊU TRONG KẾ HOẠCH", (Column("name", "Tên", 80), Column("leads", "Chủ trì"))),
    Part(
        "duties",
        "CHẾ ĐỘ BÁO CÁO",
        (
            Column("wording", "Thời hạn"),
            Column("who", "Ai báo cáo", 50),
            Column("to", "Nơi nhận"),
            Column("via", "Qua"),
        ),
    ),
    Part("assignments", "PHÂN CÔNG", (Column("who", "Ban, đơn vị", 50), Column("task", "Nhiệm vụ", 100))),
    Part("links", "VĂN BẢN LIÊN QUAN", (Column("number", "Số, ký hiệu"), Column("title", "Văn bản", 80))),
)
_TARGET = (Column("wording", "Câu chữ trong kế hoạch", 100), Column("level_text", "Mức giao", 40))
_BEHIND = (
    Part(
        "units",
        "THEO ĐƠN VỊ",
        (
            Column("name", "Đơn vị", 44),
            Column("numerator", "Kết quả"),
            Column("denominator", "Trên tổng"),
            Column("met", "Đạt"),
            Column("lacking", "Còn thiếu"),
            Column("sender", "Do báo cáo của", 40),
            Column("records", "Số hồ sơ ở đó"),
        ),
    ),
    Part(
        "things",
        "TỪNG NƠI LÀM VIỆC, CÁN BỘ",
        (
            Column("name", "Tên", 44),
            Column("owner", "Công đoàn", 40),
            Column("workers", "Lao động"),
            Column("reached", "Đã tính"),
            Column("lacks", "Còn thiếu", 60),
        ),
    ),
)
_ORIGINS = (
    Column("unit_name", "Đơn vị gửi", 44),
    Column("via", "Qua", 40),
    Column("period", "Kỳ"),
    Column("numerator", "Kết quả"),
    Column("denominator", "Trên tổng"),
    Column("file_name", "Gói", 60),
    Column("report_code", "Mã báo cáo"),
    Column("officer", "Người gửi"),
    Column("receipt", "Biên nhận", 60),
)
_PLAN = Option("campaign", "số kế hoạch hoặc đuôi id", required=True)
_SCOPE = (Option("--until", "tính đến hết ngày này"), Option("--unit", "chỉ một đơn vị và các đơn vị dưới nó"))


def _add(office: Office, given: Given) -> Answer:
    return saved(campaigns.add(office, campaign_file.read_campaign(given.path("from"))), "Đã lưu kế hoạch.")


def _list(office: Office, _: Given) -> Answer:
    return Answer([_row(row) for row in campaigns.listing(office)], _LIST)


def _show(office: Office, given: Given) -> Answer:
    id_ = refs.campaign(office, given.text("campaign"))
    view = campaign_ledger.look(office, id_, _scope(office, given))
    results = [line for target in view.targets for line in _lines(target)]
    links = [asdict(link) for link in plan_links.links(office, id_)]
    data = {"id": id_, **asdict(view.campaign), "day": view.day, "results": results, "links": links}
    return Answer(data, _HEADER, parts=_PARTS)


def _target(office: Office, given: Given) -> Answer:
    """Who stands behind the figure of one target."""
    id_ = refs.campaign(office, given.text("campaign"))
    target = refs.target(campaigns.get(office, id_), given.text("number"))
    detail = targets.look_closer(office, id_, target.id, _scope(office, given))
    data = {"wording": target.wording, "level_text": target.level_text, **asdict(detail)}
    return Answer(data, _TARGET, parts=_BEHIND)


def _sources(office: Office, given: Given) -> Answer:
    """The packages behind a target's figure, down to those of the lowest level that reports."""
    id_, scope = refs.campaign(office, given.text("campaign")), _scope(office, given)
    target = refs.target(campaigns.get(office, id_), given.text("number")).id
    return Answer([asdict(one) for one in origins.origins(office, id_, target, scope.until, scope.unit)], _ORIGINS)


def _scope(office: Office, given: Given) -> Scope:
    today = office.clock.today()
    until = given.day("until", today, today) if given.has("until") else None
    given.settle()
    return Scope(until, refs.given_unit(office, given))


def _next(office: Office, given: Given) -> Answer:
    plan = campaigns.get(office, refs.campaign(office, given.text("campaign")))
    made = replace(plan_making.next_year(plan), number=given.text("number"))
    return saved(campaigns.add(office, made), "Đã lập kế hoạch cho năm sau; ngày và năm đã chuyển, hãy xem lại.")


def _own(office: Office, given: Given) -> Answer:
    upper = refs.campaign(office, given.text("campaign"))
    made = replace(campaigns.own_plan(office, upper), number=given.text("number"))
    return saved(campaigns.add(office, made), "Đã lập kế hoạch của đơn vị theo kế hoạch cấp trên; hãy xem lại.")


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


def _lines(found: TargetView) -> list[dict[str, Any]]:
    """A line for each unit that reports to us, and the sum with where it stands."""
    one = found.sum
    below = [_line_of(one.target, line) for line in one.lines]
    name = f"Cộng ({one.received}/{one.expected} đơn vị đã có số liệu)"
    pace = {"state": found.pace.state, "lacking": found.pace.lacking, "forecast": found.pace.forecast}
    return [*below, {**_line(one.target, name, one.total), **(pace if one.total.met is not None else {})}]


def _line_of(target: Target, line: UnitLine) -> dict[str, Any]:
    about = {"unit": line.unit, "differs": line.differs, "period_name": line.period_name, "packages": line.packages}
    added = [asdict(one) for one in line.adjusted]
    return {**_line(target, line.name, line.reported), **about, "records": line.records, "adjusted": added}


def _line(target: Target, name: str, result: Result | None) -> dict[str, Any]:
    figures = asdict(result) if result else {"numerator": None, "denominator": None, "met": None}
    about = {"target": target.id, "wording": target.wording, "level_text": target.level_text, "unit_name": name}
    bare = {"differs": False, "period_name": "", "packages": (), "state": "", "lacking": None, "forecast": None}
    return {**about, "unit": None, **figures, **bare}


def _cascade(office: Office, given: Given) -> Answer:
    """Our own plan to the union above, or to the one named."""
    campaign = refs.campaign(office, given.text("campaign"))
    upper = refs.given_unit(office, given) or units.upper(office)
    if upper is None:
        raise NotFound("Chưa biết công đoàn cấp trên của đơn vị.", todo="Trao mã xác thực trước, hoặc thêm --unit.")
    return handed(office, outgoing.make_cascade(office, campaign, upper), given)


COMMANDS = (
    Command(
        "add",
        "thêm kế hoạch từ tệp TOML có cấu trúc (mẫu: resources/samples/ke-hoach-39.toml)",
        in_office(_add),
        (Option("--from", "tệp kế hoạch", required=True),),
    ),
    Command("list", "danh sách kế hoạch, mới nhất trước", in_office(_list)),
    Command(
        "show",
        "nội dung một kế hoạch, kết quả chỉ tiêu của các đơn vị dưới và cộng lại",
        in_office(_show),
        (_PLAN, *_SCOPE),
    ),
    Command(
        "target",
        "một chỉ tiêu theo từng đơn vị, từng nơi làm việc, cán bộ được đếm",
        in_office(_target),
        (_PLAN, Option("number", "số thứ tự của chỉ tiêu trong kế hoạch", required=True), *_SCOPE),
    ),
    Command(
        "sources",
        "các gói báo cáo đằng sau số liệu của một chỉ tiêu, xuống đến gói của cấp dưới cùng",
        in_office(_sources),
        (_PLAN, Option("number", "số thứ tự của chỉ tiêu trong kế hoạch", required=True), *_SCOPE),
    ),
    Command(
        "next",
        "chép kế hoạch sang năm sau",
        in_office(_next),
        (_PLAN, Option("--number", "số, ký hiệu của kế hoạch mới")),
    ),
    Command(
        "own",
        "lập kế hoạch của đơn vị theo kế hoạch của cấp trên",
        in_office(_own),
        (_PLAN, Option("--number", "số, ký hiệu của kế hoạch mới")),
    ),
    Command(
        "cascade",
        "làm gói báo kế hoạch của đơn vị lên cấp trên đã giao kế hoạch",
        in_office(_cascade),
        (_PLAN, Option("--unit", "mã đơn vị nhận, mặc định là cấp trên trực tiếp"), TO_STICK),
    ),
    Command(
        "print",
        "bản in của kế hoạch do đơn vị ban hành, lưu thành PDF hoặc Word",
        in_office(_print),
        (
            _PLAN,
            Option("--out", "tệp .pdf hoặc .docx", required=True),
        ),
    ),
    Command(
        "send",
        "làm gói kế hoạch cho một đơn vị dưới",
        in_office(_send),
        (
            _PLAN,
            Option("--to", "mã đơn vị nhận", required=True),
            TO_STICK,
        ),
    ),
)
