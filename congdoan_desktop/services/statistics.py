"""Statistics forms of our union: filled in from records where these know, the rest entered and kept for each period.

Forms ship with the program; one given by a union above, and before it a file in the folder `forms` of the data folder,
adds a new edition or takes the place of one with the same code (rule B02).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop import paths
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.domain.shared_files import SharedFile
from congdoan_desktop.domain.statistics_forms import FormFault, FormRow, Share, StatisticsForm, form_of, values
from congdoan_desktop.domain.statistics_paper import StatisticsPaper
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import entered, shared_files
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.letterheads import own as own_letterhead
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.records import Saved
from congdoan_desktop.services.statistics_sources import known
from congdoan_desktop.storage.folder import FORMS
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that can be filled in, ours first, and what is wrong with files that cannot."""

    forms: tuple[StatisticsForm, ...]
    faults: tuple[FormFault, ...]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form over a period. `known`: row code -> figure out of the records; `entered`: what an officer typed."""

    form: StatisticsForm
    period: Period
    known: Mapping[str, int]
    entered: Mapping[str, EnteredFigure]
    ids: Mapping[str, str] = field(repr=False)

    @property
    def values(self) -> dict[str, int | Share]:
        """Row code -> what stands on the form: what was typed goes before what the records say."""
        typed = {code: figure.numerator for code, figure in self.entered.items()}
        return values(self.form, {**self.known, **typed})


def listing(office: Office) -> Forms:
    """All forms. A wrong file is named among the faults and hides no other form."""
    with office.read() as connection:
        level = office.own_unit(connection).level
        given = shared_files.forms(connection)
    found: dict[str, StatisticsForm] = {}
    faults = []
    for path, read in _files(office.folder, given):
        try:
            form = form_of(path.name, read())
        except FormFault as fault:
            faults.append(fault)
        except OSError as error:
            faults.append(FormFault(path.name, [f"không mở được ({error.strerror})"]))
        else:
            found[form.code] = form
    ordered = sorted(found.values(), key=lambda form: (level not in form.levels, form.code))
    return Forms(tuple(ordered), tuple(faults))


def look(office: Office, code: str, period: Period) -> FilledForm:
    """Raises: AppError for a form that is not there."""
    form = _form(office, code)
    own = office.identity.unit
    with office.read() as connection:
        sources = known(connection, office.tree(connection), own, period)
        held = _entered(connection, form, own, period)
    return FilledForm(
        form,
        period,
        {row.code: sources[row.source] for row in form.rows if row.source in sources},
        {code_: value_of(EnteredFigure.TYPE, row) for code_, row in held.items()},
        {code_: row["record"] for code_, row in held.items()},
    )


def save(
    office: Office,
    code: str,
    period: Period,
    typed: Mapping[str, int | None],
    notes: Mapping[str, str] | None = None,
) -> Saved:
    """Keep what was typed: row code -> figure, None for a row that was emptied. Rows not named stay as they were.

    `notes` go into the form's last column; a row whose note is not named keeps the one it has.

    Raises: ValidationError; AppError for a form that is not there or a row that is not to be entered.
    """
    filled = look(office, code, period)
    rows = {row.code: row for row in filled.form.rows if not row.computed}
    if strange := sorted(typed.keys() - rows.keys()):
        raise AppError(
            f"Biểu {code} không có dòng nhập {', '.join(strange)}.",
            safe="Chưa có gì được ghi.",
            todo="Xem mã dòng ở biểu; dòng cộng và tỷ lệ do chương trình tự tính.",
        )
    said = {**{row: one.note for row, one in filled.entered.items()}, **(notes or {})}
    figures = [
        EnteredFigure(
            office.identity.unit, filled.form.key(rows[row]), period.starts, period.ends, figure, note=said.get(row, "")
        )
        for row, figure in typed.items()
        if figure is not None
    ]
    gone = [filled.ids[row] for row, figure in typed.items() if figure is None and row in filled.ids]
    return entered.save(office, figures, gone)


def paper(office: Office, filled: FilledForm) -> Paper:
    """The filled form as a paper; blank where nothing is known."""
    from congdoan_desktop.reports.statistics_layout import statistics_document

    officer, today = office.identity.officer, office.clock.today()
    with office.read() as connection:
        head = own_letterhead(office, connection, today, "BC")
    made = StatisticsPaper(
        head, filled.form, filled.period, filled.values, {code: one.note for code, one in filled.entered.items()},
        today, officer.name, office.identity.realm == SAMPLE,
    )  # fmt: skip
    name = f"bieu-{filled.form.code[:1]}-hdcd-{filled.period.ends:%Y-%m-%d}"
    return Paper(f"Mẫu số {filled.form.code}, {filled.period.name}", name, filled.form.code, statistics_document(made))


def origin(filled: FilledForm, row: FormRow) -> str:
    """Where a row's figure comes from, for people: the records' own figure beside one that was typed over it."""
    recorded = filled.known.get(row.code)
    if row.computed:
        return "tự tính"
    if recorded is None:
        return "nhập tay"
    if row.code in filled.entered:
        return f"nhập tay; theo sổ: {group_thousands(recorded)}"
    return "theo sổ"


def _form(office: Office, code: str) -> StatisticsForm:
    found = listing(office)
    for form in found.forms:
        if form.code == code:
            return form
    if found.faults:
        raise found.faults[0]
    raise AppError(
        f"Không có biểu {code}.",
        safe="Chưa có gì được ghi.",
        todo=f"Chọn một trong: {', '.join(form.code for form in found.forms)}.",
    )


def _files(folder: Path, given: Iterable[SharedFile]) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """The shipped ones first, then those given from above, so that the office's own take their place."""
    for path in sorted((paths.resources() / "forms").glob("*.toml")):
        yield path, path.read_bytes
    for one in given:
        yield Path(one.file_name), one.text.encode
    for path in sorted((folder / FORMS).glob("*.toml")):
        yield path, path.read_bytes


def _entered(connection: Connection, form: StatisticsForm, unit: str, period: Period) -> dict[str, RowMapping]:
    """Row code -> our figure for exactly this period; of two that came from two places, the later version."""
    table = TABLES[EnteredFigure.TYPE]
    codes = {form.key(row): row.code for row in form.rows}
    query = (
        select(table)
        .where(
            table.c.unit == unit,
            table.c.starts == period.starts,
            table.c.ends == period.ends,
            table.c.indicator.in_(codes),
        )
        .order_by(table.c.generation, table.c.hash)
    )
    return {codes[row["indicator"]]: row for row in connection.execute(query).mappings()}
