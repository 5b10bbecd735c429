"""Names in lists, found among our unions and in the catalogues, however they were shortened."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.domain.units import GRASSROOTS, Unit
from congdoan_desktop.services.catalogues import catalogue, remembered

_SAID = re.compile(r"^(?:cong doan co so|cdcs|cong doan|cd|nghiep doan)\s+")
_CLOSE = 0.75

_PLACE_KINDS = (
    ("truong_hoc", "nha_nuoc", "giao_duc", r"truong|mam non|tieu hoc|thcs|thpt|ptdtbt|dai hoc|cao dang"),
    ("hop_tac_xa", "tap_the", "", r"hop tac xa|htx|lien hiep htx"),
    ("doanh_nghiep", "tu_nhan", "", r"cong ti|cti|ct tnhh|doanh nghiep|dntn|tnhh|co phan|xi nghiep|nha may"),
    ("su_nghiep", "nha_nuoc", "y_te", r"tram y te|tram i te|benh vien|trung tam i te|trung tam y te"),
    ("su_nghiep", "nha_nuoc", "", r"trung tam|ban quan li|nha van hoa|dai truyen thanh"),
    ("co_quan", "nha_nuoc", "", r"ubnd|uy ban|so |phong|chi cuc|hat |toa an|vien kiem sat|cong an|dang uy|van phong"),
)  # fmt: skip
"""Kind, ownership and line of a workplace by words of its folded name."""
_UNION_KINDS: Mapping[str, str] = {
    "truong_hoc": "cdcs_su_nghiep", "su_nghiep": "cdcs_su_nghiep", "co_quan": "cdcs_hanh_chinh",
    "doanh_nghiep": "cdcs_dn_ngoai", "hop_tac_xa": "cdcs_hop_tac_xa",
}  # fmt: skip
_OTHER = ("khac", "tu_nhan", "")


@dataclass(frozen=True, slots=True)
class NamedUnion:
    """A name of a union that the registry does not know. `union`: the id that a person chose, "" while it is open;
    `nearest`: the id that was probably meant, "" when none comes near. `rows` of the list bear the name.
    """

    name: str
    rows: int
    union: str
    nearest: str


class UnitNames:
    """Our unions of a day by every name they go by: full and short name, code, and both without "CĐCS"."""

    def __init__(self, tree: Tree, own: str, day: date, called: Mapping[str, str]) -> None:
        """`called`: names in lists for which a person has chosen the union; one that has ended counts no more."""
        structure = tree.at(day)
        self.units: dict[str, Unit] = {id_: structure.units[id_] for id_ in (own, *structure.below(own))}
        self.ours = frozenset(id_ for id_ in self.units if structure.custodian(id_) == own)
        self._by_key: dict[str, set[str]] = {}
        self._former: dict[str, set[str]] = {}
        """CĐCS by names of former times, and of those merged into them; they count where none bears the name today."""
        for id_, unit in self.units.items():
            for name in (unit.name, unit.short_name, unit.code):
                for key in _keys(name):
                    self._by_key.setdefault(key, set()).add(id_)
        former = tree.former_names(day)
        heirs = (id_ for id_, unit in self.units.items() if unit.level == GRASSROOTS)
        for id_ in heirs:
            for key in (key for name in former.get(id_, ()) for key in _keys(name)):
                self._former.setdefault(key, set()).add(id_)
        self._called = {search_key(name): id_ for name, id_ in called.items() if id_ in self.units}
        self._by_key |= {key: {id_} for key, id_ in self._called.items()}
        self._found: dict[str, tuple[str, ...]] = {}
        self._rows: dict[str, int] = {}
        """Rows by name, for the names that a person has chosen or must choose the union of."""

    def find(self, name: str) -> tuple[str, ...]:
        """Ids of the unions of this name; more than one where it does not tell them apart."""
        held = self._found.get(name)
        if held is None:
            held = self._found[name] = self.known(name)
            if len(held) != 1 or search_key(name) in self._called:
                self._rows[name] = 0
        if name in self._rows:
            self._rows[name] += 1
        return held

    def known(self, name: str) -> tuple[str, ...]:
        """`find` for a name of which nobody says yet that it is one."""
        known = (self._by_key, self._former)
        found = next((ids for names in known for key in _keys(name) if (ids := names.get(key))), set())
        return tuple(sorted(found))

    def knows(self, name: str) -> bool:
        return bool(self.known(name))

    def nearest(self, name: str) -> str:
        """The short name of the union that was probably meant, "" when none comes near."""
        id_ = self._nearest(name)
        return self.units[id_].short_name if id_ else ""

    def named(self) -> tuple[NamedUnion, ...]:
        """Names for which a person has chosen, or must choose, the union; the open ones first, then by rows."""
        rows: Counter[str] = Counter()
        for name, count in self._rows.items():
            rows[search_key(name)] += count
        spelled = {search_key(name): name for name in reversed(self._rows)}
        found = [
            NamedUnion(spelled[key], count, self._called.get(key, ""), self._nearest(key))
            for key, count in rows.items()
        ]
        return tuple(sorted(found, key=lambda one: (bool(one.union), -one.rows)))

    def _nearest(self, name: str) -> str:
        close = difflib.get_close_matches(_keys(name)[-1], self._by_key, 1, _CLOSE)
        return min(self._by_key[close[0]]) if close else ""


def _keys(name: str) -> list[str]:
    key = search_key(name)
    return list(dict.fromkeys((key, _SAID.sub("", key))))


@remembered
def code_of(list_: str, typed: str) -> str:
    """The code of a catalogue's entry as somebody wrote it, "" when it has none."""
    found = catalogue().find(list_, typed) if typed else None
    return found.code if found else ""


@remembered
def place_kind(name: str, typed: str) -> tuple[str, str, str]:
    """(kind, ownership, line) of a workplace: by what was written under "Loại hình", else by its name."""
    kind, ownership = code_of("workplace_kinds", typed), code_of("ownerships", typed)
    guessed = _by_words((typed, name))
    return kind or guessed[0], ownership or guessed[1], guessed[2]


@remembered
def union_kind(name: str, typed: str) -> str:
    """The kind of a CĐCS: by what was written under "Loại", else by its name; "" when neither tells it."""
    return code_of("unit_kinds", typed) or _UNION_KINDS.get(_by_words((typed, name))[0], "")


def _by_words(texts: Iterable[str]) -> tuple[str, str, str]:
    for text in texts:
        key = _SAID.sub("", search_key(text))
        for kind, ownership, line, words in _PLACE_KINDS:
            if key and re.search(rf"\b(?:{words})", key):
                return kind, ownership, line
    return _OTHER
