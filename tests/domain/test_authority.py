"""Who signs on whose behalf (rule A12)."""

from __future__ import annotations

import pytest

from congdoan_desktop.domain.authority import AUTHORITIES, OWN, findings, lines, printed_title

RIGHT = [
    ("TM. BAN THƯỜNG VỤ", "Chủ tịch"),
    ("TM. BAN THƯỜNG VỤ", "Phó Chủ tịch"),
    ("TM. BAN CHẤP HÀNH", "Quyền Chủ tịch"),
    ("TM. BAN CHẤP HÀNH", "Ủy viên Ban Thường vụ"),
    ("KT. CHỦ TỊCH", "Phó Chủ tịch"),
    ("KT. TRƯỞNG BAN", "Phó Trưởng ban"),
    ("TL. BAN THƯỜNG VỤ", "Chánh Văn phòng"),
    ("TL. CHỦ TỊCH", "Trưởng ban"),
    ("TUQ. BAN THƯỜNG VỤ", "Trưởng ban Tổ chức"),
    (OWN, "Chủ tịch"),
    ("TM. BAN THƯỜNG VỤ", ""),
]
WRONG = [
    ("TM. BAN THƯỜNG VỤ", "Trưởng ban"),
    ("KT. CHỦ TỊCH", "Chủ tịch"),
    ("TL. BAN THƯỜNG VỤ", "Phó Chủ tịch"),
    ("TUQ. BAN THƯỜNG VỤ", "Chủ tịch"),
    (OWN, "Phó Chủ tịch"),
]


@pytest.mark.parametrize(("authority", "title"), RIGHT)
def test_who_may_sign_so(authority: str, title: str) -> None:
    assert authority in AUTHORITIES
    assert list(findings(authority, title)) == []


@pytest.mark.parametrize(("authority", "title"), WRONG)
def test_who_may_not_is_warned(authority: str, title: str) -> None:
    (found,) = findings(authority, title)
    assert (found.field, found.warning) == ("signer_title", True)


def test_the_block_names_the_collective_and_shortens_an_acting_head() -> None:
    assert lines("TL. CHỦ TỊCH") == ("TL. CHỦ TỊCH",)
    assert lines(OWN) == lines("") == ()
    assert printed_title("Quyền Chủ tịch") == "Q. CHỦ TỊCH"
    assert printed_title("Phó Chủ tịch") == "PHÓ CHỦ TỊCH"
