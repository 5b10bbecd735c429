"""All about one union on a day, beside the tree: attributes, decisions, departments, committee."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.units import OrgEvent
from congdoan_desktop.services import side_by_side
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.departments import DepartmentRow
from congdoan_desktop.services.org_chart import EVENT_NAMES, Details, Holder
from congdoan_desktop.services.reorganisation import EventLine
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, label, row
from congdoan_desktop.ui.kit.scroll import ScrollColumn

_WIDTH = 340
_LABEL_WIDTH = 104
_BESIDE = "Đếm và danh sách"
_ATTRIBUTES = {
    "name": "tên", "short_name": "tên ngắn", "kind": "loại", "level": "cấp", "code": "mã", "place": "địa bàn",
    "address": "địa chỉ", "front": "MTTQ", "block": "khối", "sector": "ngành", "abbreviation": "viết tắt",
}  # fmt: skip
_CATALOGUES = {"kind": "unit_kinds", "level": "levels", "block": "blocks", "sector": "sectors"}


class DetailPanel(QFrame):
    """`take_back_asked` carries the id of an event and the words that name its decision."""

    take_back_asked = Signal(str, str)
    department_asked = Signal(object)
    """A `DepartmentRow` to be edited, None for a new one."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("Thông tin đơn vị")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._shown: QWidget | None = None
        self.show_nothing()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.current().px(_WIDTH))

    def show_nothing(self) -> None:
        self._replace([label("Chọn một đơn vị trong cây để xem thông tin.", "second", wrap=True)])

    def show_details(self, details: Details, day: date | None = None) -> None:
        """`day` is the one that is looked at, None today."""
        unit = details.unit
        parts: list[QWidget] = [label(unit.name, "step", wrap=True)]
        if details.path:
            parts.append(label(" › ".join(details.path), "second", wrap=True))
        parts += [_line(name, told) for name, told in _facts(details, day) if told]
        parts += [_heading("Quyết định sắp xếp"), *self._decisions(details)]
        parts += _listed("Ban Chấp hành, cán bộ", [_held(one) for one in details.committee])
        parts += [_heading("Ban, văn phòng")]
        for one in details.departments:
            parts += [self._department(one), *(label(said, "second", wrap=True) for said in _link(one))]
        parts.append(Button("Thêm ban, văn phòng", "plus", "flat", on_click=lambda: self.department_asked.emit(None)))
        self._replace(parts)

    def text(self) -> str:
        """All that is said, for a screen reader and for tests."""
        return self.accessibleDescription()

    def _decisions(self, details: Details) -> list[QWidget]:
        if not details.events:
            return [label("Chưa có quyết định nào.", "second")]
        found: list[QWidget] = []
        for line in details.events:
            found.append(label(describe(line, details.names), "", "bad" if line.refused else "", wrap=True))
            if line.refused:
                found.append(label(f"Không có hiệu lực: {line.refused}.", "second", "bad", wrap=True))
            if line.ours:
                found.append(self._take_back(line))
        return found

    def _take_back(self, line: EventLine) -> QWidget:
        what = f"quyết định {line.event.decision or short_date(line.event.on)}".strip()
        button = Button(f"Rút {what}", role="flat", on_click=lambda: self.take_back_asked.emit(line.id, what))
        button.setToolTip("Xoá quyết định này cùng các dòng ghi theo nó; có lý do và khôi phục được")
        return button

    def _department(self, row: DepartmentRow) -> QWidget:
        button = Button(row.department.name, role="flat", on_click=lambda: self.department_asked.emit(row))
        button.setToolTip("Sửa tên, hoặc ghi ngày kết thúc")
        return button

    def _replace(self, parts: list[QWidget]) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in parts:
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if isinstance(part, Button) else Qt.AlignmentFlag(0))
        shown = ScrollColumn(content)
        if self._shown is not None:
            self._layout.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = shown
        self._layout.addWidget(shown)
        self.setAccessibleDescription("\n".join(_words(part) for part in parts))


