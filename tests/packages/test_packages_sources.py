"""`data/sources.json`: a consolidated report tells what it rests on, each source proven by its own sender."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import names, sources, writer
from congdoan_desktop.packages.container import unpack
from congdoan_desktop.packages.refusals import Malformed, Reason
from congdoan_desktop.packages.sources import Source
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.packages.writer import BuiltPackage
from tests.packages import offices
from tests.packages.offices import CAMPAIGN, PERIOD, PROVINCE, SIBLING, TRUST, UNION, Member, uid

GRASS = Member(4, "CS-A", "CĐCS A", parent=UNION.unit)
OTHER = Member(5, "CS-B", "CĐCS B", parent=UNION.unit)
THREE: TrustList = TRUST.with_unit(GRASS.entry, (GRASS.key,)).with_unit(OTHER.entry, (OTHER.key,))


def report(sender: Member, to: Member, clear: dict[str, bytes] | None = None, **changes: Any) -> BuiltPackage:
    head = offices.header(sender, to, "report", period=PERIOD, about=CAMPAIGN, counts={}, **changes)
    return writer.build(head, signer=sender.secret, figures=offices.figures(sender.unit), clear=clear)


def source(sender: Member = GRASS, to: Member = UNION, **changes: Any) -> Source:
    inside = unpack(report(sender, to, **changes).data)[1]
    wanted = (names.TAGMANIFEST, names.MANIFEST, names.SIGNATURE, names.HEADER, names.FIGURES)
    return Source(*(inside[name] for name in wanted))


def consolidated(*found: Source) -> BuiltPackage:
    return report(UNION, PROVINCE, {names.SOURCES: sources.to_bytes(found)})


def raw(change: Callable[[dict[str, Any]], object]) -> BuiltPackage:
    """A rightly signed report with a file of sources that the writer would not make."""
    content = json.loads(sources.to_bytes((source(), source(OTHER))))
    change(content)
    return report(UNION, PROVINCE, {names.SOURCES: canonical(content)})


def test_the_sources_are_read_and_proven() -> None:
    package = offices.read_at(PROVINCE, consolidated(source(OTHER), source()).data, THREE)
    assert [one.told.sender.code for one in package.sources] == ["CS-A", "CS-B"]
    assert [one.counted.figures[0].numerator for one in package.sources] == [85, 85]
    assert package.sources[0].package_id == report(GRASS, UNION).package_id
    assert offices.read_at(PROVINCE, offices.good().data).sources == ()


def test_anybody_can_prove_a_source() -> None:
    """With hashes and JSON alone: the figures belong to what was signed."""
    content = json.loads(sources.to_bytes((source(),)))["sources"][0]
    told = hashlib.sha256(canonical(content["figures"])).hexdigest()
    assert f"{told}  data/figures.json\n" in content["manifest"]
    assert f"{hashlib.sha256(content['manifest'].encode()).hexdigest()}  {names.MANIFEST}\n" in content["tagmanifest"]


def test_a_key_revoked_since_does_no_harm() -> None:
    gone = THREE.revoke(GRASS.key_id, ())
    assert offices.read_at(PROVINCE, consolidated(source()).data, gone).sources


def first(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = content["sources"][0]
    return found


DAMAGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "another figure": lambda c: first(c)["figures"]["figures"][0].update(numerator=99),
    "another unit's figures": lambda c: first(c).update(figures=c["sources"][1]["figures"]),
    "another header": lambda c: first(c).update(header=c["sources"][1]["header"]),
    "a later number": lambda c: first(c)["header"].update(seq=2),
    "another signature": lambda c: first(c).update(signature=c["sources"][1]["signature"]),
    "no signature": lambda c: first(c).update(signature="\n"),
    "another manifest": lambda c: first(c).update(manifest=c["sources"][1]["manifest"]),
    "another tag manifest": lambda c: first(c).update(tagmanifest=c["sources"][1]["tagmanifest"]),
    "a field more": lambda c: first(c).update(note="?"),
    "a field less": lambda c: first(c).pop("header"),
    "twice": lambda c: c["sources"].append(c["sources"][1]),
    "out of order": lambda c: c["sources"].reverse(),
    "no list": lambda c: c.update(sources={}),
    "no schema": lambda c: c.pop("schema"),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_what_is_not_as_it_was_signed_is_refused(case: str) -> None:
    refused = offices.refusal(raw(DAMAGED[case]).data, PROVINCE, THREE)
    assert refused.reason in (Reason.BODY, Reason.HEADER)


def test_untouched_they_are_accepted() -> None:
    """The twin: the same file without a change."""
    assert len(offices.read_at(PROVINCE, raw(lambda _: None).data, THREE).sources) == 2


STRANGERS: dict[str, tuple[Source, TrustList]] = {
    "sent to somebody else": (source(GRASS, SIBLING), THREE),
    "sent to the reader": (source(GRASS, PROVINCE), THREE),
    "of a unit that the list does not know": (source(), TRUST),
    "by another unit's key": (source(replace(GRASS, secret=OTHER.secret)), THREE),
    "by another computer": (source(installation=uid(0x999)), THREE),
    "of the practice realm": (source(realm="sample"), THREE),
}


@pytest.mark.parametrize("case", STRANGERS)
def test_a_source_of_nobody_known_is_refused(case: str) -> None:
    found, trust = STRANGERS[case]
    assert offices.refusal(consolidated(found).data, PROVINCE, trust).reason is Reason.SOURCES


def test_a_writer_makes_none_that_a_reader_refuses() -> None:
    with pytest.raises(Malformed):
        sources.to_bytes((replace(source(), figures=source(OTHER).figures),))
    with pytest.raises(Malformed):
        sources.to_bytes((source(), source()))


def test_a_newer_file_is_told_as_one() -> None:
    assert offices.refusal(raw(lambda c: c.update(schema=2)).data, PROVINCE, THREE).reason is Reason.NEWER
