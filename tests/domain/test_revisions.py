"""The winner rule: a record's state is a function of the set of its revisions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.revisions import (
    Beginnings,
    History,
    Known,
    Revision,
    State,
    carried_revision,
    generation_after,
    kept_revision,
    personal_hash,
    revision_of,
    settle,
)

ROOT = Revision(
    record="01900000-0000-7000-8000-000000000001",
    type="activity",
    v=1,
    unit="unit-a",
    author="officer-a",
    installation="laptop-a",
    parents=(),
    generation=1,
    at="2024-07-22T08:00:00+07:00",
    clock_suspect=False,
    deleted=False,
    erases=False,
    facts={"participants": 1},
    personal_hash=None,
)


def child(*parents: Revision, **changes: Any) -> Revision:
    made = {"facts": {"participants": generation_after(parents)}, "installation": parents[0].installation, **changes}
    return replace(ROOT, parents=tuple(p.hash for p in parents), **{"generation": generation_after(parents), **made})


def root(number: int) -> Revision:
    return replace(ROOT, facts={"participants": number})


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dictionaries(st.sampled_from(("facts", "unit", "ô")), st.text('ab\0"\\é')),
)
def test_a_first_revision_among_many_is_the_same_to_the_byte(unit: str, facts: dict[str, Any]) -> None:
    alone = replace(ROOT, unit=unit, facts=facts)
    names = ("type", "v", "author", "installation", "at", "clock_suspect")
    shared = Beginnings(**{name: getattr(ROOT, name) for name in names})
    among = shared.revision(ROOT.record, unit, facts, None)
    assert (among, among.body, among.hash) == (alone, alone.body, alone.hash)


@given(st.lists(st.text(max_size=3), max_size=3), st.none() | st.just("ab" * 32))
def test_what_was_kept_is_read_as_it_was_written(parents: list[str], told: str | None) -> None:
    written = replace(ROOT, parents=tuple(parents), personal_hash=told)
    kept = kept_revision(written.body, written.hash)
    assert (kept, kept.body, kept.hash) == (written, written.body, written.hash)


def states_of(history: History, *revisions: Revision) -> list[State]:
    return [history.states[revision.hash] for revision in revisions]


@st.composite
def families(draw: st.DrawFn) -> list[Revision]:
    """Revisions of one record: forks, merges, wrong generations, erasures, deletions, and some that never arrived."""
    made = [root(0)]
    for number in range(1, draw(st.integers(1, 9))):
        chosen = draw(st.lists(st.sampled_from(made), max_size=3, unique_by=lambda r: r.hash))
        lie = draw(st.sampled_from((0, 0, 0, 0, 1, -1)))
        made.append(
            replace(
                ROOT,
                parents=tuple(parent.hash for parent in chosen),
                generation=max(1, generation_after(chosen) + lie),
                facts={"participants": number},
                deleted=draw(st.booleans()),
                erases=draw(st.booleans()),
                installation=draw(st.sampled_from(("laptop-a", "laptop-b", "stranger"))),
            )
        )
    return [revision for revision in made if draw(st.integers(0, 9))]


def no_strangers(revision: Revision, known: Known) -> str | None:
    assert all(parent in known for parent in revision.parents)
    return "người lạ" if revision.installation == "stranger" else None


@given(families(), st.data())
def test_order_and_repetition_change_nothing(family: list[Revision], data: st.DataObject) -> None:
    withdrawn = frozenset(revision.hash for revision in family if data.draw(st.integers(0, 4)) == 0)
    other = data.draw(st.permutations([*family, *family]))
    first = settle(family, judge=no_strangers, withdrawn=withdrawn)
    second = settle(other, judge=no_strangers, withdrawn=withdrawn)
    assert first == second


@given(families())
def test_every_revision_has_a_state_and_what_is_not_accepted_has_a_reason(family: list[Revision]) -> None:
    history = settle(family, judge=no_strangers)
    assert set(history.states) == {revision.hash for revision in family}
    doubtful = {hash_ for hash_, state in history.states.items() if state is not State.ACCEPTED}
    assert doubtful == set(history.reasons)


@given(families())
def test_winner_is_the_highest_generation_then_the_highest_hash(family: list[Revision]) -> None:
    history = settle(family, judge=no_strangers)
    accepted = [r for r in family if history.states[r.hash] is State.ACCEPTED]
    expected = max(accepted, key=lambda r: (r.generation, r.hash), default=None)
    assert history.winner == expected
    assert history.heads[:1] == ((expected,) if expected else ())


@given(families(), st.data())
def test_what_arrives_late_heals(family: list[Revision], data: st.DataObject) -> None:
    late = data.draw(st.sampled_from(family)) if family else None
    early = settle([revision for revision in family if revision != late], judge=no_strangers)
    pending = [hash_ for hash_, state in early.states.items() if state is State.PENDING]
    whole = settle(family, judge=no_strangers)
    known = {revision.hash for revision in family}
    healed = {r.hash for r in family if r.hash in pending and whole.states[r.hash] is not State.PENDING}
    assert all(late is not None and late.hash in ancestors(h, family) for h in healed)
    if all(parent in known for revision in family for parent in revision.parents):
        assert State.PENDING not in whole.states.values()


def ancestors(hash_: str, family: list[Revision]) -> set[str]:
    parents = {revision.hash: set(revision.parents) for revision in family}
    found: set[str] = set()
    todo = [hash_]
    while todo:
        new = parents.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


def test_nothing_known_has_no_winner() -> None:
    assert settle([]).winner is None


def test_two_heads_are_a_conflict_and_a_child_of_both_settles_it() -> None:
    base = root(0)
    left, right = child(base, author="x"), child(base, author="y")
    history = settle([base, left, right])
    assert history.conflict
    assert sorted(history.heads, key=lambda r: r.hash) == sorted((left, right), key=lambda r: r.hash)
    settled = settle([base, left, right, child(*history.heads)])
    assert not settled.conflict
    assert settled.winner == child(*history.heads)


def test_time_never_decides() -> None:
    base = root(0)
    early, late = child(base, at="1970-01-01T00:00:00+07:00"), child(base, at="2099-01-01T00:00:00+07:00")
    winner = settle([base, early, late]).winner
    assert winner is not None
    assert winner.hash == max(early.hash, late.hash)


def test_a_higher_generation_beats_a_higher_hash() -> None:
    base = root(0)
    short = max((child(base, author=str(n)) for n in range(20)), key=lambda r: r.hash)
    long = child(child(base, author="a"), author="b")
    assert settle([base, short, child(base, author="a"), long]).winner == long


WRONG = {
    "too high": lambda base: replace(child(base), generation=3),
    "too low": lambda base: replace(child(base), generation=1),
    "first, but of generation 2": lambda base: replace(root(7), generation=2),
    "the same parent twice": lambda base: replace(child(base), parents=(base.hash, base.hash)),
    "another type": lambda base: child(base, type="support"),
    "another record": lambda base: child(base, record="01900000-0000-7000-8000-000000000002"),
}


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG.keys())
def test_wrong_revisions_are_quarantined_with_all_that_follows(make: Any) -> None:
    base = root(0)
    wrong = make(base)
    after = replace(child(wrong), record=wrong.record, type=wrong.type)
    history = settle([after, wrong, base])
    assert states_of(history, wrong, after) == [State.QUARANTINED, State.QUARANTINED]
    assert history.winner == base


def test_the_child_of_a_pending_revision_waits_too() -> None:
    missing = child(root(0))
    waiting = child(missing)
    after = child(waiting)
    assert states_of(settle([waiting, after]), waiting, after) == [State.PENDING, State.PENDING]
    assert settle([root(0), missing, waiting, after]).winner == after


def test_the_judge_is_asked_and_its_reason_kept() -> None:
    stranger = child(root(0), installation="stranger")
    history = settle([root(0), stranger], judge=no_strangers)
    assert history.reasons == {stranger.hash: "người lạ"}
    assert history.winner == root(0)


def test_a_withdrawn_revision_counts_no_more() -> None:
    base, foreign = root(0), child(root(0))
    history = settle([base, foreign], withdrawn=frozenset({foreign.hash}))
    assert states_of(history, base, foreign) == [State.ACCEPTED, State.WITHDRAWN]
    assert history.winner == base
    assert not history.conflict


def test_what_was_built_on_a_withdrawn_revision_is_a_conflict_until_a_person_weighs_it() -> None:
    base, foreign = root(0), child(root(0))
    ours = child(foreign, author="ours")
    later = child(ours)
    gone = frozenset({foreign.hash})
    history = settle([base, foreign, ours, later], withdrawn=gone)
    assert history.winner == later
    assert history.conflict
    assert history.unsettled == (foreign,)
    weighed = child(*history.heads, *history.unsettled)
    again = settle([base, foreign, ours, later, weighed], withdrawn=gone)
    assert again.winner == weighed
    assert not again.conflict


def test_a_merge_from_before_the_withdrawal_does_not_settle_it() -> None:
    base = root(0)
    foreign, ours = child(base, author="foreign"), child(base, author="ours")
    merge = child(foreign, ours)
    assert settle([base, foreign, ours, merge], withdrawn=frozenset({foreign.hash})).conflict


def test_an_erasure_covers_all_but_what_was_written_knowing_of_it() -> None:
    base = root(0)
    copy, erasure = child(base, author="elsewhere"), child(base, erases=True, facts={})
    after = child(erasure, author="after")
    history = settle([base, copy, erasure, after])
    assert history.erased == {base.hash, copy.hash, erasure.hash}


def test_an_erasure_covers_refused_copies() -> None:
    base, erasure = root(0), child(root(0), erases=True)
    refused = child(base, installation="stranger")
    assert refused.hash in settle([base, erasure, refused], judge=no_strangers).erased


def test_a_refused_erasure_erases_nothing() -> None:
    erasure = child(root(0), erases=True, installation="stranger")
    assert settle([root(0), erasure], judge=no_strangers).erased == frozenset()


def test_what_may_have_known_of_the_erasure_is_left_until_its_ancestors_arrive() -> None:
    base, erasure = root(0), child(root(0), erases=True)
    between = child(erasure)
    late = child(between, author="late")
    assert late.hash not in settle([base, erasure, late]).erased
    assert late.hash not in settle([base, erasure, between, late]).erased


def test_of_two_erasures_each_covers_what_knew_only_of_the_other() -> None:
    base = root(0)
    one, two = child(base, erases=True, author="1"), child(base, erases=True, author="2")
    knows_one, knows_both = child(one, author="3"), child(one, two, author="4")
    erased = settle([base, one, two, knows_one, knows_both]).erased
    assert knows_one.hash in erased
    assert knows_both.hash not in erased


def test_the_bytes_are_the_revision() -> None:
    revision = child(root(0), erases=True, facts={"title": "Bữa cơm Công đoàn"})
    assert revision_of(revision.body) == revision
    assert revision_of(revision.body).hash == revision.hash
    carried = carried_revision(revision.body, json.loads(revision.body))
    assert (carried, carried.body, carried.hash) == (revision, revision.body, revision.hash)


def test_the_personal_part_is_hashed_with_its_salt() -> None:
    part = {"name": "Lò Thị Ương"}
    assert personal_hash(b"a" * 16, part) != personal_hash(b"b" * 16, part)
    assert personal_hash(b"a" * 16, part) == personal_hash(b"a" * 16, dict(part))


def changed(**changes: Any) -> bytes:
    return canonical({**json.loads(ROOT.body), **changes})


def without(name: str) -> bytes:
    raw = json.loads(ROOT.body)
    del raw[name]
    return canonical(raw)


NOT_REVISIONS = {
    "nothing": b"",
    "not JSON": b"{",
    "not UTF-8": b"\xff\xfe",
    "a list": b"[]",
    "one field less": without("author"),
    "one field more": changed(extra=1),
    "spaces": ROOT.body.replace(b":", b": ", 1),
    "a repeated key": ROOT.body[:-1] + b',"v":1}',
    "version as text": changed(v="1"),
    "version as a truth": changed(v=True),
    "version 0": changed(v=0),
    "generation 0": changed(generation=0),
    "generation below": changed(generation=-3),
    "deleted as a number": changed(deleted=0),
    "facts as a list": changed(facts=[]),
    "facts as nothing": changed(facts=None),
    "parents as text": changed(parents="abc"),
    "parents as numbers": changed(parents=[1]),
    "hash as a number": changed(personal_hash=1),
    "a fraction": ROOT.body.replace(b'"participants":1', b'"participants":1.5'),
    "not a number": ROOT.body.replace(b'"participants":1', b'"participants":NaN'),
    "a number that never ends": ROOT.body.replace(b'"participants":1', b'"participants":' + b"9" * 5000),
    "half a letter": ROOT.body.replace(b'"participants":1', b'"participants":"\\ud800"'),
    "too deep": ROOT.body.replace(b'"participants":1', b'"participants":' + b"[" * 90 + b"]" * 90),
    "deep enough for a stack overflow": b"[" * 100_000,
}


@pytest.mark.parametrize("body", NOT_REVISIONS.values(), ids=NOT_REVISIONS.keys())
def test_bytes_that_are_no_revision(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        revision_of(body)
