"""Damaged and hostile packages: each is refused with a sentence, none with anything else.

`DAMAGED` needs no key, `FORGED` is rightly signed by somebody who is trusted. Attacks on the rules of trust stand in
`test_packages_trust_attacks`, what the reader accepts in `test_packages_reader`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import container, lines, names, sealing
from congdoan_desktop.packages.refusals import Reason
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
    good,
    plan,
    read_at,
    receipt,
    refusal,
    revision_line,
    trust_package,
    with_file,
    with_sealed,
)

# Damage: no key needed.


def damaged() -> Iterator[tuple[str, bytes]]:
    data = good().data
    for part in range(51):  # keys differ from run to run and with them the length, but the names of the tests may not
        at, where = (len(data) - 1) * part // 50, f"at {part}/50"
        yield f"cut {where}", data[:at]
        yield f"bit {where}", data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        yield f"without the byte {where}", data[:at] + data[at + 1 :]
        yield f"the byte {where} twice", data[: at + 1] + data[at:]
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
    for name in sorted(set(names.LARGEST) - set(entries) - {f"signatures/{n}.p7s" for n in range(1, 10)}):
        yield f"with {name}", container.pack(top, {**entries, name: b"{}"})
    swapped = {**entries, names.FIGURES: entries[names.PDF], names.PDF: entries[names.FIGURES]}
    yield "two files exchanged", container.pack(top, swapped)
    for other_top in (top[:-1] + "2", top.replace("report", "plan"), top.replace("CDX", "CDY")):
        yield f"as {other_top}", container.pack(other_top, entries)


DAMAGED = dict([*damaged(), *repacked()])


@pytest.mark.parametrize("case", DAMAGED)
def test_damage(case: str) -> None:
    refusal(DAMAGED[case])


# Forgery: signed by a key that is trusted, with content that may not be.

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
    refusal(FORGED[case])


def test_there_are_enough_of_them() -> None:
    assert len(set(DAMAGED.values())) + len(set(FORGED.values())) >= 300


def test_untouched_they_are_accepted() -> None:
    """Teeth: the same builders, unchanged, give packages that pass."""
    read_at(PROVINCE, altered(good(), UNION.secret), TRUST)
    read_at(PROVINCE, with_file(good(), UNION.secret, names.FIGURES, canonical(offices.figures())), TRUST)
    opened = lines.join((read_at(PROVINCE, good().data).header.binding(), revision_line(UNION.unit, PERSONAL)))
    read_at(PROVINCE, with_sealed(good(), UNION.secret, opened, PROVINCE), TRUST)


def test_a_seal_is_no_secret_way_in() -> None:
    """Anybody can seal for the province; only the signature says who did."""
    sealed = sealing.seal(b"{}\n", [PROVINCE.age[1]])
    assert refusal(with_file(good(), STRANGER.secret, names.RECORDS, sealed)).reason is Reason.HEADER


# Every bit, every truncation, every lost byte of whole packages.

KINDS: dict[str, tuple[Callable[[], bytes], Member]] = {
    "report": (lambda: good().data, PROVINCE),
    "plan": (lambda: plan().data, UNION),
    "receipt": (lambda: receipt().data, UNION),
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
            refusal(data[: position // 8] + bytes([changed]) + data[position // 8 + 1 :], at)


@pytest.mark.long
def test_every_truncation_and_lost_byte_counts(rounds: Callable[..., int]) -> None:
    count = rounds("kinds of package, every truncation and lost byte", first=1, build=len(KINDS), soak=len(KINDS))
    for name in list(KINDS)[:count]:
        data, at = KINDS[name][0](), KINDS[name][1]
        for length in range(len(data)):
            assert refusal(data[:length], at).reason is Reason.TRUNCATED
            refusal(data[:length] + data[length + 1 :], at)
