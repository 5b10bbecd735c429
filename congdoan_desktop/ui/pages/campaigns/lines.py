"""Who stands behind a target's figure: what lacks, what has reached it, the unions that report, periods, records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.indicators import Result
from congdoan_desktop.domain.money import format_ratio, group_thousands
from congdoan_desktop.services.campaign_ledger import TargetView
from congdoan_desktop.services.consolidation import UnitLine
from congdoan_desktop.services.origins import Origin
from congdoan_desktop.services.target_records import Behind
from congdoan_desktop.services.targets import Detail, PeriodRow, ThingRow, UnitRow
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages import target_words

UNITS, THINGS, UNIONS, PERIODS, RECORDS = "units", "things", "unions", "periods", "records"
PACKAGES = "packages"
READ_LATER = frozenset({PERIODS, PACKAGES})
"""Read when somebody opens them."""
_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    UNITS: (
        Column("name", "Đơn vị", None, "name", least=200, sort="order"),
        Column("upper", "Công đoàn cấp trên", 190, "quiet"),
        Column("source", "Nguồn", 150, "quiet"),
        Column("count", "Đã có", 96, "number", sort="count_sort"),
        Column("ratio", "Kết quả", 84, "strong"),
        Column("state", "Tình trạng", 150, "state"),
    ),
    THINGS: (
        Column("name", "Tên", None, "name", least=200, sort="order"),
        Column("owner", "Công đoàn", 210, "quiet"),
        Column("workers", "Lao động", 84, "number"),
        Column("lacks", "Còn thiếu", 210, "quiet"),
    ),
    UNIONS: (
        Column("name", "Đơn vị", None, "name", least=130, sort="order"),
        Column("period", "Kỳ báo cáo", 138, "quiet"),
        Column("reported", "Báo cáo", 88, "number"),
        Column("recorded", "Theo hồ sơ", 96, "number"),
        Column("ratio", "Kết quả", 72, "strong"),
        Column("state", "Tình trạng", 150, "state"),
        Column("packages", "Gói", 200, "quiet", hidden=True),
    ),
    PERIODS: (
        Column("name", "Tính đến hết", None, "name", least=140, sort="order"),
        Column("count", "Lũy kế", 110, "number"),
        Column("ratio", "Kết quả", 84, "strong"),
        Column("added", "Tăng, giảm", 120, "number"),
        Column("state", "Tình trạng", 130, "state"),
    ),
    PACKAGES: (
        Column("name", "Đơn vị gửi, kỳ báo cáo", None, "name", least=190, sort="order", under="period"),
        Column("told", "Số trong gói", 96, "number"),
        Column("file", "Gói, mã báo cáo", 190, "quiet", under="code"),
        Column("receipt", "Biên nhận, người gửi", 190, "quiet", under="officer"),
    ),
    RECORDS: (
        Column("on", "Ngày", 110, "date"),
        Column("text", "Hồ sơ", None, "name", least=200),
        Column("unit", "Đơn vị", 220, "quiet"),
        Column("action", "", 70, "action"),
    ),
}
_EMPTY: Mapping[str, tuple[str, str]] = {
    UNITS: ("check-circle", "Không có đơn vị nào ở mục này."),
    THINGS: ("check-circle", "Không có tên nào ở mục này."),
    UNIONS: ("tray", "Chưa có đơn vị cấp dưới nào gửi số liệu."),
    PERIODS: ("calendar-blank", "Kế hoạch chưa bắt đầu."),
    PACKAGES: ("tray", "Chưa nhập gói báo cáo nào. Số liệu, nếu có, tính từ hồ sơ trong máy này."),
    RECORDS: (
        "file-text",
        "Máy này không có hồ sơ nào được tính ở đây. Số do gói báo cáo mang lên thì hồ sơ ở đơn vị gửi.",
    ),
}
_NAMES: Mapping[str, tuple[str, str]] = {
    UNITS: ("target_grassroots", "Đơn vị của chỉ tiêu"),
    THINGS: ("target_things", "Danh sách của chỉ tiêu"),
    UNIONS: ("target_unions", "Đơn vị báo cáo chỉ tiêu"),
    PERIODS: ("target_periods", "Chỉ tiêu theo kỳ"),
    PACKAGES: ("target_packages", "Gói báo cáo đằng sau số liệu"),
    RECORDS: ("target_records", "Hồ sơ đằng sau số liệu"),
}
DIFFERS = ChipState("Lệch với sổ", "warning", "warn")
TOLD = ChipState("Tự đếm", "pencil-simple", "info")
_NOT_YET = ChipState("Chưa nhận", "circle-dashed", "neu")
_PAGES: Mapping[str, tuple[str, str]] = {
    "activity": ("activities", "{id}"),
    "support": ("support", "{id}"),
    "need": ("support", "needs/{id}"),
    "training": ("units", "trainings/{id}"),
    "rating": ("units", "rating/{id}"),
    "workplace": ("units", "workplaces/{id}"),
    "headcount": ("units", "units/{id}"),
    "org_event": ("units", "structure"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One tab of the detail; `shape` picks the table, `count` stands in its name. None: read when it is opened."""

    title: str
    shape: str
    rows: tuple[dict[str, object], ...] | None
    dug: bool = False
    """Opened from a line of another tab; Esc goes back there."""

    @property
    def name(self) -> str:
        if self.rows is None or self.shape in READ_LATER or self.dug:
            return self.title
        return f"{self.title} {len(self.rows)}"


