"""Photos and scans of a record: prepared, kept, named by a record of their own, looked at, saved as a copy, erased.

Taking them off and bringing them back is `records.delete` and `records.undelete`, as for every record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.attachments import MOST_AT_ONCE, Attachment, validate_attachment
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.errors import AppError, Finding, NotFound, ValidationError
from congdoan_desktop.pictures.preparing import Prepared, prepare
from congdoan_desktop.pictures.refusals import LARGEST_FILE, PictureRefused
from congdoan_desktop.progress import Progress
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import refuse
from congdoan_desktop.storage.files import write_atomically
from congdoan_desktop.storage.projections import TABLES, value_of

OWNERS = (Activity.TYPE, SupportRecord.TYPE, Need.TYPE)
"""What pictures may hang on."""
_T = TABLES[Attachment.TYPE].c
_CHUNK = 200
"""Ids in one question to the database."""
Source = Path | bytes
"""A file, or what the clipboard held."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A picture that is kept, and that no record names yet. `taken`: the day, where the camera said so."""

    digest: str
    kind: str
    size: int
    width: int
    height: int
    taken: date | None = None


@dataclass(frozen=True, slots=True)
class Unfit:
    """A source that could not be taken: its place in what was given, counted from 0, and why."""

    at: int
    error: AppError


