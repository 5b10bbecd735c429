"""A save waits for nothing that can be left, and nobody ever sees half of what another one writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.errors import AppError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import campaign_ledger, records, support
from congdoan_desktop.services.campaign_ledger import CampaignView
from congdoan_desktop.services.office import _TIMES_LEFT
from congdoan_desktop.services.records import Saved
from congdoan_desktop.storage import rows
from congdoan_desktop.storage.engine import Database, connect, left_between
from congdoan_desktop.storage.unit_of_work import UnitOfWork
from congdoan_desktop.ui import waiting
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import SCHOOL, Given

KEY = bytes(range(32))
CHANGED = frozenset({"support"})
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
NEVER_S = 60


@dataclass
class Desk:
    """Two tables into which every transaction writes the same, on the runner's thread."""

    runner: TaskRunner
    database: Database
    told: list[str] = field(default_factory=list)
    """What was told to the window, in its order."""

    def put(self, name: str) -> None:
        with self.database.write() as connection:
            for table in "ab":
                connection.exec_driver_sql(f"INSERT INTO {table} (name) VALUES (?)", (name,))

    def names(self, table: str = "a") -> list[str]:
        """Inside a transaction."""
        found = self.database._connection.exec_driver_sql(f"SELECT name FROM {table} ORDER BY id").all()
        return [name for (name,) in found]

    def both(self) -> tuple[list[str], list[str]]:
        with self.database.read():
            return self.names("a"), self.names("b")

    def save(self, name: str) -> None:
        self.runner.save(partial(self.put, name), done=lambda _: self.told.append(name), changes=CHANGED)

    def read(self, fn: Callable[..., object], *, with_progress: bool = False) -> None:
        self.runner.run(fn, done=lambda found: self.told.append(f"read {found}"), with_progress=with_progress)

    def kept(self) -> list[str]:
        found: list[tuple[list[str], list[str]]] = []
        self.runner.run(self.both, done=found.append)
        assert self.runner.wait_idle(1000 * NEVER_S)
        assert found[0][0] == found[0][1]
        return found[0][0]


@pytest.fixture
def desk(runner: TaskRunner, tmp_path: Path) -> Iterator[Desk]:
    yield (made := opened(runner, tmp_path))
    closed(made)


def opened(runner: TaskRunner, folder: Path) -> Desk:
    path = folder / "congdoan.db"
    connection = connect(path, KEY, create=True, synchronous="OFF")
    for table in "ab":
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, name TEXT)")
    connection.close()
    held: list[Database] = []
    runner.run(lambda: Database(path, KEY, synchronous="OFF"), done=held.append)  # it is not about disks
    assert runner.wait_idle(1000 * NEVER_S)
    held[0].turns = runner.turns
    return Desk(runner, held[0])


def closed(desk: Desk) -> None:
    desk.runner.run(desk.database.close)
    assert desk.runner.wait_idle(1000 * NEVER_S)


class Reader:
    """Reads in two statements; in the midst of its first tries it waits until somebody has saved something."""

    def __init__(self, desk: Desk, tries: int = 1) -> None:
        self.desk, self.tries, self.begun = desk, tries, 0
        self.inside, self.go_on = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self) -> int:
        self.begun += 1
        with self.desk.database.read():
            first = self.desk.names("a")
            if self.begun <= self.tries:
                self.inside.release()
                assert self.go_on.acquire(timeout=NEVER_S)
            assert self.desk.names("b") == first
            return len(first)


def test_reading_is_broken_off_for_a_save_and_begins_again(desk: Desk) -> None:
    reader = Reader(desk)
    begun: list[object] = []
    desk.runner.started.connect(begun.append)
    desk.read(reader)
    assert reader.inside.acquire(timeout=NEVER_S)
    desk.save("Páo")
    reader.go_on.release()
    assert desk.kept() == ["Páo"]
    assert desk.told == ["Páo", "read 1"]
    assert (reader.begun, len(begun)) == (2, 3)


