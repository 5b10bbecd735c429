"""A chair's second signature: added to a finished package, asked for by the list, and worth nothing from others."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import cosigning, names, sshsig
from congdoan_desktop.packages.refusals import Malformed, Reason
from congdoan_desktop.packages.trust import TrustList
from tests.packages import offices
from tests.packages.offices import PROVINCE, SECOND_CHAIR, SIBLING, TRUST, UNION, forge, good, read_at, refusal

CLERK = replace(UNION, role="officer", secret=sshsig.new_secret())
"""The union's officer who enters and packs; SECOND_CHAIR is the chair."""
ASKING = replace(
    TrustList.first(PROVINCE.entry, PROVINCE.key)
    .with_unit(UNION.entry, (CLERK.key, SECOND_CHAIR.key))
    .with_unit(SIBLING.entry, (SIBLING.key,))
).asking_chair((names.REPORT, names.CASCADE))


def packed() -> bytes:
    """A report by the clerk."""
    header = offices.header(CLERK, PROVINCE, names.REPORT)
    top, files = good().file_name.removesuffix(names.SUFFIX), offices.payload(good().data)
    files[names.HEADER] = replace(
        header, period=offices.PERIOD, report_id=good().report_id, sealed_size=None
    ).to_bytes()
    del files[names.RECORDS]
    return forge(top, files, CLERK.secret)


def test_a_second_signature_changes_nothing_but_the_signatures() -> None:
    once = good().data
    twice = cosigning.cosigned(once, SECOND_CHAIR.secret)
    package = read_at(PROVINCE, twice)
    assert package.package_id == good().package_id
    assert [key.key_id for key in package.keys] == [UNION.key_id, SECOND_CHAIR.key_id]
    assert cosigning.cosigned(twice, SECOND_CHAIR.secret) == twice


def test_a_package_has_room_for_nine() -> None:
    data = good().data
    for _ in range(8):
        data = cosigning.cosigned(data, sshsig.new_secret())
    with pytest.raises(Malformed):
        cosigning.cosigned(data, sshsig.new_secret())


def test_where_the_list_asks_the_chair_must_have_signed() -> None:
    alone = packed()
    assert read_at(PROVINCE, alone, ASKING.asking_chair(())).key.role == "officer"
    assert refusal(alone, PROVINCE, ASKING).reason is Reason.NO_CHAIR
    assert len(read_at(PROVINCE, cosigning.cosigned(alone, SECOND_CHAIR.secret), ASKING).keys) == 2


@pytest.mark.parametrize(("member", "reason"), [(SIBLING, Reason.WRONG_UNIT), (offices.STRANGER, Reason.UNKNOWN_KEY)])
def test_a_chair_of_somebody_else_does_not_help(member: offices.Member, reason: Reason) -> None:
    assert refusal(cosigning.cosigned(packed(), member.secret), PROVINCE, ASKING).reason is reason


def test_a_chair_alone_is_enough_and_a_plan_is_not_asked() -> None:
    listed = TRUST.asking_chair((names.REPORT,))
    assert read_at(PROVINCE, good().data, listed).key.role == "chair"
    assert read_at(UNION, offices.plan().data, listed).header.kind == "plan"


def test_what_is_asked_travels_in_the_list_and_an_older_list_stays_the_same_bytes() -> None:
    assert TrustList.from_bytes(ASKING.to_bytes()).chair_signs == {"report", "cascade"}
    assert b"chair_signs" not in TRUST.to_bytes()
    assert b"chair_signs" not in ASKING.asking_chair(()).to_bytes()
    for wrong in ("report", ["exchange"], [["report"]], {"report": 1}):
        with pytest.raises(Malformed):
            TrustList.from_bytes(canonical({**json.loads(TRUST.to_bytes()), "chair_signs": wrong}))
