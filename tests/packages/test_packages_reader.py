"""What the reader accepts, and that each kind of refusal says which."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from congdoan_desktop.packages import lines, names, reader, sshsig, writer
from congdoan_desktop.packages.refusals import PackageRefused, Reason
from tests.packages import offices
from tests.packages.offices import (
    PERSONAL,
    PROVINCE,
    SECOND_CHAIR,
    SIBLING,
    STRANGER,
    TRUST,
    UNION,
    enrolment,
    plan,
    read_at,
    receipt,
    refusal,
    report,
    trust_package,
)


def test_a_report_arrives_whole() -> None:
    built = report()
    package = read_at(PROVINCE, built.data)
    assert (package.package_id, package.header.report_id) == (built.package_id, built.report_id)
    assert package.header_bytes == built.header
    assert package.key == UNION.key
    assert package.pdf == b"%PDF-1.7 ..."
    assert package.figures is not None
    assert package.figures.figures[0].numerator == 85
    assert [line["personal"] for line in package.lines] == [PERSONAL, None]
    assert [line["line"] for line in package.lines] == ["revision", "revision"]  # can be asked for again
    assert (package.trust, package.enrolment, package.receipt) == (None, None, None)


def test_a_report_too_long_to_be_kept_as_read_tells_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = report().data
    kept = read_at(PROVINCE, data)
    monkeypatch.setattr(reader, "_MOST_TOLD", 0)
    long = read_at(PROVINCE, data)
    assert (kept.told is None, long.told) == (False, None)
    assert [told.personal for told in kept.revisions] == [PERSONAL, None]
    for _ in range(2):
        assert list(long.revisions) == list(kept.revisions)
    let_in = []
    ahead = reader.read_ahead(long, lambda: let_in.append(1))
    assert ahead.told == tuple(kept.revisions)
    assert let_in == [1]


def test_nothing_personal_is_in_clear() -> None:
    data = report().data
    assert not [value for value in PERSONAL.values() if value.encode() in data]


def test_a_package_cannot_be_changed_after_reading() -> None:
    package = read_at(PROVINCE, report().data)
    with pytest.raises(FrozenInstanceError):
        package.opened = b""  # type: ignore[misc]


def test_a_plan_for_one_and_a_plan_for_all() -> None:
    assert read_at(UNION, plan().data).header.receiver == UNION.party
    assert read_at(SIBLING, plan(None).data).key == PROVINCE.key


def test_a_plan_without_records_has_no_lines() -> None:
    bare = writer.build(offices.header(PROVINCE, None, "plan"), signer=PROVINCE.secret, pdf=b"%PDF")
    package = read_at(UNION, bare.data)
    assert (list(package.lines), list(package.revisions)) == ([], [])
    assert package.pdf == b"%PDF"


def test_an_enrolment_is_read_without_and_with_trust() -> None:
    for trust in (None, TRUST):
        package = read_at(PROVINCE, enrolment(STRANGER).data, trust)
        assert package.enrolment is not None
        assert package.enrolment.keys == (STRANGER.key,) == package.keys


def test_an_enrolment_of_two_officers_is_signed_by_both() -> None:
    def built(*cosigners: bytes) -> bytes:
        body = offices.enrolment_body(UNION, SECOND_CHAIR).to_bytes()
        head = offices.header(UNION, None, "enrolment")
        clear = {names.ENROLMENT_BODY: body}
        return writer.build(head, signer=UNION.secret, cosigners=cosigners, clear=clear).data

    assert read_at(PROVINCE, built(SECOND_CHAIR.secret)).keys == (UNION.key, SECOND_CHAIR.key)
    for cosigners in ((), (STRANGER.secret,), (SECOND_CHAIR.secret, STRANGER.secret)):
        assert refusal(built(*cosigners)).reason is Reason.UNKNOWN_KEY


def test_a_first_and_a_next_trust_list() -> None:
    newer = TRUST.with_unit(STRANGER.entry, (STRANGER.key,))
    first = read_at(UNION, trust_package().data, None)
    assert (first.trust, first.key) == (TRUST, PROVINCE.key)
    assert read_at(UNION, trust_package(newer).data).trust == newer
    assert read_at(UNION, trust_package().data).trust == TRUST


def test_a_receipt_is_read() -> None:
    package = read_at(UNION, receipt().data)
    assert package.receipt is not None
    assert package.receipt.verdict == "accepted"


def test_a_program_comes_from_the_root() -> None:
    head = offices.header(PROVINCE, None, "update")
    files = {names.UPDATE_BODY: b'{"version":"1.2.0"}', names.PROGRAM: b"MZ"}
    built = writer.build(head, signer=PROVINCE.secret, clear=files)
    assert read_at(UNION, built.data).clear == files


def test_the_chairs_second_signature() -> None:
    def built(secret: bytes) -> bytes:
        head = offices.header(UNION, PROVINCE, "report", period=offices.PERIOD)
        return writer.build(head, signer=UNION.secret, cosigners=(secret,), figures=offices.figures()).data

    assert read_at(PROVINCE, built(SECOND_CHAIR.secret)).keys == (UNION.key, SECOND_CHAIR.key)
    assert refusal(built(SIBLING.secret)).reason is Reason.WRONG_UNIT
    assert refusal(built(UNION.secret)).reason is Reason.SIGNATURE


def test_a_token_beside_the_signature_is_let_be() -> None:
    from congdoan_desktop.packages import container

    top, entries = container.unpack(report().data)
    assert read_at(PROVINCE, container.pack(top, {**entries, "signatures/1.p7s": b"token"})).key == UNION.key


def test_unknown_fields_of_a_later_minor_version_do_not_disturb() -> None:
    later = offices.altered(report(), UNION.secret, format="1.9", colour="đỏ")
    assert read_at(PROVINCE, later).header.extra == {"colour": "đỏ"}


def test_unknown_lines_are_kept() -> None:
    later = report([{"line": "photo", "data": "..."}])
    assert list(read_at(PROVINCE, later.data).lines) == [{"line": "photo", "data": "..."}]


def test_own_packages_are_checked_before_they_leave() -> None:
    built = report()
    assert reader.check_own(built.data, built.package_id).header.seq == 1
    with pytest.raises(PackageRefused) as caught:
        reader.check_own(report().data, built.package_id)
    assert caught.value.reason is Reason.CHANGED


SAMPLE_OFFICE = replace(PROVINCE, realm="sample")
SAID: dict[Reason, tuple[Callable[[bytes], PackageRefused], str]] = {
    Reason.CHANGED: (lambda d: refusal(d.replace(b'"numerator":85', b'"numerator":86')), "thay đổi hoặc hỏng"),
    Reason.TRUNCATED: (lambda d: refusal(d[:-1]), "cụt"),
    Reason.UNKNOWN_KEY: (lambda d: refusal(d, trust=replace(TRUST, keys=TRUST.keys[:1])), "chưa được công nhận"),
    Reason.RECEIVER: (lambda d: refusal(d, at=SIBLING), "đơn vị khác (Liên đoàn Lao động tỉnh Lai Châu)"),
    Reason.REVOKED: (lambda d: refusal(d, trust=TRUST.revoke(UNION.key_id, ())), "thu hồi"),
    Reason.NEWER: (
        lambda d: refusal(offices.altered(report(), UNION.secret, format="2.0")),
        "cần bản đọc được gói 2.0",
    ),
    Reason.REALM: (lambda d: refusal(d, at=SAMPLE_OFFICE), "dữ liệu mẫu"),
}


@pytest.mark.parametrize("reason", SAID)
def test_each_refusal_says_which(reason: Reason) -> None:
    attempt, words = SAID[reason]
    refused = attempt(report().data)
    assert refused.reason is reason
    assert words in refused.what
    assert refused.safe == "Chưa có gì từ gói này được nhập vào máy."
    assert refused.todo


def test_every_reason_has_its_three_sentences() -> None:
    for reason in Reason:
        refused = PackageRefused(reason)
        assert all(part.endswith(".") for part in (refused.what, refused.safe, refused.todo))
        assert "chữ ký số" not in str(refused)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(data: bytes) -> None:
    refusal(data)


HEADER_REASONS = {Reason.HEADER, Reason.NEWER, Reason.CONTENTS, Reason.BINDING, Reason.SEALED_SIZE}
FREE_FIELDS = {"trust_version", "log_head", "clock_suspect", "counts", "program", "about"}
VALUES: st.SearchStrategy[object] = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 2**53 - 1), st.text(max_size=9), st.just([]), st.just({})
)


def refused_as(data: bytes) -> Reason | None:
    try:
        read_at(PROVINCE, data)
    except PackageRefused as refused:
        return refused.reason
    return None


@given(data=st.data())
def test_any_header_is_read_or_refused(data: st.DataObject) -> None:
    """Re-signed mutants, so that what lies behind the signature is reached."""
    built = report()
    raw = json.loads(built.header)
    field = data.draw(st.sampled_from(sorted(raw)))
    value = data.draw(VALUES)
    reason = refused_as(offices.altered(built, UNION.secret, **{field: value}))
    assert reason in HEADER_REASONS or (reason is None and (value == raw[field] or field in FREE_FIELDS))


@given(st.lists(st.dictionaries(st.text(max_size=6), VALUES, max_size=3), max_size=3))
def test_any_sealed_lines_are_read_or_refused(content: list[dict[str, Any]]) -> None:
    built = report([])
    binding = read_at(PROVINCE, built.data).header.binding()
    opened = lines.join((binding, *content))
    whole = all(isinstance(line.get("line"), str) for line in content)
    reason = refused_as(offices.with_sealed(built, UNION.secret, opened, PROVINCE))
    assert reason is (None if whole else Reason.LINES)


def test_secrets_of_the_sender_do_not_leave() -> None:
    for built in (report(), enrolment(), trust_package()):
        for member in (UNION, PROVINCE):
            assert member.secret not in built.data
            assert member.age[0].encode() not in built.data
    assert sshsig.key_line(UNION.public).encode() in enrolment().data