def test_one_long_statement_is_left_too(desk: Desk) -> None:
    inside, tries = threading.Event(), []

    def read() -> str:
        tries.append(1)
        with desk.database.read() as connection:
            if len(tries) == 1:
                inside.set()
                connection.exec_driver_sql(ENDLESS).all()
            return "xong"

    desk.read(read)
    assert inside.wait(NEVER_S)
    desk.save("Páo")
    assert desk.kept() == ["Páo"]
    assert desk.told == ["Páo", "read xong"]


def test_what_reads_in_several_transactions_sees_one_state(desk: Desk) -> None:
    first, go_on = threading.Event(), threading.Event()

    def read() -> tuple[int, int]:
        before = len(desk.both()[0])
        first.set()
        assert go_on.wait(NEVER_S)
        return before, len(desk.both()[0])

    desk.read(read)
    assert first.wait(NEVER_S)
    desk.save("Páo")
    go_on.set()
    assert desk.kept() == ["Páo"]
    assert desk.told == ["Páo", "read (1, 1)"]


def test_a_save_goes_before_what_reads_but_not_before_what_writes(desk: Desk) -> None:
    go_on = threading.Event()
    desk.runner.run(go_on.wait, NEVER_S)
    desk.read(lambda: "trang")
    desk.save("Páo")
    desk.runner.run(desk.put, "xoá", changes=CHANGED)
    desk.save("Mai")
    go_on.set()
    assert desk.kept() == ["Páo", "xoá", "Mai"]
    assert desk.told == ["Páo", "read trang", "Mai"]


def test_a_save_is_let_into_an_import_between_two_packages(desk: Desk) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def bring(progress: Progress) -> None:
        with desk.database.write() as connection:
            connection.exec_driver_sql("INSERT INTO a (name) VALUES ('gói 1')")
            inside.set()
            assert go_on.wait(NEVER_S)
            progress.step(1, 2)  # in the midst of a package: nobody may come between
            connection.exec_driver_sql("INSERT INTO b (name) VALUES ('gói 1')")
        desk.put("gói 2")

    desk.runner.run(bring, done=lambda _: desk.told.append("nhập"), with_progress=True, changes=CHANGED)
    assert inside.wait(NEVER_S)
    desk.save("Páo")
    desk.save("Mai")
    go_on.set()
    assert desk.kept() == ["gói 1", "Páo", "Mai", "gói 2"]
    assert desk.told == ["Páo", "Mai", "nhập"]


def test_a_large_package_is_left_for_a_save_and_imported_again(desk: Desk, given: Given) -> None:
    office, tries = given.office, []
    office.database.turns = desk.runner.turns
    inside, go_on = threading.Event(), threading.Event()

    def bring(work: UnitOfWork) -> str:
        tries.append(len(rows.settings(work.connection)))
        rows.set_settings(work.connection, {"gói": "nửa đầu"})
        if len(tries) == 1:
            inside.set()
            assert go_on.wait(NEVER_S)
        rows.set_settings(work.connection, {"gói": "cả gói"})
        return "nhập"

    def save() -> None:
        with office.write(Right.ENTER) as work:
            assert "gói" not in rows.settings(work.connection)
            rows.set_settings(work.connection, {"lưu": "rồi"})

    desk.runner.run(lambda: office.write_by_turns(Right.ISSUE, bring), done=desk.told.append, changes=CHANGED)
    assert inside.wait(NEVER_S)
    desk.runner.save(save, done=lambda _: desk.told.append("lưu"), changes=CHANGED)
    go_on.set()
    assert desk.runner.wait_idle(1000 * NEVER_S)
    assert desk.told == ["lưu", "nhập"]
    assert tries == [tries[0], tries[0] + 1]  # the second time with what was saved, without its own half


