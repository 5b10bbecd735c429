"""Needs: entered with the person they are about, and listed with how far each has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping, func, or_, select

from congdoan_desktop.domain.need_states import Journey, NeedState, journeys
from congdoan_desktop.domain.needs import COLLECTIVE, Need, validate_need
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, one_line, search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import need_steps
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.receivers import PersonHit, hits
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.support import about_receiver, with_receiver
from congdoan_desktop.services.units import named, under
from congdoan_desktop.storage.projections import TABLES, value_of

_NEED, _PEOPLE, _UNITS = TABLES[Need.TYPE], TABLES[Person.TYPE], TABLES[Unit.TYPE]
_MEMBERSHIP = frozenset({"doan_vien", "nguoi_lao_dong", "than_nhan", "khac"})
"""Beneficiaries that say whether somebody is a member."""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need as listed. `name` of the person or the collective; `receiver` None for a collective or somebody erased."""

    id: str
    record: Need
    name: str
    unit_name: str
    journey: Journey
    conflict: bool
    own: bool
    receiver: PersonHit | None = None

    @property
    def progress(self) -> str:
        """The last stage of a house that was reached, as its code; "" for any other need."""
        return self.record.stages[-1].stage if self.record.stages else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is listed; "" and None leave a field open. Of a unit also what stands below it or was merged into it."""

    states: frozenset[NeedState] = frozenset()
    unit: str | None = None
    campaign: str | None = None
    kinds: frozenset[str] = frozenset()
    search: str = ""


def add(
    office: Office,
    need: Need,
    person: Person | None = None,
    *,
    amended: Person | None = None,
    ask: bool = False,
) -> Saved:
    """Save a need, all or none with whom it is about; the parameters as in `support.add`.

    Raises: ValidationError with all findings; KnownAlready.
    """
    return _save(office, need, None, person, amended, ask=ask)


def edit(
    office: Office,
    id_: str,
    need: Need,
    person: Person | None = None,
    *,
    amended: Person | None = None,
    ask: bool = False,
) -> Saved:
    """Raises: ValidationError, NotFound, KnownAlready."""
    return _save(office, need, id_, person, amended, ask=ask)


def listing(office: Office, wanted: Wanted = Wanted()) -> list[NeedRow]:
    """Needs, the latest first."""
    with office.read() as connection:
        rows = {row["record"]: row for row in _rows(office, connection, wanted)}
        records = {id_: value_of(Need.TYPE, row) for id_, row in rows.items()}
        ways = journeys(records, need_steps.steps(connection))
        keeper, now = office.tree(connection).custodian, office.structure(connection).units
        people = hits(office, connection, select(_NEED.c.person))
        found = []
        for id_, row in rows.items():
            journey = ways[id_]
            if not wanted.states or journey.state in wanted.states:
                unit = now[row["unit"]].short_name if row["unit"] in now else row["short_name"] or "–"
                own = keeper(row["unit"]) == office.identity.unit
                name = need_steps.named(row, "person_name", "person_erased")
                receiver = people.get(row["person"])
                found.append(NeedRow(id_, records[id_], name, unit, journey, row["conflict"], own, receiver))
        return found


def count_by_state(rows: Iterable[NeedRow]) -> Counter[NeedState]:
    return Counter(row.journey.state for row in rows)


def _rows(office: Office, connection: Connection, wanted: Wanted) -> list[RowMapping]:
    query = (
        select(_NEED, _PEOPLE.c.name.label("person_name"), _PEOPLE.c.erased.label("person_erased"), _UNITS.c.short_name)
        .join(_PEOPLE, _PEOPLE.c.record == _NEED.c.person, isouter=True)
        .join(_UNITS, _UNITS.c.record == _NEED.c.unit, isouter=True)
        .order_by(_NEED.c.on.desc(), _NEED.c.record.desc())
    )
    if wanted.unit:
        query = query.where(_NEED.c.unit.in_(under(office, connection, wanted.unit)))
    if wanted.campaign:
        query = query.where(_NEED.c.campaign == wanted.campaign)
    if wanted.kinds:
        query = query.where(_NEED.c.kind.in_(wanted.kinds))
    if wanted.search:
        words = search_key(wanted.search)
        said = (func.instr(t.c.search, words) > 0 for t in (_NEED, _PEOPLE))
        query = query.where(or_(*said, _NEED.c.unit.in_(named(office, connection, words))))
    return list(connection.execute(query).mappings())


def _save(
    office: Office, need: Need, id_: str | None, person: Person | None, amended: Person | None, *, ask: bool
) -> Saved:
    tidy = _tidy(need)
    collective = tidy.beneficiary == COLLECTIVE
    about = _about_group(tidy) if collective else _about_person(office, tidy, person, amended)
    warnings = refuse((*about, *validate_need(tidy, office.clock.today())))
    with office.write(Right.ENTER) as work:
        whole = tidy if collective else with_receiver(office, work, tidy, person, amended, ask=ask)
        return Saved((work.put(whole, id_),), warnings)


def _tidy(need: Need) -> Need:
    """A collective is nobody's own case: it has no person, no household, nobody's consent."""
    made = replace(
        need,
        group=one_line(need.group),
        relation=one_line(need.relation),
        circumstances=clean(need.circumstances),
        reporter=one_line(need.reporter),
        note=clean(need.note),
    )
    if made.beneficiary == COLLECTIVE:
        return replace(made, person=None, household="", relation="", consent_on=None, consent_way="", withdrawn_on=None)
    return replace(made, group="")


def _about_group(need: Need) -> tuple[Finding, ...]:
    return () if need.group else (Finding("name", "Ghi tên tập thể, ví dụ “Tổ chế biến số 2”."),)


def _about_person(office: Office, need: Need, person: Person | None, amended: Person | None) -> tuple[Finding, ...]:
    found = about_receiver(person, amended, named=bool(need.person), today=office.clock.today())
    told = person or amended
    if told is not None and told.member != (need.beneficiary == "doan_vien") and need.beneficiary in _MEMBERSHIP:
        sentence = "Đối tượng và dấu “Là đoàn viên” chưa khớp nhau; xem lại."
        return (*found, Finding("beneficiary", sentence, warning=True))
    return found
