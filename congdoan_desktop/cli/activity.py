"""`congdoan activity`: what was done, when, where, with how many people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congdoan_desktop.cli import kind_fields, refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.records import DELETE, HISTORY, RESTORE, record_commands, saved
from congdoan_desktop.domain.activities import DONE, PLANNED, Activity
from congdoan_desktop.domain.records import plain
from congdoan_desktop.services import activities
from congdoan_desktop.services.activities import ActivityRow
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office

_COLUMNS = (
    Column("id", "Đuôi id"),
    Column("starts", "Ngày"),
    Column("unit_name", "Đơn vị", 32),
    Column("kind_name", "Loại", 28),
    Column("title", "Hoạt động", 48),
    Column("participants", "Người"),
    Column("women", "Nữ"),
    Column("cost", "Kinh phí"),
    Column("counts", "Tính chỉ tiêu"),
    Column("state_name", "Tình trạng"),
)
_FIELDS = (
    Option("--campaign", "kế hoạch (số hoặc đuôi id)"),
    Option("--kind", "loại hoạt động (mã hoặc tên)"),
    Option("--title", "tên hoạt động"),
    Option("--starts", "ngày bắt đầu"),
    Option("--ends", "ngày kết thúc (mặc định: cùng ngày)"),
    Option("--place", "nơi tổ chức"),
    Option("--participants", "số người tham gia"),
    Option("--women", "trong đó nữ"),
    Option("--cost", "kinh phí, đồng"),
    Option("--source", "nguồn chi (mã hoặc tên quỹ)"),
    Option("--counts", "tính vào chỉ tiêu mỗi CĐCS: có hoặc không (mặc định: theo loại hoạt động)"),
    Option("--note", "ghi chú"),
    Option("--state", "đã tổ chức (mặc định) hay dự kiến"),
    Option("--field", "mục riêng của loại, TÊN=GIÁ TRỊ; có thể ghi nhiều lần", many=True),
)
_STATES = {"da to chuc": DONE, "du kien": PLANNED, DONE: DONE, PLANNED: PLANNED}


def _add(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    blank = Activity("", None, "", today, today, 0, 0, 0, None, False)
    activity = _typed(office, given, blank)
    units = tuple(refs.unit(office, typed) for typed in given.texts("unit"))
    workplaces = tuple(kind_fields.workplace(office, typed) for typed in given.texts("workplace"))
    result = activities.add(office, activity, units, workplaces)
    return saved(result, f"Đã lưu {len(result.ids)} hoạt động.")


def _edit(office: Office, given: Given) -> Answer:
    row = _row(office, given.text("id"))
    activity = _typed(office, given, row.activity)
    activity = replace(activity, unit=refs.given_unit(office, given, activity.unit))
    return saved(activities.edit(office, row.id, activity), "Đã lưu bản sửa.")


def _list(office: Office, given: Given) -> Answer:
    year, kind = given.year("year"), given.entry("kind", "activity_kinds")
    given.settle()
    rows = activities.listing(
        office,
        campaign=refs.given_campaign(office, given),
        unit=refs.given_unit(office, given) or None,
        kind=kind or None,
        year=year,
        search=given.text("search"),
    )
    return Answer([_shown(row) for row in rows], _COLUMNS)


def _typed(office: Office, given: Given, before: Activity) -> Activity:
    """The activity with what was typed in place of what was there."""
    today = office.clock.today()
    starts = given.day("starts", today, before.starts)
    same_day = starts if before.ends == before.starts else before.ends
    kind = given.entry("kind", "activity_kinds", before.kind)
    activity = replace(
        before,
        kind=kind,
        starts=starts,
        ends=given.day("ends", today, same_day),
        participants=given.count("participants", before.participants),
        women=given.count("women", before.women),
        cost=given.money("cost", before.cost),
        source=given.entry("source", "funds", before.source or "") or None,
        counts=given.yes("counts", before.counts if kind == before.kind else _counts(kind)),
        title=given.text("title", before.title),
        place=given.text("place", before.place),
        note=given.text("note", before.note),
        state=given.choice("state", _STATES, before.state),
    )
    given.settle()
    activity = replace(activity, **kind_fields.typed(office, given, activity, before.kind))
    return replace(activity, campaign=refs.given_campaign(office, given, before.campaign))


def _counts(kind: str) -> bool:
    entry = catalogue().entry("activity_kinds", kind)
    return bool(entry and entry.more["counts"])


def _row(office: Office, typed: str) -> ActivityRow:
    return refs.listed(activities.listing(office), typed, "hoạt động", "activity list")


def _shown(row: ActivityRow) -> dict[str, Any]:
    kind_name = catalogue().name("activity_kinds", row.activity.kind)
    outside = {"id": row.id, "unit_name": row.unit_name, "kind_name": kind_name, "own": row.own}
    return {
        **outside,
        "conflict": row.conflict,
        **plain(row.activity),
        "starts": row.activity.starts,
        "workplace_name": row.workplace_name,
        "state_name": "Dự kiến" if row.activity.state == PLANNED else "",
    }


def _ids(office: Office) -> list[str]:
    return [row.id for row in activities.listing(office)]


COMMANDS = (
    Command(
        "add",
        "ghi một hoạt động cho một hay nhiều CĐCS",
        in_office(_add),
        (
            Option("--unit", "mã CĐCS; có thể ghi nhiều lần", many=True),
            Option("--workplace", "cơ quan, doanh nghiệp (tên hoặc đuôi id); có thể ghi nhiều lần", many=True),
            *_FIELDS,
        ),
    ),
    Command(
        "list",
        "danh sách hoạt động, mới nhất trước",
        in_office(_list),
        (
            Option("--campaign", "chỉ của kế hoạch này"),
            Option("--unit", "chỉ của đơn vị này"),
            Option("--kind", "chỉ loại này"),
            Option("--year", "chỉ năm này"),
            Option("--search", "tìm chữ, không cần dấu"),
        ),
    ),
    Command(
        "edit",
        "sửa một hoạt động; chỉ ghi những gì cần sửa",
        in_office(_edit),
        (Option("id", "đuôi id của hoạt động", required=True), Option("--unit", "mã CĐCS"), *_FIELDS),
    ),
    *record_commands(_ids, (DELETE, HISTORY, RESTORE)),
)
