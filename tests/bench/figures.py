"""Figures of targets on the sample province: each beside SQL written by hand, and the ledgers of all its plans.

The SQL asks the same tables for the same number, and the test of the sample says that both are right; it knows nothing
of units that moved, merged or ended, which in the sample changes none of these.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.bench.rows import Row, against, in_turn

_RUNS = 7
_LEDGER_GOAL_MS = 2000
_PERIOD = "BETWEEN '2024-01-01' AND '2024-12-31'"
_MEMBERS = """
    SELECT COALESCE(unit, ''), COUNT(*) FROM p_person
    WHERE (joined IS NULL OR joined <= '2024-12-31') AND ("left" IS NULL OR "left" > '2024-12-31')
    AND (member OR "left" IS NOT NULL) GROUP BY 1
"""
_BY_HAND: dict[str, tuple[str, ...]] = {
    "000-T04": (
        _MEMBERS,
        f"""SELECT unit, MAX(members) FROM p_activity
            WHERE kind = 'sinh_hoat' AND state = 'done' AND starts {_PERIOD} GROUP BY unit""",
        f"SELECT unit, numerator, denominator FROM p_entered_figure WHERE indicator = 'I03' AND ends {_PERIOD}",
    ),
    "000-T12": (
        _MEMBERS,
        'SELECT unit, workers, MAX("on") FROM p_headcount WHERE "on" <= \'2024-12-31\' GROUP BY unit',
        f"""SELECT unit, MAX(participants) FROM p_activity WHERE kind = 'ung_ho_quy' AND state = 'done'
            AND starts {_PERIOD} AND instr(details, '"quy_xa_hoi"') GROUP BY unit""",
        f"SELECT unit, numerator, denominator FROM p_entered_figure WHERE indicator = 'I11' AND ends {_PERIOD}",
    ),
}
"""Target of 14/KH-LĐLĐ -> the statements whose rows make its figure."""


def measured(folder: Path) -> list[Row]:
    """`folder` holds the whole sample province."""
    from congdoan_desktop.services import campaign_ledger, campaigns, sample

    with closing(sample.open_side(folder, sample.BIG)) as office:
        plans = {row.campaign.number: row.id for row in campaigns.listing(office)}
        found = [_figure(office, plans["14/KH-LĐLĐ"], target) for target in _BY_HAND]

        def ledgers() -> None:
            for plan in plans.values():
                campaign_ledger.look(office, plan)

        took, _ = in_turn(_timed(ledgers), lambda: 0.0, _RUNS)
        name = f"the ledgers of {len(plans)} plans, 600 units"
        return [*found, Row(name, "ms", round(1000 * sorted(took)[_RUNS // 2]), None, None, _LEDGER_GOAL_MS)]


def _figure(office: Any, plan: str, target: str) -> Row:
    from congdoan_desktop.services import evaluation, targets

    def ours() -> None:
        with office.read() as connection:
            evaluation.result(targets.evaluated(office, connection, plan, target)[1])

    def by_hand() -> None:
        with office.read() as connection:
            for statement in _BY_HAND[target]:
                connection.exec_driver_sql(statement).all()

    mine, floor = in_turn(_timed(ours), _timed(by_hand), _RUNS)
    return against(f"figure {target}, 213,000 records", "ms", [1000 * t for t in mine], [1000 * t for t in floor], 1.5)


def _timed(call: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        call()
        return time.perf_counter() - began

    return run
