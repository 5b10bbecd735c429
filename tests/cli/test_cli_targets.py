"""Targets, counted figures, next year's and the own plan by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminals import CAMPAIGN, UNION, Open, Terminal, add_grassroots
from tests.cli.test_cli_loop import Offices, acquainted, enter_records, hand_down, strangers

__all__ = ["strangers"]

OWN = """
title = "Dân vận"
doc_type = "Kế hoạch"
number = "14/KH-CĐX"
place = "Nậm Mẫu"
organ = "Ban Thường vụ"
starts = 2024-01-01
ends = 2024-12-31
targets = [
  { id = "a", wording = "90% ủng hộ quỹ", indicator = "I11", op = "gte", value = 90, unit_of_measure = "%", level_text = "90%" },
  { id = "b", wording = "mỗi CĐCS một hoạt động", indicator = "I17", op = "gte", value = 1, unit_of_measure = "hoạt động", level_text = "01" },
]
"""  # noqa: E501 - a line of the file for each target


@pytest.fixture
def union(open_office: Open, tmp_path: Path) -> Terminal:
    """An office with three CĐCS and a plan of its own."""
    made = open_office("union", UNION)
    add_grassroots(made)
    path = tmp_path / "plan.toml"
    path.write_text(OWN, "utf-8")
    made.get("campaign", "add", "--from", str(path))
    return made


def test_counted_figures_are_entered_corrected_and_emptied(union: Terminal) -> None:
    what = ("14/KH-CĐX", "1", "--unit", "CDCS-1")
    union.get("figure", "enter", *what, "--numerator", "38", "--denominator", "40", "--until", "31/7/2024")
    again = union.get("figure", "enter", *what, "--numerator", "39", "--denominator", "40", "--note", "đếm lại")
    assert len(again) == 1
    rows = union.get("figure", "list", "14/KH-CĐX", "1")
    assert [(row["unit_name"], row["numerator"], row["denominator"]) for row in rows if row["id"]] == [
        ("CĐCS Trường số 1", 39, 40)
    ]
    (target, _) = [line for line in union.get("campaign", "show", "14/KH-CĐX")["results"] if line["unit"] is None]
    assert (target["numerator"], target["denominator"], target["state"]) == (39, 40, "met")
    assert union.get("figure", "empty", *what)["emptied"] == 1
    assert union.get("figure", "empty", *what)["emptied"] == 0


def test_what_is_counted_from_records_is_not_entered(union: Terminal) -> None:
    ran = union.run("figure", "enter", "14/KH-CĐX", "2", "--unit", "CDCS-1", "--numerator", "3")
    assert ran.code == 1
    assert "tính từ hồ sơ" in ran.err
    assert union.run("figure", "list", "14/KH-CĐX", "9").code == 1


def test_a_plan_for_the_next_year(union: Terminal) -> None:
    union.get("campaign", "next", "14/KH-CĐX", "--number", "02/KH-CĐX")
    assert {row["number"]: row["starts"] for row in union.get("campaign", "list")} == {
        "14/KH-CĐX": "2024-01-01", "02/KH-CĐX": "2025-01-01",
    }  # fmt: skip


def test_an_own_plan_goes_up_and_a_ledger_is_of_a_day_and_of_a_unit(strangers: Offices) -> None:
    offices = acquainted(strangers)
    hand_down(offices)
    enter_records(offices.union)
    offices.union.get("campaign", "own", CAMPAIGN, "--number", "05/KH-CĐX")
    sent = offices.union.get("campaign", "cascade", "05/KH-CĐX", "--write", str(offices.stick))
    assert sent["kind"] == "cascade"
    assert offices.province.get("package", "import", sent["path"])["new"] == 1
    assert {row["number"] for row in offices.province.get("campaign", "list")} == {CAMPAIGN, "05/KH-CĐX"}

    def ledger(*of: str) -> tuple[int, int]:
        line = offices.union.get("campaign", "show", CAMPAIGN, *of)["results"][-1]
        return line["numerator"], line["denominator"]

    assert ledger() == (2, 3)
    assert ledger("--until", "19/7/2024") == (0, 3)
    assert ledger("--unit", "CDCS-1") == (1, 1)
    units = offices.union.get("campaign", "target", CAMPAIGN, "1")["units"]
    assert [(row["numerator"], row["met"]) for row in units] == [(1, True), (1, True), (0, False)]
