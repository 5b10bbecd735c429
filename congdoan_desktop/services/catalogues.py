"""The catalogues in use: those that ship with the program, with the entries that unions above us gave."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar, cast

from congdoan_desktop import paths
from congdoan_desktop.domain import activity_kinds
from congdoan_desktop.domain.catalogue import Catalogue, CatalogueFault
from congdoan_desktop.domain.indicators import definition_of

_given: list[Catalogue] = []
"""What `use` was told last; empty before."""
_forget: list[Callable[[], None]] = []
_Made = TypeVar("_Made", bound=Callable[..., object])


def catalogue() -> Catalogue:
    """Activity kinds, support causes, funds, unit kinds and the rest.

    Raises: AppError naming every fault when a file was damaged.
    """
    return _given[0] if _given else shipped()


@cache
def shipped() -> Catalogue:
    """Those that ship with the program. Raises: AppError naming every fault when a file was damaged."""
    folder = paths.resources() / "catalogue"
    return Catalogue.of({path.stem: path.read_bytes() for path in sorted(folder.glob("*.toml"))})


def remembered(made: _Made) -> _Made:
    """`functools.cache` for what is read out of the catalogues in use: forgotten when others come into use."""
    kept = cache(made)
    _forget.append(kept.cache_clear)
    return cast(_Made, kept)


def title(name: str) -> str:
    """What a shipped catalogue is called: the first words of the comment that its file begins with."""
    first = (paths.resources() / "catalogue" / f"{name}.toml").read_text("utf-8").partition("\n")[0]
    return re.split(r"[.,:;(]", first.removeprefix("#"))[0].strip()


def with_given(files: Sequence[tuple[str, bytes]]) -> Catalogue:
    """The shipped catalogues with the entries of these files, all of which this program can read.

    Raises: CatalogueFault.
    """
    made = shipped().with_entries(files)
    for entry in made.entries("indicators"):
        definition_of(entry)
    kinds = made.entries("activity_kinds")
    if wrong := [f"activity_kinds, {kind.code}: {fault}" for kind in kinds for fault in activity_kinds.faults(kind)]:
        raise CatalogueFault(wrong)
    return made


def use(files: Sequence[tuple[str, bytes]]) -> None:
    """From now on the shipped catalogues hold the entries of these files (catalogue, TOML); of two the later counts.

    Raises: CatalogueFault; then what was in use stays.
    """
    _given[:] = [with_given(files)] if files else []
    for forget in _forget:
        forget()
