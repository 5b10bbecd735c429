"""The erasing revisions, kept beside the database too, so that restoring an old backup cannot bring a text back.

They hold no personal part, but what they say about a support is nobody else's business: each is sealed with a key that
comes from the database's. A line sealed for another database is left alone.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from congdoan_desktop.domain.revisions import Revision, revision_of
from congdoan_desktop.storage.files import write_atomically

FILE = "erasures"
_NONCE_BYTES = 12


def remember(folder: Path, database_keys: Iterable[bytes], erasures: Iterable[Revision]) -> None:
    """`database_keys`: ours and those before it, which open older backups.

    Raises: DiskRefused.
    """
    wanted, new = list(erasures), list[bytes]()
    for key in database_keys if wanted else ():
        held = {revision.hash for revision in remembered(folder, key)}
        new += [_sealed(key, revision.body) for revision in wanted if revision.hash not in held]
    if new:
        write_atomically(folder / FILE, b"".join(line + b"\n" for line in (*_lines(folder), *new)))


def sealed_anew(folder: Path, old: bytes, new: bytes) -> bytes:
    """The file with all that is sealed for the old key sealed for the new one too."""
    again = [_sealed(new, revision.body) for revision in remembered(folder, old)]
    return b"".join(line + b"\n" for line in (*_lines(folder), *again))


def remembered(folder: Path, database_key: bytes) -> list[Revision]:
    """The erasing revisions of this database, oldest first."""
    return list(_opened(folder, database_key))


def _opened(folder: Path, database_key: bytes) -> Iterator[Revision]:
    cipher = _cipher(database_key)
    for line in _lines(folder):
        try:
            raw = base64.b64decode(line)
            yield revision_of(cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None))
        except (ValueError, InvalidTag):
            continue


def _lines(folder: Path) -> list[bytes]:
    path = folder / FILE
    return path.read_bytes().splitlines() if path.is_file() else []


def _sealed(database_key: bytes, body: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return base64.b64encode(nonce + _cipher(database_key).encrypt(nonce, body, None))


def _cipher(database_key: bytes) -> ChaCha20Poly1305:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"congdoan erasures").derive(database_key)
    return ChaCha20Poly1305(key)
