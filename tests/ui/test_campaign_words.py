"""How campaigns are said: states, goals, days."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan_desktop.domain.campaigns import Phase
from congdoan_desktop.ui.pages.campaigns import words


@pytest.mark.parametrize(
    ("today", "word"),
    [
        (date(2024, 7, 21), "Chưa tới"),
        (date(2024, 7, 22), "Đang thực hiện"),
        (date(2024, 7, 28), "Đang thực hiện"),
        (date(2024, 7, 29), "Đã kết thúc"),
    ],
)
def test_the_stage_on_a_day(today: date, word: str) -> None:
    assert words.stage(date(2024, 7, 22), date(2024, 7, 28), today).word == word


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "Thi đua", ("Trích yếu", "Thi đua")),
        ("issued_on", date(2024, 7, 1), ("Ngày ban hành", "01/07/2024")),
        ("issued_on", None, ("Ngày ban hành", "–")),
        ("recipients", ("Như trên", "Lưu: VT"), ("Nơi nhận", "Như trên; Lưu: VT")),
        ("phases", (Phase("Đợt 1", date(2024, 7, 1), date(2024, 7, 2)),), ("Đợt", "Đợt 1 (01/07/2024 – 02/07/2024)")),
        ("unit", "an id", ("", "")),
    ],
)
def test_the_history_names_what_changed(field: str, value: object, said: tuple[str, str]) -> None:
    assert words.history_text(field, value) == said
