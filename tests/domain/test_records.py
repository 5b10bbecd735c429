"""Records into facts and personal part and back, whatever they hold; every body version ever written stays readable."""

from __future__ import annotations

import hashlib
import json
import typing
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.bodies import CURRENT, facts_now, is_readable
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.canonical import LARGEST_INTEGER, canonical
from congdoan_desktop.domain.records import Record, carried, field_types, join, split
from congdoan_desktop.domain.revisions import Beginnings, personal_hash, revision_of
from congdoan_desktop.storage.begun import begin
from congdoan_desktop.storage.projections import KINDS, row_of

BODIES = Path(__file__).resolve().parent.parent / "data" / "bodies"

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
BASIC: dict[Any, st.SearchStrategy[Any]] = {
    str: text,
    int: st.integers(-LARGEST_INTEGER, LARGEST_INTEGER),
    bool: st.booleans(),
    date: st.dates(),
}


def made_of(hint: Any) -> st.SearchStrategy[Any]:
    if hint in BASIC:
        return BASIC[hint]
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return st.lists(made_of(arguments[0]), max_size=3).map(tuple)
    if type(None) in arguments:
        return st.none() | made_of(next(a for a in arguments if a is not type(None)))
    return st.builds(hint, **{name: made_of(inner) for name, inner in field_types(hint).items()})


records = st.sampled_from(list(KINDS.values())).flatmap(made_of)


@given(records)
def test_there_and_back(record: Record) -> None:
    facts, personal = split(record)
    travelled = json.loads(canonical({"facts": facts, "personal": personal}))
    assert join(type(record), record.unit, travelled["facts"], travelled["personal"]) == record


@given(st.sampled_from(list(KINDS.values())).flatmap(lambda kind: st.lists(made_of(kind), min_size=1, max_size=4)))
def test_records_begun_together_are_as_begun_one_by_one(some: list[Record]) -> None:
    kind = type(some[0])
    shared = Beginnings(type=kind.TYPE, v=1, author="a", installation="i", at="2026-01-01", clock_suspect=False)
    ids = [f"r{number}" for number, _ in enumerate(some)]
    begun = begin(some, ids, shared)
    for number, record in enumerate(some):
        facts, personal = split(record)
        salt, data = begun.parts[number] or (b"", b"{}")
        assert json.loads(data) == json.loads(canonical(personal))
        told = personal_hash(salt, personal) if personal else None
        alone = shared.revision(ids[number], record.unit, facts, told)
        assert (begun.bodies[number], begun.hashes[number]) == (alone.body, alone.hash)
        assert dict(zip(begun.columns, begun.rows[number], strict=True)) == row_of(record, alone)


@given(records)
def test_personal_fields_stand_in_the_personal_part_alone(record: Record) -> None:
    facts, personal = split(record)
    assert not facts.keys() & record.PERSONAL
    assert personal.keys() <= record.PERSONAL
    assert "unit" not in {*facts, *personal}


@given(records)
def test_without_its_personal_part_a_record_still_shows_its_facts(record: Record) -> None:
    facts, _ = split(record)
    bare = join(type(record), record.unit, facts, None)
    assert split(bare)[0] == facts
    assert split(bare)[1] == {}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_personal_field_can_be_missing(kind: type[Any]) -> None:
    for field in fields(kind):
        if field.name in kind.PERSONAL:
            assert field.default in ("", None, ()), field.name


def test_every_record_type_has_a_body_version() -> None:
    assert set(CURRENT) == set(KINDS)


ACTIVITY = Activity("u", None, "the_thao", date(2024, 7, 22), date(2024, 7, 22), 3, 1, 0, None, True, "Giải cầu lông")


def test_the_personal_part_cannot_overwrite_facts() -> None:
    facts, personal = split(ACTIVITY)
    assert join(Activity, "u", facts, {**personal, "cost": 9, "unit": "x", "kind": "khac"}) == ACTIVITY


def test_facts_cannot_bring_what_is_personal() -> None:
    facts, _ = split(ACTIVITY)
    assert join(Activity, "u", {**facts, "title": "Lò Thị Ương", "unit": "x"}, None).title == ""
    assert join(Activity, "u", {**facts, "unit": "x"}, None).unit == "u"


