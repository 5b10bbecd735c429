"""The personal part of a revision, which lies beside it so that it can be erased."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from congdoan_desktop.domain.canonical import canonical, canonical_each, sha256_hex
from congdoan_desktop.domain.revisions import SALT_BYTES, Body


@dataclass(frozen=True)
class Personal:
    """The personal part, with the salt that keeps its hash from being guessed."""

    salt: bytes
    body: Body

    @cached_property
    def data(self) -> bytes:
        """The exact bytes that are hashed, stored and carried."""
        return canonical(self.body)

    @property
    def hash(self) -> str:
        return sha256_hex(self.salt + self.data)


def carried_personal(salt: bytes, body: Body, data: bytes) -> Personal:
    """One that came in; `data` is its canonical form."""
    part = Personal(salt, body)
    vars(part)["data"] = data
    return part


def new_personal(body: Body) -> Personal | None:
    return Personal(os.urandom(SALT_BYTES), body) if body else None


def new_parts(bodies: Sequence[Body]) -> list[tuple[bytes, bytes] | None]:
    """(salt, data) of `new_personal` for each of many bodies."""
    salts = _cut(os.urandom(SALT_BYTES * sum(map(bool, bodies))))
    return [(next(salts), data) if body else None for body, data in zip(bodies, canonical_each(bodies), strict=True)]


def _cut(data: bytes) -> Iterator[bytes]:
    return (data[start : start + SALT_BYTES] for start in range(0, len(data), SALT_BYTES))
