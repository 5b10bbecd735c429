"""First start, unlocking, recovering: cut anywhere, started twice, with lost and damaged files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.errors import NotFound, ValidationError
from congdoan_desktop.services import activities, backup, doctor, opening, trusting, units
from congdoan_desktop.services import door as doors
from congdoan_desktop.services.opening import AlreadyAnOffice, KdfCost
from congdoan_desktop.storage import folder, schema
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage.backup import BackupDamaged, FolderNotEmpty
from congdoan_desktop.storage.engine import DatabaseUnreadable
from congdoan_desktop.storage.folder import FolderInUse
from congdoan_desktop.storage.keyring import KeyringDamaged, WrongPassphrase
from tests.services.conftest import PASSPHRASE, UNION, NewOffice, activity, first_start, unlocked


def test_a_new_office_knows_its_union_and_officer(new_office: NewOffice) -> None:
    office = new_office()
    assert units.own(office).name == "Công đoàn xã Mường Kim"
    assert office.identity.officer.name == "Lò Thị Hoa"
    assert doctor.check(office) == []
    office.close()
    door = doors.door(office.folder)
    assert door is not None
    assert (door.unit_name, [name for _, name in door.officers]) == ("Công đoàn xã Mường Kim", ["Lò Thị Hoa"])


WRONG_FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "no unit": ({"unit_name": " "}, "unit_name"),
    "no code": ({"unit_code": ""}, "unit_code"),
    "code with marks": ({"unit_code": "MƯỜNG KIM"}, "unit_code"),
    "no officer": ({"officer_name": ""}, "officer_name"),
    "no title": ({"officer_title": ""}, "officer_title"),
    "long name": ({"officer_name": "ơ" * 101}, "officer_name"),
    "long title": ({"officer_title": "ơ" * 101}, "officer_title"),
    "long unit": ({"unit_name": "ơ" * 201}, "unit_name"),
    "no role": ({"role": "king"}, "role"),
    "short passphrase": ({"passphrase": "1234567", "passphrase_again": "1234567"}, "passphrase"),
    "typed differently": ({"passphrase_again": PASSPHRASE + "!"}, "passphrase_again"),
}


@pytest.mark.parametrize(("changes", "field"), WRONG_FORMS.values(), ids=WRONG_FORMS.keys())
def test_wrong_forms_name_their_field_and_leave_nothing(changes: dict[str, Any], field: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as refused:
        opening.found(tmp_path / "new", replace(UNION, **changes))
    assert [finding.field for finding in refused.value.findings] == [field]
    assert not (tmp_path / "new").exists()


def test_whatever_is_pasted_into_a_name_packages_can_be_made(new_office: NewOffice) -> None:
    pasted = {
        "unit_name": "Công đoàn xã\u200e\nMường\u202a Kim",
        "officer_name": "Lò\u2066 Thị\u2028Hoa",
        "officer_title": "Chủ\ttịch",
    }
    office = new_office("pasted", first_start("", "CDX-MK", **pasted))
    assert units.own(office).name == "Công đoàn xã Mường Kim"
    assert office.identity.officer.name == "Lò Thị Hoa"
    units.edit(
        office, office.identity.unit, name="Công đoàn xã\nTà\u202e Tổng", short_name="", code="CDX-TT", kind="xa"
    )
    made = trusting.write_enrolment(office)
    assert len(trusting.enrolment_words(office, made)) == 8


def test_an_office_is_never_founded_over_another(new_office: NewOffice, cheap_kdf: KdfCost) -> None:
    office = new_office()
    office.close()
    before = {path.name: path.read_bytes() for path in office.folder.iterdir() if path.is_file()}
    with pytest.raises(AlreadyAnOffice):
        opening.found(office.folder, UNION, cost=cheap_kdf)
    assert {path.name: path.read_bytes() for path in office.folder.iterdir() if path.is_file()} == before


def test_a_lost_keyring_never_costs_the_database(new_office: NewOffice, cheap_kdf: KdfCost) -> None:
    office = new_office()
    office.close()
    keyring = (office.folder / folder.KEYRING).read_bytes()
    (office.folder / folder.KEYRING).unlink()
    with pytest.raises(KeyringDamaged):
        doors.door(office.folder)
    with pytest.raises(AlreadyAnOffice):
        opening.found(office.folder, UNION, cost=cheap_kdf)
    (office.folder / folder.KEYRING).write_bytes(keyring)
    unlocked(office.folder).close()


def test_a_lost_database_is_told_and_not_made_anew(new_office: NewOffice) -> None:
    office = new_office()
    office.close()
    (office.folder / folder.DATABASE).unlink()
    with pytest.raises(DatabaseUnreadable):
        unlocked(office.folder)
    assert not (office.folder / folder.DATABASE).exists()


class Cut(BaseException):
    """The power went."""


CUTS: dict[str, tuple[Any, str, bool]] = {
    "before the database": (schema, "create", False),
    "before it is filled": (opening, "_fill", False),
    "before the keyring": (keyrings, "save", False),
    "before the last name": (folder, "finish_founding", True),
}
"""What the cut prevents, and whether the office is already there afterwards."""


@pytest.mark.parametrize("cut", CUTS)
def test_first_start_cut_anywhere(
    cut: str, tmp_path: Path, cheap_kdf: KdfCost, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, name, there = CUTS[cut]

    def power_cut(*arguments: object, **options: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, power_cut)
        with pytest.raises(Cut):
            opening.found(tmp_path, UNION, cost=cheap_kdf)
    if not there:
        assert doors.door(tmp_path) is None
        opening.found(tmp_path, UNION, cost=cheap_kdf).office.close()
    office = unlocked(tmp_path)
    assert units.own(office).code == "CDX-MK"
    office.close()


def test_a_journal_of_a_cut_first_start_does_not_spoil_the_next(tmp_path: Path, cheap_kdf: KdfCost) -> None:
    (tmp_path / folder.FOUNDING).write_bytes(b"half")
    (tmp_path / (folder.FOUNDING + "-journal")).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    office = opening.found(tmp_path, UNION, cost=cheap_kdf).office
    assert doctor.check(office) == []
    office.close()


def test_a_wrong_passphrase_opens_nothing(new_office: NewOffice) -> None:
    office = new_office()
    office.close()
    slot = office.identity.officer.id
    for passphrase in ("", PASSPHRASE.upper(), PASSPHRASE + " "):
        with pytest.raises(WrongPassphrase):
            opening.unlock(office.folder, slot, passphrase)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_the_input_method_does_not_matter(form: str, new_office: NewOffice) -> None:
    office = new_office()
    office.close()
    typed = unicodedata.normalize(form, PASSPHRASE)  # type: ignore[arg-type]
    opening.unlock(office.folder, office.identity.officer.id, typed).close()


def test_one_program_at_a_time(new_office: NewOffice) -> None:
    office = new_office()
    with pytest.raises(FolderInUse):
        unlocked(office.folder)
    activities.add(office, activity(), (office.identity.unit,))
    office.close()
    unlocked(office.folder).close()


START = """
import sys
from pathlib import Path
from congdoan_desktop.storage.folder import FolderInUse
from tests.services.conftest import activity, unlocked
from congdoan_desktop.services import activities
sys.stdin.readline()
try:
    office = unlocked(Path(sys.argv[1]))
