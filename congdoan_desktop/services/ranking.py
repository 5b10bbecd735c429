"""The unions directly below in the order of their targets: how many of those that ask something of them they meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.services import evaluation, reported
from congdoan_desktop.services.evaluation import Evaluated, Frame
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.services.tally import gather, tally
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
    found: list[tuple[Frame, list[Evaluated]]] = []
    for id_, campaign in _plans(connection, request):
        frame = Frame(connection, tree, own, id_, campaign, request.starts, request.ends, request.structure_on)
        reports = reported.of_period(connection, campaign, id_, request.starts, request.ends)
        found.append((frame, list(reported.overlaid(frame, evaluation.evaluate(frame), reports).values())))
    if not found:
        return []
    groups = _groups(found[0][0], unit)
    counted = gather(tally(connection, request.campaign, request.starts, request.ends), found[0][0].lines)
    made = []
    for group, lines in groups.items():
        verdicts = [verdict for frame, results in found for verdict in _verdicts(frame, results, group)]
        done = [counted[line] for line in lines if line in counted]
        made.append(
            Ranked(
                0, found[0][0].then.units[group].name, len(lines), sum(verdicts), len(verdicts),
                sum(one.activities for one in done), sum(one.support_people for one in done),
            )
        )  # fmt: skip
    return list(_placed(made))


def _plans(connection: Connection, request: ReportRequest) -> list[tuple[str, Campaign]]:
    t = TABLES[Campaign.TYPE]
    query = select(t).where(t.c.starts <= request.ends, t.c.ends >= request.starts).order_by(t.c.starts, t.c.record)
    if request.campaign:
        query = query.where(t.c.record == request.campaign)
    return [(row["record"], value_of(Campaign.TYPE, row)) for row in connection.execute(query).mappings()]


def _groups(frame: Frame, unit: str) -> Mapping[str, list[str]]:
    """Union directly under `unit` -> its CĐCS, itself where it is one."""
    found: dict[str, list[str]] = {}
    for line in frame.lines:
        above = frame.above(line)
        if unit in above[1:]:
            found.setdefault(above[above.index(unit) - 1], []).append(line)
    return found


def _verdicts(frame: Frame, results: Sequence[Evaluated], group: str) -> Iterator[bool]:
    for one in results:
        met = evaluation.result(one, [unit for unit in one.cells if group in frame.above(unit)]).met
        if met is not None:
            yield met


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
