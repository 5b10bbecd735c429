"""`congdoan emulation`: a movement by phases, what was recorded of a step, its list as a paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.services import campaigns, emulation, papers, reporting
from congdoan_desktop.services.activities import ActivityRow
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.emulation import KINDS, LISTS, STEPS, Chosen
from congdoan_desktop.services.office import Office

_PHASES = (
    Column("name", "Đợt", 40),
    Column("starts", "Từ"),
    Column("ends", "Đến"),
    *(Column(step, catalogue().name(KINDS, step), 20) for step in STEPS),
)
_ENTRIES = (
    Column("id", "Đuôi id"),
    Column("starts", "Ngày"),
    Column("unit_name", "Đơn vị", 32),
    Column("title", "Nội dung", 40),
    Column("people", "Cá nhân", 40),
    Column("form", "Danh hiệu, hình thức", 32),
    Column("count", "Số lượng"),
)
_CAMPAIGN = Option("--campaign", "kế hoạch, phong trào (số hoặc đuôi id)", required=True)
_UNIT = Option("--unit", "chỉ của đơn vị này và các đơn vị dưới")
_STEP = Option("--step", f"bước: {'; '.join(LISTS)}", required=True)
_DAYS = (Option("--from", "từ ngày (mặc định: ngày đầu của kế hoạch)"), Option("--to", "đến ngày"))


def _phases(office: Office, given: Given) -> Answer:
    campaign = refs.given_campaign(office, given) or ""
    found = emulation.phases(office, campaign, refs.given_unit(office, given) or None)
    rows = [{"name": one.name, "starts": one.starts, "ends": one.ends, **one.counts} for one in found]
    return Answer(rows, _PHASES)


def _list(office: Office, given: Given) -> Answer:
    return Answer([_shown(row) for row in emulation.entries(office, _chosen(office, given))], _ENTRIES)


def _print(office: Office, given: Given) -> Answer:
    made = emulation.paper(office, _chosen(office, given), reporting.signers(office)[0])
    path = given.path("out")
    papers.save(office, made, path)
    return Answer({"path": str(path)}, (Column("path", "Đã ghi", 100),))


def _chosen(office: Office, given: Given) -> Chosen:
    campaign = refs.given_campaign(office, given) or ""
    plan = campaigns.get(office, campaign)
    chosen = Chosen(given.entry("step", KINDS), campaign, plan.starts, plan.ends)
    today = office.clock.today()
    starts, ends = given.day("from", today, plan.starts), given.day("to", today, plan.ends)
    given.settle()
    return replace(chosen, unit=refs.given_unit(office, given) or None, starts=starts, ends=ends)


def _shown(row: ActivityRow) -> dict[str, Any]:
    activity = row.activity
    return {
        "id": row.id,
        "starts": activity.starts,
        "unit_name": row.unit_name,
        "title": activity.title,
        "people": ", ".join(name for _, name in row.people if name),
        "form": emulation.form_of(activity),
        "count": activity.count,
    }


COMMANDS = (
    Command("phases", "các đợt của một phong trào, mỗi bước bao nhiêu", in_office(_phases), (_CAMPAIGN, _UNIT)),
    Command("list", "đã ghi gì cho một bước", in_office(_list), (_CAMPAIGN, _STEP, _UNIT, *_DAYS)),
    Command(
        "print",
        "in danh sách của một bước theo đơn vị, cá nhân",
        in_office(_print),
        (_CAMPAIGN, _STEP, _UNIT, *_DAYS, Option("--out", "tệp .pdf, .docx hoặc .xlsx", required=True)),
    ),
)
