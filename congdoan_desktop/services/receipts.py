"""Receipts: the upper union's signed answer to a package."""

from __future__ import annotations

import json
from dataclasses import dataclass

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import NotFound
from congdoan_desktop.packages.words import code12
from congdoan_desktop.services.incoming import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import Content, NotEnrolled, party, send
from congdoan_desktop.storage import handoff


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says about one of our packages."""

    package_id: str
    verdict: str
    new: int
    changed: int
    same: int
    refused: tuple[tuple[str, str], ...]
    gaps: tuple[int, ...]
    received_at: str
    by: str
    unit_name: str
    report_code: str


def write_receipt(office: Office, result: ImportResult) -> handoff.Outgoing:
    """A receipt for an imported package, into the outbox; findings travel encrypted.

    Raises: NotEnrolled, NotFound when the package was never imported.
    """
    with office.write(Right.ISSUE) as work:
        if not handoff.incoming(work.connection, result.package_id):
            raise NotFound("Chưa nhập gói này nên chưa có gì để biên nhận.", todo="Bấm Nhập trước.")
        recipients = office.trust.recipients(result.sender) if office.trust else ()
        if not recipients:
            raise NotEnrolled(result.sender_name)
        line = {
            "line": "receipt",
            "package_id": result.package_id,
            "verdict": "returned" if result.refused else "accepted",
            "new": result.new,
            "changed": result.changed,
            "same": result.same,
            "refused": [[row.record, row.reason] for row in result.refused],
            "gaps": list(result.gaps),
            "report_id": result.report_id,
            "received_at": office.clock.now().isoformat(),
            "by": office.identity.officer.name,
            "unit_name": work.custody.tree.units[office.identity.unit].name,
        }
        content = Content(
            "receipt", party(work, result.sender), tuple(recipients), (line,),
            about=result.package_id, counts={"receipt": 1},
        )  # fmt: skip
        return send(office, work, content)


def receipt_of(package: handoff.Outgoing) -> Receipt | None:
    """The receipt that came back for a package of the outbox, None before that."""
    if package.receipt is None:
        return None
    line = json.loads(package.receipt)
    return Receipt(
        line["package_id"], line["verdict"], line["new"], line["changed"], line["same"],
        tuple((record, reason) for record, reason in line["refused"]), tuple(line["gaps"]),
        line["received_at"], line["by"], line["unit_name"],
        code12(line["report_id"]) if line["report_id"] else "",
    )  # fmt: skip
