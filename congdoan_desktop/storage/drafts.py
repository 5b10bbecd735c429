"""Drafts of forms, in their own small encrypted file and connection, so that typing is safe while the database works."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from congdoan_desktop.storage.engine import DatabaseUnreadable, connect

FILE = "drafts.db"


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a form. `form` names the form, `record` the record edited ("" for a new one)."""

    form: str
    record: str
    values: dict[str, Any]
    at: str


class Drafts:
    """The drafts file of an office; used from the thread that opened it."""

    def __init__(self, folder: Path, database_key: bytes) -> None:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"congdoan drafts").derive(database_key)
        path = folder / FILE
        try:
            self._connection = connect(path, key)
        except DatabaseUnreadable:
            path.replace(path.with_suffix(".damaged"))
            self._connection = connect(path, key)
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS drafts (form TEXT, record TEXT, body TEXT, at TEXT, PRIMARY KEY (form, record))"
        )

    def keep(self, draft: Draft) -> None:
        body = json.dumps(draft.values, ensure_ascii=False)
        self._connection.execute(
            "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", (draft.form, draft.record, body, draft.at)
        )

    def find(self, form: str, record: str = "") -> Draft | None:
        row = self._connection.execute(
            "SELECT form, record, body, at FROM drafts WHERE form = ? AND record = ?", (form, record)
        ).fetchone()
        return _draft(row) if row else None

    def all(self) -> list[Draft]:
        rows = self._connection.execute("SELECT form, record, body, at FROM drafts ORDER BY at DESC")
        return [_draft(row) for row in rows]

    def drop(self, form: str, record: str = "") -> None:
        self._connection.execute("DELETE FROM drafts WHERE form = ? AND record = ?", (form, record))

    def close(self) -> None:
        self._connection.close()


def _draft(row: sqlcipher.Row) -> Draft:
    form, record, body, at = row
    return Draft(form, record, json.loads(body), at)
