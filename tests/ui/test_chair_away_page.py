"""The chair's computer is another one, by the controls of the page: written, read and signed, brought home, sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from congdoan_desktop.services import chair_asked, sample, second_computer, staff, trusting
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.services.outgoing import write_to_stick
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.handoff.run_dialogs import SummaryDialog, SurveyDialog
from congdoan_desktop.ui.pages.handoff.sign_dialog import SignDialog
from tests.ui import test_handoff_page as two_offices
from tests.ui.test_handoff_page import Side, _side, enrol, hand_down, report_up, words_of
from tests.ui.test_key_states import CLERK, as_colleague, report_chosen

pytestmark = pytest.mark.long
"""Three offices with windows; `tests/services/test_chair_away.py` says the same of the services in every run."""

stick, sides = two_offices.stick, two_offices.sides


@pytest.fixture
def chair(tmp_path: Path, stick: Path, cheap_kdf: KdfCost, qtbot: QtBot) -> Iterator[Side]:
    with ExitStack() as stack:
        side = _side(tmp_path / "xa-2", sample._union(), cheap_kdf, qtbot, stack)
        side.plug_in(stick)
        yield side


def join(province: Side, union: Side, chair: Side, stick: Path) -> None:
    """The chair's computer becomes the union's second one, and the province asks for the chair's signature."""

    def asked(office: Office) -> tuple[Path, str]:
        made = trusting.write_enrolment(office)
        path = write_to_stick(office, made.package_id, stick).path
        return path, " ".join(trusting.enrolment_words(office, made))

    path, words = chair.ask(asked)
    unit = union.office.identity.unit

    def answered(office: Office) -> tuple[Path, str]:
        second_computer.admit(office, path, words, unit)
        chair_asked.ask(office, True)
        made = trusting.write_trust(office, unit)
        return write_to_stick(office, made.package_id, stick).path, " ".join(trusting.root_words(office))

    answer, root = province.ask(answered)
    chair.ask(lambda office: second_computer.join(office, answer, root))
    union.ask(lambda office: trusting.accept_trust(office, answer))


def test_a_further_computer_is_called_so_and_what_is_exchanged_gets_no_receipt(
    sides: tuple[Side, Side], chair: Side
) -> None:
    province, union = sides
    enrol(province, union)
    chair.turn("trust")
    chair.click("enrol")
    paper = words_of(chair.page.trust.enrol.words)
    chair.send_all()
    province.turn("trust")
    province.click("findEnrolments")
    card = province.page.trust.approve
    card.typed.set_value(paper)
    card.computer_of.set_value(union.office.identity.unit)
    province.click("approve")
    assert province.page.banner.text().startswith("Đã công nhận máy thêm của Công đoàn xã Nậm Mẫu")
    hand_down(province, union)
    assert union.page.banner.text().startswith("Đã nhập kế hoạch")
    assert union.page.banner._action.isHidden()


def press(side: Side, dialog: SignDialog | SurveyDialog, name: str) -> None:
    button = dialog.findChild(Button, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    side.settle()


def carried(side: Side) -> tuple[SignDialog, str]:
    """The package that waits for the chair, opened from the list of the inbox; and the word of its row."""
    row = next(row for row in side.seen() if row.seen.carried is not None)
    side.page.inbox.seen.table.select_id(row.id)
    side.click("openPackage")
    dialog = side.page.window().findChildren(SignDialog)[-1]
    return dialog, row.state.word


def test_a_package_walks_to_the_chair_and_back(
    sides: tuple[Side, Side], chair: Side, cheap_kdf: KdfCost, stick: Path
) -> None:
    province, union = sides
    union.ask(lambda office: staff.add(office, CLERK, cost=cheap_kdf))
    enrol(province, union)
    campaign = hand_down(province, union)
    join(province, union, chair, stick)
    as_colleague(union, CLERK.officer_name)
    with pytest.raises(AssertionError):  # "Có thể rút USB" is not said
        report_up(union, campaign)
    report_chosen(union)
    union.click("carryToChair")
    assert union.page.banner.text().startswith("Đã ghi gói cho chủ tịch ký")

    dialog, word = carried(chair)
    assert word == "Chờ ký"
    assert dialog.findChild(Button, "bringHome") is None
    press(chair, dialog, "signPackage")
    assert chair.page.banner.text().startswith("Đã ký xác nhận gói")
    assert [row.state.word for row in chair.seen() if row.seen.carried is not None] == ["Đã ký"]

    union.click("takeAndWrite")
    press(union, union.page.window().findChildren(SurveyDialog)[-1], "runStick")
    summary = union.page.window().findChildren(SummaryDialog)[-1]
    assert "Chữ ký của chủ tịch cho 1 gói đã vào hộp gửi." in summary.lines
    row = next(row for row in province.seen() if row.kind == "Báo cáo")
    assert row.state.word == "Nhập được"
    assert row.seen.result is not None
    assert len(row.seen.result.confirmed_by) == 1
