"""Format 1.4: the list names who keeps the records of a unit that has ended, where it does not stand above it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import names, writer
from congdoan_desktop.packages.acceptance import accept_first
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason
from congdoan_desktop.packages.trust import Inherited, TrustList
from tests.packages import offices, second_reader
from tests.packages.offices import PERIOD, PROVINCE, SIBLING, STRANGER, TRUST, UNION, Member, uid
from tests.packages.second_reader import REFUSED
from tests.packages.test_packages_kept import DATA, OPENS_PHOTO, opened
from tests.packages.test_packages_second_reader import reader

HEIR = Inherited(UNION.unit, SIBLING.unit)
LIST = TRUST.inherited([HEIR])
ROW = {"unit": UNION.unit, "heir": SIBLING.unit}


def sent(sender: Member, to: Member, kind: str, **changes: Any) -> bytes:
    """What the writer builds of this kind, whether or not it may go that way."""
    about = {"report": offices.CAMPAIGN, "receipt": "cd" * 32}.get(kind)
    lines = [offices.receipt_of("cd" * 32).line()] if kind == "receipt" else [offices.revision_line(sender.unit)]
    period = PERIOD if kind == "report" else None
    return writer.build(
        offices.header(sender, to, kind, **{"about": about, "period": period, **changes}), signer=sender.secret,
        recipients=[to.age[1]], lines=lines, figures=offices.figures(sender.unit) if kind == "report" else None,
    ).data  # fmt: skip


def test_the_heir_takes_what_is_handed_over_and_answers_it() -> None:
    for sender, to, kind in ((UNION, SIBLING, "cascade"), (SIBLING, UNION, "receipt")):
        data = sent(sender, to, kind)
        assert offices.read_at(to, data, LIST).header.kind == kind
        assert reader(to, LIST).read(data)["header"]["kind"] == kind


STILL_REFUSED: list[tuple[Member, Member, str, dict[str, object]]] = [
    (UNION, SIBLING, "cascade", {"about": offices.CAMPAIGN}),
    (UNION, SIBLING, "report", {}),
    (SIBLING, UNION, "cascade", {}),
    (SIBLING, UNION, "plan", {}),
    (SIBLING, UNION, "exchange", {}),
    (UNION, SIBLING, "receipt", {}),
]


@pytest.mark.parametrize(("sender", "to", "kind", "changes"), STILL_REFUSED)
def test_nothing_else_goes_between_them(sender: Member, to: Member, kind: str, changes: dict[str, object]) -> None:
    data = sent(sender, to, kind, **changes)
    assert offices.refusal(data, to, LIST).reason is Reason.DIRECTION
    with pytest.raises(REFUSED):
        reader(to, LIST).read(data)


@pytest.mark.parametrize("kind", ["cascade", "receipt"])
def test_without_the_list_naming_it_there_is_no_heir(kind: str) -> None:
    """The twin: the same packages under the list of before."""
    sender, to = (UNION, SIBLING) if kind == "cascade" else (SIBLING, UNION)
    assert offices.refusal(sent(sender, to, kind), to, TRUST).reason is Reason.DIRECTION
    with pytest.raises(REFUSED):
        reader(to, TRUST).read(sent(sender, to, kind))


@pytest.mark.parametrize(
    "heirs",
    [
        {}, None, "x", [ROW, ROW], [ROW, {**ROW, "heir": PROVINCE.unit}], [{**ROW, "colour": 1}],
        [{"unit": UNION.unit}], [{**ROW, "unit": uid(99)}], [{**ROW, "heir": STRANGER.unit}], [{**ROW, "heir": None}],
        [{**ROW, "heir": "x"}],
    ],
)  # fmt: skip
def test_what_a_list_may_not_say_of_heirs(heirs: object) -> None:
    wrong = canonical({**json.loads(TRUST.to_bytes()), "heirs": heirs})
    with pytest.raises(Malformed):
        TrustList.from_bytes(wrong)
    data = offices.with_file(offices.trust_package(LIST), PROVINCE.secret, names.TRUST_BODY, wrong)
    with pytest.raises(PackageRefused):
        offices.read_at(UNION, data, TRUST)
    with pytest.raises(REFUSED):
        reader(UNION, TRUST).read(data)


def test_heirs_stay_in_the_list_until_it_says_otherwise() -> None:
    grown = LIST.with_unit(STRANGER.entry, (STRANGER.key,))
    assert (grown.heirs, grown.heir(UNION.unit), grown.heir(SIBLING.unit)) == ((HEIR,), SIBLING.unit, None)
    assert TrustList.from_bytes(LIST.to_bytes()).heirs == (HEIR,)
    assert LIST.inherited([]) == TRUST


def test_the_kept_package_that_hands_over_is_read() -> None:
    made = opened("trust-1.4.cdpkg", None, UNION.unit, OPENS_PHOTO)
    assert made.trust is not None
    trust = accept_first(made.trust, "lim hàng xô trích son đĩa liệng cua", "sample")
    package = opened("cascade-1.4.cdpkg", trust, SIBLING.unit, OPENS_PHOTO)
    assert package.package_id == "80c2449c0d0ca69b1e30292b264d40e4d0dabe3a5344840d2a53e90f250865ee"
    assert (package.header.format, package.header.about, len(list(package.lines))) == ("1.4", None, 2)
    listed = json.loads(trust.to_bytes())
    heir = second_reader.Reader("sample", SIBLING.unit, [OPENS_PHOTO], listed)
    assert len(heir.read((DATA / "cascade-1.4.cdpkg").read_bytes())["lines"]) == 3
