"""The catalogues that ship with the program, read once."""

from __future__ import annotations

from functools import cache

from congdoan_desktop import paths
from congdoan_desktop.domain.catalogue import Catalogue


@cache
def catalogue() -> Catalogue:
    """Activity kinds, support causes, funds, unit kinds and the rest.

    Raises: AppError naming every fault when a file was damaged.
    """
    folder = paths.resources() / "catalogue"
    return Catalogue.of({path.stem: path.read_bytes() for path in sorted(folder.glob("*.toml"))})
