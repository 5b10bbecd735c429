"""Ten thousand hostile cells: every one is named by its address, and every row beside them stays good."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from congdoan_desktop.spreadsheets import reading
from congdoan_desktop.spreadsheets.cells import address
from congdoan_desktop.spreadsheets.drafts import ImportSheet
from congdoan_desktop.spreadsheets.facts import SheetFacts
from congdoan_desktop.spreadsheets.fields import ListKind
from congdoan_desktop.spreadsheets.reading import Sheet
from tests.conftest import Rounds
from tests.spreadsheets.books import TODAY, drafted, matched, rezipped

TITLES = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Điện thoại", "Mã số BHXH", "Nơi ở hiện nay"]
NAME, BIRTH, SEX, ID, PHONE, INSURANCE, PLACE = range(2, 9)
ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
EVIL = "tấn\u202ecông"
NULL = "@@NUL@@"
"""Put in by hand behind the library, which refuses to write a NUL: as the escape that spreadsheets know."""

Attack = tuple[tuple[int, ...], Callable[[random.Random], Any]]
EVERYWHERE = (NAME, BIRTH, SEX, ID, PHONE, INSURANCE, PLACE)
NUMBERS = (ID, PHONE, INSURANCE)
ATTACKS: tuple[Attack, ...] = (
    (EVERYWHERE, lambda chance: ("e", chance.choice(ERRORS))),
    (EVERYWHERE, lambda _: ("f", "=1+1")),
    (EVERYWHERE, lambda _: f"A{NULL}B"),
    (EVERYWHERE, lambda _: EVIL),
    (EVERYWHERE, lambda _: "\u2066" + "x" * 20),
    (EVERYWHERE, lambda _: "=HYPERLINK(\"http://example.org\")"),
    (EVERYWHERE, lambda _: "@SUM(1+1)*cmd|' /C calc'!A0"),
    (EVERYWHERE, lambda chance: "x" * chance.choice((601, 5_000, 32_000))),
    (EVERYWHERE, lambda _: "Nguy\ufffdn"),
    ((NAME, BIRTH, SEX, *NUMBERS), lambda chance: chance.choice((True, False))),
    ((NAME, SEX, *NUMBERS), lambda chance: date(1990, 1, chance.randint(1, 28))),
    ((NAME, BIRTH, SEX, *NUMBERS), lambda _: timedelta(hours=30)),
    ((NAME, BIRTH, SEX, *NUMBERS), lambda _: time(7, 30)),
    ((NAME, BIRTH, SEX, *NUMBERS), lambda chance: chance.choice((1e300, -1e300, 1e-300, -5, 0.5))),
    (NUMBERS, lambda chance: chance.choice(("1.2E+10", 1.2e10, "12A", "0x1F", "١٢٣٤٥٦٧٨٩٠", "1" * 40, "۰۹۱۲۳۴۵۶۷۸"))),
    ((BIRTH,), lambda chance: chance.choice(("12/25/1990", "00/00/0000", "31/02/1991", "5/4/90", "1/1/1800"))),
    ((BIRTH,), lambda chance: chance.choice((0, 60, 99_999_999, 3.7, "hôm qua", "1990-13-01", date(2099, 1, 1)))),
    ((SEX,), lambda chance: chance.choice(("3", "không rõ", "Nam Nữ", "♂"))),
    ((NAME,), lambda chance: chance.choice(("12345", "Lò Thị Hoa 3", "<script>", "'; DROP TABLE", "🙂🙂", "- - -"))),
)  # fmt: skip


def hostile_sheet(path: Path, count: int, chance: random.Random) -> set[str]:
    """A list in which every second row has one to three hostile cells; returns their addresses."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(TITLES)
    bad: set[str] = set()
    row = 1
    while len(bad) < count:
        row += 1
        year = chance.randint(1960, 2004)
        number = f"012{1 if year < 2000 else 3}{year % 100:02}{row:06}"
        sheet.append([row, "Lò Thị Hoa", f"05/04/{year}", "Nữ", number, f"09{row:08}", f"{row:010}", "Bản Nà Ban"])
        for column in chance.sample(EVERYWHERE, chance.choice((0, 1, 1, 3))):
            value = chance.choice([make for columns, make in ATTACKS if column in columns])(chance)
            cell = sheet.cell(row, column)
            if isinstance(value, tuple):
                cell.value, cell.data_type = value[1], value[0]
            else:
                cell.value = value
                cell.data_type = "s" if isinstance(value, str) else cell.data_type
            bad.add(address(row, column - 1))
    workbook.save(path)
    return bad


def with_nulls(_name: str, data: bytes) -> bytes:
    return data.replace(NULL.encode(), b"_x0000_")


def test_every_hostile_cell_is_named_by_its_address(tmp_path: Path, rounds: Rounds) -> None:
    count = rounds("hostile cells", first=2_000, build=10_000, soak=100_000)
    bad = hostile_sheet(tmp_path / "raw.xlsx", count, random.Random(11))
    found, left_out = drafted(rezipped(tmp_path / "raw.xlsx", tmp_path / "list.xlsx", with_nulls))
    named = {finding.address for draft in found for finding in draft.findings if not finding.warning}
    assert left_out == []
    assert bad - named == set()
    assert named - bad == set()
    rows = {draft.number: draft for draft in found}
    assert {number for number, draft in rows.items() if draft.good} == rows.keys() - {
        int(place.lstrip("ABCDEFGH")) for place in bad
    }
    assert all(len(finding.found) <= 60 for draft in found for finding in draft.findings)


def test_a_row_reads_the_same_among_rows_of_another_width(tmp_path: Path) -> None:
    """Rows of one width are read column by column, others one by one."""
    hostile_sheet(tmp_path / "list.xlsx", 300, random.Random(12))
    with reading.open_book(tmp_path / "list.xlsx") as book:
        sheet = book.sheet(book.sheets[0].name)
        matching = matched(sheet, ListKind.MEMBERS)
        together = [*ImportSheet(sheet, matching, TODAY).drafts()]
        rows = [*sheet.rows()]
    wider = [row._replace(values=[*row.values, ""]) if row.number % 2 else row for row in rows]
    uneven = Sheet(sheet.info, SheetFacts(), (), lambda: iter(wider))
    alone = [*ImportSheet(uneven, matching, TODAY).drafts()]
    assert [draft._replace(cells=()) for draft in alone] == [draft._replace(cells=()) for draft in together]
    assert {draft.good for draft in alone} == {True, False}
