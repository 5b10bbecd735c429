"""What the fields of a reorganisation make."""

from __future__ import annotations

from typing import Any

import pytest

from congdoan_desktop.domain.reorganising import Split
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.ui.pages.units.order_kinds import KINDS, Known

OLD = Unit("u", "CS-1", "CĐCS Bản Lùng", "CĐCS Bản Lùng", "co_so", "cdcs_su_nghiep", "p")
SPLIT = next(one for one in KINDS if one.key == "split")


def made(parts: str) -> Any:
    return SPLIT.order({"parts": parts, "stays": False}, Known((), ("u",), OLD))


@pytest.mark.parametrize(("typed", "members"), [("1.200", 1200), ("48", 48), ("", None)])
def test_the_members_of_a_new_union_are_read_as_they_are_written(typed: str, members: int | None) -> None:
    order = made(f"CĐCS Bản Lùng 1; BL-1; {typed}\n\nCĐCS Bản Lùng 2")
    assert isinstance(order, Split)
    assert [one.members for one in order.parts] == [members, None]


@pytest.mark.parametrize("typed", ["ba mươi", "1.20", "-3"])
def test_a_number_that_cannot_be_read_is_named_with_its_union(typed: str) -> None:
    values = {"parts": f"CĐCS Bản Lùng 1; BL-1; {typed}", "stays": False}
    assert made(str(values["parts"])) is None
    (finding,) = SPLIT.check(values)
    assert finding.field == "parts"
    assert finding.message.startswith(f"CĐCS Bản Lùng 1: “{typed}”")
