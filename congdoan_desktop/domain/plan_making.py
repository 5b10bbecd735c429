"""A plan made out of another one: the same for the next year, and the own plan of a union that carries out the upper's.

Both are proposals: whoever makes the plan goes through every field. The targets that a union takes over keep their ids,
so that its marks can be held against the upper union's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from congdoan_desktop.domain.campaigns import Campaign, Duty, Phase, PlannedEvent, RelatedDocument, Target
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.errors import Finding

PARENT = "parent"
_SPAN = r"(?:\s*[-–]\s*)"
_FLOORS = frozenset({"gt", "gte"})
_CEILINGS = frozenset({"lt", "lte"})


def next_year(campaign: Campaign) -> Campaign:
    """The plan once more a year later: days moved, its years in titles and wordings raised, number and day left open.

    Years of a stretch of years ("giai đoạn 2023-2028") and of documents that it rests on stay.
    """
    years = range(campaign.starts.year, campaign.ends.year + 1)
    ids = {target.id: new_id() for target in campaign.targets}

    def said(text: str) -> str:
        return _raised(text, years)

    return replace(
        campaign,
        number="",
        issued_on=None,
        date_text="",
        title=said(campaign.title),
        theme=said(campaign.theme),
        starts=_later(campaign.starts),
        ends=_later(campaign.ends),
        parent=None,
        targets=tuple(_target(target, ids, said) for target in campaign.targets),
        marks=tuple(replace(mark, target=ids.get(mark.target, mark.target)) for mark in campaign.marks),
        phases=tuple(_phase(phase, said) for phase in campaign.phases),
        events=tuple(_event(event, said) for event in campaign.events),
        duties=tuple(_duty(duty, said) for duty in campaign.duties),
        assignments=tuple(replace(one, task=said(one.task)) for one in campaign.assignments),
        sections=tuple(replace(one, heading=said(one.heading), text=said(one.text)) for one in campaign.sections),
        related=tuple(one for one in campaign.related if one.relation in ("basis", "reference")),
    )


def carrying_out(upper: Campaign, upper_id: str, issuer: str) -> Campaign:
    """Our own plan that carries out the upper union's: its targets taken over, its time; events and duties are ours."""
    number = f" số {upper.number}" if upper.number else ""
    day = f" ngày {short_date(upper.issued_on)}" if upper.issued_on else ""
    of = " ".join(part for part in (upper.organ, issuer) if part)
    basis = f"{upper.doc_type}{number}{day} của {of} về {upper.title}"
    return Campaign(
        unit="",
        title=upper.title,
        doc_type="Kế hoạch",
        number="",
        issued_on=None,
        place="",
        organ="",
        starts=upper.starts,
        ends=upper.ends,
        bases=(basis,),
        targets=upper.targets,
        phases=upper.phases,
        recipients=("Lưu: VT",),
        theme=upper.theme,
        parent=upper_id,
        open_end=upper.open_end,
        related=(RelatedDocument(PARENT, upper.number, upper.title, upper_id),),
        definitions=upper.definitions,
    )


def below_the_upper(own: Campaign, upper: Campaign) -> tuple[Finding, ...]:
    """Marks of targets taken over that ask less than the upper union asks of us."""
    asked = {target.id: target for target in upper.targets}
    given = {mark.target: mark.value for mark in upper.marks if mark.unit == own.unit}
    found = []
    for number, target in enumerate(own.targets, 1):
        theirs = asked.get(target.id)
        if theirs is None:
            continue
        least = replace(theirs, value=given.get(theirs.id, theirs.value))
        if _asks_less(target, least):
            said = f"Chỉ tiêu {number}: mức của mình nhẹ hơn mức cấp trên giao ({theirs.level_text})."
            found.append(Finding("targets", said))
    return tuple(found)


def _asks_less(own: Target, upper: Target) -> bool:
    mine, theirs = own.value * 10**upper.decimals, upper.value * 10**own.decimals
    if upper.op in _FLOORS:
        looser = own.op not in _FLOORS | {"eq"} or (own.op != "gt" and upper.op == "gt" and mine == theirs)
        return looser or mine < theirs
    if upper.op in _CEILINGS:
        looser = own.op not in _CEILINGS | {"eq"} or (own.op != "lt" and upper.op == "lt" and mine == theirs)
        return looser or mine > theirs
    return (own.op, mine) != (upper.op, theirs)


# A year later


def _later(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + 1, day=28) if leap else day.replace(year=day.year + 1)


def _raised(text: str, years: Iterable[int]) -> str:
    known = "|".join(str(year) for year in years)
    alone = re.compile(rf"(?<!\d)(?<!\d[-–])(?<!\d [-–] )(?:{known})(?!\d)(?!{_SPAN}\d{{4}})")
    return alone.sub(lambda match: str(int(match[0]) + 1), text)


def _target(target: Target, ids: dict[str, str], said: Callable[[str], str]) -> Target:
    return replace(
        target, id=ids[target.id], within=ids.get(target.within, ""), wording=said(target.wording),
        level_text=said(target.level_text),
    )  # fmt: skip


def _phase(phase: Phase, said: Callable[[str], str]) -> Phase:
    return replace(phase, name=said(phase.name), starts=_later(phase.starts), ends=_later(phase.ends))


def _event(event: PlannedEvent, said: Callable[[str], str]) -> PlannedEvent:
    on = _later(event.on) if event.on else None
    return replace(event, name=said(event.name), on=on, printed_date=said(event.printed_date), plan=None)


def _duty(duty: Duty, said: Callable[[str], str]) -> Duty:
    return replace(duty, wording=said(duty.wording), due=_later(duty.due) if duty.due else None)
