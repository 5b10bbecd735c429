"""File names, top folders, short codes."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from congdoan_desktop.packages import codes, names
from congdoan_desktop.packages.refusals import Malformed

FEED = "0192a3b4-0202-7000-8000-0123456789ab"


def test_file_name_says_kind_unit_feed_and_number() -> None:
    assert names.file_name("report", "CDX-THANUYEN", FEED, 3) == "report-CDX-THANUYEN-456789ab-3.cdpkg"


@given(
    kind=st.sampled_from(names.KINDS),
    code=st.text("ABCXYZ019-", min_size=1, max_size=20),
    seq=st.integers(1, names.LARGEST_SEQ),
)
def test_every_name_is_short_ascii_and_read_back(kind: str, code: str, seq: int) -> None:
    name = names.file_name(kind, code, FEED, seq)
    assert len(name) <= 60
    assert name.isascii()
    assert names.parse_top(name.removesuffix(".cdpkg")) == names.Top(kind, code, "456789ab", seq)


@pytest.mark.parametrize(
    ("kind", "code", "seq"),
    [
        ("letter", "CDX", 1),
        ("report", "", 1),
        ("report", "CĐX", 1),
        ("report", "cdx", 1),
        ("report", "A B", 1),
        ("report", "../A", 1),
        ("report", "A" * 21, 1),
        ("report", "CDX", 0),
        ("report", "CDX", -1),
        ("report", "CDX", 1_000_000),
    ],
)
def test_parts_that_make_no_name(kind: str, code: str, seq: int) -> None:
    with pytest.raises(Malformed):
        names.file_name(kind, code, FEED, seq)


@pytest.mark.parametrize(
    "top", ["", "CON", "report-A-456789ab-01", "report-A-456789AB-1", "report-A-456789ab-1\n", "report-A-456789ab-1 "]
)
def test_folders_that_are_no_top(top: str) -> None:
    with pytest.raises(Malformed):
        names.parse_top(top)


def test_code_on_paper_is_the_start_of_base32() -> None:
    assert codes.code12("00" * 32) == "AAAA AAAA AAAA"
    assert codes.code12("ff" * 31 + "00") == "7777 7777 7777"
