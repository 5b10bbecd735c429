"""The unions of the year as the play knows them, and how many of their offices may stand open at once."""

from __future__ import annotations

import resource
from dataclasses import dataclass, field
from pathlib import Path

from tests.services.plain_count import Came

UNHEARD = "refused: heir of an unheard CĐCS"
OPEN_AT_ONCE = 1000
"""Some 11 MB each. What an office learns of the organisation it would read anew at every opening."""
_FILES_OF_ONE = 5


@dataclass
class Union:
    """One office as the play knows it. `came`: what it accepted; `late`: what waits for a later stick."""

    name: str
    unit: str
    identity: str
    above: str = ""
    own: list[str] = field(default_factory=list)
    """CĐCS whose records it keeps itself."""
    done: list[str] = field(default_factory=list)
    backup: Path | None = None
    kept: tuple[list[Path], dict[tuple[str, str], Path]] = ((), {})  # type: ignore[assignment]
    """What had come, and what was locked, when the backup was made."""
    came: Came = field(default_factory=lambda: Came(""))
    late: list[Path] = field(default_factory=list)
    before: list[Path] = field(default_factory=list)
    ended: bool = False


def openable() -> int:
    """How many offices may stand open, as the system lets us hold files; asked for as many as it gives."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = (OPEN_AT_ONCE + 20) * _FILES_OF_ONE
    given = max(soft, wanted if most == resource.RLIM_INFINITY else min(wanted, most))
    resource.setrlimit(resource.RLIMIT_NOFILE, (given, most))
    return min(OPEN_AT_ONCE, given // _FILES_OF_ONE - 20)
