"""A further signature on a finished package: its content and its id stay the same (FORMAT.md, section 5)."""

from __future__ import annotations

from congdoan_desktop.packages import container, names, sshsig
from congdoan_desktop.packages.envelope import open_envelope
from congdoan_desktop.packages.refusals import Malformed

_MOST = 9


def cosigned(data: bytes, secret: bytes) -> bytes:
    """The package with one more signature; one that this key has signed already is given back as it is.

    Raises: PackageRefused when it is not whole, Malformed when it has no room for another signature.
    """
    if sshsig.public_of(secret) in open_envelope(data).signers:
        return data
    top, entries = container.unpack(data)
    free = [name for number in range(2, _MOST + 1) if (name := f"signatures/{number}.sig") not in entries]
    if not free:
        raise Malformed(f"{_MOST} signatures are all there can be")
    space = names.namespace(names.parse_top(top).kind)
    return container.pack(top, {**entries, free[0]: sshsig.sign(secret, entries[names.TAGMANIFEST], space).encode()})
