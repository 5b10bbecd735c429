"""A checked list out of Excel into the registry, all that is good in one go; what is not goes back with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import AppError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import paper, sheet_counts
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sheet_check import compared
from congdoan_desktop.services.sheet_preview import RETURNED, Choice, Line, Preview, State
from congdoan_desktop.services.sheet_rows import FreeCodes
from congdoan_desktop.spreadsheets.fields import ListKind
from congdoan_desktop.storage import imports
from congdoan_desktop.storage.bulk import last_revision
from congdoan_desktop.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an import did: its number, how many records are new and how many were changed, how many rows were not
    imported.
    """

    id: int
    new: int
    changed: int
    returned: int


class Outdated(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Sổ đã có thay đổi từ lúc kiểm tra danh sách.",
            safe="Chưa nhập dòng nào.",
            todo="Bấm Kiểm tra lại rồi nhập.",
        )


def apply(
    office: Office,
    preview: Preview,
    choices: Mapping[int, Choice] | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Import all rows that are good, and the near ones as chosen (by row number; others are left), in one transaction.

    Raises: Outdated when something was written since the check, NotAllowed, NotCustodian, Cancelled; nothing of the
    list is then in the database.
    """
    right = Right.ISSUE if preview.matching.kind is ListKind.UNITS else Right.ENTER
    shown = progress or Progress()
    with office.write(right) as work:
        if last_revision(work.connection) != preview.last_revision:
            raise Outdated
        on = preview.settings.day(office.clock.today())
        added, updated = _wanted(preview, choices or {})
        compared(work.connection, preview.matching.kind, [x for x in updated if not x.before], on, shown)
        updated = [line for line in updated if line.state is State.CHANGED]
        _write(work, added, updated, on, shown)
        counts = {"new": len(added), "changed": len(updated), "returned": len(_left(preview, choices or {}))}
        made = imports.Import(
            0, office.clock.now().isoformat(), office.identity.officer.id, preview.matching.kind, preview.source,
            counts, "",
        )  # fmt: skip
        id_ = imports.add(work.connection, made, work.written)
        work.note(f"import:{preview.matching.kind}", str(id_))
        return Receipt(id_, **counts)


def write_returned(
    office: Office,
    preview: Preview,
    path: Path,
    choices: Mapping[int, Choice] | None = None,
    progress: Progress | None = None,
) -> int:
    """The rows that were not imported as an .xlsx with the reasons. Returns how many. The export is logged.

    Raises: NotAllowed, AppError when the disk refuses, Cancelled.
    """
    rows = [
        (line.draft, (*map(str, line.findings[len(line.draft.findings) :]), *([line.why] if line.why else ())))
        for line in _left(preview, choices or {})
        if line.draft is not None
    ]
    stream = BytesIO()
    from congdoan_desktop.spreadsheets import returned  # with the writer of workbooks, which a page need not wait for

    returned.write_returned(stream, preview.matching, rows, (progress or Progress()).saying("Đang ghi tệp"))
    with office.write(Right.READ) as work:
        work.note("export:returned_rows", preview.matching.kind)
    paper.write(path, stream.getvalue())
    return len(rows)


def write_template(kind: ListKind, path: Path) -> None:
    """An empty workbook to fill in.

    Raises: AppError when the disk refuses.
    """
    stream = BytesIO()
    from congdoan_desktop.spreadsheets import templates

    templates.write_template(stream, kind)
    paper.write(path, stream.getvalue())


def _wanted(preview: Preview, choices: Mapping[int, Choice]) -> tuple[list[Line], list[Line]]:
    """Rows to be added, and rows about known records; of several about one record the first counts."""
    added = [line for line in preview.lines if line.state is State.NEW]
    updated = [line for line in preview.lines if line.state is State.CHANGED]
    met = {line.id for line in updated}
    for line in preview.lines:
        choice = choices.get(line.number, Choice.SKIP)
        if line.state is State.NEAR and choice is Choice.ADD:
            added.append(replace(line, id=""))
        if line.state is State.NEAR and choice is Choice.UPDATE and line.id not in {"", *met}:
            updated.append(replace(line))
            met.add(line.id)
    return added, updated


def _left(preview: Preview, choices: Mapping[int, Choice]) -> list[Line]:
    """The rows that are not imported."""
    taken = {line.number for lines in _wanted(preview, choices) for line in lines}
    return [line for line in preview.lines if line.state in RETURNED and line.number not in taken]


def _write(work: UnitOfWork, added: list[Line], updated: list[Line], on: date, progress: Progress) -> None:
    written = [*added, *(line for line in updated if line.revised)]
    listed = (line.made.record for line in written if isinstance(line.made.record, Unit))
    codes = FreeCodes([*work.custody.tree.units.values(), *listed])
    records = [codes.coded(line.made.record) for line in written if line.made.record is not None]
    ids = work.put_many(records, [line.id or None for line in written], progress=progress)
    known = [(line, line.id) for line in updated if not line.revised]
    lines = [*zip(written, ids, strict=True), *known]
    sheet_counts.save(work, [line.made.counted(id_, on) for line, id_ in lines if line.made.counted], progress)
