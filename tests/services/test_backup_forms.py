"""An office's own statistics forms go into its backup and come back with it; nothing else does by their way."""

from __future__ import annotations

import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from congdoan_desktop import paths
from congdoan_desktop.services import backup, statistics
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.backup import BackupDamaged
from congdoan_desktop.storage.folder import FORMS
from tests.services.conftest import Offices, unlocked

SHIPPED = (paths.resources() / "forms" / "1-hdcd.toml").read_text("utf-8")


def edition(label: str) -> str:
    return SHIPPED.replace("Tổng số lao động", label)


def first_row(office: Office) -> str:
    return next(form.rows[0].label for form in statistics.listing(office).forms if form.code == "1-HĐCĐ")


def keep(office: Office, name: str, text: str) -> None:
    (office.folder / FORMS).mkdir(exist_ok=True)
    (office.folder / FORMS / name).write_text(text, "utf-8")


def test_own_forms_come_back_in_an_empty_folder(offices: Offices, tmp_path: Path) -> None:
    office = offices.union
    keep(office, "mẫu của tỉnh (2026).toml", edition("Lao động của đơn vị"))
    (office.folder / FORMS / "thư mục.toml").mkdir()
    source = backup.back_up(office, tmp_path)
    backup.restore(source, tmp_path / "new")
    with closing(unlocked(tmp_path / "new")) as restored:
        assert first_row(restored) == "Lao động của đơn vị"


def test_a_backup_with_forms_sets_newer_ones_aside_and_one_without_leaves_them(
    offices: Offices, tmp_path: Path
) -> None:
    office = offices.union
    for name in ("bare", "held"):
        (tmp_path / name).mkdir()
    bare = backup.back_up(office, tmp_path / "bare")
    keep(office, "mau.toml", edition("Bản cũ"))
    held = backup.back_up(office, tmp_path / "held")
    keep(office, "mau.toml", edition("Bản mới"))
    keep(office, "khac.toml", edition("Bản khác"))
    office.close()
    backup.restore(bare, office.folder, replace=True)
    assert {path.name for path in (office.folder / FORMS).iterdir()} == {"mau.toml", "khac.toml"}
    backup.restore(held, office.folder, replace=True)
    assert [path.read_text("utf-8") for path in (office.folder / FORMS).iterdir()] == [edition("Bản cũ")]
    assert list(office.folder.glob("replaced-*/forms/khac.toml"))


@pytest.mark.parametrize(
    "name", ["forms/../../x.toml", "forms/.x.toml", "forms/a/b.toml", "forms/x.txt", "forms/a:b.toml", "other/x.toml"]
)
def test_no_other_file_comes_with_them(offices: Offices, tmp_path: Path, name: str) -> None:
    source = backup.back_up(offices.union, tmp_path)
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(name, b"code = 5")
    with pytest.raises(BackupDamaged):
        backup.restore(source, tmp_path / "new")
    assert not (tmp_path / "new").exists()
