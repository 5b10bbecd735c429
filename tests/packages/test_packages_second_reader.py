"""A second implementation, written from FORMAT.md alone, accepts and refuses what the program accepts and refuses."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import cosigning, names, sshsig, words, writer
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.packages.trust import TrustList
from tests.packages import offices, second_reader, test_packages_kept, test_packages_sources
from tests.packages.offices import PROVINCE, SECOND_CHAIR, SIBLING, TRUST, UNION, Member
from tests.packages.second_reader import REFUSED, Reader
from tests.packages.test_packages_container import STRUCTURES
from tests.packages.test_packages_cosigning import ASKING
from tests.packages.test_packages_cosigning import packed as cosigned_by_nobody
from tests.packages.test_packages_hostile import DAMAGED, FORGED, KINDS
from tests.packages.test_packages_trust_attacks import TRUST_ATTACKS

LONGEST = 200
BAD: dict[str, bytes] = STRUCTURES | DAMAGED | FORGED
ROOT_WORDS = " ".join(words.words_of(TRUST.root_digest))


def reader(member: Member, trust: TrustList | None = TRUST) -> Reader:
    listed = json.loads(trust.to_bytes()) if trust is not None else None
    return Reader(member.realm, member.unit, [member.age[0]], listed, ROOT_WORDS)


def test_it_is_short_and_knows_nothing_of_the_program() -> None:
    source = Path(str(second_reader.__file__)).read_text("utf-8")
    assert not re.search(r"(import|from) +(congdoan|tests)", source)
    assert len(source.splitlines()) <= LONGEST
    assert max(map(len, source.splitlines())) <= 120


@pytest.mark.parametrize("kind", KINDS)
def test_it_accepts_what_the_offices_send(kind: str) -> None:
    build, at = KINDS[kind]
    ours, theirs = offices.read_at(at, build()), reader(at).read(build())
    assert theirs["header"]["kind"] == kind
    assert theirs["header"]["feed"] == ours.header.feed
    assert [line["line"] for line in theirs["lines"][1:]] == [line["line"] for line in ours.lines]


def test_it_reads_the_kept_packages() -> None:
    data, keys = test_packages_kept.DATA, test_packages_kept
    first = Reader("sample", keys.UNION, [keys.OPENS_TRUST], None, "gió tuyết trao nhiên sắc vác mận trừu")
    trust = first.read((data / "trust-1.0.cdpkg").read_bytes())["trust"]
    assert (trust["version"], trust["root_unit"]) == (2, keys.PROVINCE)
    above = Reader("sample", keys.PROVINCE, [keys.OPENS_REPORT], trust)
    report = above.read((data / "report-1.0.cdpkg").read_bytes())
    assert [(f["numerator"], f["denominator"]) for f in report["figures"]["figures"]] == [(85, 100), (12, None)]
    named = [line["personal"] and line["personal"]["name"] for line in report["lines"][1:]]
    assert named == ["Nguyễn Thị Ánh", None]


def test_it_reads_the_kept_package_with_a_key_given_up() -> None:
    data = (test_packages_kept.DATA / "enrolment-1.3.cdpkg").read_bytes()
    (ended,) = Reader("sample", PROVINCE.unit, [], None).read(data)["enrolment"]["ended"]
    assert [mark["seq"] for mark in ended["from"]] == [8]


def test_it_reads_the_kept_package_with_a_photo() -> None:
    """Format 1.1: a reader that knows nothing of attachment lines keeps them as they are."""
    data, opens = test_packages_kept.DATA, test_packages_kept.OPENS_PHOTO
    first = Reader("sample", UNION.unit, [opens], None, "ấp nhích truyện gánh xay thuế mếu trọc")
    trust = first.read((data / "trust-1.1.cdpkg").read_bytes())["trust"]
    report = Reader("sample", PROVINCE.unit, [opens], trust).read((data / "report-1.1.cdpkg").read_bytes())
    _, record, picture = report["lines"]
    assert hashlib.sha256(base64.b64decode(picture["data"])).hexdigest() == record["personal"]["digest"]


@pytest.mark.parametrize("line", [{}, {"digest": "?"}, {"digest": "0" * 64, "data": 5}])
def test_a_picture_that_is_none_is_no_reason_to_refuse(line: dict[str, object]) -> None:
    built = offices.report([offices.revision_line(UNION.unit), {"line": "attachment", **line}]).data
    ours = offices.read_at(PROVINCE, built)
    assert list(ours.lines)[-1] == reader(PROVINCE).read(built)["lines"][-1] == {"line": "attachment", **line}


def test_the_first_list_needs_the_words_of_its_root() -> None:
    data = offices.trust_package().data
    assert reader(UNION, None).read(data)["trust"]["version"] == TRUST.version
    with pytest.raises(REFUSED):
        reader(UNION, None)._replace(root_words=" ".join(reversed(ROOT_WORDS.split()))).read(data)


def test_a_second_signature_and_a_rotated_root_are_read() -> None:
    root = replace(PROVINCE, secret=sshsig.new_secret())
    rotated = TRUST.rotated(PROVINCE.secret, root.key)
    assert reader(UNION).read(offices.trust_package(rotated, root).data)["trust"]["root"] == rotated.root
    content = offices.payload(offices.good().data)
    top = offices.good().file_name.removesuffix(".cdpkg")
    assert reader(PROVINCE).read(offices.forge(top, content, UNION.secret, SECOND_CHAIR.secret))


def test_where_the_list_asks_the_chair_must_have_signed() -> None:
    alone = cosigned_by_nobody()
    assert reader(PROVINCE, ASKING).read(cosigning.cosigned(alone, SECOND_CHAIR.secret))
    with pytest.raises(REFUSED):
        reader(PROVINCE, ASKING).read(alone)
    listed = json.loads(ASKING.to_bytes())
    for wrong in ("report", ["exchange"]):
        data = offices.with_file(
            offices.trust_package(ASKING), PROVINCE.secret, names.TRUST_BODY,
            canonical({**listed, "chair_signs": wrong}),
        )  # fmt: skip
        with pytest.raises(REFUSED):
            reader(UNION, TRUST).read(data)


@pytest.mark.parametrize("case", BAD)
def test_it_refuses_what_is_damaged_or_forged(case: str) -> None:
    with pytest.raises(REFUSED):
        reader(PROVINCE).read(BAD[case])


@pytest.mark.parametrize("case", TRUST_ATTACKS)
def test_it_refuses_attacks_on_trust(case: str) -> None:
    (data, at, trust), _ = TRUST_ATTACKS[case]
    with pytest.raises(REFUSED):
        reader(at, trust).read(data)


def test_the_sources_of_a_consolidated_report_are_proven() -> None:
    told = test_packages_sources
    both = told.consolidated(told.source(told.OTHER), told.source())
    read = reader(PROVINCE, told.THREE).read(both.data)["sources"]["sources"]
    assert [one["header"]["sender"]["code"] for one in read] == ["CS-A", "CS-B"]
    gone = told.THREE.revoke(told.GRASS.key_id, ())
    assert reader(PROVINCE, gone).read(told.consolidated(told.source()).data)


@pytest.mark.parametrize("case", test_packages_sources.DAMAGED)
def test_it_refuses_sources_that_were_not_signed_so(case: str) -> None:
    built = test_packages_sources.raw(test_packages_sources.DAMAGED[case])
    with pytest.raises(REFUSED):
        reader(PROVINCE, test_packages_sources.THREE).read(built.data)


@pytest.mark.parametrize("case", test_packages_sources.STRANGERS)
def test_it_refuses_sources_of_nobody_known(case: str) -> None:
    found, trust = test_packages_sources.STRANGERS[case]
    with pytest.raises(REFUSED):
        reader(PROVINCE, trust).read(test_packages_sources.consolidated(found).data)


def update(**changes: object) -> bytes:
    told = {"schema": 1, "version": "2.0", "system": "Linux", "file": "congdoan-2.0.whl", **changes}
    clear = {names.UPDATE_BODY: canonical(told), names.PROGRAM: b"program"}
    return writer.build(offices.header(PROVINCE, None, "update"), signer=PROVINCE.secret, clear=clear).data


def test_an_update_is_read() -> None:
    assert reader(UNION).read(update(later="kept"))["update"]["file"] == "congdoan-2.0.whl"


@pytest.mark.parametrize(
    "wrong", [{"schema": 2}, {"version": ""}, {"system": "\u202ex"}, {"file": "../x"}, {"file": ".x"}, {"file": 5}]
)
def test_an_update_that_does_not_say_what_it_holds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(REFUSED):
        reader(UNION).read(update(**wrong))


def test_a_key_that_is_given_up_is_read() -> None:
    assert reader(PROVINCE).read(offices.ending())["enrolment"]["ended"] == offices.ENDED


@pytest.mark.parametrize("ended", offices.NOT_ENDED)
def test_a_key_is_given_up_by_its_own_signature_alone(ended: object) -> None:
    for read in (reader(PROVINCE).read, lambda data: offices.read_at(PROVINCE, data)):
        with pytest.raises((*REFUSED, PackageRefused)):
            read(offices.ending(ended))


def test_a_recipient_with_a_wrong_check_sum_is_refused() -> None:
    built = offices.enrolment()
    raw = json.loads(offices.payload(built.data)[names.ENROLMENT_BODY])
    wrong = raw["officers"][0]["age"][:-1] + ("q" if raw["officers"][0]["age"][-1] != "q" else "p")
    body = canonical({**raw, "officers": [{**raw["officers"][0], "age": wrong}]})
    with pytest.raises(REFUSED):
        reader(PROVINCE).read(offices.with_file(built, UNION.secret, names.ENROLMENT_BODY, body))
    assert reader(PROVINCE).read(offices.with_file(built, UNION.secret, names.ENROLMENT_BODY, canonical(raw)))


def test_what_is_for_another_is_refused() -> None:
    """Teeth: the reader says no because of the content, not because of the test's harness."""
    data = offices.good().data
    assert reader(PROVINCE).read(data)
    with pytest.raises(REFUSED):
        reader(SIBLING).read(data)
