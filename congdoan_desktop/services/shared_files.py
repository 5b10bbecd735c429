"""Catalogues and forms given down: they ride home with plan and list of keys, and count as soon as they are imported.

A withdrawn package takes its files along; a unit can also put one out of use for itself, and into use again.
"""

from __future__ import annotations

import json
import logging
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.catalogue import CatalogueFault
from congdoan_desktop.domain.revisions import State
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.shared_files import CATALOGUE, FORM, SharedFile
from congdoan_desktop.domain.statistics_forms import form_of
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import catalogues
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved
from congdoan_desktop.storage import rows, tables
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)

_OFF = "shared_files_off"
"""The setting with the ids of files that this office does not use."""
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shared:
    """A file held here. `own`: given by us; `used`: it counts here."""

    id: str
    file: SharedFile
    unit_name: str
    at: str
    own: bool
    used: bool


def add(office: Office, path: Path) -> Saved:
    """Take a statistics form or a catalogue file into what goes down; the same name again is its next version.

    Raises: NotAllowed; AppError when the file cannot be read or is none of both, FormFault, CatalogueFault.
    """
    office.require(Right.ISSUE)
    file = _read(office, path)
    table = TABLES[SharedFile.TYPE].c
    with office.write(Right.ISSUE) as work:
        same = select(table.record).where(table.unit == file.unit, table.family == file.family, table.name == file.name)
        id_ = work.put(file, work.connection.execute(same).scalars().first())
    use(office)
    return Saved((id_,))


def remove(office: Office, id_: str, reason: str) -> None:
    """It counts no more, here and below as soon as that has arrived. Raises: NotAllowed, NotCustodian, NotFound."""
    with office.write(Right.ISSUE) as work:
        work.delete(id_, reason)
    use(office)


def switch(office: Office, id_: str, *, used: bool) -> None:
    """Put a file out of use here, or into use again; nothing is thrown away. Raises: NotAllowed."""
    with office.write(Right.ISSUE) as work:
        off = _off(work.connection) - {id_} if used else _off(work.connection) | {id_}
        rows.set_settings(work.connection, {_OFF: json.dumps(sorted(off))})
        work.note("shared_file:on" if used else "shared_file:off", id_)
    use(office)


def listing(office: Office) -> list[Shared]:
    """Forms before catalogues, by name."""
    with office.read() as connection:
        units, off = office.tree(connection).units, _off(connection)
        held = [(row, value_of(SharedFile.TYPE, row)) for row in _rows(connection)]
        return [
            Shared(
                row["record"], file, units[file.unit].name if file.unit in units else "", row["at"],
                file.unit == office.identity.unit, row["record"] not in off,
            )
            for row, file in sorted(held, key=lambda pair: (pair[1].family != FORM, search_key(pair[1].title)))
        ]  # fmt: skip


def forms(connection: Connection) -> list[SharedFile]:
    """The forms in use."""
    return [file for file in _in_use(connection) if file.family == FORM]


def riding(work: UnitOfWork) -> list[str]:
    """Records that go down with a plan: ours, and what came from above; also what was removed, so that it is known."""
    table = tables.revisions.c
    query = select(table.record).where(table.type == SharedFile.TYPE, table.state == State.ACCEPTED).distinct()
    return sorted(work.connection.execute(query).scalars())


def use(office: Office) -> None:
    """Let the catalogues held here count from now on. One that does not fit this program is left out and logged."""
    with office.database.read() as connection:
        files = [(one.name, one.text.encode()) for one in _in_use(connection) if one.family == CATALOGUE]
    catalogues.use(_sound(files))


def _sound(files: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Those that fit what ships with the program and those before them."""
    kept: list[tuple[str, bytes]] = []
    for file in files:
        try:
            catalogues.with_given([*kept, file])
        except CatalogueFault:
            logger.warning("a catalogue from above does not fit")
        else:
            kept.append(file)
    return kept


def _in_use(connection: Connection) -> list[SharedFile]:
    off = _off(connection)
    return [value_of(SharedFile.TYPE, row) for row in _rows(connection) if row["record"] not in off]


def _rows(connection: Connection) -> list[RowMapping]:
    table = TABLES[SharedFile.TYPE]
    return list(connection.execute(select(table).order_by(table.c.at, table.c.record)).mappings())


def _off(connection: Connection) -> set[str]:
    return set(json.loads(rows.settings(connection).get(_OFF, "[]")))


def _read(office: Office, path: Path) -> SharedFile:
    try:
        with path.open("rb") as source:
            data = source.read(_LARGEST + 1)
        content = tomllib.loads(data.decode("utf-8")) if len(data) <= _LARGEST else {}
    except (OSError, ValueError, RecursionError) as error:
        raise _not_one(path) from error
    own = office.identity.unit
    if "sections" in content:
        form = form_of(path.name, data)
        return SharedFile(own, FORM, form.code, form.title, data.decode())
    if "entry" not in content or path.stem not in catalogues.shipped().lists:
        raise _not_one(path)
    catalogues.with_given([(path.stem, data)])
    return SharedFile(own, CATALOGUE, path.stem, f"Danh mục: {catalogues.title(path.stem)}", data.decode())


def _not_one(path: Path) -> AppError:
    return AppError(
        f"{path.name} không phải biểu thống kê hay danh mục.",
        safe="Chưa có gì thay đổi.",
        todo="Chọn tệp TOML có [[sections]] (biểu) hoặc [[entry]] mang tên một danh mục của chương trình.",
    )
