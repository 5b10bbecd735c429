"""How lists show a record that only a newer program can read: named and marked, nothing to edit, nothing to sum.

A unit stands as last read, because others hang on it (`storage/projections`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from congdoan_desktop.services import newer
from congdoan_desktop.services.newer import Newer
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.banner import Banner

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

Row = Mapping[str, object]
WHY = f"{newer.WHY.safe} {newer.WHY.todo}"


def rows(office: Office, type_: str, one: str, named_in: str) -> list[dict[str, object]]:
    """For a list of `one` ("hoạt động") whose column `named_in` names it."""
    return [_row(found, one, named_in) for found in newer.listing(office, type_)]


def marked(found: list[Row], unread: Iterable[dict[str, object]], *, only_found: bool) -> list[Row]:
    """The rows found, with those among them marked that stand as last read; before them the others, unless a filter is
    on, which cannot judge them.
    """
    left = {row["id"]: row for row in unread}
    if not left:
        return found
    kept = [{**row, **_mark(left.pop(row["id"]))} if row["id"] in left else row for row in found]
    return kept if only_found else [*left.values(), *kept]


def is_newer(row: object) -> bool:
    return isinstance(row, dict) and "newer" in row


def is_bare(row: object) -> bool:
    """Whether there is not even what was last read."""
    return isinstance(row, dict) and bool(row.get("bare"))


def _mark(row: Row) -> dict[str, object]:
    return {key: row[key] for key in ("newer", "locked", "state")}


def explain(banner: Banner, row: object) -> None:
    """Who wrote it, that it is safe, and what to do."""
    assert isinstance(row, dict)
    found: Newer = row["newer"]
    written = f"{datetime.fromisoformat(found.at):%d/%m/%Y %H:%M}"
    banner.show_text("info", newer.WHY.what, f"{found.author} ghi lúc {written}. {WHY}")


def _row(found: Newer, one: str, named_in: str) -> dict[str, object]:
    name = found.name or f"{one.capitalize()} chưa đọc được"
    return {
        "id": found.record,
        "name": name,
        "newer": found,
        "bare": True,
        "locked": newer.WHY.what,
        "conflict": False,
        "when": "",
        named_in: name,
        "unit": found.unit_name,
        "state": chips.NEEDS_NEWER,
    }
