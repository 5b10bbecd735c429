"""Excel in and out beside its floors: the bare reader and the bare library's streaming writer, on the same cells.

Each run is a process of its own, where memory can be told. Both sides reckon on one thread and wait for nothing, so
their time is that of the processor, which other work on the machine does not change. Prints one JSON line: seconds, and
the most memory in MB.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench.rows import Row, against, in_turn
from tests.peak import peak_mib

MEMBERS, EXPORTED, RUNS = 50_000, 100_000, 2
_TITLES = (
    "TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Mã số BHXH", "Số thẻ đoàn viên", "Điện thoại",
    "Quê quán", "Nơi ở hiện nay", "Chức vụ", "Vị trí công việc", "Đơn vị", "Ngày vào Công đoàn", "Ngày vào Đảng",
    "Trình độ", "Tổ công đoàn", "Ngày cấp", "Ghi chú",
)  # fmt: skip
_FAMILIES = ("Nguyễn Thị", "Vàng A", "Lò Thị", "Tẩn Mí", "Trần Văn", "Giàng A", "Hoàng Thị")
_GIVEN = ("Dũng", "Páo", "Hương", "Yến", "Chính", "Sử", "Ánh", "Ương")


def measured(folder: Path) -> list[Row]:
    """Reading the list of 50,000 members with 20 columns, up to drafts, and writing 100,000 rows."""
    path = folder / "members.xlsx"
    _list(path)
    rows, bare_rows = in_turn(_run("rows", path), _run("calamine", path), RUNS)
    drafts, bare_drafts = in_turn(_run("drafts", path), _run("calamine", path), RUNS)
    export, openpyxl = [_child("export", path)["seconds"]], [_child("openpyxl", path)["seconds"]]
    return [
        against("read 50,000 × 20 cells of Excel", "s", rows, bare_rows, 2.0),
        against("the same up to checked drafts of members", "s", drafts, bare_drafts, 4.0),
        Row("memory while reading them", "MB", round(_child("drafts", path)["mb"], 1), None, None, 300),
        against("write 100,000 × 12 cells of Excel", "s", export, openpyxl, 1.3),
    ]


def _members(count: int) -> Iterator[list[Any]]:
    for n in range(count):
        year, female = 1965 + n % 40, n % 2
        name, sex = f"{_FAMILIES[n % 7]} {_GIVEN[n % 8]}", ("Nam", "Nữ")[female]
        number = f"012{(0 if year < 2000 else 2) + female}{year % 100:02}{n:06}"
        yield [
            n + 1, name, f"{1 + n % 28:02}/{1 + n % 12:02}/{year}", sex,
            "Thái", number, f"{n:010}", f"LC{n:06}", f"09{n:08}", "Xã Than Uyên, tỉnh Lai Châu", "Bản Nà Ban",
            "Giáo viên", "Giảng dạy", f"CĐCS Trường số {n % 600}", date(2015, 5, 1) + timedelta(n % 3000), "03/02/2018",
            "Đại học", "Tổ 1", date(2021, 4, 1), "",
        ]  # fmt: skip


def _list(path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("DS")
    sheet.append(_TITLES)
    for row in _members(MEMBERS):
        sheet.append(row)
    workbook.save(path)


def _rows(path: Path) -> None:
    from congdoan_desktop.spreadsheets import reading

    with reading.open_book(path) as book:
        assert sum(1 for _ in book.sheet("DS").rows()) == MEMBERS + 1


def _drafts(path: Path) -> None:
    from congdoan_desktop.spreadsheets import columns, drafts, layout, reading
    from congdoan_desktop.spreadsheets.fields import ListKind

    with reading.open_book(path) as book:
        sheet = book.sheet("DS")
        encoding = layout.sheet_encoding(sheet)
        matching = columns.guess(sheet, layout.find_head(sheet, encoding), ListKind.MEMBERS, encoding)
        rows = drafts.ImportSheet(sheet, matching, date(2026, 11, 21)).drafts()
        assert sum(draft.good for draft in rows) == MEMBERS


def _calamine(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_name("DS")
    assert sum(1 for _ in sheet.iter_rows()) == MEMBERS + 1


def _export(_path: Path) -> None:
    from congdoan_desktop.spreadsheets.writing import ColumnKind, ListColumn, ListSheet, write

    first = tuple(ListColumn(title) for title in _TITLES[1:12])
    sheet = ListSheet("DS", (ListColumn("TT", ColumnKind.INT), *first), (row[:12] for row in _members(EXPORTED)))
    write(io.BytesIO(), [sheet])


def _openpyxl(_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("DS")
    sheet.append(_TITLES[:12])
    for row in _members(EXPORTED):
        sheet.append(row[:12])
    workbook.save(io.BytesIO())


_KINDS: dict[str, Callable[[Path], None]] = {
    "rows": _rows,
    "drafts": _drafts,
    "calamine": _calamine,
    "export": _export,
    "openpyxl": _openpyxl,
}


def _run(kind: str, path: Path) -> Callable[[], float]:
    return lambda: _child(kind, path)["seconds"]


def _child(kind: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.sheets", kind, str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def main() -> None:
    began = time.process_time()
    _KINDS[sys.argv[1]](Path(sys.argv[2]))
    seconds = time.process_time() - began
    memory = peak_mib()
    sys.stdout.write(json.dumps({"seconds": seconds, "mb": memory}) + "\n")


if __name__ == "__main__":
    main()
