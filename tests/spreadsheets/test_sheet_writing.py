"""Lists as .xlsx: types, no formula ever, equal bytes, what LibreOffice makes of them; returned rows and templates."""

from __future__ import annotations

import csv
import io
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from congdoan_desktop.errors import Cancelled
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.spreadsheets import drafts, reading
from congdoan_desktop.spreadsheets.cells import Fault
from congdoan_desktop.spreadsheets.fields import LIST_NAMES, ListKind, fields_of
from congdoan_desktop.spreadsheets.returned import LINE, REASON, write_returned
from congdoan_desktop.spreadsheets.templates import GUIDE, write_template
from congdoan_desktop.spreadsheets.writing import ColumnKind, ListColumn, ListSheet, sheet_title, writable, write
from tests.spreadsheets.books import TODAY, book, drafted, matched, read

COLUMNS = (
    ListColumn("Họ và tên"),
    ListColumn("Số CCCD"),
    ListColumn("Số lao động", ColumnKind.INT),
    ListColumn("Số tiền", ColumnKind.MONEY),
    ListColumn("Ngày", ColumnKind.DATE),
    ListColumn("Tỷ lệ", ColumnKind.RATIO),
)
ROWS: list[tuple[Any, ...]] = [
    ("Lò Thị Hoa", "012191000002", 48, 500_000, date(2015, 9, 1), (41, 48)),
    ("=1+1", "-5", 0, None, "1985", (1, 0)),
    ("@SUM(A1)", "+84912345678", 10**16, 1, date(1899, 1, 1), None),
    ("Bản A\nxã B", "", -3, 2, "05/1990", (1, 1)),
]


def listed(rows: Any = ROWS, head: tuple[str, ...] = ("CÔNG ĐOÀN XÃ NẬM XUÂN", "DANH SÁCH")) -> bytes:
    stream = io.BytesIO()
    write(stream, [ListSheet("Danh sách: đoàn viên/lao động", COLUMNS, rows, head)])
    return stream.getvalue()


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).active


def test_types_and_formats() -> None:
    cells = [[(c.value, c.data_type, c.number_format) for c in row] for row in opened(listed()).iter_rows(min_row=4)]
    moment = datetime(2015, 9, 1)  # noqa: DTZ001  # cells know no zone
    assert cells[0] == [
        ("Lò Thị Hoa", "s", "@"), ("012191000002", "s", "@"), (48, "n", "#,##0"), (500_000, "n", "#,##0"),
        (moment, "d", "dd/mm/yyyy"), (41 / 48, "n", "0.0%"),
    ]  # fmt: skip
    assert [c[:2] for c in cells[1]] == [("=1+1", "s"), ("-5", "s"), (0, "n"), (None, "n"), ("1985", "s"), ("–", "s")]
    assert cells[2][2][:2] == ("1" + "0" * 16, "s")
    assert cells[2][4][:2] == ("01/01/1899", "s")
    assert cells[3][0][0] == "Bản A\nxã B"


def test_screen_and_paper() -> None:
    page = opened(listed())
    assert page.title == "Danh sách đoàn viên lao động"
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A4", "A3:F7", "$3:$3")
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.column_dimensions["B"].width == 24
    assert [c.value for c in page[3]] == [column.name for column in COLUMNS]
    assert page["A3"].font.bold


def test_wide_lists_lie_down() -> None:
    stream = io.BytesIO()
    write(stream, [ListSheet("a", COLUMNS * 2, [])])
    assert opened(stream.getvalue()).page_setup.orientation == "landscape"


def test_equal_lists_are_equal_bytes_at_any_time() -> None:
    first = listed()
    time.sleep(2.1)  # the resolution of times in a ZIP
    assert listed() == first


