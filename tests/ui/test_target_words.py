"""How a target's state is said."""

from __future__ import annotations

import pytest

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.indicators import Result, meets
from congdoan_desktop.domain.pace import Time, pace
from congdoan_desktop.services.definitions import shipped
from congdoan_desktop.ui.pages import target_words

MIDDLE, OVER = Time(50, 100), Time(100, 100)


@pytest.mark.parametrize(
    ("code", "op", "value", "figure", "time", "word", "tone"),
    [
        ("I17", "gte", 100, (8, 8), MIDDLE, "Đạt", "ok"),
        ("I17", "gte", 100, (2, 8), OVER, "Thiếu 6 CĐCS", "bad"),
        ("I17", "gte", 100, (4, 8), MIDDLE, "Còn thiếu 4 CĐCS", "accent"),
        ("I01", "gt", 85, (17, 20), MIDDLE, "Còn thiếu 1 doanh nghiệp", "accent"),
        ("I01", "gt", 85, (5, 20), MIDDLE, "Còn thiếu 13 doanh nghiệp", "warn"),
        ("I01", "gt", 85, (2, 20), MIDDLE, "Thiếu 16 doanh nghiệp", "bad"),
        ("I10", "gte", 1500, (100, None), OVER, "Thiếu 1.400 đoàn viên", "bad"),
        ("N02", "lte", 5, (6, None), MIDDLE, "Vượt mức 1 lượt", "bad"),
        ("N02", "lt", 5, (4, None), MIDDLE, "Đạt", "ok"),
    ],
)
def test_the_state_says_how_much_of_what_is_lacking(
    code: str, op: str, value: int, figure: tuple[int, int | None], time: Time, word: str, tone: str
) -> None:
    result = Result(*figure, meets(op, value, *figure))
    found = pace(op, value, 0, result, time, grows=True)
    assert target_words.target_state(found, shipped()[code]).word == word
    assert target_words.progress(found, result).tone == tone


@pytest.mark.parametrize(("code", "word"), [("I08", "Chờ xếp loại"), ("I01", "Chưa có số liệu"), ("?", "Cần bản mới")])
def test_what_has_no_figure_says_what_it_waits_for(code: str, word: str) -> None:
    found = pace("gt", 85, 0, Result(0, 0, None), MIDDLE, grows=False)
    assert target_words.target_state(found, shipped().get(code)).word == word


@pytest.mark.parametrize(
    ("op", "value", "decimals", "measure", "wording", "said"),
    [
        ("gt", 85, 0, "%", "trên 85%", "trên 85%"),
        ("gte", 975, 1, "%", "97,5% trở lên", "ít nhất 97,5%"),
        ("gte", 500, 0, "đoàn viên", "ít nhất 500", "ít nhất 500 đoàn viên"),
        ("gt", 90, 0, "%", "trên 90% trở lên", "ít nhất 90%"),
    ],
)
def test_the_mark_as_it_is_computed(op: str, value: int, decimals: int, measure: str, wording: str, said: str) -> None:
    target = Target("t", wording, "I08", op, value, measure, "", decimals=decimals)
    assert target_words.mark(target) == said
