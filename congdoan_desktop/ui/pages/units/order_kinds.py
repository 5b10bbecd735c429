"""The kinds of reorganisation as the window offers them: the fields each needs, and the order they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from congdoan_desktop.domain.money import NotANumber, parse_count
from congdoan_desktop.domain.reorganising import Alter, Dissolve, Found, Merge, Move, NewUnit, Order, Split
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.domain.unit_names import LONGEST_CODE, code_for, kind_in, short_name_of
from congdoan_desktop.domain.units import GRASSROOTS, Change, Unit
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.org_chart import ChartRow, Leaving
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.number_fields import CountField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.values import text

NEW = "new"
_ALTERED = ("name", "short_name", "kind", "code", "place", "address", "front", "block", "sector")


@dataclass(frozen=True, slots=True)
class Known:
    """What a dialog chooses from: the units of the day, the chosen ones, the first of them whole, what leaves it."""

    rows: tuple[ChartRow, ...]
    chosen: tuple[str, ...]
    unit: Unit
    leaving: tuple[Leaving, ...] = ()
    goals: tuple[tuple[str, str], ...] = ()

    def options(self, *, grassroots: bool) -> list[Option]:
        names = {row.id: row.name for row in self.rows}
        return [
            Option(row.id, row.name, names.get(row.parent or "", ""))
            for row in self.rows
            if (row.level == GRASSROOTS) == grassroots
        ]


@dataclass(frozen=True, slots=True)
class OrderKind:
    """`order` gives None while the fields do not make one yet. `root`: may also be asked of our own union.

    `check`: what is wrong that no field sees by itself.
    """

    key: str
    action: str
    title: str
    icon: str
    build: Callable[[Form, Known], None]
    order: Callable[[Values, Known], Order | None]
    root: bool = False
    check: Callable[[Values], tuple[Finding, ...]] = lambda _values: ()


# Found


def _build_found(form: Form, known: Known) -> None:
    form.add(SearchChoiceField("parent", "Trực thuộc", known.options(grassroots=False), required=True))
    _add_new(form)
    chosen = next((row for row in known.rows if row.id == known.chosen[0]), None)
    parent = chosen.id if chosen and chosen.level != GRASSROOTS else chosen.parent if chosen else None
    form.field("parent").set_value(parent)


def _found(values: Values, _known: Known) -> Order | None:
    new = _new_unit(values)
    return Found(new, text(values["parent"])) if new and values["parent"] else None


# Alter


def _build_alter(form: Form, known: Known) -> None:
    unit, entries = known.unit, catalogue().entries
    form.add(NoteField("name", "Tên mới", required=True, lines=2))
    form.add(TextField("short_name", "Tên ngắn trong bảng", limit=80))
    kinds = [(e.code, e.name) for e in entries("unit_kinds") if e.more["level"] == unit.level]
    form.add(ChoiceField("kind", "Loại đơn vị", kinds), TextField("code", "Mã đơn vị", limit=LONGEST_CODE))
    form.add(TextField("place", "Địa bàn (xã, phường)"), TextField("address", "Địa chỉ"))
    form.add(TextField("front", "Trực thuộc Ủy ban MTTQ"))
    form.add(
        ChoiceField("block", "Khối", [(e.code, e.name) for e in entries("blocks")]),
        ChoiceField("sector", "Ngành", [(e.code, e.name) for e in entries("sectors")]),
    )
    form.set_values({name: getattr(unit, name) or None for name in _ALTERED})


def _alter(values: Values, known: Known) -> Order | None:
    told = {name: one_line(text(values[name])) for name in _ALTERED}
    told["code"] = told["code"].upper()
    changes = tuple(Change(name, value) for name, value in told.items() if value != getattr(known.unit, name))
    return Alter(known.unit.unit, changes) if changes else None


# Move


def _build_move(form: Form, known: Known) -> None:
    choices = [(row.id, row.name) for row in known.rows if row.depth]
    form.add(MultiUnitField("units", "Đơn vị được chuyển", choices, required=True, rows=5))
    form.add(SearchChoiceField("parent", "Chuyển về", known.options(grassroots=False), required=True))
    form.add(CheckField("province", "Chuyển do sắp xếp đơn vị hành chính cấp tỉnh"))
    form.field("units").set_value(known.chosen)


def _move(values: Values, _known: Known) -> Order | None:
    units = _ids(values["units"])
    if not units or not values["parent"]:
        return None
    parent = text(values["parent"])
    return Move(tuple((unit, parent) for unit in units), province=bool(values["province"]))


# Merge


def _build_merge(form: Form, known: Known) -> None:
    level = known.unit.level
    choices = [(row.id, row.name) for row in known.rows if row.depth and row.level == level]
    form.add(MultiUnitField("units", "Các đơn vị ghép lại", choices, required=True, rows=5))
    into = [Option(NEW, "Thành lập đơn vị mới", "các đơn vị cũ đều kết thúc"), *(Option(i, n) for i, n in choices)]
    form.add(SearchChoiceField("into", "Đơn vị sau khi ghép", into, required=True))
    form.add_heading("Đơn vị mới (nếu thành lập)")
    _add_new(form, required=False)
    form.field("units").set_value(known.chosen)


def _merge(values: Values, _known: Known) -> Order | None:
    units, into = _ids(values["units"]), text(values["into"])
    if not units or not into:
        return None
    if into != NEW:
        return Merge(units, into)
    new = _new_unit(values)
    return Merge(units, new) if new else None


# Split


def _build_split(form: Form, _known: Known) -> None:
    hint = "Mỗi dòng một đơn vị: tên; mã; số đoàn viên (nếu biết)."
    form.add(NoteField("parts", "Các đơn vị mới", required=True, lines=4, hint=hint))
    form.add(CheckField("stays", "Đơn vị cũ vẫn hoạt động bên cạnh đơn vị mới"))


def _split(values: Values, known: Known) -> Order | None:
    if _check_split(values):
        return None
    parts = tuple(_part(cells, known.unit) for cells in _lines(values))
    return Split(known.unit.unit, parts, bool(values["stays"])) if parts else None


def _lines(values: Values) -> list[list[str]]:
    """Name, code and number of members of each, "" where they are not given."""
    lines = [line for line in text(values["parts"]).splitlines() if line.strip()]
    return [([one_line(cell) for cell in line.split(";")] + ["", ""])[:3] for line in lines]


def _check_split(values: Values) -> tuple[Finding, ...]:
    for name, _, members in _lines(values):
        try:
            parse_count(members or "0")
        except NotANumber as error:
            return (Finding("parts", f"{name}: {error}"),)
    return ()


def _part(cells: list[str], old: Unit) -> NewUnit:
    name, code, members = cells
    entry = catalogue().entry("unit_kinds", old.kind)
    proposed = code_for(name, str(entry.more["abbreviation"]) if entry else "CĐCS")
    count = parse_count(members) if members else None
    return NewUnit(
        name, short_name_of(name), code.upper() or proposed, old.kind, old.level, old.place, workers=count,
        members=count, block=old.block, sector=old.sector,
    )  # fmt: skip


# Dissolve


def _build_dissolve(form: Form, known: Known) -> None:
    form.add(CheckField("leave", "Từ ngày này không tính đoàn viên của đơn vị"))
    form.field("leave").set_value(known.unit.level == GRASSROOTS)


def _dissolve(values: Values, known: Known) -> Order | None:
    return Dissolve(known.unit.unit, bool(values["leave"]))


# All units of a union that ends


def _build_move_all(form: Form, known: Known) -> None:
    form.add(CheckField("ends", "Giải thể đơn vị cũ trong cùng quyết định"))
    form.field("ends").set_value(True)
    told = sum(line.proposed is not None for line in known.leaving)
    form.add_heading(f"{len(known.leaving)} đơn vị trực thuộc; {told} đơn vị có đề xuất theo địa bàn")
    form.add(ChoiceField("rest", "Đơn vị chưa chọn thì chuyển về", known.goals))
    for line in known.leaving:
        form.add(ChoiceField(f"to:{line.unit}", line.name, known.goals))
        form.field(f"to:{line.unit}").set_value(line.proposed)


def _move_all(values: Values, known: Known) -> Order | None:
    moves = tuple((line.unit, text(values[f"to:{line.unit}"] or values["rest"])) for line in known.leaving)
    if not all(parent for _, parent in moves):
        return None
    return Move(moves, ends=(known.unit.unit,) if values["ends"] else ())


# Shared


def _add_new(form: Form, *, required: bool = True) -> None:
    kinds = [(entry.code, entry.name) for entry in catalogue().entries("unit_kinds")]
    form.add(NoteField("name", "Tên đơn vị", required=required, lines=2, hint="Viết như trên con dấu."))
    form.add(TextField("short_name", "Tên ngắn trong bảng", limit=80))
    form.add(ChoiceField("kind", "Loại đơn vị", kinds, required=required))
    form.add(TextField("code", "Mã đơn vị", required=required, limit=LONGEST_CODE))
    form.add(
        CountField("workers", "Số lao động", parse=parse_count),
        CountField("members", "Số đoàn viên", parse=parse_count),
    )
    form.field("name").enter_moves = True

    def propose() -> None:
        name = text(form.field("name").value())
        if not name:
            return
        kind = form.field("kind").value() or kind_in(name)
        entry = catalogue().entry("unit_kinds", text(kind))
        abbreviation = str(entry.more["abbreviation"]) if entry else "CĐCS"
        proposed = {"short_name": short_name_of(name), "kind": kind, "code": code_for(name, abbreviation)}
        for field, value in proposed.items():
            if form.field(field).value() is None:
                form.field(field).set_value(value)

    form.field("name").left.connect(propose)


def _new_unit(values: Values) -> NewUnit | None:
    name, kind = one_line(text(values["name"])), text(values["kind"])
    entry = catalogue().entry("unit_kinds", kind)
    if not name or entry is None:
        return None
    workers, members = (values[key] if isinstance(values[key], int) else None for key in ("workers", "members"))
    return NewUnit(
        name, one_line(text(values["short_name"])) or name, text(values["code"]).strip().upper(), kind,
        str(entry.more["level"]),
        workers=workers if isinstance(workers, int) else members if isinstance(members, int) else None,
        members=members if isinstance(members, int) else None,
    )  # fmt: skip


def _ids(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()


KINDS = (
    OrderKind("found", "Thành lập đơn vị…", "Thành lập đơn vị", "plus", _build_found, _found, root=True),
    OrderKind("alter", "Đổi tên, thông tin…", "Đổi tên, thông tin", "pencil-simple", _build_alter, _alter, root=True),
    OrderKind("move", "Chuyển đơn vị…", "Chuyển đơn vị", "arrow-circle-right", _build_move, _move),
    OrderKind("merge", "Ghép đơn vị…", "Ghép đơn vị", "git-merge", _build_merge, _merge),
    OrderKind("split", "Tách đơn vị…", "Tách đơn vị", "arrows-horizontal", _build_split, _split, check=_check_split),
    OrderKind("dissolve", "Giải thể đơn vị…", "Giải thể đơn vị", "stop", _build_dissolve, _dissolve),
    OrderKind(
        "move_all",
        "Chuyển tất cả đơn vị trực thuộc…",
        "Chuyển tất cả đơn vị trực thuộc",
        "tree-structure",
        _build_move_all,
        _move_all,
    ),
)
