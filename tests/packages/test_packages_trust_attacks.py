"""Attacks on trust: wrong keys, roles, namespaces, lists; each is refused for its own reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from congdoan_desktop.domain.canonical import canonical, sha256_hex
from congdoan_desktop.packages import container, names, sshsig, writer
from congdoan_desktop.packages.refusals import Reason
from congdoan_desktop.packages.trust import FeedMark, TrustList
from tests.packages import offices
from tests.packages.offices import (
    PROVINCE,
    SECOND_CHAIR,
    SIBLING,
    STRANGER,
    TRUST,
    UNION,
    Member,
    enrolment,
    forge,
    good,
    plan,
    read_at,
    receipt,
    refusal,
    trust_package,
    with_file,
)

Case = tuple[bytes, Member, TrustList | None]
PACKAGES: dict[str, tuple[Callable[[], bytes], Member]] = {
    "report": (lambda: good().data, PROVINCE),
    "plan": (lambda: plan().data, UNION),
    "receipt": (lambda: receipt().data, UNION),
}
THIEF = replace(STRANGER, secret=sshsig.new_secret())
NEW_ROOT = replace(PROVINCE, secret=sshsig.new_secret())


def resigned(data: bytes, *secrets: bytes, space: str = "") -> bytes:
    """The same content signed by others, without the header knowing."""
    return forge(container.unpack(data)[0], offices.payload(data), *secrets, namespace=space)


def claimed(data: bytes, member: Member) -> bytes:
    """The same content signed by another, who names his key in the header."""
    files = offices.payload(data)
    raw = json.loads(files[names.HEADER])
    files[names.HEADER] = canonical({**raw, "officer": {**raw["officer"], "key": member.key_id}})
    return forge(container.unpack(data)[0], files, member.secret)


def taken_over(data: bytes, member: Member) -> bytes:
    """The sealed records of somebody else in a package of one's own: the header is wholly the taker's."""
    files = offices.payload(data)
    raw = json.loads(files[names.HEADER])
    own = {
        "sender": {"unit": member.unit, "code": member.code, "name": member.name},
        "officer": {**raw["officer"], "key": member.key_id},
        "installation": member.installation,
        "feed": member.feed,
    }
    files[names.HEADER] = canonical({**raw, **own})
    top = names.top_name(raw["kind"], member.code, member.feed, raw["seq"])
    return forge(top, files, member.secret)


def signature_attacks() -> Iterator[tuple[str, Case, Reason]]:
    for kind, (build, at) in PACKAGES.items():
        data = build()
        yield f"{kind}: signed by another", (resigned(data, SIBLING.secret), at, TRUST), Reason.HEADER
        yield f"{kind}: signed by nobody known", (claimed(data, THIEF), at, TRUST), Reason.UNKNOWN_KEY
        yield f"{kind}: signed by another unit", (claimed(data, SIBLING), at, TRUST), Reason.WRONG_UNIT
        for space in ("file", "congdoan-update@v1", f"congdoan-{kind}@v2", "git"):
            owner = UNION if kind == "report" else PROVINCE
            forged = resigned(data, owner.secret, space=space)
            yield f"{kind}: namespace {space}", (forged, at, TRUST), Reason.SIGNATURE
        yield f"{kind}: second signature of a stranger", (
            resigned(data, (UNION if kind == "report" else PROVINCE).secret, THIEF.secret), at, TRUST,
        ), Reason.UNKNOWN_KEY  # fmt: skip
        yield f"{kind}: before any trust", (data, at, None), Reason.NO_TRUST
        yield f"{kind}: for another", (data, SIBLING, TRUST), Reason.RECEIVER
        yield f"{kind}: in the realm of samples", (data, replace(at, realm="sample"), TRUST), Reason.REALM
        yield f"{kind}: another's identity", (data, replace(at, age=STRANGER.age), TRUST), Reason.SEAL
    yield "records stripped and sent as one's own", (
        with_figures_of(taken_over(good().data, SIBLING), SIBLING), PROVINCE, TRUST,
    ), Reason.BINDING  # fmt: skip
    yield "records re-signed by a colleague", (claimed(good().data, SECOND_CHAIR), PROVINCE, TRUST), Reason.BINDING


def with_figures_of(data: bytes, member: Member) -> bytes:
    files = offices.payload(data)
    figures = canonical(offices.figures(member.unit))
    raw = json.loads(files[names.HEADER])
    files.update({names.FIGURES: figures, names.HEADER: canonical({**raw, "report_id": sha256_hex(figures)})})
    return forge(container.unpack(data)[0], files, member.secret)


def key_attacks() -> Iterator[tuple[str, Case, Reason]]:
    revoked = TRUST.revoke(UNION.key_id, ())
    marked = TRUST.revoke(UNION.key_id, (FeedMark(UNION.feed, 1),))
    elsewhere = TRUST.revoke(UNION.key_id, (FeedMark(offices.uid(0x999), 9),))
    for name, trust in {"revoked": revoked, "revoked from 1": marked, "new feed after": elsewhere}.items():
        yield name, (good().data, PROVINCE, trust), Reason.REVOKED
    for role in ("viewer", "root", "CHAIR"):
        keys = tuple(replace(k, role=role) if k.unit == UNION.unit else k for k in TRUST.keys)
        yield f"role {role}", (good().data, PROVINCE, replace(TRUST, keys=keys)), Reason.WRONG_ROLE
    moved = tuple(replace(k, installation=offices.uid(0x888)) if k.unit == UNION.unit else k for k in TRUST.keys)
    yield "other installation", (good().data, PROVINCE, replace(TRUST, keys=moved)), Reason.WRONG_UNIT
    flat = tuple(replace(u, parent=None) for u in TRUST.units)
    yield "report from beside", (good().data, PROVINCE, replace(TRUST, units=flat)), Reason.DIRECTION
    yield "plan from beside", (plan().data, UNION, replace(TRUST, units=flat)), Reason.DIRECTION
    for kind, about in (("plan", None), ("receipt", "cd" * 32), ("exchange", None)):
        head = offices.header(SIBLING, UNION, kind, about=about)
        content = [offices.receipt_of("cd" * 32).line()] if kind == "receipt" else []
        built = writer.build(head, signer=SIBLING.secret, recipients=[UNION.age[1]], lines=content)
        yield f"{kind} of a sibling", (built.data, UNION, TRUST), Reason.DIRECTION
    head = offices.header(UNION, None, "update")
    program = writer.build(head, signer=UNION.secret, clear={names.UPDATE_BODY: b"{}", names.PROGRAM: b"MZ"})
    yield "program of a union", (program.data, SIBLING, TRUST), Reason.WRONG_ROLE
    yield "receipt for another package", (
        offices.receipt(lines=[offices.receipt_of("ff" * 32).line()]).data, UNION, TRUST,
    ), Reason.LINES  # fmt: skip
    twice = [offices.receipt_of("cd" * 32).line()] * 2
    yield "two receipts in one", (offices.receipt(lines=twice).data, UNION, TRUST), Reason.LINES
    yield "no receipt in one", (offices.receipt(lines=[]).data, UNION, TRUST), Reason.LINES


def enrolment_attacks() -> Iterator[tuple[str, Case, Reason]]:
    built = enrolment(STRANGER)
    raw = json.loads(offices.payload(built.data)[names.ENROLMENT_BODY])
    officer = raw["officers"][0]
    yield "enrolled by another", (resigned(built.data, THIEF.secret), PROVINCE, TRUST), Reason.HEADER
    yield "key of another", (claimed(built.data, THIEF), PROVINCE, TRUST), Reason.UNKNOWN_KEY
    elsewhere = {"another realm": {"realm": "sample"}, "another installation": {"installation": offices.uid(0x777)}}
    for name, changes in elsewhere.items():
        forged = with_file(built, STRANGER.secret, names.ENROLMENT_BODY, canonical({**raw, **changes}))
        yield f"enrolment: {name}", (forged, PROVINCE, TRUST), Reason.WRONG_UNIT
    inconsistent: dict[str, dict[str, object]] = {
        "another unit": {"unit": UNION.unit},
        "a key that is not held": {"officers": [{**officer, "key_id": UNION.key_id}]},
        "no officers": {"officers": []},
        "no age recipient": {"officers": [{**officer, "age": "age1"}]},
        "a record that is none": {"unit_revision": "{}"},
    }
    for name, wrong in inconsistent.items():
        forged = with_file(built, STRANGER.secret, names.ENROLMENT_BODY, canonical({**raw, **wrong}))
        yield f"enrolment: {name}", (forged, PROVINCE, TRUST), Reason.BODY
    both = {**raw, "officers": [officer, {**officer, "key_id": UNION.key_id, "signing": UNION.key.signing}]}
    forged = with_file(built, STRANGER.secret, names.ENROLMENT_BODY, canonical(both))
    yield "enrolment: somebody's key beside his own", (forged, PROVINCE, TRUST), Reason.UNKNOWN_KEY
    sample = enrolment(replace(STRANGER, realm="sample"))
    yield "enrolment of samples", (sample.data, PROVINCE, TRUST), Reason.REALM


def list_attacks() -> Iterator[tuple[str, Case, Reason]]:
    """The attacks of the TUF specification that apply to a list on a stick: see the comments."""
    newer = TRUST.with_unit(STRANGER.entry, (STRANGER.key,))
    thief = replace(PROVINCE, secret=THIEF.secret)
    usurped = replace(newer, root=thief.key.signing, keys=(*newer.keys, thief.key))
    rotated = newer.rotated(PROVINCE.secret, NEW_ROOT.key)
    # Rollback and replay: an older list again; indefinite freeze shows as the older version.
    for version in (1, 2):
        old = trust_package(replace(TRUST, version=version))
        yield f"list replayed, version {version}", (old.data, UNION, TRUST), Reason.TRUST_OLDER
    yield "list of before a rotation", (trust_package(newer).data, UNION, rotated), Reason.TRUST_ROOT
    # Equivocation: two lists of the same number.
    yield "other list of the same number", (
        trust_package(replace(TRUST, keys=TRUST.keys[:-1])).data, UNION, TRUST,
    ), Reason.TRUST_FORK  # fmt: skip
    # Arbitrary software, key compromise: a list of somebody else's making.
    yield "list of another root", (trust_package(usurped, thief).data, UNION, TRUST), Reason.TRUST_ROOT
    yield "list of a union", (
        trust_package(TrustList.first(replace(UNION.entry, parent=None), UNION.key), UNION).data, UNION, TRUST,
    ), Reason.TRUST_ROOT  # fmt: skip
    yield "list signed by a union", (claimed(trust_package(newer).data, UNION), UNION, TRUST), Reason.TRUST_ROOT
    yield "first list signed by a union", (claimed(trust_package(newer).data, UNION), UNION, None), Reason.TRUST_ROOT
    yield "rotated list signed by the old root", (
        trust_package(rotated, PROVINCE).data, UNION, TRUST,
    ), Reason.TRUST_ROOT  # fmt: skip
    # Mix and match: the list inside is not the one signed, or not of the package's realm.
    mixes: list[dict[str, object]] = [{"version": 99}, {"keys": []}, {"root": UNION.key.signing}]
    for changes in mixes:
        body = canonical({**json.loads(TRUST.to_bytes()), **changes})
        top, entries = container.unpack(trust_package().data)
        mixed = container.pack(top, {**entries, names.TRUST_BODY: body})
        yield f"list changed: {sorted(changes)}", (mixed, UNION, TRUST), Reason.CHANGED
    sample = replace(PROVINCE, realm="sample")
    yield "list of samples", (
        trust_package(TrustList.first(sample.entry, sample.key), sample).data, UNION, None,
    ), Reason.REALM  # fmt: skip
    inside = with_file(
        trust_package(), PROVINCE.secret, names.TRUST_BODY, TrustList.first(sample.entry, sample.key).to_bytes()
    )
    yield "list of samples inside", (inside, UNION, None), Reason.REALM
    # Endless data: a list of more than its limit is refused by its size in the container.
    yield "list for another", (trust_package().data, SIBLING, TRUST), Reason.RECEIVER
    for text in (b"", b"{}", b"[]", TRUST.to_bytes() + b"\n", b"[" * 60_000):
        forged = with_file(trust_package(), PROVINCE.secret, names.TRUST_BODY, text)
        yield f"list file {text[:6]!r}", (forged, UNION, TRUST), Reason.BODY


TRUST_ATTACKS = {
    name: (case, reason)
    for attacks in (signature_attacks, key_attacks, enrolment_attacks, list_attacks)
    for name, case, reason in attacks()
}


@pytest.mark.parametrize("case", TRUST_ATTACKS)
def test_attack_on_trust(case: str) -> None:
    (data, at, trust), reason = TRUST_ATTACKS[case]
    assert refusal(data, at, trust).reason is reason


def test_there_are_enough_of_them() -> None:
    assert len(TRUST_ATTACKS) >= 60


def test_untouched_they_are_accepted() -> None:
    """Teeth: the same builders, unchanged, give packages that pass."""
    for build, at in PACKAGES.values():
        read_at(at, build())
    bare = writer.build(
        offices.header(SIBLING, PROVINCE, "report", period=offices.PERIOD),
        signer=SIBLING.secret,
        figures=offices.figures(SIBLING.unit),
    )
    read_at(PROVINCE, with_figures_of(bare.data, SIBLING), TRUST)
    assert read_at(UNION, trust_package(TRUST.rotated(PROVINCE.secret, NEW_ROOT.key), NEW_ROOT).data).trust
