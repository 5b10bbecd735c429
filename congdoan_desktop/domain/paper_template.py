"""Templates of papers as data: margins, sizes, letterhead lines, fixed phrases in one TOML file (rules A01, A05-A07).

An office's file holds only what differs from the shipped one; `[units."CODE"]` in it differs once more for one union.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from congdoan_desktop.errors import AppError, Finding

_SINGLE = 1.149
"""A single line of Times in parts of its size."""
_SHORT_EDGE, _LEAST_TEXT = 210.0, 140.0
_UNITS = "units"
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_SECTION = re.compile(r"\s*\[([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number: what is possible at all, and what the decree allows (None: it says nothing)."""

    least: float
    most: float
    rule: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A text; `places` are the names in braces that it may use, `needed` those that it must."""

    places: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """A list of texts, none of them empty."""


_MARGIN_ROOM = 60.0
FIELDS: Mapping[str, Mapping[str, Measure | Words | Lines]] = {
    "page": {
        "top": Measure(10, _MARGIN_ROOM, (20, 25)),
        "bottom": Measure(10, _MARGIN_ROOM, (20, 25)),
        "left": Measure(10, _MARGIN_ROOM, (30, 35)),
        "right": Measure(10, _MARGIN_ROOM, (15, 20)),
        "number_size": Measure(8, 20, (13, 14)),
    },
    "letterhead": {
        "lines": Measure(10, 13, (12, 13)),
        "number_size": Measure(8, 16, (13, 13)),
        "date_size": Measure(8, 16, (13, 14)),
        "parent": Words(empty=True),
        "issuer": Words(empty=True),
        "place": Words(empty=True),
    },
    "title": {"size": Measure(8, 20, (13, 14))},
    "body": {
        "size": Measure(8, 20, (13, 14)),
        "line": Measure(9, 60),
        "before": Measure(0, 40, (6, 40)),
        "indent": Measure(0, 30),
    },
    "table": {"size": Measure(8, 14), "caption_size": Measure(8, 16)},
    "signature": {
        "size": Measure(8, 16, (13, 14)),
        "room": Measure(15, 50, (25, 30)),
        "recipients_size": Measure(8, 16, (12, 12)),
        "recipient_size": Measure(8, 16, (11, 11)),
    },
    "annex": {"size": Measure(8, 20, (13, 14))},
    "word": {"font": Words()},
    "report": {
        "opening": Words(frozenset({"plan", "body", "period", "starts", "ends"}), frozenset({"plan", "body"})),
        "closing": Words(frozenset({"done", "unit"})),
        "situation": Words(),
        "results": Words(),
        "difficulties": Words(),
        "proposals": Words(),
        "next_period": Words(),
        "recipients": Lines(),
    },
}
_INDENTS = (10.0, 12.7)
_FONT = "Times New Roman"
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class PaperTemplate:
    """All values, by section and name; sizes in points, places in mm."""

    values: Mapping[str, Mapping[str, Any]]

    def number(self, section: str, name: str) -> float:
        return float(self.values[section][name])

    def text(self, section: str, name: str) -> str:
        return str(self.values[section][name])

    def lines(self, section: str, name: str) -> tuple[str, ...]:
        return tuple(self.values[section][name])


class TemplateFault(AppError):
    """A template file that cannot be used; names every fault with its line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"Mẫu văn bản có lỗi: {'; '.join(self.faults)}.",
            safe="Mẫu đang dùng không thay đổi; văn bản in ra như trước.",
            todo="Sửa các dòng nêu trên, hoặc bấm “Về mẫu gốc”.",
        )


def template_of(text: str, unit_code: str = "", base: PaperTemplate | None = None) -> PaperTemplate:
    """The template that a file makes of `base` for one union; without a base every value must be there.

    Raises: TemplateFault.
    """
    given = _read(text)
    faults = [*_faults(given, text)]
    parts = given.get(_UNITS, {})
    if not isinstance(parts, dict):
        faults.append(f'dòng {_line(text, "", _UNITS)}: “{_UNITS}” phải là các mục [units."MÃ"...]')
    for code, part in parts.items() if isinstance(parts, dict) else ():
        faults += _faults(part, text, f'{_UNITS}."{code}".') if isinstance(part, dict) else [f"đơn vị {code} ghi sai"]
    if faults:
        raise TemplateFault(faults)
    known = base.values if base else {}
    own = parts.get(unit_code, {})
    values = {
        section: {**known.get(section, {}), **given.get(section, {}), **own.get(section, {})} for section in FIELDS
    }
    lacking = [f"{s}.{n}" for s, names in FIELDS.items() for n in names if n not in values[s]]
    faults = [f"thiếu {', '.join(lacking)}"] if lacking else [*_together(values)]
    if faults:
        raise TemplateFault(faults)
    return PaperTemplate(values)


