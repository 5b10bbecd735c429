"""How lists show a record that only a newer program can read: named and marked, nothing to edit, nothing to sum."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from congdoan_desktop.services import newer
from congdoan_desktop.services.newer import Newer
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.banner import Banner

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

WHY = f"{newer.WHY.safe} {newer.WHY.todo}"


def rows(office: Office, type_: str, one: str, named_in: str) -> list[dict[str, object]]:
    """For a list of `one` ("hoạt động") whose column `named_in` names it."""
    return [_row(found, one, named_in) for found in newer.listing(office, type_)]


def is_newer(row: object) -> bool:
    return isinstance(row, dict) and "newer" in row


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
        "locked": newer.WHY.what,
        "conflict": False,
        "when": "",
        named_in: name,
        "unit": found.unit_name,
        "state": chips.NEEDS_NEWER,
    }
