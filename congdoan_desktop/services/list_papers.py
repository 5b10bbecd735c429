"""Lists of a period as papers: who was helped, what was done, which CĐCS there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, RowMapping, Select, Table, select

from congdoan_desktop.domain import periods
from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.authority import printed_title
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.dates import cited_date, short_date
from congdoan_desktop.domain.list_paper import ListColumn, ListPaper
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.period_report import PlanCitation
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.errors import NotFound
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import first_page, letterheads, line_counts, persons, ranking
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.first_page import Show
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.services.tally import in_period
from congdoan_desktop.storage.projections import TABLES

if TYPE_CHECKING:
    from congdoan_desktop.reports.document import Document

Row = tuple[str | int | None, ...]
_FIRST = 60
"""Rows that are more than a page."""
_NOTE = "Danh sách có dữ liệu cá nhân: chỉ dùng trong công đoàn, không niêm yết (Luật Bảo vệ dữ liệu cá nhân)."


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is listed: records of a unit and of those under it on the day of the organisation; `most` of them."""

    connection: Connection
    request: ReportRequest
    tree: Tree
    then: Structure
    own: str
    unit: str
    most: int | None = None
    progress: Progress = field(default_factory=Progress)

    def within(self, query: Select[Any]) -> list[RowMapping]:
        """The rows of units of the list, in the query's order.

        Raises: Cancelled when somebody asked to stop.
        """
        outside = self.then.without(self.unit)
        found = []
        for at, row in enumerate(self.connection.execute(query.limit(self.most)).mappings()):
            if at % _FIRST == 0:
                self.progress.step(0, 1, "Đang đọc danh sách")
            if row["unit"] not in outside:
                found.append(row)
        return found

    def named(self, unit: str) -> str:
        home = self.then.units.get(unit)
        return home.short_name if home else "–"


def _supports(asked: _Asked) -> list[Row]:
    t, people, known = TABLES[SupportRecord.TYPE], TABLES[Person.TYPE], catalogue()
    request = asked.request
    query = (
        select(*_of(t, "unit", "cause", "on", "fund", "cash", "in_kind", "group"), people.c.name, people.c.erased)
        .join(people, people.c.record == t.c.person, isouter=True)
        .where(in_period(t, t.c.on, request.campaign, request.starts, request.ends))
        .order_by(people.c.sort, t.c.on, t.c.record)
    )
    return [
        (
            persons.ERASED if row["erased"] else row["name"] or row["group"] or "–",
            asked.named(row["unit"]),
            known.name("support_causes", row["cause"]),
            short_date(row["on"]),
            known.name("funds", row["fund"]),
            row["cash"],
            row["in_kind"],
        )
        for row in asked.within(query)
    ]


def _activities(asked: _Asked) -> list[Row]:
    t, known, request = TABLES[Activity.TYPE], catalogue(), asked.request
    query = (
        select(*_of(t, "unit", "starts", "title", "kind", "participants", "women", "cost"))
        .where(in_period(t, t.c.starts, request.campaign, request.starts, request.ends))
        .order_by(t.c.starts, t.c.record)
    )
    return [
        (
            short_date(row["starts"]),
            row["title"] or known.name("activity_kinds", row["kind"]),
            known.name("activity_kinds", row["kind"]),
            asked.named(row["unit"]),
            row["participants"],
            row["women"],
            row["cost"],
        )
        for row in asked.within(query)
    ]


def _of(table: Table, *names: str) -> list[Column[Any]]:
    """Few columns: they are sorted with their rows."""
    return [table.c[name] for name in names]


def _unions(asked: _Asked) -> list[Row]:
    known, request = catalogue(), asked.request
    lines = asked.then.rollup(asked.unit, request.starts)
    counts = line_counts.on_lines(asked.connection, asked.then, lines)
    found = [
        (
            asked.then.units[unit].name,
            asked.then.units[unit].code,
            known.name("unit_kinds", asked.then.units[unit].kind),
            counts[unit].workers if unit in counts else None,
            counts[unit].members if unit in counts else None,
        )
        for unit in lines
    ]
    return sorted(found, key=lambda row: sort_key(row[0]))


