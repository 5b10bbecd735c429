"""The sheet's photo fills in its words in the window; a wrong one says so and fills in nothing."""

from __future__ import annotations

from pathlib import Path

from congdoan_desktop.services import outgoing, sheets, trusting
from tests.pictures.photos import photo
from tests.services.test_sheet_pictures import photographed
from tests.ui import test_handoff_page as two_offices
from tests.ui.test_handoff_page import Side

stick, sides = two_offices.stick, two_offices.sides


def test_the_photo_of_the_stamped_sheet_stands_for_typing(
    sides: tuple[Side, Side], stick: Path, tmp_path: Path
) -> None:
    province, union = sides
    made = union.ask(trusting.write_enrolment)
    union.ask(lambda office: outgoing.write_to_stick(office, made.package_id, stick))
    sheet = union.ask(lambda office: sheets.enrolment(office, made.package_id))
    words = union.ask(lambda office: trusting.enrolment_words(office, made))
    province.turn("trust")
    card = province.page.trust.approve
    card.look()
    province.settle()
    wrong = tmp_path / "anh.jpg"
    wrong.write_bytes(photo())
    card.read_picture(wrong)
    province.settle()
    assert "Không thấy mã QR" in card.banner.accessibleName()
    assert not card.typed.value()
    card.read_picture(photographed(sheet, tmp_path / "phieu.jpg"))
    province.settle()
    assert card.typed.value() == " ".join(words)
    province.click("approve")
    assert "Đã công nhận" in card.banner.accessibleName()
    assert union.ask(lambda office: office.trust) is None
