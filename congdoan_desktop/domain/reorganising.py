"""Orders of a reorganisation: what an officer decides in one go, and the events and units that write it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.org_events import CHANGEABLE
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.units import Change, Headcount, OrgEvent, Unit, validate_unit
from congdoan_desktop.errors import Finding


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper behind an order. `number` may follow when the clerk has given it (rule A11)."""

    on: date
    number: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A union to be founded. The counts are those of its first day, None where nobody knows them."""

    name: str
    short_name: str
    code: str
    kind: str
    level: str
    place: str = ""
    address: str = ""
    block: str = ""
    sector: str = ""
    workers: int | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    new: NewUnit
    parent: str


@dataclass(frozen=True, slots=True)
class Alter:
    """New attributes of a unit: its name, kind, level, code, address, Front, block, sector."""

    unit: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Units to new places in one decision; `ends` are dissolved with it (a district whose units all leave).

    `moves` are (unit, union it goes to). `province`: the change comes from one of provinces.
    """

    moves: tuple[tuple[str, str], ...]
    ends: tuple[str, ...] = ()
    province: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """n → 1. `into` is one of `units`, or a union that is founded by it under `parent`."""

    units: tuple[str, ...]
    into: str | NewUnit
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """1 → n. `stays`: the unit goes on beside the new ones, smaller."""

    unit: str
    parts: tuple[NewUnit, ...]
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Dissolve:
    """`leave`: its members are counted nowhere from that day; they joined elsewhere or left."""

    unit: str
    leave: bool = True


Order = Found | Alter | Move | Merge | Split | Dissolve


@dataclass(frozen=True, slots=True)
class Draft:
    """What writing an order down adds."""

    events: tuple[OrgEvent, ...]
    founded: tuple[Unit, ...] = ()
    counts: tuple[Headcount, ...] = ()


@dataclass(frozen=True, slots=True)
class _Writing:
    """An order being written down by `own` for the organisation of the decision's day."""

    own: str
    decision: Decision
    then: Structure
    events: list[OrgEvent] = field(default_factory=list)
    founded: list[Unit] = field(default_factory=list)
    counts: list[Headcount] = field(default_factory=list)

    def event(
        self, kind: str, subject: str, parent: str = "", others: tuple[str, ...] = (), changes: tuple[Change, ...] = ()
    ) -> None:
        paper = self.decision
        self.events.append(
            OrgEvent(self.own, kind, subject, parent, paper.on, paper.number, others, changes, paper.reason)
        )

    def found(self, new: NewUnit, parent: str) -> str:
        unit = Unit(
            new_id(), new.code, new.name, new.short_name or new.name, new.level, new.kind, parent or None, new.place,
            address=new.address, founded=self.decision.on, block=new.block, sector=new.sector,
        )  # fmt: skip
        self.founded.append(unit)
        if new.workers is not None and new.members is not None:
            self.counts.append(Headcount(unit.unit, self.decision.on, new.workers, new.members))
        return unit.unit


def drafted(order: Order, decision: Decision, own: str, then: Structure) -> Draft:
    """Write an order of our union down. `then`: the organisation of the decision's day."""
    writing = _Writing(own, decision, then)
    _WRITERS[type(order)](writing, order)
    return Draft(tuple(writing.events), tuple(writing.founded), tuple(writing.counts))


def check(order: Order, then: Structure, codes: Mapping[str, str]) -> tuple[Finding, ...]:
    """What is wrong with an order as such. `codes`: code -> unit that has it."""
    return tuple(_CHECKS[type(order)](order, then, codes))


def _found(writing: _Writing, order: Found) -> None:
    writing.event("found", writing.found(order.new, order.parent), order.parent)


def _alter(writing: _Writing, order: Alter) -> None:
    writing.event("change", order.unit, changes=order.changes)


def _move(writing: _Writing, order: Move) -> None:
    for unit, parent in order.moves:
        writing.event("province" if order.province else "move", unit, parent)
    for unit in order.ends:
        writing.event("dissolve", unit)


def _merge(writing: _Writing, order: Merge) -> None:
    parent = order.parent or writing.then.parent(order.units[0]) or ""
    into = order.into if isinstance(order.into, str) else writing.found(order.into, parent)
    others = tuple(unit for unit in order.units if unit != into)
    writing.event("merge", into, order.parent if isinstance(order.into, str) else parent, others)


def _split(writing: _Writing, order: Split) -> None:
    parent = writing.then.parent(order.unit) or ""
    made = tuple(writing.found(part, parent) for part in order.parts)
    writing.event("split", order.unit, parent, (*made, order.unit) if order.stays else made)


def _dissolve(writing: _Writing, order: Dissolve) -> None:
    writing.event("dissolve", order.unit)
    if order.leave:
        writing.counts.append(Headcount(order.unit, writing.decision.on, 0, 0))


