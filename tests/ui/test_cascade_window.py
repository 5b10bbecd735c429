"""The own plan under the upper one and the plan for the next year, by keys and mouse; links lead from plan to plan."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from congdoan_desktop.domain.campaigns import Assignment, RelatedDocument
from congdoan_desktop.services import campaigns, drafts, incoming, mailbox, outgoing, sample
from congdoan_desktop.services.office import Office
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.handoff.new_package import NewPackageDialog, load_choices
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import Given, ask, child, listed_campaigns
from tests.ui.hands import CONTROL, Click, Press, Show, Type, open_page

Side = Callable[[str], Given]


@pytest.fixture
def page(given: Given, show: Show) -> CampaignsPage:
    return open_page(CampaignsPage, given.context, show)


def write(page: CampaignsPage, type_keys: Type, press: Press, **texts: str) -> None:
    for name, text in texts.items():
        page.editor.form.go_to(name)
        press(Qt.Key.Key_A, CONTROL)
        type_keys(text)


# The next year


def test_a_plan_is_proposed_for_the_next_year(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, click: Click
) -> None:
    page.open_object(given.campaign)
    assert runner.wait_idle()
    click(child(page, Button, "next_year"))
    assert runner.wait_idle()
    form = page.editor.form
    assert form.field("number").value() is None
    assert (form.field("starts").value(), form.field("ends").value()) == (date(2025, 4, 15), date(2025, 7, 31))
    write(page, type_keys, press, number="12/KH-CĐX")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    old, new = sorted((row.campaign for row in listed_campaigns(given, runner)), key=lambda one: one.starts)
    assert (old.number, new.number) == ("39/KH-LĐLĐ", "12/KH-CĐX")
    assert old.targets[0].id != new.targets[0].id
    assert new.phases[0].starts == date(2025, 7, 22)
    assert page.sheet.title.text() == "12/KH-CĐX"


def test_a_half_written_copy_is_a_draft_of_its_own(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    page.open_object(given.campaign)
    assert runner.wait_idle()
    page.sheet._make_next_year()
    assert runner.wait_idle()
    write(page, type_keys, press, title="Tháng Công nhân")
    press(Qt.Key.Key_Escape)
    assert runner.wait_idle()
    record = f"next:{given.campaign}"
    assert drafts.find(given.office, "campaign", record) is not None
    page.show_list()
    page.open_object(record)  # as the home page asks for it
    assert runner.wait_idle()
    assert page.editor.form.field("title").value() == "Tháng Công nhân"
    assert page.editor.form.field("starts").value() == date(2025, 4, 15)


# What no form shows


def test_an_edit_keeps_what_no_form_shows_and_adds_parts(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, click: Click
) -> None:
    def widen() -> None:
        held = campaigns.get(given.office, given.campaign)
        basis = RelatedDocument("basis", "17/KH-TLĐ", "Kế hoạch của Tổng Liên đoàn")
        campaigns.edit(given.office, given.campaign, replace(held, theme="Đoàn kết", related=(basis,), open_end=True))

    ask(runner, widen)
    page.open_object(given.campaign)
    assert runner.wait_idle()
    press(Qt.Key.Key_F2, on=page.sheet.ledger.targets.table)
    assert runner.wait_idle()
    part = page.editor.parts["assignments"]
    page.editor._go_to_tab(1 + list(page.editor.parts).index("assignments"))
    part.form.go_to("assignment_who")
    type_keys("Văn phòng")
    press(Qt.Key.Key_Escape)
    part.form.go_to("assignment_task")
    type_keys("Tổng hợp báo cáo")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    after = listed_campaigns(given, runner)[0].campaign
    assert after.assignments == (Assignment("Văn phòng", "Tổng hợp báo cáo"),)
    assert (after.theme, after.open_end, after.related[0].number) == ("Đoàn kết", True, "17/KH-TLĐ")
    assert [page.sheet.tabs.tabText(at) for at in (5, 6)] == ["Phân công 1", "Liên quan 1"]  # type: ignore[union-attr]


# Under the upper union's plan


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cascade")
    sample.make(folder)
    return folder


@pytest.fixture
def side(pair: Path, tmp_path: Path, runner: TaskRunner) -> Iterator[Side]:
    """Opens one of the two offices for a page, with the province's plan in it."""
    shutil.copytree(pair, tmp_path / "pair")
    opened: list[Office] = []

    def open_(which: str) -> Given:
        office: Office = ask(runner, lambda: sample.open_side(tmp_path / "pair", which))
        opened.append(office)
        went: list[tuple[str, str]] = []
        context = Context(runner, lambda: office, lambda key, id_: went.append((key, id_)))
        return Given(office, context, ask(runner, lambda: campaigns.listing(office))[0].id, {}, went)

    yield open_
    for office in opened:
        runner.run(office.close)
    runner.wait_idle()


