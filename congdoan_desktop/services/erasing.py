"""Erasing somebody for ever: here, in copies that come back in packages, and in a backup restored later.

The erasing revisions are also kept in a file beside the database. They hold no personal data; after a restore they are
added again.
"""

from __future__ import annotations

import json

from sqlalchemy import delete, select

from congdoan_desktop.domain.revisions import Revision, revision_of
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import Person, SupportRecord
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import projections, tables
from congdoan_desktop.storage.backup import RESTORED
from congdoan_desktop.storage.files import write_atomically
from congdoan_desktop.storage.unit_of_work import UnitOfWork

FILE = "erasures.json"


def erase_person(office: Office, person: str) -> None:
    """Erase everything personal about somebody; the figures stay.

    Raises: NotAllowed, NotFound.
    """
    table = projections.TABLES[SupportRecord.TYPE]
    with office.write(Right.TRUST) as work:
        query = select(table.c.record).where(table.c.person == person)
        records = [person, *work.connection.execute(query).scalars()]
        for record in records:
            work.erase(record)
        work.note(f"erase:{Person.TYPE}", person)
        _remember(office, work, records)


def after_restore(office: Office) -> None:
    """When the folder was just restored from a backup: erase again what was erased since, and start new feeds."""
    mark = office.folder / RESTORED
    if not mark.exists():
        return
    with office.write(Right.READ) as work:
        for revision in _remembered(office):
            held = work.ledger.revisions(revision.record)
            if held and revision not in held:
                work.ledger.add(revision, None, local=revision.installation == office.identity.installation)
                _drop_personal(work, revision.record)
        work.connection.execute(delete(tables.meta).where(tables.meta.c.key.startswith("feed:")))
        work.note("restore", "backup")
    mark.unlink()


def _drop_personal(work: UnitOfWork, record: str) -> None:
    """The erasing revision may be pending here, its parents being younger than the backup; the text goes at once."""
    hashes = [revision.hash for revision in work.ledger.revisions(record)]
    work.connection.execute(delete(tables.personal).where(tables.personal.c.hash.in_(hashes)))
    work.ledger.settle(record)


def _remember(office: Office, work: UnitOfWork, records: list[str]) -> None:
    path = office.folder / FILE
    held = json.loads(path.read_bytes()) if path.exists() else []
    new = [r.body.decode() for record in records for r in work.ledger.revisions(record) if r.erases]
    write_atomically(path, json.dumps(sorted({*held, *new}), ensure_ascii=False).encode())


def _remembered(office: Office) -> list[Revision]:
    path = office.folder / FILE
    return [revision_of(body.encode()) for body in json.loads(path.read_bytes())] if path.exists() else []
