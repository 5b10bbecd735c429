"""Keys that must count no more: a lost computer, an officer who left, a new root key for the province.

What was accepted before stays accepted. The new list goes to every unit as one package without a receiver.
"""

from __future__ import annotations

from dataclasses import replace

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError, Finding, NotFound, ValidationError
from congdoan_desktop.packages import sshsig, words
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.names import LARGEST_SEQ
from congdoan_desktop.packages.trust import FeedMark, TrustList
from congdoan_desktop.services import homeward, trusting
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import last_numbers
from congdoan_desktop.storage import handoff, rows
from congdoan_desktop.storage.rebuild import settle_foreign
from congdoan_desktop.storage.unit_of_work import UnitOfWork

MOST_ON_THE_WAY = 99


class NotTheRoot(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Chỉ máy giữ khoá gốc của tỉnh mới sửa được danh sách tin cậy.",
            safe="Không có gì thay đổi.",
            todo="Báo Liên đoàn Lao động tỉnh thu hồi khoá này.",
        )


def revoke(office: Office, key_id: str, *, on_the_way: int = 0) -> TrustList:
    """Let a key count no more, from the number after the last package accepted of each of its feeds.

    `on_the_way`: so many further packages of each feed still count, written before the officer left; 0 for a key
    that was lost. The new list lies in the outbox for all.

    Raises: NotTheRoot, NotFound, ValidationError, NotAllowed.
    """
    trust = rooted(office)
    if key_id == office.identity.key.key_id:
        raise _own_key()
    if not any(key.key_id == key_id and key.revoked_from is None for key in trust.keys):
        raise NotFound("Khoá này không còn trong danh sách đang dùng.", todo="Xem lại danh sách khoá.")
    if not 0 <= on_the_way <= MOST_ON_THE_WAY:
        raise ValidationError((Finding("on_the_way", f"Ghi số từ 0 đến {MOST_ON_THE_WAY}."),))
    with office.write(Right.TRUST) as work:
        marks = tuple(
            FeedMark(feed, min(last + 1 + on_the_way, LARGEST_SEQ))
            for feed, last in sorted(_accepted(work, key_id).items())
        )
        found = trust.revoke(key_id, marks)
        publish(office, work, found)
        work.note("revoke:key", key_id)
    office.trust = found
    if len(found.holders) < len(trust.holders):  # the root's word for it holds until the root is another
        rotate_root(office)
    return rooted(office)


def rotate_root(office: Office) -> tuple[str, ...]:
    """A new signing key for the province's root, named by the old one; the old one signs nothing more.

    Returns the eight words of the new root, for the sheets of units that enrol from now on. Units that trust the old
    root follow by themselves.

    Raises: NotTheRoot, NotAllowed.
    """
    trust, identity = rooted(office), office.identity
    secret = sshsig.new_secret()
    key = replace(identity.key, key_id=sshsig.key_id(sshsig.public_of(secret)), signing_secret=secret)
    before = office.identity
    try:
        with office.write(Right.TRUST) as work:
            office.identity = replace(identity, key=key)
            rotated = trust.rotated(identity.key.signing_secret, trusting.own_key(office))
            named = {mandate.after for mandate in trust.holders}
            holders = [one for one in trust.keys if one.signing in named]  # the old root's word for them ends with it
            found = rotated.revoke(identity.key.key_id, last_numbers(work))
            found = found.appointing(secret, holders) if holders else found
            rows.replace_key(work.connection, identity.key.key_id, key)
            publish(office, work, found)
            work.note("rotate:root", key.key_id)
    except BaseException:
        office.identity = before
        raise
    office.trust = found
    return words.words_of(found.root_digest)


def rooted(office: Office) -> TrustList:
    """The list, where this office holds its root key."""
    office.require(Right.TRUST)
    own = sshsig.key_line(sshsig.public_of(office.identity.key.signing_secret))
    if office.trust is None or office.trust.root != own:
        raise NotTheRoot
    return office.trust


def _own_key() -> AppError:
    return AppError(
        "Đây là khoá gốc của chính máy này.",
        safe="Không có gì thay đổi.",
        todo="Dùng “Đổi khoá gốc”: khoá cũ giới thiệu khoá mới, các đơn vị tự nhận theo.",
    )


def _accepted(work: UnitOfWork, key_id: str) -> dict[str, int]:
    """Feed -> the highest number accepted here that the key signed."""
    found: dict[str, int] = {}
    for package in handoff.incoming(work.connection):
        if package.state != handoff.KEPT and Header.from_bytes(package.header).key_id == key_id:
            found[package.feed] = max(found.get(package.feed, 0), package.seq)
    return found


def publish(office: Office, work: UnitOfWork, trust: TrustList) -> None:
    """Judge by a list from now on and put it into the outbox for all, in the caller's transaction."""
    trusting.store(office, work, trust)
    settle_foreign(work)
    homeward.publish(office, work, trust)
