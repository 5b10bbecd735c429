"""The province's root with more than one holder: whoever manages the office at the root's computer can take it over.

Each holder opens the office with a passphrase of his own. Taking over is a rotation: the old root names the new one, so
every unit follows by itself, and the papers with the old words are printed anew.
"""

from __future__ import annotations

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages import sshsig, words
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.services import key_changes, trusting
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import rows


def may_take(office: Office) -> bool:
    """Whether the root's secret lies in this office and belongs to a colleague."""
    return office.trust is not None and not _own_is_root(office, office.trust) and _secret(office) is not None


def take_over(office: Office) -> tuple[str, ...]:
    """Make our key the root, named by the root that lies in this office. Returns the eight words of the new root.

    What the colleague's key signs as an ordinary key goes on counting until it is revoked.

    Raises: NotAllowed, AppError where the root is elsewhere or ours already.
    """
    office.require(Right.TRUST)
    trust, secret = office.trust, _secret(office)
    if trust is None or secret is None or _own_is_root(office, trust):
        raise AppError(
            "Khoá gốc của tỉnh không nằm ở máy này, hoặc đã do chính anh (chị) giữ.",
            safe="Không có gì thay đổi.",
            todo="Mở chương trình trên máy giữ khoá gốc của tỉnh.",
        )
    with office.write(Right.TRUST) as work:
        found = trust.rotated(secret, trusting.own_key(office))
        key_changes.publish(office, work, found)
        work.note("take:root", office.identity.key.key_id)
    office.trust = found
    return words.words_of(found.root_digest)


def _own_is_root(office: Office, trust: TrustList) -> bool:
    return trust.root == trusting.own_key(office).signing


def _secret(office: Office) -> bytes | None:
    """The root's secret, where one of this computer's officers holds it."""
    root = office.trust.root if office.trust else None
    with office.read() as connection:
        held = [key.signing_secret for key in rows.officer_keys(connection)]
    return next((one for one in held if sshsig.key_line(sshsig.public_of(one)) == root), None)
