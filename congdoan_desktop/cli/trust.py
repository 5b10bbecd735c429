"""`congdoan trust`: enrolment and the trust list, compared by eight words of a stamped sheet."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.handing import TO_STICK, handed
from congdoan_desktop.services import sheet_pictures, trusting
from congdoan_desktop.services.office import Office

_WORDS = Option("--words", "tám từ trên phiếu giấy có dấu; có dấu hay không dấu đều được")
_PICTURE = Option("--picture", "ảnh chụp hoặc bản quét của phiếu có dấu, thay cho gõ tám từ")
_SEEN = (
    Column("unit_name", "Đơn vị"),
    Column("code", "Mã"),
    Column("officer_name", "Cán bộ"),
    Column("officer_title", "Chức vụ"),
    Column("words", "Tám từ của tệp", 200),
    Column("already", "Đã công nhận"),
)
_KEYS = (
    Column("unit_name", "Đơn vị"),
    Column("officer", "Cán bộ"),
    Column("title", "Chức vụ"),
    Column("revoked", "Thu hồi"),
    Column("own", "Của máy này"),
)


def _enrol(office: Office, given: Given) -> Answer:
    package = trusting.write_enrolment(office)
    return handed(office, package, given, words=" ".join(trusting.enrolment_words(office, package)))


def _look(office: Office, given: Given) -> Answer:
    return Answer(_seen(trusting.read_enrolment(office, given.path("file"))), _SEEN)


def _approve(office: Office, given: Given) -> Answer:
    under = refs.unit(office, given.text("under")) if given.has("under") else ""
    words, decision = given.text("words"), given.text("decision")
    if given.has("picture"):
        asked = trusting.read_enrolment(office, given.path("file"))
        words = sheet_pictures.enrolment_words(given.path("picture"), asked.package_id)
    seen = trusting.approve(office, given.path("file"), words, decision=decision, under=under)
    message = f"Đã công nhận. Trả lời bằng lệnh trust write {seen.unit.code}."
    if under:
        message += f" Ghi thêm trust write {given.text('under')} để công đoàn cấp trên đó biết khoá mới."
    return Answer(_seen(seen), _SEEN[:4], message)


def _write(office: Office, given: Given) -> Answer:
    return handed(office, trusting.write_trust(office, refs.unit(office, given.text("unit"))), given)


def _accept(office: Office, given: Given) -> Answer:
    words = sheet_pictures.root_words(given.path("picture")) if given.has("picture") else given.text("words")
    version = trusting.accept_trust(office, given.path("file"), words)
    return Answer({"version": version}, (Column("version", "Danh sách tin cậy số"),), "Đã công nhận.")


def _words(office: Office, _: Given) -> Answer:
    return Answer({"words": " ".join(trusting.root_words(office))}, (Column("words", "Tám từ của đơn vị"),))


def _list(office: Office, _: Given) -> Answer:
    return Answer([asdict(key) for key in trusting.keys(office)], _KEYS)


def _seen(seen: trusting.EnrolmentSeen) -> dict[str, Any]:
    return {
        "package_id": seen.package_id,
        "unit": seen.unit.unit,
        "unit_name": seen.unit.name,
        "code": seen.unit.code,
        "officer_name": seen.officer_name,
        "officer_title": seen.officer_title,
        "words": " ".join(seen.words),
        "already": seen.already,
    }


_FILE = Option("file", "tệp trên USB", required=True)

COMMANDS = (
    Command("enrol", "làm tệp đăng ký mã của đơn vị mình gửi cấp trên", in_office(_enrol), (TO_STICK,)),
    Command("look", "xem tệp đăng ký của đơn vị dưới và tám từ của nó", in_office(_look), (_FILE,)),
    Command(
        "approve",
        "công nhận đơn vị dưới sau khi so tám từ với phiếu giấy",
        in_office(_approve),
        (
            _FILE,
            _WORDS,
            _PICTURE,
            Option("--decision", "số quyết định"),
            Option("--under", "mã công đoàn cấp trên mà đơn vị đứng dưới (mặc định: đơn vị mình)"),
        ),
    ),
    Command(
        "write",
        "làm tệp tin cậy cho một đơn vị đã công nhận",
        in_office(_write),
        (Option("unit", "mã đơn vị", required=True), TO_STICK),
    ),
    Command(
        "accept", "nhận tệp tin cậy của tỉnh; lần đầu phải gõ tám từ", in_office(_accept), (_FILE, _WORDS, _PICTURE)
    ),
    Command("words", "tám từ của đơn vị mình, để in lên phiếu có dấu (dùng ở tỉnh)", in_office(_words)),
    Command("list", "các mã đang được công nhận", in_office(_list)),
)
