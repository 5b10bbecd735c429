"""What to do now: duties by date, drafts, conflicts, packages without a receipt; targets, coverage and months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, literal, select, union_all

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.duties import Due
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.indicators import Definition, Result
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.pace import Pace
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.units import GRASSROOTS
from congdoan_desktop.services import agenda, evaluation, handing_over, owed
from congdoan_desktop.services.consolidation import Frames, sums
from congdoan_desktop.services.mailbox import ANSWERED, WAITING
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.owed import Owed
from congdoan_desktop.services.returned import ToMend, to_mend
from congdoan_desktop.services.tally import UnitTally, is_done, tally
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.projections import NEWER, TABLES, value_of

_WEEK, _QUARTER = 7, 92
FORM_NAMES = {
    "activity": "Hoạt động đang ghi dở",
    "support": "Khoản chăm lo đang ghi dở",
    "campaign": "Kế hoạch đang soạn dở",
    "plan_reading": "Kế hoạch đang đọc dở",
}


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do; `state` is "overdue", "soon", "later", "returned", "draft", "conflict", "newer", "clock" or
    "ended"; `days` left, negative when late.

    `page` and `object_` say where its one action leads.
    """

    due: date | None
    state: str
    days: int
    title: str
    detail: str
    action: str
    page: str
    object_: str


@dataclass(frozen=True, slots=True)
class TargetState:
    """A target of a running campaign over our CĐCS."""

    campaign: str
    campaign_title: str
    target: Target
    definition: Definition | None
    result: Result
    pace: Pace


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units below (CĐCS, or unions for a province) with something recorded or received, and those without.

    Of a union that sends reports only a report counts.
    """

    done: int
    total: int
    missing: tuple[str, ...]
    of_unions: bool


@dataclass(frozen=True, slots=True)
class Home:
    todos: tuple[Todo, ...]
    targets: tuple[TargetState, ...]
    coverage: Coverage
    months: tuple[int, ...]
    """Activities in each of the twelve months of the year."""
    year: int
    waiting: int
    """Packages sent whose receipt has not come back."""
    oldest_waiting: str | None


def overview(office: Office, campaign: str | None = None) -> Home:
    """The home page in one read transaction; `campaign` narrows targets and months to one campaign."""
    today = office.clock.today()
    with office.read() as connection:
        tree = office.tree(connection)
        campaigns = _campaigns(office, connection, campaign)
        waiting = [p for p in handoff.outgoing(connection) if p.kind in ANSWERED and p.state in WAITING]
        year = max((c.ends.year for _, c in campaigns if c.starts <= today), default=today.year)
        counted = {id_: tally(connection, id_, one.starts, one.ends) for id_, one in campaigns}
        return Home(
            todos=_todos(office, connection, campaigns, today),
            targets=tuple(_targets(office, connection, tree, _running(campaigns, today))),
            coverage=_coverage(connection, office.structure(connection), office.identity.unit, counted.values()),
            months=_months(connection, min(year, today.year)),
            year=min(year, today.year),
            waiting=len(waiting),
            oldest_waiting=min((p.made_at for p in waiting), default=None),
        )


def count_todos(office: Office) -> int:
    """How many things there are to do, for the badge; without the figures of the whole home page."""
    with office.read() as connection:
        return len(_todos(office, connection, _campaigns(office, connection, None), office.clock.today()))


def _todos(
    office: Office, connection: Connection, campaigns: list[tuple[str, Campaign]], today: date
) -> tuple[Todo, ...]:
    asked = (_duties, _on_behalf, _awaited)
    due = [todo for found in asked for todo in found(office, connection, campaigns, today)]
    coming = [*_planned(connection, today), *_cut_offs(today), *_of_plans(campaigns, today)]
    found = [
        *_clock(office),
        *_ended(office, connection),
        *_returned(connection, today),
        *due,
        *coming,
        *_conflicts(connection),
        *_newer(connection),
        *_drafts(office),
    ]
    return tuple(sorted(found, key=lambda t: (t.due or date.max, t.title)))


def _campaigns(office: Office, connection: Connection, only: str | None) -> list[tuple[str, Campaign]]:
    """Ours and those of unions above us: the plans of unions below ask nothing of us."""
    table = TABLES[Campaign.TYPE]
    tree, own = office.tree(connection), office.identity.unit
    below = tree.units.keys() - tree.now.without(own) - {own}
    query = select(table).where(table.c.unit.not_in(below)).order_by(table.c.starts.desc(), table.c.record)
    if only:
        query = query.where(table.c.record == only)
    return [(row["record"], value_of(Campaign.TYPE, row)) for row in connection.execute(query).mappings()]


def _duties(
    office: Office, connection: Connection, campaigns: list[tuple[str, Campaign]], today: date
) -> Iterator[Todo]:
    for one in owed.owed(office, connection, campaigns):
        if one.is_ours and not one.reported and _in_sight(one.due, today):
            yield _duty(one, today)


def _on_behalf(
    office: Office, connection: Connection, campaigns: list[tuple[str, Campaign]], today: date
) -> Iterator[Todo]:
    """What unions without an office owe: one line for all that we keep, while some have nothing recorded."""
    for one in owed.on_behalf(office, connection, campaigns):
        due = one.owed.due
        silent = () if one.owed.reported or not _in_sight(due, today) else owed.silent(office, connection, one)
        if silent:
            days = (due.day - today).days
            detail = f"{len(silent)} đơn vị chưa ghi gì trong kỳ: {', '.join(silent)}"
            place = f"campaign:{one.owed.campaign_id}"
            yield Todo(due.day, _state(days), days, one.name, detail, "Ghi thay", "activities", place)


def _awaited(
    office: Office, connection: Connection, campaigns: list[tuple[str, Campaign]], today: date
) -> Iterator[Todo]:
    """Reports that unions below owe us, from a week before the day on; those of a union's own plan among them."""
    for one in owed.awaited(office, connection, campaigns):
        due, days = one.owed.due, (one.owed.due.day - today).days
        if days <= _WEEK and _in_sight(due, today):
            title = f"Thu {one.owed.name}"
            detail = f"{len(one.missing)}/{one.expected} đơn vị chưa gửi: {', '.join(one.missing)}"
            state = "overdue" if days < 0 else "soon"
            yield Todo(due.day, state, days, title, detail, "Đôn đốc", "reports", one.owed.campaign_id)


