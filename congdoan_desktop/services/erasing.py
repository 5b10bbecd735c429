"""Erasing somebody for ever: here, in copies that come back in packages, and in a backup restored later."""

from __future__ import annotations

import json

from sqlalchemy import delete, func, select

from congdoan_desktop.domain.persons import Person, Training
from congdoan_desktop.domain.revisions import State
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import erasures, tables
from congdoan_desktop.storage.backup import RESTORED
from congdoan_desktop.storage.custody import NotCustodian
from congdoan_desktop.storage.unit_of_work import UnitOfWork


def erase_person(office: Office, person: str) -> None:
    """Erase everything personal about somebody, drafts included; the figures stay.

    Raises: NotAllowed, NotFound, NotCustodian.
    """
    with office.write(Right.TRUST) as work:
        records = (person, *_naming(work, person))
        for record in records:
            work.erase(record)
        work.note(f"erase:{Person.TYPE}", person)
    for draft in office.drafts.all():
        if draft.record in records or f'"{person}"' in json.dumps(draft.values):
            office.drafts.drop(draft.form, draft.record)


def after_restore(office: Office) -> None:
    """When the folder was just restored from a backup: erase again what was erased since, and start new feeds."""
    mark = office.folder / RESTORED
    if not mark.exists():
        return
    with office.write(Right.READ) as work:
        for revision in erasures.remembered(office.folder, office.database_key):
            held = work.ledger.revisions(revision.record)
            if held and revision not in held:
                work.ledger.add(revision, None, local=True)
                _erase_again(work, revision.record, revision.hash)
        work.connection.execute(delete(tables.meta).where(tables.meta.c.key.startswith("feed:")))
        work.note("restore", "backup")
    mark.unlink()


def _naming(work: UnitOfWork, person: str) -> list[str]:
    """Support and trainings of which any version names the person, deleted ones included; a post holds no text."""
    rows = tables.revisions.c
    query = (
        select(rows.record)
        .where(rows.type.in_((SupportRecord.TYPE, Training.TYPE)), func.instr(rows.body, f'"{person}"'.encode()) > 0)
        .distinct()
    )
    return [record for record in work.connection.execute(query).scalars() if work.history(record).heads]


def _erase_again(work: UnitOfWork, record: str, erasure: str) -> None:
    """An erasure whose parents are younger than the backup waits for them; the text goes at once all the same."""
    hashes = [revision.hash for revision in work.ledger.revisions(record)]
    work.connection.execute(delete(tables.personal).where(tables.personal.c.hash.in_(hashes)))
    if work.ledger.settle(record).states[erasure] is State.PENDING:
        try:
            work.erase(record)
        except NotCustodian:
            return  # its keeper's next package brings what is missing
