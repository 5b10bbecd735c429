"""Figures that unions count themselves: entered, corrected, emptied; for a target in the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.periods import free
from congdoan_desktop.errors import ValidationError
from congdoan_desktop.services import campaigns, entered, incoming, outgoing, records
from tests.services.conftest import Offices, campaign, every_row, grassroots, request

PERIOD = free(date(2024, 3, 1), date(2024, 6, 30))


def figure(unit: str, numerator: int = 40, denominator: int | None = 50, note: str = "") -> EnteredFigure:
    return EnteredFigure(unit, "I09", PERIOD.starts, PERIOD.ends, numerator, denominator, note)


def test_a_figure_is_entered_corrected_and_emptied(offices: Offices) -> None:
    office, unit = offices.union, grassroots(offices.union)
    id_ = entered.save(office, [figure(unit, note=" theo  sổ ")]).ids[0]
    row = entered.listing(office, "I09", PERIOD)[0]
    assert (row.id, row.figure, row.own) == (id_, figure(unit, note="theo sổ"), True)
    assert entered.save(office, [figure(unit, note="theo sổ")]).ids == ()  # the same again writes nothing
    assert entered.save(office, [figure(unit, 41)]).ids == (id_,)
    assert len(records.versions(office, id_)) == 2
    entered.save(office, [], [id_])
    assert entered.listing(office, "I09", PERIOD)[0].figure is None


def test_other_periods_and_indicators_stand_apart(offices: Offices) -> None:
    office, unit = offices.union, grassroots(offices.union)
    entered.save(office, [figure(unit), replace(figure(unit, 1), indicator="I02")])
    later = free(date(2024, 3, 1), date(2024, 7, 28))
    assert entered.listing(office, "I09", later)[0].figure is None
    held = entered.listing(office, "I02", PERIOD)[0].figure
    assert held is not None
    assert held.numerator == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (figure("u", -1), "Tử số không được âm"),
        (figure("u", 1, -1), "Mẫu số không được âm"),
        (replace(figure("u"), ends=date(2024, 2, 1)), "Kỳ kết thúc trước"),
    ],
)
def test_what_cannot_be_is_refused_whole(offices: Offices, wrong: EnteredFigure, sentence: str) -> None:
    office, unit = offices.union, grassroots(offices.union)
    before = every_row(office)
    with pytest.raises(ValidationError) as refused:
        entered.save(office, [figure(unit), replace(wrong, unit=unit)])
    assert sentence in " ".join(finding.message for finding in refused.value.findings)
    assert every_row(office) == before


def test_more_reached_than_there_are_is_only_a_warning(offices: Offices) -> None:
    saved = entered.save(offices.union, [figure(grassroots(offices.union), 51)])
    assert [finding.field for finding in saved.warnings] == ["numerator"]


def test_a_report_carries_what_was_counted_and_what_was_emptied(offices: Offices) -> None:
    union, province = offices.union, offices.province
    plan, unit = campaign(union), grassroots(union)
    to = province.identity.unit
    id_ = entered.save(union, [figure(unit)]).ids[0]
    incoming.apply(province, offices.carry(union, outgoing.make_report(union, request(plan), to)[0]))
    row = next(row for row in entered.listing(province, "I09", PERIOD) if row.unit == unit)
    assert (row.figure, row.own) == (figure(unit), False)
    entered.save(union, [], [id_])
    incoming.apply(province, offices.carry(union, outgoing.make_report(union, request(plan), to)[0]))
    assert next(row for row in entered.listing(province, "I09", PERIOD) if row.unit == unit).figure is None


@pytest.mark.parametrize(
    ("starts", "ends", "first", "last", "count"),
    [
        (date(2024, 4, 15), date(2024, 7, 28), date(2024, 4, 15), date(2024, 7, 28), 4),
        (date(2022, 3, 28), date(2025, 12, 31), date(2022, 3, 28), date(2025, 12, 31), 16),
    ],
)
def test_what_can_be_counted(offices: Offices, starts: date, ends: date, first: date, last: date, count: int) -> None:
    plan = campaigns.get(offices.union, campaign(offices.union))
    found = entered.stretches(replace(plan, starts=starts, ends=ends))
    assert (found[0].starts, found[-1].ends, len(found)) == (first, last, count)
    assert all(one.starts in (starts, date(one.ends.year, 1, 1)) for one in found)
