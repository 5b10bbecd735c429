"""Figures counted plainly out of package files: zip, age, JSON and sums, with no line of the program.

What came is a set of files; of a record the version with the highest generation counts, then the highest hash.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]  # it publishes no types
import zstandard

Part = tuple[int, int | None]


@dataclass(frozen=True)
class Opened:
    """A package: its header, and its revisions as (hash, body)."""

    header: dict[str, Any]
    revisions: tuple[tuple[str, dict[str, Any]], ...]


@lru_cache(maxsize=20_000)
def opened(path: Path, identity: str) -> Opened:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        inside = {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}
    key = pyrage.x25519.Identity.from_str(identity)
    unpacker = zstandard.ZstdDecompressor().decompressobj()
    lines = unpacker.decompress(pyrage.decrypt(inside["data/records.age"], [key])).splitlines()
    bodies = [json.loads(line)["body"] for line in lines if b'"line":"revision"' in line]
    revisions = tuple((hashlib.sha256(body.encode()).hexdigest(), json.loads(body)) for body in bodies)
    return Opened(json.loads(inside["data/header.json"]), revisions)


@dataclass
class Came:
    """Everything that one office accepted. `under`: unit -> the union directly below us that it stands under."""

    identity: str
    paths: list[Path] = field(default_factory=list)
    locked: dict[tuple[str, str], Path] = field(default_factory=dict)
    """(sender, last day) -> the package whose figures were locked."""
    ended: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Sender that went into another -> (that one, the day). Its word counts until that one reports on a later day."""
    merged: dict[str, str] = field(default_factory=dict)
    """CĐCS -> the one it went into."""

    def packages(self) -> Iterable[Opened]:
        return (opened(path, self.identity) for path in self.paths)

    def records(self, type_: str) -> dict[str, dict[str, Any]]:
        """Record -> its version that counts; deleted ones left out."""
        best: dict[str, tuple[int, str, dict[str, Any]]] = {}
        for package in self.packages():
            for hash_, body in package.revisions:
                if body["type"] == type_:
                    found = (body["generation"], hash_, body)
                    best[body["record"]] = max(best.get(body["record"], found), found, key=lambda one: one[:2])
        return {record: one[2] for record, one in best.items() if not one[2]["deleted"]}

    def activities(self, plan: str) -> tuple[int, int, int]:
        """How many for the plan, their participants and their cost."""
        held = [one["facts"] for one in self.records("activity").values() if one["facts"]["campaign"] == plan]
        return len(held), sum(one["participants"] for one in held), sum(one["cost"] for one in held)

    def reports(self, senders: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Sender -> the facts of its report that stands: of the latest period; of a locked one the locked package's."""
        wanted, found = set(senders), {}
        for body in sorted(self._told(), key=lambda one: (one["facts"]["ends"], one["generation"], one["hash"])):
            if body["unit"] in wanted:
                found[body["unit"]] = body["facts"]
        for (sender, ends), path in sorted(self.locked.items(), key=lambda one: one[0][1]):
            if sender in wanted and found[sender]["ends"] <= ends:
                found[sender] = _newest_of(opened(path, self.identity), sender, ends)
        return found

    def _told(self) -> Iterable[dict[str, Any]]:
        for body in self.records("period_figures").values():
            text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            yield {**body, "hash": hashlib.sha256(text.encode()).hexdigest()}

    def parts(self, target: str, under: Mapping[str, str]) -> dict[str, Part]:
        """Unit -> what is told of it: by whom reported last, of two on the same day by the one it stands under."""
        found: dict[str, tuple[tuple[str, bool], Part]] = {}
        added: list[tuple[str, Part]] = []
        for sender, facts in self.counting(under).items():
            for part in facts["to_date"]:
                if part["target"] != target:
                    continue
                rank = (facts["ends"], under.get(part["unit"]) == sender)
                count = part["numerator"], part["denominator"]
                if sender in self.ended and part["unit"] in self.merged:
                    added.append((self.merged[part["unit"]], count))
                    continue
                told = (rank, count)
                found[part["unit"]] = max(found.get(part["unit"], told), told, key=lambda one: one[0])
        counts = {unit: part for unit, (_, part) in found.items()}
        for unit, (numerator, _) in added:
            held = counts.get(unit, (0, None))
            counts[unit] = held[0] + numerator, held[1]
        return counts

    def counting(self, under: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """The reports that stand, but for those of unions that have ended since whose heir has reported later."""
        told = self.reports(set(under.values()))
        ended = {
            sender: heir for sender, (heir, day) in self.ended.items() if heir in told and told[heir]["ends"] >= day
        }
        return {sender: facts for sender, facts in told.items() if sender not in ended}

    def gaps(self) -> dict[str, set[int]]:
        """Sender -> numbers of its feeds below the highest that came which did not come."""
        feeds: dict[tuple[str, str], set[int]] = {}
        for package in self.packages():
            head = package.header
            feeds.setdefault((head["sender"]["unit"], head["feed"]), set()).add(head["seq"])
        found: dict[str, set[int]] = {}
        for (sender, _), held in feeds.items():
            found.setdefault(sender, set()).update(set(range(1, max(held))) - held)
        return found


def _newest_of(package: Opened, sender: str, ends: str) -> dict[str, Any]:
    told = [
        (body["generation"], hash_, body["facts"])
        for hash_, body in package.revisions
        if (body["type"], body["unit"], body["facts"].get("ends")) == ("period_figures", sender, ends)
    ]
    newest: dict[str, Any] = max(told, key=lambda one: one[:2])[2]
    return newest
