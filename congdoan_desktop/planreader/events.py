"""Activities that a plan names one by one, with the departments to which another part gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from congdoan_desktop.domain.dates import NotADate, parse_date
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.planreader import words
from congdoan_desktop.planreader.draft import Confidence, EventDraft, Said, Span
from congdoan_desktop.planreader.layout import PlanText
from congdoan_desktop.planreader.zones import Place, Section

_STARTS = re.compile(
    r"(?:Tổ chức|Phối hợp tổ chức|Phát động|Lễ|Hội nghị|Hội thi|Hội thao|Hội diễn|Giải|Tọa đàm|Diễn đàn|Gặp mặt"
    r"|Chương trình|Ngày hội|Liên hoan"
    r"|Cuộc thi|Khai mạc|Mít tinh)(?!\w)"
)
_DEPARTMENT = re.compile(
    r"(?:Giao )?(?P<name>(?:Các )?(?:Ban|Văn phòng|Ủy ban Kiểm tra|Phòng|Nhà Văn hóa"
    r"|Trung tâm)(?: [^:;.,\n]{2,80})?)"
)
_ASSIGNED = re.compile(r"(?P<name>(?:Ban|Văn phòng|Ủy ban Kiểm tra|Phòng)[^:;.,\n(]{0,70}?)(?: chủ trì|:)")
_IN_CHARGE = re.compile(
    r"(?:[Gg]iao|[Cc]hủ trì:|[Đđ]ơn vị chủ trì:) ?(?P<name>(?:Ban|Văn phòng|Ủy ban Kiểm tra"
    r"|Phòng)[^;.,\n()]{0,70})"
)
_SMALL = frozenset(words.listed("event_small"))
_DAY = re.compile(r"ngày [^.;\d]{0,40}(?P<day>\d{1,2}/\d{1,2}(?:/\d{4})?)")
_LIKE = 0.75
_MOST = 400


def events_in(text: PlanText, places: Sequence[Place], dated: date | None) -> Iterator[EventDraft]:
    given = [*_given(text, places)][:_MOST]
    named = (place for place in places if place.section is Section.EVENTS)
    for place in [*named][:_MOST]:
        if place.block.rank <= 6 and _STARTS.match(text.words(place.block)):
            yield _event(text, place, given, dated)


def _event(text: PlanText, place: Place, given: list[tuple[str, set[str]]], dated: date | None) -> EventDraft:
    block = place.block
    first = re.split(r"[;.](?: |$)", text.words(block), maxsplit=1)[0].rstrip(" .;,")
    said = Said(first, Span(block.body, block.body + len(first)), Confidence.LIKELY)
    own = _IN_CHARGE.search(text.words(block))
    leads = (own["name"].strip(),) if own else _leads(first, given)
    return EventDraft(said, leads, _on(first, dated))


def _given(text: PlanText, places: Sequence[Place]) -> Iterator[tuple[str, set[str]]]:
    """(department, words of what it is given), for every item of the part on who does what."""
    for place in places:
        if place.section is not Section.ORGANISATION or place.heading:
            continue
        said = text.words(place.block)
        named = _ASSIGNED.match(said)
        name = named["name"] if named else _above(text, place)
        if name:
            yield name.strip(), _keys(said)


def _above(text: PlanText, place: Place) -> str:
    for heading in reversed(place.above):
        found = _DEPARTMENT.fullmatch(text.words(heading.block).rstrip(" :"))
        if found and not found["name"].startswith("Các"):
            return found["name"]
    return ""


def _leads(event: str, given: list[tuple[str, set[str]]]) -> tuple[str, ...]:
    wanted = _keys(event)
    fitting = (name for name, task in given if wanted and len(wanted & task) >= _LIKE * len(wanted))
    return tuple(dict.fromkeys(fitting))


def _keys(phrase: str) -> set[str]:
    return {word for word in re.findall(r"\w+", search_key(phrase)) if word not in _SMALL}


def _on(phrase: str, dated: date | None) -> date | None:
    found = _DAY.search(phrase)
    if found is None or (dated is None and found["day"].count("/") < 2):
        return None
    try:
        return parse_date(found["day"], today=dated or date(1900, 1, 1)).value
    except NotADate:
        return None