class UnitTables(QStackedWidget):
    """A table for each shape of rows, of which one is in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = {shape: TableCard(columns, Empty(*_EMPTY[shape])) for shape, columns in _COLUMNS.items()}
        for shape, table in self.tables.items():
            name, said = _NAMES[shape]
            table.setObjectName("inner")
            table.table.setObjectName(name)
            table.table.setAccessibleName(said)
            self.addWidget(table)
        self.grassroots, self.unions = self.tables[UNITS], self.tables[UNIONS]

    def show_part(self, part: Part) -> None:
        rows, shown = part.rows or (), self.tables[part.shape]
        for at, column in enumerate(_COLUMNS[part.shape]):
            if column.key in ("upper", "source", "workers", "ratio", "lacks"):
                shown.table.setColumnHidden(at, not any(row[column.key] is not None for row in rows))
        shown.set_rows(rows)
        self.setCurrentWidget(shown)


def parts(one: TargetView, detail: Detail | None) -> tuple[Part, ...]:
    """What is worth looking at first comes first: the unions that report to us, then who is lacking."""
    found = []
    if any(line.packages or line.reported is None for line in one.sum.lines):
        found.append(Part("Đơn vị báo cáo", UNIONS, tuple(_union_rows(one.sum.lines))))
    if one.sum.senders:
        found.append(Part("Gói nguồn", PACKAGES, None))
    if detail is not None:
        found += _things(detail.things) if detail.things else []
        found += _units(one, detail.units, also=bool(detail.things))
    return (*found, Part("Theo kỳ", PERIODS, None))


def page_of(row: Mapping[str, object]) -> tuple[str, str] | None:
    """(page, object) where a record can be seen."""
    page, object_ = _PAGES.get(str(row["type"]), ("", ""))
    return (page, object_.format(id=row["seen_as"])) if page else None


def period_part(periods: Iterable[PeriodRow]) -> Part:
    return Part("Theo kỳ", PERIODS, tuple(_period_row(row) for row in periods))


def package_part(found: Iterable[Origin]) -> Part:
    return Part("Gói nguồn", PACKAGES, tuple(_package_row(at, one) for at, one in enumerate(found)))


def record_part(title: str, records: Iterable[Behind]) -> Part:
    return Part(f"Hồ sơ · {title}", RECORDS, tuple(_record_row(row) for row in records), dug=True)


def unit_part(title: str, one: TargetView, detail: Detail) -> Part:
    return Part(f"Đơn vị · {title}", UNITS, tuple(_unit_row(one, row) for row in detail.units), dug=True)


def _things(things: Sequence[ThingRow]) -> list[Part]:
    lacking = tuple(_thing_row(row) for row in things if not row.reached)
    reached = tuple(_thing_row(row) for row in things if row.reached)
    return [Part("Còn thiếu", THINGS, lacking), Part("Đã tính", THINGS, reached)]


def _thing_row(row: ThingRow) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "order": row.name,
        "owner": row.owner,
        "workers": row.workers,
        "lacks": ", ".join(row.lacks) or None,
    }


def _units(one: TargetView, units: Sequence[UnitRow], *, also: bool) -> list[Part]:
    rows = tuple((row.met, _unit_row(one, row)) for row in units)
    if also or not any(met is not None for met, _ in rows):
        return [Part("Theo đơn vị", UNITS, tuple(row for _, row in rows))]
    lacking = tuple(row for met, row in rows if met is False)
    rest = tuple(row for met, row in rows if met is not False)
    who = "CĐCS" if one.definition is not None and one.definition.per_unit else "Đơn vị"
    return [Part(f"{who} còn thiếu", UNITS, lacking), Part(f"{who} đã đạt", UNITS, rest)]


def _unit_row(one: TargetView, row: UnitRow) -> dict[str, object]:
    result = Result(row.numerator, row.denominator, row.met)
    is_share = bool(row.denominator)
    return {
        "id": row.unit,
        "name": row.name,
        "order": row.name,
        "upper": row.upper or None,
        "source": f"Báo cáo, {group_thousands(row.records)} hồ sơ" if row.sender else None,
        "count": target_words.figure(result),
        "count_sort": row.numerator,
        "ratio": format_ratio(row.numerator, row.denominator or 1) if is_share else None,
        "state": _unit_state(one, row),
    }


def _unit_state(one: TargetView, row: UnitRow) -> ChipState | None:
    if row.told:
        return DIFFERS if row.computed not in (None, row.numerator) else TOLD
    if row.met is None:
        return None
    if row.met:
        return chips.MET
    if one.sum.target.op in ("lt", "lte"):
        return chips.UNLIKELY.with_word("Vượt mức")
    return chips.SHORT_OF.with_word(f"Còn thiếu {row.lacking}" if row.lacking > 0 else "Chưa đạt")


def _union_rows(lines: Iterable[UnitLine]) -> Iterable[dict[str, object]]:
    for line in lines:
        told = line.reported
        yield {
            "id": line.unit,
            "name": line.name,
            "order": line.name,
            "period": _period_text(line),
            "reported": target_words.figure(told) if told else None,
            "recorded": _recorded(line),
            "ratio": format_ratio(told.numerator, told.denominator) if told and told.denominator else None,
            "state": _union_state(line),
            "packages": ", ".join(line.packages) or None,
        }


def _period_text(line: UnitLine) -> str | None:
    """With what was added after a lock, since the figure beside it has it in it."""
    added = (f"{one.unit_name}: điều chỉnh {one.numerator:+d} sau khoá {one.period_name}" for one in line.adjusted)
    return "; ".join(part for part in (line.period_name, *added) if part) or None


def _recorded(line: UnitLine) -> str | None:
    """What the records say where they came; else how many the union counted from, which stay with it."""
    if line.from_records is not None:
        return target_words.figure(line.from_records)
    return f"{group_thousands(line.records)} hồ sơ" if line.reported is not None else None


def _union_state(line: UnitLine) -> ChipState | None:
    if line.reported is None:
        return _NOT_YET
    if line.differs:
        return DIFFERS
    return {True: chips.MET, False: chips.SHORT_OF.with_word("Chưa đạt"), None: None}[line.reported.met]


def _period_row(row: PeriodRow) -> dict[str, object]:
    until, base = row.until, row.until.denominator
    return {
        "id": row.period.name + short_date(row.period.ends),
        "name": f"{row.period.name} ({short_date(row.period.ends)})",
        "order": f"{row.period.ends:%Y%m%d}",
        "count": target_words.figure(until),
        "ratio": format_ratio(until.numerator, base) if base else None,
        "added": row.added,
        "state": {True: chips.MET, False: chips.SHORT_OF.with_word("Chưa đạt"), None: None}[until.met],
    }


def _package_row(at: int, one: Origin) -> dict[str, object]:
    """In the order given: under each package those that it was summed up from."""
    told = Result(one.numerator, one.denominator, None) if one.numerator is not None else None
    return {
        "id": f"{at} {one.package_id}",
        "name": f"\u2003↳ {one.unit_name}" if one.via else one.unit_name,
        "order": f"{at:06}",
        "period": f"\u2003\u2003{one.period}" if one.via else one.period,
        "told": target_words.figure(told) if told else None,
        "file": one.file_name.removesuffix(".cdpkg"),
        "code": one.report_code,
        "officer": one.officer,
        "receipt": "ở đơn vị tổng hợp" if one.via else one.receipt.removesuffix(".cdpkg") or "chưa lập",
    }


def _record_row(row: Behind) -> dict[str, object]:
    return {
        "id": row.id,
        "type": row.type,
        "seen_as": row.seen_as or row.id,
        "on": row.on,
        "text": row.text,
        "unit": row.unit,
        "action": "Mở" if row.type in _PAGES else "",
    }
