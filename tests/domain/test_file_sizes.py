from __future__ import annotations

import pytest

from congdoan_desktop.domain.file_sizes import shown_size

SIZES = ((0, "0 KB"), (1, "1 KB"), (1024, "1 KB"), (3_900, "4 KB"), (1024**2, "1,0 MB"), (5_033_165, "4,8 MB"),
         (252 * 1024**3, "252,0 GB"))  # fmt: skip


@pytest.mark.parametrize(("count", "shown"), SIZES)
def test_a_size_as_people_read_it(count: int, shown: str) -> None:
    assert shown_size(count) == shown
