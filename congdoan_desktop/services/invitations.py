"""The list of those invited to an activity, as a paper: people named in it, and those who hold an office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.authority import printed_title
from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.list_paper import ListColumn, ListPaper
from congdoan_desktop.domain.persons import Person, Post
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.services import letterheads, ordered
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.funds import AUTHORITY
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.storage.projections import TABLES, value_of

TITLES = "officer_titles"
_POSTS, _PEOPLE = TABLES[Post.TYPE].c, TABLES[Person.TYPE].c
_COLUMNS = (
    ListColumn("Họ và tên", 62),
    ListColumn("Chức vụ", 52),
    ListColumn("Đơn vị", 72),
    ListColumn("Ghi chú", 50),
)


@dataclass(frozen=True, slots=True)
class _Guest:
    person: str
    office: str
    unit: str


def paper(office: Office, activity: str, titles: Iterable[str], signer: tuple[str, str]) -> Paper:
    """Those named in the activity and, on its first day, who holds one of the offices in our union or below it.

    `titles` are codes of the catalogue of officers' titles, `signer` is (name, title). Names and offices alone are
    printed, no number and nothing else about a person (C09).

    Raises: NotFound, AppError when nobody would be on the list.
    """
    from congdoan_desktop.reports.list_layout import list_document

    today = office.clock.today()
    with office.read() as connection:
        table = TABLES[Activity.TYPE]
        row = connection.execute(select(table).where(table.c.record == activity)).mappings().one_or_none()
        if row is None:
            raise NotFound("Không còn hoạt động này trong máy.", todo="Xem lại danh sách hoạt động.")
        held: Activity = value_of(Activity.TYPE, row)
        rows = _rows(office, connection, held, tuple(titles))
        if not rows:
            raise AppError("Chưa có ai để mời.", todo="Ghi tên người dự trong hoạt động, hoặc chọn chức vụ được mời.")
        subject = " ".join(filter(None, ("Khách mời dự", held.title, f"ngày {cited_date(held.starts)}")))
        made = ListPaper(
            letterhead=letterheads.own(office, connection, today, "DS"),
            subject=subject,
            columns=_COLUMNS,
            rows=tuple(rows),
            dated=today,
            maker=office.identity.officer.name,
            authority=AUTHORITY,
            signer_title=printed_title(signer[1]),
            signer=signer[0],
            note=f"Danh sách có {len(rows):02} người" + (f"; địa điểm: {held.place}." if held.place else "."),
            sample=office.identity.realm == SAMPLE,
        )
    return Paper(f"Danh sách mời: {held.title}", "danh-sach-moi", f"invitation:{activity}", list_document(made))


def _rows(
    office: Office, connection: Connection, held: Activity, titles: tuple[str, ...]
) -> list[tuple[str | int | None, ...]]:
    """By union in the order of the tree, then by office and name; nobody stands there twice."""
    then = office.tree(connection).at(held.starts)
    guests = [*_officers(connection, then.units.keys() - then.without(office.identity.unit), titles, held.starts)]
    known = {guest.person for guest in guests}
    people = _people(connection, [*known, *held.people])
    guests += [_Guest(id_, "", people[id_].unit) for id_ in held.people if id_ not in known and id_ in people]
    places = {unit: at for at, unit in enumerate(then.units)}
    ranks = {code: at for at, code in enumerate(catalogue().codes(TITLES))}

    def place(guest: _Guest) -> tuple[int, int, str]:
        return places.get(guest.unit, len(places)), ranks.get(guest.office, len(ranks)), people[guest.person].sort

    seen: set[str] = set()
    found: list[tuple[str | int | None, ...]] = []
    for guest in sorted((one for one in guests if one.person in people), key=place):
        if guest.person not in seen:
            seen.add(guest.person)
            found.append((people[guest.person].name, _office(guest), _named(then.units, guest.unit), ""))
    return found


def _officers(connection: Connection, units: Iterable[str], titles: tuple[str, ...], on: date) -> Iterable[_Guest]:
    within = set(units)
    still = or_(_POSTS.until.is_(None), _POSTS.until >= on)
    query = select(_POSTS.person, _POSTS.title, _POSTS.unit).where(_POSTS.title.in_(titles), _POSTS.since <= on, still)
    return [_Guest(*row) for row in connection.execute(query) if row.unit in within]


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    sort: str
    unit: str


def _people(connection: Connection, ids: Iterable[str]) -> dict[str, _Known]:
    """Those who are known and not erased."""
    found: dict[str, _Known] = {}
    for chunk in ordered.chunks(dict.fromkeys(ids)):
        query = select(_PEOPLE.record, _PEOPLE.name, _PEOPLE.sort, _PEOPLE.unit).where(
            _PEOPLE.record.in_(chunk), _PEOPLE.erased.is_(False)
        )
        found |= {row.record: _Known(row.name, row.sort, row.unit) for row in connection.execute(query)}
    return found


def _office(guest: _Guest) -> str:
    return catalogue().name(TITLES, guest.office) if guest.office else ""


def _named(units: Mapping[str, Unit], unit: str) -> str:
    return units[unit].short_name if unit in units else "–"
