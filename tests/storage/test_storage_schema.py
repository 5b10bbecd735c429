"""The schema's versions: every one ever released opens, a newer one is refused, a migration cut anywhere is safe."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage import check, files, imports, projections, schema
from congdoan_desktop.storage.engine import Database, DatabaseUnreadable, connect
from congdoan_desktop.storage.files import DiskRefused
from congdoan_desktop.storage.rebuild import rebuild
from congdoan_desktop.storage.unit_of_work import Writer, unit_of_work
from tests.storage import next_schema
from tests.storage.conftest import KEY

KEPT = Path(__file__).resolve().parent.parent / "data" / "schemas"
DIGESTS = dict.fromkeys(schema.VERSIONS, "63509079ede525a03a360e7b7dc0f48d77e0ab61338cfa1a9573ca3b10edeaad")
"""What the kept databases show. A change of the projections changes them; the truth never changes."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of the oldest database."""
    path = tmp_path / "congdoan.db"
    shutil.copyfile(KEPT / "0001.db", path)
    return path


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_MIGRATIONS", next_schema.migrations(tmp_path))
    monkeypatch.setattr(schema, "VERSIONS", next_schema.VERSIONS)


def sql(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = connect(path, KEY)
    try:
        return connection.execute(statement).fetchall()  # type: ignore[no-any-return]
    finally:
        connection.close()


def shape(path: Path) -> list[tuple[object, ...]]:
    """Tables and indexes of the truth, by name and columns."""
    names = [str(row[0]) for row in sql(path, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    truth = [name for name in names if not name.startswith(("p_", "sqlite_"))]
    found = [(name, *row[1:]) for name in truth for row in sql(path, f"PRAGMA table_info({name})")]
    indexes = sql(path, "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' ORDER BY 1, 2")
    return found + [row for row in indexes if not str(row[0]).startswith("p_")]


def truth(path: Path) -> list[list[tuple[object, ...]]]:
    columns = "hash, record, type, unit, installation, generation, state, reason, local, body"
    others = ("log", "packages_in", "outbox", "trust_versions", "officers", "keys")
    by_hash = any(column[1] == "hash" for column in sql(path, "PRAGMA table_info(personal)"))
    revision = "r.hash = t.hash" if by_hash else "r.seq = t.revision"
    return [
        sql(path, f"SELECT {columns} FROM revisions ORDER BY seq"),
        sql(path, f"SELECT r.hash, salt, t.body FROM personal t LEFT JOIN revisions r ON {revision} ORDER BY r.hash"),
        sql(path, f"SELECT package_id, r.hash FROM deliveries t LEFT JOIN revisions r ON {revision} ORDER BY 1, 2"),
        *(sql(path, f"SELECT * FROM {name}") for name in others),
    ]


def test_every_version_is_kept() -> None:
    assert sorted(path.stem for path in KEPT.glob("*.db")) == list(schema.VERSIONS) == sorted(DIGESTS)


@pytest.mark.parametrize("version", schema.VERSIONS)
def test_every_version_opens(version: str, tmp_path: Path) -> None:
    path = tmp_path / "congdoan.db"
    shutil.copyfile(KEPT / f"{version}.db", path)
    before = truth(path)
    schema.prepare(path, KEY)
    assert truth(path) == before
    database = Database(path, KEY)
    with unit_of_work(database, Writer("", "", "", {}, None), Clock()) as work:
        assert rebuild(work, Progress()) == DIGESTS[version]
    with database.read() as connection:
        assert check.faults(connection, Progress()) == []
        row = connection.execute(projections.TABLES[Activity.TYPE].select()).mappings().one()
        assert projections.value_of(Activity.TYPE, row).participants == 45
    assert database.damage() == []
    database.close()


@pytest.mark.parametrize("version", schema.VERSIONS)
def test_an_old_one_ends_with_the_shape_of_a_new_one(version: str, tmp_path: Path) -> None:
    path, new = tmp_path / "congdoan.db", tmp_path / "new.db"
    shutil.copyfile(KEPT / f"{version}.db", path)
    schema.prepare(path, KEY)
    schema.create(new, KEY)
    assert shape(path) == shape(new)


def test_what_was_imported_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "congdoan.db"
    shutil.copyfile(KEPT / "0002.db", path)
    schema.prepare(path, KEY)
    database = Database(path, KEY)
    with database.read() as connection:
        (made,) = imports.listing(connection)
        assert (made.kind, dict(made.counts), made.undone_at) == ("members", {"new": 1}, "")
        assert [row.type for row in imports.written(connection, made.id)] == ["activity"]
        assert [name for _, name, _ in imports.matchings(connection)] == ["Danh sách kiểu 2019"]
    database.close()


def test_creating_leaves_one_file(tmp_path: Path) -> None:
    schema.create(tmp_path / "congdoan.db", KEY)
    assert [path.name for path in tmp_path.iterdir()] == ["congdoan.db"]


def test_a_newer_one_is_refused_untouched(old: Path) -> None:
    sql(old, "UPDATE alembic_version SET version_num = '9999'")
    before = old.read_bytes()
    with pytest.raises(schema.NewerDatabase, match="9999"):
        schema.prepare(old, KEY)
    assert old.read_bytes() == before


@pytest.mark.parametrize("statement", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_one_without_a_version_is_damaged(old: Path, statement: str) -> None:
    sql(old, statement)
    with pytest.raises(DatabaseUnreadable):
        schema.prepare(old, KEY)


@pytest.mark.usefixtures("next_version")
def test_an_old_one_is_migrated_on_a_copy_and_kept(old: Path) -> None:
    before, bytes_before = truth(old), old.read_bytes()
    schema.prepare(old, KEY)
    assert sql(old, "SELECT version_num FROM alembic_version") == [("next",)]
    assert truth(old) == before
    assert (old.parent / "congdoan-0001.db").read_bytes() == bytes_before
    assert {path.name for path in old.parent.iterdir() if path.is_file()} <= {
        "congdoan.db",
        "congdoan-0001.db",
        "congdoan.db-journal",
    }


@pytest.mark.usefixtures("next_version")
def test_a_journal_left_by_a_cut_is_not_played_into_the_copy(old: Path) -> None:
    (old.parent / "congdoan.db.new").write_bytes(b"half a copy")
    shutil.copyfile(KEPT / "0001.db", old.parent / "congdoan.db.new-journal")
    before = truth(old)
    schema.prepare(old, KEY)
    assert truth(old) == before


@pytest.mark.usefixtures("next_version")
def test_a_migration_that_loses_rows_does_not_count(old: Path) -> None:
    step = schema._MIGRATIONS / "versions" / "next.py"
    step.write_text(next_schema.STEP + '    op.execute("DELETE FROM revisions WHERE seq = 1")\n', "utf-8")
    before = old.read_bytes()
    with pytest.raises(schema.MigrationFailed):
        schema.prepare(old, KEY)
    assert old.read_bytes() == before
    assert not (old.parent / "congdoan-0001.db").exists()


class Cut(BaseException):
    """The power went."""


STEPS: dict[str, tuple[object, str]] = {
    "before the copy": (files, "copy_synced"),
    "before the migration": (schema, "_upgrade"),
    "before the check": (schema, "_check"),
    "before the swap": (schema, "_take_place"),
    "before the folder is synced": (files, "sync_folder"),
}


@pytest.mark.usefixtures("next_version")
@pytest.mark.parametrize("step", STEPS)
def test_cut_at_every_step_and_opened_again(step: str, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = truth(old)
    owner, name = STEPS[step]

    def cut(*arguments: object, **options: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, cut)
        with pytest.raises(Cut):
            schema.prepare(old, KEY)
    assert truth(old) == before
    schema.prepare(old, KEY)
    assert truth(old) == before
    assert sql(old, "SELECT version_num FROM alembic_version") == [("next",)]


@pytest.mark.usefixtures("next_version")
def test_cut_inside_the_migration(old: Path) -> None:
    step = schema._MIGRATIONS / "versions" / "next.py"
    step.write_text(next_schema.STEP + "    raise KeyboardInterrupt\n", "utf-8")
    before = truth(old)
    with pytest.raises(KeyboardInterrupt):
        schema.prepare(old, KEY)
    step.write_text(next_schema.STEP, "utf-8")
    schema.prepare(old, KEY)
    assert truth(old) == before


@pytest.mark.usefixtures("next_version")
def test_no_room_for_the_copy_is_told(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = old.read_bytes()
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(DiskRefused, match="hết chỗ trống"):
        schema.prepare(old, KEY)
    assert old.read_bytes() == before
