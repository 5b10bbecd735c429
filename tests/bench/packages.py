"""A period's packages beside their floor: 600 reports with 50,000 named records, verified and imported in one go.

What the floor is, `packages_floor` says. Each side runs in a process of its own, where memory can be told. Both reckon
on one thread and wait for the same number of flushes, so their time is that of the processor, which other work on the
machine changes little.
"""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench import packages_floor
from tests.bench.rows import Row, against
from tests.bench.secret import PASSPHRASE
from tests.peak import peak_mib

UNITS, SUPPORTS, _RUNS = 600, 42, 3
"""Each unit sends one report with SUPPORTS people and what each was given: 50,400 named records in all."""
_NAME = "Công đoàn xã số {}"
_CAMPAIGN = "0192a3b4-0000-7000-8000-00000000c001"


@dataclass(frozen=True, slots=True)
class Sender:
    """A union that reports, as far as its keys go."""

    number: int
    secret: bytes
    age: str

    def id(self, what: int) -> str:
        return f"0192a3b4-{self.number:04x}-7000-8000-{what:012x}"


def measured(folder: Path) -> list[Row]:
    """The import of a whole stick against its floor, and the memory that it takes."""
    office, stick = folder / "receiving", folder / "stick"
    _child("make", office, stick)
    taken, floor, heap = zip(*(_round(folder / f"run-{number}", office, stick) for number in range(_RUNS)), strict=True)
    ours = [one["seconds"] for one in taken]
    return [
        against(f"import {UNITS} packages, {UNITS * SUPPORTS * 2:,} records", "s", ours, [*floor], 1.5),
        against("the same beside tables without keys", "s", ours, [*heap], 1.5),
        Row("memory while importing them", "MB", round(max(one["mb"] for one in taken), 1), None, None, 300),
    ]


def _round(run: Path, office: Path, stick: Path) -> tuple[dict[str, float], float, float]:
    """The import into a new copy of the office, and both floors beside it."""
    shutil.copytree(office, run)
    taken = _child("take", run, stick)
    floor, heap = (_child(kind, run, stick)["seconds"] for kind in ("floor", "heap"))
    return taken, floor, heap


def _make(office_folder: Path, stick: Path) -> None:
    """The province with all unions admitted, and their reports on a stick."""
    from congdoan_desktop.services import opening
    from tests.bench import offices

    office = opening.found(office_folder, offices.province()).office
    put_on(stick, office, admitted(office, range(UNITS)))
    office.close()


def admitted(office: Any, numbers: Iterable[int]) -> list[Sender]:
    """New unions below the province, whose keys it trusts."""
    from congdoan_desktop.domain.roles import Right
    from congdoan_desktop.domain.units import OrgEvent, Unit
    from congdoan_desktop.packages import sealing, sshsig
    from congdoan_desktop.packages.trust import KeyEntry, UnitEntry
    from congdoan_desktop.services import trusting
    from congdoan_desktop.storage.rebuild import settle_foreign

    trusting.root_words(office)
    trust, senders = office.trust, []
    for number in numbers:
        secret, (_, recipient) = sshsig.new_secret(), sealing.new_identity()
        senders.append(sender := Sender(number, secret, recipient))
        key = KeyEntry(
            sender.id(1), sender.id(2), sender.id(3), "Lò Thị Hoa", "Chủ tịch", "chair",
            sshsig.key_id(sshsig.public_of(secret)), sshsig.key_line(sshsig.public_of(secret)), recipient,
            office.identity.realm,
        )  # fmt: skip
        entry = UnitEntry(sender.id(1), f"CDX-{number}", _NAME.format(number), office.identity.unit)
        trust = trust.with_unit(entry, (key,))
    with office.write(Right.TRUST) as work:
        trusting.store(office, work, trust)
        for sender in senders:
            name = _NAME.format(sender.number)
            parent, code = office.identity.unit, f"CDX-{sender.number}"
            work.put(Unit(sender.id(1), code, name, name, "cap_tren", "cong_doan_xa", parent))
            work.put(OrgEvent(parent, "enrol", sender.id(1), parent, date(2024, 1, 1)))
        settle_foreign(work)
    return senders


def put_on(stick: Path, office: Any, senders: Iterable[Sender], supports: int = SUPPORTS) -> None:
    """A report of each, with so many people and what was given to them."""
    (stick / "CONGDOAN").mkdir(parents=True, exist_ok=True)
    for sender in senders:
        built = _report(sender, office, supports)
        (stick / "CONGDOAN" / built.file_name).write_bytes(built.data)


