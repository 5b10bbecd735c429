"""The main job of two offices by the command line, from two empty folders to a receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.services import stick
from tests.cli.terminals import CAMPAIGN, PLAN_FILE, PROVINCE, UNION, Open, Terminal, add_grassroots

PERIOD = ("--campaign", CAMPAIGN, "--period", "đợt kỷ niệm 95 năm")


@dataclass(frozen=True)
class Offices:
    """A province, a union, and the folder that stands for the stick between them."""

    province: Terminal
    union: Terminal
    stick: Path


@pytest.fixture
def strangers(open_office: Open, tmp_path: Path) -> Offices:
    stick = tmp_path / "stick"
    stick.mkdir()
    return Offices(open_office("province", PROVINCE), open_office("union", UNION), stick)


@pytest.fixture
def offices(strangers: Offices) -> Offices:
    """The two have compared their words."""
    return acquainted(strangers)


def acquainted(strangers: Offices) -> Offices:
    province, union, stick = strangers.province, strangers.union, str(strangers.stick)
    enrolment = union.get("trust", "enrol", "--write", stick)
    seen = province.get("trust", "look", enrolment["path"])
    assert seen["words"] == enrolment["words"]
    assert (seen["unit_name"], seen["already"]) == (UNION["--name"], False)
    province.get("trust", "approve", enrolment["path"], "--words", enrolment["words"])
    trust = province.get("trust", "write", UNION["--code"], "--write", stick)
    union.get("trust", "accept", trust["path"], "--words", province.get("trust", "words")["words"])
    return strangers


def hand_down(offices: Offices) -> None:
    offices.province.get("campaign", "add", "--from", str(PLAN_FILE))
    plan = offices.province.get("campaign", "send", CAMPAIGN, "--to", UNION["--code"], "--write", str(offices.stick))
    assert offices.union.get("package", "import", plan["path"])["new"] == 1


def enter_records(union: Terminal) -> None:
    add_grassroots(union)
    union.get("unit", "headcount", "CDCS-1", "--workers", "1.050", "--members", "900", "--on", "01/01/2024")
    badminton = ("--title", "Giải cầu lông chào mừng 28/7", "--starts", "20/7/2024", "--place", "Nhà đa năng")
    people = ("--participants", "48", "--women", "20", "--cost", "5 triệu", "--source", "tài chính công đoàn")
    of = ("--unit", "CDCS-1", "--unit", "CDCS-2", "--campaign", CAMPAIGN, "--kind", "thể thao")
    assert len(union.get("activity", "add", *of, *badminton, *people)) == 2
    talk = ("--kind", "tuyen_truyen", "--title", "Tuyên truyền 95 năm", "--starts", "5/7/2024", "--participants", "40")
    union.get("activity", "add", "--unit", "CDCS-3", "--campaign", CAMPAIGN, *talk)
    given = ("--cash", "1.000.000", "--in-kind", "500 nghìn", "--goods", "gạo", "--fund", "quỹ xã hội")
    to = ("--unit", "CDCS-1", "--campaign", CAMPAIGN, "--name", "Vàng A Dũng", "--birth-year", "1985")
    why = ("--cause", "hoàn cảnh khó khăn", "--kind", "tặng quà", "--on", "25/7/2024", "--decision", "12/QĐ-CĐX")
    union.get("support", "add", *to, *why, *given)


def result(terminal: Terminal) -> list[tuple[int | None, int | None, bool | None]]:
    lines = terminal.get("campaign", "show", CAMPAIGN)["results"]
    return [(line["numerator"], line["denominator"], line["met"]) for line in lines]


def sent(terminal: Terminal, package: dict[str, Any]) -> dict[str, Any]:
    """The line of a package in the outbox."""
    rows: list[dict[str, Any]] = terminal.get("package", "outbox")
    return next(row for row in rows if row["package_id"] == package["package_id"])


@pytest.mark.parametrize(
    "apart", [pytest.param(False, id="one process"), pytest.param(True, id="processes", marks=pytest.mark.long)]
)
def test_from_two_empty_folders_to_a_receipt(strangers: Offices, apart: bool) -> None:
    province, union = (replace(office, apart=apart) for office in (strangers.province, strangers.union))
    offices, stick = acquainted(Offices(province, union, strangers.stick)), str(strangers.stick)
    hand_down(offices)
    enter_records(union)
    assert result(union)[-1] == (2, 3, False)
    assert result(province) == [(None, None, None), (0, 0, None)]

    paper = offices.stick / "bao-cao.pdf"
    report = union.get("report", "make", *PERIOD, "--out", str(paper))
    assert paper.read_bytes().startswith(b"%PDF-")
    package = union.get("package", "make", *PERIOD, "--write", stick)
    assert package["report_id"] == report["report_id"]

    seen = province.get("package", "verify", package["path"])
    before = province.get("doctor", "digest")
    done = province.get("package", "import", package["path"])
    assert (seen["new"], seen["refused"]) == (done["new"], []) != (0, [])
    assert province.get("doctor", "digest") != before
    assert result(province) == [(2, 3, False), (2, 3, False)]

    receipt = province.get("package", "receipt", package["path"], "--write", stick)
    assert receipt["answers"] == package["package_id"]
    assert sent(union, package)["state"] == "sent"
    union.get("package", "import", receipt["path"])
    answered = sent(union, package)
    assert (answered["state"], answered["receipt"]["verdict"]) == ("received", "accepted")
    assert answered["receipt_by"] == PROVINCE["--name"]


def test_the_same_package_again_changes_nothing(offices: Offices) -> None:
    hand_down(offices)
    enter_records(offices.union)
    package = offices.union.get("package", "make", *PERIOD, "--write", str(offices.stick))
    offices.province.get("package", "import", package["path"])
    before = offices.province.get("doctor", "digest")
    for _ in range(4):
        again = offices.province.get("package", "import", package["path"])
        assert (again["known"], again["new"], again["changed"]) == (True, 0, 0)
    assert offices.province.get("doctor", "digest") == before
    assert offices.province.get("doctor", "rebuild")["same"] is True


def test_a_preview_changes_nothing(offices: Offices) -> None:
    hand_down(offices)
    enter_records(offices.union)
    package = offices.union.get("package", "make", *PERIOD, "--write", str(offices.stick))
    before = offices.province.get("doctor", "digest")
    assert offices.province.get("package", "verify", package["path"])["new"] > 0
    assert [
        row["result"]["new"] > 0
        for row in offices.province.get("package", "look", str(offices.stick))
        if row["path"] == package["path"]
    ] == [True]
    assert offices.province.get("doctor", "digest") == before
    assert offices.province.get("package", "import", package["path"])["known"] is False


def test_a_withdrawn_package_counts_no_more_until_it_is_taken_back(offices: Offices) -> None:
    hand_down(offices)
    enter_records(offices.union)
    package = offices.union.get("package", "make", *PERIOD, "--write", str(offices.stick))
    offices.province.get("package", "import", package["path"])
    with_it = offices.province.get("doctor", "digest")
    offices.province.get("package", "withdraw", package["package_id"])
    assert result(offices.province)[0] == (None, None, None)
    offices.province.get("package", "withdraw", package["package_id"], "--undo")
    assert offices.province.get("doctor", "digest") == with_it


def without_second_copy(package: Path) -> None:
    """A damaged package is read from the copy that a stick holds beside it (tests of sticks): here there is none."""
    (package.parent / stick.COPIES / package.name).unlink()


def one_bit_changed(package: Path, _: Offices) -> Path:
    without_second_copy(package)
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    return package


def cut_short(package: Path, _: Offices) -> Path:
    without_second_copy(package)
    package.write_bytes(package.read_bytes()[:-100])
    return package


def for_another_receiver(_: Path, offices: Offices) -> Path:
    """The trust file that the province wrote for the union, brought to the province."""
    return next((offices.stick / "CONGDOAN").glob("plan-*.cdpkg"))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (one_bit_changed, "Nội dung gói đã bị thay đổi hoặc hỏng"),
        (cut_short, "Gói bị cụt"),
        (for_another_receiver, "Gói này gửi cho đơn vị khác"),
        (lambda package, offices: package.with_name("khong-co.cdpkg"), "Không đọc được tệp"),
    ],
)
def test_a_bad_package_is_refused_with_a_sentence_that_says_which(
    offices: Offices, spoil: Callable[[Path, Offices], Path], sentence: str
) -> None:
    hand_down(offices)
    package = offices.union.get("package", "make", *PERIOD, "--write", str(offices.stick))
    before = offices.province.get("doctor", "digest")
    bad = spoil(Path(package["path"]), offices)
    for command in ("verify", "import"):
        ran = offices.province.run("package", command, str(bad))
        assert ran.code == 1
        assert ran.out == ""
        assert ran.err.startswith(sentence)
    assert offices.province.get("doctor", "digest") == before


def test_a_stranger_is_refused(strangers: Offices, offices: Offices, open_office: Open) -> None:
    other = open_office("other", {**PROVINCE, "--code": "LDLD-KHAC"})
    hand_down(offices)
    package = offices.union.get("package", "make", *PERIOD, "--write", str(offices.stick))
    refused = other.run("package", "import", package["path"])
    assert refused.code == 1
    assert "danh sách tin cậy" in refused.err


@pytest.mark.parametrize("words", ["", "một hai ba bốn năm sáu bảy tám"])
def test_the_first_trust_list_needs_the_words_of_the_sheet(strangers: Offices, words: str) -> None:
    province, union, stick = strangers.province, strangers.union, str(strangers.stick)
    enrolment = union.get("trust", "enrol", "--write", stick)
    assert province.run("trust", "approve", enrolment["path"], "--words", words).code == 1
    assert province.run("campaign", "send", CAMPAIGN, "--to", UNION["--code"]).code == 1
    province.get("trust", "approve", enrolment["path"], "--words", enrolment["words"])
    trust = province.get("trust", "write", UNION["--code"], "--write", stick)
    assert union.run("trust", "accept", trust["path"], "--words", words).code == 1
    assert union.get("trust", "list") == []


def test_a_report_needs_an_upper_union(union: Terminal) -> None:
    union.get("campaign", "add", "--from", str(PLAN_FILE))
    ran = union.run("package", "make", *PERIOD)
    assert ran.code == 1
    assert "cấp trên" in ran.err
