"""The calendar: what was held, what is planned, what is due and when; and the reminders on the home page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.activities import PLANNED
from congdoan_desktop.domain.campaigns import Campaign, Duty, Phase, PlannedEvent
from congdoan_desktop.domain.duties import DAY_COUNTS, DAY_IS_LATE
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.services import activities, agenda, campaigns, home, incoming, outgoing
from congdoan_desktop.services import support as support_service
from congdoan_desktop.services.agenda import Item
from congdoan_desktop.services.office import Office
from tests.services.conftest import Offices, activity, campaign, grassroots, person, request, support

JULY = (date(2024, 7, 1), date(2024, 7, 31))


def kinds(found: list[Item]) -> list[tuple[str, date, str]]:
    return [(item.kind, item.starts, item.title) for item in found]


def dutiful(office: Office, *duties: Duty, **changes: object) -> str:
    """A plan of our own whose reports are due."""
    id_ = campaign(office)
    plan: Campaign = campaigns.get(office, id_)
    campaigns.edit(office, id_, replace(plan, duties=duties, **changes))  # type: ignore[arg-type]  # fields of a plan
    return id_


def test_a_month_shows_activities_phases_events_and_reports(offices: Offices) -> None:
    office = offices.union
    plan = dutiful(
        office,
        Duty("trước ngày 10/7/2024", "Các CĐCS", "CĐ xã", "", date(2024, 7, 10), "before"),
        phases=(Phase("Đợt cao điểm", date(2024, 6, 20), date(2024, 7, 5)),),
        events=(PlannedEvent("Lễ kỷ niệm", ("Văn phòng",), date(2024, 7, 28)), PlannedEvent("Hội thao", ())),
    )
    units = (grassroots(office), grassroots(office, "CĐCS Trạm Y tế", "CDCS-YT"))
    activities.add(office, activity(plan), units)
    later = date(2024, 7, 30)
    activities.add(office, activity(plan, state=PLANNED, starts=later, ends=later), units[:1])
    found = agenda.between(office, *JULY)
    assert kinds(found) == [
        ("phase", date(2024, 6, 20), "Đợt cao điểm"),
        ("received", date(2024, 7, 9), "Các CĐCS nộp báo cáo"),
        ("done", date(2024, 7, 22), "Giải cầu lông"),
        ("event", date(2024, 7, 28), "Lễ kỷ niệm"),
        ("planned", later, "Giải cầu lông"),
    ]
    assert found[2].detail.startswith("2 đơn vị")  # entered at once, shown at once
    assert agenda.between(office, *JULY, plan) == found
    assert agenda.between(office, date(2023, 1, 1), date(2023, 1, 31)) == []


@pytest.mark.parametrize(
    ("choice", "day"), [("", date(2024, 8, 9)), (DAY_IS_LATE, date(2024, 8, 9)), (DAY_COUNTS, date(2024, 8, 10))]
)
def test_what_before_means_is_the_officers_choice(offices: Offices, choice: str, day: date) -> None:
    duty = Duty("trước ngày 10/8/2024", "CĐCS", "CĐ xã", "", date(2024, 8, 10), "before", choice=choice)
    dutiful(offices.union, duty, ends=date(2024, 8, 31))
    assert [item.starts for item in agenda.between(offices.union, date(2024, 8, 1), date(2024, 8, 31))] == [day]


def test_statistics_close_on_31_may_and_30_november(offices: Offices) -> None:
    found = agenda.between(offices.union, date(2024, 1, 1), date(2025, 6, 30))
    assert [item.starts for item in found] == [date(2024, 5, 31), date(2024, 11, 30), date(2025, 5, 31)]
    assert {item.kind for item in found} == {"statistics"}


def test_a_report_that_returns_stands_at_the_end_of_each_period(offices: Offices) -> None:
    duty = Duty("theo quy định", "Cấp dưới", "LĐLĐ tỉnh", "", None, "", ("quarter",), ("cap_tren_co_so",))
    plan = dutiful(offices.union, duty, starts=date(2024, 1, 1), ends=date(2024, 12, 31))
    found = agenda.between(offices.union, date(2024, 1, 1), date(2024, 12, 31), plan)
    assert [(item.kind, item.starts) for item in found] == [
        ("duty", date(2024, month, day)) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]


def test_the_home_page_reminds_of_what_is_planned(offices: Offices) -> None:
    office, unit = offices.union, grassroots(offices.union)
    days = (date(2024, 7, 20), date(2024, 7, 29), date(2024, 8, 5), date(2024, 8, 6))
    for day in days:
        activities.add(office, activity(state=PLANNED, starts=day, ends=day, title=f"Ngày {day:%d/%m}"), (unit,))
    found = [todo for todo in home.overview(office).todos if todo.page == "activities"]
    assert [(todo.title, todo.state, todo.days) for todo in found] == [
        ("Ngày 20/07", "overdue", -9),
        ("Ngày 29/07", "soon", 0),
        ("Ngày 05/08", "soon", 7),
    ]
    assert home.count_todos(office) == len(home.overview(office).todos)


def test_the_home_page_reminds_of_phases_and_events_within_the_week(offices: Offices) -> None:
    id_ = dutiful(
        offices.union,
        phases=(
            Phase("Đợt 1", date(2024, 7, 1), date(2024, 8, 5)), Phase("Đợt 2", date(2024, 8, 5), date(2024, 12, 31)),
            Phase("Đợt 0", date(2024, 1, 1), date(2024, 7, 28)),
        ),
        events=(
            PlannedEvent("Hội thao", ("Văn phòng",), date(2024, 7, 29)),
            PlannedEvent("Gặp mặt", (), date(2024, 8, 6)),
        ),
    )  # fmt: skip
    found = [todo for todo in home.overview(offices.union).todos if todo.object_ == id_]
    assert [(todo.title, todo.days, todo.page) for todo in found] == [
        ("Hội thao", 0, "campaigns"), ("Đợt 1: kết thúc", 7, "campaigns"), ("Đợt 2: bắt đầu", 7, "campaigns"),
    ]  # fmt: skip


def test_a_report_made_is_owed_no_more(offices: Offices) -> None:
    duty = Duty(
        "chậm nhất ngày 29/7/2024",
        "CĐ xã",
        "LĐLĐ tỉnh",
        "",
        date(2024, 7, 29),
        "no_later_than",
        (),
        ("cap_tren_co_so",),
    )
    plan = dutiful(offices.union, duty)
    assert [item.kind for item in agenda.between(offices.union, *JULY, plan)] == ["duty"]
    outgoing.make_report(offices.union, request(plan), offices.province.identity.unit)
    assert [item.kind for item in agenda.between(offices.union, *JULY, plan)] == ["reported"]


def test_the_upper_union_is_reminded_of_reports_that_have_not_come(offices: Offices) -> None:
    """From a week before the day on, with the names of those who owe it; who has sent it is owed no more."""
    duty = Duty("trước ngày 5/8/2024", "Công đoàn xã", "LĐLĐ tỉnh", "", date(2024, 8, 5), "before", choice=DAY_COUNTS)
    late = replace(duty, wording="trước ngày 9/8/2024", due=date(2024, 8, 9))
    other = replace(duty, levels=("co_so",))
    plan = dutiful(offices.province, duty, late, other)

    def todos() -> list[tuple[str, int, str]]:
        return [
            (one.title, one.days, one.detail) for one in home.overview(offices.province).todos if one.object_ == plan
        ]

    names = "Công đoàn xã Mường Kim, Công đoàn xã Nậm Xuân"
    assert todos() == [("Thu báo cáo 39/KH-LĐLĐ", 7, f"2/2 đơn vị chưa gửi: {names}")]
    package = outgoing.make_plan(offices.province, plan, offices.union.identity.unit)
    incoming.apply(offices.union, offices.carry(offices.province, package))
    sent, _ = outgoing.make_report(offices.union, request(plan), offices.province.identity.unit)
    incoming.apply(offices.province, offices.carry(offices.union, sent))
    assert todos() == [("Thu báo cáo 39/KH-LĐLĐ", 7, "1/2 đơn vị chưa gửi: Công đoàn xã Nậm Xuân")]


def test_the_keeper_is_reminded_for_unions_without_an_office(offices: Offices) -> None:
    """One line for all of them; whoever has something recorded is named no more, and a report made ends it."""
    office = offices.union
    units = (grassroots(office), *(grassroots(office, f"CĐCS Trạm {name}", f"CDCS-{name}") for name in "AB"))
    duty = Duty("trước ngày 5/8/2024", "CĐCS", "CĐ xã", "", date(2024, 8, 5), "before", (), ("co_so",), DAY_COUNTS)
    plan = dutiful(office, duty, replace(duty, levels=()))

    def todos() -> list[tuple[str, str, int, str]]:
        found = [one for one in home.overview(office).todos if one.object_ == f"campaign:{plan}"]
        assert all(one.page == "activities" for one in found)
        return [(one.title, one.state, one.days, one.detail) for one in found]

    title = "Thay 3 CĐCS: báo cáo 39/KH-LĐLĐ"
    names = "CĐCS Trạm A, CĐCS Trạm B, CĐCS Trường Mầm non số 1"
    assert todos() == [(title, "soon", 7, f"3 đơn vị chưa ghi gì trong kỳ: {names}")]
    day = date(2024, 8, 5)
    assert [one.title for one in agenda.between(office, day, day) if one.kind == "on_behalf"] == [title]
    activities.add(office, activity(plan), units[:1])
    activities.add(office, activity(plan, state=PLANNED), units[1:2])  # counts nowhere
    assert todos() == [(title, "soon", 7, "2 đơn vị chưa ghi gì trong kỳ: CĐCS Trạm A, CĐCS Trạm B")]
    outgoing.make_report(office, request(plan), offices.province.identity.unit)
    assert (todos(), [one.kind for one in agenda.between(office, day, day)].count("on_behalf")) == ([], 0)


def test_a_returning_report_asks_the_keeper_anew_for_each_period(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    duty = Duty("theo quy định", "CĐCS", "CĐ xã", "", None, "", ("quarter",), ("co_so",))
    plan = dutiful(office, duty, starts=date(2024, 1, 1), ends=date(2024, 12, 31))
    support_record = support(unit, plan, on=date(2024, 5, 1))
    support_service.add(office, support_record, person(unit))

    def due() -> list[date | None]:
        return [one.due for one in home.overview(office).todos if one.object_ == f"campaign:{plan}"]

    assert due() == [date(2024, 3, 31)]  # the second quarter has something, the third is too far away
    figure = EnteredFigure(unit, "I17", date(2024, 1, 1), date(2024, 3, 31), 1)
    with office.write(Right.ENTER) as work:
        work.put(figure)
    assert due() == []


def test_nobody_is_reminded_for_unions_that_keep_their_own_records(offices: Offices) -> None:
    duty = Duty("trước ngày 5/8/2024", "CĐ xã", "LĐLĐ", "", date(2024, 8, 5), "before", (), ("cap_tren_co_so",))
    plan = dutiful(offices.province, duty)
    assert [one for one in home.overview(offices.province).todos if one.object_ == f"campaign:{plan}"] == []
