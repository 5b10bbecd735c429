"""Mutants of packages for the reader, guided by what they make it do: `reader_fuzz.py SECONDS SEED [known]`.

Two kinds take turns: raw bytes anywhere, and content changed and rightly signed again, which passes the signature and
reaches what lies behind it. A mutant that takes the reader through a step (from one line to another) not seen before is
mutated further. With `known` the reader is given a defect, to be found. Prints how many mutants it tried, how many
steps it saw, and the most memory it took; ends with a traceback at anything but `PackageRefused`.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import bag, container, lines, names, reader, sealing
from congdoan_desktop.packages.refusals import Malformed, PackageRefused
from congdoan_desktop.packages.trust import TrustList
from tests.packages import offices
from tests.packages.offices import PROVINCE, TRUST, UNION, Member
from tests.peak import peak_mib

MOST_MIB = 256
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**53, 2**53 - 1, 10**400, 1.5, "", "a" * 5000, "\u202e", "Vi\u00ea\u0323t", "\x00",
    "0" * 64, "g" * 64, "2024-02-30", "2024-07-29T25:00:00+07:00", "9.0", "real", "sample", [], {}, [[]], [None] * 3000,
    {"a": 1}, "../x", "\ud800",
)  # fmt: skip
Steps = set[tuple[str, int, int]]
Dice = random.Random


@dataclass(frozen=True)
class Seed:
    """A package, who reads it with which trust, who signed it, and what lies sealed in it."""

    data: bytes
    at: Member
    trust: TrustList | None
    signer: Member
    opened: bytes | None


def seeds() -> list[Seed]:
    made = (
        (offices.report().data, PROVINCE, TRUST, UNION),
        (offices.plan().data, UNION, TRUST, PROVINCE),
        (offices.receipt().data, UNION, TRUST, PROVINCE),
        (offices.trust_package().data, UNION, None, PROVINCE),
        (offices.enrolment().data, PROVINCE, TRUST, UNION),
    )
    return [Seed(data, at, trust, by, offices.read_at(at, data, trust).opened) for data, at, trust, by in made]


# Mutations


def bytes_of(data: bytes, dice: Dice) -> bytes:
    """A few bytes flipped, taken out, doubled or moved."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(changed) + 1)
        length = dice.choice((1, 1, 2, 4, 64))
        piece = changed[at : at + length]
        deed = dice.randrange(5)
        if deed == 0 and piece:
            changed[at] ^= 1 << dice.randrange(8)
        elif deed == 1:
            del changed[at : at + length]
        elif deed == 2:
            changed[at:at] = piece
        elif deed == 3:
            changed[at : at + length] = dice.randbytes(length)
        else:
            del changed[at : at + length]
            elsewhere = dice.randrange(len(changed) + 1)
            changed[elsewhere:elsewhere] = piece
    return bytes(changed)


def json_of(data: bytes, dice: Dice) -> bytes:
    """One value of a JSON document replaced, taken out, doubled or nested; still canonical where it can be."""
    try:
        value = json.loads(data)
        holder, key = dice.choice(_places({"": value}))
        _change(holder, key, dice)
        return canonical(value)
    except (ValueError, TypeError, IndexError, RecursionError):
        return bytes_of(data, dice)


def _places(value: Any) -> list[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys if key != ""] + [place for key in keys for place in _places(value[key])]


def _change(holder: Any, key: Any, dice: Dice) -> None:
    deed = dice.randrange(5)
    if deed == 0:
        del holder[key]
    elif deed == 1 and isinstance(holder, dict):
        holder[f"{key}x"] = holder[key]
    elif deed == 2:
        for _ in range(dice.choice((1, 3, 2000))):
            holder[key] = [holder[key]]
    else:
        holder[key] = dice.choice(ODD)


