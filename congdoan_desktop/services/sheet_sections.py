"""Labels over the rows of a list: which name a union, and which only a part of the list ("I  Khối y tế")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.services.sheet_names import UnitNames

Placed = tuple[str, tuple[str, str] | None]
"""Id of a union, and what is wrong with its mend ("" for none)."""

_PART = re.compile(r"(?:khoi|cum|nhom|to|phong|ban|bo phan|phan xuong|linh vuc|loai hinh|khu vuc|nganh)\b(?! hop tac)")
_UNION = re.compile(
    r"(?:cdcs|cd|cong doan|nghiep doan|lien doan|ldld|xa|phuong|dac khu|huyen|thi xa|thanh pho|tinh"
    r"|truong|mam non|tieu hoc|thcs|thpt|ptdtbt|dai hoc|cao dang|hop tac xa|htx|cong ti|ct tnhh|dntn|xi nghiep"
    r"|nha ma[iy]|tram [iy] te|benh vien|trung tam|ubnd|u[iy] ban)\b"
)
"""How the folded name of a union begins, or of the place that it is named after."""


@dataclass(frozen=True, slots=True)
class Section:
    """A label that names no union, the rows under it, and the short name of the union they go to."""

    name: str
    rows: int
    union: str


class Sections:
    """Asked row by row in the order of the list."""

    def __init__(self, names: UnitNames, into: str) -> None:
        """`into`: the union of rows over which no union is named, "" for none."""
        self._names, self._into = names, into
        self._last: tuple[Sequence[str], str, Placed] = ((), "", ("", None))
        self._union = ""
        """The label of the union that was named last."""
        self._parts: dict[str, str] = {}
        """Label of a union by the first word of parts that stood under it ("Tổ 1")."""
        self._rows: Counter[tuple[str, str]] = Counter()

    def place(self, labels: Sequence[str]) -> Placed:
        """The union of a row under these labels, the outer ones first."""
        if labels != self._last[0]:
            self._last = (labels, *self._read(labels))
        _, asked, placed = self._last
        if asked:
            self._names.find(asked)
        elif not placed[1]:
            self._rows[labels[-1], placed[0]] += 1
        return placed

    def told(self) -> tuple[Section, ...]:
        """The labels that name no union, in their order."""
        units = self._names.units
        return tuple(Section(name, rows, units[union].short_name) for (name, union), rows in self._rows.items())

    def _read(self, labels: Sequence[str]) -> tuple[str, Placed]:
        """The label that is taken for a union, "" for none, and the union."""
        at = max((n for n, label in enumerate(labels) if self._is_union(label)), default=-1)
        if at >= 0:
            self._union = labels[at]
            self._parts = {_first_word(label): self._union for label in labels[at + 1 :]}
            return self._union, self._named(self._union)
        label = labels[-1]
        if self._union:
            under = self._parts.get(_first_word(label), "")
            return (under, self._named(under)) if under else (label, self._unsure(label))
        if not self._into:
            return "", ("", (f"Chưa rõ công đoàn: “{label}” là tên mục, không phải đơn vị trong sổ.", ""))
        return "", (self._into, None)

    def _is_union(self, label: str) -> bool:
        """Whether a label is a union's name, reads like one, or nearly is one."""
        if self._names.knows(label) or claims_union(label):
            return True
        return not _PART.match(search_key(label)) and bool(self._names.nearest(label))

    def _named(self, label: str) -> Placed:
        return named(self._names, label, self._names.known(label))

    def _unsure(self, label: str) -> Placed:
        said = f"Chưa rõ mục “{label}” thuộc đơn vị nào: ngay trước đó danh sách ghi “{self._union}”."
        return "", (said, "")


def named(names: UnitNames, name: str, found: Sequence[str]) -> Placed:
    """The one union that was found by a name."""
    if len(found) == 1:
        return found[0], None
    if found:
        return "", (f"Có {len(found)} đơn vị cùng tên “{name}”. Ghi mã đơn vị.", "")
    return "", (f"Không có “{name}” trong các đơn vị.", names.nearest(name))


def claims_union(label: str) -> bool:
    """Whether a label reads like the name of a union, known or not."""
    return _UNION.match(search_key(label)) is not None


def _first_word(label: str) -> str:
    return search_key(label).partition(" ")[0]
