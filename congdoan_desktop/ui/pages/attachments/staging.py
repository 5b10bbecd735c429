"""Staged pictures as a draft keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from congdoan_desktop.domain.attachments import is_digest
from congdoan_desktop.services.attachments import Staged


def as_json(pictures: Iterable[Staged]) -> list[dict[str, Any]]:
    return [asdict(one) | {"taken": one.taken.isoformat() if one.taken else None} for one in pictures]


def out_of(raw: object) -> list[Staged]:
    """What a draft says; nothing for a draft of before, or of another program."""
    found = []
    for one in raw if isinstance(raw, list) else ():
        try:
            taken = date.fromisoformat(one["taken"]) if one["taken"] else None
            found.append(Staged(**one | {"taken": taken}))
        except (TypeError, KeyError, ValueError):
            continue
    return [one for one in found if is_digest(one.digest)]
