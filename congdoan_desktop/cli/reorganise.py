"""`congdoan unit`, further commands: the organisation of a day, its reorganisation, and the decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.domain.reorganising import Alter, Decision, Dissolve, Found, Merge, Move, NewUnit, Order, Split
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.domain.unit_names import code_for, short_name_of
from congdoan_desktop.domain.units import Change
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.services import org_chart, reorganisation
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.org_preview import DEED_NAMES

Build = Callable[[Office, Given, date], Order]

_TREE = (
    Column("code", "Mã"), Column("shown", "Đơn vị"), Column("kind_name", "Loại"), Column("below", "CĐCS"),
    Column("members", "Đoàn viên"),
)  # fmt: skip
_SEEN = Part(
    "units",
    "Đơn vị thay đổi",
    (
        Column("name", "Đơn vị"), Column("what_name", "Việc"), Column("before", "Trước"), Column("after", "Sau"),
        Column("members_before", "ĐV trước"), Column("members_after", "ĐV sau"), Column("records", "Mục ghi"),
    ),
)  # fmt: skip
_EVENTS = (
    Column("id", "id"), Column("on", "Từ ngày"), Column("decision", "Số"), Column("kind_name", "Việc"),
    Column("subject", "Đơn vị"), Column("refused", "Không có hiệu lực vì"),
)  # fmt: skip
_ALTERED = {
    "name": "tên mới, như trên con dấu",
    "short_name": "tên gọn mới",
    "kind": "loại mới (mã hoặc tên trong danh mục)",
    "code": "mã mới",
    "place": "địa bàn mới (xã, phường)",
    "address": "địa chỉ mới",
    "front": "trực thuộc Ủy ban MTTQ nào",
    "block": "khối (mã hoặc tên trong danh mục)",
    "sector": "ngành (mã hoặc tên trong danh mục)",
}
_TABLES = {"kind": "unit_kinds", "block": "blocks", "sector": "sectors"}

_UNIT = Option("unit", "mã hoặc tên đơn vị", required=True)
_UNITS = Option("unit", "mã hoặc tên các đơn vị", required=True, many=True)
_PAPER = (
    Option("--on", "ngày có hiệu lực (mặc định: hôm nay)"),
    Option("--decision", "số quyết định"),
    Option("--reason", "lý do"),
    Option("--dry-run", "chỉ xem trước và sau, không ghi", flag=True),
)
_NEW = (
    Option("--name", "tên đơn vị mới"),
    Option("--code", "mã đơn vị mới"),
    Option("--kind", "loại đơn vị mới"),
    Option("--members", "số đoàn viên của đơn vị mới"),
)


def _tree(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    day = given.day("on", today, today) if given.has("on") else None
    given.settle()
    rows = [
        {**asdict(row), "shown": "  " * row.depth + row.name, "kind_name": catalogue().name("unit_kinds", row.kind)}
        for row in org_chart.chart(office, day).rows
    ]
    return Answer(rows, _TREE)


def _decisions(office: Office, given: Given) -> Answer:
    unit = refs.unit(office, given.text("unit")) if given.has("unit") else None
    names = {row.id: row.name for row in org_chart.chart(office).rows}
    rows = []
    for line in reorganisation.events(office, unit):
        event = asdict(line.event)
        event["subject_name"] = names.get(line.event.subject, line.event.subject)
        event["kind_name"] = org_chart.EVENT_NAMES.get(line.event.kind, line.event.kind)
        rows.append({**event, "id": line.id, "refused": line.refused, "subject": event["subject_name"]})
    return Answer(rows, _EVENTS)


def _take_back(office: Office, given: Given) -> Answer:
    known = [line.id for line in reorganisation.events(office)]
    gone = reorganisation.take_back(office, refs.record(given.text("id"), known), given.text("reason"))
    return Answer({"events": gone}, (Column("events", "Số dòng quyết định đã rút"),), "Đã rút quyết định.")


def _ordering(build: Build) -> Callable[[Office, Given], Answer]:
    """Before and after; then written, unless only looked at."""

    def run(office: Office, given: Given) -> Answer:
        today = office.clock.today()
        decision = Decision(given.day("on", today, today), given.text("decision"), given.text("reason"))
        order = build(office, given, decision.on)
        given.settle()
        seen = reorganisation.preview(office, order, decision)
        if not seen.possible:
            raise ValidationError(seen.findings)
        data: dict[str, Any] = {
            "units": [{**asdict(one), "what_name": DEED_NAMES[one.what]} for one in seen.units],
            "uppers": [asdict(u) for u in seen.uppers],
        }
        data["ids"] = () if given.flag("dry_run") else reorganisation.decide(office, order, decision).ids
        said = ["Chưa ghi gì." if given.flag("dry_run") else "Đã ghi quyết định."]
        return Answer(data, (), " ".join([*said, *(finding.message for finding in seen.findings)]), (_SEEN,))

    return run


def _units(office: Office, given: Given) -> tuple[str, ...]:
    return tuple(refs.unit(office, typed) for typed in given.texts("unit"))


def _new(given: Given, *, otherwise_kind: str = "") -> NewUnit:
    name, kind = one_line(given.text("name")), given.entry("kind", "unit_kinds", otherwise_kind)
    entry = catalogue().entry("unit_kinds", kind)
    members = given.count("members") if given.has("members") else None
    level, short = (str(entry.more[key]) if entry else "" for key in ("level", "abbreviation"))
    code = given.text("code").strip().upper() or code_for(name, short)
    return NewUnit(name, short_name_of(name), code, kind, level, workers=members, members=members)


def _found(office: Office, given: Given, _on: date) -> Order:
    parent = refs.unit(office, given.text("parent")) if given.has("parent") else office.identity.unit
    return Found(_new(given), parent)


def _rename(office: Office, given: Given, _on: date) -> Order:
    told = {
        name: given.entry(name, _TABLES[name]) if name in _TABLES else one_line(given.text(name))
        for name in _ALTERED
        if given.has(name)
    }
    if "code" in told:
        told["code"] = told["code"].upper()
    return Alter(refs.unit(office, given.text("unit")), tuple(Change(name, value) for name, value in told.items()))


def _move(office: Office, given: Given, _on: date) -> Order:
    to = refs.unit(office, given.text("to"))
    return Move(tuple((unit, to) for unit in _units(office, given)), province=given.flag("province"))


def _move_all(office: Office, given: Given, on: date) -> Order:
    """By the words of the place; `--to` takes the rest."""
    union = refs.unit(office, given.text("unit"))
    rest = refs.unit(office, given.text("to")) if given.has("to") else ""
    lines, _goals = org_chart.leaving(office, union, on)
    lost = [line.name for line in lines if not (line.proposed or rest)]
    if lost:
        told = f"Chưa biết chuyển về đâu: {', '.join(lost)}. Thêm --to cho các đơn vị này."
        raise ValidationError((Finding("to", told),))
    ends = () if given.flag("keep") else (union,)
    return Move(tuple((line.unit, line.proposed or rest) for line in lines), ends)


def _merge(office: Office, given: Given, _on: date) -> Order:
    units = _units(office, given)
    if given.has("into"):
        return Merge(units, refs.unit(office, given.text("into")))
    return Merge(units, _new(given, otherwise_kind=org_chart.details(office, units[0]).unit.kind))


def _split(office: Office, given: Given, _on: date) -> Order:
    unit = refs.unit(office, given.text("unit"))
    old = org_chart.details(office, unit).unit
    entry = catalogue().entry("unit_kinds", old.kind)
    short = str(entry.more["abbreviation"]) if entry else "CĐCS"
    parts = tuple(
        NewUnit(one_line(name), short_name_of(name), code_for(name, short), old.kind, old.level, old.place)
        for name in given.texts("part")
    )
    return Split(unit, parts, given.flag("stays"))


def _dissolve(office: Office, given: Given, _on: date) -> Order:
    return Dissolve(refs.unit(office, given.text("unit")), not given.flag("keep_members"))


_ORDERS: tuple[tuple[str, str, Build, tuple[Option, ...]], ...] = (
    ("found", "thành lập một đơn vị từ một ngày", _found, (*_NEW, Option("--parent", "đơn vị cấp trên"))),
    (
        "rename",
        "đổi tên, loại, mã, địa chỉ… từ một ngày",
        _rename,
        (_UNIT, *(Option(f"--{name.replace('_', '-')}", text) for name, text in _ALTERED.items())),
    ),
    (
        "move",
        "chuyển đơn vị về cấp trên khác",
        _move,
        (
            _UNITS,
            Option("--to", "cấp trên mới", required=True),
            Option("--province", "do sắp xếp cấp tỉnh", flag=True),
        ),
    ),
    (
        "move-all",
        "chuyển mọi đơn vị trực thuộc theo địa bàn và giải thể đơn vị cũ",
        _move_all,
        (
            _UNIT,
            Option("--to", "nơi nhận các đơn vị không rõ địa bàn"),
            Option("--keep", "không giải thể đơn vị cũ", flag=True),
        ),
    ),
    (
        "merge",
        "ghép các đơn vị thành một",
        _merge,
        (_UNITS, Option("--into", "đơn vị giữ lại; không có thì thành lập đơn vị mới"), *_NEW),
    ),
    (
        "split",
        "tách một đơn vị",
        _split,
        (
            _UNIT,
            Option("--part", "tên một đơn vị mới", required=True, many=True),
            Option("--stays", "đơn vị cũ vẫn hoạt động", flag=True),
        ),
    ),
    (
        "dissolve",
        "giải thể một đơn vị",
        _dissolve,
        (_UNIT, Option("--keep-members", "vẫn tính số đoàn viên đã ghi", flag=True)),
    ),
)
COMMANDS = (
    Command("tree", "cơ cấu tổ chức của một ngày", in_office(_tree), (Option("--on", "ngày (mặc định: hôm nay)"),)),
    *(
        Command(name, help_, in_office(_ordering(build)), (*options, *_PAPER))
        for name, help_, build, options in _ORDERS
    ),
    Command(
        "decisions",
        "các quyết định sắp xếp tổ chức",
        in_office(_decisions),
        (Option("--unit", "chỉ của một đơn vị"),),
    ),
    Command(
        "take-back",
        "rút một quyết định, có lý do",
        in_office(_take_back),
        (Option("id", "đuôi id trong decisions", required=True), Option("--reason", "lý do", required=True)),
    ),
)
