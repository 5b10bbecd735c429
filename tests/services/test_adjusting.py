"""A correction after the lock counts in the next period and is shown as such; the locked period stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from congdoan_desktop.domain.adjustments import AdjustedPart, adjusted, difference
from congdoan_desktop.domain.figures import Figure, PeriodFigures, ToDate
from congdoan_desktop.errors import NotFound, ValidationError
from congdoan_desktop.packages import names
from congdoan_desktop.packages.reader import check_own
from congdoan_desktop.services import (
    adjusting,
    consolidated,
    consolidation,
    doctor,
    incoming,
    mailbox,
    outgoing,
    reviews,
)
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.report_checks import checks
from tests.services.conftest import NewOffice
from tests.services.levels import Levels, carried, three_levels
from tests.services.test_three_levels import TARGETS

JULY = {"starts": date(2024, 7, 1), "ends": date(2024, 7, 28), "period_name": "Tháng 7/2024"}
QUARTER = {"starts": date(2024, 4, 1), "ends": date(2024, 6, 30), "period_name": "Quý II/2024"}
FIRST_OF_JULY = date(2024, 7, 1)


@pytest.fixture
def levels(new_office: NewOffice, tmp_path: Path) -> Iterator[Levels]:
    with three_levels(new_office, tmp_path / "usb", TARGETS) as made:
        yield made


def introduced(levels: Levels, count: int, on: date = date(2024, 6, 10)) -> None:
    levels.done(levels.below[0], kind="gioi_thieu_dang", count=count, campaign=None, starts=on, ends=on)


def told(levels: Levels, **period: object) -> ImportResult:
    return levels.up(levels.below[0], levels.upper, **(period or QUARTER))


def late(levels: Levels) -> ImportResult:
    """The second quarter was locked with 2 people introduced; then 3 more are told of it."""
    introduced(levels, 2)
    reviews.approve(levels.upper, told(levels).package_id)
    introduced(levels, 3)
    return told(levels)


def total(office: Office, plan: str) -> int:
    (one,) = (one for one in consolidation.consolidate(office, plan) if one.target.id == "d")
    return one.total.numerator


def in_report(levels: Levels, **period: object) -> int:
    """What the upper union would report upward of the target for a period."""
    made, prepared = outgoing.make_report(levels.upper, levels.asked(**period), levels.province.identity.unit)
    own = levels.upper.identity.unit
    assert consolidated.make_again(levels.upper, made.package_id).same
    return sum(one.numerator for one in prepared.figures if (one.target, one.unit) == ("d", own))


def test_the_difference_counts_in_the_next_period_and_the_lock_stands(levels: Levels) -> None:
    package = late(levels)
    assert (total(levels.upper, levels.plan), in_report(levels, **QUARTER)) == (2, 2)
    receipt = adjusting.adjust(levels.upper, package.package_id, FIRST_OF_JULY, "Nộp bổ sung quyết định kết nạp")
    assert total(levels.upper, levels.plan) == 5
    assert in_report(levels, **QUARTER) == 2  # the locked period
    introduced(levels, 1, date(2024, 7, 9))
    told(levels, **JULY)
    assert in_report(levels, **JULY) == 1 + 3
    assert total(levels.upper, levels.plan) == 6  # a later report holds the correction itself
    incoming.apply(levels.below[0], carried(levels.upper, receipt, levels.stick))
    answers = [sent.answer for sent in mailbox.outbox(levels.below[0]) if sent.id == package.package_id]
    assert [answer.note for answer in answers if answer] == [
        "Quý II/2024 đã khoá; phần chênh lệch tính vào kỳ có ngày 01/7/2024. Nộp bổ sung quyết định kết nạp"
    ]
    assert doctor.check(levels.upper) == []


def test_it_is_shown_as_such_with_its_sources(levels: Levels) -> None:
    package = late(levels)
    adjusting.adjust(levels.upper, package.package_id, FIRST_OF_JULY, "Nộp bổ sung")
    (target,) = (one for one in consolidation.consolidate(levels.upper, levels.plan) if one.target.id == "d")
    (line,) = (line for line in target.lines if line.adjusted)
    assert [(one.period_name, one.on, one.numerator) for one in line.adjusted] == [("Quý II/2024", FIRST_OF_JULY, 3)]
    assert not line.differs
    look = reviews.look(levels.upper, package.package_id)
    assert [one.reason for one in look.adjusted] == ["Nộp bổ sung"]
    assert (look.late, look.stale) == (True, False)
    told(levels, **JULY)
    made, prepared = outgoing.make_report(levels.upper, levels.asked(**JULY), levels.province.identity.unit)
    assert prepared.report.adjusted == ("CĐCS Trường số 1 (Quý II/2024)",)
    assert any("điều chỉnh sau khoá" in check.sentence for check in checks(prepared.report))
    clear = check_own((levels.upper.outbox / made.file_name).read_bytes(), made.package_id).clear
    periods = [one["header"]["period"]["name"] for one in json.loads(clear[names.SOURCES])["sources"]]
    assert sorted(periods) == ["Quý II/2024", "Quý II/2024", "Tháng 7/2024"]
    assert incoming.apply(levels.province, carried(levels.upper, made, levels.stick)).refused == ()


def test_a_newer_package_makes_it_stale_and_adds_only_what_is_new(levels: Levels) -> None:
    adjusting.adjust(levels.upper, late(levels).package_id, FIRST_OF_JULY, "Nộp bổ sung")
    introduced(levels, 4)
    newer = told(levels)
    assert reviews.look(levels.upper, newer.package_id).stale
    adjusting.adjust(levels.upper, newer.package_id, FIRST_OF_JULY, "Nộp bổ sung lần hai")
    look = reviews.look(levels.upper, newer.package_id)
    assert ([len(one.parts) for one in look.adjusted], look.stale) == ([1, 1], False)
    assert total(levels.upper, levels.plan) == 9


def test_a_period_that_is_opened_again_speaks_for_itself(levels: Levels) -> None:
    package = late(levels)
    adjusting.adjust(levels.upper, package.package_id, FIRST_OF_JULY, "Nộp bổ sung")
    reviews.reopen(levels.upper, package.package_id, "Sửa lại cả kỳ")
    assert total(levels.upper, levels.plan) == 5
    reviews.approve(levels.upper, package.package_id)
    assert total(levels.upper, levels.plan) == 5
    assert reviews.look(levels.upper, package.package_id).adjusted == ()


def test_a_late_package_that_is_withdrawn_adjusts_nothing(levels: Levels) -> None:
    package = late(levels)
    adjusting.adjust(levels.upper, package.package_id, FIRST_OF_JULY, "Nộp bổ sung")
    incoming.withdraw(levels.upper, package.package_id)
    assert total(levels.upper, levels.plan) == 2


def test_what_cannot_be_adjusted_says_why(levels: Levels) -> None:
    introduced(levels, 2)
    first = told(levels)
    with pytest.raises(NotFound):
        adjusting.adjust(levels.upper, first.package_id, FIRST_OF_JULY, "Kỳ chưa khoá")
    reviews.approve(levels.upper, first.package_id)
    same = told(levels)
    for on, reason, said in (
        (FIRST_OF_JULY, "Không khác gì", "note"),
        (date(2024, 6, 30), "Trong kỳ đã khoá", "on"),
        (FIRST_OF_JULY, "", "note"),
    ):
        with pytest.raises(ValidationError) as refused:
            adjusting.adjust(levels.upper, same.package_id, on, reason)
        assert said in {finding.field for finding in refused.value.findings}


def period_figures(figures: tuple[Figure, ...], to_date: tuple[ToDate, ...] = ()) -> PeriodFigures:
    days = date(2024, 4, 1), date(2024, 6, 30)
    return PeriodFigures("union", "plan", "Quý II/2024", *days, "", figures, to_date=to_date)


def test_what_was_adjusted_gives_the_later_figures() -> None:
    """The law: the locked figures with the difference are the late ones."""
    locked = period_figures(
        (Figure("t", "i", "union", 5, 10), Figure("t", "i", "a", 2, 4)),
        (ToDate("t", "a", 2, 4), ToDate("t", "b", 3, 6)),
    )
    later = period_figures(locked.figures, (ToDate("t", "a", 1, 4), ToDate("t", "b", 3, 7), ToDate("t", "c", 1, 1)))
    parts = difference(locked, later)
    assert set(parts) == {AdjustedPart("t", "a", -1, 0), AdjustedPart("t", "b", 0, 1), AdjustedPart("t", "c", 1, 1)}
    made = adjusted(locked, parts)
    assert {(one.unit, one.numerator, one.denominator) for one in made.to_date} == {
        ("a", 1, 4), ("b", 3, 7), ("c", 1, 1),
    }  # fmt: skip
    assert made.figures[0] == Figure("t", "i", "union", 5, 12)
    assert difference(locked, later, parts) == ()


def test_what_the_locked_package_had_replaced_adjusts_nothing(levels: Levels) -> None:
    introduced(levels, 3)
    first = told(levels)
    introduced(levels, 2)
    reviews.approve(levels.upper, told(levels).package_id)
    with pytest.raises(NotFound, match="đến sau khi kỳ đã khoá"):
        adjusting.adjust(levels.upper, first.package_id, FIRST_OF_JULY, "Gói đến trước gói đã khoá")
    assert total(levels.upper, levels.plan) == 5
