"""What the root sends home on every stick: the list of keys, and the organisation as it stands.

A union that was moved reports to its new upper union, and both must know it; so the list follows the decisions. One
package without a receiver serves all; it is made anew only when something in it has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.packages.names import TRUST_BODY
from congdoan_desktop.packages.trust import Inherited, TrustList, UnitEntry
from congdoan_desktop.services import trusting
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import Content, revision_lines, send
from congdoan_desktop.storage import handoff, rows, tables
from congdoan_desktop.storage.rebuild import settle_foreign
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_SETTING = "homeward"
"""The setting that keeps the digest of what was sent last."""


def refresh(office: Office) -> handoff.Outgoing | None:
    """Put list and organisation into the outbox for all, where they differ from what was sent last.

    None where nothing has changed, and for whoever may not sign the list: away from the root, or without the right.
    """
    held = office.trust
    if held is None or not trusting.signs_list(office):
        return None

    def renew(work: UnitOfWork) -> tuple[handoff.Outgoing | None, TrustList]:
        trust = _in_step(held, office.structure(work.connection))
        if rows.settings(work.connection).get(_SETTING) == _digest(work, trust):
            return None, held
        if trust is not held:
            trusting.store(office, work, trust)
            settle_foreign(work)
        return publish(office, work, trust), trust

    package, office.trust = office.write_by_turns(Right.TRUST, renew)
    return package


def publish(office: Office, work: UnitOfWork, trust: TrustList) -> handoff.Outgoing:
    """The list, which is kept already, and the organisation for all, in the caller's transaction."""
    package = send(office, work, _content(office, work, trust))
    rows.set_settings(work.connection, {_SETTING: _digest(work, trust)})
    return package


def _content(office: Office, work: UnitOfWork, trust: TrustList) -> Content:
    known = {one for entry in trust.units for one in trust.recipients(entry.unit)}
    others = sorted(known - {office.identity.key.age_recipient})  # our own further computers are among them
    lines = revision_lines(work, trusting.organisation(work)) if others else None
    return Content("trust", None, tuple(others), lines, clear={TRUST_BODY: trust.to_bytes()})


def _in_step(trust: TrustList, now: Structure) -> TrustList:
    """The list with the names and places of today, as its next version; the very list where all stand as they stood."""
    units = replace(trust, units=tuple(_entry(trust, one, now) for one in trust.units))
    found = units.inherited(_heirs(units, now))
    return trust if found == trust else replace(found, version=trust.version + 1)


def _entry(trust: TrustList, entry: UnitEntry, now: Structure) -> UnitEntry:
    unit = now.units.get(entry.unit)
    if unit is None or entry.unit == trust.root_unit:
        return entry
    if not now.exists(entry.unit):
        return _under_heir(trust, entry, now)
    above = (one for one in now.above(entry.unit) if one != entry.unit and now.exists(one))
    parent = next((one for one in above if trust.unit(one) is not None), entry.parent)
    return UnitEntry(entry.unit, unit.code, unit.name, parent)


def _under_heir(trust: TrustList, entry: UnitEntry, now: Structure) -> UnitEntry:
    """A unit that has ended stands under the union that keeps its records, so that it can hand them over.

    Its last packages may still be on their way to the union above it: where that one is not above the heir, or the heir
    itself, the unit stays where it was, and the list names its heir (`_heirs`).
    """
    heir = now.custodian(entry.unit)
    if heir == entry.unit or trust.unit(heir) is None or entry.parent not in (heir, *trust.above(heir)):
        return entry
    return replace(entry, parent=heir)


def _heirs(trust: TrustList, now: Structure) -> Iterator[Inherited]:
    """The units that have ended, and whose records are kept by one that does not stand above them."""
    for entry in trust.units:
        if entry.unit in now.endings and entry.unit != trust.root_unit:
            keeper = now.custodian(entry.unit)
            if keeper not in (entry.unit, *trust.above(entry.unit)) and trust.unit(keeper) is not None:
                yield Inherited(entry.unit, keeper)


def _digest(work: UnitOfWork, trust: TrustList) -> str:
    table = tables.revisions.c
    counted = (table.type.in_(trusting.ORGANISATION), table.state == "accepted")
    query = select(table.hash).where(*counted).order_by(table.hash)
    found = hashlib.sha256(trust.to_bytes())
    for one in work.connection.execute(query).scalars():
        found.update(bytes.fromhex(one))
    return found.hexdigest()
