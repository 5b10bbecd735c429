"""At least three hundred damaged or forged copies of a real report: each refused, and not one row written."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from congdoan_desktop.packages import container, sshsig
from congdoan_desktop.packages.names import SIGNATURE, TAGMANIFEST, namespace
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.services import incoming, outgoing
from tests.services.conftest import Offices, every_row
from tests.services.test_services_main_path import planned, recorded, reported


def damaged(data: bytes, seed: int) -> Iterator[bytes]:
    """Bits flipped, bytes lost, doubled and exchanged, ends cut: nothing that needs a key."""
    places = random.Random(seed)
    for _ in range(100):
        at = places.randrange(len(data))
        yield data[:at] + bytes([data[at] ^ 1 << places.randrange(8)]) + data[at + 1 :]
    for _ in range(50):
        at = places.randrange(len(data))
        yield data[:at]
        yield data[:at] + data[at + 1 :]
        yield data[: at + 1] + data[at:]
    for _ in range(25):
        at, other = sorted(places.sample(range(len(data) - 64), 2))
        first, second = data[at : at + 64], data[other : other + 64]
        if first != second and other - at >= 64:
            yield data[:at] + second + data[at + 64 : other] + first + data[other + 64 :]


def repacked(data: bytes, other: bytes) -> Iterator[bytes]:
    """Members left out, emptied, or taken from another package; the signature made anew by a stranger."""
    top, entries = container.unpack(data)
    foreign = container.unpack(other)[1]
    for name in entries:
        yield container.pack(top, {n: content for n, content in entries.items() if n != name})
        yield container.pack(top, {**entries, name: b""})
        if foreign.get(name, entries[name]) != entries[name]:
            yield container.pack(top, {**entries, name: foreign[name]})
    armour = sshsig.sign(sshsig.new_secret(), entries[TAGMANIFEST], namespace("report"))
    yield container.pack(top, {**entries, SIGNATURE: armour.encode()})
    for number in range(2, 60):
        yield container.pack(f"{top[:-1]}{number}", entries)


def test_hostile_copies_write_nothing(offices: Offices, tmp_path: Path) -> None:
    campaign = planned(offices)
    recorded(offices.union, campaign)
    good = offices.carry(offices.union, reported(offices, campaign)).read_bytes()
    plan = outgoing.make_plan(offices.province, campaign, offices.other.identity.unit)
    other = offices.carry(offices.province, plan).read_bytes()
    variants = [*damaged(good, seed=39), *repacked(good, other)]
    assert len(variants) >= 300
    before = every_row(offices.province)
    path = tmp_path / "report.cdpkg"
    for variant in variants:
        path.write_bytes(variant)
        with pytest.raises(PackageRefused):
            incoming.apply(offices.province, path)
    assert every_row(offices.province) == before
    assert list(offices.province.quarantine.iterdir()) == []
    path.write_bytes(good)
    assert incoming.apply(offices.province, path).new > 0