def _in_sight(due: Due, today: date) -> bool:
    """A dated duty always; one that returns, from two months before until a year after."""
    return due.period is None or -62 <= (today - due.day).days <= 366


def _planned(connection: Connection, today: date) -> Iterator[Todo]:
    """What was to be held by now, and what is held within the week; of several units at once one line."""
    for one in agenda.planned(connection, today - timedelta(days=366), today + timedelta(days=_WEEK)):
        days = (one.ends - today).days
        state = "overdue" if days < 0 else "soon"
        yield Todo(one.ends, state, days, one.title, one.detail, "Ghi kết quả", "activities", one.object_)


def _cut_offs(today: date) -> Iterator[Todo]:
    """The statistics are closed on 31 May and 30 November; nobody can say here whether it was done."""
    for one in agenda.cut_offs(today, today + timedelta(days=2 * _WEEK)):
        days = (one.ends - today).days
        yield Todo(one.ends, "soon" if days <= _WEEK else "later", days, one.title, one.detail, "Xem", "units", "")


def _of_plans(campaigns: Iterable[tuple[str, Campaign]], today: date) -> Iterator[Todo]:
    """Events of plans, and the beginnings and ends of phases, within the week."""
    coming = today + timedelta(days=_WEEK)
    for one in agenda.of_plans(campaigns, today, coming):
        for day, word in ((one.starts, "bắt đầu"), (one.ends, "kết thúc")):
            if today <= day <= coming and (one.kind == "phase" or word == "bắt đầu"):
                said = f"{one.title}: {word}" if one.kind == "phase" else one.title
                days = (day - today).days
                yield Todo(day, "soon", days, said, one.detail, "Xem", one.page, one.object_)


def _returned(connection: Connection, today: date) -> Iterator[Todo]:
    """Reports that came back for correction, each with the number of places to mend."""
    places: dict[str, list[ToMend]] = {}
    for fault in to_mend(connection):
        places.setdefault(fault.package, []).append(fault)
    for faults in places.values():
        first = faults[0]
        due = date.fromisoformat(first.deadline) if first.deadline else None
        days = (due - today).days if due else 0
        title, detail = f"Báo cáo {first.period} bị trả lại", f"{first.by} ghi: {first.message}"
        yield Todo(due, "returned", days, title, detail, f"Xem {len(faults)} chỗ", "handoff", "outbox")


def _running(campaigns: list[tuple[str, Campaign]], today: date) -> list[tuple[str, Campaign]]:
    """Those with targets whose time is not over for long, and standing plans; where there are none, what ended last."""
    asking = [pair for pair in campaigns if pair[1].targets]
    seen = [pair for pair in asking if pair[1].open_end or (today - pair[1].ends).days <= _QUARTER]
    return seen or sorted(asking, key=lambda pair: pair[1].ends)[-1:]


def _duty(one: Owed, today: date) -> Todo:
    days = (one.due.day - today).days
    via = f" (qua {one.duty.via})" if one.duty.via else ""
    detail = f"Nộp {one.duty.to}{via} · {one.duty.wording}"
    title = one.name[:1].upper() + one.name[1:]
    return Todo(one.due.day, _state(days), days, title, detail, "Lập báo cáo", "reports", one.campaign_id)


def _state(days: int) -> str:
    return "overdue" if days < 0 else "soon" if days <= _WEEK else "later"


