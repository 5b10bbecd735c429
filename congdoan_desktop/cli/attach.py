"""`congdoan attach`: photos and scans of activities, support and needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.records import DELETE, HISTORY, RESTORE, record_commands
from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.attachments import KINDS, PHOTO, SCAN
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.records import plain
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.services import activities, attachments, needs, support
from congdoan_desktop.services.attachments import AttachmentRow
from congdoan_desktop.services.office import Office

_COLUMNS = (
    Column("id", "Đuôi id"),
    Column("kind_name", "Loại"),
    Column("caption", "Chú thích", 48),
    Column("taken", "Chụp ngày"),
    Column("size", "Số byte"),
    Column("width", "Rộng"),
    Column("height", "Cao"),
    Column("here", "Có trên máy"),
)
_UNFIT = (Part("unfit", "KHÔNG ĐÍNH KÈM ĐƯỢC", (Column("file", "Tệp"), Column("reason", "Lý do", 120))),)
_KINDS = {"anh": PHOTO, "ban quet": SCAN, PHOTO: PHOTO, SCAN: SCAN}


def _add(office: Office, given: Given) -> Answer:
    kind = given.choice("kind", _KINDS, PHOTO)
    given.settle()
    type_, owners = _owners(office, given.texts("to"))
    paths = [Path(typed) for typed in given.texts("files")]
    taken = attachments.attach(office, type_, owners, paths, kind)
    unfit = [{"file": str(paths[bad.at]), "reason": f"{bad.error.what} {bad.error.todo}"} for bad in taken.unfit]
    data = {"ids": list(taken.ids), "count": len(taken.ids), "unfit": unfit}
    return Answer(data, (Column("count", "Đã đính kèm"),), "Tệp gốc vẫn ở chỗ cũ.", _UNFIT)


def _list(office: Office, given: Given) -> Answer:
    owner = _owners(office, [given.text("to")])[1][0] if given.has("to") else ""
    return Answer([_shown(row) for row in attachments.listing(office, owner)], _COLUMNS)


def _edit(office: Office, given: Given) -> Answer:
    before = _row(office, given.text("id"))
    kept = before.attachment
    kind = given.choice("kind", _KINDS, kept.kind)
    today = office.clock.today()
    taken = given.day("taken", today, today) if given.has("taken") else kept.taken
    given.settle()
    warnings = attachments.edit(
        office, before.id, kind=kind, caption=given.text("caption", kept.caption), taken=taken
    )  # fmt: skip
    said = "\n".join(["Đã sửa.", *(f"  Lưu ý: {warning.message}" for warning in warnings)])
    return Answer({"id": before.id}, (Column("id", "Đuôi id"),), said)


def _save(office: Office, given: Given) -> Answer:
    row, path = _row(office, given.text("id")), given.path("file")
    if path.exists():
        raise AppError(f"Đã có tệp {path.name}.", safe="Tệp đó còn nguyên.", todo="Chọn tên khác.")
    attachments.save_copy(office, row.id, path)
    return Answer({"path": str(path)}, (Column("path", "Tệp"),), "Bản sao này không mã hoá; giữ và xoá cẩn thận.")


def _erase(office: Office, given: Given) -> Answer:
    row = _row(office, given.text("id"))
    attachments.erase(office, row.id)
    return Answer({"id": row.id}, (Column("id", "Đã xoá vĩnh viễn"),))


def _owners(office: Office, typed: list[str]) -> tuple[str, list[str]]:
    """The type of the records named, and their ids. Raises: NotFound."""
    for type_, known in (
        (Activity.TYPE, [row.id for row in activities.listing(office)]),
        (SupportRecord.TYPE, [row.id for row in support.listing(office)]),
        (Need.TYPE, [row.id for row in needs.listing(office)]),
    ):
        found = [refs.record(one, known) for one in typed]
        if set(found) <= set(known):
            return type_, found
    raise NotFound(
        f"Không có hoạt động, khoản chăm lo hay nhu cầu nào là “{'; '.join(typed)}”.",
        todo="Xem bằng lệnh activity list, support list hoặc need list; mỗi lần chỉ nêu các mục cùng một loại.",
    )


def _row(office: Office, typed: str) -> AttachmentRow:
    return refs.listed(attachments.listing(office), typed, "ảnh đính kèm", "attach list")


def _shown(row: AttachmentRow) -> dict[str, Any]:
    kept = row.attachment
    return {
        "id": row.id,
        **plain(kept),
        "taken": kept.taken,
        "kind_name": KINDS.get(kept.kind, kept.kind),
        "here": row.here,
        "own": row.own,
        "erased": row.erased,
    }


def _ids(office: Office) -> list[str]:
    return [row.id for row in attachments.listing(office)]


_ID = Option("id", "đuôi id của ảnh đính kèm", required=True)
_KIND = Option("--kind", "ảnh (mặc định) hay bản quét")

_TO = "đuôi id của hoạt động, khoản chăm lo hay nhu cầu"

COMMANDS = (
    Command(
        "add",
        "đính kèm ảnh hoặc bản quét (JPEG, PNG, WebP, TIFF, BMP, PDF); bỏ vị trí, thu nhỏ còn 300 KB, mã hoá",
        in_office(_add),
        (
            Option("files", "các tệp ảnh", required=True, many=True),
            Option(
                "--to",
                f"{_TO}; có thể ghi nhiều lần",
                required=True,
                many=True,
            ),
            _KIND,
        ),
    ),
    Command(
        "list",
        "các ảnh đính kèm của một mục, hoặc của tất cả",
        in_office(_list),
        (Option("--to", _TO),),
    ),
    Command(
        "edit",
        "sửa chú thích, loại, ngày chụp",
        in_office(_edit),
        (_ID, Option("--caption", "chú thích"), _KIND, Option("--taken", "ngày chụp")),
    ),
    Command(
        "save",
        "lưu một bản sao không mã hoá ra tệp",
        in_office(_save),
        (_ID, Option("file", "tệp .jpg sẽ ghi", required=True)),
    ),
    Command("erase", "xoá vĩnh viễn một ảnh, cả tệp của nó", in_office(_erase), (_ID,)),
    *record_commands(_ids, (DELETE, HISTORY, RESTORE)),
)