def test_unknown_fields_are_left_where_they_are() -> None:
    facts, personal = split(ACTIVITY)
    assert join(Activity, "u", {**facts, "weather": "mưa"}, {**personal, "mood": "vui"}) == ACTIVITY


FACTS, PERSONAL = split(ACTIVITY)
WRONG: dict[str, dict[str, Any]] = {
    "text for a number": {"cost": "2"},
    "truth for a number": {"cost": True},
    "number for a truth": {"counts": 1},
    "number for text": {"kind": 1},
    "nothing for text": {"kind": None},
    "number for a day": {"starts": 20240722},
    "no day": {"starts": "hôm qua"},
    "a day that is none": {"starts": "2024-02-30"},
    "list for text": {"kind": []},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_wrong_types_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        join(Activity, "u", {**FACTS, **wrong}, PERSONAL)


@pytest.mark.parametrize("name", sorted(f.name for f in fields(Activity) if f.name in FACTS and f.default is MISSING))
def test_facts_without_a_default_are_needed(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        join(Activity, "u", {key: value for key, value in FACTS.items() if key != name}, PERSONAL)


@pytest.mark.parametrize("targets", [None, {}, ["x"], [{}], [[]]], ids=str)
def test_wrong_parts_are_refused(targets: object) -> None:
    facts = json.loads((BODIES / "campaign-1.json").read_text("utf-8"))["body"]["facts"]
    with pytest.raises(ValueError, match=r"."):
        join(Campaign, "u", {**facts, "targets": targets}, None)


def test_an_edit_carries_unknown_fields_along() -> None:
    old = {"cost": 1, "weather": "mưa", "targets": [{"id": "a", "value": 1, "x": 1}, {"id": "b", "value": 2, "y": 2}]}
    new = {"cost": 2, "targets": [{"id": "b", "value": 3}, {"id": "c", "value": 4}]}
    expected = [{"id": "b", "value": 3, "y": 2}, {"id": "c", "value": 4}]
    assert carried(old, new) == {"cost": 2, "weather": "mưa", "targets": expected}


def test_parts_without_an_id_keep_unknown_fields_while_they_stay_as_they_were() -> None:
    old = {"phases": [{"name": "1", "x": 1}, {"name": "2", "x": 2}], "names": ["a"]}
    new = {"phases": [{"name": "2"}, {"name": "3"}], "names": ["a", "b"]}
    assert carried(old, new) == {"phases": [{"name": "2", "x": 2}, {"name": "3"}], "names": ["a", "b"]}


def kept() -> list[Path]:
    return sorted(BODIES.glob("*.json"))


def test_every_body_version_is_kept() -> None:
    assert {path.stem for path in kept()} >= {f"{type_}-{v}" for type_, v in CURRENT.items()}


@pytest.mark.parametrize("path", kept(), ids=lambda path: path.stem)
def test_old_bodies_keep_their_hash_and_their_meaning(path: Path) -> None:
    saved = json.loads(path.read_text("utf-8"))
    body = canonical(saved["body"])
    assert hashlib.sha256(body).hexdigest() == saved["hash"]
    revision = revision_of(body)
    assert revision.hash == saved["hash"]
    assert is_readable(revision)
    if saved["personal"] is not None:
        assert personal_hash(bytes.fromhex(saved["salt"]), saved["personal"]) == revision.personal_hash
    record = join(KINDS[revision.type], revision.unit, facts_now(revision), saved["personal"])
    facts, personal = split(record)
    if revision.v == CURRENT[revision.type]:
        assert facts == revision.facts
    assert personal == (saved["personal"] or {})


def test_upcasters_run_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    revision = revision_of(canonical(json.loads((BODIES / "headcount-1.json").read_text("utf-8"))["body"]))
    steps = {
        ("headcount", 1): lambda facts: {**facts, "women": 0},
        ("headcount", 2): lambda facts: {**facts, "women": facts["women"] + 1},
    }
    monkeypatch.setitem(typing.cast(dict[str, int], CURRENT), "headcount", 3)
    assert facts_now(revision, steps) == {**revision.facts, "women": 1}
    monkeypatch.setitem(typing.cast(dict[str, int], CURRENT), "headcount", 1)
    assert facts_now(revision, steps) == revision.facts
