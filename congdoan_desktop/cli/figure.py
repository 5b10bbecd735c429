"""`congdoan figure`: figures that unions counted themselves, for one target of a plan."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.records import saved
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import campaigns, definitions, entered
from congdoan_desktop.services.office import Office

_LIST = (
    Column("unit_name", "Đơn vị", 44),
    Column("numerator", "Đếm được"),
    Column("denominator", "Trên tổng"),
    Column("note", "Ghi chú", 40),
    Column("own", "Sửa được ở đây"),
)
_WHAT = (
    Option("campaign", "số kế hoạch hoặc đuôi id", required=True),
    Option("target", "số thứ tự của chỉ tiêu trong kế hoạch", required=True),
    Option("--until", "số liệu đến hết kỳ có ngày này; mặc định là kỳ vừa qua"),
)


def _listing(office: Office, given: Given) -> Answer:
    indicator, period = _asked(office, given)
    rows = [_row(row.unit_name, row.own, row.id, row.figure) for row in entered.listing(office, indicator, period)]
    return Answer(rows, _LIST, f"Số liệu {period.name}.")


def _row(name: str, own: bool, id_: str | None, figure: EnteredFigure | None) -> dict[str, Any]:
    found = asdict(figure) if figure else {"numerator": None, "denominator": None, "note": ""}
    return {**found, "id": id_, "unit_name": name, "own": own}


def _enter(office: Office, given: Given) -> Answer:
    indicator, period = _asked(office, given)
    unit = refs.unit(office, given.text("unit"))
    base = given.count("denominator") if given.has("denominator") else None
    figure = EnteredFigure(
        unit, indicator, period.starts, period.ends, given.count("numerator"), base, given.text("note")
    )
    given.settle()
    return saved(entered.save(office, [figure]), f"Đã ghi số liệu {period.name}.")


def _empty(office: Office, given: Given) -> Answer:
    indicator, period = _asked(office, given)
    unit = refs.unit(office, given.text("unit"))
    gone = [row.id for row in entered.listing(office, indicator, period) if row.unit == unit and row.id]
    entered.save(office, [], gone)
    return Answer({"emptied": len(gone)}, (Column("emptied", "Đã bỏ trống"),))


def _asked(office: Office, given: Given) -> tuple[str, Period]:
    """(indicator, period). Raises: AppError where the indicator is counted from records alone."""
    campaign = campaigns.get(office, refs.campaign(office, given.text("campaign")))
    target = refs.target(campaign, given.text("target"))
    definition = definitions.known_to(campaign).get(target.indicator)
    if definition is None or not entered.is_entered(definition):
        raise AppError(
            "Chỉ tiêu này tính từ hồ sơ, không nhập số tự đếm.",
            safe="Chưa có gì được ghi.",
            todo="Ghi hồ sơ của chỉ tiêu, hoặc chọn cách tính có số tự đếm trong kế hoạch.",
        )
    today = office.clock.today()
    day = given.day("until", today, today)
    given.settle()
    return target.indicator, _period(campaign, day, named=given.has("until"))


def _period(campaign: Campaign, day: date, *, named: bool) -> Period:
    """The first that ends on the day or after it; without a day the last one that is over."""
    known = entered.stretches(campaign)
    over = [period for period in known if period.ends <= day]
    if not named:
        return over[-1] if over else known[0]
    return next((period for period in known if period.ends >= day), known[-1])


COMMANDS = (
    Command("list", "số tự đếm của các CĐCS cho một chỉ tiêu", in_office(_listing), _WHAT),
    Command(
        "enter",
        "ghi số tự đếm của một CĐCS; ghi lại thì thay số cũ của kỳ",
        in_office(_enter),
        (
            *_WHAT,
            Option("--unit", "mã đơn vị", required=True),
            Option("--numerator", "tử số: đếm được bao nhiêu", required=True),
            Option("--denominator", "mẫu số: trên tổng bao nhiêu"),
            Option("--note", "ghi chú"),
        ),
    ),
    Command(
        "empty",
        "bỏ trống số tự đếm của một CĐCS",
        in_office(_empty),
        (*_WHAT, Option("--unit", "mã đơn vị", required=True)),
    ),
)
