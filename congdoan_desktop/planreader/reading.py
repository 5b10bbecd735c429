"""A plan's text into a draft of everything it says."""

from __future__ import annotations

from collections.abc import Iterator

from congdoan_desktop.planreader.draft import PlanDraft
from congdoan_desktop.planreader.header import header_of
from congdoan_desktop.planreader.layout import Source, put_in_order
from congdoan_desktop.planreader.targets import numbered, targets_in
from congdoan_desktop.planreader.zones import Place, places, zones_of
from congdoan_desktop.progress import Progress


def read_plan(source: Source, progress: Progress) -> PlanDraft:
    """Raises: Cancelled."""
    text = put_in_order(source)
    zones = zones_of(text)
    body = tuple(places(text, zones))
    found = numbered(targets_in(text, place) for place in _watched(body, progress) if not place.heading)
    return PlanDraft(text.value, header_of(text, zones), found.targets, found.numbers)


def _watched(places_: tuple[Place, ...], progress: Progress) -> Iterator[Place]:
    for number, place in enumerate(places_):
        progress.step(number, len(places_), "Đang đọc kế hoạch")
        yield place
