"""The fields that a list can bring, and the titles under which officers write them; data of resources/import."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from congdoan_desktop import paths
from congdoan_desktop.domain.text import search_key

IGNORED = ""
"""The field of a column that is not imported."""
_PUNCTUATION = re.compile(r"[^a-z0-9]+")


class ListKind(StrEnum):
    """What one row of a list is."""

    MEMBERS = "members"
    WORKPLACES = "workplaces"
    UNITS = "units"


LIST_NAMES: Mapping[ListKind, str] = {
    ListKind.MEMBERS: "Danh sách đoàn viên",
    ListKind.WORKPLACES: "Danh sách cơ quan, doanh nghiệp",
    ListKind.UNITS: "Danh sách công đoàn cơ sở",
}


@dataclass(frozen=True, slots=True)
class ImportField:
    """A field to fill. `type` chooses the conversion (`values.TYPES`); `needed` rows without it are faulty.

    `values` are offered in the template, `strict` when nothing else is allowed there; `in_template` whether the
    template has a column for it.
    """

    code: str
    name: str
    type: str
    needed: bool = False
    aliases: tuple[str, ...] = ()
    note: str = ""
    values: tuple[str, ...] = ()
    strict: bool = True
    in_template: bool = True


def fields_of(kind: ListKind) -> Mapping[str, ImportField]:
    """The fields of a list by code, in the order of the template."""
    return _all()[kind]


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """A title without diacritics, case, punctuation and what stands in brackets: "Số CCCD (12 số)" -> "so cccd"."""
    bare = re.sub(r"\([^)]*\)", " ", title)
    return _PUNCTUATION.sub(" ", search_key(bare if bare.strip() else title)).strip()


@cache
def titles_of(kind: ListKind) -> Mapping[str, str]:
    """Title key -> field code; the columns that are never imported under `IGNORED`."""
    never = [title_key(alias) for alias in _data()["ignored"][0]["aliases"]]
    found = dict.fromkeys((*never, *_untaken(kind)), IGNORED)
    for field in fields_of(kind).values():
        for alias in (field.name, *field.aliases):
            found.setdefault(title_key(alias), field.code)
    return found


def why_untaken(kind: ListKind, title: str) -> str:
    """Why the registry keeps nothing of a column that such lists often have; "" for all other titles."""
    keys = (title_key(title.replace(" / ", " ")), *map(title_key, title.split(" / ")))
    return next((why for key in keys if (why := _untaken(kind).get(key))), "")


@cache
def known_titles() -> frozenset[str]:
    """The keys of all titles of all lists."""
    return frozenset(key for kind in ListKind for key in titles_of(kind))


@cache
def _untaken(kind: ListKind) -> Mapping[str, str]:
    rows = (row for row in _data()["untaken"] if row["list"] == kind)
    return {title_key(alias): row["why"] for row in rows for alias in row["aliases"]}


@cache
def _all() -> Mapping[ListKind, Mapping[str, ImportField]]:
    return {kind: {row["field"]: _field(row) for row in _data()[kind]} for kind in ListKind}


def _field(row: Mapping[str, Any]) -> ImportField:
    return ImportField(
        row["field"], row["name"], row["type"], row.get("needed", False), tuple(row.get("aliases", ())),
        row.get("note", ""), tuple(row.get("values", ())), row.get("strict", True), row.get("template", True),
    )  # fmt: skip


@cache
def _data() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads((paths.resources() / "import" / "columns.toml").read_text(encoding="utf-8"))
