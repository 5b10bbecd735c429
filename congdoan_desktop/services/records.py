"""What all records share: saving with all findings, deletion with a reason, history, restoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select

from congdoan_desktop.domain.bodies import needs_newer
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.revisions import Revision, State
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError, Finding, ValidationError
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import rows
from congdoan_desktop.storage.projections import TABLES
from congdoan_desktop.storage.unit_of_work import UnitOfWork

UNKNOWN_AUTHOR = "cán bộ đơn vị khác"


@dataclass(frozen=True, slots=True)
class Saved:
    """Ids of what was saved, and the warnings that did not prevent it."""

    ids: tuple[str, ...]
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One version in a record's history. `changes`: field -> (before, after), against its first parent.

    `newer`: only a newer program can read it, and nothing is known of its changes.
    """

    hash: str
    at: str
    clock_suspect: bool
    author: str
    verb: str
    reason: str
    is_current: bool
    changes: Mapping[str, tuple[Any, Any]]
    newer: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the versions of a conflict, of which a person must choose.

    `content` is empty where it is a deletion, and where it is `newer`: only a newer program can read it.
    """

    hash: str
    at: str
    clock_suspect: bool
    author: str
    deleted: bool
    content: Mapping[str, Any]
    newer: bool = False


class ChangedMeanwhile(AppError):
    """A record is another version than the one that was opened to be edited; `version` is the present one."""

    def __init__(self, version: str) -> None:
        super().__init__(
            "Mục này đã thay đổi từ lúc mở ra sửa.",
            safe="Chưa ghi gì; chữ vừa gõ vẫn còn đây.",
            todo="Mở Lịch sử xem bản mới. Vẫn muốn ghi theo màn hình này thì bấm lưu lần nữa.",
        )
        self.version = version


def refuse(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The warnings among the findings.

    Raises: ValidationError when one is not a mere warning.
    """
    if any(not finding.warning for finding in findings):
        raise ValidationError(findings)
    return findings


def delete(office: Office, record: str, reason: str) -> None:
    """Delete with a reason; `undelete` brings it back.

    Raises: ValidationError without a reason, NotFound.
    """
    if not reason.strip():
        raise ValidationError((Finding("reason", "Ghi lý do xoá để người sau hiểu."),))
    with office.write(Right.ENTER) as work:
        work.delete(record, reason.strip())


def undelete(office: Office, record: str) -> None:
    """Bring back what the last deletion removed."""
    with office.write(Right.ENTER) as work:
        winner = work.history(record).winner
        if winner is not None and winner.deleted:
            work.restore(record, winner.parents[0])


def restore(office: Office, record: str, version: str) -> None:
    """Make an earlier version current again; the versions after it stay in the history."""
    with office.write(Right.ENTER) as work:
        work.restore(record, version)


def standing(office: Office, type_: str, record: str) -> str:
    """The hash of the version of a record that counts now, "" where it is shown no more."""
    table = TABLES[type_].c
    with office.read() as connection:
        return connection.execute(select(table.hash).where(table.record == record)).scalar() or ""


def refuse_changed(office: Office, type_: str, record: str, version: str) -> None:
    """Raises: ChangedMeanwhile when `version` is not the one that counts now."""
    now = standing(office, type_, record)
    if now != version:
        raise ChangedMeanwhile(now)


def versions(office: Office, record: str) -> list[Version]:
    """All versions that count, newest first."""
    with office.write(Right.READ) as work:
        names = authors(office, work)
        history = work.history(record)
        known = {revision.hash: revision for revision in work.ledger.revisions(record)}
        counted = [r for r in known.values() if history.states[r.hash] is State.ACCEPTED]
        found = []
        for revision in sorted(counted, key=lambda r: (r.generation, r.hash), reverse=True):
            after = content(work, revision)
            before = content(work, known[revision.parents[0]]) if revision.parents else {}
            part = work.ledger.personal(revision.hash)
            found.append(
                Version(
                    revision.hash,
                    revision.at,
                    revision.clock_suspect,
                    names.get(revision.author, UNKNOWN_AUTHOR),
                    _verb(revision.generation, revision.deleted, revision.erases),
                    str(part.body.get("reason", "")) if part and revision.deleted else "",
                    history.winner is not None and revision.hash == history.winner.hash,
                    {} if revision.deleted else _changes(before, after),
                    newer=needs_newer(revision),
                )
            )
        return found


def sides(office: Office, record: str) -> list[Side]:
    """The versions that stand against each other, in no order of rank; restoring one settles them."""
    with office.write(Right.READ) as work:
        names = authors(office, work)
        heads = sorted(work.history(record).heads, key=lambda r: (r.author, r.hash))
        return [
            Side(
                head.hash,
                head.at,
                head.clock_suspect,
                names.get(head.author, UNKNOWN_AUTHOR),
                head.deleted,
                content(work, head),
                newer=needs_newer(head),
            )
            for head in heads
        ]


def authors(office: Office, work: UnitOfWork) -> dict[str, str]:
    """Officer id -> name, of those known here."""
    names = {officer.id: officer.name for officer in rows.officers(work.connection)}
    if office.trust:
        names |= {key.officer: key.name for key in office.trust.keys}
    return names


def _verb(generation: int, deleted: bool, erases: bool) -> str:
    if erases:
        return "Xoá dữ liệu cá nhân"
    if deleted:
        return "Xoá"
    return "Ghi mới" if generation == 1 else "Sửa"


def content(work: UnitOfWork, revision: Revision) -> dict[str, Any]:
    """Field -> value of a version, empty where there is nothing to show."""
    if revision.deleted or needs_newer(revision):
        return {}
    try:
        value: Record = work.version(revision.type, revision.record, revision.hash)
    except ValueError:
        return {}
    return {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (before.get(name), new) for name, new in after.items() if before.get(name) != new}
