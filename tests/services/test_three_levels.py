"""CĐCS → upper union → province: figures, where each came from, and a report made again byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.reorganising import Decision, Merge, Move
from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.services import (
    consolidated,
    consolidation,
    coverage,
    homeward,
    incoming,
    mailbox,
    origins,
    outgoing,
    reorganisation,
    reported,
    reporting,
    reviews,
    trusting,
    units,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import TABLES
from tests.services.conftest import NewOffice, as_role, enrol, every_row, first_start
from tests.services.levels import Levels, at_new_year, carried, three_levels, upper_form

TARGETS = (
    Target("n", "Mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01"),
    Target("d", "Giới thiệu 05 đoàn viên ưu tú", "I10", "gte", 5, "người", "05 người"),
)


@pytest.fixture
def levels(new_office: NewOffice, tmp_path: Path) -> Iterator[Levels]:
    with three_levels(new_office, tmp_path / "usb", TARGETS) as made:
        yield made


def figures(office: Office, plan: str) -> dict[str, tuple[int, int | None]]:
    found = consolidation.consolidate(office, plan)
    return {one.target.id: (one.total.numerator, one.total.denominator) for one in found}


def consolidate(levels: Levels) -> str:
    """Both CĐCS report, the upper union sums up; the id of its package."""
    for number, office in enumerate(levels.below, 1):
        levels.done(office)
        levels.done(office, kind="gioi_thieu_dang", count=number, campaign=None)
        levels.answer(levels.upper, levels.up(office, levels.upper), office)
    return outgoing.make_report(levels.upper, levels.asked(), levels.province.identity.unit)[0].package_id


def test_a_provincial_figure_is_followed_down_to_the_packages_it_came_from(levels: Levels) -> None:
    path = outgoing.write_to_stick(levels.upper, consolidate(levels), levels.stick).path
    levels.answer(levels.province, incoming.apply(levels.province, path), levels.upper)
    assert figures(levels.province, levels.plan) == {"n": (2, 2), "d": (3, None)}
    found = origins.origins(levels.province, levels.plan, "d")
    assert [(one.unit_name, one.via, one.numerator) for one in found] == [
        ("Công đoàn xã Mường Kim", "", 3),
        ("CĐCS Trạm y tế", "Công đoàn xã Mường Kim", 2),
        ("CĐCS Trường số 1", "Công đoàn xã Mường Kim", 1),
    ]
    assert found[0].receipt.startswith("receipt-LDLD-LC-")
    sent = {one.id for office in levels.below for one in mailbox.outbox(office) if one.kind == "report"}
    assert {one.package_id for one in found[1:]} == sent
    assert origins.of_package(levels.province, found[0].package_id)[1:] == tuple(
        replace(one, numerator=None, denominator=None) for one in found[1:]
    )


def test_a_report_says_of_how_many_unions_it_is_and_who_is_missing(levels: Levels) -> None:
    before = reporting.prepare(levels.upper, levels.asked()).report
    late, office = sorted(levels.below, key=lambda one: one.identity.unit)
    levels.up(office, levels.upper)
    after = reporting.prepare(levels.upper, levels.asked()).report
    assert before.not_reported == ("CĐCS Trạm y tế", "CĐCS Trường số 1")
    assert before.lines_not_reported == {late.identity.unit, office.identity.unit}
    assert after.lines_not_reported == {late.identity.unit}
    assert len(after.not_reported) == 1


def test_at_the_upper_union_the_trail_ends_at_what_came_to_it(levels: Levels) -> None:
    consolidate(levels)
    found = origins.origins(levels.upper, levels.plan, "n")
    assert [(one.unit_name, one.via, one.numerator, one.denominator) for one in found] == [
        ("CĐCS Trạm y tế", "", 1, 1),
        ("CĐCS Trường số 1", "", 1, 1),
    ]
    assert all(one.receipt.startswith("receipt-CDX-MK-") for one in found)
    assert origins.of_package(levels.upper, "0" * 64) == ()


def test_a_report_is_made_again_byte_for_byte_whatever_came_since(levels: Levels) -> None:
    package = consolidate(levels)
    late, other = levels.below
    levels.done(late)
    levels.done(late, kind="gioi_thieu_dang", count=40, campaign=None)
    levels.up(late, levels.upper)
    gone = next(got.id for got in mailbox.inbox(levels.upper) if got.sender == "CĐCS Trạm y tế")
    incoming.withdraw(levels.upper, gone)
    units.edit(
        levels.upper, levels.upper.identity.unit, name="Công đoàn xã Mới", short_name="Mới", code="CDX-MOI",
        kind="cong_doan_xa",
    )  # fmt: skip
    now = reporting.prepare(levels.upper, levels.asked())
    before = every_row(levels.upper)
    made = consolidated.make_again(levels.upper, package)
    assert made.same
    assert every_row(levels.upper) == before, "nothing is changed by it"
    held = outgoing.outbox(levels.upper)
    assert made.file_name in {one.file_name for one in held}
    assert [one.numerator for one in now.figures if one.unit == levels.upper.identity.unit] != [2, 3]
    assert other.identity.unit != late.identity.unit


def test_a_report_that_cannot_be_made_again_differs(levels: Levels) -> None:
    """The twin: with one revision fewer than the package rests on."""
    package = consolidate(levels)
    with levels.upper.database.write() as connection:
        connection.exec_driver_sql("UPDATE made_reports SET last_revision = last_revision - 1")
        connection.exec_driver_sql(
            "UPDATE made_reports SET last_revision = (SELECT min(revision) FROM deliveries JOIN revisions r "
            "ON r.seq = revision WHERE r.type = 'period_figures')"
        )
    assert not consolidated.make_again(levels.upper, package).figures
    with pytest.raises(NotFound):
        consolidated.make_again(levels.upper, "0" * 64)


def test_names_stay_below_where_no_programme_needs_them(levels: Levels) -> None:
    below = levels.below[0]
    with below.write(Right.ENTER) as work:
        work.put(Person(below.identity.unit, True, "Lò Văn Kín", 1990))
    consolidate(levels)
    levels.up(levels.upper, levels.province)
    for office in (levels.upper, levels.province):
        with office.read() as connection:
            assert connection.execute(TABLES[Person.TYPE].select()).all() == []


def test_coverage_says_who_has_not_been_heard(levels: Levels) -> None:
    levels.done(levels.below[0])
    levels.up(levels.below[0], levels.upper)
    (target, _) = consolidation.consolidate(levels.upper, levels.plan)
    assert (target.total.numerator, target.total.denominator) == (1, 2)
    states = {row.name: row.state for row in coverage.coverage(levels.upper)}
    assert states == {"CĐCS Trường số 1": "received", "CĐCS Trạm y tế": "silent"}


def test_what_came_after_the_lock_is_named_and_waits(levels: Levels) -> None:
    below = levels.below[0]
    levels.done(below, kind="gioi_thieu_dang", count=1, campaign=None)
    first = levels.up(below, levels.upper)
    reviews.approve(levels.upper, first.package_id)
    levels.done(below, kind="gioi_thieu_dang", count=4, campaign=None)
    late = levels.up(below, levels.upper)
    assert reviews.late(levels.upper) == {late.package_id}
    assert figures(levels.upper, levels.plan)["d"] == (1, None)
    assert [one.package_id for one in origins.origins(levels.upper, levels.plan)] == [first.package_id]
    reviews.reopen(levels.upper, first.package_id, "đơn vị báo sót")
    assert figures(levels.upper, levels.plan)["d"] == (5, None)
    assert [one.package_id for one in origins.origins(levels.upper, levels.plan)] == [late.package_id]


def test_only_the_root_admits_and_only_under_who_is_known(levels: Levels, new_office: NewOffice) -> None:
    stranger = new_office("stranger", first_start("CĐCS Chợ", "CS-9", level="co_so", kind="cdcs_su_nghiep"))
    made = trusting.write_enrolment(stranger)
    path, words = carried(stranger, made, levels.stick), " ".join(trusting.enrolment_words(stranger, made))
    with pytest.raises(AppError, match="Chỉ Liên đoàn Lao động tỉnh"):
        trusting.approve(levels.upper, path, words)
    with pytest.raises(NotFound, match="chưa được công nhận"):
        trusting.approve(levels.province, path, words, under=stranger.identity.unit)
    assert [name for _, name in trusting.uppers(levels.province)] == ["Công đoàn xã Mường Kim"]


def test_a_quarter_alone_and_the_year_name_their_own_sources(levels: Levels) -> None:
    """A report on a quarter rests on the quarter's packages and on those of the time since the plan's first day."""
    first, second = (date(2024, 3, 1), date(2024, 4, 30)), (date(2024, 5, 1), date(2024, 7, 28))
    below = levels.below[0]
    for days in (first, second):
        levels.done(below, kind="gioi_thieu_dang", count=1, campaign=None, starts=days[1], ends=days[1])
        levels.up(below, levels.upper, starts=days[0], ends=days[1], period_name="kỳ")
    levels.up(levels.upper, levels.province, starts=second[0], ends=second[1], period_name="kỳ 2")
    (found,) = (one for one in origins.origins(levels.province, levels.plan) if one.via)
    assert (found.seq, found.period) == (2, "kỳ")
    assert figures(levels.province, levels.plan)["d"] == (2, None)


def moved(levels: Levels, new_office: NewOffice) -> Office:
    """The first CĐCS has reported where it stood, was moved to another upper union and reports there; that union."""
    below = levels.below[0]
    other = new_office("nx", upper_form("Công đoàn xã Nậm Xuân", "CDX-NX"))
    with at_new_year(levels.province):
        enrol(levels.province, other, levels.stick)
    plan = outgoing.make_plan(levels.province, levels.plan, other.identity.unit)
    incoming.apply(other, carried(levels.province, plan, levels.stick))
    spring = {"starts": date(2024, 3, 1), "ends": date(2024, 4, 30), "period_name": "đợt 1"}
    levels.done(below, kind="gioi_thieu_dang", count=1, campaign=None, starts=date(2024, 4, 1), ends=date(2024, 4, 1))
    levels.up(below, levels.upper, **spring)
    levels.up(levels.upper, levels.province, **spring)
    order = Move(((below.identity.unit, other.identity.unit),))
    reorganisation.decide(levels.province, order, Decision(date(2024, 6, 1), "12/QĐ"))
    made = homeward.refresh(levels.province)
    assert made is not None
    path = carried(levels.province, made, levels.stick)
    for office in (below, levels.upper, other):
        assert incoming.verified(office, path).trust is not None
        trusting.accept_trust(office, path)
    assert homeward.refresh(levels.province) is None, "nothing has changed since"
    levels.done(below, kind="gioi_thieu_dang", count=2, campaign=None)
    levels.up(below, other)
    levels.up(other, levels.province)
    return other


def test_a_union_moved_in_mid_year_reports_where_it_stands_and_counts_once(
    levels: Levels, new_office: NewOffice
) -> None:
    other = moved(levels, new_office)
    assert units.upper(levels.below[0]) == other.identity.unit
    assert figures(levels.province, levels.plan)["d"] == (3, None), "1 from its old union is in the 3 of the new one"
    with pytest.raises(PackageRefused, match="không phải cấp"):
        levels.up(levels.below[0], levels.upper)


def test_without_the_later_word_a_moved_union_would_count_wrongly(
    levels: Levels, new_office: NewOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: whoever comes first in the list of unions is believed."""
    moved(levels, new_office)
    monkeypatch.setattr(reported, "_tells_later", lambda *_: False)
    assert figures(levels.province, levels.plan)["d"] != (3, None)


def test_only_the_root_sends_the_list_home(levels: Levels) -> None:
    assert homeward.refresh(levels.upper) is None
    assert homeward.refresh(as_role(levels.province, Role.OFFICER)) is None
    first = homeward.refresh(levels.province)
    assert first is not None
    assert homeward.refresh(levels.province) is None


def test_a_package_of_a_union_that_has_ended_still_counts(levels: Levels) -> None:
    below, last = levels.below
    levels.done(below, kind="gioi_thieu_dang", count=1, campaign=None)
    path = levels.report(below, levels.upper)
    order = Merge((below.identity.unit, last.identity.unit), last.identity.unit)
    reorganisation.decide(levels.upper, order, Decision(date(2024, 7, 1), "13/QĐ"))
    assert not units_of(levels.upper, below)
    result = incoming.apply(levels.upper, path)
    assert (result.refused, result.sender_name) == ((), "CĐCS Trường số 1")
    asked = levels.asked()
    told = {one.target: one.numerator for one in reporting.prepare(levels.upper, asked).figures if not one.denominator}
    assert told["d"] == 1


def units_of(office: Office, below: Office) -> bool:
    with office.read() as connection:
        return office.structure(connection).exists(below.identity.unit)
