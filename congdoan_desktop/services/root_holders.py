"""The province's root with more than one holder: a colleague at the root's computer, or one at another computer of the
province whom the root has named beforehand.

Taking over is a rotation: the old root's word names the new one, so every unit follows by itself, and the papers with
the old words are printed anew. A colleague at the same computer lets the root that lies there speak; who was named has
its word in the list, and needs neither its computer nor its holder.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.packages import sshsig, words
from congdoan_desktop.packages.trust import Rotation, TrustList
from congdoan_desktop.services import key_changes, staff, trusting
from congdoan_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class Holder:
    """A key of the province that may be named. `named`: it may take over the root, from wherever it is."""

    key_id: str
    officer: str
    title: str
    installation: str
    named: bool


def candidates(office: Office) -> list[Holder]:
    """The chairs' keys of the root's union that count, but for the root itself."""
    trust = office.trust
    if trust is None:
        return []
    named = {mandate.after for mandate in trust.holders}
    return [
        Holder(key.key_id, key.name, key.title, key.installation, key.signing in named)
        for key in trust.keys
        if key.unit == trust.root_unit and key.signing != trust.root and key.revoked_from is None
        if key.role == Role.CHAIR
    ]


def appoint(office: Office, key_ids: Collection[str]) -> TrustList:
    """Name those who may take over the root, these alone. The new list lies in the outbox for all.

    A word that was given cannot be unsaid: where somebody named before is left out, the root changes its own key, and
    the papers with the old words are printed anew.

    Raises: NotTheRoot, NotFound for a key that may not be named, NotAllowed.
    """
    trust = key_changes.rooted(office)
    if not set(key_ids) <= {one.key_id for one in candidates(office)}:
        raise NotFound(
            "Khoá này không giữ được khoá gốc.",
            safe="Không có gì thay đổi.",
            todo="Chọn khoá đang dùng của chủ tịch hoặc phó chủ tịch tỉnh.",
        )
    if any(one.named and one.key_id not in key_ids for one in candidates(office)):
        key_changes.rotate_root(office)
        trust = key_changes.rooted(office)
    chosen = [key for key in trust.keys if key.key_id in key_ids]
    with office.write(Right.TRUST) as work:
        found = trust.appointing(office.identity.key.signing_secret, chosen)
        key_changes.publish(office, work, found)
        work.note("appoint:root", ",".join(sorted(key.key_id[:12] for key in chosen)))
    office.trust = found
    return found


def may_take(office: Office) -> bool:
    """Whether the root's secret lies here and belongs to a colleague, or the root has named our key."""
    if office.trust is None or _own_is_root(office, office.trust):
        return False
    return staff.root_secret(office) is not None or _mandate(office, office.trust) is not None


def take_over(office: Office) -> tuple[str, ...]:
    """Make our key the root, on the word of the one before. Returns the eight words of the new root.

    What the colleague's key signs as an ordinary key goes on counting until it is revoked.

    Raises: NotAllowed, AppError where the root is ours already, or neither lies here nor has named us.
    """
    office.require(Right.TRUST)
    trust = office.trust
    found = None if trust is None or _own_is_root(office, trust) else _under_us(office, trust)
    if found is None:
        raise AppError(
            "Khoá gốc của tỉnh không nằm ở máy này và chưa chỉ định khoá của anh (chị), hoặc đã do anh (chị) giữ.",
            safe="Không có gì thay đổi.",
            todo="Mở chương trình trên máy giữ khoá gốc của tỉnh, hoặc nhờ người giữ khoá gốc chỉ định trước.",
        )
    with office.write(Right.TRUST) as work:
        key_changes.publish(office, work, found)
        work.note("take:root", office.identity.key.key_id)
    office.trust = found
    return words.words_of(found.root_digest)


def _under_us(office: Office, trust: TrustList) -> TrustList | None:
    secret, mandate = staff.root_secret(office), _mandate(office, trust)
    if secret is not None:
        return trust.rotated(secret, trusting.own_key(office))
    return trust.taken_by(mandate) if mandate is not None else None


def _mandate(office: Office, trust: TrustList) -> Rotation | None:
    own = trusting.own_key(office).signing
    known = trust.key(sshsig.public_of_line(own))
    if known is None or known.revoked_from is not None:
        return None
    spoken = (one for one in trust.holders if one.after == own and one.before == trust.root)
    return next((one for one in spoken if one.holds(trust.realm)), None)


def _own_is_root(office: Office, trust: TrustList) -> bool:
    return trust.root == trusting.own_key(office).signing
