"""`congdoan need`: cases of need, and how far each has come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.names import NEED_STATES
from congdoan_desktop.cli.records import DELETE, HISTORY, RESTORE, record_commands, saved
from congdoan_desktop.cli.support import which
from congdoan_desktop.domain.need_states import NeedState
from congdoan_desktop.domain.needs import COLLECTIVE, Need, Stage
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.records import plain
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.services import needs
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.need_steps import shown_cause
from congdoan_desktop.services.needs import NeedRow, Wanted
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.support import KnownAlready

_COLUMNS = (
    Column("id", "Đuôi id"),
    Column("on", "Ngày báo"),
    Column("name", "Người, tập thể", 28),
    Column("unit_name", "Đơn vị", 28),
    Column("cause_name", "Nguyên nhân", 24),
    Column("kind_name", "Hình thức", 28),
    Column("amount", "Số tiền"),
    Column("decision", "Quyết định"),
    Column("state_name", "Tình trạng"),
)
_STATES = {search_key(word): state for state, word in NEED_STATES.items()}
_FIELDS = (
    Option("--beneficiary", "đối tượng (mã hoặc tên; mặc định: đoàn viên)"),
    Option("--cause", "nguyên nhân (mã hoặc tên)"),
    Option("--kind", "hình thức dự kiến (mã hoặc tên)"),
    Option("--on", "ngày báo"),
    Option("--estimate", "mức dự kiến, đồng"),
    Option("--circumstances", "hoàn cảnh"),
    Option("--household", "diện hộ (mã hoặc tên)"),
    Option("--relation", "quan hệ với công đoàn, khi không phải đoàn viên"),
    Option("--reporter", "người báo"),
    Option("--campaign", "kế hoạch (số hoặc đuôi id)"),
    Option("--consent-on", "ngày người đó đồng ý cho nêu hoàn cảnh"),
    Option("--consent-way", "cách ghi nhận sự đồng ý (mã hoặc tên)"),
    Option("--withdrawn-on", "ngày rút sự đồng ý"),
    Option("--closed-on", "ngày đóng, khi không còn nhu cầu"),
    Option("--note", "ghi chú"),
)
_TEXTS = ("circumstances", "relation", "reporter", "note")
_DAYS = ("consent_on", "withdrawn_on", "closed_on")
_STAGE = (
    Option("--stage", "bước của Mái ấm Công đoàn: khảo sát, khởi công, hoàn thành, bàn giao"),
    Option("--stage-on", "ngày của bước đó"),
    Option("--stage-amount", "tiền công đoàn giao ở bước đó, đồng"),
    Option("--stage-others", "phần của các nguồn khác, đồng"),
)
_PERSON = (
    Option("--name", "họ và tên người mới, hoặc tên tập thể"),
    Option("--birth-year", "năm sinh"),
    Option("--citizen-id", "số định danh, 12 chữ số"),
    Option("--person", "id của người đã có trong máy (xem support people)"),
)


def _add(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    unit = refs.unit(office, given.text("unit"))
    blank = Need(unit, given.text("person") or None, "doan_vien", "", "", today)
    need = _typed(office, given, blank)
    if need.beneficiary == COLLECTIVE:
        return saved(needs.add(office, replace(need, group=given.text("name"))), "Đã lưu nhu cầu.")
    person = None if need.person else _person(given, need)
    try:
        return saved(needs.add(office, need, person, ask=not given.flag("another")), "Đã lưu nhu cầu.")
    except KnownAlready as known:
        raise which(known) from known


def _edit(office: Office, given: Given) -> Answer:
    row = _row(office, given.text("id"))
    need = _typed(office, given, row.record)
    return saved(needs.edit(office, row.id, need), "Đã lưu bản sửa.")


def _list(office: Office, given: Given) -> Answer:
    state = given.choice("state", {key: str(state) for key, state in _STATES.items()}, "")
    kind = given.entry("kind", "support_kinds")
    given.settle()
    wanted = Wanted(
        states=frozenset({NeedState(state)}) if state else frozenset(),
        unit=refs.given_unit(office, given) or None,
        campaign=refs.given_campaign(office, given),
        kinds=frozenset({kind}) if kind else frozenset(),
        search=given.text("search"),
    )
    rows = needs.listing(office, wanted)
    counts = needs.count_by_state(rows)
    said = "; ".join(f"{NEED_STATES[state]}: {counts[state]}" for state in NeedState if counts[state])
    return Answer([_shown(row) for row in rows], _COLUMNS, said)


def _typed(office: Office, given: Given, before: Need) -> Need:
    """The need with what was typed in place of what was there."""
    today = office.clock.today()
    texts = {name: given.text(name, getattr(before, name)) for name in _TEXTS}
    days = {name: given.day(name, today, today) if given.has(name) else getattr(before, name) for name in _DAYS}
    changed: dict[str, Any] = {**texts, **days}
    need = replace(
        before,
        beneficiary=given.entry("beneficiary", "beneficiaries", before.beneficiary),
        cause=given.entry("cause", "support_causes", before.cause),
        kind=given.entry("kind", "support_kinds", before.kind),
        on=given.day("on", today, before.on),
        estimate=given.money("estimate", before.estimate),
        household=given.entry("household", "household_statuses", before.household),
        consent_way=given.entry("consent_way", "consent_ways", before.consent_way),
        **changed,
    )
    if given.has("stage"):
        stage = Stage(
            given.entry("stage", "house_stages"), given.day("stage_on", today, today), given.money("stage_amount"),
            given.money("stage_others"),
        )  # fmt: skip
        need = replace(need, stages=(*before.stages, stage))
    given.settle()
    return replace(need, campaign=refs.given_campaign(office, given, before.campaign))


def _person(given: Given, need: Need) -> Person:
    birth_year = given.year("birth_year")
    given.settle()
    member = need.beneficiary == "doan_vien"
    return Person(need.unit, member, given.text("name"), birth_year, given.text("citizen_id"))


def _row(office: Office, typed: str) -> NeedRow:
    return refs.listed(needs.listing(office), typed, "nhu cầu", "need list")


def _shown(row: NeedRow) -> dict[str, Any]:
    journey = row.journey
    return {
        "id": row.id,
        "name": row.name,
        "unit_name": row.unit_name,
        "cause_name": shown_cause(row.record.cause),
        "kind_name": catalogue().name("support_kinds", row.record.kind),
        "amount": journey.amount or row.record.estimate,
        "paid": journey.paid,
        "decision": journey.decision_number,
        "state": str(journey.state),
        "state_name": NEED_STATES[journey.state],
        "own": row.own,
        **plain(row.record),
        "on": row.record.on,
    }


def _ids(office: Office) -> list[str]:
    return [row.id for row in needs.listing(office)]


COMMANDS = (
    Command(
        "add",
        "ghi một nhu cầu",
        in_office(_add),
        (
            Option("--unit", "mã CĐCS", required=True),
            *_PERSON,
            Option("--another", "là người khác, dù trùng tên hoặc số với người đã có", flag=True),
            *_FIELDS,
            *_STAGE,
        ),
    ),
    Command(
        "list",
        "danh sách nhu cầu, mới nhất trước, và số đếm theo tình trạng",
        in_office(_list),
        (
            Option("--state", f"chỉ tình trạng này: {'; '.join(NEED_STATES.values())}"),
            Option("--unit", "chỉ của đơn vị này"),
            Option("--campaign", "chỉ của kế hoạch này"),
            Option("--kind", "chỉ hình thức này"),
            Option("--search", "tìm chữ, không cần dấu"),
        ),
    ),
    Command(
        "edit",
        "sửa một nhu cầu; chỉ ghi những gì cần sửa; --stage thêm một bước làm nhà",
        in_office(_edit),
        (Option("id", "đuôi id của nhu cầu", required=True), *_FIELDS, *_STAGE),
    ),
    *record_commands(_ids, (DELETE, HISTORY, RESTORE)),
)
