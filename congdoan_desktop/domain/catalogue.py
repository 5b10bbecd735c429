"""Catalogues: kinds, causes, funds and the like as data, dated, with Vietnamese names and aliases.

A catalogue file is TOML with `[[entry]]` tables: `code` (stable, ASCII), `name`, optional `aliases`, `valid_from`,
`valid_to`, and the fields of its catalogue (`_FIELDS`); further fields are kept and left to newer programs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from congdoan_desktop.domain.text import clean, search_key
from congdoan_desktop.errors import AppError

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OWN = frozenset({"code", "name", "aliases", "valid_from", "valid_to"})
_FIELDS: Mapping[str, Mapping[str, type]] = {
    "activity_kinds": {"counts": bool, "group": str, "subject": str},
    "support_causes": {"sensitive": bool},
    "support_ceilings": {"kinds": str, "amount": int},
    "levels": {"rank": int},
    "unit_kinds": {"level": str, "abbreviation": str},
    "document_types": {"abbreviation": str},
    "programmes": {"kind": str},
    "rating_levels": {"least": int},
    "rating_criteria": {"most": int},
}
_TYPE_NAMES = {bool: "true hoặc false", int: "số nguyên", str: "chữ"}


class CatalogueFault(AppError):
    """Catalogue files that cannot be used; names every fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(
            "Danh mục đi kèm chương trình bị lỗi: " + "; ".join(faults) + ".",
            safe="Dữ liệu của đơn vị không bị ảnh hưởng.",
            todo="Cài lại chương trình, hoặc sửa tệp danh mục vừa thay.",
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `more` holds the catalogue's own fields, for instance `counts` of an activity kind."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Catalogue:
    """All catalogues: name of the catalogue -> its entries in the order of the file."""

    lists: Mapping[str, tuple[Entry, ...]]

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Catalogue:
        """Read catalogue files, name -> TOML bytes.

        Raises: CatalogueFault naming every fault of every file.
        """
        faults: list[str] = []
        lists = {name: _entries(name, data, faults) for name, data in files.items()}
        faults.extend(_crossed(lists))
        if faults:
            raise CatalogueFault(faults)
        return cls(lists)

    def with_entries(self, files: Iterable[tuple[str, bytes]]) -> Catalogue:
        """With the entries of further files (catalogue, TOML): in the place of those with the same code, or after all.

        Raises: CatalogueFault naming every fault.
        """
        faults: list[str] = []
        lists = dict(self.lists)
        for name, data in files:
            held = {entry.code: entry for entry in lists.get(name, ())}
            lists[name] = tuple((held | {entry.code: entry for entry in _entries(name, data, faults)}).values())
            faults.extend(_shared(name, lists[name]))
        faults.extend(_crossed(lists))
        if faults:
            raise CatalogueFault(faults)
        return Catalogue(lists)

    def entries(self, catalogue: str, on: date | None = None) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.lists[catalogue] if on is None or entry.valid_on(on))

    def codes(self, catalogue: str) -> list[str]:
        return [entry.code for entry in self.lists[catalogue]]

    def entry(self, catalogue: str, code: str) -> Entry | None:
        return next((entry for entry in self.lists[catalogue] if entry.code == code), None)

    def name(self, catalogue: str, code: str) -> str:
        """The Vietnamese name, or the code itself when a newer program wrote one that is not known here."""
        entry = self.entry(catalogue, code)
        return entry.name if entry else code

    def find(self, catalogue: str, typed: str) -> Entry | None:
        """The entry whose code, name or alias was typed, with or without diacritics."""
        wanted = search_key(typed)
        for entry in self.lists[catalogue]:
            if wanted in map(search_key, (entry.code, entry.name, *entry.aliases)):
                return entry
        return None


def _entries(name: str, data: bytes, faults: list[str]) -> tuple[Entry, ...]:
    try:
        rows = tomllib.loads(data.decode("utf-8")).get("entry", [])
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        faults.append(f"{name}: không đọc được ({error})")
        return ()
    if not isinstance(rows, list) or not rows:
        faults.append(f"{name}: không có mục nào")
        return ()
    found: dict[str, Entry] = {}
    taken: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        wrong = [*_faults(row, _FIELDS.get(name, {}))] or [*_repeated(row, found, taken)]
        faults.extend(f"{name}, mục {number}: {fault}" for fault in wrong)
        if not wrong:
            found[row["code"]] = _entry(row)
            taken |= dict.fromkeys(map(search_key, _called(row)), row["code"])
    return tuple(found.values())


def _faults(row: Any, fields: Mapping[str, type]) -> Iterator[str]:
    """What is wrong with one entry by itself."""
    if not isinstance(row, dict):
        yield "không phải một mục"
        return
    code, name, aliases = row.get("code"), row.get("name"), row.get("aliases", [])
    if not (isinstance(code, str) and _CODE.fullmatch(code)):
        yield "mã phải là chữ thường không dấu, số và gạch dưới"
    if not (isinstance(name, str) and name == clean(name) != ""):
        yield "thiếu tên, hoặc tên chưa chuẩn NFC"
    if not (isinstance(aliases, list) and all(isinstance(alias, str) and search_key(alias) for alias in aliases)):
        yield "aliases phải là danh sách chữ"
    days = [row[day] for day in ("valid_from", "valid_to") if day in row]
    if not all(type(day) is date for day in days):
        yield "valid_from và valid_to phải là ngày"
    elif len(days) == 2 and days[0] > days[1]:
        yield "valid_to trước valid_from"
    yield from (f"{key} phải là {_TYPE_NAMES[kind]}" for key, kind in fields.items() if type(row.get(key)) is not kind)


def _repeated(row: Mapping[str, Any], found: Mapping[str, Entry], taken: Mapping[str, str]) -> Iterator[str]:
    """What an entry shares with one before it, so that nobody could tell which is meant."""
    if row["code"] in found:
        yield f"mã {row['code']} lặp lại"
    shared = ((text, taken[search_key(text)]) for text in _called(row) if search_key(text) in taken)
    yield from (f"“{text}” đã là cách gọi của {code}" for text, code in shared)


def _shared(name: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Names that two entries out of different files share."""
    taken: dict[str, str] = {}
    for entry in entries:
        for text in (entry.code, entry.name, *entry.aliases):
            owner = taken.setdefault(search_key(text), entry.code)
            if owner != entry.code:
                yield f"{name}: “{text}” đã là cách gọi của {owner}"


def _crossed(lists: Mapping[str, tuple[Entry, ...]]) -> list[str]:
    """Kinds of units whose level no entry of the levels has."""
    levels = {entry.code for entry in lists.get("levels", ())}
    found = ((kind.code, kind.more["level"]) for kind in lists.get("unit_kinds", ()))
    return [f"unit_kinds, {code}: không có cấp {level}" for code, level in found if level not in levels]


def _called(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (row["code"], row["name"], *row.get("aliases", ()))


def _entry(row: Mapping[str, Any]) -> Entry:
    more = {key: value for key, value in row.items() if key not in _OWN}
    return Entry(
        row["code"], row["name"], tuple(row.get("aliases", ())), row.get("valid_from"), row.get("valid_to"), more
    )
