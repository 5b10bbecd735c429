"""A process that saves through the services: `saving.py FOLDER PASSPHRASE ACKS SYNCHRONOUS COUNT`.

After each save it writes one line to ACKS: the head of the office's log, which stands for everything saved until then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from congdoan_desktop.domain.attachments import PHOTO
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import activities, attachments, doctor, opening, records, support, units
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import files, tables
from congdoan_desktop.storage.engine import Database
from congdoan_desktop.storage.ledger import Log
from tests.pictures.photos import encoded
from tests.services.conftest import activity, person, unlocked
from tests.services.conftest import support as support_record

HASTY = "HASTY"
"""In place of a setting of the database: the database is careful, and pictures are just written."""
WRITING = ("new", "edit", "delete", "erase")


def saves(office: Office) -> Iterator[str]:
    """Saves for ever, of every kind; after each one the head of the log."""
    unit = units.grassroots(office)[0][0]
    number = 0
    while True:
        number += 1
        (given,) = support.add(office, support_record(unit, note=f"lần {number}"), person(unit, "Lò Thị Ương")).ids
        yield head(office)
        (done,) = activities.add(office, activity(note="x" * (number * 37 % 700)), (unit,)).ids
        yield head(office)
        if number % 2 == 0:
            attachments.attach(office, "activity", [done], [small_photo(number)], PHOTO)
            yield head(office)
        if number % 3 == 0:
            row = next(row for row in support.listing(office) if row.id == given)
            support.edit(office, given, support_record(unit, person=row.record.person, cash=number))
            yield head(office)
            records.delete(office, done, "ghi nhầm")
            yield head(office)


def small_photo(number: int) -> bytes:
    """Another one for every number."""
    return encoded(Image.new("RGB", (24 + number, 24), (number * 7 % 256, number * 31 % 256, 90)), "PNG")


def head(office: Office) -> str:
    with office.read() as connection:
        return Log(connection).head()


def in_place(path: Path, data: bytes) -> None:
    """What a plain program does with a picture."""
    path.write_bytes(data)


def main(folder: str, acks: str, synchronous: str, count: str) -> None:
    if synchronous == HASTY:
        setattr(files, "write_atomically", in_place)  # noqa: B010 - see below
        synchronous = "FULL"
    setattr(opening, "Database", partial(Database, synchronous=synchronous))  # noqa: B010 - mypy forbids the plain way
    office = unlocked(Path(folder))
    told = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for _, line in zip(range(int(count)), saves(office), strict=False):
        os.write(told, f"{line}\n".encode())
    office.close()


def verdict(folder: Path, acknowledged: tuple[str, ...]) -> str:
    """Open the office as an officer would: "sound", or in a word what is wrong with what was saved."""
    try:
        office = unlocked(folder)
    except AppError as error:
        return f"unreadable: {error.what}"
    try:
        if doctor.check(office):
            return "corrupt"
        with office.database.read() as connection:
            log = connection.execute(select(tables.log)).all()
            held = set(connection.execute(select(tables.revisions.c.hash).where(tables.revisions.c.local)).scalars())
    finally:
        office.close()
    if not {row.head for row in log} >= set(acknowledged):
        return "lost"
    written = {row.object for row in log if row.action.partition(":")[0] in WRITING}
    return "sound" if written == held else "half a save"


if __name__ == "__main__":
    main(*sys.argv[1:])
