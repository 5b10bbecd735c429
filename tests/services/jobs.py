"""Pieces of work that are killed again and again: what is done, and how to tell afterwards that nothing was harmed.

`lay_out` makes what every round begins with: the province, its union with a plan and records, and the stick.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Protocol

from congdoan_desktop.packages import reader
from congdoan_desktop.services import (
    activities,
    campaigns,
    database_key,
    doctor,
    incoming,
    opening,
    outgoing,
    staff,
    stick,
    support,
    units,
)
from congdoan_desktop.services import door as doors
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff, keyring, rekeyed, schema
from congdoan_desktop.storage.drafts import Draft
from congdoan_desktop.storage.folder import DATABASE, KEYRING
from congdoan_desktop.storage.keyring import KdfCost
from tests.services.conftest import PASSPHRASE, UNION, activity, campaign, fixed_clock, person, request, unlocked
from tests.services.conftest import support as support_record
from tests.storage import next_schema

SOUND = "sound"
_OTHERS = "ruong bac thang"
_CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
_DATABASES = ("congdoan.db", "drafts.db")
_OF_AN_OFFICE = {
    "keyring.json", "outbox", "quarantine", "office.lock", *_DATABASES, *(f"{name}-journal" for name in _DATABASES),
}  # fmt: skip


class Job(Protocol):
    """Work in a copy of what `lay_out` made. `verdict` opens what is left and does the work again: `SOUND`, or in a
    word what is wrong.
    """

    def act(self, folder: Path) -> None: ...

    def verdict(self, folder: Path) -> str: ...


def lay_out(folder: Path) -> None:
    """`folder` holds the enrolled offices "province" and "union", closed, and an empty "stick"."""
    with closing(unlocked(folder / "province")) as province, closing(unlocked(folder / "union")) as union:
        plan = outgoing.make_plan(province, campaign(province), union.identity.unit)
        incoming.apply(union, outgoing.write_to_stick(province, plan.package_id, folder / "stick").path)
        (campaign_id,) = (row.id for row in campaigns.listing(union))
        unit = units.add(union, name="CĐCS Chợ", short_name="CĐCS Chợ", code="CDCS-CHO", kind="su_nghiep")
        for number in range(6):
            activities.add(union, activity(campaign_id, note=f"lần {number}"), (unit,))
            support.add(union, support_record(unit, campaign_id), person(unit))
    shutil.rmtree(folder / "stick")
    (folder / "stick").mkdir()


class Import:
    """The province imports the union's report from the stick."""

    def __init__(self, template: Path, scratch: Path) -> None:
        with closing(unlocked(template / "union")) as union:
            _send(union, template / "stick")
        done = scratch / "done"
        shutil.copytree(template, done)
        self._before = self._digest(done)
        self.act(done)
        self._after = self._digest(done)
        assert self._before != self._after

    def _digest(self, folder: Path) -> str:
        with closing(unlocked(folder / "province")) as office:
            return doctor.digest(office)

    def act(self, folder: Path) -> None:
        with closing(unlocked(folder / "province")) as office:
            incoming.apply(office, _package_on(folder / "stick"))

    def verdict(self, folder: Path) -> str:
        with closing(unlocked(folder / "province")) as office:
            done = any(package.kind == "report" for package in incoming.inbox(office))
            if doctor.check(office):
                return "corrupt"
            if doctor.digest(office) != (self._after if done else self._before):
                return "half an import"
            if any(office.quarantine.iterdir()):
                return "a copy was left behind"
            again = incoming.apply(office, _package_on(folder / "stick"))
            if again.known != done or doctor.digest(office) != self._after:
                return "not repeatable"
        return SOUND


class Export:
    """The union makes a report and writes it to the stick."""

    def __init__(self, template: Path, scratch: Path) -> None:
        pass

    def act(self, folder: Path) -> None:
        with closing(unlocked(folder / "union")) as office:
            _send(office, folder / "stick")

    def verdict(self, folder: Path) -> str:
        with closing(unlocked(folder / "union")) as union, closing(unlocked(folder / "province")) as province:
            if doctor.check(union):
                return "corrupt"
            if any(seen.refusal for seen in incoming.look(province, folder / "stick")):
                return "half a package is believed"
            for package in _reports(union):
                data = (union.outbox / package.file_name).read_bytes()
                reader.check_own(data, package.package_id)
                if package.state == handoff.SENT and not _is_on(folder / "stick", package.file_name, data):
                    return "sent and not on the stick"
            _send(union, folder / "stick")
            results = [incoming.apply(province, path) for path in stick.find_packages(folder / "stick")]
            if not results or any(result.gaps or result.fork or result.refused for result in results):
                return "not repeatable"
            if any((folder / "stick" / stick.FOLDER).glob("*.part")):
                return "a part was left on the stick"
        return SOUND


class CarelessExport(Export):
    """Writes the package under its own name piece by piece, as copying by hand does."""

    def act(self, folder: Path) -> None:
        with closing(unlocked(folder / "union")) as office:
            (folder / "elsewhere").mkdir()
            _send(office, folder / "elsewhere")
            package = _package_on(folder / "elsewhere")
        copy = folder / "stick" / stick.FOLDER / package.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(b"")
        data = package.read_bytes()
        for start in range(0, len(data), 256):
            with copy.open("ab") as file:
                file.write(data[start : start + 256])


