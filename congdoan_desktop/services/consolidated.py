"""A report of ours made again from what was here when it was packed, whatever has come since: byte for byte.

Of each report packed stay the words asked for, the number of the last revision and the file of its sources. Revisions
are only ever added, so the office of that moment is the one without what was added later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields

from sqlalchemy import Connection, delete, select

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.records import built, plain
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import NotFound
from congdoan_desktop.packages import names
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.reader import check_own
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import campaigns, origins, reporting
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.storage import handoff, tables
from congdoan_desktop.storage.bulk import last_revision
from congdoan_desktop.storage.rebuild import renew
from congdoan_desktop.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Basis:
    """What a report rests on at the moment of packing: the last revision here, and the file of its sources."""

    last_revision: int
    sources: bytes | None

    @property
    def clear(self) -> dict[str, bytes]:
        """The file as it goes into the package, where there are sources."""
        return {} if self.sources is None else {names.SOURCES: self.sources}


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """Whether figures, paper and sources came out byte for byte as they were packed."""

    file_name: str
    figures: bool
    paper: bool
    sources: bool

    @property
    def same(self) -> bool:
        return self.figures and self.paper and self.sources


class _Done(Exception):
    """Ends the transaction in which the office was as it was then."""

    def __init__(self, made: Mapping[str, bytes]) -> None:
        super().__init__()
        self.made = made


def basis_of(work: UnitOfWork, request: ReportRequest) -> Basis:
    connection = work.connection
    campaign = campaigns.held(connection, request.campaign)
    sources = origins.sources_file(connection, campaign, request.campaign, request.starts, request.ends)
    return Basis(last_revision(connection), sources)


def remember(work: UnitOfWork, package_id: str, request: ReportRequest, basis: Basis) -> None:
    """Keep from what a report was made, in the transaction that packs it."""
    asked = canonical({field.name: plain(getattr(request, field.name)) for field in fields(request)})
    handoff.add_made_report(
        work.connection, handoff.MadeReport(package_id, asked, basis.last_revision, basis.sources or b"")
    )


def make_again(office: Office, package_id: str, progress: Progress | None = None) -> MadeAgain:
    """Make a packed report once more from what was here then, and hold it against the package. Nothing changes.

    Raises: NotFound when it is no report packed here, or its file has gone.
    """
    with office.read() as connection:
        package, made = handoff.outgoing(connection, package_id), handoff.made_report(connection, package_id)
    path = office.outbox / package[0].file_name if package else None
    if made is None or path is None or not path.is_file():
        raise NotFound("Không còn đủ căn cứ để lập lại báo cáo này.", todo="Chọn một gói báo cáo trong Hộp gửi.")
    packed = check_own(path.read_bytes(), package_id).clear
    try:
        with office.write(Right.READ) as work:
            _back_to(work, made, Header.from_bytes(package[0].header), progress or Progress())
            raise _Done(_made(office, work, built(ReportRequest, json.loads(made.asked))))
    except _Done as done:
        same = {name: done.made.get(name) == packed.get(name) for name in (names.FIGURES, names.PDF, names.SOURCES)}
    return MadeAgain(path.name, same[names.FIGURES], same[names.PDF], same[names.SOURCES])


def _made(office: Office, work: UnitOfWork, request: ReportRequest) -> dict[str, bytes]:
    prepared = reporting.compute(office, work.connection, request)
    files = {names.FIGURES: canonical(prepared.document), names.PDF: reporting.pdf(office, prepared, work.connection)}
    return {**files, **basis_of(work, request).clear}


def _back_to(work: UnitOfWork, made: handoff.MadeReport, header: Header, progress: Progress) -> None:
    """Take away what was added since, let packages count as they did, and compute the tables anew."""
    connection = work.connection
    _undo_packages(connection, str(header.log_head))
    for table, number in (
        (tables.deliveries, tables.deliveries.c.revision),
        (tables.personal, tables.personal.c.revision),
        (tables.revisions, tables.revisions.c.seq),
    ):
        connection.execute(delete(table).where(number > made.last_revision))
    renew(work, progress)


def _undo_packages(connection: Connection, head: str) -> None:
    """What the log says of packages after the line that the report names; the first word on each tells how it stood."""
    log = tables.log.c
    then = select(log.seq).where(log.head == head).scalar_subquery()
    later = connection.execute(select(log.action, log.object).where(log.seq > then).order_by(log.seq)).all()
    first = {row.object: row.action for row in reversed(later) if row.action.startswith(("package:", "import:"))}
    for package, action in first.items():
        before = handoff.ACCEPTED if action == f"package:{handoff.WITHDRAWN}" else handoff.WITHDRAWN
        handoff.set_incoming_state(connection, package, before)
