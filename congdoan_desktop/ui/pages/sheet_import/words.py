"""What the steps of an import say: states of rows and columns, kinds of lists, writings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from congdoan_desktop.domain.births import show_birth
from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.services.import_history import PastImport
from congdoan_desktop.services.sheet_columns import LIST_NAMES, ListKind, MatchState
from congdoan_desktop.services.sheet_preview import Choice, Line, State
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column

KINDS = tuple(LIST_NAMES.items())
STATES: Mapping[State, ChipState] = {
    State.NEW: ChipState("Nhập mới", "check-circle", "ok"),
    State.CHANGED: ChipState("Đã có, cập nhật", "arrow-clockwise", "info"),
    State.SAME: ChipState("Đã có, không đổi", "check", "neu"),
    State.NEAR: ChipState("Xem lại", "warning", "warn"),
    State.REPEATED: ChipState("Trùng dòng trên", "minus-circle", "neu"),
    State.FAULTY: ChipState("Có lỗi", "warning-circle", "bad"),
}
COUNTED: Mapping[State, str] = {
    State.NEW: "nhập mới", State.CHANGED: "cập nhật", State.SAME: "không đổi", State.NEAR: "cần xem lại",
    State.REPEATED: "trùng dòng", State.FAULTY: "có lỗi",
}  # fmt: skip
CHOSEN: Mapping[Choice, ChipState] = {
    Choice.ADD: ChipState("Sẽ nhập mới", "plus", "ok"),
    Choice.UPDATE: ChipState("Sẽ cập nhật", "arrow-clockwise", "info"),
}
MATCHES: Mapping[MatchState, ChipState] = {
    MatchState.SURE: ChipState("Đúng", "check-circle", "ok"),
    MatchState.LIKELY: ChipState("Có lẽ đúng", "check-circle", "ok"),
    MatchState.QUESTION: ChipState("Cần xem", "warning", "warn"),
    MatchState.UNMATCHED: ChipState("Chưa ghép", "warning-circle", "bad"),
    MatchState.IGNORED: ChipState("Không nhập", "minus-circle", "neu"),
}
ENCODINGS: tuple[tuple[Encoding, str], ...] = (
    (Encoding.TCVN3, "TCVN3 (ABC), phông .VnTime"),
    (Encoding.VNI, "VNI"),
    (Encoding.UNICODE, "Đã là Unicode"),
)

_STATE = Column("state", "Kết quả", 150, "state", sort="rank")
_NOTES = Column("notes", "Cần xem", least=200)
_NUMBER = Column("number", "Dòng", 56, "quiet")
PREVIEWS: Mapping[ListKind, tuple[Column, ...]] = {
    ListKind.MEMBERS: (
        _NUMBER, Column("name", "Họ và tên", 190, "name"), Column("birth", "Ngày sinh", 92, "date", sort="born"),
        Column("sex", "Giới", 52), Column("unit", "CĐCS", 180), Column("joined", "Vào Công đoàn", 110, "date"),
        _STATE, _NOTES,
    ),
    ListKind.WORKPLACES: (
        _NUMBER, Column("name", "Tên", least=200), Column("code", "Mã số thuế", 110, "quiet"),
        Column("unit", "CĐCS", 150), Column("workers", "Lao động", 80, "number"), _STATE, _NOTES,
    ),
    ListKind.UNITS: (
        _NUMBER, Column("name", "Tên công đoàn cơ sở", least=200), Column("code", "Mã", 90, "quiet"),
        Column("unit", "Cấp trên", 170), Column("workers", "Lao động", 80, "number"),
        Column("members", "Đoàn viên", 80, "number"), _STATE, _NOTES,
    ),
}  # fmt: skip
PAST = (
    Column("at", "Lúc", 148, "quiet"),
    Column("what", "Danh sách", 200),
    Column("source", "Tệp · trang tính", least=180),
    Column("officer", "Người nhập", 150),
    Column("new", "Mới", 70, "number"),
    Column("changed", "Cập nhật", 84, "number"),
    Column("returned", "Chưa nhập", 90, "number"),
    Column("undo", "", 90, "action"),
)


def preview_row(line: Line, choice: Choice | None, units: Mapping[str, str]) -> dict[str, Any]:
    """A row of the list as shown. A faulty one shows its cells as they stand."""
    chip = CHOSEN.get(choice, STATES[line.state]) if choice else STATES[line.state]
    shown = {"id": line.number, "number": line.number, "state": chip, "rank": list(State).index(line.state)}
    shown |= {"notes": "  ".join(line.notes), "line": line}
    record = line.made.record
    if record is None:
        return {**_EMPTY, **_values(line), **shown}
    said: dict[str, Any] = {"name": getattr(record, "name", "")}
    if isinstance(record, Person):
        said |= {"birth": show_birth(record.birth), "born": record.birth, "sex": record.sex.capitalize()}
        said |= {"unit": units.get(record.unit, ""), "joined": record.joined}
    if isinstance(record, Workplace):
        said |= {"code": record.tax_code, "unit": units.get(record.union or "", "")}
    if isinstance(record, Unit):
        said |= {"code": record.code, "unit": units.get(record.parent or "", "")}
    if line.made.counted is not None:
        count = line.made.counted("", date.min)
        said |= {name: getattr(count, name, None) for name in ("workers", "members")}
    return {**_EMPTY, **said, **shown}


_EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(("name", "birth", "born", "sex", "unit", "joined", "code"), ""), "workers": None, "members": None,
}  # fmt: skip


def _values(line: Line) -> dict[str, Any]:
    """What could be read of a faulty row."""
    values = line.draft.values if line.draft else {}
    found = {name: values[name] for name in ("name", "sex", "unit", "code") if isinstance(values.get(name), str)}
    found["unit"] = found.get("unit") or values.get("parent") or (line.draft.group if line.draft else "")
    born = values.get("birth", "")
    joined = values.get("joined")
    found["sex"] = found.get("sex", "").capitalize()
    counted = {name: values.get(name) for name in ("workers", "members")}
    read = {
        **found,
        **counted,
        "birth": show_birth(born),
        "born": born,
        "joined": joined if isinstance(joined, date) else "",
    }
    cells = {finding.field: finding.found for finding in line.findings if not read.get(finding.field)}
    return {**read, **{name: cell for name, cell in cells.items() if name in _EMPTY}}


def past_row(past: PastImport) -> dict[str, Any]:
    """An import of the past as listed."""
    at = f"{past.at[8:10]}/{past.at[5:7]}/{past.at[:4]} {past.at[11:16]}"
    what = LIST_NAMES[ListKind(past.kind)] if past.kind in set(ListKind) else past.kind
    return {
        "id": past.id, "at": at, "what": what, "source": past.source, "officer": past.officer, "new": past.new,
        "changed": past.changed, "returned": past.returned, "undo": "Đã hoàn tác" if past.undone_at else "Hoàn tác",
        "past": past,
    }  # fmt: skip
