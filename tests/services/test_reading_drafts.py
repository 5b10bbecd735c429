"""What a person changed in a reading comes back as it was left, whatever kind of piece it is."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan_desktop.domain.campaigns import Duty, Phase, PlannedEvent, RelatedDocument, Target
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import plan_desk, reading_drafts
from congdoan_desktop.services.plan_item import HeaderValue, Part
from congdoan_desktop.services.plan_review import Decision, Review
from tests.services.conftest import Offices

PLAN = "KẾ HOẠCH\nThi đua năm 2024\n\nMỗi công đoàn cơ sở tổ chức ít nhất 02 hoạt động.\n"


@pytest.mark.parametrize(
    "part",
    [
        HeaderValue("title", "Thi đua"),
        HeaderValue("starts", date(2024, 2, 1)),
        HeaderValue("related", RelatedDocument("basis", "1/KH", "Kế hoạch", "id")),
        Target("t", "Trên 97,5%", "I01", "gt", 975, "%", "Trên 97,5%", decimals=1, choice="mark=gt"),
        Phase("Đợt 1", date(2024, 1, 1), date(2024, 2, 1), ("bua_com",)),
        PlannedEvent("Hội thi", ("Văn phòng",), date(2024, 3, 1)),
        Duty("hằng quý", "CĐCS", "CĐ xã", "", None, "", ("quarter",)),
        "Phấn đấu",
    ],
    ids=lambda part: type(part).__name__,
)
def test_a_changed_piece_comes_back(offices: Offices, part: Part) -> None:
    office = offices.union
    reading = plan_desk.read_pasted(office, PLAN, Progress())
    review = Review(reading.items)
    first, second = reading.items[0].id, reading.items[1].id
    review.change(first, part)
    review.leave(second)
    reading_drafts.keep(office, reading, review)
    restored = reading_drafts.restore(office, Progress())
    assert restored is not None
    assert restored[0].items == reading.items
    assert restored[1].part(first) == part
    assert (restored[1].decision(first), restored[1].decision(second)) == (Decision.TAKEN, Decision.LEFT)
    reading_drafts.drop(office)
    assert reading_drafts.restore(office, Progress()) is None
