"""Photos and scans of a record: kept encrypted and alone, taken off and brought back, erased for good, backed up."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from congdoan_desktop.domain.attachments import LARGEST, PHOTO, SCAN
from congdoan_desktop.errors import AppError, Cancelled, NotFound, ValidationError
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import activities, attachments, backup, doctor, drafts, erasing, records, support
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import files
from congdoan_desktop.storage.attachments import PictureDamaged, PictureMissing
from congdoan_desktop.storage.files import DiskRefused
from tests.pictures.photos import CAMERA, encoded, photo
from tests.services.conftest import NewOffice, activity, grassroots, person, unlocked
from tests.services.conftest import support as support_record

PHOTOS = [photo(400, 300, orientation) for orientation in (1, 6)]


@pytest.fixture
def office(new_office: NewOffice) -> Office:
    return new_office()


@pytest.fixture
def camera(tmp_path: Path) -> list[Path]:
    """Two photos on a memory card, whose names tell a story."""
    card = tmp_path / "card"
    card.mkdir()
    made = [card / f"Chị Ương nhận quà {number}.jpg" for number in (1, 2)]
    for path, data in zip(made, PHOTOS, strict=True):
        path.write_bytes(data)
    return made


def entered(office: Office) -> str:
    return activities.add(office, activity(), (office.identity.unit,)).ids[0]


def attached(office: Office, sources: Any, owner: str = "", kind: str = PHOTO) -> tuple[str, tuple[str, ...]]:
    owner = owner or entered(office)
    return owner, attachments.attach(office, "activity", [owner], sources, kind).ids


def stored(office: Office) -> list[Path]:
    return sorted((office.folder / "attachments").glob("*.cdimg"))


def test_photos_are_attached_looked_at_and_found_again(office: Office, camera: list[Path]) -> None:
    owner, ids = attached(office, camera)
    found = attachments.listing(office, owner)
    assert {row.id for row in found} == set(ids)
    assert all(row.here and row.own and row.attachment.taken == date(2024, 7, 22) for row in found)
    assert sorted((row.attachment.width, row.attachment.height) for row in found) == [(300, 400), (400, 300)]
    for row in found:
        data = attachments.picture(office, row.attachment.digest)
        assert hashlib.sha256(data).hexdigest() == row.attachment.digest
        assert len(data) == row.attachment.size <= LARGEST
    with closing(unlocked_again(office)) as again:
        assert len(attachments.listing(again, owner)) == 2
        assert doctor.check(again) == []


def unlocked_again(office: Office) -> Office:
    office.close()
    return unlocked(office.folder)


def test_neither_names_nor_contents_of_files_tell_anything(office: Office, camera: list[Path]) -> None:
    owner, _ = attached(office, camera)
    digests = {row.attachment.digest for row in attachments.listing(office, owner)}
    files_ = [path for path in office.folder.rglob("*") if path.is_file()]
    assert len(stored(office)) == 2
    for path in files_:
        name, data = str(path.relative_to(office.folder)), path.read_bytes()
        assert not any(digest[:12] in name for digest in digests)
        assert "Ương" not in name
        assert not any(word in data for word in (b"JFIF", b"Exif", CAMERA.encode(), "Ương".encode()))


def test_the_same_picture_is_kept_once_and_hangs_once(office: Office, camera: list[Path]) -> None:
    owner, _ = attached(office, camera)
    other, again = attached(office, [camera[0], camera[0]])
    assert len(again) == 1
    assert attached(office, camera, owner)[1] == ()
    assert len(stored(office)) == 2
    assert len(attachments.listing(office, other)) == 1


def test_one_that_cannot_be_read_leaves_the_others_alone(office: Office, camera: list[Path], tmp_path: Path) -> None:
    (tmp_path / "a.heic").write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(50))
    taken = attachments.attach(
        office, "activity", [entered(office)], [tmp_path / "a.heic", *camera, tmp_path / "none.jpg", b"?"], PHOTO
    )
    assert len(taken.ids) == 2
    assert [bad.at for bad in taken.unfit] == [0, 3, 4]
    assert "HEIC" in taken.unfit[0].error.what


def test_pages_of_a_scan_and_the_clipboard(office: Office) -> None:
    sheets = [Image.new("RGB", (300, 400), shade) for shade in ("white", "gray")]
    pdf = encoded(sheets[0], "PDF", save_all=True, append_images=sheets[1:])
    owner, ids = attached(office, [pdf, encoded(Image.new("RGB", (9, 9)), "PNG")], kind=SCAN)
    assert len(ids) == 3
    assert {row.attachment.kind for row in attachments.listing(office, owner)} == {SCAN}


def test_taken_off_brought_back_and_what_was_said_of_it(office: Office, camera: list[Path]) -> None:
    owner, (first, second) = attached(office, camera)
    assert attachments.edit(office, first, kind=SCAN, caption="  Trao quà ", taken=date(2024, 7, 1)) == ()
    records.delete(office, first, "chụp nhầm")
    assert [row.id for row in attachments.listing(office, owner)] == [second]
    records.undelete(office, first)
    row = next(row for row in attachments.listing(office, owner) if row.id == first)
    assert (row.attachment.caption, row.attachment.kind, row.here) == ("Trao quà", SCAN, True)
    assert [version.verb for version in records.versions(office, first)] == ["Sửa", "Xoá", "Sửa", "Ghi mới"]
    with pytest.raises(ValidationError):
        attachments.edit(office, first, kind="film", caption="", taken=None)


def test_erasing_removes_the_file_but_not_one_that_another_record_names(office: Office, camera: list[Path]) -> None:
    owner, (first, _) = attached(office, camera)
    (digest,) = {row.attachment.digest for row in attachments.listing(office, owner) if row.id == first}
    second_owner, _ = attached(office, camera[:1])
    attachments.erase(office, first)
    gone = next(row for row in attachments.listing(office, owner) if row.id == first)
    assert (gone.attachment.digest, gone.attachment.caption, gone.here, gone.erased) == ("", "", False, True)
    assert office.pictures.has(digest)
    (other,) = [row for row in attachments.listing(office, second_owner) if row.attachment.digest == digest]
    attachments.erase(office, other.id)
    assert not office.pictures.has(digest)
    assert doctor.check(office) == []
    before = doctor.digest(office)
    assert doctor.rebuild(office) == before


def test_who_is_erased_takes_pictures_along_but_not_those_of_others(office: Office) -> None:
    unit = grassroots(office)
    given = [
        support.add(office, support_record(unit), person(unit, name)).ids[0] for name in ("Lò Thị Ương", "Vàng A Sử")
    ]
    (own,) = attachments.attach(office, "support", given[:1], [PHOTOS[0]], PHOTO).ids
    (signed,) = attachments.attach(office, "support", given, [PHOTOS[1]], SCAN).ids
    (gone,) = attachments.attach(office, "support", given[:1], [photo(90, 80)], PHOTO).ids
    records.delete(office, gone, "mờ")
    assert len(stored(office)) == 3
    who = next(row.record.person for row in support.listing(office) if row.id == given[0])
    erasing.erase_person(office, who)
    rows = {row.id: row for row in attachments.listing(office, given[0])}
    assert (rows[own].here, rows[own].erased) == (False, True)
    assert (rows[signed].here, rows[signed].erased) == (True, False)
    assert len(stored(office)) == 1
    assert not (office.folder / "attachments" / "unswept").exists()


def test_a_backup_brings_pictures_back_and_what_was_erased_stays_away(
    office: Office, camera: list[Path], tmp_path: Path
) -> None:
    owner, (first, second) = attached(office, camera)
    source = backup.back_up(office, tmp_path)
    attachments.erase(office, first)
    office.close()
    backup.restore(source, office.folder, replace=True)
    with closing(unlocked(office.folder)) as again:
        here = {row.id: row.here for row in attachments.listing(again, owner)}
        assert here == {first: False, second: True}
        assert len(stored(again)) == 1
        assert doctor.check(again) == []
    elsewhere = tmp_path / "elsewhere"
    backup.restore(source, elsewhere)
    with closing(unlocked(elsewhere)) as third:
        assert all(row.here for row in attachments.listing(third, owner))
        assert doctor.check(third) == []


def test_a_backup_with_a_rotten_picture_is_refused(office: Office, camera: list[Path], tmp_path: Path) -> None:
    attached(office, camera)
    source = backup.back_up(office, tmp_path)
    data, kept = source.read_bytes(), stored(office)[0].read_bytes()
    at = data.index(kept) + len(kept) // 2
    source.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    with pytest.raises(AppError, match="hỏng"):
        backup.restore(source, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere" / "keyring.json").exists()


def test_the_check_names_rotten_and_missing_pictures(office: Office, camera: list[Path]) -> None:
    owner, ids = attached(office, camera)
    rotten, missing = stored(office)
    data = rotten.read_bytes()
    rotten.write_bytes(data[:-40] + bytes([data[-40] ^ 4]) + data[-39:])
    missing.unlink()
    faults = doctor.check(office)
    assert len(faults) == 2
    assert {id_ for id_ in ids if any(id_ in fault for fault in faults)} == set(ids)
    errors = set()
    for row in attachments.listing(office, owner):
        with pytest.raises(AppError) as caught:
            attachments.picture(office, row.attachment.digest)
        errors.add(type(caught.value))
    assert errors == {PictureDamaged, PictureMissing}
    attached(office, camera)
    assert doctor.check(office) == []


def test_stopping_leaves_nothing(office: Office, camera: list[Path]) -> None:
    owner, token = entered(office), CancelToken()

    def stop(done: int, total: int, text: str) -> None:
        token.cancel()

    with pytest.raises(Cancelled):
        attachments.attach_ready(
            office, "activity", [owner], attachments.make_ready(camera, PHOTO, Progress(stop, token))
        )
    assert attachments.listing(office, owner) == []
    assert stored(office) == []


@pytest.mark.parametrize("full_at", range(4))
def test_a_full_disk_leaves_nothing_half(
    office: Office, camera: list[Path], monkeypatch: pytest.MonkeyPatch, full_at: int
) -> None:
    owner, written = entered(office), []
    write = files.write_synced

    def full(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) > full_at:
            path.write_bytes(data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_synced", full)
        if full_at < 3:
            with pytest.raises(DiskRefused, match="hết chỗ trống"):
                attached(office, camera, owner)
            assert attachments.listing(office, owner) == []
            assert stored(office) == []
    assert not list(office.folder.rglob("*.part"))
    assert len(attached(office, camera, owner)[1]) == 2


def test_what_a_draft_names_stays_and_what_nobody_names_goes(office: Office, camera: list[Path]) -> None:
    first = attachments.keep(office, attachments.make_ready(camera[:1], PHOTO)).pictures[0]
    second = attachments.keep(office, attachments.make_ready(camera[1:], PHOTO)).pictures[0]
    drafts.keep(office, "activity", "", {"attachments": [{"digest": first.digest}]})
    with closing(unlocked_again(office)) as again:
        assert again.pictures.has(first.digest)
        assert not again.pictures.has(second.digest)
        assert attachments.add(again, "activity", [entered(again)], [first])
        with pytest.raises(PictureMissing):
            attachments.add(again, "activity", [entered(again)], [second])


def test_no_more_than_can_be_overseen(office: Office) -> None:
    with pytest.raises(ValidationError, match="40"):
        attachments.keep(office, attachments.make_ready([b""] * 41, PHOTO))


def test_what_is_not_there_gets_no_picture(office: Office) -> None:
    with pytest.raises(NotFound):
        attached(office, [PHOTOS[0]], "no-such-record")
    with pytest.raises(ValidationError):
        attachments.attach(office, "activity", [], [PHOTOS[0]], PHOTO)
    with pytest.raises(NotFound):
        attachments.attach(office, "campaign", ["x"], [PHOTOS[0]], PHOTO)
    assert stored(office) == []


def test_a_copy_in_clear_is_made_where_asked_and_noted(office: Office, camera: list[Path], tmp_path: Path) -> None:
    owner, ids = attached(office, camera[:1])
    attachments.save_copy(office, ids[0], tmp_path / "sao.jpg")
    (row,) = attachments.listing(office, owner)
    assert (tmp_path / "sao.jpg").read_bytes() == attachments.picture(office, row.attachment.digest)
    with office.database.read() as connection:
        actions = connection.exec_driver_sql("SELECT action FROM log ORDER BY seq DESC LIMIT 1").scalar()
    assert actions == "copy:attachment"


def test_the_picture_of_another_place_does_not_pass_for_this_one(office: Office, camera: list[Path]) -> None:
    owner, _ = attached(office, camera)
    one, two = stored(office)
    shutil.copyfile(one, two)
    assert len(doctor.check(office)) == 1
    assert owner
