"""Reorganising: an order is seen before and after, written down in one transaction, and can be taken back.

Units stay in the books for ever; what a decision does follows from the events (`domain.organisation`). So a preview is
the organisation with the events added, and taking back is deleting them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.reorganising import Decision, Draft, Order, check, drafted
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.units import Headcount, OrgEvent
from congdoan_desktop.errors import AppError, Finding, NotFound, ValidationError
from congdoan_desktop.services import handing_over
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.org_preview import Preview, compared, records_about
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_FOR_KEEPER = (
    "Đơn vị mới và số đoàn viên này thuộc hồ sơ do {0} giữ: để {0} ghi quyết định ở máy của mình. Ghép đơn vị của hai "
    "công đoàn cấp trên thì chuyển về một nơi trước; giải thể thì có thể bỏ chọn “Từ ngày này không tính đoàn viên của "
    "đơn vị”."
)


class StillNeeded(AppError):
    def __init__(self, why: str) -> None:
        super().__init__(
            f"Chưa rút được quyết định này: {why}.",
            safe="Không có gì thay đổi.",
            todo="Rút các quyết định sau trước, hoặc ghi quyết định mới để sắp xếp lại.",
        )


@dataclass(frozen=True, slots=True)
class EventLine:
    """A decision as listed. `refused`: why it does not count, "" when it does. `ours`: we may take it back."""

    id: str
    event: OrgEvent
    refused: str
    ours: bool


def preview(office: Office, order: Order, decision: Decision) -> Preview:
    """What the order would do on its day, and everything against it."""
    with office.read() as connection:
        tree = office.tree(connection)
        own = office.identity.unit
        findings = _findings(order, decision, tree, own)
        if any(not finding.warning for finding in findings):
            return Preview((), (), findings)
        draft = drafted(order, decision, own, tree.at(decision.on))
        after = _with(tree, draft)
        return compared(connection, tree.at(decision.on), after.at(decision.on), draft, findings)


def decide(office: Office, order: Order, decision: Decision) -> Saved:
    """Write the order down: events, founded units and their counts, in one transaction. Ids are those of the events.

    Raises: ValidationError with all findings, NotCustodian.
    """
    with office.write(Right.ISSUE) as work:
        tree = work.custody.tree
        warnings = refuse(_findings(order, decision, tree, office.identity.unit))
        draft = drafted(order, decision, office.identity.unit, tree.at(decision.on))
        for unit in draft.founded:
            work.put(unit)
        ids = tuple(work.put(event) for event in draft.events)
        for count in draft.counts:
            _put_count(work, count)
        return Saved(ids, warnings)


def events(office: Office, unit: str | None = None) -> list[EventLine]:
    """Decisions, the latest first: all, or those that concern a unit."""
    with office.read() as connection:
        refused = dict(office.tree(connection).refused)
        found = []
        for row in _rows(connection):
            if unit is not None and unit not in f"{row['subject']} {row['parent']} {row['others']}":
                continue  # most are about others, and making a record of each takes longer than reading them
            event: OrgEvent = value_of(OrgEvent.TYPE, row)
            if unit is None or unit in (event.subject, event.parent, *event.others):
                ours = event.unit == office.identity.unit and event.kind != "enrol"
                found.append(EventLine(row["record"], event, refused.get(event, ""), ours))
        return found


def together(office: Office, id_: str) -> tuple[str, ...]:
    """The events written by the same decision as this one: taken back with it.

    Raises: NotFound.
    """
    with office.read() as connection:
        return tuple(row["record"] for row in _same_decision(connection, id_))


def take_back(office: Office, id_: str, reason: str) -> int:
    """Undo the decision that an event belongs to, with the units it founded. Returns how many events went.

    Raises: ValidationError without a reason, StillNeeded when later decisions or records build on it, NotFound.
    """
    if not reason.strip():
        raise ValidationError((Finding("reason", "Ghi lý do rút quyết định để người sau hiểu."),))
    with office.write(Right.ISSUE) as work:
        rows = _same_decision(work.connection, id_)
        gone = [value_of(OrgEvent.TYPE, row) for row in rows]
        founded = _founded_by(work.custody.tree, gone)
        _refuse_if_needed(work, gone, founded)
        for row in rows:
            work.delete(row["record"], reason.strip())
        for count in _counts_of(work.connection, founded, gone):
            work.delete(count, reason.strip())
        for unit in founded:
            work.delete(unit, reason.strip())
        return len(rows)


def _findings(order: Order, decision: Decision, tree: Tree, own: str) -> tuple[Finding, ...]:
    then = tree.at(decision.on)
    codes = {unit.code: id_ for id_, unit in then.units.items() if id_ not in then.endings}
    found = list(check(order, then, codes))
    if not decision.number.strip():
        found.append(Finding("number", "Chưa có số quyết định; ghi sau khi văn thư cho số.", warning=True))
    if all(finding.warning for finding in found):
        draft = drafted(order, decision, own, then)
        after = _with(tree, draft)
        found += _objections(tree, after) or _kept_elsewhere(draft, after, own)
        found += handing_over.warnings(tree, after)
    return tuple(found)


def _objections(before: Tree, after: Tree) -> list[Finding]:
    """Decisions that do not count, or would count no more, once the new ones are in."""
    held = {event for event, _ in before.refused}
    return [
        Finding("decision", f"{_named(after, event)}: {reason}.")
        for event, reason in after.refused
        if event not in held
    ]


def _kept_elsewhere(draft: Draft, after: Tree, own: str) -> list[Finding]:
    """What the order would write about units whose records another union keeps."""
    about = dict.fromkeys([*(unit.unit for unit in draft.founded), *(count.unit for count in draft.counts)])
    keepers = dict.fromkeys(keeper for keeper in map(after.custodian, about) if keeper != own)
    return [Finding("decision", _FOR_KEEPER.format(after.units[keeper].short_name)) for keeper in keepers]


def _named(tree: Tree, event: OrgEvent) -> str:
    unit = tree.at(event.on).units.get(event.subject)
    return unit.short_name if unit else "Đơn vị"


def _with(tree: Tree, draft: Draft) -> Tree:
    units = {**tree.entered, **{unit.unit: unit for unit in draft.founded}}
    return Tree(units, (*tree.events, *draft.events), tree.root)


def _put_count(work: UnitOfWork, count: Headcount) -> None:
    table = TABLES[Headcount.TYPE]
    same_day = select(table.c.record).where(table.c.unit == count.unit, table.c.on == count.on)
    work.put(count, work.connection.execute(same_day).scalar())


def _rows(connection: Connection) -> list[RowMapping]:
    table = TABLES[OrgEvent.TYPE]
    query = select(table).order_by(table.c.on.desc(), table.c.at.desc(), table.c.record)
    return list(connection.execute(query).mappings())


def _same_decision(connection: Connection, id_: str) -> list[RowMapping]:
    """By the number of the decision; without one, by the moment it was written. An admission goes with none other."""
    rows = _rows(connection)
    asked = next((row for row in rows if row["record"] == id_), None)
    if asked is None:
        raise NotFound("Không còn quyết định này trong máy.", todo="Xem lại danh sách quyết định.")
    keys = ("unit", "on", "decision", *(() if asked["decision"] else ("at", "author")))
    same = [row for row in rows if all(row[key] == asked[key] for key in keys)]
    return [row for row in same if (row["kind"] == "enrol") == (asked["kind"] == "enrol")]


def _founded_by(tree: Tree, events: list[OrgEvent]) -> list[str]:
    """Units that the decisions brought into being."""
    made = {unit for event in events for unit in (event.subject, *event.others)}
    days = {event.on for event in events}
    return sorted(unit for unit in made if unit in tree.units and tree.units[unit].founded in days)


def _refuse_if_needed(work: UnitOfWork, gone: list[OrgEvent], founded: list[str]) -> None:
    tree = work.custody.tree
    units = {id_: unit for id_, unit in tree.entered.items() if id_ not in founded}
    left = Tree(units, tuple(event for event in tree.events if event not in gone), tree.root)
    held = {event for event, _ in tree.refused}
    broken = [event for event, _ in left.refused if event not in held]
    if broken:
        raise StillNeeded(f"quyết định ngày {broken[0].on:%d/%m/%Y} về {_named(tree, broken[0])} dựa vào nó")
    handed = next(
        (unit for unit in units if tree.custodian(unit) not in (work.writer.unit, left.custodian(unit))), None
    )
    if handed is not None:
        keeper = tree.units[tree.custodian(handed)].short_name
        raise StillNeeded(f"hồ sơ của {tree.units[handed].short_name} đã giao cho {keeper} giữ")
    about = records_about(work.connection)
    busy = next((unit for unit in founded if about.get(unit)), None)
    if busy is not None:
        raise StillNeeded(f"đã có {about[busy]} mục ghi cho {tree.units[busy].short_name}")
    below = next((unit for unit in units.values() if unit.parent in founded), None)
    if below is not None:
        raise StillNeeded(f"{below.short_name} được ghi dưới đơn vị mà quyết định thành lập")


def _counts_of(connection: Connection, founded: list[str], gone: list[OrgEvent]) -> list[str]:
    """Counts that were written with the decisions: those of the founded units, and of members who left at an end."""
    table = TABLES[Headcount.TYPE]
    ends = [(event.subject, event.on) for event in gone if event.kind == "dissolve"]
    rows = connection.execute(select(table.c.record, table.c.unit, table.c.on, table.c.members))
    return [row.record for row in rows if row.unit in founded or ((row.unit, row.on) in ends and row.members == 0)]
