"""The figures that a union reported stand at the level above, of whatever kind its records are: they stay below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from congdoan_desktop.domain.activities import Detail
from congdoan_desktop.domain.campaigns import Campaign, Target, UnitMark
from congdoan_desktop.domain.figures import EnteredFigure, PeriodFigures
from congdoan_desktop.domain.indicators import Condition
from congdoan_desktop.domain.persons import Post, Training
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.services import campaign_ledger, campaigns, home, incoming, outgoing, report_checks, reporting
from congdoan_desktop.services import targets as behind
from congdoan_desktop.services.campaign_ledger import TargetView
from congdoan_desktop.services.consolidation import Scope
from congdoan_desktop.services.definitions import shipped
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reporting import ReportRequest
from tests.services.conftest import NewOffice, Offices, activity, enrol, first_start, grassroots, person, request

YEAR = date(2024, 1, 1), date(2024, 12, 31)
FIRST, HALF = (date(2024, 1, 1), date(2024, 3, 31)), (date(2024, 4, 1), date(2024, 6, 30))
CODES = ("I01", "I04", "I08", "I09", "I10", "I11", "I17", "I18")
"""Of workplaces, ratings, courses, bare counts, people, activities of the plan, plans of unions."""
EXPECTED = {
    "I01": (1, 2), "I04": (1, 2), "I08": (1, 1), "I09": (1, 1), "I10": (3, None), "I11": (38, 40), "I17": (1, 1),
    "I18": (1, 1),
}  # fmt: skip


@dataclass
class Below:
    """A union with its one CĐCS, and the province's plan in both offices."""

    offices: Offices
    plan: str
    unit: str

    @property
    def office(self) -> Office:
        return self.offices.union

    def put(self, *records: object) -> list[str]:
        with self.office.write(Right.ENTER) as work:
            return [work.put(record) for record in records]  # type: ignore[arg-type]

    def asked(self, days: tuple[date, date]) -> ReportRequest:
        return replace(request(self.plan), starts=days[0], ends=days[1], period_name="kỳ")

    def report(self, days: tuple[date, date] = YEAR) -> None:
        made, _ = outgoing.make_report(self.office, self.asked(days), self.offices.province.identity.unit)
        incoming.apply(self.offices.province, self.offices.carry(self.office, made))

    def seen(self, scope: Scope = Scope()) -> dict[str, TargetView]:  # noqa: B008 - it is frozen
        return {one.sum.target.id: one for one in campaign_ledger.look(self.offices.province, self.plan, scope).targets}


def figure(one: TargetView) -> tuple[int, int | None]:
    return one.sum.total.numerator, one.sum.total.denominator


@pytest.fixture
def below(offices: Offices) -> Below:
    asked = tuple(Target(code, f"chỉ tiêu {code}", code, "gte", 1, "%", "mức") for code in CODES)
    own_plan = replace(shipped()["I18"], conditions=(Condition("level", codes=("cap_tren_co_so",)),))
    marks = (UnitMark("I10", offices.union.identity.unit, 4),)
    made = Campaign(
        "", "Dân vận", "Kế hoạch", "14/KH-LĐLĐ", date(2024, 1, 2), "Lai Châu", "Ban Thường vụ", *YEAR, targets=asked,
        marks=marks, definitions=(own_plan,),
    )  # fmt: skip
    plan = campaigns.add(offices.province, made).ids[0]
    package = outgoing.make_plan(offices.province, plan, offices.union.identity.unit)
    incoming.apply(offices.union, offices.carry(offices.province, package))
    found = Below(offices, plan, grassroots(offices.union))
    _worked(found)
    return found


