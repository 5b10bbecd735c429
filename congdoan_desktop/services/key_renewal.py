"""A new signing key for an officer whose old one counts: the old key vouches for the new, so no paper is needed.

The file is an enrolment that names both keys and is signed by both. The province admits the new key. When the list has
come home the old one gives itself up (`key_closing`), and the province revokes it from the numbers that it names: what
is on its way is not lost.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages import sshsig
from congdoan_desktop.packages.bodies import Enrolment
from congdoan_desktop.packages.names import ENROLMENT_BODY
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.services import incoming, key_closing, pending_key, staff, trusting
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import Content, send
from congdoan_desktop.services.trusting import EnrolmentSeen
from congdoan_desktop.storage import handoff, rows


class NotVouched(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Tệp này không do một mã đang được tin giới thiệu.",
            safe="Chưa có gì được công nhận.",
            todo="So tám từ với phiếu giấy có dấu rồi công nhận như đơn vị mới.",
        )


def begin(office: Office) -> handoff.Outgoing:
    """Make a new signing key and the file in which the old one vouches for it, into the outbox.

    Until a list of the province names the new key the old one signs. Again before that: another file, for the same key.

    Raises: NotAllowed, AppError where our key does not count or is the province's root.
    """
    office.require(Right.ISSUE)
    _check(office)
    secret = pending_key.held(office) or sshsig.new_secret()
    public = sshsig.public_of(secret)
    old = trusting.own_key(office)
    new = replace(old, key_id=sshsig.key_id(public), signing=sshsig.key_line(public))
    with office.write(Right.ISSUE) as work:
        winner = work.history(office.identity.unit).winner
        assert winner is not None
        pending_key.keep(work, office.identity.officer.id, secret)
        body = Enrolment(winner, (old, new)).to_bytes()
        work.note("renew:key", new.key_id)
        return send(office, work, Content("enrolment", None, (), clear={ENROLMENT_BODY: body}, cosigners=(secret,)))


def begin_again(office: Office) -> handoff.Outgoing:
    """After our key was revoked: a new one at once, and an enrolment that is admitted with its stamped sheet.

    Raises: NotAllowed, AppError where our key was not revoked.
    """
    office.require(Right.ISSUE)
    identity = office.identity
    if staff.standing(office, identity.key.key_id) != staff.REVOKED:
        raise AppError("Mã của máy này chưa bị thu hồi.", safe="Không có gì thay đổi.", todo="Dùng “Đổi khoá của tôi”.")
    secret = sshsig.new_secret()
    key = replace(identity.key, key_id=sshsig.key_id(sshsig.public_of(secret)), signing_secret=secret)
    with office.write(Right.ISSUE) as work:
        rows.replace_key(work.connection, identity.key.key_id, key)
        work.note("replace:key", key.key_id)
    office.identity = replace(identity, key=key)
    return trusting.write_enrolment(office)


def waits(office: Office) -> bool:
    """Whether a new key of ours waits to be named by the province."""
    return pending_key.held(office) is not None


def gives_up(office: Office, package_id: str) -> bool:
    """Whether an enrolment of our outbox gives up a key that still counts."""
    with office.read() as connection:
        found = handoff.outgoing(connection, package_id)
    return bool(found) and key_closing.waits(office, found[0])


def admit(office: Office, path: Path) -> EnrolmentSeen:
    """Take the new key onto the list, on the word of the old one, and a key off it that gives itself up.

    Raises: NotVouched, PackageRefused, NotAllowed, AppError away from the root.
    """
    office.require(Right.TRUST)
    package = incoming.verified(office, path)
    seen = trusting.seen_of(office, path, package)
    if package.enrolment is None or not seen.vouched:
        raise NotVouched
    trust = trusting.signed_here(office, office.identity.unit)
    if seen.already:
        return seen
    entry = trust.unit(seen.unit.unit)
    assert entry is not None
    found = key_closing.without(
        trust.with_unit(entry, package.enrolment.keys), key_closing.still_counting(trust, package.enrolment)
    )
    trusting.put_on(office, found, package, path.name)
    return seen


def may_take(office: Office, path: Path) -> bool:
    """Whether a file gives up a key that this office can take off the list at once: nobody has anything to compare."""
    if not trusting.signs_list(office):
        return False
    seen = trusting.read_enrolment(office, path)
    return seen.vouched and seen.gives_up


def _check(office: Office) -> None:
    own = office.identity.key.key_id
    trust: TrustList | None = office.trust
    if trust is None or not any(key.key_id == own and key.revoked_from is None for key in trust.keys):
        raise AppError(
            "Mã của máy này chưa được công nhận, hoặc đã bị thu hồi.",
            safe="Không có gì thay đổi.",
            todo="Lập tệp đăng ký và nộp cùng phiếu giấy có dấu.",
        )
    if trust.root == trusting.own_key(office).signing:
        raise AppError(
            "Đây là khoá gốc của tỉnh.",
            safe="Không có gì thay đổi.",
            todo="Dùng “Đổi khoá gốc” ở danh sách khoá.",
        )
