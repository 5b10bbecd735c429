"""Installations at the level of storage: a real encrypted database each, no packages and no keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.clock import FixedClock
from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.revisions import Revision
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.units import OrgEvent, Unit
from congdoan_desktop.storage import handoff, projections, schema
from congdoan_desktop.storage.engine import Database
from congdoan_desktop.storage.personal import Personal
from congdoan_desktop.storage.rebuild import create_projections, settle_foreign
from congdoan_desktop.storage.unit_of_work import UnitOfWork, Writer, unit_of_work

KEY = bytes(range(32))

Carried = list[tuple[Revision, Personal | None]]
"""What a package carries."""


@dataclass
class Installation:
    """One laptop: its database, who writes there, whom it trusts."""

    path: Path
    writer: Writer
    database: Database
    clock: FixedClock = field(default_factory=lambda: FixedClock(datetime(2024, 7, 22, 8, tzinfo=UTC)))

    def work(self) -> AbstractContextManager[UnitOfWork]:
        return unit_of_work(self.database, self.writer, self.clock)

    def put(self, record: Any, id_: str | None = None) -> str:
        with self.work() as work:
            return work.put(record, id_)

    def digest(self) -> str:
        with self.database.read() as connection:
            return projections.digest(connection)

    def count(self, table: str) -> int:
        with self.database.read() as connection:
            found: int = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            return found

    def trust(self, installations: dict[str, str], root: str) -> None:
        self.writer = replace(self.writer, installations=installations, root=root)
        with self.work() as work:
            settle_foreign(work)

    def carried(self, *records: str) -> Carried:
        """All revisions of the records (of everything when none is named) with what is personal."""
        with self.work() as work:
            query = "SELECT DISTINCT record FROM revisions"
            wanted = records or tuple(work.connection.exec_driver_sql(query).scalars())
            return [(r, work.ledger.personal(r.hash)) for record in wanted for r in work.ledger.revisions(record)]

    def receive(self, carried: Carried, sender: str, package: str | None = None) -> str:
        """Set union with what a package of `sender` carries. Returns the package's id."""
        package = package or new_id()
        self.receive_all([(package, sender, carried)])
        return package

    def receive_all(self, packages: Iterable[tuple[str, str, Carried]]) -> None:
        """The same for several packages (id, sender, content) at once; withdrawn ones among them count again."""
        with self.work() as work:
            for package, sender, carried in packages:
                if handoff.incoming(work.connection, package):
                    handoff.set_incoming_state(work.connection, package, handoff.ACCEPTED)
                    continue
                row = handoff.Incoming(package, "report", sender, "feed", 1, "", handoff.ACCEPTED, "", b"")
                handoff.add_incoming(work.connection, row)
                for revision, part in carried:
                    work.ledger.add(revision, part, local=False)
                handoff.add_delivered(work.connection, package, [revision.hash for revision, _ in carried])
            settle_foreign(work)

    def switch(self, package: str, state: str) -> None:
        with self.work() as work:
            handoff.set_incoming_state(work.connection, package, state)
            settle_foreign(work)

    def close(self) -> None:
        self.database.close()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with its projections, to copy from: migrations run once."""
    path = tmp_path_factory.mktemp("template") / "congdoan.db"
    schema.create(path, KEY)
    database = Database(path, KEY)
    with database.write() as connection:
        create_projections(connection)
    database.close()
    return path


Install = Callable[..., Installation]


@pytest.fixture
def install(empty_database: Path, tmp_path: Path) -> Iterator[Install]:
    """`install("unit id")`: a further laptop of a unit, with the unit's own record unless told otherwise."""
    made: list[Installation] = []

    def installed(unit: str | None = None, *, founded: bool = True) -> Installation:
        unit_id, folder = unit or new_id(), tmp_path / str(len(made))
        folder.mkdir()
        shutil.copyfile(empty_database, folder / "congdoan.db")
        writer = Writer(new_id(), unit_id, new_id(), {}, None)
        laptop = Installation(folder, writer, Database(folder / "congdoan.db", KEY))
        made.append(laptop)
        if founded:
            laptop.put(unit_called(f"Công đoàn {len(made)}", unit_id))
        return laptop

    yield installed
    for laptop in made:
        laptop.close()


def unit_called(name: str, id_: str | None = None, *, parent: str | None = None, level: str = "cap_tren") -> Unit:
    unit = id_ or new_id()
    return Unit(unit, f"CD-{unit[-6:].upper()}", name, name, level, "xa", parent)


def enrolment(root: str, subject: str) -> OrgEvent:
    return OrgEvent(root, "enrol", subject, root, date(2024, 1, 5))


def activity(unit: str, **changes: Any) -> Activity:
    made = Activity(
        unit, None, "the_thao", date(2024, 7, 22), date(2024, 7, 22), 30, 12, 2_000_000, "quy", True,
        "Giải cầu lông", "Nhà văn hóa", "",
    )  # fmt: skip
    return replace(made, **changes)


def person(unit: str, name: str = "Lò Thị Ương") -> Person:
    return Person(unit, True, name, 1990, "012190000001")


def support(unit: str, person_id: str, **changes: Any) -> SupportRecord:
    made = SupportRecord(
        unit, person_id, None, "om_dau", "tham_hoi", 1_000_000, 0, "quy_xa_hoi", date(2024, 7, 1), "12/QĐ",
        "", "gia đình đông con",
    )  # fmt: skip
    return replace(made, **changes)
