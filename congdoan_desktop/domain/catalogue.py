"""Catalogues: kinds, causes, funds and the like as data, dated, with Vietnamese names and aliases.

A catalogue file is TOML with `[[entry]]` tables: `code` (stable, ASCII), `name`, optional `aliases`, `valid_from`,
`valid_to` and any further fields that belong to the catalogue.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import AppError

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OWN = frozenset({"code", "name", "aliases", "valid_from", "valid_to"})


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
        if faults:
            raise CatalogueFault(faults)
        return cls(lists)

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
            if wanted in {entry.code, *(search_key(text) for text in (entry.name, *entry.aliases))}:
                return entry
        return None


def _entries(name: str, data: bytes, faults: list[str]) -> tuple[Entry, ...]:
    try:
        rows = tomllib.loads(data.decode("utf-8")).get("entry", [])
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{name}: không đọc được ({error})")
        return ()
    if not isinstance(rows, list) or not rows:
        faults.append(f"{name}: không có mục nào")
        return ()
    found: dict[str, Entry] = {}
    for number, row in enumerate(rows, 1):
        fault = _fault(row, found)
        if fault:
            faults.append(f"{name}, mục {number}: {fault}")
        else:
            found[row["code"]] = _entry(row)
    return tuple(found.values())


def _fault(row: Any, found: Mapping[str, Entry]) -> str:
    if not isinstance(row, dict):
        return "không phải một mục"
    code, name, aliases = row.get("code"), row.get("name"), row.get("aliases", [])
    days = (row.get(day, date.min) for day in ("valid_from", "valid_to"))
    checks = (
        (isinstance(code, str) and _CODE.fullmatch(code), "mã phải là chữ thường không dấu, số và gạch dưới"),
        (code not in found, f"mã {code} lặp lại"),
        (isinstance(name, str) and name.strip(), "thiếu tên"),
        (isinstance(aliases, list) and all(isinstance(a, str) for a in aliases), "aliases phải là danh sách chữ"),
        (all(isinstance(day, date) for day in days), "valid_from và valid_to phải là ngày"),
    )
    return next((fault for holds, fault in checks if not holds), "")


def _entry(row: Mapping[str, Any]) -> Entry:
    more = {key: value for key, value in row.items() if key not in _OWN}
    return Entry(
        row["code"], row["name"], tuple(row.get("aliases", ())), row.get("valid_from"), row.get("valid_to"), more
    )
