"""keyring.json: the random database key, wrapped once for each officer and once for the printed recovery sheet.

Argon2id makes an X25519 key pair of a slot's secret, and the database key is sealed to its public half
(ChaCha20-Poly1305), which the slot names: so a new database key can be sealed to everybody who stays, without anybody's
passphrase. The slot's name is bound into the seal, so slots cannot be exchanged. The file ends with a checksum, so that
damage is named as damage and nobody looks for a forgotten passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from congdoan_desktop.errors import AppError
from congdoan_desktop.storage.files import write_atomically

KEY_BYTES = 32
RECOVERY_BYTES = 16
SALT_BYTES, NONCE_BYTES, TAG_BYTES, PUBLIC_BYTES = 16, 12, 16, 32
FORMAT = 2
_FORMATS = (1, FORMAT)
"""In the first one the key was sealed with what Argon2id made of the secret; such a slot names no public half."""
RECOVERY_SLOT = "recovery"
_LARGEST_COST = (1024 * 1024, 64, 64)
"""Memory in KiB, passes, lanes: what no file of ours reaches and no laptop should be asked for."""


class WrongPassphrase(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Mật khẩu chưa đúng.",
            safe="Dữ liệu vẫn nguyên vẹn.",
            todo="Gõ lại (xem phím Caps Lock và bộ gõ tiếng Việt), hoặc mở bằng phiếu khôi phục.",
        )


class KeyringDamaged(AppError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Tệp khoá {path.name} bị hỏng hoặc thiếu.",
            safe="Cơ sở dữ liệu chưa bị đụng tới.",
            todo="Chép lại tệp này từ bản sao lưu gần nhất rồi mở lại chương trình.",
        )


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Argon2id cost: memory in KiB, passes, lanes. Tests lower it; files remember what they were made with."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open the database: an officer's passphrase or the recovery secret."""

    name: str
    label: str
    salt: str
    nonce: str
    sealed: str
    memory_kib: int
    passes: int
    lanes: int
    public: str = ""
    ephemeral: str = ""


@dataclass(frozen=True, slots=True)
class Keyring:
    """All slots of one office. `realm` is "real" or "sample"; `unit_name` is shown before anybody has unlocked."""

    realm: str
    unit_name: str
    slots: tuple[Slot, ...] = ()

    def with_slot(self, name: str, label: str, secret: bytes, key: bytes, cost: KdfCost) -> Keyring:
        slot = _seal(name, label, secret, key, cost)
        return replace(self, slots=(*(s for s in self.slots if s.name != name), slot))

    def without_slot(self, name: str) -> Keyring:
        return replace(self, slots=tuple(slot for slot in self.slots if slot.name != name))

    def with_key(self, key: bytes) -> Keyring:
        """The same slots, opened by the same secrets, around another key.

        Raises: ValueError where one cannot follow: the owner of an old one must have opened the office once since.
        """
        return replace(self, slots=tuple(_sealed_to(slot, _raw(slot.public), key) for slot in self.slots))

    def open(self, name: str, secret: bytes) -> bytes:
        """The database key.

        Raises: WrongPassphrase when no slot of that name opens with the secret.
        """
        for slot in self.slots:
            if slot.name == name:
                return _unseal(slot, secret)
        raise WrongPassphrase


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def new_recovery_secret() -> bytes:
    return os.urandom(RECOVERY_BYTES)


def save(keyring: Keyring, path: Path) -> None:
    """Raises: DiskRefused."""
    content = {"format": FORMAT, **asdict(keyring)}
    write_atomically(path, json.dumps({**content, "check": _checksum(content)}, ensure_ascii=False, indent=1).encode())


def load(path: Path) -> Keyring:
    """Raises: KeyringDamaged when the file is missing or is no keyring."""
    try:
        raw: dict[str, Any] = json.loads(path.read_bytes())
        if raw.pop("check") != _checksum(raw) or raw.pop("format") not in _FORMATS:
            raise KeyringDamaged(path)
        slots = tuple(Slot(**slot) for slot in raw.pop("slots"))
        if not all(_is_ours(slot) for slot in slots):
            raise KeyringDamaged(path)
        return Keyring(**raw, slots=slots)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise KeyringDamaged(path) from error


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _is_ours(slot: Slot) -> bool:
    sizes = tuple(len(_raw(part)) for part in (slot.salt, slot.nonce, slot.sealed))
    halves = tuple(len(_raw(part)) for part in (slot.public, slot.ephemeral))
    affordable = all(1 <= cost <= most for cost, most in zip(_cost(slot), _LARGEST_COST, strict=True))
    known = halves in ((0, 0), (PUBLIC_BYTES, PUBLIC_BYTES))
    return sizes == (SALT_BYTES, NONCE_BYTES, KEY_BYTES + TAG_BYTES) and known and affordable


def _raw(text: str) -> bytes:
    return base64.b64decode(text)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _cost(slot: Slot) -> tuple[int, int, int]:
    return slot.memory_kib, slot.passes, slot.lanes


# The cryptography is loaded where it is used: the unlock window only reads whose names stand on the slots.


def _derive(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(secret)


def _seal(name: str, label: str, secret: bytes, key: bytes, cost: KdfCost) -> Slot:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    salt = os.urandom(SALT_BYTES)
    public = X25519PrivateKey.from_private_bytes(_derive(secret, salt, cost)).public_key().public_bytes_raw()
    slot = Slot(name, label, _text(salt), "", "", cost.memory_kib, cost.passes, cost.lanes)
    return _sealed_to(slot, public, key)


def _sealed_to(slot: Slot, public: bytes, key: bytes) -> Slot:
    """Raises: ValueError for a slot that names no public half."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    once, nonce = X25519PrivateKey.generate(), os.urandom(NONCE_BYTES)
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    sealed = ChaCha20Poly1305(_wrapping(shared, ephemeral, public)).encrypt(nonce, key, slot.name.encode())
    return replace(
        slot, nonce=_text(nonce), sealed=_text(sealed), public=_text(public), ephemeral=_text(ephemeral)
    )  # fmt: skip


def _unseal(slot: Slot, secret: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    derived = _derive(secret, _raw(slot.salt), KdfCost(*_cost(slot)))
    wrapping = _agreed(slot, derived) if slot.ephemeral else derived
    try:
        return ChaCha20Poly1305(wrapping).decrypt(_raw(slot.nonce), _raw(slot.sealed), slot.name.encode())
    except InvalidTag as error:
        raise WrongPassphrase from error


def _agreed(slot: Slot, derived: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    own, ephemeral = X25519PrivateKey.from_private_bytes(derived), _raw(slot.ephemeral)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    except ValueError as error:  # a point of small order, which no program of ours writes
        raise WrongPassphrase from error
    return _wrapping(shared, ephemeral, own.public_key().public_bytes_raw())


def _wrapping(shared: bytes, ephemeral: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=ephemeral + public, info=b"congdoan slot")
    return kdf.derive(shared)
