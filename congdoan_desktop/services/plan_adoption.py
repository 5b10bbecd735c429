"""From a plan that was read to a campaign: what a person took becomes one record, and nothing else does (rule D27).

The wording of a target stays as printed. A misprint that was confirmed is mended in the title and in the names of
phases, events and duties it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from congdoan_desktop.domain.campaigns import Campaign, Duty, Phase, PlannedEvent, RelatedDocument, Target
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.services import campaigns, records
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.plan_item import Group, HeaderValue, Item, Part
from congdoan_desktop.services.records import Saved

_UNDONE = "Hoàn tác việc đọc kế hoạch"
_LISTS = frozenset({"bases", "recipients", "related"})
_NEEDED: Mapping[str, str] = {"title": "Trích yếu", "starts": "Ngày bắt đầu", "ends": "Ngày kết thúc"}
_NAMES: Mapping[type, str] = {Phase: "name", PlannedEvent: "name", Duty: "wording"}


@dataclass(frozen=True, slots=True)
class Taken:
    """An item a person confirmed, with the piece as it was left."""

    item: Item
    part: Part


def campaign_of(taken: Sequence[Taken]) -> Campaign:
    """The campaign of what was taken, without its issuing union.

    Raises: ValidationError naming what no campaign can be without.
    """
    fixes = [one for one in taken if one.item.group is Group.CORRECTIONS]
    head = _head([one for one in taken if isinstance(one.part, HeaderValue)], fixes)
    lacking = [Finding(name, f"Chưa nhận mục “{text}”.") for name, text in _NEEDED.items() if not head.get(name)]
    if lacking:
        raise ValidationError(tuple(lacking))
    blank: dict[str, Any] = {"doc_type": "Kế hoạch", "number": "", "issued_on": None, "place": "", "organ": ""}
    return Campaign(
        unit="",
        targets=_targets(taken),
        phases=_pieces(taken, Phase, fixes),
        events=_pieces(taken, PlannedEvent, fixes),
        duties=_pieces(taken, Duty, fixes),
        **(blank | head),
    )


def save(office: Office, taken: Sequence[Taken]) -> Saved:
    """Save what was taken as one campaign of ours; documents held here that it names are linked.

    Raises: ValidationError.
    """
    campaign = campaign_of(taken)
    held = {row.campaign.number: row.id for row in campaigns.listing(office) if row.campaign.number}
    related = tuple(replace(one, campaign=held.get(one.number)) for one in campaign.related)
    me = office.identity.officer.name
    targets = tuple(replace(one, chosen_by=me) if one.choice else one for one in campaign.targets)
    return campaigns.add(office, replace(campaign, related=related, targets=targets))


def undo(office: Office, campaign: str) -> None:
    """Take the campaign out again; it stays in the history."""
    records.delete(office, campaign, _UNDONE)


def _head(taken: Iterable[Taken], fixes: Sequence[Taken]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in taken:
        assert isinstance(one.part, HeaderValue)
        field, value = one.part.field, one.part.value
        if field in _LISTS:
            values[field] = (*values.get(field, ()), value)
        else:
            values[field] = _mended(value, one.item, fixes) if field == "title" else value
    bases: tuple[RelatedDocument, ...] = values.pop("bases", ())
    related = (*(one for one in bases if one.number), *values.pop("related", ()))
    return {**values, "bases": tuple(one.title for one in bases), "related": related}


def _targets(taken: Iterable[Taken]) -> tuple[Target, ...]:
    """Those inside another one that was left out stand on their own."""
    found = [one.part for one in taken if isinstance(one.part, Target)]
    ids = {target.id for target in found}
    return tuple(target if target.within in ids else replace(target, within="") for target in found)


def _pieces(taken: Iterable[Taken], kind: type, fixes: Sequence[Taken]) -> tuple[Any, ...]:
    name = _NAMES[kind]
    found = []
    for one in taken:
        if isinstance(one.part, kind):
            part: Any = one.part
            found.append(replace(part, **{name: _mended(getattr(part, name), one.item, fixes)}))
    return tuple(found)


def _mended(text: str | date | RelatedDocument, item: Item, fixes: Iterable[Taken]) -> Any:
    """The words with the confirmed misprints inside their place mended."""
    if not isinstance(text, str):
        return text
    for fix in fixes:
        if fix.item.span.meets(item.span) and isinstance(fix.part, str):
            text = text.replace(fix.item.text, fix.part)
    return one_line(text)
