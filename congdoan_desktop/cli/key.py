"""`congdoan key`: keys that count no more, a renewed one, the province's root, the chair's confirmation."""

from __future__ import annotations

from dataclasses import asdict

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.handing import TO_STICK, handed
from congdoan_desktop.services import chair_asked, key_changes, key_renewal, root_holders, trusting
from congdoan_desktop.services.office import Office

_KEYS = (
    Column("key_id", "Mã khoá", 12),
    Column("unit_name", "Đơn vị"),
    Column("officer", "Cán bộ"),
    Column("title", "Chức vụ"),
    Column("revoked", "Thu hồi"),
    Column("root", "Khoá gốc"),
    Column("own", "Của máy này"),
)
_HOLDERS = (
    Column("key_id", "Mã khoá", 12),
    Column("officer", "Cán bộ"),
    Column("title", "Chức vụ"),
    Column("named", "Được chỉ định"),
)
_WORDS = (Column("words", "Tám từ của khoá gốc mới", 200),)
_NEW_LIST = "Danh sách tin cậy mới nằm trong hộp gửi và tự đi theo mỗi USB về đơn vị (lệnh stick run)."


def _list(office: Office, _: Given) -> Answer:
    return Answer([asdict(key) for key in trusting.keys(office)], _KEYS)


def _revoke(office: Office, given: Given) -> Answer:
    on_the_way = given.count("on_the_way")
    given.settle()
    known = ((key.key_id, (key.key_id[: max(len(given.text("key")), 6)],)) for key in trusting.keys(office))
    key = refs.one("khoá", given.text("key"), known)
    trust = key_changes.revoke(office, key, on_the_way=on_the_way)
    return Answer({"key_id": key, "version": trust.version}, (), f"Đã thu hồi. {_NEW_LIST}")


def _renew(office: Office, given: Given) -> Answer:
    return handed(office, key_renewal.begin(office), given)


def _replace(office: Office, given: Given) -> Answer:
    package = key_renewal.begin_again(office)
    return handed(office, package, given, words=" ".join(trusting.enrolment_words(office, package)))


def _admit(office: Office, given: Given) -> Answer:
    seen = key_renewal.admit(office, given.path("file"))
    message = f"Đã công nhận khoá mới. Trả lời bằng lệnh trust write {seen.unit.code}."
    return Answer({"unit": seen.unit.unit, "code": seen.unit.code, "officers": list(seen.officers)}, (), message)


def _rotate_root(office: Office, _: Given) -> Answer:
    return Answer({"words": " ".join(key_changes.rotate_root(office))}, _WORDS, _NEW_LIST)


def _take_root(office: Office, _: Given) -> Answer:
    said = f"{_NEW_LIST} Máy giữ khoá gốc trước đây hỏng hoặc mất thì thu hồi khoá cũ (lệnh key revoke)."
    return Answer({"words": " ".join(root_holders.take_over(office))}, _WORDS, said)


def _holders(office: Office, given: Given) -> Answer:
    if given.has("appoint") or given.flag("none"):
        root_holders.appoint(office, [_candidate(office, typed) for typed in given.texts("appoint")])
    return Answer([asdict(one) for one in root_holders.candidates(office)], _HOLDERS)


def _candidate(office: Office, typed: str) -> str:
    known = ((one.key_id, (one.key_id[: max(len(typed), 6)],)) for one in root_holders.candidates(office))
    return refs.one("khoá", typed, known)


def _chair(office: Office, given: Given) -> Answer:
    wanted = given.yes("answer", False)
    given.settle()
    trust = chair_asked.ask(office, wanted)
    return Answer({"asked": wanted, "version": trust.version}, (), _NEW_LIST)


_FILE = Option("file", "tệp trên USB", required=True)

COMMANDS = (
    Command("list", "các khoá của danh sách tin cậy", in_office(_list)),
    Command(
        "revoke",
        "thu hồi một khoá (ở máy giữ khoá gốc của tỉnh)",
        in_office(_revoke),
        (
            Option("key", "đầu mã khoá", required=True),
            Option("--on-the-way", "số gói đang trên đường còn nhận; 0 khi mất khoá"),
        ),
    ),
    Command("renew", "lập khoá mới, khoá đang dùng giới thiệu", in_office(_renew), (TO_STICK,)),
    Command("replace", "sau khi bị thu hồi: lập khoá mới và tệp đăng ký", in_office(_replace), (TO_STICK,)),
    Command("admit", "công nhận khoá mới được khoá cũ giới thiệu (ở tỉnh)", in_office(_admit), (_FILE,)),
    Command("rotate-root", "đổi khoá gốc của tỉnh", in_office(_rotate_root)),
    Command("take-root", "nhận giữ khoá gốc: cùng máy, hoặc đã được chỉ định trước", in_office(_take_root)),
    Command(
        "holders",
        "ai được nhận giữ khoá gốc; chỉ định lại (ở máy giữ khoá gốc)",
        in_office(_holders),
        (
            Option("--appoint", "đầu mã khoá được chỉ định; lặp lại cho từng khoá", many=True),
            Option("--none", "không chỉ định ai nữa", flag=True),
        ),
    ),
    Command(
        "chair",
        "tỉnh yêu cầu chủ tịch xác nhận báo cáo, hoặc thôi yêu cầu",
        in_office(_chair),
        (Option("answer", "có hoặc không", required=True),),
    ),
)
