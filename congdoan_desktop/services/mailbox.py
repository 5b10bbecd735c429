"""What the page "Gửi – nhận" lists: packages that went out and came in, with names instead of ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import NotFound
from congdoan_desktop.packages.feeds import missing_below
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.names import CASCADE
from congdoan_desktop.services import receipts, reviewed
from congdoan_desktop.services.importing import ImportResult, still_refused
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.receipts import Answer
from congdoan_desktop.storage import handoff, tables
from congdoan_desktop.storage.projections import TABLES

KIND_NAMES: Mapping[str, str] = {
    "enrolment": "Tệp đăng ký mã",
    "trust": "Tệp tin cậy",
    "plan": "Kế hoạch",
    "cascade": "Kế hoạch của đơn vị",
    "report": "Báo cáo",
    "receipt": "Biên nhận",
    "exchange": "Trao đổi",
    "update": "Bản cập nhật",
}
HANDED_OVER = "Hồ sơ bàn giao"
"""What an ended union gives its heir: a `cascade` without a campaign."""
ANSWERED = frozenset({"report", "cascade"})
"""Kinds that wait for a receipt."""
WAITING = frozenset({handoff.MADE, handoff.SENT})


@dataclass(frozen=True, slots=True)
class Sent:
    """A package of the outbox. `state`: "made", "sent", "received" or "returned"; `subject` is its campaign."""

    id: str
    kind: str
    kind_name: str
    receiver: str
    subject: str
    period: str
    seq: int
    made_at: str
    state: str
    file_name: str
    size: int
    places: tuple[str, ...]
    answer: Answer | None
    days: int
    """Since it was made, by this computer's clock; 0 where that cannot be right."""

    @property
    def waits(self) -> bool:
        """Whether a receipt is still to come."""
        return self.kind in ANSWERED and self.state in WAITING


@dataclass(frozen=True, slots=True)
class Got:
    """A package that came in. `state`: "accepted", "withdrawn" or "kept"; `receipt` names our last receipt's file."""

    id: str
    kind: str
    kind_name: str
    sender: str
    officer: str
    subject: str
    period: str
    seq: int
    received_at: str
    state: str
    file_name: str
    records: int
    receipt: str


def outbox(office: Office) -> list[Sent]:
    """Packages made here, newest first."""
    with office.read() as connection:
        titles = _titles(connection)
        upper = office.own_unit(connection).parent_name or "Công đoàn cấp trên"
        today = office.clock.today()
        found = []
        for package in handoff.outgoing(connection):
            header = Header.from_bytes(package.header)
            path = office.outbox / package.file_name
            found.append(
                Sent(
                    package.package_id, package.kind, kind_name(package.kind, header.about),
                    _receiver(header, upper),
                    titles.get(header.about or "", ""), header.period.name if header.period else "",
                    package.seq, package.made_at, package.state, package.file_name,
                    path.stat().st_size if path.exists() else 0, tuple(package.written_to.splitlines()),
                    receipts.answer_to(package), _days(package.made_at, today),
                )
            )  # fmt: skip
        return sorted(found, key=lambda sent: sent.made_at, reverse=True)


def _receiver(header: Header, upper: str) -> str:
    """For whom a package is; without a receiver an enrolment is for the level above, anything else for all."""
    if header.receiver is not None:
        return header.receiver.name
    return upper if header.kind == "enrolment" else "Mọi đơn vị"


def kind_name(kind: str, about: str | None) -> str:
    """What people call a package of a kind, about this campaign or none."""
    return HANDED_OVER if kind == CASCADE and about is None else KIND_NAMES[kind]


def _days(made_at: str, today: date) -> int:
    return max((today - datetime.fromisoformat(made_at).date()).days, 0)


def inbox(office: Office) -> list[Got]:
    """Packages that came in, newest first."""
    with office.read() as connection:
        titles, answered = _titles(connection), reviewed.answers(connection)
        found = []
        for package in handoff.incoming(connection):
            header = Header.from_bytes(package.header)
            found.append(
                Got(
                    package.package_id, package.kind, kind_name(package.kind, header.about), header.sender.name,
                    header.officer_name, titles.get(header.about or "", ""),
                    header.period.name if header.period else "", package.seq, package.received_at, package.state,
                    package.file_name, len(handoff.delivered_records(connection, package.package_id)),
                    answered.get(package.package_id, ""),
                )
            )  # fmt: skip
        return found


def unanswered(office: Office) -> set[str]:
    """The packages that came in, count and have no receipt of ours yet."""
    with office.read() as connection:
        came = [one for one in handoff.incoming(connection) if one.kind in ANSWERED and one.state == handoff.ACCEPTED]
        return {one.package_id for one in came} - reviewed.answers(connection).keys()


def waiting(office: Office) -> int:
    """How many packages have no receipt yet."""
    with office.read() as connection:
        return sum(p.kind in ANSWERED and p.state in WAITING for p in handoff.outgoing(connection))


def result_of(office: Office, package_id: str) -> ImportResult:
    """What the import of a package did, as far as the books tell it today; for a receipt written later.

    A record is new when its first version came with this package.

    Raises: NotFound.
    """
    with office.write(Right.ISSUE) as work:
        held = handoff.incoming(work.connection, package_id)
        if not held:
            raise NotFound("Chưa từng nhập gói này.", todo="Xem lại danh sách gói đã nhập.")
        header = Header.from_bytes(held[0].header)
        records = handoff.delivered_records(work.connection, package_id)
        refused = still_refused(work.connection, package_id)
        bad = {row.record for row in refused}
        new = _first_brought(work.connection, package_id) - bad
        return ImportResult(
            package_id, header.kind, header.sender.unit, header.sender.name, header.officer_name,
            header.period.name if header.period else "", header.about, header.report_id, held[0].file_name, header.seq,
            new=len(new), changed=len(set(records) - new - bad), refused=refused,
            gaps=_missing(work.connection, header),
        )  # fmt: skip


def _missing(connection: Connection, header: Header) -> tuple[int, ...]:
    known = {one.seq for one in handoff.of_feed(connection, header.feed) if one.state != handoff.KEPT}
    return missing_below(header.seq, known)


def _titles(connection: Connection) -> dict[str, str]:
    table = TABLES[Campaign.TYPE]
    rows = connection.execute(select(table.c.record, table.c.number, table.c.title))
    return {row.record: row.number or row.title for row in rows}


def _first_brought(connection: Connection, package_id: str) -> set[str]:
    revisions, deliveries = tables.revisions, tables.deliveries
    query = (
        select(revisions.c.record)
        .join(deliveries)
        .where(deliveries.c.package_id == package_id, revisions.c.generation == 1)
    )
    return set(connection.execute(query).scalars())