def make_own(page: CampaignsPage, given: Given, runner: TaskRunner, click: Click) -> None:
    page.open_object(given.campaign)
    assert runner.wait_idle()
    click(child(page, Button, "under"))
    assert runner.wait_idle()


def test_the_own_plan_goes_up_and_hangs_below_the_upper_one(
    side: Side, show: Show, runner: TaskRunner, press: Press, type_keys: Type, click: Click, tmp_path: Path
) -> None:
    union, province = side(sample.UNION), side(sample.PROVINCE)
    page = open_page(CampaignsPage, union.context, show)
    make_own(page, union, runner, click)
    form = page.editor.form
    assert form.field("parent").value() == union.campaign
    write(page, type_keys, press, number="05/KH-CĐX")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert page.sheet.title.text() == "05/KH-CĐX"
    click(child(page, Button, "send_up"))
    assert runner.wait_idle()
    assert union.went == [("handoff", "sending")]

    def carry() -> None:
        (tmp_path / "usb").mkdir()
        made = next(one for one in mailbox.outbox(union.office) if one.kind == "cascade")
        path = outgoing.write_to_stick(union.office, made.id, tmp_path / "usb").path
        incoming.apply(province.office, path)

    runner.run(carry)
    assert runner.wait_idle()
    above = open_page(CampaignsPage, province.context, show)
    above.open_object(province.campaign)
    assert runner.wait_idle()
    assert above.sheet.tabs is not None
    above.sheet.tabs.setCurrentIndex(6)
    rows: Any = above.sheet.links.table.rows.rows()
    assert [(row["relation"], row["number"]) for row in rows] == [("Kế hoạch của cấp dưới", "05/KH-CĐX")]
    above.sheet.links.table.selectRow(0)
    press(Qt.Key.Key_Return, on=above.sheet.links.table)
    assert runner.wait_idle()
    assert above.sheet.title.text() == "05/KH-CĐX"
    assert not child(above, Button, "edit").isVisible()
    assert not child(above, Button, "under").isVisible()


def test_a_mark_below_the_upper_s_is_refused_in_words(
    side: Side, show: Show, runner: TaskRunner, press: Press, type_keys: Type, click: Click
) -> None:
    union = side(sample.UNION)
    page = open_page(CampaignsPage, union.context, show)
    make_own(page, union, runner, click)
    part = page.editor.parts["targets"]
    page.editor._go_to_tab(1)
    part.list.table.selectRow(0)
    part.form.go_to("target_value")
    press(Qt.Key.Key_A, CONTROL)
    type_keys("0")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert page.currentWidget() is page.editor
    assert "nhẹ hơn mức cấp trên giao" in page.editor.banner.text()


def test_the_list_tells_whose_plan_it_is(
    side: Side, show: Show, runner: TaskRunner, press: Press, click: Click
) -> None:
    union = side(sample.UNION)
    page = open_page(CampaignsPage, union.context, show)
    make_own(page, union, runner, click)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    page.show_list()
    assert runner.wait_idle()
    assert page.list.table.rows.rowCount() == 2
    click(page.list._upper)
    rows: Any = page.list.table.rows.rows()
    assert [row["id"] for row in rows] == [union.campaign]


def test_the_page_of_packages_offers_the_upper_union_too(
    side: Side, show: Show, runner: TaskRunner, click: Click, press: Press
) -> None:
    union = side(sample.UNION)
    page = open_page(CampaignsPage, union.context, show)
    make_own(page, union, runner, click)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    choices = ask(runner, lambda: load_choices(union.office))
    dialog = NewPackageDialog(page, union.context, choices)
    dialog.open()
    dialog.form.field("receiver").set_value(choices.upper)
    click(dialog.make)
    assert runner.wait_idle()
    assert "cascade" in {sent.kind for sent in ask(runner, lambda: mailbox.outbox(union.office))}
