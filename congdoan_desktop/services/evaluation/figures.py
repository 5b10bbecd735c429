"""From a definition to figures: of each unit, and of any union above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import compress

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.figures import Figure
from congdoan_desktop.domain.indicators import (
    COMPARATORS,
    ENTERED,
    OF_PEOPLE,
    RECORDS,
    Definition,
    Result,
    meets,
)
from congdoan_desktop.domain.target_choices import WITHIN, answer, op_of
from congdoan_desktop.services.definitions import known_to
from congdoan_desktop.services.evaluation.criteria import Amounts, amounts
from congdoan_desktop.services.evaluation.entered import told
from congdoan_desktop.services.evaluation.frame import Frame
from congdoan_desktop.services.evaluation.populations import Things, things
from congdoan_desktop.services.evaluation.sums import counted, helped_members, unanswered


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's figure. `parts`: for each criterion alone, how many meet it; all of them together: `numerator`."""

    numerator: int
    denominator: int | None
    parts: tuple[int, ...] = ()


Cells = Mapping[str, Cell]
"""Line, or upper union for what no CĐCS has -> its figure."""
_EMPTY = Cell(0, 0)


@dataclass(frozen=True, slots=True)
class Brought:
    """A unit's figure that came with a report of `sender`, who counted it from so many records."""

    sender: str
    records: int


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A target's figures in one frame. `definition` None: made by a newer program, so there are none.

    `computed` and `entered` stand beside each other where the definition asks for both. `brought` names the units whose
    figure was reported (`services.reported`).
    """

    target: Target
    definition: Definition | None
    cells: Cells = field(default_factory=dict)
    things: Things = field(default_factory=dict)
    amounts: tuple[Amounts, ...] = ()
    reached: frozenset[str] = frozenset()
    computed: Cells = field(default_factory=dict)
    entered: Cells = field(default_factory=dict)
    brought: Mapping[str, Brought] = field(default_factory=dict)


def evaluate(frame: Frame, only: str | None = None) -> dict[str, Evaluated]:
    """Target id -> its figures, for the frame's campaign in the order of its targets; `only` one of them."""
    known = known_to(frame.campaign)
    by_id = {target.id: target for target in frame.campaign.targets}
    found: dict[str, Evaluated] = {}
    for target in frame.campaign.targets:
        if only in (None, target.id):
            _one(frame, target, known, by_id, found)
    return {id_: found[id_] for id_ in by_id if only in (None, id_)}


def is_of_people(one: Evaluated) -> bool:
    """Whether its units stand for people counted and not for things that can be named one by one."""
    return one.definition is None or not one.things or one.definition.population in OF_PEOPLE


def result(one: Evaluated, owners: Iterable[str] | None = None) -> Result:
    """Over the cells of `owners`, or all; `met` None where there is nothing to judge."""
    cells = one.cells.values() if owners is None else [one.cells[unit] for unit in owners if unit in one.cells]
    numerator = sum(cell.numerator for cell in cells)
    bases = [cell.denominator for cell in cells if cell.denominator is not None]
    is_count = one.definition is not None and not one.definition.population
    denominator = None if is_count else sum(bases)
    silent = one.definition is None or (one.definition.source == ENTERED and not one.entered)
    return Result(numerator, denominator, None if silent else judged(one, numerator, denominator))


def mark_of(one: Evaluated, value: int | None = None) -> tuple[str, int, int]:
    """(comparator, value, decimals) that the figure is held against; for a mark of each CĐCS that is all of them."""
    if one.definition is not None and one.definition.per_unit:
        return "gte", 100, 0
    return op_of(one.target), one.target.value if value is None else value, one.target.decimals


def judged(one: Evaluated, numerator: int, denominator: int | None, value: int | None = None) -> bool | None:
    """Whether a figure meets the target, or the mark `value` given to one unit in its place; None where nothing is
    counted, or a newer program compares otherwise.
    """
    op, mark, decimals = mark_of(one, value)
    if denominator == 0 or op not in COMPARATORS:
        return None
    return meets(op, mark, numerator, denominator, decimals)


def meets_alone(one: Evaluated, count: int) -> bool:
    """Whether a unit's bare count reaches the mark that holds for each CĐCS."""
    return _Test(op_of(one.target), one.target.value)(count)


def figures(found: Mapping[str, Evaluated], own: str) -> tuple[Figure, ...]:
    """What is reported upward: for each target the sum, then the figure of every unit behind it.

    Of a mark that holds for each CĐCS, that is its bare count.
    """
    made: list[Figure] = []
    for target_id, one in found.items():
        total, code = result(one), one.target.indicator
        made.append(Figure(target_id, code, own, total.numerator, total.denominator))
        for unit, cell in sorted(one.cells.items()):
            if unit != own:
                made.append(Figure(target_id, code, unit, *bare(one, unit, cell)))
    return tuple(made)


def bare(one: Evaluated, unit: str, cell: Cell) -> tuple[int, int | None]:
    """A unit's figure as it is reported: of a mark for each CĐCS its count."""
    if one.definition is not None and one.definition.per_unit:
        return one.amounts[0].get(unit, 0), None
    return cell.numerator, cell.denominator


