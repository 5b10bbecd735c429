"""The offices to practise on, and that a real office has nothing to do with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from congdoan_desktop.services import sample, sample_province, sample_years
from tests.cli.terminals import UNION, Open, Terminal

if TYPE_CHECKING:
    from congdoan_desktop.storage.keyring import KdfCost


@pytest.fixture
def practice(tmp_path: Path, cheap_kdf: KdfCost, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path / "practice", cheap_kdf, capsys)


def test_two_offices_that_know_each_other(practice: Terminal, cheap_kdf: KdfCost) -> None:
    sides = {row["side"]: Terminal(Path(row["data"]), cheap_kdf, practice.capture) for row in practice.get("sample")}
    assert set(sides) == {sample.PROVINCE, sample.UNION}
    for side in sides.values():
        listed = side.run("campaign", "list", "--json", passphrase=sample.PASSPHRASE)
        assert len(listed.json) == 1
    assert len(sides[sample.UNION].run("activity", "list", "--json", passphrase=sample.PASSPHRASE).json) > 3
    needs = sides[sample.UNION].run("need", "list", "--json", passphrase=sample.PASSPHRASE).json
    assert {"waiting", "proposed", "decided", "signed"} < {row["state"] for row in needs}


def test_a_sample_is_not_thrown_away_unasked(practice: Terminal) -> None:
    practice.get("sample")
    again = practice.run("sample")
    assert again.code == 1
    assert "--again" in again.err
    assert practice.run("sample", "--again").code == 0


def test_a_real_office_refuses_a_package_of_the_sample(practice: Terminal, open_office: Open) -> None:
    practice.get("sample")
    plan = next(practice.data.rglob("plan-*.cdpkg"))
    ran = open_office("real", UNION).run("package", "import", str(plan))
    assert ran.code == 1
    assert "dữ liệu mẫu" in ran.err


def test_a_whole_province(practice: Terminal, cheap_kdf: KdfCost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_province, "MEMBERS", 40)
    monkeypatch.setattr(sample_province, "WORKPLACES", 12)
    monkeypatch.setattr(sample_province, "GRASSROOTS_UNIONS", 8)
    monkeypatch.setattr(sample_years, "ACTIVITIES", 60)
    monkeypatch.setattr(sample_years, "SUPPORTS", 40)
    (row,) = practice.get("sample", "province")
    assert (row["workplaces"], row["members"]) == (12, 40)
    big = Terminal(Path(row["data"]), cheap_kdf, practice.capture)
    listed = big.run("unit", "list", "--json", passphrase=sample.PASSPHRASE)
    assert len(listed.json) == row["units"] - 38  # in 2024 the commune unions are still to come
    assert practice.run("sample", "province").code == 1
    assert practice.run("sample", "province", "--again").code == 0


def test_an_unknown_size_is_named(practice: Terminal) -> None:
    ran = practice.run("sample", "huyen")
    assert ran.code == 1
    assert "huyen" in ran.err
