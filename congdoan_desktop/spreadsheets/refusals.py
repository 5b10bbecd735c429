"""Why a workbook is not read, in the words of an officer."""

from __future__ import annotations

from congdoan_desktop.errors import AppError

_SAFE = "Chưa có gì được nhập, tệp vẫn nguyên."
_SAVE_AGAIN = "Mở tệp bằng Excel hoặc LibreOffice, lưu thành (Save As) kiểu “Excel Workbook (.xlsx)”, rồi nhập lại."
_SPLIT = "Chia thành nhiều tệp nhỏ hơn, hoặc xoá các trang tính, hình ảnh và định dạng không cần, rồi nhập lại."


class SheetRefused(AppError):
    """A file that is no workbook, or none that may be opened."""

    def __init__(self, what: str, todo: str = _SAVE_AGAIN) -> None:
        super().__init__(what, safe=_SAFE, todo=todo)


def too_big(what: str) -> SheetRefused:
    return SheetRefused(what, _SPLIT)


def protected() -> SheetRefused:
    return SheetRefused(
        "Tệp được đặt mật khẩu nên chương trình không đọc được.",
        "Mở tệp bằng Excel, bỏ mật khẩu (Tệp – Thông tin – Bảo vệ sổ tính), lưu lại rồi nhập.",
    )


def damaged() -> SheetRefused:
    return SheetRefused(
        "Tệp bị hỏng hoặc bị cắt giữa chừng.", "Chép lại tệp từ nơi gửi, hoặc mở bằng Excel và lưu lại thành .xlsx."
    )
