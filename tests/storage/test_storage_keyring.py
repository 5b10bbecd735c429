"""The keyring: who opens it, and that damage is named as damage."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.storage.keyring import (
    RECOVERY_SLOT,
    KdfCost,
    Keyring,
    KeyringDamaged,
    WrongPassphrase,
    load,
    new_key,
    new_recovery_secret,
    save,
)

KEPT = Path(__file__).resolve().parent.parent / "data" / "keyrings"
KEY = new_key()
RECOVERY = new_recovery_secret()


@pytest.fixture
def keyring(cheap_kdf: KdfCost) -> Keyring:
    empty = Keyring("real", "Công đoàn xã Mường Kim")
    one = empty.with_slot("hoa", "Lò Thị Hoa", b"buoi sang", KEY, cheap_kdf)
    two = one.with_slot("dung", "Vàng A Dũng", b"buoi chieu", KEY, cheap_kdf)
    return two.with_slot(RECOVERY_SLOT, "Phiếu khôi phục", RECOVERY, KEY, cheap_kdf)


def test_every_slot_opens_the_same_key(keyring: Keyring, tmp_path: Path) -> None:
    save(keyring, tmp_path / "keyring.json")
    again = load(tmp_path / "keyring.json")
    assert again == keyring
    assert {
        again.open("hoa", b"buoi sang"),
        again.open("dung", b"buoi chieu"),
        again.open(RECOVERY_SLOT, RECOVERY),
    } == {KEY}


@pytest.mark.parametrize(
    ("slot", "secret"), [("hoa", b"buoi chieu"), ("hoa", b""), ("nobody", b"buoi sang"), (RECOVERY_SLOT, b"buoi sang")]
)
def test_wrong_passphrases_open_nothing(keyring: Keyring, slot: str, secret: bytes) -> None:
    with pytest.raises(WrongPassphrase):
        keyring.open(slot, secret)


def test_slots_cannot_be_exchanged(keyring: Keyring) -> None:
    hoa, dung, _ = keyring.slots
    exchanged = replace(keyring, slots=(replace(hoa, name="dung"), replace(dung, name="hoa")))
    for slot, secret in (("dung", b"buoi sang"), ("hoa", b"buoi chieu")):
        with pytest.raises(WrongPassphrase):
            exchanged.open(slot, secret)


def test_a_new_passphrase_takes_the_old_ones_place(keyring: Keyring, cheap_kdf: KdfCost) -> None:
    changed = keyring.with_slot("hoa", "Lò Thị Hoa", b"mat khau moi", KEY, cheap_kdf)
    assert len(changed.slots) == 3
    assert changed.open("hoa", b"mat khau moi") == KEY
    with pytest.raises(WrongPassphrase):
        changed.open("hoa", b"buoi sang")


def test_the_key_is_nowhere_in_the_file(keyring: Keyring, tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    save(keyring, path)
    data = path.read_bytes()
    assert KEY not in data
    assert KEY.hex().encode() not in data
    assert RECOVERY.hex().encode() not in data


def test_every_cut_and_every_flipped_byte_is_damage(keyring: Keyring, tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    save(keyring, path)
    whole = path.read_bytes()
    for position in range(len(whole)):
        for broken in (whole[:position], whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]):
            path.write_bytes(broken)
            with pytest.raises(KeyringDamaged):
                load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyringDamaged):
        load(tmp_path / "keyring.json")


OTHER_CONTENT: dict[str, Any] = {
    "nothing": b"",
    "not JSON": b"{",
    "a list": b"[]",
    "a number": b"7",
    "deep": b"[" * 100_000,
    "not UTF-8": b"\xff",
    "no checksum": b'{"format": 1, "slots": []}',
}


@pytest.mark.parametrize("content", OTHER_CONTENT.values(), ids=OTHER_CONTENT.keys())
def test_what_is_no_keyring(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    path.write_bytes(content)
    with pytest.raises(KeyringDamaged):
        load(path)


@pytest.mark.parametrize(
    "change", [{"memory_kib": 2**40}, {"passes": 10**9}, {"lanes": 0}, {"memory_kib": "8"}, {"salt": None}], ids=str
)
def test_a_well_formed_file_cannot_ask_for_the_impossible(
    keyring: Keyring, tmp_path: Path, change: dict[str, Any]
) -> None:
    path = tmp_path / "keyring.json"
    save(replace(keyring, slots=tuple(replace(slot, **change) for slot in keyring.slots)), path)
    with pytest.raises((KeyringDamaged, WrongPassphrase)):
        load(path).open("hoa", b"buoi sang")


def test_a_newer_format_is_not_guessed_at(keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keyring.json"
    monkeypatch.setattr("congdoan_desktop.storage.keyring.FORMAT", 3)
    save(keyring, path)
    monkeypatch.undo()
    assert json.loads(path.read_bytes())["format"] == 3
    with pytest.raises(KeyringDamaged):
        load(path)


def test_another_key_is_sealed_for_the_same_secrets(keyring: Keyring, tmp_path: Path) -> None:
    other = new_key()
    followed = keyring.without_slot("dung").with_key(other)
    save(followed, tmp_path / "keyring.json")
    again = load(tmp_path / "keyring.json")
    assert {again.open("hoa", b"buoi sang"), again.open(RECOVERY_SLOT, RECOVERY)} == {other}
    for slot, secret in (("hoa", b"buoi chieu"), ("dung", b"buoi chieu")):
        with pytest.raises(WrongPassphrase):
            again.open(slot, secret)
    assert keyring.open("dung", b"buoi chieu") == KEY


def test_the_first_format_opens_and_can_follow_once_its_owner_came(cheap_kdf: KdfCost) -> None:
    old = load(KEPT / "1.json")
    key = bytes(range(32))
    assert old.open("hoa", b"buoi sang") == old.open(RECOVERY_SLOT, bytes(range(16))) == key
    with pytest.raises(ValueError, match="key"):
        old.with_key(new_key())
    came = old.with_slot("hoa", "Lò Thị Hoa", b"buoi sang", key, cheap_kdf).without_slot(RECOVERY_SLOT)
    other = new_key()
    assert came.with_key(other).open("hoa", b"buoi sang") == other
