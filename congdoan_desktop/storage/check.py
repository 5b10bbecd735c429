"""Whether the truth is as it was written: revisions, personal parts and the log against their hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import Connection, select

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.revisions import personal_hash, revision_of
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage import tables

_CHUNK = 500


def faults(connection: Connection, progress: Progress) -> list[str]:
    """What does not agree, named by id and never by content."""
    return [*_revisions(connection, progress), *_personal(connection), *_log(connection)]


def _revisions(connection: Connection, progress: Progress) -> Iterator[str]:
    rows = connection.execute(select(tables.revisions.c.hash, tables.revisions.c.body)).all()
    for done, row in enumerate(rows):
        if done % _CHUNK == 0:
            progress.step(done, len(rows), "Đang kiểm tra các bản ghi")
        if not _has_hash(row.body, row.hash):
            yield f"bản ghi {row.hash} không khớp mã băm"


def _personal(connection: Connection) -> Iterator[str]:
    revisions, personal = tables.revisions, tables.personal
    query = select(revisions.c.hash, revisions.c.body, personal.c.salt, personal.c.body.label("part")).join(personal)
    for row in connection.execute(query):
        if not _is_part_of(row.body, row.salt, row.part):
            yield f"phần cá nhân của bản ghi {row.hash} không khớp mã băm"


def _has_hash(body: bytes, hash_: str) -> bool:
    try:
        return revision_of(body).hash == hash_
    except ValueError:
        return False


def _is_part_of(revision: bytes, salt: bytes, part: bytes) -> bool:
    try:
        return personal_hash(salt, json.loads(part)) == revision_of(revision).personal_hash
    except ValueError:
        return False


def _log(connection: Connection) -> Iterator[str]:
    head = hashlib.sha256(b"").hexdigest()
    for row in connection.execute(select(tables.log).order_by(tables.log.c.seq)):
        entry = {"at": row.at, "officer": row.officer, "action": row.action, "object": row.object}
        head = hashlib.sha256(bytes.fromhex(head) + canonical(entry)).hexdigest()
        if row.head != head:
            yield f"nhật ký đứt chuỗi ở dòng {row.seq}"
            return
