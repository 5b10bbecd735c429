"""Making packages: a plan down, a report up, a receipt back. Each is built and checked in the local outbox first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from congdoan_desktop import __version__
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.clear_text import names_in
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.packages import reader, writer
from congdoan_desktop.packages.header import Header, Party, Period
from congdoan_desktop.packages.names import LARGEST_SEQ
from congdoan_desktop.packages.trust import MOST_MARKS, FeedMark
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import (
    confirming,
    consolidated,
    going_up,
    narratives,
    need_travel,
    picture_lines,
    reporting,
    shared_files,
    stick,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reporting import Prepared, ReportRequest
from congdoan_desktop.storage import handoff, projections, rows
from congdoan_desktop.storage.files import write_atomically
from congdoan_desktop.storage.personal import Personal
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_FEED = "feed:"
"""The settings that keep our place in each feed."""


class NotEnrolled(AppError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Chưa trao mã xác thực với {name}, nên chưa gửi được gói cho đơn vị này.",
            safe="Dữ liệu đã nhập vẫn còn trong máy.",
            todo="Làm bước “Khoá và tin cậy” trong trang Gửi – nhận trước.",
        )


class NamesInClear(AppError):
    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(
            f"Lời văn báo cáo có nêu tên {', '.join(names)}; bản báo cáo trong gói không mã hoá.",
            safe="Chưa có gói nào được lập.",
            todo="Viết “một đoàn viên” thay cho tên; hồ sơ đầy đủ vẫn đi trong phần mã hoá.",
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a feed: its id, the number, and the package before it."""

    feed: str
    seq: int
    previous: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a package beside its header."""

    kind: str
    receiver: Party | None
    recipients: tuple[str, ...]
    lines: tuple[dict[str, Any], ...] | None = None
    figures: dict[str, object] | None = None
    pdf: bytes | None = None
    clear: dict[str, bytes] | None = None
    period: Period | None = None
    about: str | None = None
    counts: dict[str, int] | None = None
    cosigners: tuple[bytes, ...] = ()


def make_plan(office: Office, campaign: str, receiver: str) -> handoff.Outgoing:
    """A `plan` package with one campaign for a unit below, and the catalogues and forms that go down.

    Raises: NotEnrolled, NotFound.
    """
    with office.write(Right.ISSUE) as work:
        if not work.ledger.revisions(campaign):
            raise NotFound("Kế hoạch này không còn trong máy.", todo="Chọn kế hoạch khác.")
        lines = revision_lines(work, [campaign, *shared_files.riding(work)])
        return send(office, work, _content(office, work, "plan", receiver, lines, about=campaign))


def make_cascade(office: Office, campaign: str, receiver: str) -> handoff.Outgoing:
    """A `cascade` package: our own plan for the union above, whose plan it carries out.

    Raises: NotEnrolled, NotFound, AppError when the plan carries out none.
    """
    with office.write(Right.ISSUE) as work:
        plan: Campaign = work.value(Campaign.TYPE, campaign)
        if plan.parent is None:
            raise AppError(
                "Kế hoạch này không thực hiện kế hoạch nào của cấp trên.",
                safe="Chưa có gói nào được lập.",
                todo="Sửa kế hoạch và chọn kế hoạch của cấp trên, rồi gửi lại.",
            )
        lines = revision_lines(work, [campaign])
        return send(office, work, _content(office, work, "cascade", receiver, lines, about=campaign))


def make_report(
    office: Office, request: ReportRequest, receiver: str, pictures: Iterable[str] = ()
) -> tuple[handoff.Outgoing, Prepared]:
    """A `report` package: figures, PDF and the period's records with their whole ancestry.

    pictures: which kinds of attachments go along, of `domain.attachments.KINDS`; without a choice none.

    Raises: NotEnrolled, NotFound, NamesInClear, TooManyPictures.
    """
    _refuse_other_scope(request)
    with office.write(Right.ISSUE) as work:
        _check_clear_text(work, request)
        basis = consolidated.basis_of(work, request)
        prepared = reporting.compute(office, work.connection, request)
        pdf = reporting.pdf(office, prepared, work.connection)
        own = [_keep_figures(office, work, request, prepared)]
        own += filter(None, [narratives.keep(work, request.narrative(office.identity.unit))])
        needs = need_travel.sent_up(work, request.campaign, receiver)
        touched = [*going_up.touched(office.identity.unit, work, request), *needs.whole]
        shown = picture_lines.chosen(work, touched, pictures)
        bare = needs.bare | set(shown.bare)
        lines = revision_lines(work, [*own, *touched, *shown.full, *sorted(bare)], bare)
        lines += tuple(picture_lines.lines(office, shown.digests))
        content = _content(
            office, work, "report", receiver, lines,
            figures=prepared.document, pdf=pdf, about=request.campaign, clear=basis.clear,
            period=Period(request.starts.isoformat(), request.ends.isoformat(), one_line(request.period_name)[:100]),
        )  # fmt: skip
        if shown.full:
            content = replace(content, counts={**(content.counts or {}), picture_lines.COUNTED: len(shown.full)})
        package = send(office, work, content)
        consolidated.remember(work, package.package_id, request, basis)
        return package, prepared


def pictures_offered(office: Office, request: ReportRequest) -> Mapping[str, tuple[int, int]]:
    """Kind of attachment -> (how many pictures the report's records have, their bytes)."""
    with office.write(Right.ISSUE) as work:
        touched = going_up.touched(office.identity.unit, work, request)
    return picture_lines.offered(office, touched)


def _check_clear_text(work: UnitOfWork, request: ReportRequest) -> None:
    """The PDF inside the package is not encrypted, and its narrative is what the officer typed."""
    people = projections.TABLES[Person.TYPE]
    names = work.connection.execute(select(people.c.name).where(people.c.name != "")).scalars()
    found = names_in(" ".join(text for _, text in request.narrative("").texts()), names)
    if found:
        raise NamesInClear(found)


def _refuse_other_scope(request: ReportRequest) -> None:
    if not request.travels:
        raise AppError(
            "Báo cáo của một đơn vị bên dưới hoặc theo cơ cấu của ngày khác chỉ để xem, in và lưu.",
            safe="Chưa có gói nào được lập.",
            todo="Để gửi cấp trên: chọn toàn đơn vị, cơ cấu tổ chức của ngày cuối kỳ.",
        )


def send(office: Office, work: UnitOfWork, content: Content) -> handoff.Outgoing:
    """Build, sign and verify a package, put it into the outbox and advance the feed, in the caller's transaction."""
    place = _next_place(work, content.receiver)
    header = _header(office, work, content, place)
    built = writer.build(
        header,
        signer=office.identity.key.signing_secret,
        cosigners=content.cosigners,
        recipients=content.recipients,
        figures=content.figures,
        pdf=content.pdf,
        lines=content.lines,
        clear=content.clear,
    )
    reader.check_own(built.data, built.package_id)
    write_atomically(office.outbox / built.file_name, built.data)
    package = handoff.Outgoing(
        built.package_id, content.kind, content.receiver.unit if content.receiver else "", header.seq, header.made_at,
        handoff.MADE, built.file_name, "", built.header,
    )  # fmt: skip
    handoff.add_outgoing(work.connection, package)
    if content.pdf is not None:
        handoff.keep_paper(work.connection, built.package_id, content.pdf)
    _advance(work, content.receiver, Place(header.feed, header.seq, built.package_id))
    work.note(f"export:{content.kind}", built.package_id)
    return package


def write_to_stick(office: Office, package_id: str, folder: Path, progress: Progress | None = None) -> stick.Written:
    """Write a package of the outbox to a stick, read it back, and remember where it went.

    Raises: StickProblem, NotFound, ChairMissing.
    """
    office.require(Right.ISSUE)
    with office.read() as connection:
        found = handoff.outgoing(connection, package_id)
    if not found:
        raise NotFound("Gói này không còn trong hộp gửi.", todo="Làm lại gói.")
    data = confirming.bytes_of(office, found[0])
    confirming.refuse_unconfirmed(office, found[0])
    written = stick.write(folder, found[0].file_name, data, progress=progress)
    with office.write(Right.ISSUE) as work:
        places = [*found[0].written_to.splitlines(), str(folder)]
        state = handoff.SENT if found[0].state == handoff.MADE else found[0].state
        handoff.update_outgoing(work.connection, package_id, state=state, written_to="\n".join(places))
        work.note("write:stick", package_id)
    return written


def outbox(office: Office) -> list[handoff.Outgoing]:
    """Packages made here, newest first."""
    with office.read() as connection:
        return handoff.outgoing(connection)


def revision_lines(
    work: UnitOfWork, records: list[str], bare: frozenset[str] = frozenset()
) -> tuple[dict[str, Any], ...]:
    """All revisions of the records, oldest generation first, with the personal parts still held; `bare` without."""
    held = work.ledger.carried(records)
    return tuple(
        _line(body, None if record in bare else part)
        for record in dict.fromkeys(records)
        for body, part in held.get(record, ())
    )


def _line(body: bytes, part: Personal | None) -> dict[str, Any]:
    return {
        "line": "revision",
        "body": body.decode(),
        "salt": part.salt.hex() if part else None,
        "personal": part.body if part else None,
    }


def party(work: UnitOfWork, unit_id: str) -> Party:
    unit = work.custody.tree.units.get(unit_id)
    if unit is None:
        raise NotFound("Chưa biết đơn vị này.", todo="Nhập tệp đăng ký hoặc tệp tin cậy của đơn vị trước.")
    return Party(unit.unit, unit.code, unit.name)


def _content(
    office: Office, work: UnitOfWork, kind: str, receiver: str, lines: tuple[dict[str, Any], ...], **more: Any
) -> Content:
    to = party(work, receiver)
    recipients = office.trust.recipients(receiver) if office.trust else ()
    if not recipients:
        raise NotEnrolled(to.name)
    return Content(kind, to, tuple(recipients), lines, counts=_counts(lines), **more)


def _counts(lines: tuple[dict[str, Any], ...]) -> dict[str, int]:
    return {"revision": sum(1 for line in lines if line["line"] == "revision")}


def _next_place(work: UnitOfWork, receiver: Party | None) -> Place:
    """Our next number in the feed to one receiver; each receiver has a feed of its own, so that gaps mean something."""
    held = rows.settings(work.connection).get(_feed_setting(receiver))
    if held is None:
        return Place(new_id(), 1, None)
    feed = json.loads(held)
    return Place(feed["feed"], feed["seq"] + 1, feed["previous"])


def last_numbers(work: UnitOfWork) -> tuple[FeedMark, ...]:
    """The first number of each of our feeds that is not used yet: marks for a key that signs no more.

    A list of keys takes so many of them; of more feeds those used last are named.
    """
    held = [json.loads(v) for name, v in rows.settings(work.connection).items() if name.startswith(_FEED)]
    newest = {package.package_id: at for at, package in enumerate(handoff.outgoing(work.connection))}
    latest = sorted(held, key=lambda feed: newest.get(feed["previous"], len(newest)))[:MOST_MARKS]
    marks = (FeedMark(feed["feed"], min(feed["seq"] + 1, LARGEST_SEQ)) for feed in latest)
    return tuple(sorted(marks, key=lambda mark: mark.feed))


def _advance(work: UnitOfWork, receiver: Party | None, place: Place) -> None:
    rows.set_settings(work.connection, {_feed_setting(receiver): json.dumps(asdict(place))})


def _feed_setting(receiver: Party | None) -> str:
    return f"{_FEED}{receiver.unit if receiver else 'all'}"


def _header(office: Office, work: UnitOfWork, content: Content, place: Place) -> Header:
    identity = office.identity
    return Header(
        kind=content.kind,
        realm=identity.realm,
        sender=party(work, identity.unit),
        receiver=content.receiver,
        period=content.period,
        feed=place.feed,
        seq=place.seq,
        previous=place.previous,
        installation=identity.installation,
        key_id=identity.key.key_id,
        officer_name=identity.officer.name,
        officer_title=identity.officer.title,
        made_at=office.clock.now().isoformat(),
        clock_suspect=office.clock.suspect(),
        trust_version=office.trust.version if office.trust else 0,
        log_head=work.log_head(),
        about=content.about,
        counts=content.counts or {},
        program=__version__,
    )


def _keep_figures(office: Office, work: UnitOfWork, request: ReportRequest, prepared: Prepared) -> str:
    """The reported figures as a record of ours; the same campaign and period again is its next version."""
    table = projections.TABLES[PeriodFigures.TYPE]
    same = select(table.c.record).where(
        table.c.campaign == request.campaign,
        table.c.unit == office.identity.unit,
        table.c.starts == request.starts,
        table.c.ends == request.ends,
    )
    figures = PeriodFigures(
        office.identity.unit, request.campaign, request.period_name, request.starts, request.ends,
        prepared.report.report_id, prepared.figures, request.difficulties, request.proposals,
        reporting.to_date(office, work.connection, request),
    )  # fmt: skip
    return work.put(figures, work.connection.execute(same).scalars().first())
