"""Photos and scans in packages (FORMAT.md, section 7): only those chosen go along, always sealed.

What was taken off or erased here is told above without its words and without the picture.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from congdoan_desktop.domain.attachments import LARGEST, Attachment, is_digest
from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages.lines import ATTACHMENT
from congdoan_desktop.packages.reader import VerifiedPackage
from congdoan_desktop.pictures.looking import size_of
from congdoan_desktop.services.attachments import OWNERS
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import pictured, tables
from congdoan_desktop.storage.attachments import PictureDamaged, PictureMissing
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_CHUNK = 400
"""Ids in one question to the database."""
MOST_BYTES = 90_000_000
"""Of pictures in one package, which may have 256 MiB and is put together in memory."""
COUNTED = "attachment"
"""How the header counts attachments told in full, so that packages without any need no second look."""
_T = TABLES[Attachment.TYPE].c


class TooManyPictures(AppError):
    def __init__(self, size: int) -> None:
        super().__init__(
            f"Ảnh và bản quét nặng {size // 1_000_000} MB; một gói mang nhiều nhất {MOST_BYTES // 1_000_000} MB.",
            safe="Chưa có gói nào được lập.",
            todo="Bỏ chọn ảnh hoặc bản quét, hoặc báo cáo kỳ ngắn hơn.",
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes into a package: records told in full, those told of without their words, and digests of pictures."""

    full: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """A picture that a package should have brought: the record's id, and what is wrong with it."""

    record: str
    reason: str


def chosen(work: UnitOfWork, owners: Iterable[str], kinds: Iterable[str]) -> Chosen:
    """The pictures of these records that are of these kinds; and what is gone of others, to be told.

    Raises: TooManyPictures.
    """
    wanted, taken = set(kinds), set(owners)
    rows = [(row["record"], value_of(Attachment.TYPE, row)) for row in _all(work)]
    ours = [(id_, one) for id_, one in rows if taken & set(one.owners)]
    there = _there(work.connection, (owner for _, one in ours for owner in one.owners))
    full = [(id_, one) for id_, one in ours if one.digest and one.kind in wanted and there & set(one.owners)]
    size = sum({one.digest: one.size for _, one in full}.values())
    if size > MOST_BYTES:
        raise TooManyPictures(size)
    bare = [id_ for id_, one in ours if not one.digest]
    digests = dict.fromkeys(one.digest for _, one in full)
    return Chosen(tuple(id_ for id_, _ in full), (*bare, *_taken_off(work, {id_ for id_, _ in rows})), tuple(digests))


def offered(office: Office, owners: Iterable[str]) -> Mapping[str, tuple[int, int]]:
    """Kind -> (how many pictures these records have, their bytes); each picture once."""
    found: dict[str, dict[str, int]] = {}
    with office.read() as connection:
        taken = _there(connection, owners)
        query = select(_T.kind, _T.digest, _T.size, _T.owners).where(_T.digest != "")
        for row in connection.execute(query):
            if taken & set(json.loads(row.owners)):
                found.setdefault(row.kind, {})[row.digest] = row.size
    return {kind: (len(sizes), sum(sizes.values())) for kind, sizes in found.items()}


def lines(office: Office, digests: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A line for each picture. One that is damaged or gone here stays out: the receiver names it."""
    for digest in digests:
        try:
            data = office.pictures.read(digest)
        except (PictureMissing, PictureDamaged):
            continue
        yield {"line": ATTACHMENT, "digest": digest, "data": base64.b64encode(data).decode()}


def receive(office: Office, work: UnitOfWork, package: VerifiedPackage) -> tuple[tuple[str, ...], tuple[Lost, ...]]:
    """Keep the pictures of a package that a record still names; (their digests, those that are missing or damaged).

    Called inside the transaction of the import, after its records. Nothing in a picture can stop an import.

    Raises: DiskRefused.
    """
    if not package.header.counts.get(COUNTED):
        return (), ()
    named = _named_by(package)
    held, kept, bad = pictured.named(work.connection), [], set[str]()
    office.pictures.will_change()
    for line in package.lines:
        if line["line"] != ATTACHMENT or not is_digest(digest := line.get("digest")) or digest not in held:
            continue
        data = _picture(line)
        if data is None:
            bad.add(digest)
        else:
            kept.append(office.pictures.keep(data))
    lost = [
        Lost(record, "tệp ảnh trong gói bị hỏng" if digest in bad else "gói không có tệp của ảnh này")
        for digest, record in named.items()
        if digest in held and not office.pictures.has(digest)
    ]
    return tuple(kept), tuple(lost)


def _picture(line: Mapping[str, Any]) -> bytes | None:
    """The picture of a line, None when it is none of ours: too large, changed, or with something about it inside."""
    text = line.get("data")
    if not isinstance(text, str) or len(text) > LARGEST * 2:
        return None
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if sha256_hex(data) == line["digest"] and size_of(data) is not None else None


def _named_by(package: VerifiedPackage) -> dict[str, str]:
    """Digest -> record, of the attachments in a package."""
    found: dict[str, str] = {}
    for line in package.lines:
        personal = line.get("personal") if line["line"] == "revision" else None
        if personal and is_digest(personal.get("digest")):
            body = json.loads(line["body"])
            if body.get("type") == Attachment.TYPE:
                found[personal["digest"]] = str(body.get("record"))
    return found


def _there(connection: Connection, records: Iterable[str]) -> set[str]:
    """Those of the records that are not deleted: of others no picture goes along."""
    wanted, found = sorted(set(records)), set[str]()
    for type_ in OWNERS:
        table = TABLES[type_].c
        for at in range(0, len(wanted), _CHUNK):
            query = select(table.record).where(table.record.in_(wanted[at : at + _CHUNK]))
            found |= set(connection.execute(query).scalars())
    return found


def _all(work: UnitOfWork) -> list[Any]:
    return list(work.connection.execute(select(TABLES[Attachment.TYPE]).order_by(_T.record)).mappings())


def _taken_off(work: UnitOfWork, shown: set[str]) -> list[str]:
    """Attachments of ours that are deleted."""
    rows = tables.revisions.c
    query = select(rows.record).where(rows.type == Attachment.TYPE, rows.local).distinct()
    return sorted(set(work.connection.execute(query).scalars()) - shown)