_CONFLICT_PAGES = {"activity": "activities", "support": "support", "campaign": "campaigns"}
_CONFLICTS = union_all(
    *(
        select(literal(type_).label("type"), func.count().label("count")).select_from(table).where(table.c.conflict)
        for type_, table in TABLES.items()
    )
)


def _clock(office: Office) -> Iterator[Todo]:
    """A dead clock changes no figure, but a day typed without its year gets the wrong one."""
    if office.clock.suspect():
        yield Todo(
            office.clock.today(), "clock", 0, f"Máy đang ghi ngày {office.clock.today():%d/%m/%Y}: đồng hồ chạy sai",
            "Sổ vẫn ghi được và số liệu không đổi. Chỉnh lại ngày giờ của máy rồi mở lại chương trình.",
            "Thiết lập", "settings", "",
        )  # fmt: skip


def _ended(office: Office, connection: Connection) -> Iterator[Todo]:
    """Our union has ended, and its records have not been packed for the union that keeps them now."""
    heir = handing_over.heir(office, connection)
    if heir is None or any(
        one.receiver == heir and handing_over.hands_over(one) for one in handoff.outgoing(connection)
    ):
        return
    name = office.structure(connection).units[heir].short_name
    yield Todo(
        None, "ended", 0, f"Bàn giao hồ sơ cho {name}",
        "Đơn vị mình đã sắp xếp xong theo quyết định; ở trang Gửi – nhận bấm Trao hồ sơ",
        "Mở Gửi – nhận", "handoff", "outbox",
    )  # fmt: skip


def _conflicts(connection: Connection) -> Iterator[Todo]:
    for type_, count in connection.execute(_CONFLICTS):
        if count:
            yield Todo(
                None, "conflict", 0, f"{count} mục có hai bản khác nhau", "Mở lịch sử để xem cả hai bản và chọn",
                "Xem", _CONFLICT_PAGES.get(type_, "handoff"), type_,
            )  # fmt: skip


def _newer(connection: Connection) -> Iterator[Todo]:
    """Their figures are in no sum until the newer program is here."""
    pages = {"unit": "units", "activity": "activities", "support": "support", "campaign": "campaigns"}
    for type_, count in connection.execute(select(NEWER.c.type, func.count()).group_by(NEWER.c.type)):
        yield Todo(
            None, "newer", 0, f"{count} mục do bản chương trình mới hơn ghi",
            "Chưa đọc và chưa tính được ở máy này; cài bản chương trình mới", "Xem", pages.get(type_, "settings"), "",
        )  # fmt: skip


def _drafts(office: Office) -> Iterator[Todo]:
    pages = {
        "activity": "activities", "support": "support", "campaign": "campaigns", "plan_reading": "campaigns",
    }  # fmt: skip
    for draft in office.drafts.all():
        if draft.form in pages:
            yield Todo(
                None, "draft", 0, FORM_NAMES[draft.form], f"Chưa lưu chính thức · sửa lúc {draft.at[11:16]}",
                "Viết tiếp", pages[draft.form], draft.record,
            )  # fmt: skip


_Counted = Mapping[str, UnitTally]
"""A campaign's counts by unit."""


def _targets(
    office: Office, connection: Connection, tree: Tree, campaigns: list[tuple[str, Campaign]]
) -> Iterator[TargetState]:
    own, today = office.identity.unit, office.clock.today()
    for id_, campaign in campaigns:
        frames = Frames(connection, tree, own, id_, campaign)
        for found in sums(frames):
            one = frames.whole[found.target.id]
            pace = evaluation.standing(one, found.total, campaign, today)
            yield TargetState(id_, campaign.title, one.target, one.definition, found.total, pace)


def _coverage(connection: Connection, now: Structure, own: str, counted: Iterable[_Counted]) -> Coverage:
    active = {unit for one in counted for unit in one}
    unions = [child for child in now.children(own) if now.units[child].level != GRASSROOTS]
    if unions:
        table = TABLES[PeriodFigures.TYPE]
        heard = {row.unit for row in connection.execute(select(table.c.unit).distinct())}
        missing = [u for u in unions if u not in heard and (now.is_enrolled(u) or active.isdisjoint(now.below(u)))]
        return Coverage(len(unions) - len(missing), len(unions), _names(now, missing), True)
    lines = now.rollup(own, now.day)
    missing = [line for line, units in lines.items() if active.isdisjoint(units)]
    return Coverage(len(lines) - len(missing), len(lines), _names(now, missing), False)


def _names(now: Structure, units: list[str]) -> tuple[str, ...]:
    return tuple(sorted((now.units[unit].short_name for unit in units), key=sort_key))


def _months(connection: Connection, year: int) -> tuple[int, ...]:
    table = TABLES[Activity.TYPE]
    days = connection.execute(
        select(table.c.starts).where(is_done(), table.c.starts.between(date(year, 1, 1), date(year, 12, 31)))
    ).scalars()
    counts = [0] * 12
    for day in days:
        counts[day.month - 1] += 1
    return tuple(counts)
