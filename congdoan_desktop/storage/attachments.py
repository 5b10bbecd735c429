"""The pictures of an office: each in its own encrypted file beside the database, found by what it holds.

A file's name is a keyed hash of the picture's digest, so that neither name nor content tells anybody anything, and the
same picture is kept once. A picture is safe on the disk before a record names it, and goes only after the last record
has ceased to; what a cut leaves between the two is swept at the next opening, as the mark `unswept` says.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from congdoan_desktop.domain.attachments import is_digest
from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.errors import AppError
from congdoan_desktop.storage import files

FOLDER = "attachments"
SUFFIX = ".cdimg"
UNSWEPT = "unswept"
_MAGIC = b"CDIMG1\n"
_NONCE_BYTES = 12


class PictureMissing(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Ảnh này không có trên máy.",
            safe="Các mục và ảnh khác không bị ảnh hưởng.",
            todo="Nếu ảnh của đơn vị dưới thì xin gửi lại gói có kèm ảnh; nếu của mình thì mở bản sao lưu gần nhất.",
        )


class PictureDamaged(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Tệp của ảnh này bị hỏng.",
            safe="Các mục và ảnh khác không bị ảnh hưởng.",
            todo="Đính kèm lại ảnh gốc, hoặc lấy lại từ bản sao lưu.",
        )


class Pictures:
    """The pictures beside one database, addressed by digest (SHA-256 of the content, hex)."""

    def __init__(self, folder: Path, database_key: bytes) -> None:
        self.folder = folder / FOLDER
        keys = HKDF(algorithm=SHA256(), length=64, salt=None, info=b"congdoan attachments").derive(database_key)
        self._cipher, self._name_key = ChaCha20Poly1305(keys[:32]), keys[32:]
        self._unnamed: set[str] = set()

    def keep(self, data: bytes) -> str:
        """Put a picture on the disk, for good when this returns; its digest. One that is here already stays.

        Call `will_change` first, and `name` once a record or a draft names the digest; until then no sweep takes it.

        Raises: DiskRefused; nothing half is then left.
        """
        digest = sha256_hex(data)
        self._unnamed.add(digest)
        if self._opened(digest) is None:
            path = self._path(digest)
            nonce = os.urandom(_NONCE_BYTES)
            files.write_atomically(path, _MAGIC + nonce + self._cipher.encrypt(nonce, data, path.name.encode()))
        return digest

    def name(self, digests: Iterable[str]) -> None:
        """Records name these pictures now, or nobody ever will."""
        self._unnamed.difference_update(digests)

    def read(self, digest: str) -> bytes:
        """Raises: PictureMissing, PictureDamaged."""
        if not self.has(digest):
            raise PictureMissing
        data = self._opened(digest)
        if data is None:
            raise PictureDamaged
        return data

    def sound(self, digest: str) -> bytes | None:
        """The picture, None where it is missing or damaged."""
        return self._opened(digest)

    def has(self, digest: str) -> bool:
        """Whether its file is here, sound or not."""
        return is_digest(digest) and self._path(digest).is_file()

    def will_change(self) -> None:
        """Note on the disk that files may soon be here which no record names, or which one has ceased to name.

        Raises: DiskRefused.
        """
        if not self.folder.is_dir():
            with files.explained():
                self.folder.mkdir(mode=0o700)
                files.sync_folder(self.folder.parent)
        if not self.is_unswept:
            files.write_atomically(self.folder / UNSWEPT, b"")

    @property
    def is_unswept(self) -> bool:
        return (self.folder / UNSWEPT).is_file()

    def sweep(self, wanted: Iterable[str]) -> int:
        """Remove for good all but the pictures of these digests; how many went.

        Raises: DiskRefused.
        """
        if not self.folder.is_dir():
            return 0
        keep = {self._path(digest).name for digest in {*wanted, *self._unnamed}}
        with files.explained():
            gone = [path for path in self.folder.iterdir() if path.name not in keep | {UNSWEPT}]
            for path in gone:
                path.unlink()
            files.sync_folder(self.folder)
            (self.folder / UNSWEPT).unlink(missing_ok=True)
        return len(gone)

    def _path(self, digest: str) -> Path:
        name = hmac.new(self._name_key, bytes.fromhex(digest), hashlib.sha256).hexdigest()
        return self.folder / (name + SUFFIX)

    def _opened(self, digest: str) -> bytes | None:
        path = self._path(digest)
        with suppress(OSError):
            data = self._decrypted(path.name, path.read_bytes())
            return data if data is not None and sha256_hex(data) == digest else None
        return None

    def _decrypted(self, name: str, stored: bytes) -> bytes | None:
        at = len(_MAGIC) + _NONCE_BYTES
        if not stored.startswith(_MAGIC) or len(stored) < at:
            return None
        try:
            return self._cipher.decrypt(stored[len(_MAGIC) : at], stored[at:], name.encode())
        except InvalidTag:
            return None


def stored(folder: Path) -> list[Path]:
    """The files of pictures in a data folder, in order."""
    return sorted((folder / FOLDER).glob(f"*{SUFFIX}"))
