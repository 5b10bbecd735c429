"""Erasing somebody for ever: here, in copies that come back in packages, and in a backup restored later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete, func, or_, select

from congdoan_desktop.domain.attachments import Attachment
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.persons import Person, Training
from congdoan_desktop.domain.proposals import Proposal, ReviewMeeting
from congdoan_desktop.domain.revisions import State
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import erasures, tables
from congdoan_desktop.storage.backup import RESTORED
from congdoan_desktop.storage.custody import NotCustodian
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_ABOUT_SOMEBODY = (SupportRecord.TYPE, Need.TYPE, Training.TYPE)
_STEPS: Mapping[str, str] = {Proposal.TYPE: "reasons", ReviewMeeting.TYPE: "opinions"}
"""Steps from need to signature -> the field with texts about single needs."""


def erase_person(office: Office, person: str) -> None:
    """Erase everything personal about somebody, drafts and pictures included; the figures stay.

    A picture that belongs to others too, as a list that many signed, stays: it is their proof as well.

    Raises: NotAllowed, NotFound, NotCustodian.
    """
    with office.write(Right.TRUST) as work:
        records = (person, *_naming(work, person))
        records += tuple(_pictures_of(work, records))
        for record in records:
            work.erase(record)
        _strip_steps(work, frozenset(records))
        work.note(f"erase:{Person.TYPE}", person)
    for draft in office.drafts.all():
        held = json.dumps(draft.values)
        if draft.record in records or any(f'"{record}"' in held for record in records):
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
    """What tells of somebody and of which any version names the person, deleted ones included; a post holds no text."""
    rows = tables.revisions.c
    query = (
        select(rows.record)
        .where(rows.type.in_(_ABOUT_SOMEBODY), func.instr(rows.body, f'"{person}"'.encode()) > 0)
        .distinct()
    )
    return [record for record in work.connection.execute(query).scalars() if work.history(record).heads]


def _pictures_of(work: UnitOfWork, owners: Sequence[str]) -> list[str]:
    """The attachments that belong to nobody but these records, deleted ones included."""
    rows = tables.revisions.c
    named = or_(*(func.instr(rows.body, f'"{owner}"'.encode()) > 0 for owner in owners))
    query = select(rows.record).where(rows.type == Attachment.TYPE, named).distinct()
    found = ((record, work.history(record).heads) for record in work.connection.execute(query).scalars())
    return [
        record
        for record, heads in found
        if heads and all(set(head.facts.get("owners", ())) <= set(owners) for head in heads)
    ]


def _strip_steps(work: UnitOfWork, erased: frozenset[str]) -> None:
    """What proposals and meetings say about needs that were erased goes from all versions; their other texts stay."""
    rows = tables.revisions.c
    named = or_(*(func.instr(rows.body, f'"{one}"'.encode()) > 0 for one in erased))
    query = select(rows.record, rows.type).where(rows.type.in_(_STEPS), named).distinct()
    for id_, type_ in work.connection.execute(query).all():
        winner = work.history(id_).winner
        kept = None if winner is None or winner.deleted else work.value(type_, id_)
        work.erase(id_)
        if kept is not None:
            field = _STEPS[type_]
            texts = tuple(one for one in getattr(kept, field) if one.need not in erased)
            work.put(replace(kept, **{field: texts}), id_)


def _erase_again(work: UnitOfWork, record: str, erasure: str) -> None:
    """An erasure whose parents are younger than the backup waits for them; the text goes at once all the same."""
    numbers = select(tables.revisions.c.seq).where(tables.revisions.c.record == record)
    work.connection.execute(delete(tables.personal).where(tables.personal.c.revision.in_(numbers)))
    if work.ledger.settle(record).states[erasure] is State.PENDING:
        try:
            work.erase(record)
        except NotCustodian:
            return  # its keeper's next package brings what is missing
