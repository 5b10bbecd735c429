"""Whole records between two computers of one union, from an upper union back to one that lost its computer, and from
a union that has ended to the one that keeps its records now.

Nothing is merged here: what comes is united like any package, and versions that stand against each other wait for a
person (`services.conflicts`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from congdoan_desktop.domain.attachments import PHOTO, SCAN, Attachment
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages.names import CASCADE, EXCHANGE
from congdoan_desktop.services import handing_over, picture_lines
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import Content, party, revision_lines, send
from congdoan_desktop.storage import handoff, tables
from congdoan_desktop.storage.custody import TREE_TYPES
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_REFERS = ("person", "workplace", "campaign", "need")
"""Facts that name another record, without which a record given back could not be read."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Who may get our records: our own further computers (`own`), a union below that keeps its own, or the `heir` of
    our union, which has ended.
    """

    unit: str
    name: str
    own: bool
    computers: int
    heir: bool = False


class NobodyToGiveTo(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Đơn vị này chưa có máy nào khác được công nhận để nhận hồ sơ.",
            safe="Chưa có gói nào được lập.",
            todo="Đăng ký mã cho máy kia, nhận danh sách tin cậy mới rồi làm lại.",
        )


def partners(office: Office) -> list[Partner]:
    """Our heir or our own union first, where it has a further computer; then those below, in Vietnamese order."""
    own, trust = office.identity.unit, office.trust
    if trust is None:
        return []
    with office.read() as connection:
        now, heir = office.structure(connection), handing_over.heir(office, connection)
    elsewhere: dict[str, set[str]] = {}
    for key in trust.keys:
        if key.revoked_from is None and key.installation != office.identity.installation:
            elsewhere.setdefault(key.unit, set()).add(key.installation)
    found = [
        Partner(unit, now.units[unit].name, unit == own, len(computers), unit == heir)
        for unit, computers in elsewhere.items()
        if unit in (own, heir) or (now.exists(unit) and own in trust.above(unit))
    ]
    return sorted(found, key=lambda one: (not one.heir, not one.own, sort_key(one.name)))


def make(office: Office, receiver: str, *, pictures: bool = False) -> handoff.Outgoing:
    """To our own union all that is here, to one below all that is about it or was written by it (`exchange`); to our
    heir all that we and those under us have written (`cascade` without a campaign).

    `pictures`: photos and scans go along too; without, their records stay here with them. That one was taken off or
    erased here our own computers and the heir learn in any case.

    Raises: NobodyToGiveTo, NotAllowed, TooManyPictures.
    """
    partner = next((one for one in partners(office) if one.unit == receiver), None)
    if partner is None:
        raise NobodyToGiveTo
    with office.write(Right.ISSUE) as work:
        records = _given(work, office, partner)
        shown = picture_lines.chosen(work, records, (PHOTO, SCAN) if pictures else ())
        hung = _where(work, tables.revisions.c.type, (Attachment.TYPE,))
        gone = shown.bare if partner.own or partner.heir else ()
        whole = [*(one for one in records if one not in hung), *shown.full]
        lines = revision_lines(work, [*whole, *gone], frozenset(gone))
        counts = {"revision": len(lines)} | ({picture_lines.COUNTED: len(shown.full)} if shown.full else {})
        lines += tuple(picture_lines.lines(office, shown.digests))
        assert office.trust is not None
        kind = CASCADE if partner.heir else EXCHANGE
        content = Content(kind, party(work, receiver), office.trust.recipients(receiver), lines, counts=counts)
        return send(office, work, content)


def _given(work: UnitOfWork, office: Office, partner: Partner) -> list[str]:
    if partner.heir:
        return handing_over.records(office, work)
    return _everything(work) if partner.own else _about(work, office, partner.unit)


def _everything(work: UnitOfWork) -> list[str]:
    table = tables.revisions.c
    return sorted(work.connection.execute(select(table.record).distinct()).scalars())


def _about(work: UnitOfWork, office: Office, receiver: str) -> list[str]:
    """The organisation; what the receiver's computers wrote; what is about it or a unit whose records it keeps."""
    assert office.trust is not None
    table, tree = tables.revisions.c, work.custody.tree
    theirs = {key.installation for key in office.trust.keys if key.unit == receiver}
    kept = [unit for unit in tree.units if receiver in tree.keepers(unit)]
    found: set[str] = set()
    for column, values in ((table.type, TREE_TYPES), (table.installation, theirs), (table.unit, kept)):
        found |= _where(work, column, values)
    return sorted(found | _referred(work, found))


def _where(work: UnitOfWork, column: object, values: Iterable[str]) -> set[str]:
    query = select(tables.revisions.c.record).where(column.in_(sorted(values))).distinct()  # type: ignore[attr-defined]
    return set(work.connection.execute(query).scalars())


def _referred(work: UnitOfWork, records: set[str]) -> set[str]:
    """Plans, people and workplaces that these records name; of people only those that the records are about."""
    named: set[str] = set()
    for record in records:
        for revision in work.ledger.revisions(record):
            named |= {str(revision.facts[name]) for name in _REFERS if revision.facts.get(name)}
    return named - records
