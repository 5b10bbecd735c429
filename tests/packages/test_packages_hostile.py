"""Damaged and hostile packages: each is refused with a sentence, none with anything else.

`DAMAGED` needs no key, `FORGED` is rightly signed by somebody who is trusted for something, `TRUST_ATTACKS` plays
against the rules of trust. What the reader accepts of the untouched ones is in `test_packages_reader`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from congdoan_desktop.domain.canonical import canonical, sha256_hex
from congdoan_desktop.packages import container, lines, names, sealing, sshsig, writer
from congdoan_desktop.packages.refusals import PackageRefused, Reason
from congdoan_desktop.packages.trust import FeedMark, TrustList
from tests.packages import offices
from tests.packages.offices import (
    PERSONAL,
    PROVINCE,
    SECOND_CHAIR,
    SIBLING,
    STRANGER,
    TRUST,
    UNION,
    Member,
    altered,
    enrolment,
    forge,
    plan,
    read_at,
    receipt,
    report,
    revision_line,
    trust_package,
    with_file,
    with_sealed,
)

Case = tuple[bytes, Member, TrustList | None]


@cache
def good() -> Any:
    return report()


def refusal(data: bytes, at: Member, trust: TrustList | None) -> Reason:
    with pytest.raises(PackageRefused) as caught:
        read_at(at, data, trust)
    return caught.value.reason


# Damage: no key needed.


def damaged() -> Iterator[tuple[str, bytes]]:
    data = good().data
    steps = range(0, len(data), len(data) // 50)
    for at in steps:
        yield f"cut at {at}", data[:at]
        yield f"bit {at * 8}", data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        yield f"without byte {at}", data[:at] + data[at + 1 :]
        yield f"byte {at} twice", data[: at + 1] + data[at:]
    yield "block of zeros", data[:512] + bytes(512) + data[1024:]
    yield "two blocks exchanged", data[512:1024] + data[:512] + data[1024:]
    yield "backwards", data[::-1]


def repacked() -> Iterator[tuple[str, bytes]]:
    top, entries = container.unpack(good().data)
    other = container.unpack(plan().data)[1]
    for name in entries:
        yield f"without {name}", container.pack(top, {n: c for n, c in entries.items() if n != name})
        yield f"empty {name}", container.pack(top, {**entries, name: b""})
        yield f"longer {name}", container.pack(top, {**entries, name: entries[name] + b"\n"})
        if other.get(name, entries[name]) != entries[name]:
            yield f"{name} of another package", container.pack(top, {**entries, name: other[name]})
    for name in set(names.LARGEST) - set(entries) - {f"signatures/{n}.p7s" for n in range(1, 10)}:
        yield f"with {name}", container.pack(top, {**entries, name: b"{}"})
    swapped = {**entries, names.FIGURES: entries[names.PDF], names.PDF: entries[names.FIGURES]}
    yield "two files exchanged", container.pack(top, swapped)
    for other_top in (top[:-1] + "2", top.replace("report", "plan"), top.replace("CDX", "CDY")):
        yield f"as {other_top}", container.pack(other_top, entries)


DAMAGED = dict([*damaged(), *repacked()])


@pytest.mark.parametrize("case", DAMAGED)
def test_damage(case: str) -> None:
    refusal(DAMAGED[case], PROVINCE, TRUST)


# Forgery: signed by a key that is trusted, with content that may not be.

RECEIPT = receipt()
RAW: dict[str, Any] = json.loads(good().header)
ODD: tuple[object, ...] = (["x"], {"x": "y"}, "\u202ex", -5)
HEADERS: list[dict[str, object]] = [
    *(dict[str, object]({name: ...}) for name in RAW),
    *(dict[str, object]({name: value}) for name in RAW for value in ODD),
    {"format": "2.0"},
    {"kind": "plan"},
    {"realm": "sample"},
    {"seq": 2, "previous": "ab" * 32},
    {"feed": offices.uid(0x999)},
    {"installation": SIBLING.installation},
    {"report_id": "ab" * 32},
    {"report_id": None},
    {"sealed_size": None},
    {"sealed_size": 1},
    {"sealed_size": 10_000_000},
    {"officer": {**RAW["officer"], "key": SECOND_CHAIR.key_id}},
    {"period": None},
    {"period": {**RAW["period"], "ends": "2025-06-29"}},
    {"period": {**RAW["period"], "name": "Quý III/2025"}},
    {"receiver": None},
    {"receiver": {**RAW["receiver"], "unit": SIBLING.unit}},
    {"receiver": {**RAW["receiver"], "name": "Liên đoàn khác"}},
    {"sender": {**RAW["sender"], "unit": SIBLING.unit}},
    {"sender": {**RAW["sender"], "name": "Công đoàn khác"}},
]


def forged_headers() -> Iterator[tuple[str, bytes]]:
    for changes in HEADERS:
        yield f"header {changes}", altered(good(), UNION.secret, **changes)
    spaced = json.dumps(RAW).encode()
    for text in (b"", b"{}", b"[]", b"null", spaced, good().header + b"\n", b"\xff", b"[" * 60_000, b"9" * 5000):
        files = {**offices.payload(good().data), names.HEADER: text}
        yield f"header file {text[:9]!r}", forge(good().file_name.removesuffix(".cdpkg"), files, UNION.secret)


def forged_files() -> Iterator[tuple[str, bytes]]:
    figures = offices.figures()
    row = figures["figures"][0]
    wrong: list[dict[str, object]] = [
        {"unit": SIBLING.unit}, {"starts": "2025-01-01"}, {"ends": "2025-12-31"}, {"schema": 2}, {"schema": "1"},
        {"figures": [row, row]}, {"figures": [{**row, "numerator": None}]}, {"figures": [{**row, "percent": 85}]},
        {"figures": {}}, {"campaign": ""},
    ]  # fmt: skip
    for changes in wrong:
        yield f"figures {changes}", with_file(good(), UNION.secret, names.FIGURES, canonical({**figures, **changes}))
    for text in (b"", b"[]", b"{}", b"{", b"1.5", b"[" * 60_000, json.dumps(figures).encode()):
        yield f"figures file {text[:9]!r}", with_file(good(), UNION.secret, names.FIGURES, text)
    yield "no figures", with_file(good(), UNION.secret, names.FIGURES, None)
    for name in (names.ENROLMENT_BODY, names.TRUST_BODY, names.PROGRAM, names.UPDATE_BODY):
        yield f"report with {name}", with_file(good(), UNION.secret, name, TRUST.to_bytes())


def forged_records() -> Iterator[tuple[str, bytes]]:
    """Sealed content that is not what it must be; the seal itself is right."""
    binding = read_at(PROVINCE, good().data).header.binding()
    line = revision_line(UNION.unit, PERSONAL)
    contents: dict[str, tuple[Any, ...]] = {
        "binding twice": (binding, binding),
        "binding last": (line, binding),
        "binding of nobody": ({"line": "binding"},),
        "binding with more": ({**binding, "x": 1},),
        "a receipt in a report": (binding, offices.receipt_of("cd" * 32).line()),
        "someone else's personal part": (binding, {**line, "personal": {"name": "Trần Văn B"}}),
        "no personal part to its salt": (binding, {**line, "personal": None}),
        "a line without its kind": (binding, {"x": 1}),
    }
    for name in binding:
        contents[f"binding without {name}"] = ({n: v for n, v in binding.items() if n != name}, line)
        contents[f"binding with another {name}"] = ({**binding, name: "other"}, line)
    for name, content in contents.items():
        yield name, with_sealed(good(), UNION.secret, lines.join(content), PROVINCE)
    opened = lines.join((binding, line))
    texts = {
        "nothing": b"",
        "no end of line": opened[:-1],
        "blank line": opened + b"\n",
        "CRLF": opened.replace(b"\n", b"\r\n"),
        "text": opened + b"Nguyen Van A\n",
        "spaces": opened.replace(b'":', b'": '),
        "deep": opened + b"[" * 60_000 + b"\n",
        "not UTF-8": opened + b"\xff\n",
    }
    for name, raw in texts.items():
        yield f"lines: {name}", with_sealed(good(), UNION.secret, raw, PROVINCE)
    yield "smaller than stated", with_sealed(good(), UNION.secret, opened, PROVINCE, size=len(opened) + 1)
    yield "larger than stated", with_sealed(good(), UNION.secret, opened, PROVINCE, size=len(opened) - 1)
    yield "bomb", with_sealed(good(), UNION.secret, opened + bytes(50_000_000), PROVINCE, size=len(opened))
    yield "sealed for another", with_sealed(good(), UNION.secret, opened, SIBLING)
    yield "not sealed at all", with_file(good(), UNION.secret, names.RECORDS, opened)
    yield "seal without content", with_file(good(), UNION.secret, names.RECORDS, b"age-encryption.org/v1\n")


FORGED = dict([*forged_headers(), *forged_files(), *forged_records()])


@pytest.mark.parametrize("case", FORGED)
def test_forgery(case: str) -> None:
    refusal(FORGED[case], PROVINCE, TRUST)


# Attacks on trust.

PACKAGES: dict[str, tuple[Callable[[], bytes], Member]] = {
    "report": (lambda: good().data, PROVINCE),
    "plan": (lambda: plan().data, UNION),
    "receipt": (lambda: RECEIPT.data, UNION),
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
    assert refusal(data, at, trust) is reason


def test_there_are_enough_of_them() -> None:
    assert len(set(DAMAGED.values())) + len(set(FORGED.values())) + len(TRUST_ATTACKS) >= 300
    assert len(TRUST_ATTACKS) >= 60


def test_untouched_they_are_accepted() -> None:
    """Teeth: the same builders, unchanged, give packages that pass."""
    read_at(PROVINCE, altered(good(), UNION.secret), TRUST)
    read_at(PROVINCE, with_file(good(), UNION.secret, names.FIGURES, canonical(offices.figures())), TRUST)
    opened = lines.join((read_at(PROVINCE, good().data).header.binding(), revision_line(UNION.unit, PERSONAL)))
    read_at(PROVINCE, with_sealed(good(), UNION.secret, opened, PROVINCE), TRUST)
    bare = writer.build(
        offices.header(SIBLING, PROVINCE, "report", period=offices.PERIOD),
        signer=SIBLING.secret,
        figures=offices.figures(SIBLING.unit),
    )
    read_at(PROVINCE, with_figures_of(bare.data, SIBLING), TRUST)
    assert read_at(UNION, trust_package(TRUST.rotated(PROVINCE.secret, NEW_ROOT.key), NEW_ROOT).data).trust


def test_a_seal_is_no_secret_way_in() -> None:
    """Anybody can seal for the province; only the signature says who did."""
    sealed = sealing.seal(b"{}\n", [PROVINCE.age[1]])
    assert refusal(with_file(good(), THIEF.secret, names.RECORDS, sealed), PROVINCE, TRUST) is Reason.HEADER


# Every bit, every truncation, every lost byte of whole packages.

KINDS: dict[str, tuple[Callable[[], bytes], Member]] = {
    **PACKAGES,
    "enrolment": (lambda: enrolment().data, PROVINCE),
    "trust": (lambda: trust_package().data, UNION),
}


@pytest.mark.long
def test_every_bit_of_a_package_counts(rounds: Callable[..., int]) -> None:
    count = rounds("kinds of package, every bit", first=1, build=1, soak=len(KINDS))
    for name in list(KINDS)[:count]:
        data, at = KINDS[name][0](), KINDS[name][1]
        for position in range(len(data) * 8):
            changed = data[position // 8] ^ 1 << position % 8
            refusal(data[: position // 8] + bytes([changed]) + data[position // 8 + 1 :], at, TRUST)


@pytest.mark.long
def test_every_truncation_and_lost_byte_counts(rounds: Callable[..., int]) -> None:
    count = rounds("kinds of package, every truncation and lost byte", first=1, build=len(KINDS), soak=len(KINDS))
    for name in list(KINDS)[:count]:
        data, at = KINDS[name][0](), KINDS[name][1]
        for length in range(len(data)):
            assert refusal(data[:length], at, TRUST) is Reason.TRUNCATED
            refusal(data[:length] + data[length + 1 :], at, TRUST)