def test_no_part_has_a_time_and_no_sheet_goes_through_a_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", refuse)
    with zipfile.ZipFile(io.BytesIO(listed())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_writing_can_be_stopped() -> None:
    token = CancelToken()

    def rows() -> Iterator[tuple[str, ...]]:
        for number in range(5_000):
            if number == 1_200:
                token.cancel()
            yield ("x",) * 6

    seen: list[tuple[int, int, str]] = []
    progress = Progress(lambda *step: seen.append(step), token)
    with pytest.raises(Cancelled):
        write(io.BytesIO(), [ListSheet("Danh sách", COLUMNS, rows(), total=5_000)], progress)
    assert seen == [(0, 5_000, "Đang ghi “Danh sách”"), (500, 5_000, seen[0][2]), (1_000, 5_000, seen[0][2])]


# What XML cannot hold, and line ends that every reader of XML turns into "\n".
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_any_text_comes_back_as_it_was_and_never_as_a_formula(rows: list[tuple[str, str]]) -> None:
    stream = io.BytesIO()
    write(stream, [ListSheet("a", COLUMNS[:2], rows)])
    cells = list(opened(stream.getvalue()).iter_rows(min_row=2))
    assert all(cell.data_type in ("s", "n") for row in cells for cell in row)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(stream.getvalue())
        assert [tuple(row) for row in read(path, "a")[1:]] == rows


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\x00b\x1fc", "abc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ud800x\uffff", "x"),
        ("y" * 40_000, "y" * 32_767),
        ("_x0041_", "_x005F_x0041_"),
    ],
)
def test_what_no_sheet_holds_is_left_out(text: str, written: str) -> None:
    assert writable(text) == written


def test_a_text_longer_than_a_cell_is_cut_where_it_is_written() -> None:
    assert opened(listed([("y" * 40_000,)], head=()))["A2"].value == "y" * 32_767


@pytest.mark.parametrize(("text", "title"), [("a/b:c", "a b c"), ("", "Danh sách"), ("x" * 50, "x" * 31), ("'a'", "a")])
def test_titles_of_sheets(text: str, title: str) -> None:
    assert sheet_title(text) == title


def in_libreoffice(soffice: str, data: bytes, folder: Path) -> list[list[list[str]]]:
    """Every sheet as LibreOffice shows it."""
    (folder / "list.xlsx").write_bytes(data)
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", options]
    subprocess.run(
        [*command, "--outdir", str(folder), str(folder / "list.xlsx")], check=True, capture_output=True, timeout=120
    )
    return [list(csv.reader(p.read_text(encoding="utf-8").splitlines())) for p in sorted(folder.glob("*.csv"))]


def test_libreoffice_reads_what_we_write(tmp_path: Path, tool: Callable[[str], str]) -> None:
    (found,) = in_libreoffice(tool("soffice"), listed(ROWS[:3]), tmp_path)
    assert found[2] == [column.name for column in COLUMNS]
    assert found[3][:4] == ["Lò Thị Hoa", "012191000002", "48", "500000"]
    assert found[4][:3] == ["=1+1", "-5", "0"]
    assert found[5][:3] == ["@SUM(A1)", "+84912345678", "1" + "0" * 16]


def test_libreoffice_reads_templates(tmp_path: Path, tool: Callable[[str], str]) -> None:
    stream = io.BytesIO()
    write_template(stream, ListKind.MEMBERS)
    sheets = in_libreoffice(tool("soffice"), stream.getvalue(), tmp_path)
    assert len(sheets) == 2
    assert any(sheet[0][0] == "Họ và tên" for sheet in sheets)


