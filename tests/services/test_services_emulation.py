"""Emulation: phases and steps counted out of activities, lists by union and person; invitations to an activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.activities import PLANNED, Activity, Detail
from congdoan_desktop.domain.campaigns import Phase
from congdoan_desktop.domain.persons import Post
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.services import activities, campaigns, emulation, invitations, members, officers, papers, units
from congdoan_desktop.services.emulation import AWARDED, INITIATIVE, PROPOSED, REGISTERED, WHOLE, Chosen
from congdoan_desktop.services.office import Office
from tests.reports.paper import text
from tests.services.conftest import Offices, campaign, person

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
SIGNER = ("Lò Thị Hoa", "Chủ tịch")


@pytest.fixture
def office(offices: Offices) -> Office:
    return offices.union


@pytest.fixture
def plan(office: Office) -> str:
    id_ = campaign(office)
    held = campaigns.get(office, id_)
    spans = (("Đợt 1", date(2024, 1, 1), date(2024, 6, 30)), ("Đợt 2", date(2024, 7, 1), date(2024, 12, 31)))
    phases = tuple(Phase(*span) for span in spans)
    campaigns.edit(office, id_, replace(held, starts=FIRST, ends=LAST, phases=phases))
    return id_


def school(office: Office) -> str:
    return units.add(office, name="CĐCS Mầm non", short_name="Mầm non", code="CS-90", kind="cdcs_su_nghiep")


def record(office: Office, plan: str, unit: str, kind: str, on: date, **more: object) -> str:
    blank = Activity(unit, plan, kind, on, on, 0, 0, 0, None, False, title=f"Việc {kind}", count=1)
    return activities.add(office, replace(blank, **more), (unit,)).ids[0]  # type: ignore[arg-type]


def test_phases_count_what_was_done_and_the_whole_stands_last(office: Office, plan: str) -> None:
    unit = school(office)
    record(office, plan, unit, REGISTERED, date(2024, 2, 1), count=12)
    record(office, plan, unit, INITIATIVE, date(2024, 5, 1), count=2)
    record(office, plan, unit, INITIATIVE, date(2024, 8, 1), count=3)
    record(office, plan, unit, AWARDED, date(2024, 8, 1), count=4, state=PLANNED)
    first, second, whole = emulation.phases(office, plan)
    assert (whole.name, whole.counts[REGISTERED], whole.counts[INITIATIVE]) == (WHOLE, 12, 5)
    assert (first.counts[INITIATIVE], second.counts[INITIATIVE], second.counts[AWARDED]) == (2, 3, 0)
    assert (first.units[INITIATIVE], second.units[REGISTERED]) == (1, 0)
    with pytest.raises(AppError, match="Không còn kế hoạch"):
        emulation.phases(office, "nothing")


def test_a_list_names_each_person_once_and_counts_the_others(office: Office, plan: str) -> None:
    unit = school(office)
    known = replace(person(unit, name="Giàng Thị Kín"), citizen_id="012190000123")
    who = members.add(office, known).ids[0]
    record(
        office, plan, unit, PROPOSED, date(2024, 5, 1), count=3, people=(who,), title="Thành tích năm học",
        details=(Detail("form", "bang_khen"),),
    )  # fmt: skip
    chosen = Chosen(PROPOSED, plan, FIRST, LAST)
    said = text(papers.pdf(office, emulation.paper(office, chosen, SIGNER)))
    for words in ("Giàng Thị Kín", "Bằng khen", "Thành tích năm học", "không ghi tên", "Đề nghị khen thưởng từ"):
        assert "".join(words.split()) in "".join(said.split()), words
    assert "Tổng cộng 3" in said
    assert "012190000123" not in said
    with pytest.raises(AppError, match="Chưa có gì trong danh sách đề nghị"):
        emulation.paper(office, replace(chosen, starts=date(2024, 6, 1)), SIGNER)


def test_an_initiative_is_one_line_with_its_authors_and_what_it_brings(office: Office, plan: str) -> None:
    unit = school(office)
    who = [members.add(office, person(unit, name=name)).ids[0] for name in ("Lò A", "Vàng B")]
    record(
        office, plan, unit, INITIATIVE, date(2024, 5, 1), people=tuple(who), title="Máy sấy chè",
        details=(Detail("benefit", "15000000"), Detail("level", "tinh")),
    )  # fmt: skip
    said = "".join(
        text(papers.pdf(office, emulation.paper(office, Chosen(INITIATIVE, plan, FIRST, LAST), SIGNER))).split()
    )
    for words in ("Lò A, Vàng B", "Máy sấy chè", "15.000.000", "Cấp công nhận"):
        assert "".join(words.split()) in said, words


def test_those_invited_are_named_once_with_their_office(office: Office, plan: str) -> None:
    unit = school(office)
    chair, guest, former = (
        members.add(office, person(unit, name=name)).ids[0] for name in ("Lò Thị Chủ", "Vàng A Khách", "Tòng Văn Cũ")
    )
    for who, until in ((chair, None), (former, date(2023, 12, 31))):
        officers.save_post(
            office, Post(unit, who, "chu_tich", "bch", full_time=False, since=date(2020, 1, 1), until=until)
        )
    made = record(
        office, plan, unit, "gap_mat", date(2024, 7, 20), people=(chair, guest), participants=5, title="Gặp mặt"
    )
    said = text(papers.pdf(office, invitations.paper(office, made, ["chu_tich"], SIGNER)))
    assert said.count("Lò Thị Chủ") == 1
    assert "Vàng A Khách" in said
    assert "Tòng Văn Cũ" not in said
    assert "KháchmờidựGặpmặtngày20/07/2024" in "".join(said.split())
    with pytest.raises(NotFound):
        invitations.paper(office, "nothing", [], SIGNER)
    alone = record(office, plan, unit, "the_thao", date(2024, 7, 21))
    with pytest.raises(AppError, match="Chưa có ai để mời"):
        invitations.paper(office, alone, [], SIGNER)