class Migration:
    """A program that knows one schema more opens the union's data."""

    def __init__(self, template: Path, scratch: Path) -> None:
        self._old, self._kept = (template / "union" / DATABASE).read_bytes(), f"congdoan-{schema.VERSIONS[-1]}.db"
        for name, value in (("_MIGRATIONS", next_schema.migrations(scratch)), ("VERSIONS", next_schema.VERSIONS)):
            setattr(schema, name, value)

    def act(self, folder: Path) -> None:
        unlocked(folder / "union").close()

    def verdict(self, folder: Path) -> str:
        union = folder / "union"
        if not self._is_done(union) and (union / DATABASE).read_bytes() != self._old:
            return "the old file was touched"
        with closing(unlocked(union)) as office:
            if doctor.check(office):
                return "corrupt"
            if doctor.digest(office) != doctor.rebuild(office):
                return "half computed"
        return SOUND if self._is_done(union) else "not repeatable"

    def _is_done(self, union: Path) -> bool:
        """Raises: AssertionError when the new one stands there and the old one was not kept."""
        ring = keyring.load(union / KEYRING)
        key = ring.open(ring.slots[0].name, PASSPHRASE.encode())
        done = schema._version(union / DATABASE, key) == schema.VERSIONS[-1]
        assert not done or (union / self._kept).read_bytes() == self._old
        return done


class Renewal:
    """A program whose tables are others opens the union's data."""

    def __init__(self, template: Path, _scratch: Path) -> None:
        with closing(unlocked(template / "union")) as office:
            self._whole = doctor.digest(office)
            with office.database.write() as connection:
                connection.exec_driver_sql("UPDATE meta SET value = '0' WHERE key = 'projection_version'")
                connection.exec_driver_sql("DELETE FROM p_activity")

    def act(self, folder: Path) -> None:
        unlocked(folder / "union").close()

    def verdict(self, folder: Path) -> str:
        with closing(unlocked(folder / "union")) as office:
            if doctor.check(office):
                return "corrupt"
            return SOUND if doctor.digest(office) == self._whole else "half computed"


class NewKey:
    """An officer is removed from the union's computer, and everything gets another key."""

    def __init__(self, template: Path, _scratch: Path) -> None:
        with closing(unlocked(template / "union")) as office:
            self._words = " ".join(opening.new_recovery(office, cost=_CHEAP))
            self._gone = staff.add(office, NewOfficer("Lò Văn Thử", "Cán bộ", "officer", _OTHERS, _OTHERS), cost=_CHEAP)
            office.pictures.will_change()
            self._picture = office.pictures.keep(b"a picture")
            office.drafts.keep(Draft("support", "", {"picture": self._picture}, ""))
            self._old, self._whole = office.database_key, doctor.digest(office)

    def act(self, folder: Path) -> None:
        with closing(unlocked(folder / "union")) as office:
            staff.remove(office, self._gone)

    def verdict(self, folder: Path) -> str:
        union = folder / "union"
        with closing(unlocked(union)) as office:
            if doctor.check(office) or doctor.digest(office) != self._whole:
                return "corrupt"
            if office.pictures.read(self._picture) != b"a picture" or len(office.drafts.all()) != 1:
                return "something stayed behind"
            if self._gone in {one.id for one in staff.listing(office)}:
                staff.remove(office, self._gone)
            elif database_key.is_due(office):
                database_key.change(office)
            slot = office.identity.officer.id
            if office.database_key == self._old or office.pictures.read(self._picture) != b"a picture":
                return "not repeatable"
        opening.recover(union, self._words, slot, PASSPHRASE, cost=_CHEAP).close()
        return "left lying" if (union / rekeyed.FOLDER).exists() else SOUND


class FirstStart:
    """A new office is founded in an empty folder."""

    def __init__(self, template: Path, scratch: Path) -> None:
        pass

    def act(self, folder: Path) -> None:
        opening.found(folder / "new", UNION, clock=fixed_clock(), cost=_CHEAP).office.close()

    def verdict(self, folder: Path) -> str:
        new = folder / "new"
        if not new.is_dir() or doors.door(new) is None:
            self.act(folder)
        with closing(unlocked(new)) as office:
            if doctor.check(office):
                return "corrupt"
            if units.own(office).name != UNION.unit_name or {path.name for path in new.iterdir()} - _OF_AN_OFFICE:
                return "half an office"
            words, slot = " ".join(opening.new_recovery(office, cost=_CHEAP)), office.identity.officer.id
        opening.recover(new, words, slot, PASSPHRASE, cost=_CHEAP).close()
        return SOUND


JOBS: Mapping[str, Callable[[Path, Path], Job]] = {
    "import": Import,
    "export": Export,
    "migration": Migration,
    "renewal": Renewal,
    "new key": NewKey,
    "first start": FirstStart,
}
"""How to make a job out of the layout, which it may add to, and a folder of its own."""
CARELESS: Mapping[str, Callable[[Path, Path], Job]] = {"careless export": CarelessExport}
"""Work that a kill does harm, to see that it is told."""


def _reports(union: Office) -> list[handoff.Outgoing]:
    return [package for package in outgoing.outbox(union) if package.kind == "report"]


def _send(union: Office, where: Path) -> None:
    """What an officer does: write the report that waits, or make one."""
    waiting = [package for package in _reports(union) if package.state == handoff.MADE]
    if not waiting:
        (row,) = campaigns.listing(union)
        province = units.upper(union)
        assert province is not None
        waiting = [outgoing.make_report(union, request(row.id), province)[0]]
    for package in waiting:
        outgoing.write_to_stick(union, package.package_id, where)


def _package_on(where: Path) -> Path:
    (path,) = stick.find_packages(where)
    return path


def _is_on(where: Path, name: str, data: bytes) -> bool:
    path = where / stick.FOLDER / name
    return path.is_file() and path.read_bytes() == data
