"""The one place that knows the database's dialect: an SQLCipher file, one connection, one thread, explicit BEGIN.

`journal_mode=TRUNCATE` with `synchronous=FULL` is the mode that lost nothing in simulated power cuts.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from congdoan_desktop.errors import AppError
from congdoan_desktop.storage.files import DiskRefused
from congdoan_desktop.turns import GaveWay, Turns, with_pauses

ORGANISATION, LOG_HEAD, LISTED, ORDERED, LONG_LISTS = "organisation", "log_head", "listed", "ordered", "long_lists"
"""Under these names the connection keeps the organisation tree, the end of the log, the members counted out of the
lists and the order of long lists between transactions; nobody else writes to the file meanwhile. A rollback forgets
them, but for those that are as they were before it: 600 packages are looked at in a transaction each that is not kept,
and reading the organisation anew each time took five times as long as looking. Long lists know by themselves whether
they still hold.
"""
_AS_BEFORE = (ORGANISATION, LOG_HEAD)
_WHO_WAITS = "who_waits"
_ASKED_EVERY = 10_000
"""Instructions of SQLite between two looks at who waits: about a millisecond."""
_READ, _WRITE = "BEGIN", "BEGIN IMMEDIATE"


class _Left(Exception):
    """Carries `GaveWay` through SQLAlchemy, which gives a connection up after anything that is no `Exception`."""


class DatabaseUnreadable(AppError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Không đọc được cơ sở dữ liệu {path.name}: tệp hỏng hoặc khoá không khớp.",
            safe="Chương trình chưa ghi gì vào tệp này.",
            todo="Mở bản sao lưu gần nhất; giữ lại tệp hỏng để người hỗ trợ xem.",
        )


def connect(
    path: Path, key: bytes, *, create: bool = False, synchronous: str = "FULL", one_thread: bool = True
) -> sqlcipher.Connection:
    """A keyed connection. `synchronous` is lowered only by the test that shows what FULL is for.

    Raises: DatabaseUnreadable when the file is missing (unless `create`), the key does not fit or the first page is
    damaged; DiskRefused.
    """
    if not create and not path.is_file():
        raise DatabaseUnreadable(path)
    try:
        connection = sqlcipher.connect(str(path), isolation_level=None, timeout=5.0, check_same_thread=one_thread)
    except sqlcipher.Error as error:
        raise translated(error, path) from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # our own sentences say it, and to those who can act
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_memory_security = OFF")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        # Decrypting a page is most of what a list costs: 32 MB of open ones hold the index of 50,000 people.
        connection.execute("PRAGMA cache_size = -32000")
    except sqlcipher.Error as error:
        connection.close()
        raise translated(error, path) from error
    except MemoryError as error:  # what SQLCipher says to some damaged first pages
        connection.close()
        raise DatabaseUnreadable(path) from error
    return connection


_DISK_REASONS = {
    "is full": "hết chỗ trống",
    "readonly": "thư mục chỉ cho đọc",
    "is locked": "tệp đang bị chương trình khác giữ",
    "disk i/o": "ổ đĩa báo lỗi",
    "unable to open": "không mở được tệp",
}
_DAMAGED = ("malformed", "not a database", "encrypted")


def translated(error: Exception, path: Path) -> Exception:
    """What the user can mend, or the error itself when it is our defect."""
    text = str(error).lower()
    if any(sign in text for sign in _DAMAGED):
        return DatabaseUnreadable(path)
    for sign, reason in _DISK_REASONS.items():
        if sign in text:
            return DiskRefused(reason)
    return error


def insert_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert what a save writes, straight to the driver: SQLAlchemy's work on each statement is a tenth of a save.

    `row` names columns of the table; those left out take the database's default. Returns the row's number.

    Raises: what the driver raises; `Database.write` explains it.
    """
    raw: Any = connection.connection.dbapi_connection
    return int(raw.execute(_insert(table.name, tuple(row)), _plain(row)).lastrowid)


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """`insert_row` for many rows that name the same columns in the same order, with no dates among the values."""
    if rows:
        insert_values(connection, table, tuple(rows[0]), [tuple(row.values()) for row in rows])


