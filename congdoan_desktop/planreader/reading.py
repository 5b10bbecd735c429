"""A plan's text into a draft of everything it says."""

from __future__ import annotations

from collections.abc import Iterator

from congdoan_desktop.planreader.draft import PlanDraft
from congdoan_desktop.planreader.duties import duties_in
from congdoan_desktop.planreader.events import events_in
from congdoan_desktop.planreader.header import header_of
from congdoan_desktop.planreader.layout import Source, put_in_order
from congdoan_desktop.planreader.limits import MOST_NUMBERS, TooLarge
from congdoan_desktop.planreader.misprints import corrections_in
from congdoan_desktop.planreader.phases import phases_in
from congdoan_desktop.planreader.schedules import events_in_schedules
from congdoan_desktop.planreader.tables import targets_in_tables
from congdoan_desktop.planreader.targets import Found, numbered, targets_in
from congdoan_desktop.planreader.zones import Place, places, zones_of
from congdoan_desktop.progress import Progress


def read_plan(source: Source, progress: Progress) -> PlanDraft:
    """Raises: TooLarge, Cancelled."""
    text = put_in_order(source)
    zones = zones_of(text)
    body = tuple(places(text, zones))
    header = header_of(text, zones)
    dated = header.date.value if header.date else None
    cells = {cell.start for row in text.rows for cell in row}
    prose = tuple(place for place in body if place.block.start not in cells)
    spoken = _few_enough(targets_in(text, place) for place in _watched(prose, progress))
    found = numbered([*spoken, targets_in_tables(text)])
    return PlanDraft(
        text=text.value,
        header=header,
        targets=found.targets,
        numbers=found.numbers,
        phases=tuple(phases_in(text, prose, dated)),
        duties=tuple(duties_in(text, prose, dated)),
        events=(*events_in(text, prose, dated), *events_in_schedules(text, dated)),
        corrections=tuple(corrections_in(text.value)),
        typed_in=source.typed_in,
    )


def _watched(places_: tuple[Place, ...], progress: Progress) -> Iterator[Place]:
    for number, place in enumerate(places_):
        progress.step(number, len(places_), "Đang đọc kế hoạch")
        yield place


def _few_enough(found: Iterator[Found]) -> Iterator[Found]:
    count = 0
    for part in found:
        count += len(part.targets) + len(part.numbers)
        if count > MOST_NUMBERS:
            raise TooLarge("quá nhiều con số")
        yield part
