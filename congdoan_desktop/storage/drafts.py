"""Drafts of forms, in an encrypted file and connection of their own: typing is safe while the database works."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from congdoan_desktop.storage import files
from congdoan_desktop.storage.engine import DatabaseUnreadable, connect, translated

FILE = "drafts.db"
_TABLE = "CREATE TABLE IF NOT EXISTS drafts (form TEXT, record TEXT, body TEXT, at TEXT, PRIMARY KEY (form, record))"


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a form. `form` names the form, `record` the record edited ("" for a new one)."""

    form: str
    record: str
    values: dict[str, Any]
    at: str


class Drafts:
    """The drafts file of an office; safe from any thread, since typing must not wait for the database."""

    def __init__(self, folder: Path, database_key: bytes) -> None:
        key = key_of(database_key)
        self._path = folder / FILE
        self._lock = threading.RLock()
        try:
            self._open(key)
        except DatabaseUnreadable:
            files.copy_synced(self._path, self._path.with_suffix(".damaged"))
            files.remove_database(self._path)
            self._open(key)

    def _open(self, key: bytes) -> None:
        self._connection = connect(self._path, key, create=True, one_thread=False)
        try:
            self._run(_TABLE)
            self.all()
        except BaseException:
            self.close()
            raise

    def keep(self, draft: Draft) -> None:
        """Raises: DiskRefused."""
        body = json.dumps(draft.values, ensure_ascii=False)
        self._run("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", draft.form, draft.record, body, draft.at)

    def find(self, form: str, record: str = "") -> Draft | None:
        found = self._run("SELECT form, record, body, at FROM drafts WHERE form = ? AND record = ?", form, record)
        return _draft(found[0]) if found else None

    def all(self) -> list[Draft]:
        return [_draft(row) for row in self._run("SELECT form, record, body, at FROM drafts ORDER BY at DESC")]

    def drop(self, form: str, record: str = "") -> None:
        self._run("DELETE FROM drafts WHERE form = ? AND record = ?", form, record)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def exchanged(self, database_key: bytes) -> Iterator[None]:
        """Closed inside the block, where the file is exchanged for one under another key; who types waits."""
        with self._lock:
            self._connection.close()
            yield
            self._open(key_of(database_key))

    def _run(self, statement: str, *values: str) -> list[tuple[str, str, str, str]]:
        with self._lock:
            try:
                return list(self._connection.execute(statement, values))
            except sqlcipher.Error as error:
                raise translated(error, self._path) from error


def key_of(database_key: bytes) -> bytes:
    """The key of the drafts' file, which follows from the database's."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"congdoan drafts").derive(database_key)


def _draft(row: tuple[str, str, str, str]) -> Draft:
    form, record, body, at = row
    return Draft(form, record, json.loads(body), at)
