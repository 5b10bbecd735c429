"""An office whose database an old program left: its schema and its tables are those of the first release."""

from __future__ import annotations

import shutil
from pathlib import Path

from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage import rows
from congdoan_desktop.storage.engine import Database, connect
from congdoan_desktop.storage.folder import DATABASE, KEYRING
from congdoan_desktop.storage.keyring import KdfCost, Keyring

PASSPHRASE = "mat khau 2024"
_KEPT = Path(__file__).resolve().parent / "data" / "schemas" / "0001.db"
_KEY = bytes(range(32))


def lay_out(folder: Path, cost: KdfCost) -> str:
    """A folder as the old program left it; returns the slot of its officer."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(_KEPT, folder / DATABASE)
    officer = _officer(folder)
    ring = Keyring(SAMPLE, "Công đoàn xã Mường Kim").with_slot(officer, "Lò Thị Hoa", PASSPHRASE.encode(), _KEY, cost)
    keyrings.save(ring, folder / KEYRING)
    return officer


def projection_version(folder: Path) -> str | None:
    """Of which version the tables in the file are."""
    database = Database(folder / DATABASE, _KEY)
    try:
        with database.read() as connection:
            return rows.settings(connection).get("projection_version")
    finally:
        database.close()


def _officer(folder: Path) -> str:
    """The one in the books. The kept database's packages are no package's bytes: no office opens with them."""
    connection = connect(folder / DATABASE, _KEY)
    for table in ("trust_versions", "deliveries", "packages_in", "outbox"):
        connection.execute(f"DELETE FROM {table}")
    ((found,),) = connection.execute("SELECT id FROM officers").fetchall()
    connection.close()
    return str(found)
