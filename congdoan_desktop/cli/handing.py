"""What every command that makes a package does with it: say where it lies, and write it to a stick if asked."""

from __future__ import annotations

from typing import Any, Protocol

from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Option
from congdoan_desktop.cli.given import Given
from congdoan_desktop.services import outgoing
from congdoan_desktop.services.office import Office

PACKAGE = Option("package", "tên tệp hoặc đầu mã gói", required=True)
FOLDER = Option("folder", "USB hoặc thư mục", required=True)
TO_STICK = Option("--write", "ghi luôn gói vào USB hoặc thư mục này")


class Made(Protocol):
    """A package of the outbox."""

    @property
    def package_id(self) -> str: ...
    @property
    def file_name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def seq(self) -> int: ...


def handed(office: Office, package: Made, given: Given, **more: Any) -> Answer:
    """The new package, written to the stick where `--write` names one. Raises: StickProblem."""
    path = office.outbox / package.file_name
    message = "Gói đang ở hộp gửi; ghi vào USB bằng lệnh package write."
    if given.has("write"):
        path = outgoing.write_to_stick(office, package.package_id, given.path("write")).path
        message = "Đã ghi và đọc lại đúng từng byte. Có thể rút USB."
    data = {"package_id": package.package_id, "kind": package.kind, "seq": package.seq, "path": str(path), **more}
    return Answer(data, tuple(Column(key, title) for key, title in _TITLES.items() if key in data), message)


_TITLES = {
    "path": "Tệp",
    "package_id": "Mã gói",
    "report_id": "Mã báo cáo",
    "words": "Tám từ trên phiếu",
}