def _check_new(new: NewUnit, then: Structure, codes: Mapping[str, str]) -> Iterator[Finding]:
    yield from validate_unit(Unit("", new.code, new.name, new.short_name, new.level, new.kind, None))
    if not new.kind:
        yield Finding("kind", "Chọn loại đơn vị.")
    if new.code in codes:
        yield Finding("code", f"Mã {new.code} đã dùng cho {then.units[codes[new.code]].short_name}. Chọn mã khác.")


def _check_found(order: Found, then: Structure, codes: Mapping[str, str]) -> Iterator[Finding]:
    yield from _check_new(order.new, then, codes)
    yield from _check_there("parent", (order.parent,), then)


def _check_alter(order: Alter, then: Structure, codes: Mapping[str, str]) -> Iterator[Finding]:
    yield from _check_there("unit", (order.unit,), then)
    if not order.changes or any(change.name not in CHANGEABLE for change in order.changes):
        yield Finding("changes", "Chưa có gì thay đổi.")
    told = {change.name: change.value for change in order.changes if change.name in CHANGEABLE}
    if order.unit in then.units:
        changed = replace(then.units[order.unit], **told)  # type: ignore[arg-type]  # all are text
        yield from (finding for finding in validate_unit(changed) if told.get(finding.field))
    for change in order.changes:
        if change.name in ("name", "code") and not change.value:
            yield Finding(change.name, "Không để trống tên và mã đơn vị.")
        if change.name == "code" and codes.get(change.value, order.unit) != order.unit:
            yield Finding("code", f"Mã {change.value} đã dùng cho đơn vị khác. Chọn mã khác.")


def _check_move(order: Move, then: Structure, _codes: Mapping[str, str]) -> Iterator[Finding]:
    yield from _check_there("units", tuple(unit for unit, _ in order.moves) + order.ends, then)
    if not (order.moves or order.ends):
        yield Finding("units", "Chọn ít nhất một đơn vị để chuyển.")
    if any(not parent for _, parent in order.moves):
        yield Finding("parent", "Chọn đơn vị cấp trên mới cho mọi đơn vị được chuyển.")
    for unit, parent in order.moves:
        if parent and then.parent(unit) == parent:
            yield Finding("parent", f"{_named(then, unit)} đang trực thuộc {_named(then, parent)} rồi.", warning=True)


def _check_merge(order: Merge, then: Structure, codes: Mapping[str, str]) -> Iterator[Finding]:
    yield from _check_there("units", order.units, then)
    if len(set(order.units)) < 2:
        yield Finding("units", "Chọn ít nhất hai đơn vị để ghép.")
    if len({then.units[unit].level for unit in order.units if unit in then.units}) > 1:
        yield Finding("units", "Các đơn vị được ghép phải cùng cấp.")
    if isinstance(order.into, NewUnit):
        yield from _check_new(order.into, then, codes)
    elif order.into not in order.units:
        yield Finding("into", "Đơn vị giữ lại phải là một trong các đơn vị được ghép.")


def _check_split(order: Split, then: Structure, codes: Mapping[str, str]) -> Iterator[Finding]:
    yield from _check_there("unit", (order.unit,), then)
    if len(order.parts) + order.stays < 2:
        yield Finding("parts", "Tách phải có ít nhất hai đơn vị sau khi tách.")
    for part in order.parts:
        yield from _check_new(part, then, codes)
    if len({part.code for part in order.parts}) < len(order.parts):
        yield Finding("code", "Các đơn vị mới phải có mã khác nhau.")


def _check_dissolve(order: Dissolve, then: Structure, _codes: Mapping[str, str]) -> Iterator[Finding]:
    yield from _check_there("unit", (order.unit,), then)
    below = then.children(order.unit)
    if below:
        home = then.parent(order.unit)
        told = f"Còn {len(below)} đơn vị trực thuộc; sau khi giải thể sẽ đứng dưới {_named(then, home or '')}."
        yield Finding("unit", told, warning=True)


def _check_there(field_: str, units: tuple[str, ...], then: Structure) -> Iterator[Finding]:
    for unit in units:
        if unit and not then.exists(unit):
            yield Finding(field_, f"{_named(then, unit)} chưa thành lập hoặc đã kết thúc vào ngày quyết định.")


def _named(then: Structure, unit: str) -> str:
    return then.units[unit].short_name if unit in then.units else "Đơn vị này"


_WRITERS: Mapping[type, Callable[..., None]] = {
    Found: _found, Alter: _alter, Move: _move, Merge: _merge, Split: _split, Dissolve: _dissolve
}  # fmt: skip
_CHECKS: Mapping[type, Callable[..., Iterator[Finding]]] = {
    Found: _check_found,
    Alter: _check_alter,
    Move: _check_move,
    Merge: _check_merge,
    Split: _check_split,
    Dissolve: _check_dissolve,
}
