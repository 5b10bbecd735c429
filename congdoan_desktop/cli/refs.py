"""How things are named behind a command: units by code, campaigns by number, anything by the ending of its id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from congdoan_desktop.cli.given import Given
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import campaigns, incoming, outgoing, units
from congdoan_desktop.services.office import Office

_SHORTEST_ENDING = 6


class _Listed(Protocol):
    @property
    def id(self) -> str: ...


_Row = TypeVar("_Row", bound=_Listed)


def unit(office: Office, typed: str) -> str:
    """Raises: NotFound when no unit, or more than one, is called so."""
    return one("đơn vị", typed, ((row.id, (row.code, row.short_name, row.name)) for row in units.listing(office)))


def campaign(office: Office, typed: str) -> str:
    """Raises: NotFound."""
    rows = campaigns.listing(office)
    return one("kế hoạch", typed, ((row.id, (row.campaign.number, row.campaign.title)) for row in rows))


def target(plan: Campaign, typed: str) -> Target:
    """A target by its place in the plan, counted from 1, or by the ending of its id. Raises: NotFound."""
    if typed.isdecimal() and 0 < int(typed) <= len(plan.targets):
        return plan.targets[int(typed) - 1]
    known = {one.id: one for one in plan.targets}
    return known[one("chỉ tiêu", typed, ((id_, ()) for id_ in known))]


def given_unit(office: Office, given: Given, otherwise: str = "") -> str:
    """What stands behind `--unit`. Raises: NotFound."""
    return unit(office, given.text("unit")) if given.has("unit") else otherwise


def given_campaign(office: Office, given: Given, otherwise: str | None = None) -> str | None:
    """What stands behind `--campaign`. Raises: NotFound."""
    return campaign(office, given.text("campaign")) if given.has("campaign") else otherwise


def record(typed: str, known: Iterable[str]) -> str:
    """One of the known records, or the very id typed, which may be of a deleted one.

    Raises: NotFound when the ending fits several.
    """
    fitting = [id_ for id_ in known if id_.endswith(typed)] if len(typed) >= _SHORTEST_ENDING else []
    return typed if not fitting else one("mục", typed, ((id_, ()) for id_ in fitting))


def listed(rows: Iterable[_Row], typed: str, what: str, command: str) -> _Row:
    """The row of a list whose id, or its ending, was typed; `command` shows the list. Raises: NotFound."""
    known = {row.id: row for row in rows}
    found = known.get(record(typed, known))
    if found is None:
        raise NotFound(f"Không có {what} này trong máy.", todo=f"Xem danh sách bằng lệnh {command}.")
    return found


def sent(office: Office, typed: str) -> str:
    """A package of the outbox, by file name or the beginning of its id. Raises: NotFound."""
    return _package(typed, [(package.package_id, package.file_name) for package in outgoing.outbox(office)])


def received(office: Office, typed: str) -> str:
    """A package that was imported. Raises: NotFound."""
    return _package(typed, [(package.package_id, package.file_name) for package in incoming.inbox(office)])


def _package(typed: str, known: list[tuple[str, str]]) -> str:
    return one("gói", typed, ((id_, (name, name.rsplit(".", 1)[0], id_[: max(len(typed), 6)])) for id_, name in known))


def one(kind: str, typed: str, known: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The only one of (id, names) that is called so, or whose id ends so. Raises: NotFound."""
    wanted = search_key(typed)
    fitting = [
        id_
        for id_, names in known
        if (len(typed) >= _SHORTEST_ENDING and id_.endswith(typed)) or wanted in {search_key(name) for name in names}
    ]
    if len(fitting) == 1:
        return fitting[0]
    what = f"Có {len(fitting)} {kind} ứng với “{typed}”." if fitting else f"Không có {kind} nào là “{typed}”."
    raise NotFound(what, todo="Xem danh sách bằng lệnh list (hoặc outbox, inbox) rồi gõ mã, số hay đuôi id.")
