"""General reports, lists and the papers that were stamped."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from congdoan_desktop.domain.authority import OWN, lines
from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError, Cancelled, NotFound
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import (
    activities,
    backup,
    general_report,
    list_papers,
    outgoing,
    paper_templates,
    papers,
    stamped,
    support,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from tests.services.conftest import Offices, activity, campaign, grassroots, person, request, unlocked
from tests.services.conftest import support as support_record


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


@pytest.fixture
def told(offices: Offices) -> tuple[Office, str, str]:
    """An office with one activity and one support under a plan, and one of each under none."""
    office, id_ = offices.union, campaign(offices.union)
    unit = grassroots(office)
    for plan in (id_, None):
        activities.add(office, activity(plan), (unit,))
    support.add(office, support_record(unit, id_), person(unit))
    support.add(office, support_record(unit, None, cash=3_000_000), person(unit, "Vàng A Dũng"))
    return office, id_, unit


def shown(office: Office, made: Paper) -> str:
    return text_of(papers.pdf(office, made))


def test_a_general_report_counts_what_stands_under_every_plan_and_under_none(told: tuple[Office, str, str]) -> None:
    office, _, _ = told
    said = shown(office, general_report.paper(office, request("")))
    assert "Kết quả hoạt động công đoàn đợt 1" in said
    assert "đã tổ chức 02 hoạt động" in said
    assert "4.000.000 đồng" in said
    assert "39/KH-LĐLĐ" in said
    assert "Kính gửi: Liên đoàn Lao động tỉnh Lai Châu" in said
    assert "Mã báo cáo" not in said


def test_a_general_report_of_one_union_and_of_nobody(told: tuple[Office, str, str]) -> None:
    office, _, unit = told
    other = grassroots(office, "CĐCS Chợ", "CDCS-C")
    assert "02 hoạt động" in shown(office, general_report.paper(office, replace(request(""), unit=unit)))
    assert "chưa có hoạt động" in shown(office, general_report.paper(office, replace(request(""), unit=other)))
    with pytest.raises(NotFound):
        general_report.paper(office, replace(request(""), unit="nobody"))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("supports", ("Lò Thị Ương", "Vàng A Dũng", "4.000.000", "không niêm yết")),
        ("activities", ("Giải cầu lông", "60", "4.000.000")),
        ("unions", ("CĐCS Trường Mầm non số 1", "CDCS-MN1")),
    ],
)
def test_lists_say_the_same_as_pdf_and_excel(told: tuple[Office, str, str], kind: str, words: tuple[str, ...]) -> None:
    office, _, _ = told
    made = list_papers.paper(office, kind, request(""))
    said = shown(office, made)
    assert all(word in said for word in words)
    assert papers.word(office, made).startswith(b"PK")
    sheet = openpyxl.load_workbook(io.BytesIO(papers.excel(office, made.document))).active
    assert sheet is not None
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}
    assert all(any(word.replace(".", "") in cell.replace(".", "") for cell in cells) for word in words)


def test_a_list_of_a_plan_of_a_unit_and_an_empty_one(told: tuple[Office, str, str]) -> None:
    office, id_, unit = told
    said = shown(office, list_papers.paper(office, "supports", request(id_)))
    assert "Lò Thị Ương" in said
    assert "Vàng A Dũng" not in said
    one = shown(office, list_papers.paper(office, "activities", replace(request(""), unit=unit)))
    assert "Giải cầu lông" in one
    early = replace(request(""), starts=date(2020, 1, 1), ends=date(2020, 2, 1))
    assert "không có dòng nào" in shown(office, list_papers.paper(office, "supports", early))
    with pytest.raises(NotFound):
        list_papers.paper(office, "unions", replace(request(""), unit="nobody"))


def test_a_list_of_unions_is_of_a_day_and_under_no_plan(told: tuple[Office, str, str]) -> None:
    office, id_, _ = told
    asked = request(id_)
    made = list_papers.paper(office, "unions", asked)
    assert f"Công đoàn cơ sở đến ngày {cited_date(asked.ends)}" in shown(office, made)
    assert "39/KH-LĐLĐ" not in shown(office, made)
    earlier = replace(asked, structure_on=date(2024, 6, 3))
    assert "đến ngày 03/6/2024" in shown(office, list_papers.paper(office, "unions", earlier))


def test_the_title_of_a_list_names_the_days_of_a_review(told: tuple[Office, str, str]) -> None:
    office, id_, _ = told
    made = list_papers.paper(office, "activities", replace(request(id_), period_name="tổng kết"))
    assert "đã tổ chức từ ngày 01/3/2024 đến ngày 28/7/2024" in shown(office, made)


@pytest.mark.parametrize("count", [8, 9, 10, 11, 12, 13, 14])
def test_the_sums_of_a_list_keep_two_rows_with_them(told: tuple[Office, str, str], count: int) -> None:
    office, id_, unit = told
    for _ in range(count - 1):
        activities.add(office, activity(id_), (unit,))
    document = pypdfium2.PdfDocument(papers.pdf(office, list_papers.paper(office, "activities", request(id_))))
    last = document[len(document) - 1].get_textpage().get_text_bounded()
    assert "Tổng cộng" in last
    assert last.count("Giải cầu lông") >= 2


def test_a_list_stops_while_it_is_read_and_while_it_is_set(told: tuple[Office, str, str]) -> None:
    office, id_, unit = told
    for _ in range(220):
        activities.add(office, activity(id_), (unit,))
    seen: list[str] = []
    for upto in ("Đang đọc danh sách", "Đang dàn trang"):
        token = CancelToken()

        def step(_done: int, _total: int, said: str, upto: str = upto, token: CancelToken = token) -> None:
            seen.append(said)
            if said == upto:
                token.cancel()

        with pytest.raises(Cancelled):
            list_papers.paper(office, "activities", request(id_), progress=Progress(step, token))
    assert set(seen) == {"Đang đọc danh sách", "Đang dàn trang"}


def test_a_list_signed_by_title_alone(told: tuple[Office, str, str]) -> None:
    office, _, _ = told
    made = list_papers.paper(office, "unions", replace(request(""), authority=lines(OWN)))
    assert "CHỦ TỊCH" in shown(office, made)


def test_what_was_stamped_comes_back_byte_for_byte(offices: Offices, tmp_path: Path) -> None:
    office, id_ = offices.union, campaign(offices.union)
    unit = grassroots(office)
    made, _ = outgoing.make_report(office, request(id_), offices.province.identity.unit)
    first = stamped.pdf(office, made.package_id)
    activities.add(office, activity(id_), (unit,))
    paper_templates.save(office, "[page]\nleft = 35\n")
    again, _ = outgoing.make_report(office, request(id_), offices.province.identity.unit)
    assert stamped.pdf(office, made.package_id) == first
    assert stamped.pdf(office, again.package_id) != first
    assert [one.package_id for one in stamped.listing(office)] == [again.package_id, made.package_id]
    assert stamped.listing(office)[0].label.startswith("đợt 1, gói số 2 ngày ")
    days = (date(2024, 3, 1), date(2024, 7, 28))
    assert stamped.of_period(office, id_, *days) == stamped.listing(office)[0]
    assert stamped.of_period(office, id_, days[0], days[0]) is None
    stamped.save(office, made.package_id, tmp_path / "ban-goc.pdf")
    assert (tmp_path / "ban-goc.pdf").read_bytes() == first
    with pytest.raises(AppError, match="không có đuôi"):
        stamped.save(office, made.package_id, tmp_path / "ban-goc")


def test_the_paper_is_in_a_backup_too(offices: Offices, tmp_path: Path) -> None:
    office, id_ = offices.union, campaign(offices.union)
    made, _ = outgoing.make_report(office, request(id_), offices.province.identity.unit)
    first = stamped.pdf(office, made.package_id)
    backup.restore(backup.back_up(office, tmp_path), tmp_path / "again")
    again = unlocked(tmp_path / "again")
    try:
        assert stamped.pdf(again, made.package_id) == first
    finally:
        again.close()


@pytest.mark.parametrize("damage", [b"", b"nothing"])
def test_of_an_earlier_program_the_package_itself_is_read_and_a_damaged_one_is_not(
    offices: Offices, damage: bytes
) -> None:
    office, id_ = offices.union, campaign(offices.union)
    made, _ = outgoing.make_report(office, request(id_), offices.province.identity.unit)
    first, path = stamped.pdf(office, made.package_id), office.outbox / made.file_name
    with office.write(Right.READ) as work:
        work.connection.exec_driver_sql("DELETE FROM stamped_papers")
    assert stamped.pdf(office, made.package_id) == first
    path.write_bytes(damage) if damage else path.unlink()
    with pytest.raises(stamped.PaperGone):
        stamped.pdf(office, made.package_id)
    with pytest.raises(stamped.PaperGone):
        stamped.pdf(office, "nobody")
