"""What the name of a union tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.unit_names import code_for, kind_in, place_in, short_name_of
from congdoan_desktop.domain.units import Unit, validate_unit

NAMES = (
    ("Liên đoàn Lao động tỉnh Lai Châu", "ldld_tinh", "Lai Châu", "LĐLĐ tỉnh Lai Châu", "LĐLĐ", "LDLD-LAICHAU"),
    ("Công đoàn xã Than Uyên", "cong_doan_xa", "Than Uyên", "Công đoàn xã Than Uyên", "CĐX", "CDX-THANUYEN"),
    ("công đoàn phường Đoàn Kết", "cong_doan_xa", "Đoàn Kết", "công đoàn phường Đoàn Kết", "CĐX", "CDX-DOANKET"),
    ("LĐLĐ huyện Tam Đường", "ldld_huyen", "Tam Đường", "LĐLĐ huyện Tam Đường", "LĐLĐ", "LDLD-TAMDUONG"),
    ("Công đoàn Viên chức tỉnh Y", "cong_doan_vien_chuc", "Y", "Công đoàn Viên chức tỉnh Y", "CĐVC", "CDVC-Y"),
    (
        "Tổ công tác quản lý địa bàn số 9",
        "to_cong_tac",
        "",
        "Tổ công tác quản lý địa bàn số 9",
        "TCT",
        "TCT-9",
    ),
    (
        "Công đoàn các Khu công nghiệp tỉnh Y",
        "cong_doan_kcn",
        "Y",
        "Công đoàn các Khu công nghiệp tỉnh Y",
        "CĐKCN",
        "CDKCN-Y",
    ),
    ("Công đoàn Tổng công ty Chè", "cong_doan_tct", "", "Công đoàn Tổng công ty Chè", "CĐTCT", "CDTCT-CHE"),
    ("Công đoàn cơ sở Trạm Y tế", None, "", "CĐCS Trạm Y tế", "CĐCS", "CDCS-TRAMYTE"),
)


@pytest.mark.parametrize(("name", "kind", "place", "short", "abbreviation", "code"), NAMES)
def test_a_name_tells(name: str, kind: str | None, place: str, short: str, abbreviation: str, code: str) -> None:
    assert (kind_in(name), place_in(name), short_name_of(name)) == (kind, place, short)
    assert code_for(name, abbreviation) == code


@given(st.text(max_size=60), st.sampled_from(["CĐX", "LĐLĐ", ""]))
def test_a_proposed_code_is_valid_or_empty(name: str, abbreviation: str) -> None:
    code = code_for(name, abbreviation)
    findings = validate_unit(Unit("u", code, "Công đoàn", "", "co_so", "k", None))
    assert not code or findings == ()
