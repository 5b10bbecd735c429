"""Identifiers: UUIDv7 (RFC 9562), growing within a process; never used for order, never holding a unit."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

_BYTES, _BITS = 10, 2**74 - 1
"""Of randomness in an id."""


class IdSource:
    """Makes ids out of a clock (milliseconds) and a source of random bytes; each id is greater than the one before."""

    def __init__(
        self,
        milliseconds: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._milliseconds = milliseconds
        self._randomness = randomness
        self._lock = threading.Lock()
        self._last = 0

    def __call__(self) -> str:
        return self.many(1)[0]

    def many(self, count: int) -> list[str]:
        """Ids of one moment, in their order; the clock and the source of randomness are asked once."""
        with self._lock:
            begin = (self._milliseconds() & (2**48 - 1)) << 74
            given = self._randomness(_BYTES * count)
            random_bits = [int.from_bytes(given[at : at + _BYTES]) & _BITS for at in range(0, len(given), _BYTES)]
            return [_text(self._after(begin | bits)) for bits in sorted(random_bits)]

    def _after(self, value: int) -> int:
        self._last = max(value, self._last + 1)
        return self._last


def _text(value: int) -> str:
    begin, middle = value >> 74, f"7{value >> 62 & 0xFFF:03x}-{0x8000 | value >> 48 & 0x3FFF:04x}"
    return f"{begin >> 16:08x}-{begin & 0xFFFF:04x}-{middle}-{value & 0xFFFF_FFFF_FFFF:012x}"


new_id = IdSource()
