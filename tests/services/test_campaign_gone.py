"""A plan that is not here, whoever asks for it: one sentence, and nothing else stops."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import (
    campaign_ledger,
    consolidation,
    narratives,
    outgoing,
    plan_papers,
    reminders,
    reporting,
)
from tests.services.conftest import Offices, request

ASKED: dict[str, Callable[[Offices], object]] = {
    "a report": lambda o: reporting.prepare(o.union, request("gone")),
    "a package": lambda o: outgoing.make_report(o.union, request("gone"), o.province.identity.unit),
    "a plan handed down": lambda o: outgoing.make_plan(o.province, "gone", o.union.identity.unit),
    "words": lambda o: narratives.look(o.union, "gone", request("").starts, request("").ends),
    "a paper": lambda o: plan_papers.prepare(o.union, "gone"),
    "a reminder": lambda o: reminders.prepare(o.union, "gone"),
    "a ledger": lambda o: campaign_ledger.look(o.union, "gone"),
    "sums": lambda o: consolidation.consolidate(o.union, "gone"),
}


@pytest.mark.parametrize("case", ASKED)
def test_it_is_not_found(case: str, offices: Offices) -> None:
    with pytest.raises(NotFound, match="Kế hoạch này không còn trong máy"):
        ASKED[case](offices)