def _one(
    frame: Frame,
    target: Target,
    known: Mapping[str, Definition],
    targets: Mapping[str, Target],
    found: dict[str, Evaluated],
) -> Evaluated:
    """Puts what a target is part of before it."""
    if target.id in found:
        return found[target.id]
    definition = known.get(target.indicator)
    if definition is None:
        found[target.id] = Evaluated(target, None)
        return found[target.id]
    found[target.id] = Evaluated(target, definition)  # so that a circle of "trong đó" ends
    outer = _one(frame, targets[target.within], known, targets, found) if target.within in targets else None
    found[target.id] = _evaluated(frame, target, definition, outer)
    return found[target.id]


def _evaluated(frame: Frame, target: Target, definition: Definition, outer: Evaluated | None) -> Evaluated:
    if not definition.population:
        cells = {unit: Cell(count, None) for unit, count in counted(frame, definition).items()}
        return _with_told(frame, Evaluated(target, definition, cells))
    if definition.population == "needs":
        return _needs(frame, target, definition)
    population = things(frame, target, definition)
    if outer is not None and outer.things.keys() & population.keys():
        kept = outer.reached if answer(target, WITHIN, definition.within) == "numerator" else outer.things.keys()
        population = {id_: thing for id_, thing in population.items() if id_ in kept}
    done = tuple(amounts(frame, target, definition, one, population) for one in definition.criteria)
    if definition.population in OF_PEOPLE:
        return _with_told(frame, _people(target, definition, population, done))
    return _with_told(frame, _named(target, definition, population, done))


def _people(target: Target, definition: Definition, population: Things, done: tuple[Amounts, ...]) -> Evaluated:
    """More people than the union has count as all of them: guests of its own occasions."""
    cells: dict[str, Cell] = {}
    reached = done[0] if done else {}
    for id_, thing in population.items():
        before = cells.get(thing.owner, _EMPTY)
        count = min(reached.get(id_, 0), thing.weight)
        cells[thing.owner] = Cell(before.numerator + count, (before.denominator or 0) + thing.weight)
    met = frozenset(id_ for id_, thing in population.items() if thing.weight and reached.get(id_, 0) >= thing.weight)
    return Evaluated(target, definition, cells, population, done, met)


def _named(target: Target, definition: Definition, population: Things, done: tuple[Amounts, ...]) -> Evaluated:
    tests = [_test(target, definition, at) for at in range(len(done))]
    met_of = [[test(one.get(id_, 0)) for id_ in population] for test, one in zip(tests, done, strict=True)]
    both = [all(passed) for passed in zip(*met_of, strict=True)] if done else [False] * len(population)
    sums: dict[str, list[int]] = {}
    for thing, *counts in zip(population.values(), both, *met_of, strict=True):
        held = sums.setdefault(thing.owner, [0] * (2 + len(done)))
        held[0] += thing.weight
        for at, count in enumerate(counts, 1):
            held[at] += count
    cells = {owner: Cell(met, base, tuple(parts)) for owner, (base, met, *parts) in sums.items()}
    return Evaluated(target, definition, cells, population, done, frozenset(compress(population, both)))


def _test(target: Target, definition: Definition, at: int) -> _Test:
    if definition.per_unit:
        return _Test(op_of(target), target.value)
    return _Test("gte", definition.criteria[at].least)


@dataclass(frozen=True, slots=True)
class _Test:
    op: str
    value: int

    def __call__(self, amount: int) -> bool:
        return COMPARATORS[self.op](amount, self.value)


def _needs(frame: Frame, target: Target, definition: Definition) -> Evaluated:
    """Members helped, of these and those whose need waits for help; a list that was counted by hand may be longer."""
    helped = helped_members(frame, definition.criteria[0])
    waiting = unanswered(frame, definition.criteria[0])
    listed = told(frame, definition.code)
    cells = {}
    for owner in sorted({*helped, *waiting, *listed}):
        count, line = helped.get(owner, 0), listed.get(owner)
        base = (line.denominator or line.numerator) if line else 0
        cells[owner] = Cell(count, max(base, count + waiting.get(owner, 0)))
    return Evaluated(target, definition, cells, computed=cells)


def _with_told(frame: Frame, one: Evaluated) -> Evaluated:
    """What a union counted itself stands before what its records say; both are kept to be compared."""
    definition = one.definition
    if definition is None or definition.source == RECORDS:
        return one
    entered: dict[str, Cell] = {}
    for line, figure in told(frame, definition.code).items():
        known = one.cells.get(line, _EMPTY).denominator
        base = figure.denominator if figure.denominator is not None else known
        is_count = not definition.population
        entered[line] = Cell(figure.numerator, None) if is_count else Cell(min(figure.numerator, base or 0), base or 0)
    computed = {} if definition.source == ENTERED else one.cells
    bare = {unit: Cell(0, cell.denominator) for unit, cell in one.cells.items()}
    stands = {**(bare if definition.source == ENTERED else one.cells), **entered}
    return Evaluated(
        one.target, definition, stands, one.things, one.amounts, one.reached, computed=computed, entered=entered
    )