def _ranking(asked: _Asked) -> list[Row]:
    from congdoan_desktop.reports.wording import percent

    found = ranking.ranked(asked.connection, asked.tree, asked.own, asked.unit, asked.request)
    placed = any(one.met for one in found)
    return [
        (
            str(one.place) if placed else "–",
            one.name,
            one.unions,
            f"{one.met}/{one.asked}" if one.asked else "–",
            percent(one.met, one.asked, None) if one.asked else "–",
            one.activities,
            one.people,
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class _List:
    """A kind of list: what it is called, its columns (252 - 11 mm in all), where its rows come from.

    `begun`: its first rows are known before the others. `of_plan`: it is about a period, and about a plan where one is
    chosen.
    """

    name: str
    subject: str
    columns: tuple[ListColumn, ...]
    rows: Callable[[_Asked], list[Row]]
    note: str = ""
    begun: bool = True
    of_plan: bool = True


_LISTS: Mapping[str, _List] = {
    "supports": _List(
        "Người được chăm lo, hỗ trợ",
        "Đoàn viên, người lao động được chăm lo, hỗ trợ",
        (
            ListColumn("Họ và tên", 45),
            ListColumn("Công đoàn cơ sở", 52),
            ListColumn("Lý do hỗ trợ", 42),
            ListColumn("Ngày", 22, "center"),
            ListColumn("Nguồn kinh phí", 28),
            ListColumn("Tiền mặt (đồng)", 27, "right", total=True),
            ListColumn("Hiện vật (đồng)", 25, "right", total=True),
        ),
        _supports,
        _NOTE,
    ),
    "activities": _List(
        "Hoạt động đã tổ chức",
        "Hoạt động đã tổ chức",
        (
            ListColumn("Ngày", 22, "center"),
            ListColumn("Nội dung", 65),
            ListColumn("Loại hoạt động", 42),
            ListColumn("Công đoàn cơ sở", 51),
            ListColumn("Lượt người", 18, "center", total=True),
            ListColumn("Nữ", 16, "center", total=True),
            ListColumn("Kinh phí (đồng)", 27, "right", total=True),
        ),
        _activities,
    ),
    "unions": _List(
        "Công đoàn cơ sở trực thuộc",
        "Công đoàn cơ sở",
        (
            ListColumn("Tên công đoàn cơ sở", 110),
            ListColumn("Mã đơn vị", 36),
            ListColumn("Loại hình", 47),
            ListColumn("Số lao động", 24, "center", total=True),
            ListColumn("Số đoàn viên", 24, "center", total=True),
        ),
        _unions,
        of_plan=False,
    ),
    "ranking": _List(
        "Xếp hạng đơn vị theo chỉ tiêu",
        "Xếp hạng đơn vị theo kết quả thực hiện chỉ tiêu",
        (
            ListColumn("Hạng", 16, "center"),
            ListColumn("Đơn vị", 95),
            ListColumn("Số CĐCS", 22, "center", total=True),
            ListColumn("Chỉ tiêu đạt", 28, "center"),
            ListColumn("Tỷ lệ đạt", 24, "center"),
            ListColumn("Số hoạt động", 28, "center", total=True),
            ListColumn("Người được hỗ trợ", 28, "center", total=True),
        ),
        _ranking,
        "Xếp theo tỷ lệ chỉ tiêu đạt trên số chỉ tiêu có số liệu để đánh giá; đơn vị bằng nhau cùng một hạng; "
        "chưa đơn vị nào đạt thì chưa xếp hạng.",
        begun=False,
    ),
}

NAMES: Mapping[str, str] = {code: one.name for code, one in _LISTS.items()}
"""Code of a list -> what it is called."""


def paper(
    office: Office, kind: str, request: ReportRequest, show: Show | None = None, progress: Progress | None = None
) -> Paper:
    """A list over the request's period; of all campaigns where it names none, of one unit and those under it.

    `show` may get its first page before all rows are read.

    Raises: NotFound for a unit that is not ours on the day of the organisation; Cancelled.
    """
    wanted, own = _LISTS[kind], office.identity.unit
    with office.read() as connection:
        tree = office.tree(connection)
        then = tree.at(request.structure_on or request.ends)
        unit = request.unit or own
        if unit not in then.units or own not in then.above(unit):
            raise NotFound("Ngày lấy cơ cấu tổ chức không có đơn vị này.", todo="Chọn đơn vị khác hoặc ngày khác.")
        asked = _Asked(connection, request, tree, then, own, unit, progress=progress or Progress())
        if show is not None and wanted.begun:
            first_page.of_document(office, connection, _document(office, wanted, replace(asked, most=_FIRST)), show)
        document = _document(office, wanted, asked)
    name = f"danh-sach-{kind}-{request.ends:%Y-%m-%d}"
    return Paper(f"Danh sách {wanted.name.lower()}, {request.period_name}", name, f"list:{kind}", document)


def _under(asked: _Asked) -> str:
    """Which plan the list is about."""
    from congdoan_desktop.reports.wording import plan_in_short

    t = TABLES[Campaign.TYPE].c
    row = asked.connection.execute(select(t.number, t.title).where(t.record == asked.request.campaign)).first()
    return f", {plan_in_short(PlanCitation(row.number, None, '', row.title))}" if row else ""


def _told_for(wanted: _List, asked: _Asked) -> str:
    """The days and the plan that the list is about; that of unions is of one day, under no plan."""
    request = asked.request
    if not wanted.of_plan:
        return f"đến ngày {cited_date(request.structure_on or request.ends)}"
    return f"{periods.spanned(request.period_name, request.starts, request.ends)}{_under(asked)}"


def _document(office: Office, wanted: _List, asked: _Asked) -> Document:
    from congdoan_desktop.reports.list_layout import list_document

    request = asked.request
    where = "" if asked.unit == office.identity.unit else f" của {asked.then.units[asked.unit].name}"
    made = ListPaper(
        letterhead=letterheads.own(office, asked.connection, request.dated, "DS"),
        subject=f"{wanted.subject}{where} {_told_for(wanted, asked)}",
        columns=wanted.columns,
        rows=tuple(wanted.rows(asked)),
        dated=request.dated,
        maker=office.identity.officer.name,
        authority=request.authority,
        signer_title=printed_title(request.signer_title),
        signer=request.signer_name,
        note=wanted.note,
        sample=office.identity.realm == SAMPLE,
    )
    return list_document(made, asked.progress)
