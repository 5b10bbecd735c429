"""The sheets that go by hand, as PDF: recovery, enrolment, the province's root words, receipts.

Short names of papers ("PĐK") stand in no official list; the number is left blank for the clerk (rule A11).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.period_report import Letterhead
from congdoan_desktop.domain.reviews import RETURNED, Review
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.sheets import (
    EnrolledOfficer,
    EnrolmentSheet,
    ReceiptFinding,
    ReceiptSheet,
    RecoverySheet,
    RootSheet,
    Verdict,
)
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.packages.codes import code12
from congdoan_desktop.packages.header import Header
from congdoan_desktop.services import mailbox, naming, receipt_facts, reviewed, trusting, units
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff

if TYPE_CHECKING:
    from congdoan_desktop.reports.document import Document

_Sheet = TypeVar("_Sheet")
_REMEDY = "Sửa rồi gửi lại gói mới"
_TYPES = {
    "activity": "Hoạt động",
    "support": "Khoản chăm lo",
    "headcount": "Số đoàn viên",
    "unit": "Đơn vị",
    "person": "Một người",
}
"""Records that a receipt names most; any other is a line."""
_UNNAMED = frozenset({"support", "person"})
"""Whoever carries the paper need not read whom it is about; the file says it, encrypted."""
_DOTS = "." * 25
_AUTHORITY = ("TM. BAN THƯỜNG VỤ",)
_TASKS = {"chair": "Lập, xác nhận và nhận gói", "officer": "Nhập liệu, lập và nhận gói"}


def recovery(office: Office, words: tuple[str, ...]) -> bytes:
    """The recovery sheet, from the words that first start or `opening.new_recovery` gave."""
    from congdoan_desktop.reports.sheets import recovery_sheet

    sheet = RecoverySheet(
        units.own(office).name, machine_name(office.identity.installation), office.clock.today(), words,
        " ".join(words), _is_sample(office),
    )  # fmt: skip
    return _render(recovery_sheet, sheet)


def enrolment(office: Office, package_id: str) -> bytes:
    """The sheet to be stamped and handed in with an enrolment file made here."""
    from congdoan_desktop.reports.sheets import enrolment_sheet

    unit, officer = units.own(office), office.identity.officer
    package = _outgoing(office, package_id)
    words = trusting.enrolment_words(office, package)
    sheet = EnrolmentSheet(
        letterhead=_letterhead(unit, "PĐK"),
        receiver=unit.parent_name or "Công đoàn cấp trên trực tiếp",
        unit_name=unit.name,
        unit_code=unit.code,
        address=f"{unit.address or unit.place}; ĐT: {_DOTS}",
        year=office.clock.today().year,
        officers=_enrolled(office, package),
        words=words,
        qr=f"enrolment {package_id} {' '.join(words)}",
        package_code=code12(package_id),
        file_name=package.file_name,
        authority=_AUTHORITY,
        signer_title=officer.title.upper(),
        signer_name=officer.name,
        sample=_is_sample(office),
    )
    return _render(enrolment_sheet, sheet)


def _enrolled(office: Office, package: handoff.Outgoing) -> tuple[EnrolledOfficer, ...]:
    """Those whom the file names, after those of the union's other computers, who are in the list already."""
    own = office.identity
    listed = office.trust.keys if office.trust else ()
    others = {
        (key.name, key.title, _TASKS.get(key.role, ""), f"{machine_name(key.installation)} (đã có mã)"): None
        for key in listed
        if key.unit == own.unit and key.installation != own.installation and key.revoked_from is None
    }
    here = machine_name(own.installation)
    named = [(name, title, _TASKS[role], here) for name, title, role in trusting.enrolled(office, package)]
    return tuple(EnrolledOfficer(*one) for one in (*others, *named))


def enrolment_words(office: Office, package_id: str) -> tuple[str, ...]:
    """The eight words that stand on the sheet of an enrolment made here."""
    return trusting.enrolment_words(office, _outgoing(office, package_id))


