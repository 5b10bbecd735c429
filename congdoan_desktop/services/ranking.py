"""The unions directly below in the order of their targets: how many of those that ask something of them they meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.services import evaluation, reported
from congdoan_desktop.services.evaluation import Evaluated, Frame
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.services.tally import UnitTally, done_and_helped, gather
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class Ranked:
    """A union with all under it. `met` of `asked` targets: those with something to judge. Equals have one place."""

    place: int
    name: str
    unions: int
    met: int
    asked: int
    activities: int
    people: int


def ranked(connection: Connection, tree: Tree, own: str, unit: str, request: ReportRequest) -> list[Ranked]:
    """Those under `unit` over the request's period, for one plan or for all that run in it."""
    plans = _plans(connection, request)
    if not plans:
        return []
    days = request.starts, request.ends
    whole = Frame(connection, tree, own, *plans[0], *days, request.structure_on)
    group_of, verdicts = _group_of(whole, unit), defaultdict[str, list[bool]](list)
    for campaign, one in _evaluated(whole, plans):
        for group, met in _verdicts(campaign, one, group_of):
            verdicts[group].append(met)
    counted = gather(done_and_helped(connection, request.campaign, *days), whole.lines)
    groups = _grouped(whole.lines, group_of).items()
    return list(_placed([_unplaced(whole, group, lines, verdicts[group], counted) for group, lines in groups]))


def _evaluated(frame: Frame, plans: Iterable[tuple[str, Campaign]]) -> Iterator[tuple[Campaign, Evaluated]]:
    """The targets of all plans, with the figures of those who report."""
    for id_, campaign in plans:
        frame = frame.for_plan(id_, campaign)
        reports = reported.of_period(frame.connection, campaign, id_, frame.starts, frame.ends)
        for one in reported.overlaid(frame, evaluation.evaluate(frame), reports).values():
            yield campaign, one


def _unplaced(
    frame: Frame, group: str, lines: Sequence[str], verdicts: Sequence[bool], counted: Mapping[str, UnitTally]
) -> Ranked:
    done = [counted[line] for line in lines if line in counted]
    return Ranked(
        0, frame.then.units[group].name, len(lines), sum(verdicts), len(verdicts),
        sum(one.activities for one in done), sum(one.support_people for one in done),
    )  # fmt: skip


def _plans(connection: Connection, request: ReportRequest) -> list[tuple[str, Campaign]]:
    t = TABLES[Campaign.TYPE]
    query = select(t).where(t.c.starts <= request.ends, t.c.ends >= request.starts).order_by(t.c.starts, t.c.record)
    if request.campaign:
        query = query.where(t.c.record == request.campaign)
    return [(row["record"], value_of(Campaign.TYPE, row)) for row in connection.execute(query).mappings()]


def _group_of(frame: Frame, unit: str) -> dict[str, str]:
    """Whatever stands under `unit` -> the union directly under it, which it is or stands in."""
    chains = (frame.above(one) for one in frame.then.units)
    return {above[0]: above[above.index(unit) - 1] for above in chains if unit in above[1:]}


def _grouped(those: Iterable[str], group_of: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in those:
        if one in group_of:
            found.setdefault(group_of[one], []).append(one)
    return found


def _verdicts(campaign: Campaign, one: Evaluated, group_of: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Of each group that the target asks something of, which a count of all together does not."""
    for group, units in _grouped(one.cells, group_of).items():
        met = evaluation.of_part(one, units, campaign, group).met
        if met is not None:
            yield group, met


def _placed(made: list[Ranked]) -> Iterator[Ranked]:
    """The larger share first; of equal shares, which have one place, the one with more targets."""
    place = 1
    for _, equals in groupby(sorted(made, key=_order), key=lambda one: _order(one)[0]):
        group = list(equals)
        for one in group:
            yield Ranked(place, one.name, one.unions, one.met, one.asked, one.activities, one.people)
        place += len(group)


def _order(one: Ranked) -> tuple[float, int, str]:
    return (-one.met / one.asked if one.asked else 1.0, -one.met, sort_key(one.name))
