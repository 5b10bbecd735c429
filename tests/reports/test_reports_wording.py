from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.period_report import PlanCitation
from congdoan_desktop.reports.wording import (
    NO_BREAK,
    bare_percent,
    inside_sentence,
    joined,
    money_cell,
    padded,
    percent,
    plan_again,
    plan_cited,
    plan_named,
)


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("Kế hoạch số 21/KH-LĐLĐ ngày 14/01/2026 của", ["số 21/KH-LĐLĐ", "ngày 14/01/2026"]),
        ("cụ thể tại Bảng 1 và Biểu đồ 1.", ["Bảng 1", "Biểu đồ 1"]),
        ("tổng trị giá 157.100.000 đồng", ["157.100.000 đồng"]),
        ("trạm y tế xã", ["y tế"]),
        ("quý III năm 2026", ["quý III", "năm 2026"]),
        ("thành lập (28/7/1929 - 28/7/2024) và", ["(28/7/1929 - 28/7/2024)"]),
        ("nêu tại Phụ lục kèm theo", ["Phụ lục"]),
    ],
)
def test_what_must_not_be_torn_is_joined(text: str, ties: list[str]) -> None:
    found = joined(text)
    assert found.replace(NO_BREAK, " ") == text
    for tie in ties:
        assert tie.replace(" ", NO_BREAK) in found


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (3, "03"), (9, "09"), (10, "10"), (2212, "2.212")])
def test_counts_in_sentences(count: int, shown: str) -> None:
    assert padded(count) == shown


def test_no_money_is_a_dash() -> None:
    assert (money_cell(0), money_cell(5_000_000)) == ("-", "5.000.000")


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Tổ chức các hoạt động", "tổ chức các hoạt động"),
        ("Tết Sum vầy năm 2026", "Tết Sum vầy năm 2026"),
        ("TỔ CHỨC PHONG TRÀO", "TỔ CHỨC PHONG TRÀO"),
        ("Công đoàn với an toàn lao động", "Công đoàn với an toàn lao động"),
        ("Công tác dân vận", "công tác dân vận"),
        ("“Mỗi công đoàn một việc”", "“Mỗi công đoàn một việc”"),
        ("Phát động thi đua.", "phát động thi đua"),
    ],
)
def test_a_title_inside_a_sentence(title: str, inside: str) -> None:
    assert inside_sentence(title) == inside


@pytest.mark.parametrize(
    ("number", "day", "issuer", "title", "cited", "again", "named"),
    [
        (
            "39/KH-LĐLĐ", date(2024, 2, 23), "Ban Thường vụ LĐLĐ tỉnh", "Tổ chức hội thi",
            "Kế hoạch số 39/KH-LĐLĐ ngày 23/02/2024 của Ban Thường vụ LĐLĐ tỉnh về tổ chức hội thi",
            "Kế hoạch số 39/KH-LĐLĐ", "Kế hoạch tổ chức hội thi",
        ),
        (
            "/PĐTĐ-LĐLĐ", None, "LĐLĐ tỉnh", "Phát động phong trào",
            "phong trào do LĐLĐ tỉnh phát động", "phong trào nêu trên", "phong trào",
        ),
        ("", None, "", "Hội thao", "Kế hoạch về hội thao", "Kế hoạch nêu trên", "Kế hoạch hội thao"),
        (
            "05/CTr-LĐLĐ", date(2026, 3, 5), "", "Chương trình phúc lợi",
            "Chương trình số 05/CTr-LĐLĐ ngày 05/3/2026 về phúc lợi", "Chương trình số 05/CTr-LĐLĐ",
            "Chương trình phúc lợi",
        ),
    ],
)  # fmt: skip
def test_plans_are_cited_whole_once_and_short_afterwards(
    number: str, day: date | None, issuer: str, title: str, cited: str, again: str, named: str
) -> None:
    plan = PlanCitation(number, day, issuer, title)
    assert (plan_cited(plan), plan_again(plan), plan_named(plan)) == (cited, again, named)


@pytest.mark.parametrize(
    ("numerator", "denominator", "mark", "shown"),
    [
        (13, 14, 100, "92,9%"),
        (34, 40, 85, "85,0%"),
        (3, 4, 75, "75,0%"),
        (2999, 4000, 75, "74,98%"),
        (3001, 4000, 75, "75,03%"),
        (9999, 10_000, None, "99,99%"),
        (14, 14, 100, "100,0%"),
        (0, 14, 100, "0,0%"),
        (5, 4, 100, "125,0%"),
    ],
)
def test_a_ratio_never_rounds_over_its_mark(numerator: int, denominator: int, mark: int | None, shown: str) -> None:
    assert percent(numerator, denominator, Fraction(mark) if mark is not None else None) == shown


@given(st.integers(0, 3000), st.integers(1, 3000), st.integers(0, 100))
def test_the_printed_ratio_stands_on_the_exact_side_of_its_mark(numerator: int, denominator: int, mark: int) -> None:
    shown = Fraction(percent(numerator, denominator, Fraction(mark)).rstrip("%").replace(".", "").replace(",", "."))
    exact = Fraction(100 * numerator, denominator)
    assert (shown > mark, shown == mark) == (exact > mark, exact == mark)


@pytest.mark.parametrize(("shown", "bare"), [("100,0%", "100"), ("92,9%", "92,9"), ("74,98%", "74,98")])
def test_a_percentage_beside_a_bar(shown: str, bare: str) -> None:
    assert bare_percent(shown) == bare
