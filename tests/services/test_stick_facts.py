"""What a stick holds, told before anything is written: its room, its packages, and what viruses left on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from congdoan_desktop.services import stick_facts
from congdoan_desktop.services.stick import StickProblem

TOPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a clean stick": (("CONGDOAN", "Anh", "ke-hoach.docx"), ()),
    "starts itself": (("AUTORUN.INF", "CONGDOAN"), ("AUTORUN.INF",)),
    "our folder imitated": (("CONGDOAN.exe",), ("CONGDOAN.exe",)),
    "a folder imitated": (("Anh", "anh.SCR", "bao-cao.xlsx"), ("anh.SCR",)),
    "a shortcut for what was hidden": (("Tai lieu.lnk",), ("Tai lieu.lnk",)),
    "a program carried along": (("CONGDOAN", "setup.exe", "UniKeyNT.exe"), ()),
}


@pytest.mark.parametrize("case", TOPS)
def test_what_viruses_leave_is_named(case: str, tmp_path: Path) -> None:
    names, bad = TOPS[case]
    for name in names:
        (tmp_path / name).mkdir() if "." not in name else (tmp_path / name).write_bytes(b"MZ")
    facts = stick_facts.facts(tmp_path)
    assert facts.suspicious == bad
    assert ("vi-rút" in facts.warning) == bool(bad)
    assert all(name in facts.warning for name in bad)


def test_a_stick_that_is_gone_has_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(StickProblem, match="Không mở được"):
        stick_facts.facts(tmp_path / "gone")