def _report(sender: Sender, office: Any, supports: int) -> Any:
    from congdoan_desktop.domain.figures import Figure, figures_document
    from congdoan_desktop.packages import sshsig, writer
    from congdoan_desktop.packages.header import Header, Party, Period

    own = Party(sender.id(1), f"CDX-{sender.number}", _NAME.format(sender.number))
    above = Party(office.identity.unit, "LDLD-LC", "Liên đoàn Lao động tỉnh")
    lines = list(_lines(sender, supports))
    header = Header(
        kind="report", realm=office.identity.realm, sender=own, receiver=above,
        period=Period("2024-04-01", "2024-06-30", "Quý II"),
        feed=sender.id(4), seq=1, previous=None, installation=sender.id(2),
        key_id=sshsig.key_id(sshsig.public_of(sender.secret)), officer_name="Lò Thị Hoa", officer_title="Chủ tịch",
        made_at="2024-07-01T08:00:00+07:00", clock_suspect=False,
        trust_version=office.trust.version, log_head="ab" * 32, about=_CAMPAIGN, counts={"revision": len(lines)},
        program="0.1.0",
    )  # fmt: skip
    figure = Figure("t", "ty_le", sender.id(1), 85, 100)
    document = figures_document(
        unit=sender.id(1), campaign=_CAMPAIGN, starts=date(2024, 4, 1), ends=date(2024, 6, 30), figures=(figure,)
    )
    recipient = office.identity.key.age_recipient
    return writer.build(header, signer=sender.secret, recipients=[recipient], figures=document, lines=lines)


def _lines(sender: Sender, supports: int) -> Iterator[dict[str, Any]]:
    from congdoan_desktop.domain.persons import Person
    from congdoan_desktop.domain.support import SupportRecord

    for number in range(supports):
        person, given = sender.id(10_000 + number), sender.id(500_000 + number)
        yield _line(sender, person, Person(sender.id(1), True, f"Vàng Thị Páo {number}", 1970 + number % 30))
        yield _line(sender, given, SupportRecord(
            sender.id(1), person, _CAMPAIGN, "om_dau", "tham_hoi", 500_000, 0, "quy_xa_hoi", date(2024, 5, 9),
            note="Điều trị dài ngày tại bệnh viện tỉnh",
        ))  # fmt: skip


def _line(sender: Sender, record: str, value: Any) -> dict[str, Any]:
    from congdoan_desktop.domain.bodies import CURRENT
    from congdoan_desktop.domain.records import split
    from congdoan_desktop.domain.revisions import Revision
    from congdoan_desktop.storage.personal import new_personal

    facts, personal = split(value)
    part = new_personal(personal)
    assert part is not None
    revision = Revision(
        record, value.TYPE, CURRENT[value.TYPE], value.unit, sender.id(3), sender.id(2), (), 1,
        "2024-06-01T08:00:00+07:00", False, False, False, facts, part.hash,
    )  # fmt: skip
    return {"line": "revision", "body": revision.body.decode(), "salt": part.salt.hex(), "personal": part.body}


def _take(office_folder: Path, stick: Path) -> Callable[[], object]:
    from congdoan_desktop.progress import Progress
    from congdoan_desktop.services import door, opening
    from congdoan_desktop.services.stick_run import _Run, _take, _verified

    found = door.door(office_folder)
    assert found is not None
    office = opening.unlock(office_folder, found.officers[0][0], PASSPHRASE)

    def work() -> None:
        run = _Run()
        for package in _verified(office, stick, run, Progress(), ""):
            _take(office, package, run)
        assert (len(run.taken), run.left) == (UNITS, [])
        assert sum(result.new for result in run.taken) == UNITS * SUPPORTS * 2

    return work


def _child(what: str, office: Path, stick: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.packages", what, str(office), str(stick)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(answer or "{}")
    return found


_FLOORS = {"floor": packages_floor.floor, "heap": packages_floor.heap}


def main() -> None:
    what, office, stick = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if what == "make":
        _make(office, stick)
        return
    work = _take(office, stick) if what == "take" else _FLOORS[what](office, stick, UNITS)
    gc.disable()  # as in a process with a window
    began = time.process_time()
    work()
    seconds = time.process_time() - began
    print(json.dumps({"seconds": seconds, "mb": peak_mib()}))


if __name__ == "__main__":
    main()
