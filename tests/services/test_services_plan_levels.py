"""The levels that a duty of a plan is proposed for."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.plan_levels import proposed

BEFORE, AFTER = date(2024, 3, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("who", "issued", "levels"),
    [
        ("Các CĐCS", AFTER, ("co_so",)),
        ("CĐCS trực thuộc LĐLĐ huyện", BEFORE, ("co_so",)),
        ("Công đoàn cơ sở các trường", None, ("co_so",)),
        ("Công đoàn cấp trên trực tiếp cơ sở", BEFORE, ("cap_tren",)),
        ("LĐLĐ huyện, thành phố, CĐN, CĐ Viên chức tỉnh", BEFORE, ("cap_tren",)),
        ("Công đoàn ngành, công đoàn xã, phường", AFTER, ("cap_tren",)),
        ("Công đoàn xã, phường, thị trấn", BEFORE, ("co_so",)),
        ("Công đoàn xã", None, ("cap_tren",)),
        ("Liên đoàn Lao động các tỉnh, thành phố", AFTER, ("tinh",)),
        ("Công đoàn các Khu công nghiệp và CĐCS trực thuộc", AFTER, ("cap_tren", "co_so")),
        ("Các tổ công đoàn", AFTER, ("to_cong_doan",)),
        ("Các cấp công đoàn", AFTER, ()),
        ("Các đơn vị", AFTER, ()),
        ("Ban Tổ chức - Kiểm tra LĐLĐ", AFTER, ()),
        ("", None, ()),
    ],
)
def test_levels(who: str, issued: date | None, levels: tuple[str, ...]) -> None:
    assert proposed(who, issued) == levels
    assert set(levels) <= {entry.code for entry in catalogue().entries("levels")}
