"""A further computer is admitted and joins, and gets the records of its union: in the real page, by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.services import doctor, exchanging, incoming, mailbox, opening, outgoing, trusting
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.handoff.exchange_dialog import ExchangeDialog
from congdoan_desktop.ui.pages.handoff.inbox_rows import SeenRow
from congdoan_desktop.ui.pages.handoff.page import HandoffPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.services.conftest import fixed_clock
from tests.services.levels import carried, three_levels, upper_form
from tests.ui.entry_office import ask, child
from tests.ui.hands import Click, Show, modal, open_page

TARGETS = (Target("n", "Mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01"),)


@pytest.fixture
def offices(tmp_path: Path, cheap_kdf: KdfCost, runner: TaskRunner) -> Iterator[dict[str, Office]]:
    """Three levels on the runner's thread, and a further computer of the upper union that has asked for admission."""

    def found(name: str, form: Any) -> Office:
        return opening.found(tmp_path / name, form, clock=fixed_clock(), cost=cheap_kdf).office

    def make() -> dict[str, Office]:
        with three_levels(found, tmp_path / "usb", TARGETS) as levels:
            second = found("second", upper_form("Công đoàn xã Mường Kim", "CDX-MK"))
            asked = trusting.write_enrolment(second)
            carried(second, asked, levels.stick)
            below = {one.folder.name: one for one in levels.below}
            return {"province": levels.province, "upper": levels.upper, "second": second, **below}

    made = ask(runner, make)
    yield made
    runner.wait_idle()
    for office in made.values():
        runner.run(office.close)
    runner.wait_idle()


def page_of(office: Office, show: Show, runner: TaskRunner, stick: Path) -> HandoffPage:
    page = open_page(HandoffPage, Context(runner, lambda: office, lambda *_: None), show)
    page.stick.set_path(stick)
    page.open_object("trust")
    assert runner.wait_idle()
    return page


def test_a_further_computer_is_admitted_joins_and_gets_everything(
    offices: dict[str, Office], tmp_path: Path, show: Show, runner: TaskRunner, click: Click, qtbot: QtBot
) -> None:
    stick = tmp_path / "usb"
    upper, second, province = offices["upper"], offices["second"], offices["province"]
    page = page_of(province, show, runner, stick)
    card = page.trust.approve
    asked = ask(runner, lambda: mailbox.outbox(second))[0]
    words = ask(runner, lambda: trusting.enrolment_words(second, _made(second)))
    card.file.set_value(str(next(stick.rglob(asked.file_name))))
    card.typed.set_value(" ".join(words))
    card.computer_of.set_value(upper.identity.unit)
    click(child(page, Button, "approve"))
    assert runner.wait_idle()
    answer = ask(runner, lambda: mailbox.outbox(province))[0]
    assert (answer.kind, answer.receiver) == ("trust", "Công đoàn xã Mường Kim")
    path = ask(runner, lambda: _carry(province, answer.id, stick))
    ask(runner, lambda: trusting.accept_trust(upper, path) and None)
    page = page_of(second, show, runner, stick)
    page.trust.accept.typed.set_value(" ".join(ask(runner, lambda: trusting.root_words(province))))
    click(child(page, Button, "acceptTrust"))
    assert runner.wait_idle()
    assert second.identity.unit == upper.identity.unit
    page = page_of(upper, show, runner, stick)
    click(child(page, Button, "exchangeButton"))
    assert runner.wait_idle()
    dialog = modal(ExchangeDialog, qtbot)
    click(child(dialog, Button, "makeExchange"))
    assert runner.wait_idle()
    made = next(one for one in ask(runner, lambda: mailbox.outbox(upper)) if one.kind == "exchange")
    assert made.kind_name == "Trao đổi"
    assert ask(runner, lambda: exchanging.partners(upper))[0].own
    path = ask(runner, lambda: _carry(upper, made.id, stick))
    page.inbox.look_at_stick()
    assert runner.wait_idle()
    (own,) = [row for row in page.inbox.seen.table.rows.rows() if isinstance(row, SeenRow) and row.kind == "Trao đổi"]
    assert (own.state.word, own.importable_at_all) == ("Của máy này", False)
    assert ask(runner, lambda: incoming.apply(second, path)).refused == ()
    assert ask(runner, lambda: doctor.digest(second) == doctor.digest(upper))


def _carry(office: Office, package: str, stick: Path) -> Path:
    return outgoing.write_to_stick(office, package, stick).path


def _made(office: Office) -> Any:
    return outgoing.outbox(office)[0]


def test_without_another_computer_the_dialog_says_what_to_do(
    offices: dict[str, Office], tmp_path: Path, show: Show, runner: TaskRunner, click: Click, qtbot: QtBot
) -> None:
    page = page_of(offices["cs-1"], show, runner, tmp_path / "usb")
    click(child(page, Button, "exchangeButton"))
    assert runner.wait_idle()
    dialog = modal(ExchangeDialog, qtbot)
    assert not dialog.make.isEnabled()
    dialog.reject()
