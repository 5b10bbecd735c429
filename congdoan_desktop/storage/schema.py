"""The schema's versions: a new database, an old one brought up on a copy, a newer one refused.

The migration works on a copy, is checked, and only then replaces the file; the old file stays as a backup.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher

from congdoan_desktop.errors import AppError
from congdoan_desktop.storage import files
from congdoan_desktop.storage.engine import DatabaseUnreadable, connect, translated

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = ("0001", "0002", "0003", "0004", "0005")
"""Every schema ever released, oldest first."""

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


class NewerDatabase(AppError):
    def __init__(self, version: str) -> None:
        super().__init__(
            f"Cơ sở dữ liệu này do bản chương trình mới hơn ghi (lược đồ {version}).",
            safe="Chương trình không đụng vào dữ liệu.",
            todo="Cài bản Công đoàn Desktop mới rồi mở lại.",
        )


class MigrationFailed(AppError):
    def __init__(self, detail: str) -> None:
        super().__init__(
            f"Nâng cấp cơ sở dữ liệu không qua được bước kiểm tra ({detail}).",
            safe="Tệp cũ còn nguyên và vẫn đang được dùng.",
            todo="Gửi bản sao lưu cho người hỗ trợ; tạm dùng bản chương trình trước.",
        )


def create(path: Path, key: bytes) -> None:
    """Make an empty database of the newest schema; a half-made one never bears the final name.

    Raises: DiskRefused.
    """
    part = _fresh_part(path)
    connect(part, key, create=True).close()
    _upgrade(part, key)
    _take_place(part, path)


def prepare(path: Path, key: bytes) -> None:
    """Bring an existing database to the newest schema.

    Raises: NewerDatabase, DatabaseUnreadable, MigrationFailed, DiskRefused.
    """
    version = _version(path, key)
    if version == VERSIONS[-1]:
        return
    if version not in VERSIONS:
        raise NewerDatabase(version)
    copy = _fresh_part(path)
    files.copy_synced(path, copy)
    _upgrade(copy, key)
    _check(copy, key, before=path)
    files.copy_synced(path, path.with_name(f"{path.stem}-{version}{path.suffix}"))
    _take_place(copy, path)


def _fresh_part(path: Path) -> Path:
    """The name to work under, cleared. A journal left by a cut would otherwise be played into the new file."""
    part = path.with_name(path.name + ".new")
    files.remove_database(part)
    return part


def _take_place(part: Path, path: Path) -> None:
    part.replace(path)
    files.remove_database(part)
    files.sync_folder(path.parent)


def _version(path: Path, key: bytes) -> str:
    connection = connect(path, key)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is None:
            raise DatabaseUnreadable(path)
        return str(row[0])
    except sqlcipher.DatabaseError as error:
        raise DatabaseUnreadable(path) from error
    finally:
        connection.close()


def _upgrade(path: Path, key: bytes) -> None:
    """Raises: DiskRefused, DatabaseUnreadable."""
    from alembic import command
    from sqlalchemy.exc import DBAPIError

    try:
        command.upgrade(_config(path, key), "head")
    except DBAPIError as error:
        known = translated(error.orig, path) if isinstance(error.orig, sqlcipher.Error) else error
        raise (error if known is error.orig else known) from error


def _config(path: Path, key: bytes) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["database"] = (path, key)
    return config


def _check(copy: Path, key: bytes, *, before: Path) -> None:
    counts = []
    for path in (before, copy):
        connection = connect(path, key)
        try:
            counts.append(connection.execute("SELECT count(*) FROM revisions").fetchone()[0])
            if path is copy:
                _sound(connection.execute("PRAGMA integrity_check").fetchall(), "integrity_check", [("ok",)])
                _sound(connection.execute("PRAGMA foreign_key_check").fetchall(), "foreign_key_check", [])
        finally:
            connection.close()
    _sound(counts[1], "số bản ghi", counts[0])


def _sound(found: object, name: str, expected: object) -> None:
    if found != expected:
        raise MigrationFailed(name)
