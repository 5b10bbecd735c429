"""What a careful reader would ask about: words damaged, doubled, or that cannot both be right."""

from __future__ import annotations

import pytest

from congdoan_desktop.planreader.misprints import corrections_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dịp Tết Nguyên đán Ất Tỵ năm 2026", [("Ất Tỵ", "Bính Ngọ")]),
        ("mừng Xuân Giáp Thìn 2025, thi đua", [("Giáp Thìn", "Ất Tỵ")]),
        ("dịp Tết Nguyên đán Ất Tị năm 2025", []),
        ("Tết Bính Ngọ 2026 và tết Đinh Mùi năm 2027", []),
        ("Tết Bính Ngọ; kế hoạch năm 2025", []),
        ("ngày hội Xuân Hồng năm 2025", []),
        ("đoàn viên của của công đoàn", [("của của", "của")]),
        ("đạt lOO% đơn vị", [("lOO", "100")]),
    ],
)
def test_what_is_suggested(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.said.text, one.suggestion) for one in corrections_in(text)] == expected
