"""Receipts: the upper union's signed answer to a package."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import NotFound
from congdoan_desktop.packages.bodies import ACCEPTED, RETURNED, Receipt, RowFinding
from congdoan_desktop.packages.codes import code12
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import reviewed
from congdoan_desktop.services.given_elsewhere import Elsewhere
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import Content, NotEnrolled, party, send
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.unit_of_work import UnitOfWork

MOST_FINDINGS, MOST_GAPS = 5_000, 1_000
"""What one receipt names: a sealed line has at most 4 MiB, its gaps are at most so many (FORMAT.md, section 7)."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person says about a package beside what the import says; `approved` locks its period."""

    verdict: str
    findings: tuple[RowFinding, ...] = ()
    deadline: str | None = None
    note: str = ""
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receipt says about one of our packages. `findings`: (record or target, sentence)."""

    verdict: str
    new: int
    changed: int
    same: int
    findings: tuple[tuple[str, str], ...]
    gaps: tuple[int, ...]
    received_at: str
    by: str
    unit_name: str
    report_code: str
    deadline: str
    """The day by which a corrected package is wanted, in ISO form, or ""."""
    note: str
    approved: bool
    faults: tuple[RowFinding, ...]


def write_receipt(
    office: Office, result: ImportResult, elsewhere: Elsewhere | None = None, progress: Progress | None = None
) -> handoff.Outgoing:
    """A receipt for an imported package, into the outbox; findings travel encrypted.

    elsewhere: shared by receipts that are written in one go. progress: its steps say where somebody may be let in.

    Raises: NotEnrolled, NotFound when the package was never imported.
    """
    elsewhere = elsewhere or Elsewhere()
    elsewhere.look(office, result.package_id, progress or Progress())

    def write(work: UnitOfWork) -> handoff.Outgoing:
        if not handoff.incoming(work.connection, result.package_id):
            raise NotFound("Chưa nhập gói này nên chưa có gì để biên nhận.", todo="Bấm Nhập trước.")
        note = reviewed.LATE if reviewed.came_late(work.connection, result.package_id) else ""
        ruling = Ruling(RETURNED if result.refused else ACCEPTED, note=note)
        return send_answer(office, work, result, ruling, elsewhere)

    return office.write_by_turns(Right.ISSUE, write)


def send_answer(
    office: Office, work: UnitOfWork, result: ImportResult, ruling: Ruling, elsewhere: Elsewhere | None = None
) -> handoff.Outgoing:
    """The receipt in the caller's transaction; rows that the import refused are named in any case, as many as fit.

    Raises: NotEnrolled.
    """
    recipients = office.trust.recipients(result.sender) if office.trust else ()
    if not recipients:
        raise NotEnrolled(result.sender_name)
    double = (elsewhere or Elsewhere()).findings(work.connection, result.package_id)
    ruling = replace(ruling, findings=(*ruling.findings, *double))
    line = _receipt(office, result, work.custody.tree.units[office.identity.unit].name, ruling).line()
    content = Content(
        "receipt", party(work, result.sender), recipients, (line,), about=result.package_id, counts={"receipt": 1}
    )
    return send(office, work, content)


def answer_to(package: handoff.Outgoing) -> Answer | None:
    """The receipt that came back for a package of the outbox, None before that."""
    if package.receipt is None:
        return None
    receipt = Receipt.of_line(json.loads(package.receipt))
    return Answer(
        receipt.verdict,
        receipt.new,
        receipt.changed,
        receipt.same,
        tuple((finding.record or finding.target or "", finding.message) for finding in receipt.findings),
        receipt.gaps,
        receipt.received_at,
        str(receipt.extra.get("by", "")),
        str(receipt.extra.get("unit_name", "")),
        code12(receipt.report_id) if receipt.report_id else "",
        receipt.deadline or "",
        receipt.note,
        receipt.extra.get("approved") is True,
        receipt.findings,
    )


def _fitting(findings: tuple[RowFinding, ...]) -> tuple[RowFinding, ...]:
    """As many as a line takes; of more the number is said."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    more = f"Còn {group_thousands(len(findings) - MOST_FINDINGS)} chỗ nữa, không ghi hết vào biên nhận."
    return (*findings[:MOST_FINDINGS], RowFinding(more))


def _receipt(office: Office, result: ImportResult, unit_name: str, ruling: Ruling) -> Receipt:
    refused = (RowFinding(row.reason, record=row.record) for row in result.refused)
    lost = (RowFinding(one.reason, record=one.record) for one in result.lost)
    return Receipt(
        package_id=result.package_id,
        verdict=ruling.verdict,
        report_id=result.report_id,
        received_at=office.clock.now().isoformat(),
        new=result.new,
        changed=result.changed,
        same=result.same,
        findings=_fitting((*ruling.findings, *refused, *lost)),
        gaps=result.gaps[:MOST_GAPS],
        deadline=ruling.deadline,
        note=ruling.note,
        extra={"by": office.identity.officer.name, "unit_name": unit_name, "approved": ruling.approved},
    )
