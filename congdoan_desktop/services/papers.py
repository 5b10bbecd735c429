"""A paper that is ready: looked at as PDF, printed, saved as PDF, Word or Excel; each leaves a line in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import paper, paper_templates
from congdoan_desktop.services.office import Office

if TYPE_CHECKING:
    from congdoan_desktop.reports.document import Document


@dataclass(frozen=True, slots=True)
class Paper:
    """A laid-out paper. `file_name` has no ending; `about` is what the log names: a record or a report's id."""

    title: str
    file_name: str
    about: str
    document: Document


def pdf(office: Office, made: Paper, progress: Progress | None = None) -> bytes:
    """The paper as it is printed.

    Raises: Cancelled when somebody asked to stop, like all that make one.
    """
    from congdoan_desktop.reports.pdf import render

    office.require(Right.READ)
    with paper_templates.applied(office):
        return render(made.document, progress)


def word(office: Office, made: Paper, progress: Progress | None = None) -> bytes:
    """The paper as a Word file, for those who go on writing in it."""
    from congdoan_desktop.reports.docx import render

    office.require(Right.READ)
    with paper_templates.applied(office):
        return render(made.document, progress)


def excel(office: Office, document: Document, progress: Progress | None = None) -> bytes:
    """The paper's tables as a workbook."""
    from congdoan_desktop.services.paper_tables import workbook

    office.require(Right.READ)
    return workbook(document, progress)


def has_tables(made: Paper) -> bool:
    """Whether there is anything for Excel."""
    from congdoan_desktop.services import paper_tables

    return paper_tables.has_tables(made.document)


def save(office: Office, made: Paper, path: Path, progress: Progress | None = None) -> None:
    """Raises: AppError for another ending than .pdf, .docx or, with tables, .xlsx, and when the disk refuses; Cancelled
    before anything is written.
    """
    formats = {".pdf": lambda: pdf(office, made, progress), ".docx": lambda: word(office, made, progress)}
    if has_tables(made):
        formats[".xlsx"] = lambda: excel(office, made.document, progress)
    export(office, formats, made.about, path)


def export(office: Office, formats: Mapping[str, Callable[[], bytes]], about: str, path: Path) -> None:
    """Write what the name's ending asks for, whole or not at all; the log says so.

    Raises: AppError for an unknown ending, and when the disk refuses.
    """
    ending = path.suffix.lower()
    if ending not in formats:
        known = list(formats)
        raise AppError(
            f"Không biết ghi thành tệp {ending or 'không có đuôi'}.",
            safe="Chưa có gì được ghi.",
            todo=f"Đặt tên tệp kết thúc bằng {' hoặc '.join(filter(None, (', '.join(known[:-1]), known[-1])))}.",
        )
    data = formats[ending]()
    with office.write(Right.READ) as work:
        work.note(f"export:{ending[1:]}", about)
        paper.write(path, data)


def note_print(office: Office, about: str) -> None:
    """The log says that a paper went to a printer."""
    with office.write(Right.READ) as work:
        work.note("print", about)
