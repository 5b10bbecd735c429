"""keyring.json: the random database key, wrapped once for each officer and once for the printed recovery sheet.

Slots use Argon2id and ChaCha20-Poly1305; the slot's name is bound into the seal, so slots cannot be exchanged. The file
ends with a checksum, so that damage is named as damage and nobody looks for a forgotten passphrase.
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
SALT_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16
FORMAT = 1
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
        if raw.pop("check") != _checksum(raw) or raw.pop("format") != FORMAT:
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
    sizes = tuple(len(part) for part in _parts(slot))
    affordable = all(1 <= cost <= most for cost, most in zip(_cost(slot), _LARGEST_COST, strict=True))
    return sizes == (SALT_BYTES, NONCE_BYTES, KEY_BYTES + TAG_BYTES) and affordable


def _parts(slot: Slot) -> tuple[bytes, bytes, bytes]:
    """Salt, nonce and sealed key."""
    return base64.b64decode(slot.salt), base64.b64decode(slot.nonce), base64.b64decode(slot.sealed)


def _cost(slot: Slot) -> tuple[int, int, int]:
    return slot.memory_kib, slot.passes, slot.lanes


# The cryptography is loaded where it is used: the unlock window only reads whose names stand on the slots.


def _derive(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(secret)


def _seal(name: str, label: str, secret: bytes, key: bytes, cost: KdfCost) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    sealed = ChaCha20Poly1305(_derive(secret, salt, cost)).encrypt(nonce, key, name.encode())
    salt_text, nonce_text, sealed_text = (base64.b64encode(part).decode() for part in (salt, nonce, sealed))
    return Slot(name, label, salt_text, nonce_text, sealed_text, cost.memory_kib, cost.passes, cost.lanes)


def _unseal(slot: Slot, secret: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce, sealed = _parts(slot)
    cost = KdfCost(*_cost(slot))
    try:
        return ChaCha20Poly1305(_derive(secret, salt, cost)).decrypt(nonce, sealed, slot.name.encode())
    except InvalidTag as error:
        raise WrongPassphrase from error
