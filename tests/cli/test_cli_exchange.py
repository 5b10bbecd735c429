"""A second laptop and records handed over by the command line."""

from __future__ import annotations

from tests.cli.terminals import UNION, Open
from tests.cli.test_cli_loop import PERIOD, Offices, enter_records, hand_down, offices, strangers

__all__ = ["offices", "strangers"]


def test_a_second_laptop_joins_and_gets_the_records(offices: Offices, open_office: Open) -> None:
    province, union, stick = offices.province, offices.union, str(offices.stick)
    hand_down(offices)
    enter_records(union)
    assert union.get("exchange", "list") == []
    second = open_office("second", UNION)
    asked = second.get("trust", "enrol", "--write", stick)
    answer = province.get(
        "exchange", "admit", asked["path"], UNION["--code"], "--words", asked["words"], "--write", stick
    )
    words = province.get("trust", "words")["words"]
    assert second.run("exchange", "join", answer["path"], "--words", asked["words"]).code == 1
    second.get("exchange", "join", answer["path"], "--words", words)
    union.get("trust", "accept", answer["path"])
    assert [(one["own"], one["computers"]) for one in union.get("exchange", "list")] == [(True, 1)]
    given = union.get("exchange", "make", "--write", stick)
    assert second.get("package", "import", given["path"])["refused_count"] == 0
    assert second.get("activity", "list") == union.get("activity", "list")


def test_the_packages_behind_a_figure_are_listed_and_a_report_made_again(offices: Offices) -> None:
    province, union, stick = offices.province, offices.union, str(offices.stick)
    hand_down(offices)
    enter_records(union)
    made = union.get("package", "make", *PERIOD, "--write", stick)
    province.get("package", "import", made["path"])
    (one,) = province.get("campaign", "sources", PERIOD[1], "1")
    assert (one["package_id"], one["via"]) == (made["package_id"], "")
    again = union.get("package", "again", made["package_id"][:12])
    assert (again["figures"], again["paper"], again["sources"]) == (True, True, True)
