"""Activities that are planned, and those of kinds with fields of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from congdoan_desktop.domain.activities import DONE, PLANNED
from congdoan_desktop.domain.campaigns import Phase
from congdoan_desktop.services import activities, campaign_ledger, campaigns, coverage, home, reporting, targets
from tests.services.conftest import Offices, activity, campaign, grassroots, request


def test_what_is_only_planned_counts_nowhere(offices: Offices) -> None:
    office = offices.union
    plan, unit = campaign(office), grassroots(office)
    phases = (Phase("Tháng Công nhân", date(2024, 7, 1), date(2024, 7, 28)),)
    campaigns.edit(office, plan, replace(campaigns.get(office, plan), phases=phases))
    planned = activity(plan, state=PLANNED, starts=date(2024, 7, 20), ends=date(2024, 7, 20))
    record = activities.add(office, planned, (unit,)).ids[0]

    def figures() -> tuple[object, ...]:
        report = reporting.prepare(office, request(plan))
        look = campaign_ledger.look(office, plan)
        state = home.overview(office)
        return (
            sum(kind.times for kind in report.report.activities),
            sum(one.numerator for one in report.figures),
            sum(line.counted_activities for line in report.report.units),
            look.linked.activities,
            sum(look.phase_counts),
            sum(target.sum.total.numerator for target in look.targets),
            sum(row.numerator for row in targets.look_closer(office, plan, look.targets[0].sum.target.id).units),
            sum(state.months),
            state.coverage.done,
            sum(row.activities for row in coverage.coverage(office)),
        )

    assert set(figures()) == {0}
    activities.edit(office, record, replace(planned, unit=unit, state=DONE))
    assert 0 not in figures()
