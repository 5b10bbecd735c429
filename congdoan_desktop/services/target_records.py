"""The records behind a unit's or a thing's part in a figure, each with the way to its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.indicators import Criterion
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.persons import Training
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.consolidation import WHOLE, Scope
from congdoan_desktop.services.evaluation import Evaluated, Frame
from congdoan_desktop.services.evaluation.criteria import held, window
from congdoan_desktop.services.evaluation.sums import given, houses
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.targets import evaluated
from congdoan_desktop.storage.projections import TABLES


@dataclass(frozen=True, slots=True)
class Behind:
    """A record that counts. `on` None where it has no day; `text` says what it is, without personal words."""

    type: str
    id: str
    on: date | None
    text: str
    unit: str
    """Short name of the unit."""
    seen_as: str = ""
    """What its page finds it by, where that is not its id: the unit of a count, year and id of a rating."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The units whose records stand behind what was chosen; `thing` is its id in the population, if it has one."""

    frame: Frame
    units: tuple[str, ...]
    thing: str


def behind(office: Office, campaign_id: str, target_id: str, chosen: str, scope: Scope = WHOLE) -> tuple[Behind, ...]:
    """Records of a unit or of one thing (`UnitRow.unit`, `ThingRow.id`), the latest first.

    Raises: NotFound.
    """
    with office.read() as connection:
        frame, one = evaluated(office, connection, campaign_id, target_id, scope)
        if one.definition is None:
            return ()
        asked = _asked(frame, one, chosen)
        found = {
            row.id: row for criterion in one.definition.criteria for row in _READ[criterion.source](asked, criterion)
        }
        found |= {row.id: row for row in _told(asked, one.definition.code)}
        if one.definition.population == "needs":
            found |= {row.id: row for criterion in one.definition.criteria for row in _needs(asked, criterion)}
        return tuple(sorted(found.values(), key=lambda row: (row.on or date.min, row.id), reverse=True))


def _asked(frame: Frame, one: Evaluated, chosen: str) -> _Asked:
    thing = one.things.get(chosen)
    owner = thing.owner if thing is not None else chosen
    return _Asked(frame, frame.lines.get(owner, (owner,)), chosen if thing is not None and owner != chosen else "")


def _activities(asked: _Asked, criterion: Criterion) -> Iterator[Behind]:
    t = TABLES[Activity.TYPE].c
    here: ColumnElement[bool] = t.unit.in_(asked.units)
    if asked.thing in {place.id for place in asked.frame.places}:
        here = or_(t.workplace == asked.thing, and_(t.workplace.is_(None), here))
    query = select(t.record, t.starts, t.kind, t.unit, t.participants).where(held(asked.frame, criterion), here)
    for row in asked.frame.connection.execute(query):
        text = f"{catalogue().name('activity_kinds', row.kind)} · {row.participants} người"
        yield Behind(Activity.TYPE, row.record, row.starts, text, _name(asked, row.unit))


def _supports(asked: _Asked, criterion: Criterion) -> Iterator[Behind]:
    t = TABLES[SupportRecord.TYPE].c
    query = select(t.record, t.on, t.cause, t.unit).where(given(asked.frame, criterion), t.unit.in_(asked.units))
    for row in asked.frame.connection.execute(query):
        text = f"Chăm lo: {catalogue().name('support_causes', row.cause)}"
        yield Behind(SupportRecord.TYPE, row.record, row.on, text, _name(asked, row.unit))


def _needs(asked: _Asked, criterion: Criterion) -> Iterator[Behind]:
    """Cases of need; why somebody is in need is no word for a list, only the catalogue's name of the cause."""
    t = TABLES[Need.TYPE].c
    query = select(t.record, t.on, t.cause, t.unit).where(window(asked.frame, criterion, t.on), t.unit.in_(asked.units))
    if criterion.codes:
        query = query.where(t.cause.in_(criterion.codes))
    for row in asked.frame.connection.execute(query):
        text = f"Nhu cầu: {catalogue().name('support_causes', row.cause)}"
        yield Behind(Need.TYPE, row.record, row.on, text, _name(asked, row.unit))


