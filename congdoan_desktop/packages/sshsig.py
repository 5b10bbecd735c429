"""Ed25519 keys and signatures in OpenSSH's own formats, so that `ssh-keygen -Y` can check them (FORMAT.md, section 5).

Armour is accepted only in the exact form that `ssh-keygen` writes: a signature has one spelling.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import struct

from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.packages.refusals import Malformed

SECRET_BYTES = 32
_ALGORITHM = b"ssh-ed25519"
_HASH = b"sha512"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n"
_WIDTH = 70
_SIGNATURE_BYTES = 64


def new_secret() -> bytes:
    """A fresh Ed25519 secret, 32 random bytes."""
    return os.urandom(SECRET_BYTES)


def public_of(secret: bytes) -> bytes:
    """The raw public key (32 bytes) of a raw secret."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """SHA-256 of the raw public key, hex."""
    return sha256_hex(public)


def key_line(public: bytes) -> str:
    """The public key as in `authorized_keys`, without a comment."""
    return f"ssh-ed25519 {base64.b64encode(_key_blob(public)).decode()}"


def public_of_line(line: str) -> bytes:
    """The raw public key of a key line.

    Raises: Malformed when it is not exactly what `key_line` writes.
    """
    try:
        blob = base64.b64decode(line.removeprefix("ssh-ed25519 "), validate=True)
    except (ValueError, binascii.Error) as error:
        raise Malformed("not a key line") from error
    public = blob[-32:]
    if len(public) != 32 or key_line(public) != line:
        raise Malformed("not a key line")
    return public


def sign(secret: bytes, message: bytes, namespace: str) -> str:
    """The armoured signature over `message`, good in `namespace` only."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(secret)
    signature = private.sign(_signed(message, namespace))
    return _armour(private.public_key().public_bytes_raw(), signature, namespace)


def verify(armour: bytes, message: bytes, namespace: str) -> bytes:
    """The raw public key that signed `message` in `namespace`.

    Raises: Malformed when the armour is not in its one form, names another namespace, or does not verify.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    public, signature = _parts(armour, namespace)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(message, namespace))
    except (InvalidSignature, ValueError) as error:
        raise Malformed("the signature does not verify") from error
    return public


def _parts(armour: bytes, namespace: str) -> tuple[bytes, bytes]:
    """The public key and the signature stand at fixed places; everything around them is compared as a whole."""
    start = len(_preamble(b"\0" * 32)) - 32
    try:
        text = armour.decode("ascii").removeprefix(_BEGIN).removesuffix(_END)
        blob = base64.b64decode(text.replace("\n", ""), validate=True)
    except ValueError as error:
        raise Malformed("not an armoured signature") from error
    public, signature = blob[start : start + 32], blob[-_SIGNATURE_BYTES:]
    if len(public) != 32 or _armour(public, signature, namespace).encode() != armour:
        raise Malformed("not an armoured Ed25519 signature in this namespace")
    return public, signature


def _armour(public: bytes, signature: bytes, namespace: str) -> str:
    named = _string(namespace.encode()) + _string(b"") + _string(_HASH)
    blob = _preamble(public) + named + _string(_string(_ALGORITHM) + _string(signature))
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + _WIDTH] + "\n" for at in range(0, len(text), _WIDTH)]
    return _BEGIN + "".join(lines) + _END


def _preamble(public: bytes) -> bytes:
    return b"SSHSIG" + struct.pack(">I", 1) + _string(_key_blob(public))


def _signed(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return b"SSHSIG" + _string(namespace.encode()) + _string(b"") + _string(_HASH) + _string(digest)


def _key_blob(public: bytes) -> bytes:
    return _string(_ALGORITHM) + _string(public)


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value
