"""A further signature on a finished package: its content and its id stay the same (FORMAT.md, section 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from congdoan_desktop.packages import container, names, sshsig
from congdoan_desktop.packages.envelope import open_envelope
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason

_MOST = 9


def cosigned(data: bytes, secret: bytes) -> bytes:
    """The package with one more signature; one that this key has signed already is given back as it is.

    Raises: PackageRefused when it is not whole, Malformed when it has no room for another signature.
    """
    if sshsig.public_of(secret) in open_envelope(data).signers:
        return data
    top, entries = container.unpack(data)
    space = names.namespace(names.parse_top(top).kind)
    return _with(top, entries, [sshsig.sign(secret, entries[names.TAGMANIFEST], space).encode()])


def merged(data: bytes, other: bytes) -> bytes:
    """The package with the signatures that another copy of it has beside its own; nothing else is taken from there.

    Raises: PackageRefused when one of them is not whole or they are two packages; Malformed when there is no room.
    """
    ours, theirs = open_envelope(data), open_envelope(other)
    if ours.package_id != theirs.package_id:
        raise PackageRefused(Reason.CHANGED, "another package_id")
    armours = _signatures(container.unpack(other)[1])
    new = [armour for armour, signer in zip(armours, theirs.signers, strict=True) if signer not in ours.signers]
    return _with(*container.unpack(data), new)


def _with(top: str, entries: Mapping[str, bytes], armours: Sequence[bytes]) -> bytes:
    free = [name for number in range(2, _MOST + 1) if (name := f"signatures/{number}.sig") not in entries]
    if len(free) < len(armours):
        raise Malformed(f"{_MOST} signatures are all there can be")
    return container.pack(top, {**entries, **dict(zip(free, armours, strict=False))})


def _signatures(entries: dict[str, bytes]) -> list[bytes]:
    """In the order in which `open_envelope` names their signers."""
    return [entries[name] for name in sorted(entries) if name.endswith(".sig")]
