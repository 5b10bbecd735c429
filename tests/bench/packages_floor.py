"""The floor of importing packages: what cannot be left out, done with the libraries alone on the same bytes.

SHA-256 of each file, its Ed25519 signature, age, inflating, and the very rows that the import wrote, taken ready from
its database and inserted by bare `executemany`, one transaction for each package, under the same cipher and the same
durability. There are two of them, because most of the time goes into pages of tables, not into rows:

- `floor` inserts into the tables of the program, with their keys and indexes. Without these nothing could be found
  again, a repeat not be told from a fork, and no list be shown; a page that a random key falls on is decrypted,
  journalled and encrypted again whoever inserts the row. This is the floor of the goal.
- `heap` inserts into tables that have no key and no index at all, as they were measured first. Nobody could work with
  these; the figure tells what the keys cost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.secret import PASSPHRASE

_ROWS = {
    "packages_in": "SELECT * FROM packages_in ORDER BY rowid",
    "proofs": "SELECT t.* FROM proofs t JOIN packages_in p USING (package_id) ORDER BY p.rowid",
    "revisions": "SELECT * FROM revisions WHERE type IN ('person', 'support') ORDER BY seq",
    "personal": "SELECT t.* FROM personal t JOIN revisions r ON r.seq = t.revision"
    " WHERE r.type IN ('person', 'support') ORDER BY r.seq",
    "deliveries": "SELECT * FROM deliveries ORDER BY revision",
    "p_person": "SELECT t.* FROM p_person t JOIN revisions r USING (hash) ORDER BY r.seq",
    "p_support": "SELECT t.* FROM p_support t JOIN revisions r USING (hash) ORDER BY r.seq",
    "log": "SELECT * FROM log WHERE action LIKE 'import:%' ORDER BY seq",
}
"""What the import wrote, table by table, package after package."""

_Insert = tuple[str, list[tuple[Any, ...]]]


def floor(office_folder: Path, stick: Path, packages: int) -> Callable[[], object]:
    """Beside the tables of the program. `office_folder` has imported the stick, of which each package is as large."""
    from congdoan_desktop.storage import keyring, schema
    from congdoan_desktop.storage.engine import Database, connect
    from congdoan_desktop.storage.rebuild import create_projections

    path, key = office_folder / "floor.db", keyring.new_key()
    schema.create(path, key)
    made = Database(path, key)
    with made.write() as connection:
        create_projections(connection)
    made.close()
    return _work(connect(path, key), office_folder, stick, packages)


def heap(office_folder: Path, stick: Path, packages: int) -> Callable[[], object]:
    """Beside tables without keys, indexes, types or rules."""
    from congdoan_desktop.storage import keyring
    from congdoan_desktop.storage.engine import connect

    bare = connect(office_folder / "heap.db", keyring.new_key(), create=True)
    return _work(bare, office_folder, stick, packages)


def _work(bare: Any, office_folder: Path, stick: Path, packages: int) -> Callable[[], object]:
    secret, rows = _imported(office_folder)
    there = {name for (name,) in bare.execute("SELECT name FROM sqlite_master")}
    for table, values in rows:
        assert len(values) % packages == 0
        if table not in there:
            bare.execute(f"CREATE TABLE {table} ({', '.join(f'c{n}' for n in range(len(values[0])))})")
    inserts = [(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values) for table, values in rows]
    paths = sorted((stick / "CONGDOAN").iterdir())
    assert len(paths) == packages

    def work() -> None:
        for at, path in enumerate(paths):
            _opened(path.read_bytes(), secret)
            bare.execute("BEGIN IMMEDIATE")
            for insert, values in _of_package(inserts, at, packages):
                bare.executemany(insert, values)
            bare.execute("COMMIT")

    return work


def _of_package(inserts: list[_Insert], at: int, packages: int) -> Iterator[_Insert]:
    for insert, values in inserts:
        size = len(values) // packages
        yield insert, values[at * size : (at + 1) * size]


def _imported(office_folder: Path) -> tuple[str, list[_Insert]]:
    """The age secret of the office, and the rows that the import wrote: table, rows in the order of the packages."""
    from congdoan_desktop.services import door, opening

    found = door.door(office_folder)
    assert found is not None
    office = opening.unlock(office_folder, found.officers[0][0], PASSPHRASE)
    with office.database.read() as connection:
        rows = [(table, [tuple(row) for row in connection.exec_driver_sql(query)]) for table, query in _ROWS.items()]
    office.close()
    return office.identity.key.age_secret, rows


def _opened(data: bytes, secret: str) -> None:
    """Hash, signature, age, inflating: with the libraries alone."""
    import pyrage  # type: ignore[import-untyped]  # it publishes no types
    import zstandard

    from congdoan_desktop.packages import container, sshsig

    top, files = container.unpack(data)
    hashlib.sha256(data).hexdigest()
    space = f"congdoan-{top.partition('-')[0]}@v1"
    sshsig.verify(files["signatures/1.sig"], files["tagmanifest-sha256.txt"], space)
    packed = pyrage.decrypt(files["data/records.age"], [pyrage.x25519.Identity.from_str(secret)])
    zstandard.ZstdDecompressor().decompress(packed)