def deviations(template: PaperTemplate) -> tuple[Finding, ...]:
    """Where the template leaves what Nghị định 30/2020 asks for; allowed, but to be known."""
    found = [
        Finding(f"{section}.{name}", f"{section}.{name} = {_shown(value)}: Nghị định 30 {_asked(field.rule)}", True)
        for section, names in FIELDS.items()
        for name, field in names.items()
        if isinstance(field, Measure) and field.rule is not None
        for value in (template.number(section, name),)
        if not field.rule[0] <= value <= field.rule[1]
    ]
    return (*found, *_about_lines(template))


def _about_lines(template: PaperTemplate) -> Iterator[Finding]:
    size, line = template.number("body", "size"), template.number("body", "line")
    if not 1.0 <= round(line / (_SINGLE * size), 2) <= 1.5:
        least, most = _shown(round(_SINGLE * size, 1)), _shown(round(1.5 * _SINGLE * size, 1))
        yield Finding("body.line", f"body.line = {_shown(line)}: Nghị định 30 từ 1 đến 1,5 dòng ({least}–{most})", True)
    if template.number("body", "indent") not in _INDENTS:
        yield Finding("body.indent", "body.indent: Nghị định 30 lùi đầu dòng 10 hoặc 12,7 mm", True)
    if template.text("word", "font") != _FONT:
        yield Finding("word.font", f"word.font: Nghị định 30 dùng phông {_FONT}", True)


def _asked(rule: tuple[float, float]) -> str:
    least, most = rule
    return f"là {_shown(least)}" if least == most else f"từ {_shown(least)} đến {_shown(most)}"


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        found = _AT_LINE.search(str(error))
        where = f"dòng {found[1]}" if found and found[1] else f"dòng {len(text.splitlines()) or 1}"
        raise TemplateFault([f"{where}: không đọc được; xem dấu bằng, dấu nháy và ngoặc vuông"]) from error


def _faults(given: Mapping[str, Any], text: str, prefix: str = "") -> Iterator[str]:
    for section, values in given.items():
        if section == _UNITS and not prefix:
            continue
        at = f"{prefix}{section}"
        if section not in FIELDS or not isinstance(values, dict):
            yield f"dòng {_line(text, at, '')}: không có mục [{at}]"
            continue
        for name, value in values.items():
            field = FIELDS[section].get(name)
            wrong = "không có tên này trong mẫu" if field is None else _wrong(field, value)
            if wrong:
                yield f"dòng {_line(text, at, name)}: {section}.{name} {wrong}"


def _wrong(field: Measure | Words | Lines, value: Any) -> str:
    """What is wrong with a value, "" for nothing."""
    if isinstance(field, Measure):
        return _wrong_number(field, value)
    if isinstance(field, Lines):
        right = isinstance(value, list) and value and all(isinstance(one, str) and one.strip() for one in value)
        return "" if right else "phải là danh sách các dòng chữ trong ngoặc vuông, không dòng nào trống"
    return _wrong_words(field, value)


def _wrong_number(field: Measure, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "phải là số, viết như 12.7"
    return "" if field.least <= value <= field.most else f"phải từ {_shown(field.least)} đến {_shown(field.most)}"


def _wrong_words(field: Words, value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or not (field.empty or value.strip()):
        return f"phải là chữ trong dấu nháy, không trống, không quá {_LONGEST} chữ"
    try:
        parts = [part for part in string.Formatter().parse(value) if part[1] is not None]
    except ValueError:
        return "có ngoặc nhọn không khép"
    used = {f"{name}{f':{form}' if form else ''}{f'!{how}' if how else ''}" for _, name, form, how in parts}
    if strange := used - field.places:
        allowed = _braced(field.places) or "không có chữ nào trong ngoặc nhọn"
        return f"có {_braced(strange)} không dùng được; dùng được: {allowed}"
    lacking = field.needed - used
    return f"phải có {_braced(lacking)}" if lacking else ""


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _together(values: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What fits one by one and not together."""
    page, body = values["page"], values["body"]
    if _SHORT_EDGE - page["left"] - page["right"] < _LEAST_TEXT:
        yield f"lề trái và phải chỉ chừa chưa đến {_shown(_LEAST_TEXT)} mm cho chữ"
    if body["line"] < body["size"]:
        yield "body.line phải không nhỏ hơn body.size, nếu không các dòng đè lên nhau"


def _line(text: str, section: str, name: str) -> int:
    """The line where a name of a section stands, else that of its section, else the first."""
    here, best = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if found := _SECTION.match(line):
            here = found[1].strip()
            if here == section or here.startswith(f"{section}."):
                best = number
        elif here == section and name and re.match(rf'\s*"?{re.escape(name)}"?\s*=', line):
            return number
    return best


def _shown(value: float) -> str:
    return f"{value:g}".replace(".", ",")
