"""`congdoan fund`: what came into a fund, what is left of it on a day, its statement."""

from __future__ import annotations

from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.records import DELETE, HISTORY, RESTORE, record_commands, saved
from congdoan_desktop.domain.funds import Contribution
from congdoan_desktop.domain.records import plain
from congdoan_desktop.services import funds, papers, reporting
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.funds import FUNDS, ContributionRow, Stretch
from congdoan_desktop.services.office import Office

_COLUMNS = (
    Column("id", "Đuôi id"),
    Column("on", "Ngày"),
    Column("fund_name", "Quỹ", 32),
    Column("unit_name", "Đơn vị", 32),
    Column("amount", "Số tiền"),
    Column("people", "Số người"),
    Column("giver_name", "Người, nơi đóng góp", 32),
)
_BALANCES = (
    Column("fund_name", "Quỹ", 40),
    Column("incoming", "Thu"),
    Column("outgoing", "Chi"),
    Column("left", "Còn lại"),
)
_UNIT = Option("--unit", "của đơn vị này và các đơn vị dưới (mặc định: đơn vị mình)")


def _add(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    people = given.count("people") if given.has("people") else None
    record = Contribution(
        unit="",
        fund=given.entry("fund", FUNDS),
        on=given.day("on", today, today),
        amount=given.money("amount"),
        people=people,
        giver=given.text("giver"),
        note=given.text("note"),
    )
    given.settle()
    unit = refs.given_unit(office, given, office.identity.unit)
    made = Contribution(unit, record.fund, record.on, record.amount, people, None, record.giver, record.note)
    return saved(funds.save(office, made), "Đã lưu khoản thu.")


def _list(office: Office, given: Given) -> Answer:
    fund, year = given.entry("fund", FUNDS), given.count("year")
    given.settle()
    unit = refs.given_unit(office, given) or None
    rows = funds.listing(office, fund=fund or None, unit=unit, year=year or None, search=given.text("search"))
    return Answer([_shown(row) for row in rows], _COLUMNS)


def _balance(office: Office, given: Given) -> Answer:
    on = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    found = funds.balances(office, on, refs.given_unit(office, given) or None)
    names = catalogue().name
    rows = [
        {"fund": code, "fund_name": names(FUNDS, code), "incoming": one.incoming, "outgoing": one.outgoing,
         "left": one.left}
        for code, one in sorted(found.items(), key=lambda pair: names(FUNDS, pair[0]))
    ]  # fmt: skip
    return Answer(rows, _BALANCES)


def _statement(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    fund = given.entry("fund", FUNDS)
    starts, ends = given.day("from", today, today.replace(month=1, day=1)), given.day("to", today, today)
    given.settle()
    wanted = Stretch(fund, starts, ends, refs.given_unit(office, given) or None)
    path = given.path("out")
    papers.save(office, funds.statement(office, wanted, reporting.signers(office)[0]), path)
    return Answer({"path": str(path)}, (Column("path", "Đã ghi", 100),))


def _shown(row: ContributionRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "fund_name": catalogue().name(FUNDS, row.record.fund),
        "unit_name": row.unit_name,
        "giver_name": row.person_name or row.record.giver,
        "own": row.own,
        "conflict": row.conflict,
        **plain(row.record),
        "on": row.record.on,
    }


def _ids(office: Office) -> list[str]:
    return [row.id for row in funds.listing(office)]


_FUND = Option("--fund", "quỹ (mã hoặc tên)", required=True)
COMMANDS = (
    Command(
        "add",
        "ghi một khoản thu vào quỹ",
        in_office(_add),
        (
            _FUND,
            Option("--amount", "số tiền, đồng", required=True),
            Option("--unit", "đơn vị đóng góp (mặc định: đơn vị mình)"),
            Option("--on", "ngày thu (mặc định: hôm nay)"),
            Option("--people", "số người đóng góp"),
            Option("--giver", "nhà tài trợ, người đóng góp"),
            Option("--note", "ghi chú"),
        ),
    ),
    Command(
        "list",
        "các khoản thu, mới nhất trước",
        in_office(_list),
        (
            Option("--fund", "chỉ quỹ này"),
            _UNIT,
            Option("--year", "chỉ năm này"),
            Option("--search", "tìm chữ, không cần dấu"),
        ),
    ),
    Command(
        "balance", "mỗi quỹ thu, chi, còn bao nhiêu", in_office(_balance), (_UNIT, Option("--on", "đến hết ngày này"))
    ),
    Command(
        "statement",
        "sao kê một quỹ",
        in_office(_statement),
        (
            _FUND,
            _UNIT,
            Option("--from", "từ ngày (mặc định: đầu năm)"),
            Option("--to", "đến ngày (mặc định: hôm nay)"),
            Option("--out", "tệp .pdf, .docx hoặc .xlsx", required=True),
        ),
    ),
    *record_commands(_ids, (DELETE, HISTORY, RESTORE)),
)
