"""The trust list, and which list and key count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import sshsig
from congdoan_desktop.packages.acceptance import accept_first, accept_next, check_direction, key_for, signers
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason
from congdoan_desktop.packages.trust import FeedMark, KeyEntry, Recovery, Rotation, TrustList, UnitEntry, rotate
from congdoan_desktop.packages.words import words_of
from tests.packages.offices import (
    PERIOD,
    PRACTICE,
    PROVINCE,
    SECOND_CHAIR,
    SIBLING,
    STRANGER,
    TRUST,
    UNION,
    Member,
    header,
    uid,
)

RAW: dict[str, Any] = json.loads(TRUST.to_bytes())
WORDS = " ".join(words_of(TRUST.root_digest))
NEW_ROOT = replace(PROVINCE, secret=sshsig.new_secret())
THIEF = replace(PROVINCE, secret=sshsig.new_secret())


@contextmanager
def refused(reason: Reason) -> Iterator[None]:
    with pytest.raises(PackageRefused) as caught:
        yield
    assert caught.value.reason is reason


def raw_with(**changes: object) -> bytes:
    return canonical({name: value for name, value in {**RAW, **changes}.items() if value is not ...})


def key_with(**changes: object) -> list[object]:
    return [{**RAW["keys"][0], **changes}, *RAW["keys"][1:]]


FULL = replace(
    TRUST.revoke(SECOND_CHAIR.key_id, (FeedMark(UNION.feed, 7),)).rotated(PROVINCE.secret, NEW_ROOT.key),
    recovery=(Recovery(UNION.unit, UNION.age[1]),),
)


@pytest.mark.parametrize("made", [TRUST, FULL], ids=["plain", "full"])
def test_what_is_written_is_read(made: TrustList) -> None:
    assert TrustList.from_bytes(made.to_bytes()) == made


def test_fields_of_a_later_minor_version_are_kept() -> None:
    later = raw_with(colour=1)
    assert TrustList.from_bytes(later).to_bytes() == later


def test_a_newer_schema_asks_for_a_newer_program() -> None:
    with refused(Reason.NEWER):
        TrustList.from_bytes(raw_with(schema=2))


@pytest.mark.parametrize("name", sorted(RAW))
def test_every_field_is_needed(name: str) -> None:
    with pytest.raises(Malformed):
        TrustList.from_bytes(raw_with(**{name: ...}))


WRONG: list[dict[str, object]] = [
    {"realm": "sample"},
    {"version": 0},
    {"version": "3"},
    {"root": STRANGER.key.signing},
    {"root": "ssh-rsa AAAA"},
    {"root_unit": UNION.unit},
    {"units": RAW["units"] * 2},
    {"units": RAW["units"][1:]},
    {"units": [{**RAW["units"][0], "parent": uid(99)}, *RAW["units"][1:]]},
    {"units": [{**RAW["units"][0], "colour": 1}, *RAW["units"][1:]]},
    {"units": [{**RAW["units"][0], "code": "x y"}, *RAW["units"][1:]]},
    {"keys": []},
    {"keys": RAW["keys"][1:]},
    {"keys": [*RAW["keys"], RAW["keys"][1]]},
    {"keys": key_with(key_id="ab" * 32)},
    {"keys": key_with(realm="sample")},
    {"keys": key_with(age="age1" + "q" * 58)},
    {"keys": key_with(signing="ssh-ed25519 AAAA")},
    {"keys": key_with(unit=uid(99))},
    {"keys": key_with(revoked_from=[])},
    {"keys": key_with(revoked_from=3)},
    {"keys": key_with(revoked_from=[{"feed": UNION.feed, "seq": 0}])},
    {"keys": key_with(colour=1)},
    {"recovery": [{"unit": uid(99), "recipient": UNION.age[1]}]},
    {"recovery": [{"unit": UNION.unit, "recipient": "x"}]},
    {"rotations": [{"before": TRUST.root, "after": TRUST.root, "signature": ""}]},
    {"rotations": {}},
]


@pytest.mark.parametrize("changes", WRONG)
def test_what_a_list_may_not_say(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        TrustList.from_bytes(raw_with(**changes))


def test_the_unchanged_list_is_read() -> None:
    """Teeth of the table above."""
    assert TrustList.from_bytes(raw_with()) == TRUST


def test_units_and_keys_are_found() -> None:
    assert TRUST.unit(UNION.unit) == UNION.entry
    assert TRUST.unit(STRANGER.unit) is None
    assert TRUST.key(UNION.public) == UNION.key
    assert TRUST.key(STRANGER.public) is None
    assert list(TRUST.above(UNION.unit)) == [PROVINCE.unit]
    assert list(TRUST.above(STRANGER.unit)) == []


def test_a_circle_of_units_ends() -> None:
    circle = (UnitEntry(PROVINCE.unit, "A", "A", UNION.unit), UnitEntry(UNION.unit, "B", "B", PROVINCE.unit))
    around = replace(TRUST, units=circle, keys=(PROVINCE.key, UNION.key))
    assert list(around.above(UNION.unit)) == [PROVINCE.unit]


def test_recipients_are_the_active_keys_and_the_recovery_sheet() -> None:
    recovery = Member(20, "X", "X").age[1]
    known = TRUST.with_unit(UNION.entry, (), recovery)
    assert set(known.recipients(UNION.unit)) == {UNION.age[1], SECOND_CHAIR.age[1], recovery}
    without = known.revoke(SECOND_CHAIR.key_id, ())
    assert set(without.recipients(UNION.unit)) == {UNION.age[1], recovery}
    assert without.recipients(STRANGER.unit) == ()


def test_a_computer_stays_its_unions_when_its_key_is_revoked() -> None:
    known = TRUST.installations
    assert known[UNION.key.installation] == UNION.unit
    assert known[PROVINCE.key.installation] == PROVINCE.unit
    assert TRUST.revoke(UNION.key_id, ()).installations == known


def test_a_unit_enrolled_again_keeps_its_first_entry_of_a_key() -> None:
    revoked = TRUST.revoke(UNION.key_id, ())
    again = revoked.with_unit(replace(UNION.entry, name="Tên mới"), (UNION.key,))
    assert again.key(UNION.public) == replace(UNION.key, revoked_from=())
    assert again.unit(UNION.unit) == replace(UNION.entry, name="Tên mới")
    assert again.version == TRUST.version + 2


def test_the_root_cannot_be_revoked() -> None:
    with pytest.raises(Malformed):
        TRUST.revoke(PROVINCE.key_id, ())


# Which list is taken on.


def test_first_list_on_the_words_of_its_root() -> None:
    assert accept_first(TRUST, WORDS.upper(), "real") is TRUST
    with refused(Reason.TRUST_WORDS):
        accept_first(TRUST, " ".join(words_of(bytes(32))), "real")
    with refused(Reason.REALM):
        accept_first(TRUST, WORDS, "sample")


def test_next_list_grows() -> None:
    newer = TRUST.with_unit(STRANGER.entry, (STRANGER.key,))
    assert accept_next(TRUST, newer) is newer
    assert accept_next(newer, newer) is newer


def test_fast_forward_is_the_roots_own_affair() -> None:
    far = replace(TRUST, version=2**53 - 1)
    assert accept_next(TRUST, far) is far


def test_an_older_list_is_refused() -> None:
    with refused(Reason.TRUST_OLDER):
        accept_next(TRUST, replace(TRUST, version=2))


def test_the_same_version_with_other_content_is_an_alarm() -> None:
    with refused(Reason.TRUST_FORK):
        accept_next(TRUST, replace(TRUST, keys=TRUST.keys[:-1]))


def usurped(**changes: Any) -> TrustList:
    """A list under a root that the thief made up."""
    return replace(TRUST, version=9, root=THIEF.key.signing, keys=(*TRUST.keys, THIEF.key), **changes)


@pytest.mark.parametrize(
    "new",
    [
        usurped(),
        replace(TRUST, version=9, root_unit=UNION.unit, root=UNION.key.signing),
        usurped(rotations=(Rotation(PROVINCE.key.signing, THIEF.key.signing, "none"),)),
        usurped(
            rotations=(replace(TRUST.rotated(PROVINCE.secret, NEW_ROOT.key).rotations[0], after=THIEF.key.signing),)
        ),
        usurped(
            rotations=(
                replace(
                    usurped().rotated(THIEF.secret, NEW_ROOT.key).rotations[0],
                    before=PROVINCE.key.signing,
                    after=THIEF.key.signing,
                ),
            )
        ),
        usurped(rotations=TRUST.rotated(PROVINCE.secret, NEW_ROOT.key).rotations),
    ],
)
def test_another_root_is_refused(new: TrustList) -> None:
    with refused(Reason.TRUST_ROOT):
        accept_next(TRUST, new)


def test_a_word_for_the_sample_realm_is_none_for_the_real_one() -> None:
    word = TRUST.rotated(PROVINCE.secret, NEW_ROOT.key).rotations[0]
    assert word.holds("real")
    assert not word.holds("sample")


def test_the_old_root_names_the_new_also_over_lost_versions() -> None:
    third = replace(PROVINCE, secret=sshsig.new_secret())
    later = TRUST.rotated(PROVINCE.secret, NEW_ROOT.key).rotated(NEW_ROOT.secret, third.key)
    assert accept_next(TRUST, later).root == third.key.signing
    with refused(Reason.TRUST_ROOT):
        accept_next(later, replace(TRUST, version=99))  # the old root has no say any more


def test_who_was_appointed_may_take_the_roots_place() -> None:
    appointed = replace(TRUST, keys=(*TRUST.keys, NEW_ROOT.key)).appointing(PROVINCE.secret, [NEW_ROOT.key])
    (mandate,) = appointed.holders
    taken = appointed.taken_by(mandate)
    accept_next(appointed, taken)
    assert taken.root == NEW_ROOT.key.signing
    assert taken.holders == ()
    with refused(Reason.TRUST_ROOT):
        accept_next(
            appointed, appointed.taken_by(rotate(THIEF.secret, sshsig.public_of_line(NEW_ROOT.key.signing), "real"))
        )


def test_another_realm_is_refused() -> None:
    sample = TrustList.first(PRACTICE.entry, PRACTICE.key)
    with refused(Reason.REALM):
        accept_next(TRUST, replace(sample, version=9))


# Which key counts.


def report(sender: Member = UNION, **changes: Any) -> Header:
    return header(sender, PROVINCE, "report", period=PERIOD, **changes)


def test_a_known_key_of_the_sender_counts() -> None:
    assert signers(TRUST, report(), (UNION.public, SECOND_CHAIR.public)) == (UNION.key, SECOND_CHAIR.key)


def with_key(key: KeyEntry) -> TrustList:
    return replace(TRUST, keys=tuple(key if k.key_id == key.key_id else k for k in TRUST.keys))


MARKED = with_key(replace(UNION.key, revoked_from=(FeedMark(UNION.feed, 4),)))
CASES: list[tuple[str, TrustList, Header, bytes, Reason | None]] = [
    ("unknown", TRUST, report(), STRANGER.public, Reason.UNKNOWN_KEY),
    ("of another unit", TRUST, report(), SIBLING.public, Reason.WRONG_UNIT),
    ("revoked altogether", with_key(replace(UNION.key, revoked_from=())), report(), UNION.public, Reason.REVOKED),
    ("before the mark", MARKED, report(seq=3, previous="ab" * 32), UNION.public, None),
    ("at the mark", MARKED, report(seq=4, previous="ab" * 32), UNION.public, Reason.REVOKED),
    ("after the mark", MARKED, report(seq=5, previous="ab" * 32), UNION.public, Reason.REVOKED),
    ("in a feed of his own", MARKED, report(feed=uid(0x777)), UNION.public, Reason.REVOKED),
    ("only looks", with_key(replace(UNION.key, role="viewer")), report(), UNION.public, Reason.WRONG_ROLE),
    ("unknown role", with_key(replace(UNION.key, role="admin")), report(), UNION.public, Reason.WRONG_ROLE),
    ("an officer", with_key(replace(UNION.key, role="officer")), report(), UNION.public, None),
]


@pytest.mark.parametrize(("trust", "made", "public", "reason"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_keys(trust: TrustList, made: Header, public: bytes, reason: Reason | None) -> None:
    if reason is None:
        assert key_for(trust, public, made).unit == made.sender.unit
    else:
        with refused(reason):
            key_for(trust, public, made)


def test_a_key_of_another_installation_is_refused() -> None:
    with refused(Reason.WRONG_UNIT):
        signers(TRUST, report(installation=uid(0x999)), (UNION.public,))


@pytest.mark.parametrize("kind", ["trust", "update"])
def test_only_the_root_signs_trust_and_programs(kind: str) -> None:
    second = replace(PROVINCE, secret=sshsig.new_secret())
    trust = TRUST.with_unit(PROVINCE.entry, (second.key,))
    made = header(PROVINCE, None, kind)
    assert signers(trust, made, (PROVINCE.public,))
    with refused(Reason.WRONG_ROLE):
        signers(trust, made, (second.public,))


BELOW = replace(STRANGER, parent=UNION.unit)
DEEP = TRUST.with_unit(BELOW.entry, (BELOW.key,))
DIRECTIONS = [
    (PROVINCE, "plan", UNION, True),
    (PROVINCE, "plan", BELOW, True),
    (PROVINCE, "receipt", UNION, True),
    (PROVINCE, "exchange", UNION, True),
    (PROVINCE, "update", UNION, True),
    (UNION, "report", PROVINCE, True),
    (BELOW, "report", PROVINCE, True),
    (UNION, "cascade", PROVINCE, True),
    (UNION, "exchange", UNION, True),
    (SIBLING, "plan", UNION, False),
    (UNION, "plan", UNION, False),
    (UNION, "plan", PROVINCE, False),
    (SIBLING, "receipt", UNION, False),
    (UNION, "receipt", PROVINCE, False),
    (SIBLING, "exchange", UNION, False),
    (UNION, "exchange", PROVINCE, False),
    (SIBLING, "report", UNION, False),
    (PROVINCE, "report", UNION, False),
    (UNION, "report", UNION, False),
    (SIBLING, "cascade", UNION, False),
    (BELOW, "report", SIBLING, False),
]


@pytest.mark.parametrize(("sender", "kind", "at", "good"), DIRECTIONS)
def test_directions(sender: Member, kind: str, at: Member, good: bool) -> None:
    changes: dict[str, Any] = {"period": PERIOD, "about": "cd" * 32}
    made = header(sender, at, kind, **changes)
    if good:
        check_direction(DEEP, made, at.unit)
    else:
        with refused(Reason.DIRECTION):
            check_direction(DEEP, made, at.unit)
