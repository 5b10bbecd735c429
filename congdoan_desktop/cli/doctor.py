"""`congdoan doctor`: looking after the database."""

from __future__ import annotations

from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import doctor
from congdoan_desktop.services.office import Office

_DIGEST = (Column("digest", "Mã số liệu"),)


def _digest(office: Office, _: Given) -> Answer:
    return Answer({"digest": doctor.digest(office)}, _DIGEST)


def _rebuild(office: Office, _: Given) -> Answer:
    before = doctor.digest(office)
    after = doctor.rebuild(office)
    same = before == after
    message = "Đã tính lại; số liệu không đổi." if same else "Đã tính lại; số liệu trước đó có chỗ sai và đã được sửa."
    return Answer({"digest": after, "before": before, "same": same}, _DIGEST, message)


def _check(office: Office, _: Given) -> Answer:
    faults = doctor.check(office)
    if faults:
        raise AppError(
            f"Cơ sở dữ liệu có chỗ hỏng: {'; '.join(faults)}.",
            safe="Lệnh kiểm tra không sửa gì.",
            todo="Giữ lại thư mục dữ liệu, mở bản sao lưu gần nhất và báo người hỗ trợ.",
        )
    return Answer({"faults": [], "digest": doctor.digest(office)}, _DIGEST, "Cơ sở dữ liệu nguyên vẹn.")


COMMANDS = (
    Command("rebuild", "tính lại mọi bảng từ các bản ghi gốc", in_office(_rebuild)),
    Command("check", "kiểm tra tệp, mã băm và nhật ký", in_office(_check)),
    Command("digest", "một mã cho toàn bộ số liệu, để so hai máy", in_office(_digest)),
)
