"""Rows out of every kept kind of workbook: values, faults, merged cells, code pages of text files."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.styles import Font

from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.spreadsheets import layout, reading
from congdoan_desktop.spreadsheets.cells import UNCALCULATED, UNREADABLE, Fault, address, column_of, letters, shown
from congdoan_desktop.spreadsheets.facts import Merge
from congdoan_desktop.spreadsheets.refusals import SheetRefused
from tests.spreadsheets.books import book, read, rezipped

DATA = Path(__file__).parent / "data"
MOMENT = datetime(1990, 5, 6, 7, 8)  # noqa: DTZ001  # cells know no zone
NAMES = [["TT", "Họ và tên", "Ghi chú"], ["1", "Đặng Thị Hường", "thăm hỏi; trợ cấp"], ["2", "Lò Văn Ước", ""]]


def test_values_keep_their_types(tmp_path: Path) -> None:
    values = ["Lò", 5, 1.5, True, date(1990, 5, 6), MOMENT, " x ", "=1+1", "12190000001"]
    assert read(book(tmp_path / "a.xlsx", [values])) == [values]


def test_rows_and_columns_keep_their_places(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [[], [], [None, None, "C3"], [], [None, "B5"]])
    assert read(path) == [[], [], ["", "", "C3"], [], ["", "B5"]]


def test_faults_are_never_empty_cells(tmp_path: Path) -> None:
    def spoil(sheet: object) -> None:
        for place, text in (("A1", "#REF!"), ("D2", "#N/A")):
            cell = sheet[place]  # type: ignore[index]
            cell.value, cell.data_type = text, "e"
        sheet["B2"].value, sheet["B2"].data_type = "=A1*2", "f"  # type: ignore[index]

    rows = read(book(tmp_path / "a.xlsx", [["x"], ["y", "z", "w", "v"]], spoil))
    assert rows == [[Fault("#REF!")], ["y", UNCALCULATED, "w", Fault("#N/A")]]


def test_an_empty_result_of_a_formula_is_an_empty_cell(tmp_path: Path) -> None:
    def calculated(name: str, data: bytes) -> bytes:
        new = b'<c r="A1" t="str"><f>IF(1,"","")</f><v></v></c>'
        return data.replace(b'<c r="A1" t="n"><v>7</v></c>', new) if name.endswith("sheet1.xml") else data

    path = rezipped(book(tmp_path / "a.xlsx", [[7, "x"]]), tmp_path / "b.xlsx", calculated)
    assert read(path) == [["", "x"]]


def test_sheets_with_sizes_and_the_hidden_ones(tmp_path: Path) -> None:
    def more(sheet: object) -> None:
        other = sheet.parent.create_sheet("Ẩn")  # type: ignore[attr-defined]
        other.sheet_state = "hidden"
        sheet.parent.create_sheet("Trống")  # type: ignore[attr-defined]

    with reading.open_book(book(tmp_path / "a.xlsx", [["a", "b"], ["c"]], more)) as opened:
        assert opened.sheets == (
            reading.SheetInfo("DS", 2, 2),
            reading.SheetInfo("Ẩn", 0, 0, hidden=True),
            reading.SheetInfo("Trống", 0, 0),
        )
        assert list(opened.sheet("Trống").rows()) == []
        with pytest.raises(KeyError):
            opened.sheet("Khác")


def test_cells_merged_over_rows_stand_in_each(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        [["TT", "Đơn vị"], [1, "Trường A"], [2], [3], [4, "Trạm B"]],
        lambda s: s.merge_cells("B2:B4"),
    )
    assert [row[1] for row in read(path)] == ["Đơn vị", "Trường A", "Trường A", "Trường A", "Trạm B"]


def test_fonts_and_formats_of_columns(tmp_path: Path) -> None:
    def dress(sheet: object) -> None:
        for row in range(1, 4):
            sheet.cell(row, 1).font = Font(name=".VnTimeH")  # type: ignore[attr-defined]
            sheet.cell(row, 2).number_format = "mm/yyyy"  # type: ignore[attr-defined]

    rows = [["C«ng", date(2012, 5, 1)], ["®oµn", date(2013, 5, 1)], ["c¬ së", date(2014, 5, 1)]]
    with reading.open_book(book(tmp_path / "a.xlsx", rows, dress)) as opened:
        sheet = opened.sheet("DS")
        assert sheet.fonts[0] == ".VnTimeH"
        assert sheet.formats[1] == "mm/yyyy"
        assert layout.sheet_encoding(sheet) is Encoding.TCVN3_CAPITALS


@pytest.mark.parametrize("name", ["old-fonts.xls", "old-fonts.ods"])
def test_old_workbooks(name: str) -> None:
    with reading.open_book(DATA / name) as opened:
        assert [(s.name, s.rows, s.columns, s.hidden) for s in opened.sheets] == [
            ("DS", 7, 6, False),
            ("An", 1, 1, True),
        ]
        sheet = opened.sheet("DS")
        rows = [list(row.values) for row in sheet.rows()]
        assert sheet.merges == (Merge(4, 5, 5, 5),)
        assert layout.sheet_encoding(sheet) is Encoding.TCVN3
        assert sheet.fonts == (dict.fromkeys(range(6), ".VnTime") if name.endswith("xls") else {})
    assert rows[3] == [1, "Lß V¨n ChÝnh", date(1989, 3, 12), "Nam", 12089000001.0, "Tr\xadêng THPT sè 1"]
    assert rows[4][5] == "Tr\xadêng THPT sè 1"
    assert rows[5][2] == Fault("#DIV/0!")


def test_a_workbook_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes((DATA / "old-fonts.xls").read_bytes())
    with reading.open_book(path) as opened:
        assert opened.sheets[0].name == "DS"


def in_cp1258(text: str) -> bytes:
    """Letters apart from their tones, as the Vietnamese code page of Windows keeps them."""
    found = b""
    for letter in text:
        try:
            found += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", letter)[:-1], unicodedata.normalize("NFD", letter)[-1]
            if letter in "ẬẤẦẨẪậấầẩẫẾếỀềỆệỔổỐốỒồỘộẮắẶặỜờỚớỢợỨứỪừỰự":
                marks = sorted(unicodedata.normalize("NFD", letter)[1:], key=lambda m: m not in "\u0302\u0306\u031b")
                base, tone = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter)[0] + marks[0]), marks[1]
            found += (base + tone).encode("cp1258")
    return found


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_text_files(tmp_path: Path, code: str, delimiter: str) -> None:
    text = "".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) + "\r\n" for row in NAMES)
    path = tmp_path / "ds.csv"
    path.write_bytes(in_cp1258(text) if code == "cp1258" else text.encode(code))
    with reading.open_book(path) as opened:
        assert opened.sheets == (reading.SheetInfo("ds", 3, 3),)
        rows = [[unicodedata.normalize("NFC", str(cell)) for cell in row.values] for row in opened.sheet("ds").rows()]
    assert rows == NAMES


def test_a_text_file_of_an_old_font(tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_bytes("TT,Hä vµ tªn\n1,NguyÔn ThÞ H\xadêng\n2,§Æng V¨n ¦íc\n".encode("latin-1"))
    with reading.open_book(path) as opened:
        assert layout.sheet_encoding(opened.sheet("ds")) is Encoding.TCVN3


def test_a_text_file_with_an_open_quote(tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_text('a,b\n"' + "x" * 200_000, encoding="utf-8")
    with pytest.raises(SheetRefused, match="nháy kép"):
        reading.open_book(path)


def test_addresses() -> None:
    assert [letters(column) for column in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_of(letters(column)) == column for column in range(17_000))
    assert address(17, 2) == "C17"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"), (12190000001.0, "12190000001"), (1.5, "1.5"), (True, "TRUE"), (date(1990, 5, 6), "06/05/1990"),
        (MOMENT, "06/05/1990 07:08"), (Fault("#REF!"), "#REF!"),
        (float("nan"), "nan"), (1e20, "1e+20"),
    ],
)  # fmt: skip
def test_shown(value: object, text: str) -> None:
    assert shown(value) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["[h]:mm", "h:mm", "dd/mm/yyyy"])
@pytest.mark.parametrize("number", [1e300, -1e300, 1e12])
def test_a_number_that_no_time_can_hold_spoils_its_row_alone(tmp_path: Path, number: float, code: str) -> None:
    def dress(sheet: object) -> None:
        sheet["B2"].number_format = code  # type: ignore[index]

    rows = read(book(tmp_path / "a.xlsx", [["a", "b"], ["c", number], ["d", "e"]], dress))
    assert rows[1] in ([UNREADABLE, UNREADABLE], ["c", number])
    assert (rows[0], rows[2]) == (["a", "b"], ["d", "e"])


def test_parts_with_prefixed_names_as_other_makers_write_them(tmp_path: Path) -> None:
    def prefixed(name: str, data: bytes) -> bytes:
        if not name.startswith("xl/worksheets/"):
            return data
        tagged = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", data)
        return (
            tagged.replace(b"xmlns=", b"xmlns:x=").replace(b"\n", b"").replace(b' t="n"><x:v>7<', b' t="e"><x:v>#N/A<')
        )

    path = rezipped(book(tmp_path / "a.xlsx", [["a", "b", "c"], [None, 7, "d"]]), tmp_path / "b.xlsx", prefixed)
    with reading.open_book(path) as opened:
        assert opened.sheets == (reading.SheetInfo("DS", 2, 3),)
    assert read(path) == [["a", "b", "c"], ["", Fault("#N/A"), "d"]]


def test_text_whose_lines_end_as_on_an_old_mac(tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_bytes("Họ và tên;Năm sinh\rLò Văn Sơn;1990\r".encode())
    assert read(path, "ds") == [["Họ và tên", "Năm sinh"], ["Lò Văn Sơn", "1990"]]