def _houses(asked: _Asked, criterion: Criterion) -> Iterator[Behind]:
    reached = " hoặc ".join(catalogue().name("house_stages", code).lower() for code in criterion.codes)
    for day, row in houses(asked.frame, criterion):
        if row["unit"] in asked.units:
            yield Behind(Need.TYPE, row["record"], day, f"Mái ấm Công đoàn: {reached}", _name(asked, row["unit"]))


def _trainings(asked: _Asked, criterion: Criterion) -> Iterator[Behind]:
    t = TABLES[Training.TYPE].c
    here = t.person == asked.thing if asked.thing else t.unit.in_(asked.units)
    query = select(t.record, t.on, t.organiser, t.unit).where(window(asked.frame, criterion, t.on), here)
    if criterion.codes:
        query = query.where(t.organiser.in_(criterion.codes))
    for row in asked.frame.connection.execute(query):
        text = f"Tập huấn do {catalogue().name('levels', row.organiser)} tổ chức"
        yield Behind(Training.TYPE, row.record, row.on, text, _name(asked, row.unit))


def _ratings(asked: _Asked, _: Criterion) -> Iterator[Behind]:
    t = TABLES[Rating.TYPE].c
    here = t.unit.in_((*asked.units, asked.thing)), t.year == asked.frame.ends.year
    for row in asked.frame.connection.execute(select(t.record, t.level, t.unit, t.year).where(*here)):
        text = f"Xếp loại năm {row.year}: {catalogue().name('rating_levels', row.level)}"
        yield Behind(Rating.TYPE, row.record, None, text, _name(asked, row.unit), f"{row.year}:{row.record}")


def _workplaces(asked: _Asked, _: Criterion) -> Iterator[Behind]:
    t = TABLES[Workplace.TYPE].c
    here = t.record == asked.thing if asked.thing else or_(t.union.in_(asked.units), t.unit.in_(asked.units))
    for row in asked.frame.connection.execute(select(t.record, t.kind, t.unit, t.since).where(here)):
        text = f"Nơi làm việc: {catalogue().name('workplace_kinds', row.kind)}"
        yield Behind(Workplace.TYPE, row.record, row.since, text, _name(asked, row.unit))


def _headcounts(asked: _Asked, criterion: Criterion) -> Iterator[Behind]:
    t = TABLES[Headcount.TYPE].c
    here = t.unit.in_(asked.units), t.on <= asked.frame.ends
    for row in asked.frame.connection.execute(select(t.record, t.on, t.unit, t.members, t.workers).where(*here)):
        text = f"Số lượng: {row.members} đoàn viên, {row.workers} lao động"
        yield Behind(Headcount.TYPE, row.record, row.on, text, _name(asked, row.unit), row.unit)
    yield from _workplaces(asked, criterion)


def _plans(asked: _Asked, _: Criterion) -> Iterator[Behind]:
    told = Criterion("", "activity", ("ke_hoach_rieng",), "cumulative", linked=True)
    yield from _activities(asked, told)


def _merged(asked: _Asked, _: Criterion) -> Iterator[Behind]:
    """What became of the union is told by the organisation itself."""
    then = asked.frame.then
    ending = then.endings.get(asked.thing)
    if ending is not None:
        text = f"Ghép theo {ending.event.decision or 'quyết định'}"
        yield Behind("org_event", asked.thing, ending.event.on, text, _name(asked, ending.event.subject))


def _told(asked: _Asked, indicator: str) -> Iterator[Behind]:
    t = TABLES[EnteredFigure.TYPE].c
    here = t.indicator == indicator, t.unit.in_(asked.units), t.ends.between(asked.frame.starts, asked.frame.ends)
    for row in asked.frame.connection.execute(select(t.record, t.ends, t.unit, t.numerator).where(*here)):
        yield Behind(
            EnteredFigure.TYPE, row.record, row.ends, f"Đơn vị tự đếm: {row.numerator}", _name(asked, row.unit)
        )


def _name(asked: _Asked, unit: str) -> str:
    known = asked.frame.then.units.get(unit)
    return known.short_name if known else "–"


_READ: Mapping[str, Callable[[_Asked, Criterion], Iterator[Behind]]] = {
    "activity": _activities,
    "support": _supports,
    "training": _trainings,
    "rating": _ratings,
    "union": _workplaces,
    "member": _headcounts,
    "plan": _plans,
    "merged": _merged,
    "house": _houses,
}