@pytest.mark.parametrize("kind", ListKind)
def test_a_filled_template_is_understood_without_a_correction(kind: ListKind, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    with path.open("wb") as stream:
        write_template(stream, kind)
    workbook = load_workbook(path)
    assert workbook.sheetnames == [LIST_NAMES[kind], GUIDE]
    offered = [field for field in fields_of(kind).values() if field.in_template]
    examples = {row[0].value: str(row[3].value or "Than Uyên") for row in workbook[GUIDE].iter_rows(min_row=2)}
    workbook[LIST_NAMES[kind]].append([examples[field.name] for field in offered])
    workbook.save(path)
    found, left_out = drafted(path, kind)
    assert [draft.findings for draft in found] == [()]
    assert left_out == []
    assert set(found[0].values) == {field.code for field in offered}


def test_templates_offer_choices_and_keep_numbers_as_text() -> None:
    stream = io.BytesIO()
    write_template(stream, ListKind.MEMBERS)
    page = opened(stream.getvalue())
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules["C2:C5001"] == '"Nam,Nữ"'
    assert page.column_dimensions["E"].number_format == "@"


def refused_book(path: Path) -> Path:
    rows = [
        ["DANH SÁCH"], ["TT", "Hä vµ tªn", "Ngµy sinh", "Sè CCCD"], [1, "NguyÔn ThÞ Yªn", "12/25/1991", "012191000002"],
        [2, "Mïa A DÕ", date(1985, 4, 13), 12085000001], [3, "§Ìo ThÞ L¶", "1992", "012192000003"],
    ]  # fmt: skip

    def spoil(sheet: Any) -> None:
        sheet["D5"].value, sheet["D5"].data_type = "#REF!", "e"

    return book(path, rows, spoil)


def returned(source: Path, target: Path) -> list[drafts.RowDraft]:
    with reading.open_book(source) as opened_book:
        sheet = opened_book.sheet("DS")
        matching = matched(sheet)
        bad = [draft for draft in drafts.ImportSheet(sheet, matching, TODAY).drafts() if not draft.good]
        with target.open("wb") as stream:
            write_returned(stream, matching, [(draft, ("Đã có trong chương trình.",)) for draft in bad])
    return bad


def test_refused_rows_go_back_with_their_reasons(tmp_path: Path) -> None:
    bad = returned(refused_book(tmp_path / "a.xlsx"), tmp_path / "b.xlsx")
    rows = read(tmp_path / "b.xlsx", "Dòng chưa nhập")
    assert [draft.number for draft in bad] == [3, 5]
    assert rows[0] == ["TT", "Họ và tên", "Ngày sinh", "Số CCCD", REASON, LINE]
    assert rows[1][:4] == [1, "Nguyễn Thị Yên", "12/25/1991", "012191000002"]
    assert "C3: “12/25/1991” – Không có tháng 25." in rows[1][4]
    assert rows[1][4].endswith("Đã có trong chương trình.")
    assert [row[5] for row in rows[1:]] == [3, 5]
    assert rows[2][3] == "#REF!"


def test_a_mended_return_is_imported_like_any_list(tmp_path: Path) -> None:
    returned(refused_book(tmp_path / "a.xlsx"), tmp_path / "b.xlsx")
    workbook = load_workbook(tmp_path / "b.xlsx")
    page = workbook.active
    assert page is not None
    page["C2"], page["D3"] = "25/12/1991", "012192000003"
    workbook.save(tmp_path / "b.xlsx")
    found, _ = drafted(tmp_path / "b.xlsx")
    assert [draft.findings for draft in found] == [(), ()]
    assert [draft.values["name"] for draft in found] == ["Nguyễn Thị Yên", "Đèo Thị Lả"]
    assert all(set(draft.values) == {"name", "birth", "citizen_id"} for draft in found)


def test_cells_of_any_type_go_back_as_they_stood() -> None:
    stream = io.BytesIO()
    values = [True, 1.5, Fault("#N/A"), date(1990, 5, 6), datetime(1990, 5, 6, 7, 8), 10**20]  # noqa: DTZ001
    write(stream, [ListSheet("a", tuple(ListColumn(str(n), ColumnKind.ANY) for n in range(6)), [values])])
    cells = [cell.value for cell in list(opened(stream.getvalue()).iter_rows())[1]]
    assert cells[:3] == ["TRUE", 1.5, "#N/A"]
    assert cells[3:] == [datetime(1990, 5, 6), datetime(1990, 5, 6, 7, 8), "1" + "0" * 20]  # noqa: DTZ001
