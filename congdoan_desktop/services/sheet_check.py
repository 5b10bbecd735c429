"""A list out of Excel before it is imported: opened, its columns matched, every row checked against what is known.

    opened = open_file(office, path)
    look_ = look(office, opened, sheet, ListKind.MEMBERS)
    preview = check(office, opened, sheet, look_.matching, Settings(into=unit))

What was opened holds its file open until `opened.book.close()`, and belongs to the thread of the office.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, select

from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import sheet_counts
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sheet_members import Members
from congdoan_desktop.services.sheet_names import UnitNames
from congdoan_desktop.services.sheet_preview import RETURNED, Line, Look, Opened, Preview, Settings, State
from congdoan_desktop.services.sheet_rows import Likeness, Made, Rows, Units, Workplaces, merged, news
from congdoan_desktop.spreadsheets import columns, layout, reading
from congdoan_desktop.spreadsheets.cells import address
from congdoan_desktop.spreadsheets.columns import Matching
from congdoan_desktop.spreadsheets.drafts import ImportSheet, RowDraft
from congdoan_desktop.spreadsheets.fields import ListKind
from congdoan_desktop.spreadsheets.findings import CellFinding
from congdoan_desktop.storage import imports, projections
from congdoan_desktop.storage.bulk import last_revision

_CHUNK = 500
_LONGEST_FOUND = 60
_TYPES: Mapping[ListKind, str] = {
    ListKind.MEMBERS: Members.type,
    ListKind.WORKPLACES: Workplaces.type,
    ListKind.UNITS: Units.type,
}
_STATES: Mapping[Likeness, State] = {
    Likeness.SAME: State.CHANGED,
    Likeness.NEAR: State.NEAR,
    Likeness.REPEATED: State.REPEATED,
}


def open_file(office: Office, path: Path, progress: Progress | None = None) -> Opened:
    """Raises: NotAllowed, SheetRefused, NotFound, Cancelled."""
    office.require(Right.ENTER)
    return Opened(reading.open_book(path, progress), path.name)


def look(
    office: Office,
    opened: Opened,
    sheet: str,
    kind: ListKind,
    *,
    head: int | None = None,
    encoding: Encoding | None = None,
) -> Look:
    """The likeliest matching of a sheet, or the one remembered for the same titles. `head`: the row where it begins."""
    found = opened.book.sheet(sheet)
    writing = encoding or layout.sheet_encoding(found)
    top = layout.find_head(found, writing) if head is None else layout.head_at(found, head, writing)
    matching = columns.guess(found, top, kind, writing, chosen=encoding is not None)
    with office.read() as connection:
        kept = next(((name, body) for key, name, body in imports.matchings(connection) if key == matching.key), None)
    if kept is not None and encoding is None:
        matching = matching.with_remembered(kept[1])
    return Look(sheet, matching, found.info.rows, kept[0] if kept else "")


def check(
    office: Office,
    opened: Opened,
    sheet: str,
    matching: Matching,
    settings: Settings | None = None,
    progress: Progress | None = None,
    *,
    most: int | None = None,
) -> Preview:
    """What becomes of every row, or of so many at most, while columns are still chosen.

    Raises: NotAllowed, ValidationError when a needed column is missing, Cancelled.
    """
    chosen, shown = settings or Settings(), progress or Progress()
    office.require(Right.ENTER)
    _complete(matching, chosen)
    with office.read() as connection:
        listed = ImportSheet(opened.book.sheet(sheet), matching, office.clock.today())
        called = {**imports.union_names(connection), **chosen.called}
        names = UnitNames(office.tree(connection), office.identity.unit, office.clock.today(), called)
        rows = _rows(office, connection, matching.kind, chosen.into, names)
        drafts = listed.drafts(shown.saying("Đang kiểm tra từng dòng"))
        lines = [_line(matching, rows, draft) for draft in islice(drafts, most)]
        if most is None:
            opened.book.let_go()
        known = [line for line in lines if line.state is State.CHANGED]
        compared(connection, matching.kind, known, chosen.day(office.clock.today()), shown)
        last, left_out = last_revision(connection), tuple(listed.left_out)
        return Preview(
            f"{opened.name} · {sheet}", matching, chosen, lines, left_out, last, names.named(), rows.sections()
        )


def _complete(matching: Matching, settings: Settings) -> None:
    """Raises: ValidationError."""
    names = [wanted.name for wanted in matching.missing]
    fields_ = matching.fields
    findings = [Finding(name, f"Chưa ghép cột nào với “{name}”.") for name in names]
    if matching.kind is ListKind.MEMBERS and "unit" not in fields_ and not settings.into:
        findings.append(Finding("into", "Danh sách không có cột công đoàn cơ sở. Chọn đơn vị của cả danh sách."))
    if findings:
        raise ValidationError(tuple(findings))


def _rows(office: Office, connection: Connection, kind: ListKind, into: str, names: UnitNames) -> Rows:
    own = office.identity.unit
    if kind is ListKind.MEMBERS:
        return Members(connection, names, into, office.clock.today())
    return Units(names, own) if kind is ListKind.UNITS else Workplaces(connection, names, own)


def _line(matching: Matching, rows: Rows, draft: RowDraft) -> Line:
    """The row with what is known about it from memory alone."""
    if not draft.good:
        return Line(draft.number, State.FAULTY, Made(None), findings=draft.findings, draft=draft)
    made = rows.made(draft.values, draft.labels)
    if made.problems or made.record is None:
        findings = (*draft.findings, *(_placed(matching, draft, *problem) for problem in made.problems))
        return Line(draft.number, State.FAULTY, Made(None), findings=findings, draft=draft)
    match = rows.match(draft.number, made.record)
    if match.likeness is Likeness.NONE:
        return Line(draft.number, State.NEW, made, findings=draft.findings)
    state = _STATES[match.likeness]
    kept = draft if state in RETURNED else None
    return Line(draft.number, state, made, match.id, why=match.why, findings=draft.findings, draft=kept)


def _placed(matching: Matching, draft: RowDraft, code: str, message: str, mend: str) -> CellFinding:
    match = matching.fields.get(code)
    where = address(draft.number, match.column) if match else f"dòng {draft.number}"
    found = str(draft.values.get(code, ""))[:_LONGEST_FOUND] if match else draft.group
    return CellFinding(where, code, found, message, mend)


def compared(connection: Connection, kind: ListKind, lines: list[Line], on: date, progress: Progress) -> None:
    """Lay rows about known records over these; one that says nothing new is the same."""
    type_ = _TYPES[kind]
    table = projections.TABLES[type_]
    for start in range(0, len(lines), _CHUNK):
        progress.step(start, len(lines), "Đang so với sổ")
        chunk = lines[start : start + _CHUNK]
        query = select(table).where(table.c.record.in_([line.id for line in chunk]))
        held = {row["record"]: row for row in connection.execute(query).mappings()}
        for line in chunk:
            row = held[line.id]
            old: Record = projections.value_of(type_, row)
            assert line.made.record is not None
            new = merged(old, line.made.record)
            line.before = row["hash"]
            line.made = Made(new, (), line.made.counted)
            line.revised = new != old
            if line.revised:
                line.why = "; ".join(filter(None, (line.why, news(old, new, kind))))
            counted = line.made.counted is not None and sheet_counts.is_news(connection, line.made.counted(line.id, on))
            line.state = State.CHANGED if line.revised or counted else State.SAME