def _link(row: DepartmentRow) -> Iterator[str]:
    """What it took over, and what took it over."""
    if row.before:
        yield f"Tiếp nhận việc của {', '.join(row.before)}."
    if row.department.until:
        after = f", sau đó là {row.successor}" if row.successor else ""
        yield f"Đến hết {short_date(row.department.until)}{after}."


def describe(line: EventLine, names: dict[str, str]) -> str:
    """A decision in one sentence: day, number, what became of whom."""
    event = line.event
    deed = _DEEDS.get(event.kind)
    told = deed(event, names) if deed else ""
    paper = f" (số {event.decision})" if event.decision else ""
    reason = f" {event.reason}." if event.reason else ""
    return f"{short_date(event.on)}{paper}: {EVENT_NAMES.get(event.kind, event.kind)}{told}.{reason}"


def _joined(units: tuple[str, ...], names: dict[str, str]) -> str:
    return ", ".join(names.get(unit, "–") for unit in units)


_DEEDS: dict[str, Callable[[OrgEvent, dict[str, str]], str]] = {
    "found": lambda e, n: f" {n[e.subject]}, trực thuộc {n.get(e.parent, '–')}",
    "enrol": lambda e, n: f" {n[e.subject]}",
    "move": lambda e, n: f" {n[e.subject]} về {n.get(e.parent, '–')}",
    "province": lambda e, n: f": {n[e.subject]} về {n.get(e.parent, '–')}",
    "merge": lambda e, n: f" {_joined(e.others, n)} vào {n[e.subject]}",
    "split": lambda e, n: f" {n[e.subject]} thành {_joined(e.others, n)}",
    "dissolve": lambda e, n: f" {n[e.subject]}",
    "change": lambda e, n: f" {n[e.subject]}: {'; '.join(_changed(c.name, c.value) for c in e.changes)}",
}


def _changed(name: str, value: str) -> str:
    shown = catalogue().name(_CATALOGUES[name], value) if name in _CATALOGUES else value
    return f"{_ATTRIBUTES.get(name, name)} thành “{shown}”"


def _held(one: Holder) -> str:
    where = "" if one.body in one.title else f", {one.body}"
    return f"{one.title}{where}: {one.name}" + (f", nhiệm kỳ {one.term}" if one.term else "")


def _facts(details: Details, day: date | None) -> list[tuple[str, str]]:
    unit, known = details.unit, catalogue()
    members, source = details.members, side_by_side.source(details.members)
    return [
        ("Mã", unit.code),
        ("Cấp", known.name("levels", unit.level)),
        ("Loại", known.name("unit_kinds", unit.kind)),
        ("Khối", known.name("blocks", unit.block) if unit.block else ""),
        ("Ngành", known.name("sectors", unit.sector) if unit.sector else ""),
        ("Địa bàn", unit.place),
        ("Địa chỉ", unit.address),
        ("Mặt trận", unit.front),
        ("Thành lập", short_date(details.founded) if details.founded else ""),
        ("Đoàn viên", f"{group_thousands(members.members)} ({source})" if source else "Chưa có số"),
        (_BESIDE, side_by_side.told(members, day)),
        ("Lao động", group_thousands(details.workers) if details.workers is not None else ""),
        ("Giữ hồ sơ", details.custodian),
    ]


def _line(name: str, told: str) -> QWidget:
    holder = QWidget()
    caption = label(name, "second")
    caption.setFixedWidth(theme.current().px(_LABEL_WIDTH))
    line = row(caption, label(told, wrap=True), spacing=8, stretch_last=True)
    holder.setLayout(line)
    holder.setAccessibleDescription(f"{name}: {told}")
    holder.setToolTip(side_by_side.WHY if name == _BESIDE else "")
    return holder


def _heading(text: str) -> QWidget:
    made = label(text, "card")
    made.setContentsMargins(0, 8, 0, 0)
    return made


def _listed(title: str, lines: list[str]) -> list[QWidget]:
    return [_heading(title), *(label(line, wrap=True) for line in lines)] if lines else []


def _words(part: QWidget) -> str:
    return part.accessibleDescription() or str(part.property("text") or part.accessibleName()).strip()
