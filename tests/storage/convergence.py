"""A machine that plays offices: several laptops write, exchange, lose, repeat, withdraw and restore; then all is sent.

Whatever happened before, laptops that hold the same revisions must show the same.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from congdoan_desktop.clock import FixedClock
from congdoan_desktop.domain.units import OrgEvent
from congdoan_desktop.errors import AppError
from congdoan_desktop.storage import handoff, projections
from congdoan_desktop.storage.engine import Database
from congdoan_desktop.storage.unit_of_work import UnitOfWork, Writer
from tests.storage.conftest import KEY, Carried, Installation, activity, enrolment, person, support, unit_called

Package = tuple[str, str, Carried]
"""(id, sending unit, what it carries)"""


@dataclass(frozen=True)
class Organisation:
    """Unit -> the one it stands under (the province's is itself) and how many laptops it has."""

    units: tuple[tuple[str, str, int], ...]

    @property
    def laptops(self) -> list[str]:
        return [unit for unit, _, count in self.units for _ in range(count)]


SMALL = Organisation((("province", "province", 1), ("union", "province", 2), ("other", "province", 1)))
LARGE = Organisation(
    tuple(
        (unit, above, 2)
        for unit, above in (
            ("province", "province"), ("union", "province"), ("other", "province"), ("below", "union"),
            ("beside", "union"), ("last", "other"),
        )
    )
)  # fmt: skip
"""Six units on three levels, with two laptops each."""
CLOCKS = (1970, 2024, 2024, 2099)
MOST = 4
"""New records in one story: few, so that laptops meet on the same ones."""
WRITTEN = ("activity", "person", "support")


def prepare(empty_database: Path, folder: Path, organisation: Organisation = SMALL) -> list[Writer]:
    """Lay the enrolled offices into folders 0, 1, ... and return who writes there."""
    units = organisation.laptops
    known = {f"{unit}-{number}": unit for number, unit in enumerate(units)}
    writers = [Writer(f"officer-{name}", unit, name, known, "province") for name, unit in known.items()]
    laptops = [
        founded(folder / str(number), writer, empty_database, first=units.index(writer.unit) == number)
        for number, writer in enumerate(writers)
    ]
    for unit, above, _ in organisation.units[1:]:
        laptops[0].put(replace(enrolment("province", unit), parent=above))
    for receiver in laptops:
        for sender in laptops:
            receiver.receive(sender.carried(), sender.writer.unit)
    for laptop in laptops:
        laptop.close()
    return writers


def founded(folder: Path, writer: Writer, empty_database: Path, *, first: bool) -> Installation:
    """The second laptop of a unit gets its record from the first."""
    folder.mkdir()
    shutil.copyfile(empty_database, folder / "congdoan.db")
    laptop = Installation(folder, writer, Database(folder / "congdoan.db", KEY))
    if first:
        laptop.put(unit_called(f"Công đoàn {writer.unit}", writer.unit))
    if first and writer.unit == "union":
        laptop.put(unit_called("CĐCS", "cdcs", parent=writer.unit, level="co_so"))
        laptop.put(activity("cdcs"))
        laptop.put(activity(writer.unit))
        laptop.put(support(writer.unit, laptop.put(person(writer.unit))))
    return laptop


class Offices(RuleBasedStateMachine):
    """`template` and `writers` are set by the test, see `prepare`."""

    template: Path
    writers: list[Writer]

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="offices-"))
        self.laptops = [self._opened(number) for number in range(len(self.writers))]
        self.packages: list[Package] = []
        self.written = 0

    def _opened(self, number: int) -> Installation:
        folder = self.folder / str(number)
        if not folder.exists():
            shutil.copytree(self.template / str(number), folder)
        clock = FixedClock(datetime(CLOCKS[number % len(CLOCKS)], 6, 1, tzinfo=UTC))
        return Installation(folder, self.writers[number], Database(folder / "congdoan.db", KEY), clock)

    numbers = st.runner().flatmap(lambda machine: st.integers(0, len(machine.writers) - 1))

    @precondition(lambda self: self.written < MOST)
    @rule(number=numbers, kind=st.sampled_from(WRITTEN), amount=st.integers(1, 5))
    def write(self, number: int, kind: str, amount: int) -> None:
        laptop = self.laptops[number]
        unit = laptop.writer.unit
        self.written += 1
        if kind == "activity":
            laptop.put(activity(unit, participants=amount, women=0))
        elif kind == "person":
            laptop.put(person(unit))
        else:
            laptop.put(support(unit, laptop.put(person(unit)), cash=amount))

    @rule(to=st.sampled_from(("union", "other", "province")), day=st.integers(1, 20))
    def move(self, to: str, day: int) -> None:
        """The province decides where the CĐCS stands from a day on, not always in the order of the days."""
        event = OrgEvent("province", "move", "cdcs", to, date(2024, 7, day), str(len(self.packages)))
        self.laptops[0].put(event)

    @precondition(lambda self: self.written < MOST)
    @rule(number=numbers, amount=st.integers(1, 5))
    def write_for_the_cdcs(self, number: int, amount: int) -> None:
        """Whoever keeps the CĐCS, as far as the laptop has heard."""
        self.written += 1
        with suppress(AppError):
            self.laptops[number].put(activity("cdcs", participants=amount, women=0))

    @rule(number=numbers, data=st.data(), amount=st.integers(1, 5))
    def edit(self, number: int, data: st.DataObject, amount: int) -> None:
        self._change(number, data, lambda work, type_, id_: work.put(_edited(work.value(type_, id_), amount), id_))

    @rule(number=numbers, data=st.data())
    def delete(self, number: int, data: st.DataObject) -> None:
        self._change(number, data, lambda work, type_, id_: work.delete(id_, "ghi nhầm"))

    @rule(number=numbers, data=st.data())
    def erase(self, number: int, data: st.DataObject) -> None:
        self._change(number, data, lambda work, type_, id_: work.erase(id_))

    @rule(number=numbers, data=st.data())
    def bring_back(self, number: int, data: st.DataObject) -> None:
        self._change(number, data, lambda work, type_, id_: work.restore(id_, work.ledger.revisions(id_)[0].hash))

    def _change(self, number: int, data: st.DataObject, change: Callable[[UnitOfWork, str, str], object]) -> None:
        """Changes one of the records held; what another unit keeps, or what is deleted, is refused by the program."""
        laptop = self.laptops[number]
        query = "SELECT DISTINCT type, record FROM revisions WHERE type IN ('activity', 'person', 'support')"
        with laptop.database.read() as connection:
            held = sorted(tuple(row) for row in connection.exec_driver_sql(query))
        if held:
            type_, id_ = data.draw(st.sampled_from(range(len(held))).map(held.__getitem__))
            try:
                with laptop.work() as work:
                    change(work, type_, id_)
            except AppError:
                pass

    @rule(number=numbers)
    def send(self, number: int) -> None:
        laptop = self.laptops[number]
        self.packages.append((f"package-{len(self.packages)}", laptop.writer.unit, laptop.carried()))

    @precondition(lambda self: self.packages)
    @rule(number=numbers, data=st.data())
    def receive(self, number: int, data: st.DataObject) -> None:
        id_, unit, carried = data.draw(st.sampled_from(range(len(self.packages))).map(self.packages.__getitem__))
        self.laptops[number].receive(data.draw(st.permutations(carried)), unit, id_)

    @precondition(lambda self: self.packages)
    @rule(number=numbers, data=st.data(), state=st.sampled_from((handoff.WITHDRAWN, handoff.ACCEPTED)))
    def withdraw_or_lift(self, number: int, data: st.DataObject, state: str) -> None:
        id_ = data.draw(st.sampled_from(range(len(self.packages))).map(lambda n: self.packages[n][0]))
        self.laptops[number].switch(id_, state)

    @rule(number=numbers)
    def back_up(self, number: int) -> None:
        shutil.copytree(self.folder / str(number), self.folder / f"backup-{number}", dirs_exist_ok=True)

    @rule(number=numbers)
    def restore_backup(self, number: int) -> None:
        backup = self.folder / f"backup-{number}"
        if backup.exists():
            self.laptops[number].close()
            shutil.rmtree(self.folder / str(number))
            shutil.copytree(backup, self.folder / str(number))
            self.laptops[number] = self._opened(number)

    def teardown(self) -> None:
        if not hasattr(self, "laptops"):
            return
        try:
            self._all_to_all()
            digests = {laptop.writer.installation: laptop.digest() for laptop in self.laptops}
            assert len(set(digests.values())) == 1, digests
            texts = {laptop.writer.installation: _texts(laptop) for laptop in self.laptops}
            assert len(set(texts.values())) == 1, texts
        finally:
            for laptop in self.laptops:
                laptop.close()
            shutil.rmtree(self.folder)

    def _all_to_all(self) -> None:
        for number in range(len(self.laptops)):
            self.send(number)
        for number, laptop in enumerate(self.laptops):
            laptop.receive_all(self.packages[number:] + self.packages[:number])


def _edited(value: Any, amount: int) -> Any:
    changes: dict[str, dict[str, Any]] = {
        "Activity": {"participants": amount},
        "Person": {"name": f"Lò Thị {amount}"},
        "SupportRecord": {"cash": amount},
    }
    return replace(value, **changes[type(value).__name__])


def _texts(laptop: Installation) -> tuple[str, ...]:
    """Whose personal parts are held for what is shown."""
    shown = " UNION ".join(f"SELECT hash FROM p_{type_}" for type_ in projections.TABLES)
    with laptop.database.read() as connection:
        query = f"SELECT hash FROM personal JOIN revisions ON seq = revision WHERE hash IN ({shown}) ORDER BY hash"
        return tuple(connection.exec_driver_sql(query).scalars())
