"""Records whose current version only a newer program can read: kept and passed on untouched, and never passed over in
silence.

Their figures are in no sum here, so every list names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.revisions import State
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import records
from congdoan_desktop.services.conflicts import NAMED_BY
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import NEWER
from congdoan_desktop.storage.unit_of_work import NeedsNewerProgram, UnitOfWork

WHY: AppError = NeedsNewerProgram()
"""What to tell about such a record, in three parts."""


@dataclass(frozen=True, slots=True)
class Newer:
    """A record of a newer program. `at` is the ISO time its author's machine claimed.

    `name` is what the last version that can be read here calls it, "" when there is none.
    """

    record: str
    name: str
    unit_name: str
    author: str
    at: str


def listing(office: Office, type_: str) -> list[Newer]:
    """Those of a record type, the latest first."""
    query = select(NEWER).where(NEWER.c.type == type_).order_by(NEWER.c.at.desc(), NEWER.c.record)
    with office.read() as connection:
        rows = connection.execute(query).all()
        units = office.tree(connection).units
    if not rows:
        return []
    with office.write(Right.READ) as work:
        names = records.authors(office, work)
        return [
            Newer(
                row.record,
                _last_name(work, type_, row.record),
                units[row.unit].short_name if row.unit in units else "",
                names.get(row.author, records.UNKNOWN_AUTHOR),
                row.at,
            )
            for row in rows
        ]


def _last_name(work: UnitOfWork, type_: str, record: str) -> str:
    states = work.history(record).states
    counted = [one for one in work.ledger.revisions(record) if states[one.hash] is State.ACCEPTED]
    for revision in sorted(counted, key=lambda one: (one.generation, one.hash), reverse=True):
        said = records.content(work, revision).get(NAMED_BY.get(type_, ""))
        if said:
            return f"Ngày {short_date(said)}" if isinstance(said, date) else str(said)
    return ""
