"""Names in text that travels in clear are found however they are written; single words are not names."""

from __future__ import annotations

import pytest

from congdoan_desktop.domain.clear_text import names_in

NAMES = ("Vàng A Páo", "Lò Thị Hoa", "Hoa")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gia đình Vàng A Páo còn khó khăn", ("Vàng A Páo",)),
        ("anh vang a pao, chị “Lò Thị Hoa”.", ("Lò Thị Hoa", "Vàng A Páo")),
        ("Một đoàn viên mắc bệnh hiểm nghèo", ()),
        ("Hội thi cắm hoa ngày 8/3", ()),
        ("Vàng A Páong", ()),
        ("", ()),
    ],
)
def test_names_are_found(text: str, found: tuple[str, ...]) -> None:
    assert names_in(text, NAMES) == found
