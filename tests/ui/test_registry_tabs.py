"""The tabs of officers, trainings, workplaces and ratings with real keys: entering, filters, a list to be signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.persons import Post
from congdoan_desktop.services import courses, members, officers, ratings, workplaces
from congdoan_desktop.services.members import Wanted
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.day_chip import DayDialog
from congdoan_desktop.ui.kit.pick_chip import PickDialog
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.pages.officers import PostsPage, TrainingsPage
from congdoan_desktop.ui.pages.paper_dialog import PaperDialog
from congdoan_desktop.ui.pages.rating import RatingPage
from congdoan_desktop.ui.pages.workplaces import WorkplacesPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import SCHOOL, TEA, Given, ask, child
from tests.ui.hands import CONTROL, Press, Show, Type, modal, open_page

PEOPLE = "Giàng Thị Sua"


def settle(page: EntryPage) -> None:
    assert page.context.runner.wait_idle()


def names(page: EntryPage) -> list[str]:
    return [str(row["name"]) for row in page.table.rows.rows() if isinstance(row, dict)]


def choose_person(page: EntryPage, typed: str, type_keys: Type, press: Press, qtbot: QtBot) -> None:
    """As suggestions come in while a name is typed."""
    field: Any = page.form.field("person")
    field.setFocus()
    type_keys(typed)
    qtbot.waitUntil(lambda: field.list.is_open() and page.context.runner.idle)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert field.value() is not None


def test_a_post_is_entered_for_somebody_known(
    given: Given, show: Show, press: Press, type_keys: Type, qtbot: QtBot, runner: TaskRunner
) -> None:
    page = open_page(PostsPage, given.context, show)
    press(Qt.Key.Key_N, CONTROL)
    choose_person(page, "sua", type_keys, press, qtbot)
    page.form.field("unit").setFocus()
    type_keys("thcs")
    press(Qt.Key.Key_Return)
    page.form.field("body").set_value("bch")
    page.form.field("title").set_value("chu_tich")
    page.form.field("term").setFocus()
    type_keys("2023-2028")
    page.form.field("since").set_value(date(2023, 6, 1))
    press(Qt.Key.Key_S, CONTROL)
    settle(page)
    assert names(page) == [PEOPLE]
    (row,) = ask(runner, lambda: officers.listing(given.office, officers.Wanted(None)))
    assert (row.post.title, row.post.unit, row.ends) == ("chu_tich", given.units[SCHOOL], date(2028, 12, 31))


def test_posts_of_another_day(given: Given, show: Show, runner: TaskRunner, qtbot: QtBot, type_keys: Type) -> None:
    (sua,) = ask(runner, lambda: members.page(given.office, Wanted(search="sua"))).rows
    held = Post(
        sua.person.unit, sua.id, "chu_tich", "bch", full_time=False, since=date(2018, 1, 1), until=date(2023, 5, 31)
    )
    ask(runner, lambda: officers.save_post(given.office, held))
    page = open_page(PostsPage, given.context, show)
    assert names(page) == []
    child(page, FilterChip, "filter_on").click()
    dialog = page.findChild(DayDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    type_keys("31/5/2023")
    dialog.yes.click()
    settle(page)
    assert names(page) == [PEOPLE]
    child(page, FilterChip, "filter_on").clear()
    page.reload()
    settle(page)
    assert names(page) == []
    child(page, FilterChip, "filter_past").click()
    settle(page)
    assert names(page) == [PEOPLE]


def test_a_draft_of_a_post_comes_back_with_its_person(
    given: Given, show: Show, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    page = open_page(PostsPage, given.context, show)
    press(Qt.Key.Key_N, CONTROL)
    choose_person(page, "sua", type_keys, press, qtbot)
    held = page.form.values()["person"]
    page.editor.shut()
    page.open_new()
    assert page.form.values()["person"] == held


def test_a_training_is_entered_and_the_next_one_repeats_the_course(
    given: Given, show: Show, press: Press, type_keys: Type, qtbot: QtBot, runner: TaskRunner
) -> None:
    page = open_page(TrainingsPage, given.context, show)
    press(Qt.Key.Key_N, CONTROL)
    choose_person(page, "inh", type_keys, press, qtbot)
    page.form.field("unit").set_value(given.units[TEA])
    page.form.field("course").setFocus()
    type_keys("Nghiệp vụ công đoàn")
    page.form.field("organiser").set_value("tinh")
    press(Qt.Key.Key_Return, CONTROL)
    settle(page)
    assert page.form.values()["course"] == "Nghiệp vụ công đoàn"
    assert page.form.values()["person"] is None
    (row,) = ask(runner, lambda: courses.listing(given.office, courses.Wanted()))
    assert (row.training.on, row.training.days, row.name) == (date(2024, 7, 29), 1, "Lò Văn Inh")


def test_a_workplace_is_entered_with_its_people(
    given: Given, show: Show, press: Press, type_keys: Type, runner: TaskRunner
) -> None:
    page = open_page(WorkplacesPage, given.context, show)
    press(Qt.Key.Key_N, CONTROL)
    type_keys("Công ty chè Than Uyên")
    for name, value in (("kind", "doanh_nghiep"), ("ownership", "tu_nhan"), ("on", date(2024, 5, 31))):
        page.form.field(name).set_value(value)
    page.form.field("workers").setFocus()
    type_keys("40")
    page.form.field("women").setFocus()
    type_keys("41")
    press(Qt.Key.Key_S, CONTROL)
    assert "nữ nhiều hơn" in page.form.field("women").finding_text()
    type_keys("<<25")
    press(Qt.Key.Key_S, CONTROL)
    settle(page)
    (row,) = ask(runner, lambda: workplaces.listing(given.office))
    assert row.count is not None
    assert (row.workplace.name, row.count.workers, row.count.women) == ("Công ty chè Than Uyên", 40, 25)
    child(page, FilterChip, "filter_union")._pick("with", "Đã có công đoàn")  # as its menu does
    settle(page)
    assert names(page) == []


def test_a_cdcs_is_rated_and_the_next_follows(
    given: Given, show: Show, press: Press, type_keys: Type, runner: TaskRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    page = open_page(RatingPage, given.context, show)
    first, second = (row for row in page.table.rows.rows()[:2] if isinstance(row, dict))
    press(Qt.Key.Key_N, CONTROL)
    assert page.editor.record == first["id"]
    for name, points in (("dai_dien_cham_lo", "46,5"), ("xay_dung_to_chuc", "28"), ("tuyen_truyen_khac", "18")):
        page.form.field(name).setFocus()
        type_keys(points)
    page.form.field("decision").setFocus()
    assert page.form.values()["level"] == "xuat_sac"
    assert page.form.field("total").raw() == "92,5"
    press(Qt.Key.Key_Return, CONTROL)
    settle(page)
    assert page.editor.record == second["id"]
    rows = ask(runner, lambda: ratings.listing(given.office, 2024))
    assert [(row.points, row.rating.level) for row in rows if row.rating] == [(9250, "xuat_sac")]
    page.print_button.click()
    settle(page)
    paper = modal(PaperDialog, qtbot)
    for ending, begins in ((".pdf", b"%PDF"), (".docx", b"PK"), (".xlsx", b"PK")):
        paper._write(tmp_path / f"xep-loai{ending}")
        settle(page)
        assert (tmp_path / f"xep-loai{ending}").read_bytes().startswith(begins)
    paper.reject()
    child(page, FilterChip, "filter_open").click()
    settle(page)
    assert str(first["name"]) not in names(page)


@pytest.mark.parametrize("kind", [PostsPage, TrainingsPage, WorkplacesPage, RatingPage])
def test_an_empty_form_says_all_that_is_missing(
    kind: Callable[..., EntryPage], given: Given, show: Show, press: Press
) -> None:
    page = open_page(kind, given.context, show)
    press(Qt.Key.Key_N, CONTROL)
    press(Qt.Key.Key_S, CONTROL)
    missing = [name for name in page.form.raw() if page.form.field(name).required and page.form.field(name).is_empty()]
    assert missing
    for name in missing:
        assert page.form.field(name).finding_text().count("\n") == 0, "said once"
        assert page.form.field(name).has_finding()


def test_many_choices_of_a_filter_are_typed(
    given: Given, show: Show, runner: TaskRunner, qtbot: QtBot, type_keys: Type, press: Press
) -> None:
    page = open_page(RatingPage, given.context, show)
    chip = page._unit  # the chip of many unions
    chip.set_choices([(given.units[SCHOOL], SCHOOL), *((str(number), f"CĐCS {number}") for number in range(40))])
    chip.click()
    dialog = page.findChild(PickDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    type_keys("muong cang")
    dialog.yes.click()
    settle(page)
    assert names(page) == [SCHOOL]
    assert chip.isChecked()
