"""How campaigns are said: states, goals, days."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan_desktop.domain.campaigns import Duty, Phase, Target
from congdoan_desktop.domain.indicators import Result
from congdoan_desktop.ui.pages.campaigns import words


def target(op: str, value: int, indicator: str = "N01") -> Target:
    return Target("t", "câu chữ", indicator, op, value, "hoạt động", "mức")


@pytest.mark.parametrize(
    ("op", "value", "result", "word"),
    [
        ("gte", 1, Result(2, 8, False), "Còn thiếu 6 CĐCS"),
        ("gte", 1, Result(8, 8, True), "Đạt"),
        ("gte", 1, Result(0, 0, None), "Chưa có số liệu"),
        ("gte", 10, Result(7, None, False), "Còn thiếu 3"),
        ("gt", 10, Result(10, None, False), "Còn thiếu 1"),
        ("lte", 5, Result(6, None, False), "Vượt mức"),
        ("lt", 5, Result(4, None, True), "Đạt"),
    ],
)
def test_the_state_says_how_much_is_lacking(op: str, value: int, result: Result, word: str) -> None:
    assert words.target_state(target(op, value), result).word == word


def test_the_bar_of_a_count_runs_to_its_mark() -> None:
    bar = words.progress(target("gte", 10), Result(7, None, False))
    assert (bar.done, bar.total, bar.mark, bar.tone) == (7, 10, 100, "accent")
    assert words.progress(target("gte", 1, "I17"), Result(8, 8, True)).tone == "ok"


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
