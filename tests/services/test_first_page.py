"""Page 1 is shown before the rest is counted, and is the page 1 that comes out in the end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from congdoan_desktop.errors import ValidationError
from congdoan_desktop.services import (
    activities,
    campaigns,
    comparison,
    evaluation,
    general_report,
    list_papers,
    papers,
    reporting,
)
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from tests.reports.paper import drawn
from tests.services.conftest import Offices, activity, campaign, grassroots, request


@pytest.fixture
def busy(offices: Offices) -> tuple[Office, str]:
    """An office with so many kinds of activities that page 1 is full of them, and their plan."""
    office, id_ = offices.union, campaign(offices.union)
    unit = grassroots(office)
    for kind in catalogue().codes("activity_kinds"):
        with suppress(ValidationError):  # a kind that asks for more
            activities.add(office, activity(id_, kind=kind), (unit,))
    return office, id_


def test_page_1_of_a_report_comes_before_its_targets_are_counted(
    busy: tuple[Office, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, id_ = busy
    shown: list[bytes] = []
    with monkeypatch.context() as patch:
        patch.setattr(evaluation, "evaluate", lambda _frame: {} if shown else pytest.fail("counted first"))
        reporting.prepare(office, request(id_), shown.append)
        general_report.paper(office, request(""), shown.append)
    campaign_report, general = shown
    assert drawn(campaign_report) == drawn(reporting.pdf(office, reporting.prepare(office, request(id_))))
    assert drawn(general) == drawn(papers.pdf(office, general_report.paper(office, request(""))))


def test_page_1_with_targets_waits_for_them_and_not_for_earlier_periods(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, id_ = offices.union, campaign(offices.union)
    known = campaigns.get(office, id_)
    long = replace(known, targets=tuple(replace(t, wording=f"{t.wording} {'và cứ thế ' * 110}") for t in known.targets))
    campaigns.edit(office, id_, long)
    shown: list[bytes] = []
    monkeypatch.setattr(comparison, "beside_earlier", lambda _frame, lines: (shown[0], lines)[1])
    prepared = reporting.prepare(office, request(id_), shown.append)
    assert drawn(shown[0]) == drawn(reporting.pdf(office, prepared))


def test_a_short_report_is_shown_when_all_of_it_is_known(offices: Offices) -> None:
    shown: list[bytes] = []
    prepared = reporting.prepare(offices.union, request(campaign(offices.union)), shown.append)
    (made,) = shown
    assert drawn(made) == drawn(reporting.pdf(offices.union, prepared))
    list_papers.paper(offices.union, "supports", request(""), shown.append)
    assert shown == [made]


def test_page_1_of_a_long_list_needs_its_first_rows_alone(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office)
    for at in range(70):
        activities.add(office, activity(title=f"Buổi tuyên truyền số {at}"), (unit,))
    shown: list[bytes] = []
    made = list_papers.paper(office, "activities", request(""), shown.append)
    assert drawn(shown[0]) == drawn(papers.pdf(office, made))
