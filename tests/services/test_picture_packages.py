"""Photos and scans in packages: by choice, sealed, opened above; what is damaged or missing is named, no more."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.domain.attachments import KINDS, PHOTO, SCAN
from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.packages.lines import ATTACHMENT
from congdoan_desktop.services import (
    activities,
    attachments,
    doctor,
    incoming,
    outgoing,
    picture_lines,
    receipts,
    records,
    support,
)
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.picture_lines import TooManyPictures
from congdoan_desktop.storage.custody import NotCustodian
from tests.pictures.photos import photo
from tests.services.conftest import Offices, activity, grassroots, person, request
from tests.services.conftest import support as support_record
from tests.services.test_services_main_path import planned


@dataclass
class Told:
    """A union with an activity (two photos) and a support record (a scan), below a province."""

    offices: Offices
    campaign: str
    done: str
    given: str
    photos: tuple[str, ...]
    scan: str

    def report(self, *kinds: str) -> Path:
        province = self.offices.province.identity.unit
        made, _ = outgoing.make_report(self.offices.union, request(self.campaign), province, kinds)
        return self.offices.carry(self.offices.union, made)

    def sent(self, *kinds: str) -> ImportResult:
        return incoming.apply(self.offices.province, self.report(*kinds))

    def above(self, owner: str) -> dict[str, bool]:
        """Attachment -> whether the province can look at it."""
        return {row.id: row.here for row in attachments.listing(self.offices.province, owner)}


@pytest.fixture
def told(offices: Offices) -> Told:
    campaign = planned(offices)
    unit = grassroots(offices.union)
    (done,) = activities.add(offices.union, activity(campaign), (unit,)).ids
    (given,) = support.add(offices.union, support_record(unit, campaign), person(unit)).ids
    photos = attachments.attach(offices.union, "activity", [done], [photo(300, 200), photo(200, 300)], PHOTO).ids
    (scan,) = attachments.attach(offices.union, "support", [given], [photo(250, 250)], SCAN).ids
    return Told(offices, campaign, done, given, photos, scan)


def test_nothing_goes_along_that_nobody_chose(told: Told) -> None:
    path = told.report()
    assert path.stat().st_size < 1_000_000
    result = incoming.apply(told.offices.province, path)
    assert (result.pictures, result.lost, result.refused) == (0, (), ())
    assert told.above(told.done) == told.above(told.given) == {}


def test_what_was_chosen_can_be_looked_at_above(told: Told) -> None:
    result = told.sent(PHOTO)
    assert (result.pictures, result.lost) == (2, ())
    assert told.above(told.done) == dict.fromkeys(told.photos, True)
    assert told.above(told.given) == {}
    result = told.sent(*KINDS)
    assert told.above(told.given) == {told.scan: True}
    (row,) = attachments.listing(told.offices.province, told.given)
    assert not row.own
    assert attachments.picture(told.offices.province, row.attachment.digest).startswith(b"\xff\xd8")
    assert doctor.check(told.offices.province) == []
    with pytest.raises(NotCustodian):
        attachments.attach(told.offices.province, "activity", [told.done], [photo(90, 90)], PHOTO)


def test_the_offer_says_how_many_and_how_large(told: Told) -> None:
    offer = outgoing.pictures_offered(told.offices.union, request(told.campaign))
    rows = [row.attachment for row in attachments.listing(told.offices.union)]
    assert offer == {
        kind: (count, sum(row.size for row in rows if row.kind == kind)) for kind, count in ((PHOTO, 2), (SCAN, 1))
    }


def test_of_a_record_that_was_deleted_no_picture_goes(told: Told) -> None:
    records.delete(told.offices.union, told.done, "ghi nhầm")
    assert PHOTO not in outgoing.pictures_offered(told.offices.union, request(told.campaign))
    result = told.sent(PHOTO)
    assert (result.pictures, result.lost) == (0, ())


def test_pictures_stand_nowhere_in_clear(told: Told) -> None:
    data = told.report(*KINDS).read_bytes()
    for row in attachments.listing(told.offices.union):
        picture = attachments.picture(told.offices.union, row.attachment.digest)
        assert picture[200:260] not in data
        assert base64.b64encode(picture)[300:360] not in data
        assert row.attachment.digest.encode() not in data


def test_taken_off_below_is_taken_off_above_without_a_choice(told: Told) -> None:
    told.sent(*KINDS)
    records.delete(told.offices.union, told.photos[0], "chụp nhầm người")
    attachments.erase(told.offices.union, told.scan)
    told.sent()
    assert told.above(told.done) == {told.photos[1]: True}
    assert told.above(told.given) == {told.scan: False}
    assert len(list((told.offices.province.folder / "attachments").glob("*.cdimg"))) == 2
    assert doctor.check(told.offices.province) == []


def test_five_times_is_once_and_an_erased_one_does_not_come_back(told: Told) -> None:
    path = told.report(*KINDS)
    results = [incoming.apply(told.offices.province, path) for _ in range(5)]
    assert [result.known for result in results] == [False, *[True] * 4]
    attachments.erase(told.offices.union, told.photos[0])
    told.sent()
    assert incoming.apply(told.offices.province, path).known
    assert told.above(told.done) == {told.photos[0]: False, told.photos[1]: True}


def test_a_picture_lost_above_comes_again_with_the_same_package(told: Told) -> None:
    path = told.report(PHOTO)
    incoming.apply(told.offices.province, path)
    for file in (told.offices.province.folder / "attachments").glob("*.cdimg"):
        file.unlink()
    assert set(told.above(told.done).values()) == {False}
    assert doctor.check(told.offices.province) == []
    assert incoming.apply(told.offices.province, path).pictures == 2
    assert set(told.above(told.done).values()) == {True}


def test_a_picture_that_is_gone_below_is_named_above_and_in_the_receipt(told: Told) -> None:
    for file in (told.offices.union.folder / "attachments").glob("*.cdimg"):
        file.unlink()
    result = told.sent(PHOTO)
    assert {one.record for one in result.lost} == set(told.photos)
    assert result.new > 0
    back = receipts.write_receipt(told.offices.province, result)
    incoming.apply(told.offices.union, told.offices.carry(told.offices.province, back))
    (answer,) = [receipts.answer_to(one) for one in outgoing.outbox(told.offices.union) if one.kind == "report"]
    assert answer is not None
    assert answer.verdict == "accepted"
    assert [reason for _, reason in answer.findings] == ["gói không có tệp của ảnh này"] * 2


Lines = Iterable[dict[str, Any]]
HOSTILE: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "another picture": lambda line: {**line, "data": base64.b64encode(photo(20, 20)).decode()},
    "no base64": lambda line: {**line, "data": "ảnh"},
    "no text": lambda line: {**line, "data": 5},
    "no data": lambda line: {"line": ATTACHMENT, "digest": line["digest"]},
    "no digest": lambda line: {"line": ATTACHMENT, "data": line["data"]},
    "a digest that is none": lambda line: {**line, "digest": "../../etc"},
    "too large": lambda line: {**line, "data": "A" * 700_000},
    "nobody names it": lambda line: {**line, "digest": sha256_hex(b"x"), "data": base64.b64encode(b"x").decode()},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_pictures_stop_nothing(told: Told, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = picture_lines.lines
    with monkeypatch.context() as patch:
        patch.setattr(picture_lines, "lines", lambda office, digests: map(HOSTILE[what], honest(office, digests)))
        path = told.report(PHOTO)
    result = incoming.apply(told.offices.province, path)
    assert (result.pictures, {one.record for one in result.lost}) == (0, set(told.photos))
    assert result.refused == ()
    assert not list((told.offices.province.folder / "attachments").glob("*.cdimg"))


def test_a_photo_that_still_says_where_it_was_taken_is_not_kept(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender with another program: digest and content agree, but it is not as the format asks."""
    told_all = photo(64, 48)
    with monkeypatch.context() as patch:
        patch.setattr("congdoan_desktop.services.attachments.prepare", lambda data, kind: iter([Raw(told_all)]))
        attachments.attach(told.offices.union, "activity", [told.done], [b"x"], PHOTO)
    result = told.sent(PHOTO)
    assert (result.pictures, len(result.lost)) == (2, 1)
    assert "hỏng" in result.lost[0].reason


@dataclass
class Raw:
    data: bytes
    width: int = 64
    height: int = 48
    taken: None = None


def test_too_many_for_one_package_is_said(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_lines, "MOST_BYTES", 1000)
    with pytest.raises(TooManyPictures):
        told.report(PHOTO)
    assert told.report().is_file()
