"""What a cut may leave and what it may not, by hand and by property."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.durability.images import SECTOR, Image, apply, images
from tests.durability.operations import (
    Acknowledged,
    Created,
    Files,
    FolderSynced,
    Operation,
    Renamed,
    Resized,
    Synced,
    Unlinked,
    Written,
)
from tests.durability.recorder import Recording

A, B, TOP = Path("a"), Path("b"), Path()
WHOLE = b"x" * (3 * SECTOR)


def at_the_end(before: Files, *operations: Operation, count: int = 300) -> list[Files]:
    """The disks after cuts that come when all of `operations` are done."""
    return [image.files for image in all_images(before, *operations, count=count) if image.after == len(operations)]


def all_images(before: Files, *operations: Operation, count: int = 300) -> list[Image]:
    return list(images(Recording(before, operations), count, seed=1))


def test_what_was_synced_is_there() -> None:
    assert all(files == {A: WHOLE} for files in at_the_end({}, Created(A), Written(A, 0, WHOLE), Synced(A)))


def test_what_was_not_synced_may_be_whole_torn_or_missing() -> None:
    found = {files.get(A) for files in at_the_end({}, Created(A), Written(A, 0, WHOLE), count=600)}
    assert {None, b"", WHOLE} <= found
    assert any(content and content != WHOLE and len(content) == len(WHOLE) for content in found)


def test_a_sector_arrives_whole_or_not_at_all() -> None:
    old, start = b"o" * (4 * SECTOR), SECTOR - 100
    for files in at_the_end({A: old}, Written(A, start, b"n" * 1000)):
        changed = files[A][start : start + 1000]
        sectors = (changed[:100], changed[100 : 100 + SECTOR], changed[100 + SECTOR :])
        assert all(len(set(sector)) == 1 for sector in sectors)


def test_a_later_write_may_arrive_without_the_earlier_one() -> None:
    found = [files[A] for files in at_the_end({A: b""}, Written(A, 0, b"1"), Written(A, 1, b"2"))]
    assert b"\x002" in found
    assert b"1" in found


def test_an_unlinked_file_may_be_back_until_the_folder_is_synced() -> None:
    assert {A in files for files in at_the_end({A: b"1"}, Unlinked(A))} == {True, False}
    assert all(files == {} for files in at_the_end({A: b"1"}, Unlinked(A), FolderSynced(TOP)))


def test_a_renamed_file_may_have_its_name_without_its_content() -> None:
    found = at_the_end({B: b"old"}, Created(A), Written(A, 0, b"new"), Renamed(A, B))
    assert {B: b""} in found
    assert {A: b"new", B: b"old"} in found


def test_names_change_in_their_order() -> None:
    found = at_the_end({}, Created(A), Created(B), Unlinked(A))
    assert {tuple(sorted(files)) for files in found} == {(), (A,), (A, B), (B,)}


@pytest.mark.parametrize("synced", [True, False])
def test_replacing_a_file_holds_only_with_its_syncs(synced: bool) -> None:
    safely: list[Operation] = [Created(A), Written(A, 0, WHOLE), Synced(A), Renamed(A, B), FolderSynced(TOP)]
    safely.append(Acknowledged("saved"))
    operations = [step for step in safely if synced or not isinstance(step, Synced | FolderSynced)]
    broken = [
        image
        for image in all_images({B: b"old"}, *operations, count=2_000)
        if image.files.get(B) not in ({WHOLE} if image.acknowledged else {b"old", WHOLE})
    ]
    assert (not broken) is synced


CONTENTS = st.one_of(
    st.builds(Written, st.sampled_from([A, B]), st.integers(0, 3 * SECTOR), st.binary(min_size=1, max_size=2 * SECTOR)),
    st.builds(Resized, st.sampled_from([A, B]), st.integers(0, 4 * SECTOR)),
)


@given(st.lists(CONTENTS, max_size=8))
def test_after_all_syncs_the_disk_holds_what_was_done(changes: list[Written | Resized]) -> None:
    expected = {A: bytearray(b"a"), B: bytearray(b"b")}
    for change in changes:
        apply(expected[change.path], change)
    operations = (*changes, Synced(A), Synced(B))
    for files in at_the_end({A: b"a", B: b"b"}, *operations, count=20):
        assert files == expected


@given(st.lists(CONTENTS, max_size=8))
def test_the_same_seed_gives_the_same_disks(changes: list[Written | Resized]) -> None:
    before = {A: b"a", B: b"b"}
    assert all_images(before, *changes, count=5) == all_images(before, *changes, count=5)


def test_acknowledgements_count_from_the_operation_after_them() -> None:
    found = all_images({}, Acknowledged("1"), Acknowledged("2"))
    assert {(image.after, image.acknowledged) for image in found} == {(0, ()), (1, ("1",)), (2, ("1", "2"))}
