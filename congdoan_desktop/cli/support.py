"""`congdoan support`: who was helped, why, with what, out of which fund."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.records import DELETE, HISTORY, RESTORE, record_commands, saved
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.records import plain
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import erasing, receivers, support
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.support import GivenAlready, KnownAlready
from congdoan_desktop.services.support_list import SupportRow

_COLUMNS = (
    Column("id", "Đuôi id"),
    Column("on", "Ngày"),
    Column("person_name", "Người nhận", 28),
    Column("unit_name", "Đơn vị", 32),
    Column("cause_name", "Nguyên nhân", 28),
    Column("cash", "Tiền mặt"),
    Column("in_kind", "Hiện vật"),
    Column("fund_name", "Nguồn", 28),
    Column("decision", "Quyết định"),
)
_PEOPLE = (
    Column("person", "id"),
    Column("name", "Họ và tên"),
    Column("unit_name", "Đơn vị"),
    Column("birth_year", "Năm sinh", grouped=False),
    Column("citizen_id", "Số định danh"),
    Column("times_this_year", "Lượt năm nay"),
)
_FIELDS = (
    Option("--campaign", "kế hoạch (số hoặc đuôi id)"),
    Option("--cause", "nguyên nhân (mã hoặc tên)"),
    Option("--kind", "hình thức chăm lo (mã hoặc tên)"),
    Option("--cash", "tiền mặt, đồng"),
    Option("--in-kind", "giá trị hiện vật, đồng"),
    Option("--goods", "hiện vật là gì"),
    Option("--fund", "nguồn chi (mã hoặc tên quỹ)"),
    Option("--on", "ngày trao"),
    Option("--decision", "số quyết định"),
    Option("--note", "ghi chú"),
    Option("--again", "lý do trao thêm cho người đã nhận trong đợt này"),
)
_PERSON = (
    Option("--name", "họ và tên người nhận mới"),
    Option("--birth-year", "năm sinh"),
    Option("--citizen-id", "số định danh, 12 chữ số"),
    Option("--not-member", "người nhận không phải đoàn viên", flag=True),
    Option("--person", "id của người đã có trong máy (xem support people)"),
)


def _add(office: Office, given: Given) -> Answer:
    blank = SupportRecord("", given.text("person"), None, "", "", 0, 0, "", office.clock.today())
    unit = refs.unit(office, given.text("unit"))
    record = replace(_typed(office, given, blank), unit=unit)
    person = None if record.person else _person(given, unit)
    try:
        added = support.add(office, record, person, ask=not given.flag("another"), ask_again=True)
    except KnownAlready as known:
        raise which(known) from known
    except GivenAlready as before:
        raise AppError(
            f"Người này đã nhận trong đợt này. {' '.join(before.lines)}",
            safe="Chưa ghi gì.",
            todo="Nếu vẫn trao, chạy lại với --again “lý do”.",
        ) from before
    return saved(added, "Đã lưu khoản chăm lo.")


def which(known: KnownAlready) -> AppError:
    """What to type when a new receiver is most likely somebody known."""
    who = "; ".join(f"--person {hit.id} ({hit.name}, {hit.unit_name}, {hit.birth_year or '–'})" for hit in known.hits)
    return AppError(
        "Người này có thể đã có trong máy.",
        safe="Chưa ghi gì.",
        todo=f"Chạy lại với {who}; hoặc với --another nếu là người khác.",
    )


def _edit(office: Office, given: Given) -> Answer:
    row = _row(office, given.text("id"))
    record = _typed(office, given, row.record)
    record = replace(record, unit=refs.given_unit(office, given, record.unit))
    if given.has("person"):
        record = replace(record, person=given.text("person"))
    person = _person(given, record.unit) if given.has("name") else None
    return saved(support.edit(office, row.id, record, person), "Đã lưu bản sửa.")


def _list(office: Office, given: Given) -> Answer:
    year = given.count("year")
    cause, fund = given.entry("cause", "support_causes"), given.entry("fund", "funds")
    given.settle()
    rows = support.listing(
        office,
        campaign=refs.given_campaign(office, given),
        unit=refs.given_unit(office, given) or None,
        cause=cause or None,
        fund=fund or None,
        year=year or None,
        search=given.text("search"),
    )
    return Answer([_shown(row) for row in rows], _COLUMNS)


def _people(office: Office, given: Given) -> Answer:
    hits = receivers.find_people(office, given.text("search"), limit=50)
    rows = [
        {"person": hit.id, "name": hit.name, "unit_name": hit.unit_name, "birth_year": hit.birth_year,
         "citizen_id": hit.citizen_id, "times_this_year": hit.times_this_year}
        for hit in hits
    ]  # fmt: skip
    return Answer(rows, _PEOPLE)


def _erase(office: Office, given: Given) -> Answer:
    if not given.flag("yes"):
        raise AppError(
            "Xoá dữ liệu cá nhân là xoá hẳn, không lấy lại được.",
            safe="Chưa xoá gì.",
            todo="Nếu chắc chắn, chạy lại lệnh với --yes.",
        )
    person = given.text("person")
    erasing.erase_person(office, person)
    return Answer({"id": person}, (Column("id", "Đã xoá dữ liệu cá nhân của"),), "Các số liệu tổng hợp vẫn giữ nguyên.")


def _typed(office: Office, given: Given, before: SupportRecord) -> SupportRecord:
    """The record with what was typed in place of what was there."""
    record = replace(
        before,
        cause=given.entry("cause", "support_causes", before.cause),
        kind=given.entry("kind", "support_kinds", before.kind),
        cash=given.money("cash", before.cash),
        in_kind=given.money("in_kind", before.in_kind),
        fund=given.entry("fund", "funds", before.fund),
        on=given.day("on", office.clock.today(), before.on),
        decision=given.text("decision", before.decision),
        goods=given.text("goods", before.goods),
        note=given.text("note", before.note),
        again=given.text("again", before.again),
    )
    given.settle()
    return replace(record, campaign=refs.given_campaign(office, given, before.campaign))


def _person(given: Given, unit: str) -> Person:
    birth_year = given.year("birth_year")
    given.settle()
    return Person(unit, not given.flag("not_member"), given.text("name"), birth_year, given.text("citizen_id"))


def _row(office: Office, typed: str) -> SupportRow:
    return refs.listed(support.listing(office), typed, "khoản chăm lo", "support list")


def _shown(row: SupportRow) -> dict[str, Any]:
    names = catalogue().name
    return {
        "id": row.id,
        "person_name": row.person,
        "unit_name": row.unit_name,
        "cause_name": names("support_causes", row.record.cause),
        "fund_name": names("funds", row.record.fund),
        "own": row.own,
        "conflict": row.conflict,
        **plain(row.record),
        "on": row.record.on,
    }


def _ids(office: Office) -> list[str]:
    return [row.id for row in support.listing(office)]


COMMANDS = (
    Command(
        "add",
        "ghi một khoản chăm lo",
        in_office(_add),
        (
            Option("--unit", "mã CĐCS của người nhận", required=True),
            *_PERSON,
            Option("--another", "là người khác, dù trùng tên hoặc số với người đã có", flag=True),
            *_FIELDS,
        ),
    ),
    Command(
        "list",
        "danh sách chăm lo, mới nhất trước",
        in_office(_list),
        (
            Option("--campaign", "chỉ của kế hoạch này"),
            Option("--unit", "chỉ của đơn vị này"),
            Option("--cause", "chỉ nguyên nhân này"),
            Option("--fund", "chỉ nguồn này"),
            Option("--year", "chỉ năm này"),
            Option("--search", "tìm chữ, không cần dấu"),
        ),
    ),
    Command(
        "edit",
        "sửa một khoản; chỉ ghi những gì cần sửa",
        in_office(_edit),
        (Option("id", "đuôi id của khoản chăm lo", required=True), Option("--unit", "mã CĐCS"), *_PERSON, *_FIELDS),
    ),
    Command("people", "tìm người đã có trong máy", in_office(_people), (Option("search", "một phần họ tên"),)),
    Command(
        "erase-person",
        "xoá hẳn mọi dữ liệu cá nhân của một người",
        in_office(_erase),
        (Option("person", "id của người đó", required=True), Option("--yes", "đã chắc chắn", flag=True)),
    ),
    *record_commands(_ids, (DELETE, HISTORY, RESTORE)),
)
