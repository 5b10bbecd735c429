"""One verified package into the database: the union of its revisions with ours, in the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.revisions import History, State, carried_revision
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages import feeds, names
from congdoan_desktop.packages.bodies import ACCEPTED
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.lines import Told
from congdoan_desktop.packages.reader import VerifiedPackage
from congdoan_desktop.progress import Progress
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.picture_lines import Lost
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.arriving import Arriving
from congdoan_desktop.storage.custody import TREE_TYPES
from congdoan_desktop.storage.engine import left_between
from congdoan_desktop.storage.personal import Personal, carried_personal
from congdoan_desktop.storage.rebuild import settle_foreign
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is kept in quarantine, and why."""

    record: str
    type: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import does, or did. Counts are records. `known`: the very same package was imported before."""

    package_id: str
    kind: str
    sender: str
    sender_name: str
    officer: str
    period: str
    about: str | None
    report_id: str | None
    file_name: str
    seq: int
    confirmed_by: tuple[str, ...] = ()
    """Those who signed it beside its sender, the chair for instance."""
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: tuple[Refused, ...] = ()
    conflicts: int = 0
    gaps: tuple[int, ...] = ()
    fork: bool = False
    known: bool = False
    by_type: Mapping[str, int] = field(default_factory=dict)
    pictures: int = 0
    """Photos and scans that came along and can be looked at."""
    lost: tuple[Lost, ...] = ()
    """Those that should have come."""


def unite(
    office: Office, work: UnitOfWork, package: VerifiedPackage, file_name: str, progress: Progress | None = None
) -> ImportResult:
    """What importing the package does. A package imported before changes nothing; a withdrawn one counts again.

    Raises: AppError when a revision in it has not the fields of one.
    """
    base = _described(package, file_name)
    held = handoff.incoming(work.connection, package.package_id)
    if held and held[0].state == handoff.KEPT:
        return replace(base, fork=True)
    if held and held[0].state == handoff.ACCEPTED:
        refused = still_refused(work.connection, package.package_id)
        return replace(base, known=True, same=_record_count(package), refused=refused)
    if held:
        set_state(work, package.package_id, handoff.ACCEPTED)
        return replace(base, changed=_record_count(package))
    verdict = _feed_verdict(work, package)
    if verdict.fork:
        keep(office, work, package, file_name, handoff.KEPT)
        return replace(base, fork=True)
    revisions = _revisions(work.connection, package)
    keep(office, work, package, file_name, handoff.ACCEPTED)
    counted = _deliver(work, package, revisions, progress or Progress())
    _answer(work, package)
    return replace(base, gaps=verdict.missing, **counted)


def _deliver(
    work: UnitOfWork, package: VerifiedPackage, revisions: list[Arriving], progress: Progress
) -> dict[str, Any]:
    """Set union with what is held; afterwards every record touched is settled."""
    touched = {revision.record: revision.type for revision, _ in revisions}
    brought = {revision.hash for revision, _ in revisions}
    before = handoff.records_known(work.connection, touched)
    known = [one for one in revisions if one[0].record in before or one[0].type in TREE_TYPES]
    unknown = [one for one in revisions if not (one[0].record in before or one[0].type in TREE_TYPES)]
    fresh = {revision.record: revision.type for revision, _ in unknown}
    for revision, part in known:
        if work.ledger.add(revision, part, local=False):
            fresh[revision.record] = revision.type
    # Before anything is settled: who sent a revision decides what it counts for.
    handoff.add_delivered(work.connection, package.package_id, (revision.hash for revision, _ in known))
    histories: dict[str, History] = {}
    if any(type_ in TREE_TYPES for type_ in fresh.values()):
        organisation = settle_foreign(work)
        histories = {record: organisation[record] for record in touched if record in organisation}
    progress.step(0, len(touched), "Đang nhập")
    arrived = work.ledger.arrive(unknown, package.header.sender.unit)
    handoff.add_arrived(work.connection, package.package_id, arrived.numbers)
    histories |= arrived.histories
    held = list({revision.record: None for revision, _ in known if revision.record not in histories})
    for done in range(0, len(held), _CHUNK):
        progress.step(len(touched) - len(held) + done, len(touched), "Đang nhập")
        histories |= work.ledger.settle_all(held[done : done + _CHUNK])
    return _counted(histories, touched, fresh, before, brought)


def _counted(
    histories: Mapping[str, History],
    touched: Mapping[str, str],
    fresh: Mapping[str, str],
    before: set[str],
    brought: set[str],
) -> dict[str, Any]:
    """`histories`: of all records touched but those that begin with one accepted revision."""
    refused = [row for record in histories for row in _refused(histories[record], record, touched[record], brought)]
    bad = {row.record for row in refused}
    new = [r for r in fresh if r not in before and r not in bad]
    changed = [r for r in fresh if r in before and r not in bad]
    kinds = Counter(touched[record] for record in (*new, *changed))
    return {
        "new": len(new),
        "changed": len(changed),
        "same": len(set(touched) - set(fresh)),
        "refused": tuple(refused),
        "conflicts": sum(history.conflict for history in histories.values()),
        "by_type": dict(sorted(kinds.items())),
    }


def _refused(history: History, record: str, type_: str, brought: set[str]) -> list[Refused]:
    """Only what this package brought: for what others sent about the record, its sender is not to blame."""
    states = history.states
    reasons = {history.reasons[h] for h in brought & states.keys() if states[h] is State.QUARANTINED}
    return [Refused(record, type_, reason) for reason in sorted(reasons)]


def still_refused(connection: Connection, package_id: str) -> tuple[Refused, ...]:
    """Rows of a package imported before that are in quarantine now, so that a later receipt names them too."""
    return tuple(Refused(*row) for row in handoff.quarantined(connection, package_id))


def _answer(work: UnitOfWork, package: VerifiedPackage) -> None:
    """A receipt moves the package it answers from "Đã gửi" to "Đã nhận" or "Bị trả lại".

    Of several about one package the last of their feed counts, in whatever order they come.
    """
    receipt = package.receipt
    if receipt is None or _answered_later(work, package):
        return
    state = handoff.RECEIVED if receipt.verdict == ACCEPTED else handoff.RETURNED
    handoff.update_outgoing(work.connection, receipt.package_id, state=state, receipt=canonical(receipt.line()))


def _answered_later(work: UnitOfWork, package: VerifiedPackage) -> bool:
    held = handoff.of_feed(work.connection, package.header.feed)
    later = (Header.from_bytes(one.header) for one in held if one.seq > package.header.seq)
    return any(header.about == package.header.about for header in later)


def _revisions(connection: Connection, package: VerifiedPackage) -> list[Arriving]:
    """Raises: AppError when a line is not a revision's: a sender's defect, refused whole."""
    found = []
    for told in left_between(connection, package.revisions):
        try:
            revision = carried_revision(told.body, told.fields)
        except ValueError as error:
            raise AppError(
                "Gói có bản ghi không đúng định dạng.",
                safe="Không có gì được nhập.",
                todo="Báo đơn vị gửi cập nhật chương trình và làm lại gói.",
            ) from error
        found.append((revision, _part(told)))
    return found


def _part(told: Told) -> Personal | None:
    """The personal part, which the reader has compared with its revision."""
    if told.salt is None or told.personal is None:
        return None
    return carried_personal(told.salt, told.personal, told.part)


def _feed_verdict(work: UnitOfWork, package: VerifiedPackage) -> feeds.Verdict:
    held = [
        (held.package_id, Header.from_bytes(held.header))
        for held in handoff.of_feed(work.connection, package.header.feed)
        if held.state != handoff.KEPT
    ]
    return feeds.judge(feeds.state_of(held), package.header, package.package_id)


def keep(office: Office, work: UnitOfWork, package: VerifiedPackage, file_name: str, state: str) -> None:
    """Put a package on record; what it delivers is for `handoff.add_delivered`."""
    header = package.header
    handoff.add_incoming(
        work.connection,
        handoff.Incoming(
            package.package_id, header.kind, header.sender.unit, header.feed, header.seq,
            office.clock.now().isoformat(), state, file_name, package.header_bytes,
        ),
    )  # fmt: skip
    if package.figures is not None:
        handoff.add_proof(work.connection, _proof(package))


def _proof(package: VerifiedPackage) -> handoff.Proof:
    envelope, clear = package.envelope, package.clear
    return handoff.Proof(
        package.package_id, envelope.tagmanifest, envelope.manifest, envelope.signature, clear[names.FIGURES],
        clear.get(names.SOURCES),
    )  # fmt: skip


def set_state(work: UnitOfWork, package_id: str, state: str) -> None:
    """Let what a package brought count, or count no more."""
    handoff.set_incoming_state(work.connection, package_id, state)
    settle_foreign(work)
    work.ledger.settle_all(handoff.delivered_records(work.connection, package_id))


def _described(package: VerifiedPackage, file_name: str) -> ImportResult:
    header = package.header
    return ImportResult(
        package_id=package.package_id,
        kind=header.kind,
        sender=header.sender.unit,
        sender_name=header.sender.name,
        officer=header.officer_name,
        period=header.period.name if header.period else "",
        about=header.about,
        report_id=header.report_id,
        file_name=file_name,
        seq=header.seq,
        confirmed_by=tuple(f"{key.name}, {key.title}".strip(", ") for key in package.keys[1:]),
    )


def _record_count(package: VerifiedPackage) -> int:
    return len({told.fields["record"] for told in package.revisions})
