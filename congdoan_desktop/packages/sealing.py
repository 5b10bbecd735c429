"""Sealed records: Zstandard inside age, never unpacked past the stated size (FORMAT.md, section 7)."""

from __future__ import annotations

import io
from collections.abc import Iterable

from congdoan_desktop.packages.fields import matching
from congdoan_desktop.packages.names import LARGEST_PACKAGE
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason

LARGEST_WINDOW = 8 * 1024 * 1024
_AGE = b"age-encryption.org/v1\n"
_MOST_LINES = 50_000
"""Of an age header. Two for each recipient, and a list has 20,000 keys; reading takes the square of their number."""
# A block of 4 bytes can stand for 128 KiB, so one slice never gives more than 32 MiB before the size is checked again.
_SLICE = 1024
_recipient_form = matching(r"age1[a-z0-9]{58}")


def new_identity() -> tuple[str, str]:
    """(secret, recipient) of a fresh age X25519 identity, both as age writes them."""
    import pyrage  # type: ignore[import-untyped]  # it publishes no types

    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient(value: object) -> str:
    """An age recipient out of a file.

    Raises: Malformed.
    """
    import pyrage

    found = _recipient_form(value)
    try:
        pyrage.x25519.Recipient.from_str(found)
    except pyrage.RecipientError as error:
        raise Malformed("not an age recipient") from error
    return found


def seal(content: bytes, recipients: Iterable[str]) -> bytes:
    """Pack and encrypt `content`; each recipient can open it.

    Raises: ValueError without recipients, Malformed when one is not a recipient.
    """
    import pyrage
    import zstandard

    keys = [pyrage.x25519.Recipient.from_str(recipient(text)) for text in sorted(set(recipients))]
    if not keys:
        raise ValueError("sealed records need somebody who can open them")
    parameters = zstandard.ZstdCompressionParameters.from_level(9, window_log=23, write_content_size=True)
    return bytes(pyrage.encrypt(zstandard.ZstdCompressor(compression_params=parameters).compress(content), keys))


def unseal(sealed: bytes, identities: Iterable[str], size: int) -> bytes:
    """What was sealed: exactly `size` bytes.

    Raises: PackageRefused when none of the identities opens it or the size is another one.
    """
    import pyrage

    keys = [pyrage.x25519.Identity.from_str(secret) for secret in identities]
    if not sealed.startswith(_AGE):
        raise PackageRefused(Reason.SEAL, "not a binary age file")
    if sealed.count(b"\n", 0, sealed.find(b"\n--- ")) > _MOST_LINES:
        raise PackageRefused(Reason.SEAL, "a header without end")
    packed = io.BytesIO()
    try:
        # `pyrage.decrypt` reads the header anew for each piece of it: among 660 recipients 5 s instead of 0.15 s.
        pyrage.decrypt_io(io.BytesIO(sealed), packed, keys)
    except (pyrage.DecryptError, OSError) as error:
        raise PackageRefused(Reason.SEAL, str(error)) from error
    return _unpacked(packed.getbuffer(), size)


def _unpacked(packed: memoryview, size: int) -> bytes:
    import zstandard

    frame = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).decompressobj()
    out = bytearray()
    try:
        for at in range(0, len(packed), _SLICE):
            out += frame.decompress(packed[at : at + _SLICE])
            if len(out) > min(size, LARGEST_PACKAGE) or frame.unused_data:
                raise PackageRefused(Reason.SEALED_SIZE, "more than stated")
    except zstandard.ZstdError as error:
        raise PackageRefused(Reason.SEAL, str(error)) from error
    if not frame.eof or len(out) != size:
        raise PackageRefused(Reason.SEALED_SIZE, "less than stated")
    return bytes(out)
