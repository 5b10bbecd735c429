"""Backups: one file with the encrypted database, its keyring, the encrypted pictures and the office's own forms,
checked before it counts.

A backup can be opened by the same passphrases and the same recovery sheet. Restoring leaves a mark in the folder, so
that the next opening starts new feeds and applies again what was erased since.
"""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from congdoan_desktop.errors import AppError
from congdoan_desktop.storage import attachments, files, rekeyed
from congdoan_desktop.storage.engine import connect
from congdoan_desktop.storage.files import write_atomically, writing_synced
from congdoan_desktop.storage.folder import (
    DATABASE,
    FORMS,
    KEYRING,
    FolderLock,
    begin_founding,
    finish_founding,
    is_office,
    make_private,
)

SUFFIX = ".cdbackup"
RESTORED = "restored"
REPLACED = "replaced"
_LARGEST = 2 * 1024**3
_FORM = re.compile(rf"{FORMS}/([^./\\:*?\"<>|\x00-\x1f][^/\\:*?\"<>|\x00-\x1f]*\.toml)")
"""A name that every system can keep."""
_PICTURE = re.compile(rf"{attachments.FOLDER}/([0-9a-f]{{64}}{re.escape(attachments.SUFFIX)})")


class BackupDamaged(AppError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Bản sao lưu {name} bị hỏng hoặc không phải bản sao lưu của chương trình.",
            safe="Dữ liệu đang có không bị đụng tới.",
            todo="Chọn bản sao lưu khác.",
        )


class FolderNotEmpty(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Thư mục đã có dữ liệu của một đơn vị.",
            safe="Không có gì bị ghi đè.",
            todo="Chọn thư mục trống để mở bản sao lưu.",
        )


def write_backup(folder: Path, key: bytes, target: Path) -> None:
    """Copy a quiet office (no open transaction) into a file, read it back, and only then call it `target`.

    Raises: BackupDamaged when what was read back does not verify, DiskRefused; an older `target` is then untouched.
    """
    new = target.with_name(target.name + ".new")
    try:
        _pack(folder, new)
        _verify(new, key)
        with files.explained():
            new.replace(target)
            files.sync_folder(target.parent)
    except BackupDamaged as error:
        raise BackupDamaged(target.name) from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def _pack(folder: Path, target: Path) -> None:
    with files.explained(), writing_synced(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for path in (folder / DATABASE, folder / KEYRING, *_forms(folder), *attachments.stored(folder)):
            archive.writestr(path.relative_to(folder).as_posix(), path.read_bytes())


def _forms(folder: Path) -> list[Path]:
    found = sorted((folder / FORMS).glob("*.toml"))
    return [path for path in found if path.is_file() and _FORM.fullmatch(path.relative_to(folder).as_posix())]


def restore_backup(source: Path, folder: Path, *, replace: bool = False) -> None:
    """Unpack a backup into an empty folder; with `replace` also into an office's, whose files are then set aside.

    Raises: BackupDamaged, FolderNotEmpty, FolderInUse, DiskRefused.
    """
    if is_office(folder) and not replace:
        raise FolderNotEmpty
    contents = _contents(source)
    make_private(folder)
    with FolderLock(folder):
        rekeyed.finish(folder)
        write_atomically(begin_founding(folder), contents[DATABASE])
        write_atomically(folder / RESTORED, b"")
        forms = {name: data for name, data in contents.items() if _FORM.fullmatch(name)}
        _set_aside(folder, (attachments.FOLDER, *([FORMS] if forms else [])))
        _unpack_pictures(source, folder)
        _unpack_forms(forms, folder)
        write_atomically(folder / KEYRING, contents[KEYRING])
        finish_founding(folder)


def _set_aside(folder: Path, inside: Sequence[str]) -> None:
    """Out of the way, not away: the newest data may be wanted when the backup turns out to be the wrong one."""
    present = [folder / name for name in (DATABASE, DATABASE + "-journal", KEYRING) if (folder / name).is_file()]
    if present:
        present += [path for path in (folder / name for name in inside) if path.is_dir()]
        told = (path.name.removeprefix(f"{REPLACED}-") for path in folder.glob(f"{REPLACED}-*"))
        last = max((int(number) for number in told if number.isdecimal()), default=0)
        aside = folder / f"{REPLACED}-{last + 1}"
        with files.explained():
            aside.mkdir()
            for path in present:
                path.replace(aside / path.name)
            files.sync_folder(aside)


def _unpack_forms(forms: Mapping[str, bytes], folder: Path) -> None:
    """A backup from before forms were in it leaves those that are there.

    Raises: DiskRefused.
    """
    if forms:
        with files.explained():
            (folder / FORMS).mkdir(exist_ok=True)
            files.sync_folder(folder)
    for name, data in forms.items():
        write_atomically(folder / name, data)


def _unpack_pictures(source: Path, folder: Path) -> None:
    """Raises: BackupDamaged, DiskRefused."""
    place = folder / attachments.FOLDER
    with files.explained():
        place.mkdir(mode=0o700, exist_ok=True)
        files.sync_folder(folder)
    for name, data in _pictures(source):
        write_atomically(place / name, data)


def _contents(source: Path) -> dict[str, bytes]:
    """Database, keyring and forms, of a backup of which every byte has been read."""
    with _opened(source) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if not _PICTURE.fullmatch(name)}
    for _ in _pictures(source):
        pass
    return found


def _pictures(source: Path) -> Iterator[tuple[str, bytes]]:
    """File name and encrypted content of each, one after the other: there may be more than fit into memory."""
    with _opened(source) as archive:
        for entry in archive.namelist():
            if name := _PICTURE.fullmatch(entry):
                yield name[1], archive.read(entry)


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    """Raises: BackupDamaged, also for what is read inside the block."""
    try:
        with zipfile.ZipFile(source) as archive:
            names = archive.namelist()
            known = [
                name
                for name in names
                if name in (DATABASE, KEYRING) or _PICTURE.fullmatch(name) or _FORM.fullmatch(name)
            ]
            whole = known == names and len(set(names)) == len(names) and {DATABASE, KEYRING} <= set(names)
            if not whole or not all(map(_as_written, archive.infolist())):
                raise BackupDamaged(source.name)
            yield archive
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BackupDamaged(source.name) from error


def _as_written(entry: zipfile.ZipInfo) -> bool:
    return entry.compress_type == zipfile.ZIP_STORED and entry.file_size <= _LARGEST


def _verify(target: Path, key: bytes) -> None:
    """Open the copy with SQLCipher and let it check the authentication code of every page."""
    probe = target.with_name(target.name + ".probe")
    write_atomically(probe, _contents(target)[DATABASE])
    try:
        connection = connect(probe, key)
        try:
            if connection.execute("PRAGMA cipher_integrity_check").fetchall():
                raise BackupDamaged(target.name)
        finally:
            connection.close()
    finally:
        probe.unlink(missing_ok=True)
