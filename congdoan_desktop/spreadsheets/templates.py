"""Empty workbooks to be filled in, one for each kind of list, with a sheet that says how."""

from __future__ import annotations

from typing import BinaryIO

from congdoan_desktop.spreadsheets.fields import LIST_NAMES, ImportField, ListKind, fields_of
from congdoan_desktop.spreadsheets.writing import ColumnKind, ListColumn, ListSheet, write

GUIDE = "Hướng dẫn"
_KINDS = {"count": ColumnKind.INT}
"""All others are text: a number of identity keeps its zeros, and a date stays as it was typed."""
_EXAMPLES = {
    "person": "Lò Văn Sơn", "birth": "05/04/1985", "date": "01/09/2015", "citizen_id": "012085000123",
    "old_id": "045123456", "insurance": "0123456789", "phone": "0912345678", "tax_code": "6200012345",
    "budget_code": "1012345", "count": "48", "code": "CS-THANUYEN",
}  # fmt: skip
_GENERAL = (
    ("Cách dùng", "Mỗi dòng một người hoặc một đơn vị, ngay dưới dòng tiêu đề. Không gộp ô, không thêm dòng cộng."),
    ("Thứ tự cột", "Được đổi thứ tự, xoá cột không dùng, thêm cột riêng. Cột lạ sẽ không được nhập."),
    ("Trước khi nhập", "Chương trình cho xem trước từng dòng, chỉ rõ ô cần sửa. Chưa bấm Nhập thì chưa ghi gì."),
    ("Bảo mật", "Tệp có dữ liệu cá nhân. Xoá tệp sau khi nhập xong, không gửi qua mạng xã hội."),
)


def write_template(stream: BinaryIO, kind: ListKind) -> None:
    """Write the template of a list: its sheet with titles and choices, and the guide."""
    fields = [field for field in fields_of(kind).values() if field.in_template]
    columns = tuple(
        ListColumn(field.name, _KINDS.get(field.type, ColumnKind.TEXT), None, field.values, field.strict)
        for field in fields
    )
    guide = (ListColumn("Cột", width=30), ListColumn("Cách ghi", width=80), ListColumn("Bắt buộc"), ListColumn("Ví dụ"))
    rows = [*((name, text, "", "") for name, text in _GENERAL), *map(_line, fields)]
    write(stream, [ListSheet(LIST_NAMES[kind], columns, ()), ListSheet(GUIDE, guide, rows)])


def _line(field: ImportField) -> tuple[str, str, str, str]:
    example = field.values[0] if field.values else _EXAMPLES.get(field.type, "")
    said = field.note or ("Chọn trong danh sách hoặc ghi như trong chương trình." if field.values else "")
    return field.name, said, "Có" if field.needed else "", example
