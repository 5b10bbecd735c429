"""A new database key: all that is encrypted is written anew beside, and `storage.rekeyed` puts it into its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from congdoan_desktop.errors import Cancelled
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage import drafts, erasures, files, rekeyed
from congdoan_desktop.storage import folder as folders
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage.attachments import Pictures
from congdoan_desktop.storage.engine import connect, translated
from congdoan_desktop.storage.keyring import Keyring

FORMER_KEYS = "former_keys"
"""The setting that keeps the keys before this one: what is erased is sealed for the backups of their time too."""
DUE = "rekey_due"
"""The setting that says, since an officer was removed, that the key he may know still opens the office."""
_ASKED_EVERY = 200_000
_COPYING, _PICTURES = "Đang mã hoá lại cơ sở dữ liệu", "Đang mã hoá lại ảnh"


def prepare(folder: Path, old: bytes, new: bytes, keyring: Keyring, digests: Iterable[str], progress: Progress) -> None:
    """Write everything under the new key, beside. Nothing of the office changes; nobody may write meanwhile.

    keyring: as it is, around the old key. digests: the pictures that records or drafts name.

    Raises: Cancelled, DiskRefused, DatabaseUnreadable; what was written beside is then gone.
    """
    place = folder / rekeyed.FOLDER
    rekeyed.forget(folder)
    try:
        with files.explained():
            place.mkdir(mode=0o700)
        _copy(folder / folders.DATABASE, old, place / folders.DATABASE, new, progress)
        _remember_former(place / folders.DATABASE, old, new)
        former, later = drafts.key_of(old), drafts.key_of(new)
        _copy(folder / drafts.FILE, former, place / drafts.FILE, later, Progress())
        _copy_pictures(Pictures(folder, old), Pictures(place, new), list(digests), progress)
        files.write_atomically(place / erasures.FILE, erasures.sealed_anew(folder, old, new))
        keyrings.save(keyring.with_key(new), place / folders.KEYRING)
        files.write_atomically(place / rekeyed.READY, b"")
    except BaseException:
        rekeyed.forget(folder)
        raise


def former_keys(settings: Mapping[str, str]) -> tuple[bytes, ...]:
    """Out of the office's settings, the keys that opened it before."""
    return tuple(bytes.fromhex(key) for key in json.loads(settings.get(FORMER_KEYS, "[]")))


def _copy(path: Path, old: bytes, target: Path, new: bytes, progress: Progress) -> None:
    """Every page is written anew; the copy is safe on the disk and was read through when this returns."""
    size = max(path.stat().st_size, 1)
    stopped: list[Cancelled] = []

    def ask() -> int:
        done = target.stat().st_size if target.is_file() else 0
        try:
            progress.step(min(done, size), size, _COPYING)
        except Cancelled as error:
            stopped.append(error)
        return len(stopped)

    progress.step(0, size, _COPYING)
    source = connect(path, old, one_thread=False)
    try:
        source.set_progress_handler(ask, _ASKED_EVERY)
        source.execute(f"ATTACH DATABASE ? AS fresh KEY \"x'{new.hex()}'\"", (str(target),))
        source.execute("PRAGMA fresh.synchronous = FULL")
        source.execute("SELECT sqlcipher_export('fresh')")
        source.set_progress_handler(None, 0)
        source.execute("DETACH DATABASE fresh")
    except sqlcipher.Error as error:
        raise stopped[0] if stopped else translated(error, path) from error
    finally:
        source.close()
    _check(target, new)
    progress.step(size, size, _COPYING)


def _check(path: Path, key: bytes) -> None:
    """Raises: DatabaseUnreadable."""
    copy = connect(path, key)
    try:
        wrong = copy.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        copy.close()
    if wrong:
        raise translated(sqlcipher.DatabaseError("malformed"), path)


def _remember_former(path: Path, old: bytes, new: bytes) -> None:
    copy = connect(path, new)
    try:
        held = dict(copy.execute("SELECT key, value FROM meta WHERE key = ?", (FORMER_KEYS,)).fetchall())
        keys = [key.hex() for key in (*former_keys(held), old)]
        copy.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (FORMER_KEYS, json.dumps(keys)))
        copy.execute("DELETE FROM meta WHERE key = ?", (DUE,))
    finally:
        copy.close()


def _copy_pictures(source: Pictures, target: Pictures, digests: list[str], progress: Progress) -> None:
    """One that is missing or damaged stays so."""
    with files.explained():
        target.folder.mkdir(mode=0o700)
    for done, digest in enumerate(digests):
        progress.step(done, len(digests), _PICTURES)
        if (data := source.sound(digest)) is not None:
            target.keep(data)