except FolderInUse:
    print("in use", flush=True)
else:
    activities.add(office, activity(), (office.identity.unit,))
    print("saved", flush=True)
    sys.stdin.readline()
    office.close()
"""


def test_eight_starts_at_once_have_one_writer(new_office: NewOffice) -> None:
    office = new_office()
    office.close()
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, "-c", START, str(office.folder)]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=here) for _ in range(8)
    ]
    try:
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.stdout.readline().strip() for process in started if process.stdout]
        assert sorted(said) == ["in use"] * 7 + ["saved"]
        for process in started:
            process.communicate("done\n")
    finally:
        for process in started:
            process.kill()
            process.wait()
    again = unlocked(office.folder)
    assert len(activities.listing(again)) == 1
    again.close()


def test_recovering_gives_a_new_passphrase(tmp_path: Path, cheap_kdf: KdfCost) -> None:
    founded = opening.found(tmp_path, UNION, cost=cheap_kdf)
    founded.office.close()
    slot, typed = founded.office.identity.officer.id, " ".join(founded.recovery_words)
    with pytest.raises(ValidationError):
        opening.recover(tmp_path, typed, slot, "ngắn", cost=cheap_kdf)
    with pytest.raises(ValidationError):
        opening.recover(tmp_path, "không phải từ nào", slot, "mật khẩu mới", cost=cheap_kdf)
    with pytest.raises(NotFound):
        opening.recover(tmp_path, typed, "nobody", "mật khẩu mới", cost=cheap_kdf)
    opening.recover(tmp_path, typed, slot, "mật khẩu mới", cost=cheap_kdf).close()
    opening.unlock(tmp_path, slot, "mật khẩu mới").close()
    with pytest.raises(WrongPassphrase):
        opening.unlock(tmp_path, slot, PASSPHRASE)


def test_recovering_while_the_office_is_open_changes_no_passphrase(tmp_path: Path, cheap_kdf: KdfCost) -> None:
    founded = opening.found(tmp_path, UNION, cost=cheap_kdf)
    slot, typed = founded.office.identity.officer.id, " ".join(founded.recovery_words)
    with pytest.raises(FolderInUse):
        opening.recover(tmp_path, typed, slot, "mật khẩu mới", cost=cheap_kdf)
    founded.office.close()
    unlocked(tmp_path).close()


def test_a_new_recovery_sheet_ends_the_old_one(tmp_path: Path, cheap_kdf: KdfCost) -> None:
    founded = opening.found(tmp_path, UNION, cost=cheap_kdf)
    new = opening.new_recovery(founded.office, cost=cheap_kdf)
    founded.office.close()
    slot = founded.office.identity.officer.id
    with pytest.raises(WrongPassphrase):
        opening.recover(tmp_path, " ".join(founded.recovery_words), slot, "mật khẩu mới", cost=cheap_kdf)
    opening.recover(tmp_path, " ".join(new), slot, "mật khẩu mới", cost=cheap_kdf).close()


def test_old_projections_are_computed_anew_at_opening(new_office: NewOffice) -> None:
    office = new_office()
    activities.add(office, activity(), (office.identity.unit,))
    before = doctor.digest(office)
    with office.database.write() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '0' WHERE key = 'projection_version'")
        connection.exec_driver_sql("DROP TABLE p_activity")
    office.close()
    again = unlocked(office.folder)
    assert doctor.digest(again) == before
    again.close()


def test_a_failed_opening_leaves_the_folder_free(new_office: NewOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    office = new_office()
    office.close()

    def fail(*arguments: object) -> None:
        raise RuntimeError("a defect")

    with monkeypatch.context() as patch:
        patch.setattr(opening, "Drafts", fail)
        with pytest.raises(RuntimeError):
            unlocked(office.folder)
    unlocked(office.folder).close()


def test_a_backup_opens_elsewhere_with_the_same_passphrase(new_office: NewOffice, tmp_path: Path) -> None:
    office = new_office()
    activities.add(office, activity(), (office.identity.unit,))
    source, before = backup.back_up(office, tmp_path), doctor.digest(office)
    office.close()
    with pytest.raises(FolderNotEmpty):
        backup.restore(source, office.folder)
    backup.restore(source, tmp_path / "elsewhere")
    there = unlocked(tmp_path / "elsewhere")
    assert doctor.digest(there) == before
    there.close()


def test_what_a_restore_replaces_is_set_aside(new_office: NewOffice, tmp_path: Path) -> None:
    office = new_office()
    source = backup.back_up(office, tmp_path)
    activities.add(office, activity(), (office.identity.unit,))
    office.close()
    newest = (office.folder / folder.DATABASE).read_bytes()
    backup.restore(source, office.folder, replace=True)
    assert (office.folder / "replaced-1" / folder.DATABASE).read_bytes() == newest
    again = unlocked(office.folder)
    assert activities.listing(again) == []
    again.close()


def test_what_was_set_aside_is_never_written_over(new_office: NewOffice, tmp_path: Path) -> None:
    office = new_office()
    source = backup.back_up(office, tmp_path)
    office.close()
    for number in (1, 2, 3):
        backup.restore(source, office.folder, replace=True)
        if number == 2:
            shutil.rmtree(office.folder / "replaced-1")
    assert sorted(path.name for path in office.folder.glob("replaced-*")) == ["replaced-2", "replaced-3"]


def test_damaged_backups_replace_nothing(new_office: NewOffice, tmp_path: Path) -> None:
    office = new_office()
    source = backup.back_up(office, tmp_path)
    office.close()
    before = (office.folder / folder.DATABASE).read_bytes()
    whole = source.read_bytes()
    entry = whole.rfind(b"PK\x01\x02")
    packed = whole[: entry + 10] + b"\x08" + whole[entry + 11 :]
    misnamed = whole[: entry + 9] + b"\x08" + whole[entry + 10 : entry + 46] + b"\xff" + whole[entry + 47 :]
    cut = (b"", whole[: len(whole) // 2], whole[:500] + b"\0" + whole[501:], b"PK" + whole[2:900])
    for damaged in (*cut, packed, misnamed):
        source.write_bytes(damaged)
        with pytest.raises(BackupDamaged):
            backup.restore(source, office.folder, replace=True)
    assert (office.folder / folder.DATABASE).read_bytes() == before


def test_a_restore_cut_before_the_keyring_can_be_repeated(
    new_office: NewOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = new_office()
    source = backup.back_up(office, tmp_path)
    office.close()
    shutil.rmtree(office.folder)

    def power_cut(*arguments: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr("congdoan_desktop.storage.backup._set_aside", power_cut)
        with pytest.raises(Cut):
            backup.restore(source, office.folder)
    assert doors.door(office.folder) is None
    backup.restore(source, office.folder)
    unlocked(office.folder).close()
