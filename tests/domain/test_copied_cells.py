"""What spreadsheets put on the clipboard: values where they are told, else what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.copied_cells import tabbed

ROW = "<table><tr><td>Lò A</td>{}</tr></table>"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<td sdval="700000" sdnum="1033;0;#,##0">700,000</td>', "Lò A\t700000"),
        ('<td sdval="29222" sdnum="1033;0;DD/MM/YYYY">01/02/80</td>', "Lò A\t02/01/1980"),
        ('<td sdval="0.5" sdnum="1033;0;0%">50%</td>', ""),
        ('<td x:num="500000">500,000</td>', "Lò A\t500000"),
        ('<td sdval="-5" sdnum="1033;0;DD/MM/YYYY">x</td>', ""),
        ('<td sdval="9e99" sdnum="1033;0;DD/MM/YYYY">x</td>', ""),
        ('<td sdval="nan">x</td>', ""),
        ('<td sdval="inf">x</td>', ""),
        ("<td>700,000</td>", ""),
        ('<td sdval="1"><font>1</font></td><td>a\n<br>b\t c</td>', "Lò A\t1\ta b c"),
    ],
)
def test_a_value_is_taken_where_it_is_told(cell: str, expected: str) -> None:
    assert tabbed(ROW.format(cell)) == expected


@given(st.text())
def test_whatever_is_copied_is_read(html: str) -> None:
    assert "\r" not in tabbed(html)
