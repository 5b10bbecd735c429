"""The end of a renewed key, by its own word: as soon as the new key signs, the old one names its last numbers.

Its secret leaves this computer with that. The province revokes it from these numbers on, so that what was made before
counts, also where it is still on its way, and nobody has to revoke anything by hand.
"""

from __future__ import annotations

from dataclasses import replace

from congdoan_desktop.packages.bodies import Ended, Enrolment
from congdoan_desktop.packages.names import ENROLMENT, ENROLMENT_BODY
from congdoan_desktop.packages.reader import check_own
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.services import staff
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import Content, last_numbers, send
from congdoan_desktop.storage import handoff, rows
from congdoan_desktop.storage.unit_of_work import UnitOfWork


def declare(office: Office, work: UnitOfWork, before: rows.OfficerKey, after: rows.OfficerKey) -> handoff.Outgoing:
    """Put the old key's last word into the outbox, in the caller's transaction. The new key sends it, both sign."""
    officer = next(one for one in rows.officers(work.connection) if one.id == after.officer)
    sender = replace(office, identity=replace(office.identity, officer=officer, key=after))
    winner = work.history(office.identity.unit).winner
    assert winner is not None
    keys = tuple(staff.entry(sender, officer, key) for key in (after, before))
    body = Enrolment(winner, keys, ended=(Ended(before.key_id, last_numbers(work)),)).to_bytes()
    work.note("end:key", before.key_id)
    content = Content(ENROLMENT, None, (), clear={ENROLMENT_BODY: body}, cosigners=(before.signing_secret,))
    return send(sender, work, content)


def still_counting(trust: TrustList, enrolment: Enrolment) -> tuple[Ended, ...]:
    """The keys given up that the list still lets count. The root and those it has named to follow it stay with it."""
    kept = {trust.root, *(mandate.after for mandate in trust.holders)}
    counting = {key.key_id for key in trust.keys if key.revoked_from is None and key.signing not in kept}
    return tuple(one for one in enrolment.ended if one.key_id in counting)


def without(trust: TrustList, ended: tuple[Ended, ...]) -> TrustList:
    """The list in which these keys count below their marks only."""
    for one in ended:
        trust = trust.revoke(one.key_id, one.marks)
    return trust


def waits(office: Office, package: handoff.Outgoing) -> bool:
    """Whether an enrolment of our outbox gives up a key that still counts by the list."""
    trust = office.trust
    try:
        envelope = check_own((office.outbox / package.file_name).read_bytes(), package.package_id)
    except (OSError, PackageRefused):
        return False
    body = envelope.clear.get(ENROLMENT_BODY)
    return trust is not None and body is not None and bool(still_counting(trust, Enrolment.from_bytes(body)))
