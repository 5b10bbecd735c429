"""Lists out of Excel into the registry: open, match the columns, check every row, import all that is good in one go.

    opened = open_file(office, path)
    look_ = look(office, opened, sheet, ListKind.MEMBERS)
    preview = check(office, opened, look_.matching, Settings(into=unit))
    receipt = apply(office, preview, choices)

What was opened holds its file open until `opened.book.close()`, and belongs to the thread of the office.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from io import BytesIO
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, select

from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError, Finding, ValidationError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import paper, sheet_counts
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sheet_members import Members
from congdoan_desktop.services.sheet_names import NamedUnion, UnitNames
from congdoan_desktop.services.sheet_rows import FreeCodes, Likeness, Made, Rows, Units, Workplaces, merged, news
from congdoan_desktop.services.sheet_sections import Section
from congdoan_desktop.spreadsheets import columns, layout, reading
from congdoan_desktop.spreadsheets.cells import address
from congdoan_desktop.spreadsheets.columns import Matching
from congdoan_desktop.spreadsheets.drafts import ImportSheet, LeftOut, RowDraft
from congdoan_desktop.spreadsheets.fields import ListKind
from congdoan_desktop.spreadsheets.findings import CellFinding
from congdoan_desktop.storage import imports, projections
from congdoan_desktop.storage.bulk import last_revision
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_CHUNK = 500
_LONGEST_FOUND = 60


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    """It says nothing that is not known."""
    NEAR = "near"
    """A person must say whether it is somebody known; until then it is not imported."""
    REPEATED = "repeated"
    """It stands in the list twice; the first one counts."""
    FAULTY = "faulty"


class Choice(StrEnum):
    """What is to be done with a row that is only nearly known."""

    ADD = "add"
    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the sheet itself does not say. `into`: the union of rows that name none. `called`: union by its name in the
    list where it is known under another, besides the remembered ones. `counted_on`: the day of its numbers, None today.
    """

    into: str = ""
    called: Mapping[str, str] = field(default_factory=dict)
    counted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook that was opened."""

    book: reading.Book
    name: str


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet with the likeliest matching; `remembered` names the kept one that was laid over it, "" for none."""

    sheet: str
    matching: Matching
    rows: int
    remembered: str


@dataclass(slots=True)
class Line:
    """A row of the list. `id` is the record it is about, `before` its present version; both "" for a new one.

    `draft` is kept where the row may have to go back.
    """

    number: int
    state: State
    made: Made
    id: str = ""
    before: str = ""
    revised: bool = False
    """Whether it says more than the known record; its numbers of people may be news without that."""
    why: str = ""
    findings: tuple[CellFinding, ...] = ()
    draft: RowDraft | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """All that is to be said about the row, the cells named; what stops it comes first."""
        findings = sorted(self.findings, key=lambda finding: finding.warning)
        return (*map(str, findings), *([self.why] if self.why else ()))


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing has been written. `named`: unions whose names the registry does not know;
    `sections`: labels in the list that name none.
    """

    source: str
    matching: Matching
    settings: Settings
    lines: Sequence[Line]
    left_out: Sequence[LeftOut]
    last_revision: int
    named: Sequence[NamedUnion] = ()
    sections: Sequence[Section] = ()

    @property
    def counts(self) -> Mapping[State, int]:
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in State}


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
        drafts = listed.drafts(_said(shown, "Đang kiểm tra từng dòng"))
        lines = [_line(matching, rows, draft) for draft in islice(drafts, most)]
        if most is None:
            opened.book.let_go()
        known = [line for line in lines if line.state is State.CHANGED]
        _compared(connection, matching.kind, known, _day_of(chosen, office), shown)
        last, left_out = last_revision(connection), tuple(listed.left_out)
        return Preview(
            f"{opened.name} · {sheet}", matching, chosen, lines, left_out, last, names.named(), rows.sections()
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
        on = _day_of(preview.settings, office)
        added, updated = _wanted(preview, choices or {})
        _compared(work.connection, preview.matching.kind, [x for x in updated if not x.before], on, shown)
        updated = [line for line in updated if line.state is State.CHANGED]
        _write(work, added, updated, on, shown)
        left = sum(count for state, count in preview.counts.items() if state in _RETURNED)
        counts = {"new": len(added), "changed": len(updated), "returned": left}
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
    decided = {number for number, choice in (choices or {}).items() if choice is not Choice.SKIP}
    rows = [
        (line.draft, (*map(str, line.findings[len(line.draft.findings) :]), *([line.why] if line.why else ())))
        for line in preview.lines
        if line.state in _RETURNED and line.number not in decided and line.draft is not None
    ]
    stream = BytesIO()
    from congdoan_desktop.spreadsheets import returned  # with the writer of workbooks, which a page need not wait for

    returned.write_returned(stream, preview.matching, rows, _said(progress or Progress(), "Đang ghi tệp"))
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
_RETURNED = frozenset({State.FAULTY, State.NEAR, State.REPEATED})


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
    kept = draft if state in _RETURNED else None
    return Line(draft.number, state, made, match.id, why=match.why, findings=draft.findings, draft=kept)


def _placed(matching: Matching, draft: RowDraft, code: str, message: str, mend: str) -> CellFinding:
    match = matching.fields.get(code)
    where = address(draft.number, match.column) if match else f"dòng {draft.number}"
    found = str(draft.values.get(code, ""))[:_LONGEST_FOUND] if match else draft.group
    return CellFinding(where, code, found, message, mend)


def _day_of(settings: Settings, office: Office) -> date:
    return settings.counted_on or office.clock.today()


def _compared(connection: Connection, kind: ListKind, lines: list[Line], on: date, progress: Progress) -> None:
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


def _wanted(preview: Preview, choices: Mapping[int, Choice]) -> tuple[list[Line], list[Line]]:
    """Rows to be added, and rows about known records."""
    added = [line for line in preview.lines if line.state is State.NEW]
    updated = [line for line in preview.lines if line.state is State.CHANGED]
    for line in preview.lines:
        choice = choices.get(line.number, Choice.SKIP)
        if line.state is State.NEAR and choice is Choice.ADD:
            added.append(replace(line, id=""))
        if line.state is State.NEAR and choice is Choice.UPDATE and line.id:
            updated.append(replace(line))
    return added, updated


def _write(work: UnitOfWork, added: list[Line], updated: list[Line], on: date, progress: Progress) -> None:
    codes = FreeCodes(work.custody.tree.units.values())
    written = [*added, *(line for line in updated if line.revised)]
    records = [codes.coded(line.made.record) for line in written if line.made.record is not None]
    ids = work.put_many(records, [line.id or None for line in written], progress=progress)
    known = [(line, line.id) for line in updated if not line.revised]
    lines = [*zip(written, ids, strict=True), *known]
    sheet_counts.save(work, [line.made.counted(id_, on) for line, id_ in lines if line.made.counted], progress)


def _said(progress: Progress, text: str) -> Progress:
    return Progress(lambda done, total, _: progress.step(done, total, text))