@dataclass(frozen=True, slots=True)
class Ready:
    """Pictures as they will be kept (of a file of several pages several), and those that could not be read."""

    kind: str
    pages: tuple[Prepared, ...]
    unfit: tuple[Unfit, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the sources: pictures (of a file of several pages several), and those that were not taken."""

    pictures: tuple[Staged, ...]
    unfit: tuple[Unfit, ...]
    ids: tuple[str, ...] = ()
    """Of the records, once there are some."""


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """An attachment as shown. `here`: its picture lies on this machine. `own`: entered at this installation's union."""

    id: str
    attachment: Attachment
    here: bool
    own: bool
    erased: bool = False


def make_ready(sources: Sequence[Source], kind: str, progress: Progress | None = None) -> Ready:
    """Read and prepare pictures; needs no database, so it may run on a thread of its own while others are saving.

    One that cannot be read leaves the others alone.

    Raises: ValidationError for too many at once, Cancelled.
    """
    if len(sources) > MOST_AT_ONCE:
        raise ValidationError((Finding("sources", f"Mỗi lần đính kèm nhiều nhất {MOST_AT_ONCE} tệp; chọn ít hơn."),))
    told, count = progress or Progress(), len(sources)
    pages: list[Prepared] = []
    unfit: list[Unfit] = []
    for at, source in enumerate(sources):
        try:
            pages += _prepared(source, kind, told, (at, count))
        except PictureRefused as error:
            unfit.append(Unfit(at, error))
    return Ready(kind, tuple(pages), tuple(unfit))


def keep(office: Office, ready: Ready) -> Taken:
    """Keep pictures that are prepared, for `add` or a draft to name.

    Raises: DiskRefused; nothing of it then stays.
    """
    office.require(Right.ENTER)
    office.pictures.will_change()
    made: list[Staged] = []
    try:
        for page in ready.pages:
            digest = office.pictures.keep(page.data)
            made.append(Staged(digest, ready.kind, len(page.data), page.width, page.height, page.taken))
    except BaseException:
        let_go(office, made)
        raise
    return Taken(tuple(made), ready.unfit)


def let_go(office: Office, pictures: Iterable[Staged]) -> None:
    """Forget pictures that were staged and are not wanted after all; what a draft names stays."""
    office.pictures.name(one.digest for one in pictures)
    office.sweep_pictures()


def attach(office: Office, owner_type: str, owners: Sequence[str], sources: Sequence[Source], kind: str) -> Taken:
    """`make_ready`, then `attach_ready`.

    Raises: those of both.
    """
    office.require(Right.ENTER)
    return attach_ready(office, owner_type, owners, make_ready(sources, kind))


def attach_ready(office: Office, owner_type: str, owners: Sequence[str], ready: Ready) -> Taken:
    """`keep`, then `add`: the pictures that could be read are attached, all or none.

    Raises: those of both.
    """
    taken = keep(office, ready)
    try:
        return replace(taken, ids=add(office, owner_type, owners, taken.pictures))
    except BaseException:
        let_go(office, taken.pictures)
        raise


def add(office: Office, owner_type: str, owners: Sequence[str], pictures: Sequence[Staged]) -> tuple[str, ...]:
    """Attach staged pictures to records of one type, in one transaction; ids of the attachments.

    A picture that already hangs on all of them is not attached once more.

    Raises: ValidationError, NotFound, NotCustodian, PictureMissing.
    """
    with office.write(Right.ENTER) as work:
        unit = _unit_of(office, work.connection, owner_type, owners)
        held = _digests(work.connection, owners)
        new = [one for digest, one in {p.digest: p for p in pictures}.items() if digest not in held]
        made = tuple(
            _checked(office, Attachment(
                unit, owner_type, tuple(owners), one.kind, one.size, one.width, one.height, one.taken,
                digest=one.digest,
            ))
            for one in new
        )  # fmt: skip
        for one in new:
            office.pictures.read(one.digest)
        ids = tuple(work.put(one) for one in made)
    office.pictures.name(one.digest for one in pictures)
    return ids


def edit(office: Office, id_: str, *, kind: str, caption: str, taken: date | None) -> tuple[Finding, ...]:
    """Mend what is said of a picture; returns the warnings.

    Raises: ValidationError, NotFound, NotCustodian.
    """
    with office.write(Right.ENTER) as work:
        held: Attachment = work.value(Attachment.TYPE, id_)
        mended = replace(held, kind=kind, caption=one_line(caption), taken=taken)
        warnings = refuse(validate_attachment(mended, office.clock.today()))
        if mended != held:
            work.put(mended, id_)
        return warnings


def erase(office: Office, id_: str) -> None:
    """Remove a picture for ever, its file too; that there was one stays known.

    Raises: NotAllowed, NotFound, NotCustodian.
    """
    with office.write(Right.TRUST) as work:
        work.erase(id_)


def listing(office: Office, owner: str = "") -> list[AttachmentRow]:
    """The attachments of a record, or all of them, the oldest first."""
    with office.read() as connection:
        query = select(TABLES[Attachment.TYPE]).order_by(_T.at, _T.record)
        query = query.where(_hangs_on(owner)) if owner else query
        return [_row(office, row) for row in connection.execute(query).mappings()]


def picture(office: Office, digest: str) -> bytes:
    """The JPEG bytes of an attachment.

    Raises: PictureMissing, PictureDamaged.
    """
    office.require(Right.READ)
    return office.pictures.read(digest)


def save_copy(office: Office, id_: str, path: Path) -> None:
    """Write a copy in clear where the officer chose; the log notes that it was done.

    Raises: NotFound, PictureMissing, PictureDamaged, DiskRefused.
    """
    with office.write(Right.READ) as work:
        held: Attachment = work.value(Attachment.TYPE, id_)
        write_atomically(path, office.pictures.read(held.digest))
        work.note(f"copy:{Attachment.TYPE}", id_)


def _prepared(source: Source, kind: str, progress: Progress, place: tuple[int, int]) -> list[Prepared]:
    """The pictures of one source; none of a source that turns out bad on its third page.

    Raises: PictureRefused, Cancelled.
    """
    at, count = place
    pages: list[Prepared] = []
    for page in prepare(_read(source), kind):
        pages.append(page)
        progress.step(at, count, f"Đang chuẩn bị tệp {at + 1}/{count}")
    progress.step(at + 1, count, f"Đã chuẩn bị {at + 1}/{count} tệp")
    return pages


def _read(source: Source) -> bytes:
    """Raises: PictureRefused."""
    if isinstance(source, bytes):
        return source
    try:
        with source.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise PictureRefused(
            "Không đọc được tệp ảnh.", "Xem tệp còn ở đó không, cắm lại thẻ nhớ hoặc USB, rồi đính kèm lại."
        ) from error


def _unit_of(office: Office, connection: Connection, owner_type: str, owners: Sequence[str]) -> str:
    """The unit that the records are about, ours where they are about several. Raises: NotFound."""
    if owner_type not in OWNERS:
        raise _no_such_record()
    table, units = TABLES[owner_type].c, set[str]()
    for at in range(0, len(owners), _CHUNK):
        chunk = owners[at : at + _CHUNK]
        found = connection.execute(select(table.record, table.unit).where(table.record.in_(chunk))).all()
        if len(found) != len(set(chunk)):
            raise _no_such_record()
        units |= {row.unit for row in found}
    return units.pop() if len(units) == 1 else office.identity.unit


def _no_such_record() -> NotFound:
    return NotFound("Không còn mục này trong máy.", todo="Xem lại danh sách rồi đính kèm lại.")


def _checked(office: Office, made: Attachment) -> Attachment:
    """Raises: ValidationError. A camera's wrong clock is no reason to refuse its picture."""
    refuse(validate_attachment(made, office.clock.today()))
    return made


def _digests(connection: Connection, owners: Sequence[str]) -> set[str]:
    if not owners:
        return set()
    query = select(_T.digest, _T.owners).where(_hangs_on(owners[0]))
    return {row.digest for row in connection.execute(query) if set(owners) <= set(json.loads(row.owners))}


def _hangs_on(owner: str) -> ColumnElement[bool]:
    return func.instr(_T.owners, f'"{owner}"') > 0


def _row(office: Office, row: RowMapping) -> AttachmentRow:
    held: Attachment = value_of(Attachment.TYPE, row)
    own = row["installation"] == office.identity.installation
    return AttachmentRow(row["record"], held, office.pictures.has(held.digest), own, bool(row["erased"]))
