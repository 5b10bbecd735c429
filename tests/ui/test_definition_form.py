"""An indicator put together in the plan's editor: what is entered is what is kept, and what does not fit is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.indicators import Condition, Criterion, Definition, faults
from congdoan_desktop.paths import resources
from congdoan_desktop.services import campaigns
from congdoan_desktop.services.campaign_file import read_campaign
from congdoan_desktop.services.definitions import shipped
from congdoan_desktop.services.sample_years import PLANS
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.campaigns.definition_form import DEFINITIONS, DefinitionForm
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import Given
from tests.ui.hands import CONTROL, Press, Show, Type, open_page


def every_definition() -> list[Definition]:
    folder = resources() / "samples"
    own = [one for name in PLANS for one in read_campaign(folder / f"{name}.toml").definitions]
    return [*shipped().values(), *own]


def test_every_definition_walks_through_the_form_unchanged(qtbot: QtBot) -> None:
    form = DefinitionForm(lambda: date(2026, 1, 1))
    qtbot.addWidget(form)
    for one in every_definition():
        form.offer([one])
        form.set_values({})
        form.set_values(DEFINITIONS.values(one))
        made = DEFINITIONS.part(form.values(), one)
        assert set(made.conditions) == set(one.conditions)
        assert replace(made, conditions=one.conditions) == one
        assert faults(made) == ()


def test_an_indicator_is_made_by_keys_and_chosen_by_a_target(
    given: Given, show: Show, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    page = open_page(CampaignsPage, given.context, show)
    page.open_object(given.campaign)
    assert runner.wait_idle()
    press(Qt.Key.Key_F2, on=page.sheet.ledger.targets.table)
    assert runner.wait_idle()
    editor: Any = page.editor
    editor.tabs.setCurrentIndex(list(editor.parts).index("definitions") + 1)
    part = editor.parts["definitions"]
    form = part.form
    form.set_values(
        {
            "def_name": "Doanh nghiệp từ 25 lao động có đối thoại",
            "def_population": "workplaces",
            "def_noun": "doanh nghiệp",
            "def_of": ("workplace_kinds:doanh_nghiep",),
            "def_workers": 25,
            "def_what1": "activity:doi_thoai",
            "def_time1": "year",
            "def_least1": 2,
            "def_what2": "activity:ung_ho_quy|fund=quy_xa_hoi",
            "def_counted": True,
            "def_source": "records",
        }
    )
    press(Qt.Key.Key_Return, CONTROL, on=form.field("def_name"))
    (made,) = part.parts()
    assert made.criteria == (
        Criterion("Đối thoại tại nơi làm việc", "activity", ("doi_thoai",), "year", least=2, counted=True),
        Criterion("Đã ủng hộ", "activity", ("ung_ho_quy",), details=("fund=quy_xa_hoi",), counted=True),
    )
    assert Condition("headcount", "gte", 25) in made.conditions
    target = editor.parts["targets"].form
    target.field("target_indicator").set_value(made.code)
    assert target.field("target_indicator").value() == made.code
    editor.parts["targets"].begin()
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    kept = entry_office.ask(runner, lambda: campaigns.get(given.office, given.campaign))
    assert kept.definitions == (made,)


def test_parts_that_do_not_fit_are_a_finding(qtbot: QtBot) -> None:
    form = DefinitionForm(lambda: date(2026, 1, 1))
    qtbot.addWidget(form)
    form.set_values(
        {
            "def_name": "Sai",
            "def_population": "officers",
            "def_noun": "cán bộ",
            "def_workers": 5,
            "def_source": "records",
        }
    )
    said = " ".join(finding.message for finding in form.findings())
    assert "điều kiện “headcount” không dùng được ở đây" in said
    assert "chưa có tiêu chí nào" in said
