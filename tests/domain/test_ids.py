"""Ids: the bits of RFC 9562, and always greater than the one before."""

from __future__ import annotations

import uuid
from itertools import pairwise
from random import Random
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.ids import IdSource, new_id


def source(times: list[int], random_bytes: bytes = bytes(10)) -> IdSource:
    moments = iter(times)
    return IdSource(lambda: next(moments), lambda count: random_bytes[:count])


def test_bits_of_the_example_of_the_rfc() -> None:
    # RFC 9562, A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F
    random_bits = 0xCC3 << 62 | 0x18C4DC0C0C07398F
    made = source([0x017F22E279B0], random_bits.to_bytes(10, "big"))()
    assert made == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(st.lists(st.integers(0, 2**48 - 1), min_size=2, max_size=20), st.binary(min_size=10, max_size=10))
def test_ids_grow_whatever_the_clock_does(times: list[int], random_bytes: bytes) -> None:
    make = source(times, random_bytes)
    made = [make() for _ in times]
    assert all(first < second for first, second in pairwise(made))
    for text in made:
        assert text == str(uuid.UUID(text))
        assert (uuid.UUID(text).version, uuid.UUID(text).variant) == (7, uuid.RFC_4122)


@given(st.integers(0, 2**48 - 1), st.integers(1, 30), st.randoms(use_true_random=False))
def test_ids_of_one_moment_grow_and_keep_their_randomness(moment: int, count: int, chance: Random) -> None:
    make = IdSource(lambda: moment, chance.randbytes)
    made = [make(), *make.many(count), make()]
    assert all(first < second for first, second in pairwise(made))
    assert {uuid.UUID(text).version for text in made} == {7}
    assert len({text[24:] for text in made[1:-1]}) == count


def test_the_clock_stands_in_the_first_48_bits() -> None:
    assert source([0x0123456789AB])().startswith("01234567-89ab-7")


def test_threads_share_one_source() -> None:
    made: list[str] = []
    threads = [Thread(target=lambda: made.extend(new_id() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000
