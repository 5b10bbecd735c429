"""The officer's words for a report: kept with their history, offered again, sent along; names in them are seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from congdoan_desktop.domain.campaigns import Section
from congdoan_desktop.domain.narrative import GENERAL, LONGEST, Narrative, Passage, headings
from congdoan_desktop.errors import AppError, NotFound, ValidationError
from congdoan_desktop.services import campaigns, incoming, narratives, outgoing, records, reporting, support
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import TABLES
from tests.services.conftest import Offices, campaign, grassroots, person, request
from tests.services.conftest import support as support_record

FIRST, SECOND = (date(2024, 3, 1), date(2024, 5, 31)), (date(2024, 6, 1), date(2024, 8, 31))
WORDS = (Passage(GENERAL, "Phong trào được hưởng ứng."), Passage("Chăm lo đời sống", "Đã thăm\n\n 12 gia đình. "))


def told(id_: str, days: tuple[date, date] = FIRST, **changes: object) -> Narrative:
    made = Narrative("", id_, *days, WORDS, "Địa bàn rộng.", "Mở lớp.", "Giải cầu lông.")
    return replace(made, **changes)  # type: ignore[arg-type]  # names are checked by replace itself


def test_words_are_kept_for_each_period_with_their_history(offices: Offices) -> None:
    id_ = campaign(offices.union)
    (record,) = narratives.save(offices.union, told(id_)).ids
    assert narratives.save(offices.union, told(id_)).ids == (record,)
    assert len(records.versions(offices.union, record)) == 1
    narratives.save(offices.union, told(id_, difficulties="Thiếu kinh phí."))
    assert [one.verb for one in records.versions(offices.union, record)] == ["Sửa", "Ghi mới"]
    kept = narratives.look(offices.union, id_, *FIRST).narrative
    assert (kept.difficulties, kept.passages[1].text) == ("Thiếu kinh phí.", "Đã thăm\n12 gia đình.")
    assert narratives.look(offices.union, id_, *SECOND).narrative.empty


def test_the_last_period_that_has_words_is_offered(offices: Offices) -> None:
    id_ = campaign(offices.union)
    assert narratives.look(offices.union, id_, *SECOND).before is None
    narratives.save(offices.union, told(id_))
    offered = narratives.look(offices.union, id_, *SECOND).before
    assert offered is not None
    assert offered.next_period == "Giải cầu lông."
    assert narratives.look(offices.union, id_, *FIRST).before is None


def test_nothing_written_makes_no_record_and_emptying_is_a_version(offices: Offices) -> None:
    id_ = campaign(offices.union)
    empty = Narrative("", id_, *FIRST)
    assert narratives.save(offices.union, empty).ids == ()
    (record,) = narratives.save(offices.union, told(id_)).ids
    narratives.save(offices.union, empty)
    assert narratives.look(offices.union, id_, *FIRST).narrative.empty
    assert len(records.versions(offices.union, record)) == 2


def test_the_plans_sections_are_asked_for_without_their_numbers(offices: Offices) -> None:
    id_ = campaign(offices.union)
    plan = campaigns.get(offices.union, id_)
    named = (Section("I. MỤC ĐÍCH, YÊU CẦU", ""), Section("II. NỘI DUNG", ""), Section("1. Chăm lo đời sống:", ""))
    campaigns.edit(offices.union, id_, replace(plan, sections=named))
    narratives.save(offices.union, told(id_, passages=(Passage("Mục cũ", "Vẫn còn."),)))
    found = narratives.look(offices.union, id_, *FIRST)
    assert found.headings == (GENERAL, "Nội dung", "Chăm lo đời sống", "Mục cũ")


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("III. TỔ CHỨC THỰC HIỆN", "Tổ chức thực hiện"),
        ("2.1. Về tuyên truyền.", "Về tuyên truyền"),
        ("a) Thăm hỏi", "Thăm hỏi"),
        ("Các hoạt động", "Các hoạt động"),
        ("IV.", ""),
        ("đ) ĐỐI THOẠI", "Đối thoại"),
    ],
)
def test_a_heading_is_printed_without_its_number(heading: str, printed: str) -> None:
    assert headings((Section(heading, ""),)) == ((GENERAL, printed) if printed else (GENERAL,))


def test_words_without_end_are_refused_and_a_members_name_is_seen(offices: Offices) -> None:
    id_ = campaign(offices.union)
    with pytest.raises(ValidationError):
        narratives.save(offices.union, told(id_, proposals="x" * (LONGEST + 1)))
    unit = grassroots(offices.union)
    support.add(offices.union, support_record(unit, id_), person(unit))
    saved = narratives.save(offices.union, told(id_, passages=(Passage(GENERAL, "Đã giúp chị Lò Thị Ương."),)))
    assert [finding.warning for finding in saved.warnings] == [True]
    assert "Lò Thị Ương" in saved.warnings[0].message
    asked = replace(request(id_), passages=(Passage(GENERAL, "Đã giúp chị Lò Thị Ương."),))
    with pytest.raises(AppError, match="Lò Thị Ương"):
        outgoing.make_report(offices.union, asked, offices.province.identity.unit)


def _kept_at(office: Office) -> list[str]:
    with office.read() as connection:
        return list(connection.execute(select(TABLES["narrative"].c.next_period)).scalars())


def test_words_are_printed_kept_and_travel_with_the_report(offices: Offices) -> None:
    id_ = campaign(offices.union)
    asked = replace(request(id_), passages=WORDS, next_period="Giải cầu lông.")
    prepared = reporting.prepare(offices.union, asked)
    assert (prepared.report.passages, prepared.report.next_period) == (WORDS, "Giải cầu lông.")
    made, _ = outgoing.make_report(offices.union, asked, offices.province.identity.unit)
    assert narratives.look(offices.union, id_, asked.starts, asked.ends).narrative.next_period == "Giải cầu lông."
    incoming.apply(offices.province, offices.carry(offices.union, made))
    assert _kept_at(offices.province) == ["Giải cầu lông."]


def test_a_report_on_one_union_or_another_structure_is_not_packed(offices: Offices) -> None:
    id_, unit = campaign(offices.union), grassroots(offices.union)
    asked = replace(request(id_), unit=unit)
    report = reporting.prepare(offices.union, asked).report
    assert (report.units_total, report.told_of) == (1, report.about)
    assert report.unit_name != report.about
    for other in (asked, replace(request(id_), structure_on=date(2024, 5, 1))):
        with pytest.raises(AppError, match="chỉ để xem"):
            outgoing.make_report(offices.union, other, offices.province.identity.unit)
    with pytest.raises(NotFound):
        reporting.prepare(offices.union, replace(asked, unit="nobody"))


def test_the_structure_of_another_day_gives_another_paper(offices: Offices) -> None:
    id_ = campaign(offices.union)
    grassroots(offices.union)
    now = reporting.prepare(offices.union, request(id_))
    early = reporting.prepare(offices.union, replace(request(id_), structure_on=date(2000, 1, 1)))
    assert now.document["structure_date"] == "2024-07-28"
    assert early.document["structure_date"] == "2000-01-01"
    assert now.report.report_id != early.report.report_id
