"""The numbers and bullets that Word prints in front of paragraphs by itself: "II.", "1.2.", "a)", "-"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 60
_DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    pattern: str


@dataclass(slots=True)
class WordLists:
    """Counts the lists of one document; ask for every paragraph, in its order."""

    levels: Mapping[str, Mapping[int, _Level]]
    """By the id of a list (numId)."""
    shared: Mapping[str, str]
    """The list that goes on counting where another one of its kind stopped, by numId."""
    styles: Mapping[str, tuple[str, int]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: Any) -> str:
        """What stands in front of a paragraph's words, "" for one in no list."""
        listed = _listed(paragraph) or self.styles.get(_style(paragraph))
        if listed is None or listed[0] == "0":
            return ""
        number, depth = listed
        levels = self.levels.get(number)
        if levels is None or depth not in levels:
            return "-"
        counts = self._counts.setdefault(self.shared.get(number, number), {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        return _written(levels, depth, counts)


def lists_of(numbering: Any, styles: Any) -> WordLists:
    """From the roots of the parts numbering.xml and styles.xml; either may be None."""
    levels: dict[str, Mapping[int, _Level]] = {}
    shared: dict[str, str] = {}
    if numbering is not None:
        kinds = {kind.get(f"{W}abstractNumId"): _levels(kind) for kind in numbering.iterfind(f"{W}abstractNum")}
        for one in numbering.iterfind(f"{W}num"):
            number, kind = one.get(f"{W}numId"), _value(one.find(f"{W}abstractNumId"))
            levels[number] = {**kinds.get(kind, {}), **_levels(one, f"{W}lvlOverride/{W}lvl")}
            shared[number] = number if one.find(f"{W}lvlOverride") is not None else f"of {kind}"
    return WordLists(levels, shared, _styles(styles) if styles is not None else {})


def _levels(root: Any, path: str = f"{W}lvl") -> dict[int, _Level]:
    found = {}
    for level in root.iterfind(path):
        start = _value(level.find(f"{W}start")) or "1"
        kind = _value(level.find(f"{W}numFmt")) or "decimal"
        found[_whole(level.get(f"{W}ilvl"))] = _Level(_whole(start), kind, _value(level.find(f"{W}lvlText")))
    return found


def _styles(root: Any) -> dict[str, tuple[str, int]]:
    """The list of each style that has one, of its own or of the style it is based on."""
    own: dict[str, tuple[str, int] | None] = {}
    bases: dict[str, str] = {}
    for style in root.iterfind(f"{W}style"):
        name = style.get(f"{W}styleId") or ""
        own[name] = _listed(style)
        bases[name] = _value(style.find(f"{W}basedOn"))
    found = {}
    for name in own:
        at = name
        for _ in range(_DEEPEST_STYLE):
            listed = own.get(at)
            if listed is not None:
                found[name] = listed
                break
            at = bases.get(at, "")
    return found


def _listed(element: Any) -> tuple[str, int] | None:
    numbers = element.find(f"{W}pPr/{W}numPr")
    if numbers is None:
        return None
    number = _value(numbers.find(f"{W}numId"))
    return (number, _whole(_value(numbers.find(f"{W}ilvl")))) if number else None


def _style(paragraph: Any) -> str:
    return _value(paragraph.find(f"{W}pPr/{W}pStyle"))


def _value(element: Any) -> str:
    return "" if element is None else element.get(f"{W}val") or ""


def _whole(digits: str | None) -> int:
    return int(digits) if digits and digits.isascii() and digits.isdigit() and len(digits) < 6 else 0


def _written(levels: Mapping[int, _Level], depth: int, counts: Mapping[int, int]) -> str:
    level = levels[depth]
    if level.kind in {"bullet", "none"}:
        return "-" if level.kind == "bullet" else ""
    text = level.pattern
    for at in range(depth, -1, -1):
        if at in levels:
            text = text.replace(f"%{at + 1}", _NUMERALS.get(levels[at].kind, str)(counts.get(at, levels[at].start)))
    text = text.strip()
    return f"{text}." if text and text[-1].isalnum() else text


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26)


def _roman(count: int) -> str:
    if not 0 < count <= _MOST:
        return str(count)
    text = ""
    for value, numeral in _ROMANS:
        text, count = text + numeral * (count // value), count % value
    return text


_NUMERALS: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letter, "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman, "upperRoman": lambda count: _roman(count).upper(), "decimalZero": "{:02}".format,
}  # fmt: skip
