"""Which pictures the truth still names, and what is wrong with those that lie here."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select

from congdoan_desktop.domain.attachments import Attachment, is_digest
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.attachments import PictureDamaged, PictureMissing, Pictures

_CHUNK = 50


def named(connection: Connection) -> set[str]:
    """The digests in the personal parts of all versions that are held: those of deleted ones too, none of erased."""
    return {digest for _, _, digest in _named(connection)}


def faults(connection: Connection, pictures: Pictures, progress: Progress) -> list[str]:
    """Pictures that are damaged, and those entered here that are missing, named by the record's id."""
    rows = sorted(set(_named(connection)))
    found: dict[str, None] = {}
    for done, (record, local, digest) in enumerate(rows):
        if done % _CHUNK == 0:
            progress.step(done, len(rows), "Đang kiểm tra ảnh đính kèm")
        try:
            pictures.read(digest)
        except PictureDamaged:
            found[f"ảnh đính kèm {record} bị hỏng"] = None
        except PictureMissing:
            if local:  # what others sent without its picture is whole all the same
                found[f"ảnh đính kèm {record} không còn tệp"] = None
    return list(found)


def _named(connection: Connection) -> Iterator[tuple[str, bool, str]]:
    revisions, personal = tables.revisions.c, tables.personal.c
    query = (
        select(revisions.record, revisions.local, personal.body)
        .join_from(tables.personal, tables.revisions)
        .where(revisions.type == Attachment.TYPE)
    )
    for row in connection.execute(query):
        digest = json.loads(row.body).get("digest")
        if is_digest(digest):
            yield row.record, bool(row.local), digest