def fetch(connection: Connection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of a query that is asked for every package of a stick, straight from the driver.

    Raises: what the driver raises; `Database` explains it.
    """
    _look_who_waits(connection)
    raw: Any = connection.connection.dbapi_connection
    found: list[tuple[Any, ...]] = raw.execute(query, values).fetchall()
    return found


_Item = TypeVar("_Item")


def left_between(connection: Connection, items: Iterable[_Item], every: int = 64) -> Iterator[_Item]:
    """The items, of which much is computed between two statements: here too the transaction can be left."""
    return with_pauses(items, lambda: _look_who_waits(connection), every)


def _look_who_waits(connection: Connection) -> None:
    look: Callable[[], None] | None = connection.info.get(_WHO_WAITS)
    if look is not None:
        look()


def insert_values(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """`insert_rows` for rows that hold the values of these columns alone."""
    _look_who_waits(connection)
    raw: Any = connection.connection.dbapi_connection
    raw.executemany(_insert(table.name, columns), rows)


def _plain(row: Mapping[str, Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in row.values()]


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({named}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 - names are ours


class Database:
    """An open database. It belongs to the thread that opened it.

    `turns` knows who waits for it. What can be left is broken off between two statements and inside a long one.
    """

    def __init__(self, path: Path, key: bytes, *, synchronous: str = "FULL") -> None:
        self.path = path
        self.turns = Turns()
        self._left = False
        self._thread = threading.get_ident()
        self._engine: Engine = create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=lambda: connect(path, key, synchronous=synchronous),
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
        )
        self._connection: Connection = self._engine.connect()
        self._raw: Any = self._connection.connection.dbapi_connection
        self._ask_who_waits()

    def _ask_who_waits(self) -> None:
        """Within statements, before each, and where long computing says that it can be left."""
        self._connection.info[_WHO_WAITS] = self._before_statement
        self._raw.set_progress_handler(self._leaves, _ASKED_EVERY)
        event.listen(self._engine, "before_cursor_execute", self._before_statement)

    def close(self) -> None:
        if self._connection.closed:
            return
        # The driver's connection is no part of the cycles that Python finds; what it holds would never be let go.
        self._raw.set_progress_handler(None, 0)
        event.remove(self._engine, "before_cursor_execute", self._before_statement)
        self._connection.close()
        self._engine.dispose()

    def damage(self) -> list[str]:
        """What the file says is wrong with it: authentication of pages, structure, foreign keys; empty when sound."""
        found: list[str] = []
        for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
            try:
                rows = self._connection.exec_driver_sql(f"PRAGMA {pragma}").all()
            except DBAPIError as error:
                found.append(f"{pragma}: {error.orig}")
            else:
                found += [f"{pragma}: {row[0]}" for row in rows if row[0] != "ok"]
        return found

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction: everything inside sees one state."""
        with self._transaction(_READ) as connection:
            yield connection

    @contextmanager
    def write(self, *, leaves: bool = False) -> Iterator[Connection]:
        """A write transaction: committed when the block ends, rolled back when it raises.

        leaves: it may be broken off for somebody who waits; then it raises GaveWay and is to be done again.

        Raises: DiskRefused when the disk cannot take it, DatabaseUnreadable when a page is damaged; nothing of the
        block is then kept.
        """
        with self._transaction(_WRITE, leaves=leaves) as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str, *, leaves: bool = False) -> Iterator[Connection]:
        if threading.get_ident() != self._thread:
            raise RuntimeError("the database belongs to another thread")
        self.turns.begin(writes=begin != _READ, leaves=leaves)
        try:
            with self._whole(begin):
                yield self._connection
        finally:
            self.turns.end()

    @contextmanager
    def _whole(self, begin: str) -> Iterator[None]:
        info = self._connection.info
        before = {name: info[name] for name in _AS_BEFORE if name in info}
        self._left = False
        try:
            self._raw.execute(begin)
            yield
            self._raw.execute("COMMIT")
        except _Left:
            self._roll_back(before)
            raise GaveWay from None
        except (DBAPIError, sqlcipher.Error) as error:
            self._roll_back(before)
            if self._left:
                raise GaveWay from error
            raise self._explained(error) from error
        except BaseException:
            self._roll_back(before)
            raise

    def _leaves(self) -> bool:
        """Asked by SQLite within a statement, which ends with an error when it is to be left."""
        self._left = self.turns.wanted()
        return self._left

    def _before_statement(self, *_: object) -> None:
        if self.turns.wanted():
            raise _Left

    def _roll_back(self, before: Mapping[str, Any]) -> None:
        for kept in (ORGANISATION, LOG_HEAD, LISTED, ORDERED):
            self._connection.info.pop(kept, None)
        self._connection.info.update(before)
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")

    def _explained(self, error: DBAPIError | sqlcipher.Error) -> Exception:
        cause = error.orig if isinstance(error, DBAPIError) else error
        known = translated(cause, self.path) if isinstance(cause, Exception) else error
        return error if known is cause else known
