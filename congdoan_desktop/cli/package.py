"""`congdoan package`: reports up, everything in, receipts back, by way of a stick."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.handing import FOLDER, PACKAGE, TO_STICK, handed
from congdoan_desktop.cli.names import ARRIVED, PACKAGES, RECORDS, SENT
from congdoan_desktop.cli.report import REQUEST, request_of
from congdoan_desktop.domain.attachments import PHOTO, SCAN
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import (
    confirming,
    consolidated,
    incoming,
    origins,
    outgoing,
    receipts,
    units,
    update_making,
    updates,
)
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.mailbox import HANDED_OVER
from congdoan_desktop.services.office import Office

_RESULT = (
    Column("file_name", "Tệp"),
    Column("kind_name", "Loại gói"),
    Column("sender_name", "Đơn vị gửi"),
    Column("officer", "Cán bộ gửi"),
    Column("period", "Kỳ"),
    Column("new", "Mới"),
    Column("changed", "Thay đổi"),
    Column("same", "Không đổi"),
    Column("refused_count", "Không nhận"),
    Column("conflicts", "Xung đột"),
    Column("gaps", "Thiếu gói số"),
    Column("known", "Đã nhập từ trước"),
    Column("pictures", "Ảnh kèm theo"),
)
_REFUSED = (
    Part("refused", "KHÔNG NHẬN", (Column("type_name", "Loại"), Column("id", "Mục"), Column("reason", "Lý do", 90))),
    Part("lost", "ẢNH HỎNG HOẶC THIẾU", (Column("record", "Mục"), Column("reason", "Lý do", 90))),
)
_OUTBOX = (
    Column("file_name", "Tệp"),
    Column("receiver_name", "Nơi nhận", 40),
    Column("made_at", "Làm lúc"),
    Column("state_name", "Trạng thái"),
    Column("receipt_by", "Biên nhận của"),
)
_AGAIN = (
    Column("file_name", "Tệp"),
    Column("figures", "Số liệu giống"),
    Column("paper", "Bản in giống"),
    Column("sources", "Gói nguồn giống"),
)
_ORIGINS = (
    Column("unit_name", "Đơn vị gửi", 44),
    Column("via", "Qua", 40),
    Column("period", "Kỳ"),
    Column("file_name", "Gói", 60),
    Column("report_code", "Mã báo cáo"),
    Column("officer", "Người gửi"),
    Column("receipt", "Biên nhận", 60),
)
_PICTURES = ((PHOTO, "with_photos"), (SCAN, "with_scans"))
_INBOX = (
    Column("file_name", "Tệp"),
    Column("sender_name", "Đơn vị gửi", 40),
    Column("received_at", "Nhận lúc"),
    Column("state_name", "Trạng thái"),
)


def _make(office: Office, given: Given) -> Answer:
    request = request_of(office, given)
    receiver = refs.unit(office, given.text("for")) if given.has("for") else _upper(office)
    kinds = [kind for kind, name in _PICTURES if given.flag(name)]
    package, prepared = outgoing.make_report(office, request, receiver, kinds)
    return handed(office, package, given, report_id=prepared.report.report_id)


def _write(office: Office, given: Given) -> Answer:
    written = outgoing.write_to_stick(office, refs.sent(office, given.text("package")), given.path("folder"))
    data = {"path": str(written.path), "size": written.size, "sha256": written.sha256}
    columns = (Column("path", "Tệp"), Column("size", "Số byte"), Column("sha256", "SHA-256", 64))
    return Answer(data, columns, "Đã ghi và đọc lại đúng từng byte. Có thể rút USB.")


def _confirm(office: Office, given: Given) -> Answer:
    package = refs.sent(office, given.text("package"))
    done = confirming.confirm(office, package)
    data = {"package_id": package, "signers": list(done.signers)}
    return Answer(data, (Column("signers", "Đã ký", 200),), "Đã xác nhận. Ghi gói ra USB bằng lệnh package write.")


def _make_update(office: Office, given: Given) -> Answer:
    return handed(
        office, update_making.make(office, given.path("file"), given.text("version"), given.text("system")), given
    )


def _update(office: Office, _: Given) -> Answer:
    found = updates.kept(office)
    if found is None:
        return Answer({"version": None}, (), "Không có bản cập nhật nào đang chờ.")
    data = {"version": found.version, "system": found.system, "path": str(found.path)}
    return Answer(data, tuple(Column(key, key) for key in data), found.todo)


def _verify(office: Office, given: Given) -> Answer:
    result = incoming.preview(office, given.path("file"))
    return Answer(_result(result), _RESULT, "Gói đúng, chưa nhập.", _REFUSED)


def _import(office: Office, given: Given) -> Answer:
    result = incoming.apply(office, given.path("file"))
    message = "Gói này đã nhập từ trước; không có gì thay đổi." if result.known else "Đã nhập."
    if result.fork:
        message = "CẢNH BÁO: đã có gói khác cùng số này. Giữ cả hai, chưa nhập; hỏi lại đơn vị gửi."
    return Answer(_result(result), _RESULT, message, _REFUSED)


def _look(office: Office, given: Given) -> Answer:
    rows = [
        {"path": str(seen.path), "result": _result(seen.result) if seen.result else None,
         "file_name": seen.path.name, "sender_name": seen.result.sender_name if seen.result else "",
         "new": seen.result.new if seen.result else None, "refusal": seen.refusal.what if seen.refusal else ""}
        for seen in incoming.look(office, given.path("folder"))
    ]  # fmt: skip
    columns = (
        Column("file_name", "Tệp"),
        Column("sender_name", "Đơn vị gửi", 40),
        Column("new", "Mới"),
        Column("refusal", "Từ chối vì", 100),
    )
    return Answer(rows, columns)


def _withdraw(office: Office, given: Given) -> Answer:
    package = refs.received(office, given.text("package"))
    undo = given.flag("undo")
    (incoming.lift_withdrawal if undo else incoming.withdraw)(office, package)
    return Answer(
        {"package_id": package}, (Column("package_id", "Gói", 64),), "Đã nhận lại." if undo else "Đã rút lại."
    )


def _receipt(office: Office, given: Given) -> Answer:
    """Imports the package where that was not done yet; the same package again changes nothing."""
    result = incoming.apply(office, given.path("file"))
    return handed(office, receipts.write_receipt(office, result), given, answers=result.package_id)


def _again(office: Office, given: Given) -> Answer:
    made = consolidated.make_again(office, refs.sent(office, given.text("package")))
    said = "Giống từng byte với gói đã làm." if made.same else "KHÁC với gói đã làm; gói đã gửi không đổi."
    return Answer(asdict(made), _AGAIN, said)


def _sources(office: Office, given: Given) -> Answer:
    """A report that came in, and the packages that it sums up."""
    found = origins.of_package(office, refs.received(office, given.text("package")))
    said = "" if found else "Gói này không phải báo cáo, hoặc không kèm căn cứ."
    return Answer([asdict(one) for one in found], _ORIGINS, said)


def _outbox(office: Office, _: Given) -> Answer:
    names = {row.id: row.name for row in units.listing(office)}
    rows = []
    for package in outgoing.outbox(office):
        receipt = receipts.answer_to(package)
        rows.append(
            {"package_id": package.package_id, "kind": package.kind, "file_name": package.file_name, "seq": package.seq,
             "receiver": package.receiver, "receiver_name": _receiver_name(package.header, names),
             "made_at": package.made_at, "state": package.state, "state_name": SENT[package.state],
             "written_to": package.written_to.splitlines(), "receipt": asdict(receipt) if receipt else None,
             "receipt_by": receipt.unit_name if receipt else ""}
        )  # fmt: skip
    return Answer(rows, _OUTBOX)


def _inbox(office: Office, _: Given) -> Answer:
    rows = [
        {"package_id": package.package_id, "kind": package.kind, "file_name": package.file_name, "seq": package.seq,
         "sender": package.sender, "sender_name": json.loads(package.header)["sender"]["name"],
         "received_at": package.received_at, "state": package.state, "state_name": ARRIVED[package.state]}
        for package in incoming.inbox(office)
    ]  # fmt: skip
    return Answer(rows, _INBOX)


def _receiver_name(header: bytes, names: dict[str, str]) -> str:
    receiver = json.loads(header)["receiver"]
    return names.get(receiver["unit"], receiver["name"]) if receiver else ""


def _upper(office: Office) -> str:
    """The union above us. Raises: NotFound while none has admitted us."""
    parent = units.upper(office)
    if parent is None:
        raise NotFound(
            "Chưa biết đơn vị cấp trên để gửi.", todo="Nhận tệp tin cậy của tỉnh trước, hoặc nêu nơi nhận bằng --for."
        )
    return parent


def _result(result: ImportResult) -> dict[str, Any]:
    return {
        **asdict(result),
        "kind_name": PACKAGES[result.kind] if result.about or result.kind != "cascade" else HANDED_OVER,
        "refused": [
            {"id": row.record, "type": row.type, "type_name": RECORDS.get(row.type, row.type), "reason": row.reason}
            for row in result.refused
        ],
        "refused_count": len(result.refused),
    }


_FILE = Option("file", "tệp gói .cdpkg", required=True)

COMMANDS = (
    Command(
        "make",
        "làm gói báo cáo gửi cấp trên",
        in_office(_make),
        (
            *REQUEST,
            Option("--for", "mã đơn vị nhận (mặc định: cấp trên)"),
            Option("--with-photos", "kèm ảnh của các hoạt động, khoản chăm lo, mã hoá", flag=True),
            Option("--with-scans", "kèm bản quét (danh sách ký nhận…), mã hoá", flag=True),
            TO_STICK,
        ),
    ),
    Command(
        "write",
        "ghi một gói của hộp gửi vào USB và đọc lại",
        in_office(_write),
        (PACKAGE, FOLDER),
    ),
    Command("confirm", "chủ tịch xác nhận một gói của hộp gửi", in_office(_confirm), (PACKAGE,)),
    Command(
        "look",
        "xem các gói trên USB: của ai, có đúng không",
        in_office(_look),
        (FOLDER,),
    ),
    Command("verify", "kiểm tra một gói và xem trước việc nhập", in_office(_verify), (_FILE,)),
    Command("import", "nhập một gói", in_office(_import), (_FILE,)),
    Command(
        "withdraw",
        "rút lại một gói đã nhập",
        in_office(_withdraw),
        (PACKAGE, Option("--undo", "nhận lại gói đã rút", flag=True)),
    ),
    Command("receipt", "nhập một gói (nếu chưa) và làm biên nhận gửi lại", in_office(_receipt), (_FILE, TO_STICK)),
    Command(
        "again", "lập lại một báo cáo đã đóng gói từ đúng căn cứ lúc ấy, so từng byte", in_office(_again), (PACKAGE,)
    ),
    Command("sources", "một báo cáo đã nhận được tổng hợp từ những gói nào", in_office(_sources), (PACKAGE,)),
    Command(
        "make-update",
        "làm gói cập nhật chương trình gửi mọi đơn vị (ở máy giữ khoá gốc của tỉnh)",
        in_office(_make_update),
        (
            Option("file", "bộ cài chương trình", required=True),
            Option("--version", "phiên bản", required=True),
            Option("--system", "hệ điều hành", required=True),
            TO_STICK,
        ),
    ),
    Command("update", "bản cập nhật đã nhận và việc cần làm", in_office(_update)),
    Command("outbox", "các gói đã làm và biên nhận", in_office(_outbox)),
    Command("inbox", "các gói đã nhận", in_office(_inbox)),
)
