"""The officers' story in real windows: three data folders, two folders that stand for sticks."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from congdoan_desktop.services import campaigns, coverage, mailbox, opening, origins, reviews
from congdoan_desktop.services import door as doors
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.stick import find_packages
from tests.demo.officers import BASE, PASSPHRASE, UPPER

pytestmark = pytest.mark.long
"""`make demo` tells the same story, and `make long` checks what it leaves."""

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 240
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the story leaves."""
    out = tmp_path_factory.mktemp("story") / "out"
    surroundings = {name: value for name, value in os.environ.items() if name not in _DISPLAYS}
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo", "--only", "officers", "--out", str(out)], cwd=ROOT, env=surroundings,
        timeout=SECONDS, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return out / "ba-cap"


def opened(folder: Path) -> Office:
    door = doors.door(folder)
    assert door is not None
    return opening.unlock(folder, door.officers[0][0], PASSPHRASE)


def test_both_sticks_carried_every_kind_and_nothing_half(told: Path) -> None:
    kinds = {stick: {path.name.split("-")[0] for path in find_packages(told / stick)} for stick in
             ("usb-tinh-xa", "usb-xa-co-so")}  # fmt: skip
    assert kinds["usb-tinh-xa"] == kinds["usb-xa-co-so"] == {"enrolment", "plan", "receipt", "report", "trust"}
    assert list(told.rglob("*.part")) == []


def test_the_province_has_the_consolidated_figure_and_its_origin(told: Path) -> None:
    with closing(opened(told / "tinh")) as office:
        (row,) = campaigns.listing(office)
        (got,) = [one for one in mailbox.inbox(office) if one.kind == "report"]
        assert got.sender == "Công đoàn xã Mường Kim"
        assert [(unit.name, unit.state) for unit in coverage.coverage(office)] == [("CĐX Mường Kim", "received")]
        assert [origin.unit_name for origin in origins.of_package(office, got.id)] == [UPPER.unit_name, BASE.unit_name]
        assert row.campaign.number == "41/KH-LĐLĐ"


def test_the_upper_union_locked_what_was_mended(told: Path) -> None:
    with closing(opened(told / "xa")) as office:
        reports = [one for one in mailbox.inbox(office) if one.kind == "report"]
        assert len(reports) == 2
        assert sorted(reviews.standing(office).values()) == ["locked"]
        states = {sent.kind: sent.state for sent in mailbox.outbox(office) if sent.kind == "report"}
        assert states == {"report": "received"}


def test_the_base_knows_that_its_report_was_approved(told: Path) -> None:
    with closing(opened(told / "co-so")) as office:
        sent = [one for one in mailbox.outbox(office) if one.kind == "report"]
        assert [(one.state, bool(one.answer and one.answer.approved)) for one in sent] == [
            ("received", True), ("returned", False),
        ]  # fmt: skip
