"""The paper beside a receipt, at any time: what was refused or returned, by when, and to whom."""

from __future__ import annotations

import io
from datetime import date, datetime

import pypdfium2
import pytest

from congdoan_desktop.clock import VIETNAM
from congdoan_desktop.domain.reviews import Fault
from congdoan_desktop.errors import NotFound
from congdoan_desktop.packages.codes import code12
from congdoan_desktop.services import incoming, mailbox, outgoing, receipt_facts, reviews, sheets
from congdoan_desktop.storage.handoff import Outgoing
from tests.services.conftest import Offices
from tests.services.test_services_main_path import planned, recorded, reported


def text(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(io.BytesIO(pdf))]
    return " ".join(" ".join(pages).split())


def arrived(offices: Offices) -> str:
    id_ = planned(offices)
    recorded(offices.union, id_)
    return incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_))).package_id


def test_a_return_is_printed_with_its_faults_and_its_day(offices: Offices) -> None:
    package = arrived(offices)
    subject = next(one for one in reviews.look(offices.province, package).subjects if one.type == "activity")
    faults = (Fault("Thiếu số người dự", subject.record, field="Số người"), Fault("Bổ sung lời văn"))
    made = reviews.send_back(offices.province, package, faults, date(2024, 8, 5), "Gửi trước giờ họp.")
    said = text(sheets.receipt_again(offices.province, made.package_id))
    for part in (
        "Thiếu số người dự",
        "Bổ sung lời văn",
        "Hoạt động:",
        "ô Số người",
        "05/8/2024",
        "Gửi trước giờ họp.",
        "Mường Kim",
    ):
        assert part in said or part.replace("05/8", "05/08") in said, part
    assert "activity" not in said


def test_the_paper_names_nobody(offices: Offices) -> None:
    package = arrived(offices)
    subjects = reviews.look(offices.province, package).subjects
    helped = next(one for one in subjects if one.type == "support")
    faults = (Fault("Thiếu quyết định", helped.record),)
    made = reviews.send_back(offices.province, package, faults, date(2024, 8, 5), "")
    said = text(sheets.receipt_again(offices.province, made.package_id))
    assert "Khoản chăm lo" in said
    assert helped.name.partition(",")[0] not in said


def test_it_says_what_was_in_the_package(offices: Offices) -> None:
    """The lines of the form: period with its days, plan, place in the feed, targets, activities, people and money."""
    made: Outgoing = reviews.approve(offices.province, arrived(offices))
    said = text(sheets.receipt_again(offices.province, made.package_id))
    for part in (
        "(01/3/2024 - 28/7/2024)", "Kế hoạch số", "01 (gói đầu tiên; không thiếu gói)",
        "chỉ tiêu; 01 hoạt động; 01 lượt người được hỗ trợ; tổng trị giá",
    ):  # fmt: skip
        assert part in said, (part, said)


def test_the_code_of_the_report_is_not_torn(offices: Offices) -> None:
    result = mailbox.result_of(offices.province, arrived(offices))
    with offices.province.read() as connection:
        told = dict(receipt_facts.facts(connection, result, datetime(2024, 8, 5, 9, 0, tzinfo=VIETNAM)))
    assert told["Mã xác thực gói"].endswith(code12(str(result.report_id)).replace(" ", "\u00a0"))


def test_an_approval_asks_for_nothing(offices: Offices) -> None:
    made: Outgoing = reviews.approve(offices.province, arrived(offices))
    assert "Đề nghị đơn vị sửa" not in text(sheets.receipt_again(offices.province, made.package_id))


def test_what_is_no_receipt_has_no_such_paper(offices: Offices) -> None:
    (plan,) = [one for one in outgoing.outbox(offices.province) if one.kind == "trust"][:1]
    with pytest.raises(NotFound):
        sheets.receipt_again(offices.province, plan.package_id)
