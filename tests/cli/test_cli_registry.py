"""Members and workplaces by the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.terminals import Terminal

NUMBER = "012190000001"


def add(union: Terminal, name: str, *more: str, unit: str = "CDCS-1") -> str:
    return str(union.get("member", "add", "--unit", unit, "--name", name, *more)[0]["id"])


def test_a_member_is_entered_and_found(union: Terminal) -> None:
    id_ = add(union, "Lò Thị Hồng", "--birth", "5/1990", "--sex", "Nữ", "--citizen-id", NUMBER, "--ethnicity", "Thái")
    add(union, "Vàng A Páo", "--not-member", unit="CDCS-2")
    (row,) = union.get("member", "list", "--search", "hong lo")
    assert (row["id"], row["birth"], row["sex"], row["citizen_id"]) == (id_, "05/1990", "nữ", "012•••••0001")
    assert [row["name"] for row in union.get("member", "list", "--standing", "chưa vào")] == ["Vàng A Páo"]
    assert [row["name"] for row in union.get("member", "list", "--unit", "CDCS-2")] == ["Vàng A Páo"]
    assert [row["name"] for row in union.get("member", "list", "--sex", "nu")] == ["Lò Thị Hồng"]
    assert NUMBER not in union.run("member", "list").out


def test_who_may_be_known_is_said(union: Terminal) -> None:
    add(union, "Lò Thị Hồng", "--birth", "1990")
    ran = union.run("member", "add", "--unit", "CDCS-2", "--name", "Lò Thị Hồng", "--birth", "12/5/1990")
    assert ran.code == 0
    assert "Có thể đã có trong máy" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sex", "khác"), "nam hoặc nữ"),
        (("--birth", "12/5/90"), "1990"),
        (("--joined", "31/2/2020"), "--joined"),
        (("--ethnicity", "Sao Hoả"), "--ethnicity"),
    ],
)
def test_what_cannot_be_read_is_named(union: Terminal, words: tuple[str, ...], said: str) -> None:
    ran = union.run("member", "add", "--unit", "CDCS-1", "--name", "Lò Thị Hồng", *words)
    assert ran.code == 1
    assert said in ran.err


def test_joining_moving_and_leaving_are_counted_by_day(union: Terminal) -> None:
    ids = [add(union, name, "--not-member") for name in ("Aa Ba", "Aa Bb")]
    union.get("member", "join", *ids, "--on", "1/3/2023", "--decision", "15/QĐ-CĐX")
    union.get("member", "transfer", ids[0][-8:], "--to", "CDCS-2", "--on", "1/1/2024")
    union.get("member", "leave", ids[1], "--on", "1/6/2024")

    def counts(day: str) -> dict[str, int]:
        return {row["code"]: row["members"] for row in union.get("member", "count", "--on", day)}

    assert counts("31/12/2023") == {"CDCS-1": 2}
    assert counts("1/1/2024") == {"CDCS-1": 1, "CDCS-2": 1}
    assert counts("1/6/2024") == {"CDCS-2": 1}


@pytest.mark.parametrize(("flag", "number"), [((), "012•••••0001"), (("--whole-numbers",), NUMBER)])
def test_the_list_as_a_sheet(union: Terminal, tmp_path: Path, flag: tuple[str, ...], number: str) -> None:
    add(union, "Lò Thị Hồng", "--citizen-id", NUMBER)
    assert union.get("member", "export", "--out", str(tmp_path / "ds.xlsx"), *flag)["rows"] == 1
    sheet = openpyxl.load_workbook(tmp_path / "ds.xlsx").active
    assert sheet is not None
    assert number in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_member_is_deleted_and_brought_back(union: Terminal) -> None:
    id_ = add(union, "Lò Thị Hồng")
    union.get("member", "delete", id_, "--reason", "nhầm")
    assert union.get("member", "list") == []
    union.get("member", "restore", id_)
    assert len(union.get("member", "list")) == 1


def test_workplaces(union: Terminal) -> None:
    tea = ("--name", "Công ty chè", "--kind", "doanh nghiệp", "--ownership", "tư nhân", "--line", "chế biến chè")
    union.get("workplace", "add", *tea, "--workers", "40", "--women", "25", "--on", "31/5/2024")
    union.get(
        "workplace", "add", "--name", "UBND xã", "--kind", "co_quan", "--ownership", "nhà nước", "--union", "CDCS-1"
    )
    rows = union.get("workplace", "list")
    assert [(row["name"], row["workers"], row["women"]) for row in rows] == [
        ("Công ty chè", 40, 25),
        ("UBND xã", None, None),
    ]
    assert [row["name"] for row in union.get("workplace", "list", "--union", "không")] == ["Công ty chè"]
    assert [row["name"] for row in union.get("workplace", "list", "--search", "ubnd")] == ["UBND xã"]
    ran = union.run("workplace", "add", *tea, "--workers", "4", "--women", "5")
    assert ran.code == 1
    assert "nữ nhiều hơn" in ran.err


def test_a_member_is_edited_and_the_history_covers_numbers(union: Terminal) -> None:
    id_ = add(union, "Lò Thị Hồng", "--citizen-id", NUMBER, "--birth", "1990")
    union.get("member", "edit", id_[-8:], "--phone", "0912345678", "--sex", "nữ")
    union.get("member", "edit", id_, "--citizen-id", "012190000002", "--birth", "12/5/1990")
    (row,) = union.get("member", "list")
    assert (row["birth"], row["sex"], row["citizen_id"]) == ("12/05/1990", "nữ", "012•••••0002")
    newest, phoned, _ = union.get("member", "history", id_)
    assert newest["changes"]["citizen_id"] == {"before": "012•••••0001", "after": "012•••••0002"}
    assert phoned["changes"].keys() == {"phone", "sex"}
    assert NUMBER not in union.run("member", "history", id_).out


def test_a_workplace_is_edited_and_its_people_stay(union: Terminal) -> None:
    tea = ("--name", "Công ty chè", "--kind", "doanh nghiệp", "--ownership", "tư nhân", "--workers", "40")
    id_ = union.get("workplace", "add", *tea)[0]["id"]
    union.get("workplace", "edit", id_, "--place", "Xã Mường Kim", "--union", "CDCS-1")
    (row,) = union.get("workplace", "list")
    assert (row["name"], row["place"], row["workers"]) == ("Công ty chè", "Xã Mường Kim", 40)
    assert row["union"]
    assert union.get("workplace", "history", id_)[0]["changes"].keys() == {"place", "union"}


def test_departments_end_and_others_go_on_with_their_work(union: Terminal) -> None:
    new = union.get("unit", "department", "--name", "Ban Công tác Công đoàn", "--since", "1/3/2025")[0]["id"]
    old = union.get("unit", "department", "--name", "Ban Tuyên giáo", "--abbreviation", "TG")[0]["id"]
    assert union.run("unit", "department", "--id", old, "--successor", new).code == 1, "only after an end"
    union.get("unit", "department", "--id", old[-8:], "--until", "28/2/2025", "--successor", new[-8:])
    (then,) = union.get("unit", "departments", "--on", "31/12/2024")
    assert (then["name"], then["abbreviation"]) == ("Ban Tuyên giáo", "TG")
    assert then["successor_name"] == "Ban Công tác Công đoàn"
    (now,) = union.get("unit", "departments", "--on", "1/4/2025")
    assert (now["id"], now["before"]) == (new, ["Ban Tuyên giáo"])
