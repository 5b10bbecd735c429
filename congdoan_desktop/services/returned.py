"""What came back for correction: every fault that the level above named, until the period is sent again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.packages.bodies import RowFinding
from congdoan_desktop.packages.header import Header
from congdoan_desktop.services import naming, receipts
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.receipts import Answer
from congdoan_desktop.services.reviewed import key_of
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.projections import current


@dataclass(frozen=True, slots=True)
class ToMend:
    """One fault. `type` and `name` say what it is about ("" for the whole report); `deadline` is ISO or ""."""

    id: str
    package: str
    period: str
    campaign: str
    type: str
    record: str
    target: str
    name: str
    field: str
    message: str
    deadline: str
    by: str


def listing(office: Office) -> list[ToMend]:
    """The faults of returned packages that no later package for the same period answers, newest package first."""
    with office.read() as connection:
        return to_mend(connection)


def to_mend(connection: Connection) -> list[ToMend]:
    """`listing` inside a transaction."""
    return [
        fault
        for package in _open(handoff.outgoing(connection))
        if (answer := receipts.answer_to(package)) is not None
        for fault in _faults(connection, package, answer)
    ]


def _open(packages: list[handoff.Outgoing]) -> list[handoff.Outgoing]:
    """Of each receiver, campaign and days the last report, where it came back. `packages`: newest first.

    In a feed the number says which is the last; a restored backup has begun another feed.
    """
    last: dict[tuple[object, ...], tuple[handoff.Outgoing, str]] = {}
    for package in packages:
        if package.kind == "report":
            header = Header.from_bytes(package.header)
            key = (package.receiver, *key_of(header))
            if key not in last or (last[key][1] == header.feed and last[key][0].seq < package.seq):
                last[key] = package, header.feed
    return [package for package, _ in last.values() if package.state == handoff.RETURNED]


def _faults(connection: Connection, package: handoff.Outgoing, answer: Answer) -> list[ToMend]:
    header = Header.from_bytes(package.header)
    found = answer.faults or (RowFinding(answer.note or "Gửi lại báo cáo của kỳ này."),)
    return [_fault(connection, header, package.package_id, answer, at, one) for at, one in enumerate(found)]


def _fault(
    connection: Connection, header: Header, package: str, answer: Answer, at: int, finding: RowFinding
) -> ToMend:
    named = naming.of_record(connection, finding.record) if finding.record else None
    name = named.name if named else _target(connection, str(header.about), finding.target or "")
    return ToMend(
        f"{package}/{at}", package, header.period.name if header.period else "", str(header.about or ""),
        named.type if named else "", finding.record or "", finding.target or "", name, finding.field or "",
        finding.message, answer.deadline, answer.by,
    )  # fmt: skip


def _target(connection: Connection, campaign: str, target: str) -> str:
    plan: Campaign | None = current(connection, Campaign.TYPE, campaign)
    targets = plan.targets if plan else ()
    return next((one.level_text or one.wording for one in targets if one.id == target), "")