def test_long_computing_between_two_statements_can_be_left_too(desk: Desk) -> None:
    inside, tries = threading.Event(), []

    def weigh() -> int:
        tries.append(1)
        with desk.database.read() as connection:
            if len(tries) == 1:
                inside.set()
                for _ in left_between(connection, repeat("bản ghi")):
                    pass
        return len(tries)

    desk.read(weigh)
    assert inside.wait(NEVER_S)
    desk.save("Páo")
    assert desk.kept() == ["Páo"]
    assert desk.told == ["Páo", "read 2"]


def test_who_saves_all_the_time_does_not_keep_a_package_out(desk: Desk, given: Given) -> None:
    office, tries = given.office, []
    office.database.turns = desk.runner.turns
    inside, go_on = threading.Semaphore(0), threading.Semaphore(0)

    def bring(work: UnitOfWork) -> None:
        tries.append(1)
        inside.release()
        assert go_on.acquire(timeout=NEVER_S)
        rows.set_settings(work.connection, {"gói": "cả gói"})

    desk.runner.run(lambda: office.write_by_turns(Right.ISSUE, bring), changes=CHANGED)
    for _ in range(_TIMES_LEFT + 1):
        assert inside.acquire(timeout=NEVER_S)
        desk.runner.save(lambda: None, done=lambda _: desk.told.append("lưu"), changes=CHANGED)
        go_on.release()
    assert desk.runner.wait_idle(1000 * NEVER_S)
    assert len(tries) == _TIMES_LEFT + 1 == len(desk.told)


def test_a_record_saved_while_others_read_can_be_taken_back(given: Given, runner: TaskRunner, desk: Desk) -> None:
    office = given.office
    office.take_turns(runner.turns)
    campaign = given.campaign
    views: list[CampaignView] = []
    saved: list[Saved] = []
    for number in range(3):
        runner.run(lambda: campaign_ledger.look(office, campaign), done=views.append)
        record = SupportRecord(given.units[SCHOOL], "", campaign, "kho_khan", "tham_hoi", 500_000, 0, "quy_xa_hoi",
                               date(2024, 7, 20), f"{number}/QĐ")  # fmt: skip
        person = Person(given.units[SCHOOL], True, f"Sùng A Lử {number}", 1990)
        runner.save(partial(support.add, office, record, person), done=saved.append, changes=CHANGED)
    assert runner.wait_idle(1000 * NEVER_S)
    assert (len(views), len(saved)) == (3, 3)
    listed = {row.id for row in entry_office.ask(runner, lambda: support.listing(office))}
    for one in saved:
        assert listed >= set(one.ids)
        runner.save(partial(records.delete, office, one.ids[0], "nhầm"), changes=CHANGED)
    left = {row.id for row in entry_office.ask(runner, lambda: support.listing(office))}
    assert listed - left == {one.ids[0] for one in saved}


def test_a_save_is_let_in_at_a_step_outside_of_transactions(desk: Desk) -> None:
    inside, saved = threading.Event(), threading.Event()

    def prepare(progress: Progress) -> str:
        inside.set()
        for number in range(1000 * NEVER_S):
            progress.step(number, 1000 * NEVER_S)
            if saved.wait(0.001):
                return "xong"
        return "không ai lưu"

    desk.read(prepare, with_progress=True)
    assert inside.wait(NEVER_S)
    desk.runner.save(partial(desk.put, "Páo"), done=lambda _: saved.set(), changes=CHANGED)
    assert desk.kept() == ["Páo"]
    assert desk.told == ["read xong"]