def _worked(below: Below) -> None:
    unit, me = below.unit, below.office.identity.unit
    places = below.put(
        Workplace(me, "Công ty A", "doanh_nghiep", "tu_nhan", union=unit),
        Workplace(me, "Công ty B", "doanh_nghiep", "tu_nhan"),
    )
    below.put(*(Workforce(me, place, date(2024, 1, 1), 30) for place in places))
    below.put(Headcount(unit, date(2024, 1, 1), 40, 30), Rating(unit, 2024, "tot"))
    (officer,) = below.put(person(unit))
    below.put(
        Post(unit, officer, "chu_tich", "bch", False, date(2023, 5, 1), None),
        Training(unit, officer, date(2024, 3, 1), "tinh", 1, "Nghiệp vụ"),
        EnteredFigure(unit, "I11", *YEAR, 38, 40),
    )

    def done(kind: str, day: date = date(2024, 2, 1), **changes: object) -> object:
        made = activity(None, kind=kind, starts=day, ends=day, **changes)
        return replace(made, unit=changes.get("unit", unit))  # type: ignore[arg-type]

    below.put(
        done("qcdc", workplace=places[0]), done("gioi_thieu_dang", count=1),
        done("gioi_thieu_dang", date(2024, 5, 2), count=2), done("the_thao", campaign=below.plan, counts=True),
        done("dan_van_kheo", unit=me, details=(Detail("action", "dang_ky"),)),
        done("ke_hoach_rieng", unit=me, campaign=below.plan),
    )  # fmt: skip


def test_every_kind_of_figure_arrives_as_it_was_counted(below: Below) -> None:
    below.report()
    seen = below.seen()
    assert {id_: figure(one) for id_, one in seen.items()} == EXPECTED
    lines = [line for one in seen.values() for line in one.sum.lines if line.packages]
    assert len(lines) == len(CODES)
    assert not any(line.differs for line in lines)
    assert [line.from_records is not None for line in lines] == [code == "I17" for code in CODES]
    assert all(line.records for line in lines)


def test_the_home_page_and_the_ledger_say_the_same(below: Below) -> None:
    below.report()
    home_page = {one.target.id: (one.result.numerator, one.result.denominator) for one in
                 home.overview(below.offices.province).targets}  # fmt: skip
    assert home_page == EXPECTED


def test_units_behind_a_reported_figure_are_those_of_the_report(below: Below) -> None:
    below.report()
    (row,) = behind.look_closer(below.offices.province, below.plan, "I11").units
    assert (row.unit, row.numerator, row.denominator, row.told) == (below.unit, 38, 40, True)
    assert (row.sender, row.records) == ("Công đoàn xã Mường Kim", 1)
    detail = behind.look_closer(below.offices.province, below.plan, "I01")
    assert (detail.things, detail.reported) == ((), 1)


def test_what_was_not_reported_is_no_zero(below: Below) -> None:
    assert all(one.sum.total.met is None for one in below.seen().values())
    assert all(figure(one)[0] == 0 for one in below.seen().values())


def test_quarters_are_summed_up_from_the_first_day(below: Below) -> None:
    below.report(FIRST)
    assert figure(below.seen()["I10"]) == (1, None)
    below.report(HALF)
    assert figure(below.seen()["I10"]) == (3, None)
    assert figure(below.seen(Scope(until=FIRST[1]))["I10"]) == (1, None)
    assert figure(below.seen(Scope(until=date(2024, 2, 29)))["I10"]) == (0, None)


def test_one_union_alone_is_held_against_the_mark_given_to_it(below: Below) -> None:
    below.report()
    mine = below.seen(Scope(unit=below.office.identity.unit))["I10"]
    other = below.seen(Scope(unit=below.offices.other.identity.unit))["I10"]
    assert (figure(mine), mine.sum.total.met, mine.pace.needed) == ((3, None), False, 4)
    together = below.seen()["I10"].sum
    assert together.total.met, "the mark of all is one"
    assert [line.reported.met for line in together.lines if line.reported] == [False]
    assert (figure(other), other.sum.total.met) == ((0, None), None)
    grass = below.seen(Scope(unit=below.unit))
    assert figure(grass["I11"]) == (38, 40)
    assert figure(grass["I18"]) == (0, 0)


def test_a_report_of_an_older_program_tells_what_it_can(below: Below) -> None:
    below.report()
    province = below.offices.province
    with province.database.write() as connection:
        connection.exec_driver_sql("UPDATE p_period_figures SET to_date = '[]'")
    assert {id_: figure(one) for id_, one in below.seen().items()} == EXPECTED


