"""Packages that came in and went out, and this installation's feed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, insert, select, update

from congdoan_desktop.domain.revisions import State
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.engine import fetch, insert_row, insert_values

_DELIVERED = "INSERT INTO deliveries (package_id, revision) SELECT ?, seq FROM revisions WHERE hash = ?"
_KNOWN = "SELECT DISTINCT record FROM revisions WHERE record IN (SELECT value FROM json_each(?))"

ACCEPTED, WITHDRAWN, KEPT = "accepted", "withdrawn", "kept"
"""States of a package that came in. `kept`: stored as evidence of a fork, counted for nothing."""

MADE, SENT, RECEIVED, RETURNED = "made", "sent", "received", "returned"
"""States of a package that goes out: built here, written to a stick, receipt came back, sent back for correction."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A package that was imported. `header` holds its exact bytes."""

    package_id: str
    kind: str
    sender: str
    feed: str
    seq: int
    received_at: str
    state: str
    file_name: str
    header: bytes


_INCOMING = f"SELECT {', '.join(field.name for field in fields(Incoming))} FROM packages_in"  # noqa: S608 - names are ours


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A package made here. `written_to` names the sticks it was written to, one per line."""

    package_id: str
    kind: str
    receiver: str
    seq: int
    made_at: str
    state: str
    file_name: str
    written_to: str
    header: bytes
    receipt: bytes | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a report that came in leaves beside its revisions: what its sender signed, its figures, its own sources."""

    package_id: str
    tagmanifest: bytes
    manifest: bytes
    signature: bytes
    figures: bytes
    sources: bytes | None


@dataclass(frozen=True, slots=True)
class MadeReport:
    """From what a report of ours was computed: what was asked, the last revision that was here, the sources' file."""

    package_id: str
    asked: bytes
    last_revision: int
    sources: bytes


def add_incoming(connection: Connection, package: Incoming) -> None:
    insert_row(connection, tables.packages_in, asdict(package))


def add_proof(connection: Connection, proof: Proof) -> None:
    insert_row(connection, tables.proofs, asdict(proof))


def proof(connection: Connection, package_id: str) -> Proof | None:
    """None for what is no report, and for one that came in before proofs were kept."""
    row = connection.execute(select(tables.proofs).where(tables.proofs.c.package_id == package_id)).mappings().first()
    return Proof(**row) if row else None


def delivering(connection: Connection, record: str) -> list[Incoming]:
    """The accepted packages that brought a record, by number."""
    packages, revisions = tables.packages_in, tables.revisions
    query = (
        select(packages)
        .join(tables.deliveries, tables.deliveries.c.package_id == packages.c.package_id)
        .join(revisions, revisions.c.seq == tables.deliveries.c.revision)
        .where(revisions.c.record == record, packages.c.state == ACCEPTED)
        .distinct()
        .order_by(packages.c.seq, packages.c.package_id)
    )
    return [Incoming(**row) for row in connection.execute(query).mappings()]


def add_delivered(connection: Connection, package_id: str, hashes: Iterable[str]) -> None:
    """Remember that the package brought these revisions, which are stored already."""
    brought = [(package_id, hash_) for hash_ in dict.fromkeys(hashes)]
    if brought:
        connection.exec_driver_sql(_DELIVERED, brought)


def add_arrived(connection: Connection, package_id: str, numbers: Iterable[int]) -> None:
    """`add_delivered` for revisions that were stored just now under these numbers."""
    insert_values(connection, tables.deliveries, ("package_id", "revision"), [(package_id, one) for one in numbers])


def records_known(connection: Connection, records: Iterable[str]) -> set[str]:
    """Those of which any revision is held."""
    return {record for (record,) in fetch(connection, _KNOWN, json.dumps([*records]))}


def incoming(connection: Connection, package_id: str | None = None) -> list[Incoming]:
    """All packages that came in, or the one named, newest first."""
    if package_id is not None:
        return [Incoming(*row) for row in fetch(connection, f"{_INCOMING} WHERE package_id = ?", package_id)]
    return [Incoming(*row) for row in fetch(connection, f"{_INCOMING} ORDER BY received_at DESC, seq")]


def of_feed(connection: Connection, feed: str) -> list[Incoming]:
    """The packages of one feed that came in."""
    return [Incoming(*row) for row in fetch(connection, f"{_INCOMING} WHERE feed = ?", feed)]


def set_incoming_state(connection: Connection, package_id: str, state: str) -> None:
    table = tables.packages_in
    connection.execute(update(table).where(table.c.package_id == package_id).values(state=state))


def delivered_records(connection: Connection, package_id: str) -> list[str]:
    rows = connection.execute(
        select(tables.revisions.c.record)
        .join(tables.deliveries)
        .where(tables.deliveries.c.package_id == package_id)
        .distinct()
    )
    return [row.record for row in rows]


def quarantined(connection: Connection, package_id: str) -> list[tuple[str, str, str]]:
    """(record, type, reason) of what the package brought and is not accepted.

    For what others sent about the same records its sender is not to blame.
    """
    revisions, deliveries = tables.revisions.c, tables.deliveries.c
    query = (
        select(revisions.record, revisions.type, revisions.reason)
        .join_from(tables.revisions, tables.deliveries)
        .where(deliveries.package_id == package_id, revisions.state == State.QUARANTINED)
        .distinct()
        .order_by(revisions.record, revisions.reason)
    )
    return [(row.record, row.type, row.reason) for row in connection.execute(query)]


def add_outgoing(connection: Connection, package: Outgoing) -> None:
    connection.execute(insert(tables.outbox), asdict(package))


def add_made_report(connection: Connection, made: MadeReport) -> None:
    connection.execute(insert(tables.made_reports), asdict(made))


def made_report(connection: Connection, package_id: str) -> MadeReport | None:
    table = tables.made_reports
    row = connection.execute(select(table).where(table.c.package_id == package_id)).mappings().first()
    return MadeReport(**row) if row else None


def keep_paper(connection: Connection, package_id: str, pdf: bytes) -> None:
    """The paper inside a package made here."""
    connection.execute(insert(tables.stamped_papers), {"package_id": package_id, "pdf": pdf})


def paper(connection: Connection, package_id: str) -> bytes | None:
    """The paper kept with a package; None where none was, and for packages of earlier programs."""
    t = tables.stamped_papers
    found = connection.execute(select(t.c.pdf).where(t.c.package_id == package_id)).scalar()
    return None if found is None else bytes(found)


def outgoing(connection: Connection, package_id: str | None = None) -> list[Outgoing]:
    """All packages made here, or the one named, newest first."""
    query = select(tables.outbox).order_by(tables.outbox.c.made_at.desc(), tables.outbox.c.seq.desc())
    if package_id is not None:
        query = query.where(tables.outbox.c.package_id == package_id)
    return [Outgoing(**row) for row in connection.execute(query).mappings()]


def update_outgoing(connection: Connection, package_id: str, **values: str | bytes) -> None:
    connection.execute(update(tables.outbox).where(tables.outbox.c.package_id == package_id).values(**values))
