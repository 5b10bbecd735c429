"""The program as it may be one day: bodies of a higher version, written by this one."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from congdoan_desktop.domain import bodies


@contextmanager
def newer_program(type_: str) -> Iterator[None]:
    """Inside, records of the type are written and read in the next version, which says the same."""
    now = bodies.CURRENT[type_]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(typing.cast("dict[str, int]", bodies.CURRENT), type_, now + 1)
        patch.setitem(typing.cast("dict[tuple[str, int], bodies.Upcaster]", bodies.UPCASTERS), (type_, now), dict)
        yield
