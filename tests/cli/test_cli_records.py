"""Entering, listing, correcting and erasing records by the command line."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan_desktop.domain.canonical import sha256_hex
from tests.cli.terminals import CAMPAIGN, PLAN_FILE, UNION, Terminal

ACTIVITY = ("--kind", "thể thao", "--title", "Giải cầu lông", "--starts", "20/7/2024", "--participants", "48")
SUPPORT = (
    "--unit", "CDCS-1", "--cause", "hoàn cảnh khó khăn", "--kind", "tặng quà", "--cash", "500 nghìn",
    "--fund", "quỹ xã hội", "--on", "25/7/2024",
)  # fmt: skip


def add_activity(union: Terminal, *more: str) -> str:
    return str(union.get("activity", "add", "--unit", "CDCS-1", *ACTIVITY, *more)[0]["id"])


def add_support(union: Terminal, *more: str) -> str:
    return str(union.get("support", "add", *SUPPORT, *more)[0]["id"])


def only(rows: list[dict[str, object]]) -> dict[str, object]:
    assert len(rows) == 1
    return rows[0]


def test_units_are_listed_under_their_union(union: Terminal) -> None:
    union.get("unit", "headcount", "CDCS-2", "--workers", "1.050", "--members", "900")
    rows = union.get("unit", "list")
    assert [(row["code"], row["depth"], row["members"]) for row in rows] == [
        (UNION["--code"], 0, None),
        ("CDCS-1", 1, None),
        ("CDCS-2", 1, 900),
        ("CDCS-3", 1, None),
    ]


def test_an_activity_is_kept_as_typed(union: Terminal) -> None:
    union.get("campaign", "add", "--from", str(PLAN_FILE))
    cost = ("--women", "20", "--cost", "1,2 triệu", "--source", "tai_chinh_cong_doan", "--place", "Nhà đa năng")
    id_ = add_activity(union, *cost, "--campaign", CAMPAIGN, "--ends", "21-7-2024")
    row = only(union.get("activity", "list"))
    assert row["id"] == id_
    kept = {name: row[name] for name in ("kind", "starts", "ends", "participants", "women", "cost", "source", "counts")}
    assert kept == {
        "kind": "the_thao", "starts": "2024-07-20", "ends": "2024-07-21", "participants": 48, "women": 20,
        "cost": 1_200_000, "source": "tai_chinh_cong_doan", "counts": True,
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "counts"), [("tuyen_truyen", False), ("bữa cơm công đoàn", False), ("hoi_thi", True)])
def test_the_kind_says_whether_an_activity_counts(union: Terminal, kind: str, counts: bool) -> None:
    add_activity(union, "--kind", kind)
    assert only(union.get("activity", "list"))["counts"] is counts


def test_the_officer_may_say_otherwise(union: Terminal) -> None:
    id_ = add_activity(union, "--kind", "tuyen_truyen", "--counts", "có")
    assert only(union.get("activity", "list"))["counts"] is True
    union.get("activity", "edit", id_, "--counts", "không")
    assert only(union.get("activity", "list"))["counts"] is False


def test_lists_are_narrowed_and_searched_without_diacritics(union: Terminal) -> None:
    add_activity(union)
    add_activity(union, "--title", "Hội thi tiếng hát", "--kind", "hoi_thi", "--starts", "3/5/2023")
    for narrowed in (("--year", "2024"), ("--kind", "thể thao"), ("--search", "cau long"), ("--search", "GIẢI")):
        assert only(union.get("activity", "list", *narrowed))["title"] == "Giải cầu lông"
    assert len(union.get("activity", "list", "--unit", "CDCS-1")) == 2
    assert union.get("activity", "list", "--unit", "CDCS-2") == []


def test_an_edit_keeps_its_history_and_leaves_the_rest(union: Terminal) -> None:
    id_ = add_activity(union, "--women", "20")
    union.get("activity", "edit", id_[-8:], "--participants", "50", "--title", "Giải cầu lông mở rộng")
    row = only(union.get("activity", "list"))
    assert (row["participants"], row["women"], row["starts"]) == (50, 20, "2024-07-20")
    newest, first = union.get("activity", "history", id_)
    assert newest["changes"]["participants"] == {"before": 48, "after": 50}
    assert [version["is_current"] for version in (newest, first)] == [True, False]
    union.get("activity", "restore", id_, "--version", first["id"][-8:])
    assert only(union.get("activity", "list"))["participants"] == 48


def test_a_deletion_asks_a_reason_and_can_be_undone(union: Terminal) -> None:
    id_ = add_activity(union)
    before = union.get("activity", "list")
    refused = union.run("activity", "delete", id_, "--reason", "  ")
    assert refused.code == 1
    assert "lý do" in refused.err
    union.get("activity", "delete", id_, "--reason", "Ghi nhầm đơn vị")
    assert union.get("activity", "list") == []
    assert union.get("activity", "history", id_)[0]["reason"] == "Ghi nhầm đơn vị"
    union.get("activity", "restore", id_)
    assert union.get("activity", "list") == before


def test_the_same_receiver_again_is_the_same_person(union: Terminal) -> None:
    add_support(union, "--name", "Vàng A Dũng", "--birth-year", "1985", "--citizen-id", "012085000123")
    person = only(union.get("support", "people", "vang a dung"))
    assert person["citizen_id"] == "012•••••0123"
    again = ("--person", str(person["person"]), "--cash", "700000")
    asked = union.run("support", "add", *SUPPORT, *again)
    assert asked.code == 1
    assert "nhận 500.000 đồng" in asked.err
    assert "--again “lý do”" in asked.err
    id_ = add_support(union, *again, "--again", "Mổ lần hai")
    kept = next(row for row in union.get("support", "list") if str(row["id"]).endswith(id_))
    assert kept["again"] == "Mổ lần hai"
    assert {row["person_name"] for row in union.get("support", "list")} == {"Vàng A Dũng"}
    assert only(union.get("support", "people"))["times_this_year"] == 2


def test_a_support_record_is_corrected(union: Terminal) -> None:
    id_ = add_support(union, "--name", "Lò Văn Ân")
    union.get("support", "edit", id_, "--in-kind", "200.000", "--goods", "10 kg gạo", "--unit", "CDCS-2")
    row = only(union.get("support", "list"))
    assert (row["cash"], row["in_kind"], row["goods"], row["person_name"]) == (
        500_000,
        200_000,
        "10 kg gạo",
        "Lò Văn Ân",
    )
    assert row["unit_name"] == "CĐCS Trường số 2"


def test_erasing_a_person_keeps_the_figures(union: Terminal) -> None:
    id_ = add_support(union, "--name", "Lò Văn Ân", "--note", "con nhỏ nằm viện")
    person = str(only(union.get("support", "people"))["person"])
    unsure = union.run("support", "erase-person", person)
    assert unsure.code == 1
    assert only(union.get("support", "list"))["person_name"] == "Lò Văn Ân"
    union.get("support", "erase-person", person, "--yes")
    row = only(union.get("support", "list"))
    assert (row["id"], row["cash"], row["note"]) == (id_, 500_000, "")
    assert "Lò Văn Ân" not in str(union.get("support", "history", id_))
    assert union.get("support", "people") == []


def test_a_warning_does_not_prevent_saving(union: Terminal) -> None:
    ran = union.run("support", "add", *SUPPORT, "--name", "Lò Văn Ân", "--in-kind", "200.000")
    assert ran.code == 0
    assert "Ghi hiện vật là gì" in ran.err


FINDINGS = [
    (("--starts", "31/6/2024"), "Tháng 6 có 30 ngày"),
    (("--starts", "20/7/24"), "Năm “24” chưa rõ"),
    (("--starts", "07/2024"), "Cần đủ ngày, tháng, năm"),
    (("--participants", "bốn mươi"), "không đọc được thành số đếm"),
    (("--cost", "1.5000"), "không đọc được thành số tiền"),
    (("--kind", "nhảy dù"), "không có “nhảy dù” trong danh mục"),
    (("--counts", "chắc là có"), "trả lời “có” hoặc “không”"),
    (("--women", "100"), "Số nữ nhiều hơn số người tham gia"),
    (("--cost", "5 triệu"), "chọn nguồn chi"),
    (("--ends", "1/7/2024"), "Ngày kết thúc trước ngày bắt đầu"),
    (("--unit", "CDCS-9"), "Không có đơn vị nào là “CDCS-9”"),
    (("--campaign", "99/KH"), "Không có kế hoạch nào là “99/KH”"),
]


@pytest.mark.parametrize(("wrong", "sentence"), FINDINGS, ids=[" ".join(wrong) for wrong, _ in FINDINGS])
def test_what_is_wrong_is_said_and_nothing_is_saved(union: Terminal, wrong: tuple[str, ...], sentence: str) -> None:
    ran = union.run("activity", "add", "--unit", "CDCS-1", *ACTIVITY, *wrong)
    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
    assert union.get("activity", "list") == []


def test_all_findings_come_at_once(union: Terminal) -> None:
    wrong = ("--starts", "31/6/2024", "--participants", "x", "--cost", "y", "--kind", "z")
    ran = union.run("activity", "add", "--unit", "CDCS-1", "--title", "Hội thi", *wrong)
    found = {line.split(":")[0].strip(" -") for line in ran.err.splitlines() if line.startswith("  - ")}
    assert found == {"starts", "participants", "cost", "kind"}


def test_damage_is_found_by_the_doctor(union: Terminal) -> None:
    add_activity(union)
    assert union.run("doctor", "check").code == 0
    database = union.data / "congdoan.db"
    data = bytearray(database.read_bytes())
    data[len(data) - 2000] ^= 1
    database.write_bytes(data)
    ran = union.run("doctor", "check")
    assert ran.code == 1
    assert ran.out == ""


def test_the_digest_follows_the_records(union: Terminal) -> None:
    digests = [union.get("doctor", "digest")["digest"]]
    add_activity(union)
    digests.append(union.get("doctor", "digest")["digest"])
    assert digests[0] != digests[1] == union.get("doctor", "rebuild")["digest"]
    assert len(digests[1]) == len(sha256_hex(b""))


def test_today_is_the_day_of_a_record_without_one(union: Terminal) -> None:
    add_support(union, "--name", "Lò Văn Ân", "--on", "1/8")
    assert only(union.get("support", "list"))["on"] == date(2024, 8, 1).isoformat()


def test_the_fields_of_a_kind_are_typed_by_name_or_caption(union: Terminal) -> None:
    fields = ("--field", "action=Ký mới", "--field", "Có hiệu lực đến=30/6/2027", "--field", "better=có")
    id_ = add_activity(union, "--kind", "thoa_uoc", *fields, "--field", "number=01/TƯ")
    row = only(union.get("activity", "list"))
    assert (row["number"], row["until"]) == ("01/TƯ", "2027-06-30")
    assert row["details"] == [{"name": "action", "value": "ky"}, {"name": "better", "value": "yes"}]
    union.get("activity", "edit", id_, "--field", "grade=Loại A", "--field", "number=")
    row = only(union.get("activity", "list"))
    assert (row["number"], row["until"], row["grade"]) == ("", "2027-06-30", "a")
    union.get("activity", "edit", id_, "--kind", "the_thao", "--state", "dự kiến")
    row = only(union.get("activity", "list"))
    assert (row["grade"], row["until"], row["details"], row["state"]) == ("", None, [], "planned")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("khong_co=1", "không có mục này"),
        ("until=hôm qua", "until"),
        ("action=xé", "chọn một trong: ky (Ký mới)"),
        ("better=tốt", "trả lời “có” hoặc “không”"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(union: Terminal, field: str, sentence: str) -> None:
    ran = union.run("activity", "add", "--unit", "CDCS-1", *ACTIVITY, "--kind", "thoa_uoc", "--field", field)
    assert ran.code == 1
    assert sentence in ran.err


def test_somebody_known_is_named_before_a_second_one_is_made(union: Terminal) -> None:
    add_support(union, "--name", "Lò Thị Hoa", "--birth-year", "1990")
    ran = union.run("support", "add", *SUPPORT, "--name", "Lò Thị Hoa", "--birth-year", "1990")
    assert ran.code == 1
    (known,) = union.get("support", "people", "hoa")
    assert f"--person {known['person']}" in ran.err
    add_support(union, "--person", str(known["person"]), "--again", "Đợt bổ sung")
    add_support(union, "--name", "Lò Thị Hoa", "--birth-year", "1990", "--another")
    assert len(union.get("support", "people", "hoa")) == 2
