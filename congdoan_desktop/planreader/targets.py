"""Targets and the numbers that are none, out of the paragraphs of a plan's body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from congdoan_desktop.planreader.clauses import Clause, clauses_of
from congdoan_desktop.planreader.draft import Confidence, NumberDraft, Role, Said, Span, TargetDraft
from congdoan_desktop.planreader.layout import PlanText
from congdoan_desktop.planreader.limits import MOST_NUMBERS, TooLarge
from congdoan_desktop.planreader.masks import Mask, masks_in, offered
from congdoan_desktop.planreader.meaning import meaning_of
from congdoan_desktop.planreader.quantities import NOUNS, Quantity, quantities_in
from congdoan_desktop.planreader.roles import Context, role_of
from congdoan_desktop.planreader.zones import Place, Section

_NESTED = re.compile(r"(?:trong đó|Trong đó|riêng|Riêng)\b")
_IN_BRACKETS = re.compile(r"\([^()]*$")
_UNSURE_ROLES = {Role.PLANNED, Role.QUOTA, Role.CEILING}
_LONGEST_WORDING = 600
_CONTEXT = 400
_COUNTS = re.compile(
    r"\d|[lI][Oo]|ít nhất|tối thiểu|không dưới|trở lên|trên|hơn|mỗi|từng|không (?:để|xảy ra|phát sinh)", re.IGNORECASE
)
_COUNTED = frozenset(noun.lower() for noun in NOUNS) | {"đồng"}


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a quantity; the fields are those of `Context`."""

    after_target: bool
    explains: bool
    after_result: bool
    leads_on: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Targets and other numbers of one place, in the order of the text."""

    targets: tuple[TargetDraft, ...]
    numbers: tuple[NumberDraft, ...]


def targets_in(text: PlanText, place: Place) -> Found:
    """What one paragraph says. Ids are given later, over the whole plan."""
    block = place.block
    if _COUNTS.search(text.value, block.body, block.end) is None:
        return Found((), ())
    masks = masks_in(text.value, block.body, block.end)
    quantities = [*islice(quantities_in(text.value, block.body, block.end, masks), MOST_NUMBERS + 1)]
    if len(quantities) > MOST_NUMBERS:
        raise TooLarge("quá nhiều con số trong một đoạn")
    clauses = clauses_of(text.value, block.body, block.end, quantities)
    targets: list[TargetDraft] = []
    numbers = list(_offered(text, masks))
    last_target: Clause | None = None
    last_result: Clause | None = None
    for at, (quantity, clause) in enumerate(zip(quantities, clauses, strict=True)):
        follows = at + 1 < len(clauses) and not clauses[at + 1].opens
        shared = last_target is not None and not clause.opens and last_target.part == clause.part
        explains = (
            last_target is not None
            and last_target.part == clause.part
            and _IN_BRACKETS.search(
                text.value, max(clause.part.start, quantity.span.start - _CONTEXT), quantity.span.start
            )
        )
        told = last_result is not None and last_result.part == clause.part
        context = _context(text, quantity, clause, place.section, _Around(shared, bool(explains), told, follows))
        role = role_of(context)
        last_result = clause if role is Role.RESULT else last_result
        if role is None:
            targets.append(_target(text, context, clause, targets))
            last_target = clause
        elif role is not Role.PLANNED or quantity.unit.lower() in _COUNTED:
            numbers.append(_number(text, quantity, role))
    return Found(tuple(targets), tuple(sorted(numbers, key=lambda number: number.said.span.start)))


def numbered(parts: Iterable[Found]) -> Found:
    """All targets with ids T01, T02 ... in the order of the text."""
    found = [*parts]
    targets = sorted((target for part in found for target in part.targets), key=lambda target: target.number.start)
    known = {target.id: f"T{number:02}" for number, target in enumerate(targets, 1)}
    named = (replace(target, id=known[target.id], within=known.get(target.within, "")) for target in targets)
    return Found(tuple(named), tuple(number for part in found for number in part.numbers))


def _context(text: PlanText, quantity: Quantity, clause: Clause, section: Section, around: _Around) -> Context:
    value, limit = text.value, _CONTEXT
    near = Span(quantity.span.start - limit, quantity.span.end + limit)
    return Context(
        quantity=quantity,
        before=value[max(clause.part.start, near.start) : quantity.span.start].rstrip(),
        after=value[quantity.span.end : min(clause.part.end, near.end)],
        clause=value[clause.span.start : min(clause.span.end, clause.span.start + limit)],
        sentence=value[max(clause.sentence.start, near.start) : min(clause.sentence.end, near.end)],
        section=section,
        after_target=around.after_target,
        explains=around.explains,
        after_result=around.after_result,
        leads_on=around.leads_on,
    )


def _offered(text: PlanText, masks: tuple[Mask, ...]) -> Iterator[NumberDraft]:
    for mask in offered(masks):
        assert mask.role is not None
        yield NumberDraft(Said(text.value[mask.span.start : mask.span.end], mask.span), mask.role)


def _number(text: PlanText, quantity: Quantity, role: Role) -> NumberDraft:
    confidence = Confidence.ASK if role in _UNSURE_ROLES else Confidence.LIKELY
    return NumberDraft(Said(text.value[quantity.span.start : quantity.span.end], quantity.span, confidence), role)


def _target(text: PlanText, context: Context, clause: Clause, earlier: list[TargetDraft]) -> TargetDraft:
    quantity = context.quantity
    span = _wording(clause.span, quantity.span)
    words = text.value[span.start : span.end]
    nested = bool(earlier) and _NESTED.match(words) is not None
    meaning = meaning_of(text.value, quantity, clause, nested)
    return TargetDraft(
        id=str(quantity.number.start),
        said=Said(words, span, _confidence(context, nested)),
        number=quantity.number,
        op=quantity.op,
        op_phrase=quantity.op_phrase,
        value=quantity.value,
        value2=quantity.value2,
        unit=meaning.unit,
        population=meaning.population,
        per_unit=meaning.per_unit,
        by=meaning.by,
        period=meaning.period,
        baseline=meaning.baseline,
        within=earlier[-1].id if nested else "",
        criteria=meaning.criteria,
        ambiguous=nested or quantity.contradicts,
        notes=meaning.notes,
    )


def _wording(clause: Span, quantity: Span) -> Span:
    """The clause, cut where it runs on and on, with the quantity always inside."""
    start = max(min(clause.start, quantity.start), quantity.end - _LONGEST_WORDING)
    return Span(start, max(min(clause.end, start + _LONGEST_WORDING), quantity.end))


def _confidence(context: Context, nested: bool) -> Confidence:
    quantity = context.quantity
    if (
        nested
        or quantity.contradicts
        or quantity.damaged
        or context.section not in {Section.GOALS, Section.TASKS, Section.PLAIN}
    ):
        return Confidence.ASK
    if context.section is Section.GOALS and (quantity.percent or quantity.op_phrase):
        return Confidence.SURE
    return Confidence.LIKELY
