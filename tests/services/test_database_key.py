"""A removed officer's database key opens nothing that is written from then on; everything else goes on as before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from congdoan_desktop.errors import Cancelled
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import backup, database_key, doctor, erasing, opening, staff, support
from congdoan_desktop.services.database_key import CannotFollow
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.storage import keyring, rekeyed
from congdoan_desktop.storage.drafts import Draft
from congdoan_desktop.storage.engine import DatabaseUnreadable, connect
from congdoan_desktop.storage.folder import DATABASE, KEYRING
from congdoan_desktop.storage.keyring import WrongPassphrase
from tests.services.conftest import PASSPHRASE, Offices, grassroots, person, unlocked
from tests.services.conftest import support as support_record
from tests.services.test_staff_keys import CLERK

OLD_KEYRINGS = Path(__file__).resolve().parent.parent / "data" / "keyrings"


@pytest.fixture
def with_clerk(offices: Offices, cheap_kdf: KdfCost) -> str:
    return staff.add(offices.union, CLERK, cost=cheap_kdf)


def test_the_old_key_opens_nothing_and_everybody_else_goes_on(
    offices: Offices, with_clerk: str, cheap_kdf: KdfCost
) -> None:
    union = offices.union
    words = " ".join(opening.new_recovery(union, cost=cheap_kdf))
    union.pictures.will_change()
    picture = union.pictures.keep(b"a picture")
    union.drafts.keep(Draft("support", "", {"picture": picture}, ""))
    old, before, slot = union.database_key, doctor.digest(union), union.identity.officer.id
    said: list[str] = []
    staff.remove(union, with_clerk, Progress(lambda done, total, text: said.append(text)))
    assert "Đang mã hoá lại ảnh" in said
    assert (doctor.digest(union), doctor.check(union)) == (before, [])
    assert union.pictures.read(picture) == b"a picture"
    assert [draft.values for draft in union.drafts.all()] == [{"picture": picture}]
    assert not database_key.is_due(union)
    for name in (DATABASE, "drafts.db"):
        with pytest.raises(DatabaseUnreadable):
            connect(union.folder / name, old)
    assert not any(old in path.read_bytes() for path in union.folder.rglob("*") if path.is_file())
    union.close()
    with pytest.raises(WrongPassphrase):
        opening.unlock(union.folder, with_clerk, CLERK.passphrase)
    opening.recover(union.folder, words, slot, PASSPHRASE, cost=cheap_kdf).close()
    offices.union = unlocked(union.folder)
    assert doctor.digest(offices.union) == before


def test_an_older_backup_opens_by_the_same_sheet_and_what_was_erased_since_stays_erased(
    offices: Offices, with_clerk: str, cheap_kdf: KdfCost, tmp_path: Path
) -> None:
    union, slot = offices.union, offices.union.identity.officer.id
    words = " ".join(opening.new_recovery(union, cost=cheap_kdf))
    unit = grassroots(union)
    for name in ("Lò Văn Đông", "Vàng Thị Hạ"):
        support.add(union, support_record(unit), person(unit, name))
    first, second = (row.record.person for row in support.listing(union))
    source = backup.back_up(union, tmp_path)
    erasing.erase_person(union, first)
    staff.remove(union, with_clerk)
    erasing.erase_person(union, second)
    union.close()
    backup.restore(source, union.folder, replace=True)
    offices.union = opening.recover(union.folder, words, slot, PASSPHRASE, cost=cheap_kdf)
    with offices.union.read() as connection:
        assert set(connection.exec_driver_sql("SELECT name FROM p_person").scalars()) <= {"", None}


def test_a_stop_leaves_the_old_key_and_says_that_it_is_due(offices: Offices, with_clerk: str) -> None:
    union, token = offices.union, CancelToken()
    old = union.database_key

    def stop(_done: int, _total: int, _text: str) -> None:
        token.cancel()

    with pytest.raises(Cancelled):
        staff.remove(union, with_clerk, Progress(stop, token))
    assert (union.database_key, database_key.is_due(union)) == (old, True)
    assert not (union.folder / rekeyed.FOLDER).exists()
    assert with_clerk not in {one.id for one in staff.listing(union)}
    database_key.change(union)
    assert union.database_key != old
    assert not database_key.is_due(union)


def test_a_change_that_is_ready_is_ended_by_whoever_comes_first(
    offices: Offices, with_clerk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of the folder as it lies between the mark and the renames, and after each of them."""
    union = offices.union
    before = doctor.digest(union)
    copies: list[Path] = []

    def copied(folder: Path) -> None:
        copies.append(shutil.copytree(folder, tmp_path / "ready"))
        real(folder)

    real = rekeyed.finish
    monkeypatch.setattr(rekeyed, "finish", copied)
    staff.remove(union, with_clerk)
    monkeypatch.undo()
    (ready,) = copies
    beside = (path.name for path in (ready / rekeyed.FOLDER).iterdir())
    names = sorted(name for name in beside if name != rekeyed.READY and not name.endswith("-journal"))
    assert {DATABASE, KEYRING, "attachments", "drafts.db", "erasures"} == set(names)
    for done in range(len(names) + 1):
        folder = shutil.copytree(ready, tmp_path / f"after-{done}")
        for name in names[:done]:
            rekeyed._exchange(folder / rekeyed.FOLDER / name, folder / name)
        office = unlocked(folder)
        assert (doctor.digest(office), doctor.check(office)) == (before, [])
        assert not (folder / rekeyed.FOLDER).exists()
        office.close()


def test_whoever_has_not_come_since_the_update_is_named(offices: Offices, with_clerk: str, cheap_kdf: KdfCost) -> None:
    union = offices.union
    third = staff.add(union, type(CLERK)("Sùng A Của", "Kế toán", "officer", PASSPHRASE, PASSPHRASE), cost=cheap_kdf)
    path = union.folder / KEYRING
    old = next(slot for slot in keyring.load(OLD_KEYRINGS / "1.json").slots if slot.name == "hoa")
    ring = keyring.load(path)
    slots = (*(slot for slot in ring.slots if slot.name != third), _named(old, third))
    keyring.save(type(ring)(ring.realm, ring.unit_name, slots), path)
    with pytest.raises(CannotFollow, match="Sùng A Của"):
        staff.remove(union, with_clerk)
    assert with_clerk in {one.id for one in staff.listing(union)}
    staff.remove(union, third)
    assert not database_key.is_due(union)


def _named(slot: keyring.Slot, name: str) -> keyring.Slot:
    return type(slot)(
        name, "Sùng A Của", slot.salt, slot.nonce, slot.sealed, slot.memory_kib, slot.passes, slot.lanes
    )  # fmt: skip