def lines_of(opened: bytes, dice: Dice) -> bytes:
    """One of the sealed lines changed, taken out, doubled or moved."""
    found = opened.split(b"\n")
    at = dice.randrange(len(found))
    deed = dice.randrange(6)
    if deed == 0:
        del found[at]
    elif deed == 1:
        found.insert(dice.randrange(len(found)), found[at])
    elif deed == 2:
        return bytes_of(opened, dice)
    else:
        found[at] = json_of(found[at], dice)
    return b"\n".join(found)


def signed(seed: Seed, dice: Dice) -> bytes:
    """One file of the payload changed, the bag and the signature made anew."""
    top, entries = container.unpack(seed.data)
    content = bag.payload_of(entries)
    if seed.opened is not None and dice.random() < 0.4:
        opened = lines_of(seed.opened, dice)
        content[names.RECORDS] = sealing.seal(opened, [seed.at.age[1]])
        content[names.HEADER] = stating(content[names.HEADER], len(opened) + dice.choice((0, 0, 0, 1, -1)))
    else:
        name = dice.choice(sorted(content))
        content[name] = json_of(content[name], dice) if name.endswith(".json") else bytes_of(content[name], dice)
    return offices.forge(top, content, seed.signer.secret)


def stating(header: bytes, size: int) -> bytes:
    """The header with another size of what is sealed; one damaged before stays as it is."""
    try:
        return canonical({**json.loads(header), "sealed_size": size})
    except (ValueError, TypeError, RecursionError):
        return header


# Reading under observation


class Watch:
    """Collects the steps inside the reader's modules; other code runs untraced."""

    def __init__(self) -> None:
        self.seen: Steps = set()
        self._folder = (reader.__file__ or "").rpartition("/")[0]

    def new_steps(self, call: Callable[[], None]) -> int:
        before = len(self.seen)
        sys.settrace(self._enter)
        try:
            call()
        finally:
            sys.settrace(None)
        return len(self.seen) - before

    def _enter(self, frame: FrameType, _event: str, _argument: object) -> Any:
        if not frame.f_code.co_filename.startswith(self._folder):
            return None
        name, last = frame.f_code.co_filename, 0

        def step(inner: FrameType, what: str, _given: object) -> Any:
            nonlocal last
            if what == "line":
                self.seen.add((name, last, inner.f_lineno))
                last = inner.f_lineno
            return step

        return step


def read(seed: Seed, data: bytes) -> None:
    """As an office would, and then every line as the import would."""
    try:
        package = offices.read_at(seed.at, data, seed.trust)
        for _ in package.lines:
            pass
    except PackageRefused:
        return


def fuzz(seconds: float, dice: Dice) -> tuple[int, int]:
    """(mutants tried, steps seen)."""
    corpus, watch, tried = seeds(), Watch(), 0
    for seed in corpus:
        watch.new_steps(lambda seed=seed: read(seed, seed.data))  # type: ignore[misc]
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        seed = dice.choice(corpus)
        data = signed(seed, dice) if dice.random() < 0.7 else bytes_of(seed.data, dice)
        tried += 1
        if watch.new_steps(lambda seed=seed, data=data: read(seed, data)):  # type: ignore[misc]
            corpus += kept(seed, data)
    return tried, len(watch.seen)


def kept(seed: Seed, data: bytes) -> list[Seed]:
    """A mutant worth mutating further: one that can still be taken apart."""
    try:
        top, entries = container.unpack(data)
        names.parse_top(top)
        if names.HEADER not in bag.payload_of(entries):
            return []
    except (PackageRefused, Malformed):
        return []
    return [Seed(data, seed.at, seed.trust, seed.signer, seed.opened)]


def careless(line: dict[str, Any]) -> lines.Told:
    """The checks of a revision's fields forgotten: their values are used as if they were of the right type."""
    return lines.Told(line["body"].strip().encode(), {}, bytes.fromhex(line["salt"] or ""), b"null", None)


def main(seconds: str, number: str, known: str = "") -> None:
    if known:
        setattr(lines, "_told", careless)  # noqa: B010
    before = peak_mib()
    tried, steps = fuzz(float(seconds), Dice(int(number)))
    print(json.dumps({"tried": tried, "steps": steps, "mib": round(peak_mib() - before, 1)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
