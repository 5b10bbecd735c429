"""The most memory that this process has held."""

from __future__ import annotations

import re
from pathlib import Path


def peak_mib() -> float:
    """In MiB since the program was loaded: `ru_maxrss` would count what the process that started it held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024