def root(office: Office) -> bytes:
    """The province's sheet with the eight words that unions type before they accept its first trust file."""
    from congdoan_desktop.reports.sheets import root_sheet

    words = trusting.root_words(office)
    unit, officer = units.own(office), office.identity.officer
    sheet = RootSheet(
        letterhead=_letterhead(unit, "PCB"),
        unit_name=unit.name,
        unit_code=unit.code,
        year=office.clock.today().year,
        words=words,
        qr=f"root {unit.code} {' '.join(words)}",
        authority=_AUTHORITY,
        signer_title=officer.title.upper(),
        signer_name=officer.name,
        sample=_is_sample(office),
    )
    return _render(root_sheet, sheet)


def receipt(office: Office, result: ImportResult, package_id: str) -> bytes:
    """The paper beside a receipt file; `result` is the import that the receipt `package_id` answers."""
    from congdoan_desktop.reports.sheets import receipt_sheet

    package = _outgoing(office, package_id)
    review = _review(office, result.package_id)
    findings = _findings(office, result, review)
    with office.read() as connection:
        facts = receipt_facts.facts(connection, result, datetime.fromisoformat(package.made_at))
        late = reviewed.LATE if reviewed.came_late(connection, result.package_id) else ""
    returned = review is not None and review.verdict == RETURNED
    sheet = ReceiptSheet(
        letterhead=_letterhead(units.own(office), "PBN"),
        receiver=result.sender_name,
        dated=office.clock.today(),
        facts=facts,
        verdict=Verdict.RETURNED if returned else Verdict.PARTLY if result.refused else Verdict.ACCEPTED,
        findings=findings,
        request=_request(review, returned=returned or bool(result.refused)) or late,
        package_code=code12(result.package_id),
        receipt_code=code12(package_id),
        file_name=package.file_name,
        qr=f"receipt {result.package_id} {package_id}",
        giver=result.officer,
        taker=office.identity.officer.name,
        sample=_is_sample(office),
    )
    return _render(receipt_sheet, sheet)


def receipt_again(office: Office, package_id: str) -> bytes:
    """The paper beside a receipt of the outbox, at any time: what the books say today about the package it answers.

    Raises: NotFound when that package was never imported.
    """
    about = Header.from_bytes(_outgoing(office, package_id).header).about
    return receipt(office, mailbox.result_of(office, str(about)), package_id)


def _review(office: Office, package_id: str) -> Review | None:
    """What was said of the very package."""
    with office.read() as connection:
        said = reviewed.everything(connection)
    return next((review for review in said if review.package == package_id), None)


def _findings(office: Office, result: ImportResult, review: Review | None) -> tuple[ReceiptFinding, ...]:
    due = review.deadline if review else None
    with office.read() as connection:

        def place(record: str, otherwise: str) -> str:
            named = naming.of_record(connection, record) if record else None
            if named is None:
                return otherwise
            type_ = _TYPES.get(named.type, "Dòng")
            return type_ if named.type in _UNNAMED else f"{type_}: {named.name}"

        named = review.faults if review else ()
        faults = [(f"{place(one.record, 'Báo cáo')}{_cell(one.field)}", one.message) for one in named]
        rows = [(place(row.record, _TYPES.get(row.type, "Dòng")), row.reason) for row in result.refused]
    return tuple(ReceiptFinding(where, what, _REMEDY, due) for where, what in (*faults, *rows))


def _cell(field: str) -> str:
    return f", ô {field}" if field else ""


def _request(review: Review | None, *, returned: bool) -> str:
    if not returned:
        return ""
    until = f" chậm nhất ngày {cited_date(review.deadline)}" if review and review.deadline else ""
    note = f" {review.note}" if review and review.note else ""
    return f"Đề nghị đơn vị sửa trên phần mềm rồi gửi gói mới{until}.{note}"


def machine_name(installation: str) -> str:
    """A computer as people call it; the last letters of its id tell two of one office apart."""
    return f"Máy {installation[-4:].upper()}"


def _render(layout: Callable[[_Sheet], Document], sheet: _Sheet) -> bytes:
    from congdoan_desktop.reports.pdf import render

    return render(layout(sheet))


def _letterhead(unit: Unit, paper: str) -> Letterhead:
    return Letterhead(unit.parent_name, unit.parent_name, unit.name, f"{paper}-{unit.abbreviation}", unit.place)


def _outgoing(office: Office, package_id: str) -> handoff.Outgoing:
    office.require(Right.READ)
    with office.read() as connection:
        return handoff.outgoing(connection, package_id)[0]


def _is_sample(office: Office) -> bool:
    return office.identity.realm == SAMPLE
