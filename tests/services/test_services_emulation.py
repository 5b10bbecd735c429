"""Emulation: phases and steps counted out of activities, lists by union and person; invitations to an activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.activities import PLANNED, Activity, Detail
from congdoan_desktop.domain.campaigns import Campaign, Phase, Target
from congdoan_desktop.domain.indicators import Condition, Criterion, Definition
from congdoan_desktop.domain.persons import Post
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.services import (
    activities,
    campaign_ledger,
    campaigns,
    emulation,
    invitations,
    members,
    officers,
    papers,
    units,
)
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
    assert "KháchmờidựGặpmặtngày20/7/2024" in "".join(said.split())
    with pytest.raises(NotFound):
        invitations.paper(office, "nothing", [], SIGNER)
    alone = record(office, plan, unit, "the_thao", date(2024, 7, 21))
    with pytest.raises(AppError, match="Chưa có ai để mời"):
        invitations.paper(office, alone, [], SIGNER)


IDEAS = Definition(
    "T-SK", "Sáng kiến của phong trào", criteria=(Criterion("Sáng kiến", "activity", (INITIATIVE,)),), measure="count",
    noun="sáng kiến",
)  # fmt: skip
SIGNED_UP = Definition(
    "T-DK", "CĐCS đăng ký thi đua", "unions", (Condition("level", codes=("co_so",)),),
    (Criterion("Đăng ký", "activity", (REGISTERED,)),), noun="CĐCS",
)  # fmt: skip
REWARDED = Definition(
    "T-KT", "Lượt khen thưởng", criteria=(Criterion("Khen thưởng", "activity", (AWARDED,)),), measure="activities",
    noun="lượt",
)  # fmt: skip
MOVEMENT = Campaign(
    "", "Thi đua năm 2024, chào mừng 95 năm Công đoàn Việt Nam", "Phát động", "", None, "Lào Cai", "Ban Chấp hành",
    FIRST, LAST,
    targets=(
        Target("a", "Có từ 05 sáng kiến trở lên", "T-SK", "gte", 5, "sáng kiến", "Từ 05 trở lên"),
        Target("b", "Trên 90% CĐCS đăng ký thi đua", "T-DK", "gt", 90, "%", "Trên 90%"),
        Target("c", "Ít nhất 02 lượt khen thưởng", "T-KT", "gte", 2, "lượt", "Ít nhất 02"),
    ),
    phases=(Phase("Đợt 1", date(2024, 1, 1), date(2024, 7, 31)), Phase("Đợt 2", date(2024, 8, 1), LAST)),
    definitions=(IDEAS, SIGNED_UP, REWARDED),
)  # fmt: skip
"""A movement in two phases as provinces launch them: without a number, targets inside of running prose."""


def test_a_movement_s_targets_are_counted_from_its_steps_and_listed_phase_by_phase(office: Office) -> None:
    """Launched, signed up for, initiatives, proposed, awarded: each recorded once, counted and listed everywhere."""
    movement = campaigns.add(office, MOVEMENT).ids[0]
    units_ = [
        units.add(office, name=f"CĐCS {name}", short_name=name, code=code, kind="cdcs_su_nghiep")
        for name, code in (("Mầm non", "CS-90"), ("Trạm Y tế", "CS-91"))
    ]
    author = members.add(office, person(units_[0], name="Giàng Thị Kín")).ids[0]
    record(office, movement, units_[0], REGISTERED, date(2024, 2, 1), count=12)
    record(office, movement, units_[0], INITIATIVE, date(2024, 5, 1), count=2, people=(author,))
    record(office, movement, units_[1], INITIATIVE, date(2024, 7, 20), count=3)
    record(office, movement, units_[1], INITIATIVE, date(2024, 7, 21), count=9, state=PLANNED)
    record(office, movement, units_[0], PROPOSED, date(2024, 7, 10), count=2, people=(author,))
    record(office, movement, units_[0], AWARDED, date(2024, 7, 25), count=1, people=(author,))
    ideas, signed_up, awards = (one.sum for one in campaign_ledger.look(office, movement).targets)
    assert (ideas.total.numerator, ideas.total.met) == (5, True)
    assert (signed_up.total.numerator, signed_up.total.denominator, signed_up.total.met) == (1, 2, False)
    assert (awards.total.numerator, awards.total.met) == (1, False)
    first, second, whole = emulation.phases(office, movement)
    assert (whole.counts[INITIATIVE], whole.units[REGISTERED], whole.counts[AWARDED]) == (5, 1, 1)
    assert (first.counts[PROPOSED], second.counts[PROPOSED]) == (2, 0)
    for step, said in ((PROPOSED, "đề nghị khen thưởng từ"), (AWARDED, "được khen thưởng từ")):
        chosen = Chosen(step, movement, first.starts, first.ends)
        paper = "".join(text(papers.pdf(office, emulation.paper(office, chosen, SIGNER))).lower().split())
        for words in (said, "01/01/2024 đến 31/7/2024", "Giàng Thị Kín", "Mầm non"):
            assert "".join(words.lower().split()) in paper, words
        with pytest.raises(AppError, match="Chưa có gì"):
            emulation.paper(office, replace(chosen, starts=second.starts, ends=second.ends), SIGNER)
    record(office, movement, units_[1], REGISTERED, date(2024, 3, 1), count=7)
    assert campaign_ledger.look(office, movement).targets[1].sum.total.met
