"""Every package that the services make is read by the second implementation as well, and by the right office alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from congdoan_desktop.services import chair_asked, exchanging, key_renewal, outgoing, reviews, trusting, update_making
from congdoan_desktop.services.office import Office
from tests.packages.second_reader import REFUSED, Reader
from tests.services.conftest import NewOffice
from tests.services.levels import Levels, three_levels
from tests.services.test_three_levels import TARGETS


def reader(office: Office) -> Reader:
    """What the second implementation needs to know of an office."""
    listed = json.loads(office.trust.to_bytes()) if office.trust else None
    identity = office.identity
    return Reader(identity.realm, identity.unit, [identity.key.age_secret], listed)


def everything_sent(levels: Levels) -> None:
    """At least one package of each kind that the services make."""
    first, second = levels.below
    for below in (first, second):
        levels.done(below)
        levels.answer(levels.upper, levels.up(below, levels.upper), below)
    again = levels.up(first, levels.upper)
    reviews.approve(levels.upper, again.package_id)
    levels.up(levels.upper, levels.province)
    key_renewal.begin(second)
    exchanging.make(levels.upper, first.identity.unit)
    trusting.write_enrolment(first)
    chair_asked.ask(levels.province, True)
    program = levels.stick / "congdoan-9.9.whl"
    program.write_bytes(b"program")
    update_making.make(levels.province, program, "9.9", "Linux")


def test_all_that_services_make_is_read_by_the_second_implementation(new_office: NewOffice, tmp_path: Path) -> None:
    with three_levels(new_office, tmp_path / "stick", TARGETS) as levels:
        everything_sent(levels)
        offices = {one.identity.unit: one for one in (levels.province, levels.upper, *levels.below)}
        kinds: dict[str, int] = {}
        sources = 0
        for sender in offices.values():
            for package in outgoing.outbox(sender):
                data = (sender.outbox / package.file_name).read_bytes()
                receiver = offices[package.receiver] if package.receiver else levels.upper
                told = reader(receiver if package.kind != "enrolment" else levels.province)
                if package.kind == "trust":  # the newest list alone; an older one is refused
                    told = told._replace(trust=None, root_words=" ".join(trusting.root_words(levels.province)))
                found = told.read(data)
                assert (found["header"]["kind"], found["header"]["seq"]) == (package.kind, package.seq)
                sources += len(found["sources"]["sources"]) if "sources" in found else 0
                kinds[package.kind] = kinds.get(package.kind, 0) + 1
                stranger = next(one for one in offices.values() if one not in (sender, receiver))
                if package.receiver:
                    with pytest.raises(REFUSED):
                        reader(stranger).read(data)
        assert set(kinds) == {"enrolment", "trust", "plan", "report", "receipt", "exchange", "update"}
        assert kinds["report"] == 4
        assert sources == 2
