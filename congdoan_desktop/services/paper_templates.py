"""The template of our papers: shipped with the program, changed by an administrator, kept with data and backups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from sqlalchemy import Connection

from congdoan_desktop import paths
from congdoan_desktop.domain.paper_template import PaperTemplate, TemplateFault, deviations, template_of
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import rows

_SETTING = "paper_template"
_LONGEST = 100_000
_BEGINNING = "# Chỉ ghi những dòng khác với mẫu gốc, ví dụ:\n# [page]\n# left = 35.0\n"


@dataclass(frozen=True, slots=True)
class TemplateDesk:
    """`text` is our file, `shipped` the program's. `fault`: why ours is not in use, after an update of the program."""

    text: str
    shipped: str
    deviations: tuple[Finding, ...]
    fault: AppError | None


def look(office: Office) -> TemplateDesk:
    with office.read() as connection:
        text = rows.settings(connection).get(_SETTING, "")
        code = office.own_unit(connection).code
    fault: AppError | None = None
    try:
        found = deviations(_made(text, code))
    except TemplateFault as error:
        found, fault = (), error
    return TemplateDesk(text or _BEGINNING, shipped_text(), found, fault)


def shipped_text() -> str:
    """The file that comes with the program, with its explanations."""
    return (paths.resources() / "templates" / "papers.toml").read_text("utf-8")


def check(office: Office, text: str) -> tuple[Finding, ...]:
    """Where the papers would leave the decree's limits.

    Raises: TemplateFault.
    """
    with office.read() as connection:
        return deviations(_made(text, office.own_unit(connection).code))


def save(office: Office, text: str) -> tuple[Finding, ...]:
    """Papers are made so from now on; "" brings the shipped template back. Stamped reports stay as they are.

    Raises: TemplateFault; the one in use then stays.
    """
    with office.write(Right.TRUST) as work:
        found = deviations(_made(text, office.own_unit(work.connection).code))
        rows.set_settings(work.connection, {_SETTING: text})
        work.note("template", "")
        return found


def preview(office: Office, text: str) -> bytes:
    """An invented report as this template would print it.

    Raises: TemplateFault.
    """
    from congdoan_desktop.reports import geometry
    from congdoan_desktop.reports.pdf import render
    from congdoan_desktop.reports.period_report_layout import period_report_document
    from congdoan_desktop.reports.template_sample import report_of

    with office.read() as connection:
        unit = office.own_unit(connection)
    template = _made(text, unit.code)
    with geometry.using(template):
        return render(period_report_document(report_of(unit, template, office.clock.today())))


def in_force(connection: Connection, unit_code: str) -> PaperTemplate:
    """The template for papers of a union. One that this program cannot use any more leaves the shipped one."""
    try:
        return _made(rows.settings(connection).get(_SETTING, ""), unit_code)
    except TemplateFault:
        return _made("", unit_code)


def recipients(office: Office) -> tuple[str, ...]:
    """Nơi nhận that a new report begins with."""
    with office.read() as connection:
        return in_force(connection, office.own_unit(connection).code).lines("report", "recipients")


@contextmanager
def applied(office: Office, inside: Connection | None = None) -> Iterator[None]:
    """Papers laid out within are made after our template; `inside` a transaction, it is read there."""
    from congdoan_desktop.reports import geometry

    with office.read() if inside is None else nullcontext(inside) as connection:
        changed = bool(rows.settings(connection).get(_SETTING))
        template = in_force(connection, office.own_unit(connection).code) if changed else geometry.shipped()
    with geometry.using(template):
        yield


def _made(text: str, unit_code: str) -> PaperTemplate:
    from congdoan_desktop.reports import geometry

    if len(text) > _LONGEST:
        raise TemplateFault([f"tệp dài quá {_LONGEST} chữ"])
    return template_of(text, unit_code, geometry.shipped())
