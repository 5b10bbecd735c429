"""Files that somebody wrote by hand or damaged: told as such, and nothing else stops for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.domain.paper_template import TemplateFault
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import campaign_file, opening, paper_templates, shared_files, statistics, updates
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage.files import DiskRefused
from congdoan_desktop.storage.folder import KEYRING
from tests.services.conftest import PASSPHRASE, Offices, fixed_clock, unlocked

HOSTILE = {"lists in lists": "a = " + "[" * 5000, "a number without end": "a = " + "9" * 5000}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(case: str, offices: Offices, tmp_path: Path) -> None:
    (bad := tmp_path / "bad.toml").write_text(HOSTILE[case], "utf-8")
    with pytest.raises(AppError, match="TOML"):
        campaign_file.read_campaign(bad)
    with pytest.raises(AppError, match="không phải biểu"):
        shared_files.add(offices.province, bad)
    with pytest.raises(TemplateFault):
        paper_templates.check(offices.province, HOSTILE[case])
    (forms := offices.province.folder / "forms").mkdir(exist_ok=True)
    (forms / "bad.toml").write_text(HOSTILE[case], "utf-8")
    found = statistics.listing(offices.province)
    assert (len(found.faults), bool(found.forms)) == (1, True)


def test_of_a_version_whose_note_was_damaged_nothing_is_said(offices: Offices) -> None:
    (folder := offices.union.folder / updates.FOLDER).mkdir()
    (folder / "update.json").write_bytes(b"{ half")
    assert updates.kept(offices.union) is None


def test_a_disk_that_takes_no_keyring_lets_the_office_open(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slot of the first format gets its public half at the next opening then."""
    folder, slot = offices.union.folder, offices.union.identity.officer.id
    offices.union.close()
    kept = keyrings.load(folder / KEYRING)
    first = replace(kept, slots=tuple(replace(one, public="") for one in kept.slots))
    with monkeypatch.context() as patch:
        patch.setattr(keyrings, "load", lambda _: first)
        patch.setattr(opening, "keyring_of", lambda _: kept)
        patch.setattr(keyrings, "save", _refused)
        offices.union = opening.unlock(folder, slot, PASSPHRASE, clock=fixed_clock())
    offices.union.close()
    offices.union = unlocked(folder)


def _refused(*_: object) -> None:
    raise DiskRefused("hết chỗ trống")