def test_a_save_that_is_refused_within_an_import_is_told_and_stops_nothing(desk: Desk) -> None:
    inside, go_on = threading.Event(), threading.Event()
    refused: list[AppError] = []

    def bring(progress: Progress) -> None:
        inside.set()
        assert go_on.wait(NEVER_S)
        progress.step(1, 2)
        desk.put("gói")

    def fail() -> None:
        with desk.database.write() as connection:
            connection.exec_driver_sql("INSERT INTO a (name) VALUES ('dở')")
            raise AppError("Quỹ không đủ.")

    desk.runner.run(bring, with_progress=True, changes=CHANGED)
    assert inside.wait(NEVER_S)
    desk.runner.save(fail, failed=refused.append, changes=CHANGED)
    go_on.set()
    assert desk.kept() == ["gói"]
    assert [str(error) for error in refused] == ["Quỹ không đủ."]


def test_who_saves_all_the_time_still_sees_the_page(desk: Desk) -> None:
    reader = Reader(desk, tries=9)
    desk.read(reader)
    for number in range(4):
        assert reader.inside.acquire(timeout=NEVER_S)
        desk.save(f"khoản {number}")
        reader.go_on.release()
    assert len(desk.kept()) == 4
    assert desk.told == ["khoản 0", "khoản 1", "khoản 2", "read 3", "khoản 3"]


def test_what_took_long_already_is_not_thrown_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_TOO_DEAR_S", 0)
    reader = Reader(desk)
    desk.read(reader)
    assert reader.inside.acquire(timeout=NEVER_S)
    desk.save("Páo")
    reader.go_on.release()
    assert desk.kept() == ["Páo"]
    assert desk.told == ["read 0", "Páo"]


def test_what_has_written_is_never_done_twice(desk: Desk) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def print_paper() -> str:
        desk.put("in")  # the line in the log
        inside.set()
        assert go_on.wait(NEVER_S)
        return ", ".join(desk.both()[0])

    desk.read(print_paper)
    assert inside.wait(NEVER_S)
    desk.save("Páo")
    go_on.set()
    assert desk.kept() == ["in", "Páo"]
    assert desk.told == ["read in", "Páo"]


def test_shutdown_ends_also_what_gave_way(tmp_path: Path) -> None:
    runner = TaskRunner()
    desk = opened(runner, tmp_path)
    reader = Reader(desk)
    desk.read(reader)
    assert reader.inside.acquire(timeout=NEVER_S)
    desk.save("Páo")
    runner.run(desk.database.close)
    reader.go_on.release()
    runner.shutdown()
    connection = connect(tmp_path / "congdoan.db", KEY)
    assert connection.execute("SELECT name FROM a").fetchall() == [("Páo",)]
    assert reader.begun == 2
    connection.close()


ASKED = st.lists(st.sampled_from(["save", "write", "read", "import"]), min_size=1, max_size=12)


@drawn(ASKED)
def test_whatever_is_asked_is_whole_once_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, runner_of_all: TaskRunner, asked: list[str]
) -> None:
    desk = opened(runner_of_all, tmp_path_factory.mktemp("line"))
    seen: list[tuple[list[str], list[str]]] = []

    def bring(number: int, progress: Progress) -> None:
        for part in range(3):
            progress.step(part, 3)
            desk.put(f"{number}.{part}")

    for number, what in enumerate(asked):
        if what == "save":
            desk.save(str(number))
        elif what == "write":
            desk.runner.run(desk.put, str(number), changes=CHANGED)
        elif what == "read":
            desk.runner.run(desk.both, done=seen.append)
        else:
            desk.runner.run(bring, number, with_progress=True, changes=CHANGED)
    kept = desk.kept()
    closed(desk)
    assert all(one == other for one, other in seen)
    assert len(seen) == asked.count("read")
    imports = {str(number) for number, what in enumerate(asked) if what == "import"}
    short = [name for name in kept if name.split(".")[0] not in imports]
    assert short == [str(number) for number, what in enumerate(asked) if what in ("save", "write")]
    for one in imports:
        assert [name for name in kept if name.startswith(f"{one}.")] == [f"{one}.{part}" for part in range(3)]


@pytest.fixture(scope="module")
def runner_of_all(qapp: object) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.shutdown()
