"""Keys, officers and the chair's confirmation by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
import segno

from tests.cli.terminals import PASSPHRASE, UNION, Open
from tests.cli.test_cli_loop import PERIOD, Offices, enter_records, hand_down, offices, strangers

__all__ = ["offices", "strangers"]
CLERKS = "ruong bac thang"


def key_of(offices: Offices, own: bool) -> str:
    return next(str(key["key_id"]) for key in offices.province.get("key", "list") if key["own"] is own)


def test_a_key_is_renewed_revoked_and_replaced(offices: Offices) -> None:
    province, union, stick = offices.province, offices.union, str(offices.stick)
    old = key_of(offices, own=False)
    renewed = union.get("key", "renew", "--write", stick)
    assert province.get("key", "admit", renewed["path"])["code"]
    province.get("stick", "run", stick)
    trust = province.get("trust", "write", "CDX-NAMMAU", "--write", stick)
    union.get("trust", "accept", trust["path"])
    new = next(str(key["key_id"]) for key in union.get("key", "list") if key["own"])
    assert new != old
    province.get("key", "revoke", old[:12], "--on-the-way", "2")
    assert {key["key_id"] for key in province.get("key", "list") if key["revoked"]} == {old}
    assert union.run("key", "replace").code == 1
    province.get("key", "revoke", new)
    province.get("stick", "run", stick)
    union.get("stick", "run", stick)
    assert union.get("staff", "list")[0]["standing"] == "revoked"
    replaced = union.get("key", "replace", "--write", stick)
    province.get("trust", "approve", replaced["path"], "--words", replaced["words"])
    assert len([key for key in province.get("key", "list") if not key["revoked"]]) == 2


def test_the_root_changes_hands(offices: Offices) -> None:
    province = offices.province
    before = province.get("trust", "words")["words"]
    now = province.get("key", "rotate-root")["words"]
    assert (now != before, province.get("trust", "words")["words"]) == (True, now)
    assert province.run("key", "take-root").code == 1
    assert offices.union.run("key", "rotate-root").code == 1
    assert offices.union.run("key", "revoke", key_of(offices, own=True)).code == 1


def test_a_clerk_packs_and_the_chair_confirms(offices: Offices) -> None:
    province, union, stick = offices.province, offices.union, str(offices.stick)
    hand_down(offices)
    enter_records(union)
    assert province.get("key", "chair", "có")["asked"] is True
    province.get("stick", "run", stick)
    union.get("stick", "run", stick)
    new = ("staff", "add", "--name", "Lò Văn Thử", "--title", "Cán bộ văn phòng")
    assert union.run(*new).code == 1
    assert union.run(*new, passphrase=f"{PASSPHRASE}\n{CLERKS}").code == 0
    people = union.run("--officer", "Lo Thi Hoa", "staff", "list", "--json").json
    assert [one["role"] for one in people] == ["chair", "officer"]
    clerk = ("--officer", "Lo Van Thu")
    package = union.run(*clerk, "package", "make", *PERIOD, "--json", passphrase=CLERKS).json
    refused = union.run(*clerk, "package", "write", package["package_id"], stick, passphrase=CLERKS)
    assert refused.code == 1
    assert "chưa có xác nhận của chủ tịch" in refused.err
    confirmed = union.run("--officer", "Lo Thi Hoa", "package", "confirm", package["package_id"], "--json").json
    assert confirmed["signers"] == ["Lò Văn Thử, Cán bộ văn phòng", "Lò Thị Hoa, Chủ tịch"]
    removed = union.run("--officer", "Lo Thi Hoa", "staff", "remove", "Lò Văn Thử")
    assert removed.code == 0
    assert len(union.get("staff", "list")) == 1


@pytest.mark.long
def test_the_chair_signs_at_another_computer(offices: Offices, open_office: Open) -> None:
    province, union, stick = offices.province, offices.union, str(offices.stick)
    hand_down(offices)
    enter_records(union)
    staff = ("staff", "add", "--name", "Lò Văn Thử", "--title", "Cán bộ văn phòng")
    assert union.run(*staff, passphrase=f"{PASSPHRASE}\n{CLERKS}").code == 0
    own, clerk = ("--officer", "Lo Thi Hoa"), ("--officer", "Lo Van Thu")
    asked = union.run(*own, "trust", "enrol", "--write", stick, "--json").json
    province.get("trust", "approve", asked["path"], "--words", asked["words"])
    chair = open_office("second", UNION)
    asked = chair.get("trust", "enrol", "--write", stick)
    given = ("exchange", "admit", asked["path"], UNION["--code"], "--words", asked["words"], "--write", stick)
    answer = province.get(*given)["path"]
    chair.get("exchange", "join", answer, "--words", province.get("trust", "words")["words"])
    assert union.run(*own, "trust", "accept", answer).code == 0
    package = union.run(*clerk, "package", "make", *PERIOD, "--json", passphrase=CLERKS).json["package_id"]
    path = union.run(*clerk, "chair", "carry", package, stick, "--json", passphrase=CLERKS).json["path"]
    seen = chair.get("chair", "look", path)
    assert (seen["turn"], seen["kind"], seen["signers"]) == ("sign", "report", ["Lò Văn Thử, Cán bộ văn phòng"])
    assert chair.get("chair", "sign", path)["turn"] == "signed"
    assert chair.run("chair", "sign", path).code == 1
    home = union.run(*clerk, "chair", "home", path, "--json", passphrase=CLERKS).json
    assert home["signers"] == ["Lò Văn Thử, Cán bộ văn phòng", "Lò Thị Hoa, Chủ tịch"]
    assert province.run("chair", "look", path).code == 1


def test_a_new_version_of_the_program_rides_home(offices: Offices, tmp_path: Path) -> None:
    province, union, stick = offices.province, offices.union, str(offices.stick)
    (setup := tmp_path / "setup.exe").write_bytes(b"MZ" * 500)
    given = ("package", "make-update", str(setup), "--version", "9.0", "--system", "Windows 10")
    assert union.run(*given).code == 1
    province.get(*given, "--write", stick)
    assert union.get("package", "update")["version"] is None
    union.get("stick", "run", stick)
    ran = union.run("package", "update")
    assert ran.code == 0
    assert "chạy tệp đó" in ran.err


def test_holders_of_the_root_another_key_and_codes_of_photos(offices: Offices, tmp_path: Path) -> None:
    province, union, picture = offices.province, offices.union, tmp_path / "ma.png"
    assert province.get("key", "holders", "--none") == []
    assert province.run("key", "holders", "--appoint", "abcdef").code == 1
    assert union.run("key", "holders", "--none").code == 1
    assert union.run("staff", "rekey").code == 0
    assert union.get("staff", "list")[0]["own"] is True
    segno.make_qr("ab" * 32).save(str(picture), scale=6)
    assert province.get("report", "check", "--picture", str(picture))["standing"] == "unknown"
    wrong = union.run("trust", "accept", str(picture), "--picture", str(picture))
    assert wrong.code == 1
    assert "là của báo cáo" in wrong.err