def test_the_upper_unions_own_report_holds_what_was_reported(below: Below) -> None:
    province = below.offices.province
    asked = below.asked(YEAR)
    before = reporting.prepare(province, asked)
    below.report()
    after = reporting.prepare(province, asked)
    own = province.identity.unit
    said = {one.target: (one.numerator, one.denominator) for one in after.figures if one.unit == own}
    assert said == EXPECTED
    assert (before.report.unheard, after.report.unheard) == (
        ("Công đoàn xã Mường Kim", "Công đoàn xã Nậm Xuân"), ("Công đoàn xã Nậm Xuân",),
    )  # fmt: skip
    assert any("Nậm Xuân" in check.sentence for check in report_checks.checks(after.report))
    assert (before.report.not_reported, after.report.not_reported) == (before.report.unheard, after.report.unheard)


def test_a_figure_says_how_many_records_it_was_counted_from(below: Below) -> None:
    detail = behind.look_closer(below.office, below.plan, "I04")
    assert (detail.sources, detail.reported) == ({"activity": 1}, 0)
    assert behind.look_closer(below.office, below.plan, "I11").sources == {"entered_figure": 1}
    assert behind.look_closer(below.office, below.plan, "I01").sources == {"workplace": 1}
    with below.office.read() as connection:
        made = reporting.to_date(below.office, connection, below.asked(YEAR))
    assert {one.target for one in made} == set(CODES)
    assert {"difficulties", "proposals"} == PeriodFigures.PERSONAL


def test_a_grassroots_union_that_reports_itself_is_passed_on_upward(new_office: NewOffice, tmp_path: Path) -> None:
    """Its rating stays with it; the level above takes its figure and gives it on as it was told."""
    upper = new_office("upper", first_start("Công đoàn xã A", "CDX-A", level="cap_tren"))
    below = new_office("below", first_start("CĐCS Chợ", "CS-CHO", level="co_so", kind="cdcs_su_nghiep"))
    enrol(upper, below, tmp_path)
    silent = grassroots(upper, "CĐCS Trường", "CS-T")
    asked = (Target("r", "xếp loại", "I08", "gte", 100, "%", "100%"), Target("n", "mỗi CĐCS", "I17", "gte", 1, "", ""))
    made = Campaign("", "Thi đua", "Kế hoạch", "1/KH", None, "", "", *YEAR, targets=asked)
    plan = campaigns.add(upper, made).ids[0]
    given = outgoing.make_plan(upper, plan, below.identity.unit)
    incoming.apply(below, outgoing.write_to_stick(upper, given.package_id, tmp_path).path)
    me = below.identity.unit
    with below.write(Right.ENTER) as work:
        work.put(Rating(me, 2024, "tot"))
        work.put(replace(activity(plan, counts=True), unit=me))
    with upper.write(Right.ENTER) as work:
        work.put(Rating(silent, 2024, "hoan_thanh"))

    def figures() -> dict[str, tuple[int, int | None]]:
        return {one.sum.target.id: figure(one) for one in campaign_ledger.look(upper, plan).targets}

    assert figures() == {"r": (0, 1), "n": (0, 2)}
    report, _ = outgoing.make_report(below, replace(request(plan), starts=YEAR[0], ends=YEAR[1]), upper.identity.unit)
    incoming.apply(upper, outgoing.write_to_stick(below, report.package_id, tmp_path).path)
    assert figures() == {"r": (1, 2), "n": (1, 2)}
    wanted = replace(request(plan), starts=YEAR[0], ends=YEAR[1])
    with upper.read() as connection:
        passed = {(one.target, one.unit): one for one in reporting.to_date(upper, connection, wanted)}
    assert (passed["r", me].numerator, passed["r", me].denominator, passed["r", me].records) == (1, 1, 1)
    assert (passed["n", me].numerator, passed["n", me].denominator) == (1, None)
    assert passed["r", silent].numerator == 0
