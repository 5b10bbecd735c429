"""Statistics forms as data: rows with code, label, unit, formula, sex split and cut-off days (rules B01, B02).

A form is a TOML file; a new edition is a new file. Values are whole numbers (people, đồng, times); shares are never
stored, they are a pair of rows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from congdoan_desktop.domain.periods import Period, statistics_half, statistics_year
from congdoan_desktop.domain.text import clean
from congdoan_desktop.errors import AppError

SOURCES: Mapping[str, str] = {
    "unions": "số CĐCS cuối kỳ",
    "workers": "số lao động theo lần đếm gần nhất",
    "members": "số đoàn viên cuối kỳ",
    "women_members": "số đoàn viên nữ cuối kỳ",
    "joined": "đoàn viên vào trong kỳ",
    "rated_best": "CĐCS xếp loại hoàn thành xuất sắc",
    "rated_good": "CĐCS xếp loại hoàn thành tốt",
    "rated_done": "CĐCS xếp loại hoàn thành",
    "rated_failed": "CĐCS xếp loại không hoàn thành",
    "agreements": "thỏa ước lao động tập thể ký trong kỳ",
    "activities": "hoạt động đã tổ chức trong kỳ",
    "participants": "lượt người tham gia hoạt động",
    "supports": "lượt chăm lo, hỗ trợ trong kỳ",
    "support_amount": "tiền chăm lo, hỗ trợ trong kỳ",
}
"""What the program can fill in from its records, and what it is called beside the figure."""

_CODE = re.compile(r"[A-Z0-9][A-Z0-9.]{0,19}")
_FORM_KEYS = {
    "code": str,
    "edition": str,
    "title": str,
    "levels": list,
    "cut_offs": list,
    "sections": list,
    "note": str,
}
_SECTION_KEYS = {"number": str, "title": str, "confirmed": bool, "rows": list}
_ROW_KEYS = {
    "code": str, "number": str, "label": str, "unit": str, "source": str, "sum": list, "percent": list, "within": str,
}  # fmt: skip
_TYPES = {str: "chữ", list: "danh sách", bool: "true hoặc false"}
_CUT_OFF = re.compile(r"(\d{1,2})/(\d{1,2})")
_KNOWN_CUT_OFFS = {(31, 5), (30, 11)}


class FormFault(AppError):
    """A form's file that cannot be used; names every fault with its place."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(
            f"Tệp biểu mẫu {name} bị lỗi: {'; '.join(faults)}.",
            safe="Số liệu đã nhập vẫn còn; các biểu khác không bị ảnh hưởng.",
            todo="Sửa tệp theo mẫu 1-hdcd.toml đi kèm chương trình, hoặc bỏ tệp này đi.",
        )
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line. A row is entered unless it has `sum` (codes) or `percent` (part, whole); `within` names its whole."""

    code: str
    number: str
    label: str
    unit: str
    source: str = ""
    sum: tuple[str, ...] = ()
    percent: tuple[str, ...] = ()
    within: str = ""

    @property
    def computed(self) -> bool:
        return bool(self.sum or self.percent)


@dataclass(frozen=True, slots=True)
class FormSection:
    """`confirmed`: compared with the printed form of the Tổng Liên đoàn."""

    number: str
    title: str
    rows: tuple[FormRow, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class StatisticsForm:
    """A form. `levels`: codes of the levels of unions that fill it in; `cut_offs`: (day, month)."""

    code: str
    edition: str
    title: str
    levels: tuple[str, ...]
    cut_offs: tuple[tuple[int, int], ...]
    sections: tuple[FormSection, ...]
    note: str = ""

    @property
    def rows(self) -> tuple[FormRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    def key(self, row: FormRow) -> str:
        """What an entered figure calls the row: "1-HĐCĐ/I.3"."""
        return f"{self.code}/{row.code}"

    def periods(self, year: int) -> tuple[Period, ...]:
        """The periods that close on the cut-off days of a year (rule B01)."""
        made = {(31, 5): statistics_half(year, 1), (30, 11): statistics_year(year)}
        return tuple(made[day] for day in self.cut_offs)


Share = tuple[int, int]
"""Part and whole of a percentage."""


def values(form: StatisticsForm, given: Mapping[str, int]) -> dict[str, int | Share]:
    """Row code -> value, with sums and shares computed; rows of which a part is not known are left out."""
    found: dict[str, int | Share] = {row.code: given[row.code] for row in form.rows if row.code in given}
    for row in _in_order(form):
        numbers = [found.get(code) for code in row.sum or row.percent]
        whole = [number for number in numbers if isinstance(number, int)]
        if len(whole) < len(numbers):
            continue
        if row.sum:
            found[row.code] = sum(whole)
        elif whole[1]:
            found[row.code] = (whole[0], whole[1])
    return found


def contradictions(form: StatisticsForm, found: Mapping[str, int | Share]) -> list[tuple[str, str]]:
    """(row code, sentence) where a part is larger than its whole."""
    labels = {row.code: row.label for row in form.rows}
    wrong = []
    for row in form.rows:
        part, whole = found.get(row.code), found.get(row.within)
        if isinstance(part, int) and isinstance(whole, int) and part > whole:
            wrong.append((row.code, f"“{row.label}” lớn hơn “{labels[row.within]}”."))
    return wrong


def _in_order(form: StatisticsForm) -> list[FormRow]:
    """Computed rows, each after those it rests on; the file was checked to have no circle."""
    waiting = [row for row in form.rows if row.computed]
    done: list[FormRow] = []
    while waiting:
        codes = {row.code for row in waiting}
        ready = [row for row in waiting if not codes & {*row.sum, *row.percent}]
        done += ready
        waiting = [row for row in waiting if row not in ready]
    return done


# Reading a file


def form_of(name: str, data: bytes) -> StatisticsForm:
    """Raises: FormFault naming all faults."""
    try:
        raw = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        raise FormFault(name, [f"không đọc được ({error})"]) from error
    faults = [*_typed(raw, _FORM_KEYS, "biểu", optional={"note"})]
    if not faults:
        faults = [*_of_form(raw), *_of_sections(raw["sections"])]
    if faults:
        raise FormFault(name, faults)
    form = _built(raw)
    if crossed := [*_of_codes(form)]:
        raise FormFault(name, crossed)
    return form


def _typed(raw: Any, keys: Mapping[str, type], place: str, optional: set[str]) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield f"{place}: phải là một bảng có các mục"
        return
    for key in sorted(raw.keys() - keys.keys()):
        yield f"{place}: không có mục “{key}”"
    for key, kind in keys.items():
        if key in raw and type(raw[key]) is not kind:
            yield f"{place}: {key} phải là {_TYPES[kind]}"
        elif key not in raw and key not in optional:
            yield f"{place}: thiếu {key}"
        elif kind is str and key in raw and raw[key] != clean(raw[key]):
            yield f"{place}: {key} có dấu cách thừa hoặc chữ chưa chuẩn NFC"


def _of_form(raw: Mapping[str, Any]) -> Iterator[str]:
    if not raw["code"] or not raw["title"]:
        yield "biểu: code và title không được để trống"
    if not raw["sections"]:
        yield "biểu: không có phần nào ([[sections]])"
    if not all(isinstance(level, str) for level in raw["levels"]):
        yield "biểu: levels phải là danh sách chữ"
    if not raw["cut_offs"]:
        yield "biểu: cut_offs không được để trống"
    for text in raw["cut_offs"]:
        if not isinstance(text, str) or _day(text) not in _KNOWN_CUT_OFFS:
            yield f"biểu: ngày chốt “{text}” phải là 31/5 hoặc 30/11"


def _of_sections(sections: list[Any]) -> Iterator[str]:
    for number, section in enumerate(sections, 1):
        wrong = [*_typed(section, _SECTION_KEYS, f"phần {number}", optional=set())]
        yield from wrong
        for at, row in enumerate([] if wrong else section["rows"], 1):
            place = f"phần {number}, dòng {at}"
            yield from _of_row(row, place)


def _of_row(row: Any, place: str) -> Iterator[str]:
    wrong = [*_typed(row, _ROW_KEYS, place, optional={"source", "sum", "percent", "within"})]
    yield from wrong
    if wrong:
        return
    if not _CODE.fullmatch(row["code"]):
        yield f"{place}: mã “{row['code']}” chỉ gồm chữ hoa không dấu, số và dấu chấm"
    if not row["label"]:
        yield f"{place}: thiếu tên chỉ tiêu"
    if row.get("source", "") not in {"", *SOURCES}:
        yield f"{place}: không biết nguồn “{row['source']}”"
    if sum(bool(row.get(key)) for key in ("source", "sum", "percent")) > 1:
        yield f"{place}: chỉ ghi một trong source, sum, percent"
    if len(row.get("percent", (1, 2))) != 2:
        yield f"{place}: percent phải gồm đúng hai mã (phần, tổng)"
    if not all(isinstance(code, str) for key in ("sum", "percent") for code in row.get(key, ())):
        yield f"{place}: sum và percent là danh sách mã dòng"


def _of_codes(form: StatisticsForm) -> Iterator[str]:
    """Codes twice, codes that no row has, sums in a circle, shares of shares."""
    rows = {row.code: row for row in form.rows}
    codes = [row.code for row in form.rows]
    yield from (f"mã {code} lặp lại" for code in rows if codes.count(code) > 1)
    for row in form.rows:
        named = [*row.sum, *row.percent, *([row.within] if row.within else [])]
        yield from (f"dòng {row.code}: không có dòng {code}" for code in named if code not in rows)
        parts = [code for code in (*row.sum, *row.percent) if code in rows]
        yield from (f"dòng {row.code}: {code} là tỷ lệ, không cộng được" for code in parts if rows[code].percent)
        if _circles(row.code, rows):
            yield f"dòng {row.code}: cách tính quay về chính nó"


def _circles(code: str, rows: Mapping[str, FormRow]) -> bool:
    seen: set[str] = set()
    waiting = [*rows[code].sum, *rows[code].percent]
    while waiting:
        one = waiting.pop()
        if one == code:
            return True
        if one in rows and one not in seen:
            seen.add(one)
            waiting += [*rows[one].sum, *rows[one].percent]
    return False


def _built(raw: Mapping[str, Any]) -> StatisticsForm:
    sections = tuple(
        FormSection(part["number"], part["title"], tuple(map(_row, part["rows"])), part["confirmed"])
        for part in raw["sections"]
    )
    return StatisticsForm(
        raw["code"], raw["edition"], raw["title"], tuple(raw["levels"]), tuple(map(_day, raw["cut_offs"])), sections,
        raw.get("note", ""),
    )  # fmt: skip


def _row(raw: Mapping[str, Any]) -> FormRow:
    return FormRow(
        raw["code"], raw["number"], raw["label"], raw["unit"], raw.get("source", ""), tuple(raw.get("sum", ())),
        tuple(raw.get("percent", ())), raw.get("within", ""),
    )  # fmt: skip


def _day(text: str) -> tuple[int, int]:
    """(0, 0) for what is no day and month."""
    found = _CUT_OFF.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def deadline(form: StatisticsForm, today: date) -> Period:
    """The period whose cut-off day is the last one that has passed, which is the one now being filled in."""
    made = [period for year in (today.year - 1, today.year) for period in form.periods(year)]
    return max((period for period in made if period.ends <= today), key=lambda one: one.ends)
