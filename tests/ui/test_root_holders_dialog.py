"""The province names who may take over its root, by the controls of the tab "Khoá và tin cậy"."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from congdoan_desktop.services import opening, outgoing, root_holders, sample, second_computer, trusting
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui.pages.handoff.holders_dialog import HoldersDialog
from tests.services.conftest import PASSPHRASE
from tests.ui import test_handoff_page as two_offices
from tests.ui.test_handoff_page import Side, enrol

stick, sides = two_offices.stick, two_offices.sides


def opened(province: Side) -> HoldersDialog:
    province.turn("trust")
    province.page.trust.reload()
    province.settle()
    province.click("rootHolders")
    return province.page.window().findChildren(HoldersDialog)[-1]


def test_a_holder_at_another_computer_is_named(
    sides: tuple[Side, Side], tmp_path: Path, stick: Path, cheap_kdf: KdfCost
) -> None:
    province, union = sides
    enrol(province, union)
    dialog = opened(province)
    assert not dialog.yes.isEnabled()
    dialog.reject()

    def further(office: Office) -> None:
        form = replace(sample._province(), realm="real", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE)
        new = opening.found(tmp_path / "tinh-2", form, clock=office.clock, cost=cheap_kdf).office
        made = trusting.write_enrolment(new)
        path = outgoing.write_to_stick(new, made.package_id, stick).path
        words = " ".join(trusting.enrolment_words(new, made))
        second_computer.admit(office, path, words, office.identity.unit)
        new.close()

    province.ask(further)
    dialog = opened(province)
    dialog.fields[0].set_value(True)
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    province.settle()
    assert [one.named for one in province.ask(root_holders.candidates)] == [True]
    assert "Đã chỉ định" in province.page.banner.text()


def test_a_further_computer_of_the_province_asks_like_any_other(sides: tuple[Side, Side]) -> None:
    """A new province is the root unless somebody says otherwise; then it shows the way of those who ask, and back."""
    province, _ = sides
    province.turn("trust")
    tab = province.page.trust
    own, asking = (tab.approve, tab.root), (tab.enrol, tab.accept)
    for shown, hidden in ((own, asking), (asking, own), (own, asking)):
        assert all(card.isVisible() for card in shown)
        assert not any(card.isVisible() for card in hidden)
        province.click("further_computer")
    province.click("enrol")
    assert all(card.isVisible() for card in asking)
    assert tab.other.isHidden()
