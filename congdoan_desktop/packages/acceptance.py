"""The rules of trust: which list is taken on, and which key may sign what (FORMAT.md, section 10). Pure."""

from __future__ import annotations

from congdoan_desktop.domain.roles import RIGHTS, Right, Role
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.names import CASCADE, EXCHANGE, PLAN, RECEIPT, REPORT, TRUST, UPDATE
from congdoan_desktop.packages.refusals import PackageRefused, Reason
from congdoan_desktop.packages.trust import KeyEntry, TrustList
from congdoan_desktop.packages.words import same_words

_SIGNING_ROLES = frozenset(role.value for role, rights in RIGHTS.items() if Right.ISSUE in rights)
_OF_THE_ROOT = frozenset({TRUST, UPDATE})
_FROM_ABOVE = frozenset({PLAN, RECEIPT, EXCHANGE})
_FROM_BELOW = frozenset({CASCADE, REPORT})


def accept_first(new: TrustList, typed_words: str, realm: str) -> TrustList:
    """Take on the first list, out of a package that the reader verified, on the words of the stamped sheet.

    Raises: PackageRefused when it is of another realm or the typed words are not those of its root key.
    """
    if new.realm != realm:
        raise PackageRefused(Reason.REALM)
    if not same_words(typed_words, new.root_digest):
        raise PackageRefused(Reason.TRUST_WORDS)
    return new


def accept_next(current: TrustList, new: TrustList) -> TrustList:
    """The list that counts after `new` has come, out of a package signed by the root that `new` names.

    Raises: PackageRefused for another realm or root, an older version, or the same version with other content.
    """
    if new.realm != current.realm:
        raise PackageRefused(Reason.REALM)
    if new.root_unit != current.root_unit or new.root_from(current.root) != new.root:
        raise PackageRefused(Reason.TRUST_ROOT)
    if new.version < current.version:
        raise PackageRefused(Reason.TRUST_OLDER, shown=f"bản {new.version}, máy đang dùng bản {current.version}")
    if new.version == current.version and new.to_bytes() != current.to_bytes():
        raise PackageRefused(Reason.TRUST_FORK, shown=f"số {new.version}")
    return new


def signers(trust: TrustList, header: Header, publics: tuple[bytes, ...]) -> tuple[KeyEntry, ...]:
    """The entries of the keys that signed a package, the sender's own first.

    Raises: PackageRefused when one of them may not sign it, or a chair's is missing that the list asks for.
    """
    found = known_signers(trust, header, publics)
    if header.kind in trust.chair_signs and Role.CHAIR not in {key.role for key in found}:
        raise PackageRefused(Reason.NO_CHAIR)
    return found


def known_signers(trust: TrustList, header: Header, publics: tuple[bytes, ...]) -> tuple[KeyEntry, ...]:
    """`signers` of a package that may still be on its way to the chair.

    Raises: PackageRefused when one of them may not sign it.
    """
    found = tuple(key_for(trust, public, header) for public in publics)
    if found[0].installation != header.installation:
        raise PackageRefused(Reason.WRONG_UNIT, "the key is of another installation")
    if header.kind in _OF_THE_ROOT and found[0].signing != trust.root:
        raise PackageRefused(Reason.WRONG_ROLE, "only the root may")
    return found


def key_for(trust: TrustList, public: bytes, header: Header) -> KeyEntry:
    """The entry of one signing key.

    Raises: PackageRefused when it is unknown, of another unit, revoked, or of a role that may not sign.
    """
    entry = trust.key(public)
    if entry is None:
        raise PackageRefused(Reason.UNKNOWN_KEY)
    if entry.unit != header.sender.unit:
        raise PackageRefused(Reason.WRONG_UNIT)
    if not entry.counts_for(header.feed, header.seq):
        raise PackageRefused(Reason.REVOKED)
    if entry.role not in _SIGNING_ROLES:
        raise PackageRefused(Reason.WRONG_ROLE)
    return entry


def check_direction(trust: TrustList, header: Header, unit: str) -> None:
    """Whether the sender stands where this kind must come from, seen from `unit`.

    Raises: PackageRefused.
    """
    sender = header.sender.unit
    from_above = header.kind in _FROM_ABOVE and sender in trust.above(unit)
    from_below = header.kind in _FROM_BELOW and unit in trust.above(sender)
    from_same = header.kind == EXCHANGE and sender == unit
    handed_over = header.kind == CASCADE and header.about is None and trust.heir(sender) == unit
    from_heir = header.kind == RECEIPT and trust.heir(unit) == sender
    if not (header.kind == UPDATE or from_above or from_below or from_same or handed_over or from_heir):
        raise PackageRefused(Reason.DIRECTION)
