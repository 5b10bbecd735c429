"""What every command has in common: exit codes, streams, tables and JSON, passphrases, the log."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.cli import main as main_module
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.main import GROUPS, main
from congdoan_desktop.services import activities
from congdoan_desktop.services.stick import FOLDER
from congdoan_desktop.storage.folder import FolderLock
from tests.cli.terminals import PASSPHRASE, UNION, Terminal, passphrase_descriptor, words_of

USAGE = [
    ((), "thiếu NHÓM"),
    (("nhom",), "không có NHÓM “nhom”"),
    (("unit", "lenh"), "không có LỆNH “lenh”"),
    (("unit",), "thiếu"),
    (("unit", "add"), "thiếu --name, --code, --kind"),
    (("unit", "list", "--la"), "không hiểu --la"),
    (("unit", "list", "--data", "so"), "--data phải đứng trước tên nhóm lệnh"),
    (("activity", "add", "--unit"), "--unit cần một giá trị đi kèm"),
    (("activity", "list", "--json=1"), "--json không nhận giá trị"),
    (("--passphrase-fd", "x", "unit", "list"), "--passphrase-fd phải là số, không phải “x”"),
]


@pytest.mark.parametrize(("words", "sentence"), USAGE, ids=[" ".join(words) for words, _ in USAGE])
def test_a_command_that_makes_no_sense(
    words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--data", str(tmp_path / "none"), *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"Lệnh chưa đúng: {sentence}")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_help_is_vietnamese(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*([group] if group else []), "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Cách dùng: congdoan")
    assert not {"usage:", "options:", "show this help", "positional"} & set(out.split())


@pytest.mark.parametrize(
    ("group", "command"),
    [(group, command.name) for group in GROUPS for command in main_module._module(group).COMMANDS if command.name],
)
def test_every_command_explains_itself(group: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([group, command, "--help"]) == 0
    _, what, *parts = capsys.readouterr().out.split("\n\n")
    assert what[0].isupper()
    assert what.endswith(".")
    places = [line.split()[0] for part in parts if part.startswith("Giá trị") for line in part.splitlines()[1:]]
    assert not {"FILE", "UNIT", "PACKAGE", "CAMPAIGN"} & set(places)


def test_what_every_group_is_for_stands_in_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    for group, what in GROUPS.items():
        assert main([group, "--help"]) == 0
        out = capsys.readouterr().out
        assert what[1:] in " ".join(out.split()) or "LỆNH" not in out


def test_the_examples_of_the_help_are_commands(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    lines = capsys.readouterr().out.partition("Ví dụ:")[2].strip().splitlines()
    shown = [line.split("  ")[0 if line.startswith("congdoan") else 1].split()[1:] for line in lines]
    assert len(shown) == 3
    for words in shown:
        assert main([*words, *([] if "--help" in words else ["--help"])]) == 0


def test_a_folder_without_an_office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "none"), "unit", "list"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[0]) == ("", "Thư mục này chưa có dữ liệu của đơn vị nào.")
    assert not (tmp_path / "none").exists()


def test_an_office_is_made_once(union: Terminal) -> None:
    again = union.run("init", *words_of(UNION))
    assert again.code == 1
    assert "đã có dữ liệu" in again.err
    assert union.get("unit", "list")[0]["code"] == UNION["--code"]


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--code", "mã có dấu", "Mã đơn vị chỉ gồm chữ không dấu"),
        ("--kind", "câu lạc bộ", "không có “câu lạc bộ” trong danh mục"),
        ("--officer-name", " ", "họ và tên cán bộ"),
        ("--role", "vua", "vai trò"),
    ],
)
def test_a_first_start_with_something_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, sentence: str
) -> None:
    descriptor = str(passphrase_descriptor(PASSPHRASE))
    words = words_of({**UNION, option: value})
    assert main(["--data", str(tmp_path / "u"), "--passphrase-fd", descriptor, "init", *words]) == 1
    assert sentence in capsys.readouterr().err


def test_a_table_for_people(union: Terminal) -> None:
    union.get("unit", "headcount", "CDCS-2", "--workers", "1.050", "--members", "900")
    head, rule, *rows = union.run("unit", "list").out.splitlines()
    assert head.split() == ["Mã", "Đơn", "vị", "Cấp", "Loại", "Lao", "động", "Đoàn", "viên"]
    assert set(rule) == {"─", " "}
    assert rows[2].endswith("1.050        900")
    assert rows[0].startswith("CDX-NAMMAU  Công đoàn xã Nậm Mẫu")


def test_an_empty_list_prints_nothing(union: Terminal) -> None:
    assert union.run("activity", "list") == union.run("support", "list")
    assert union.run("activity", "list").out == ""
    assert union.get("activity", "list") == []


def test_a_wrong_passphrase(union: Terminal) -> None:
    ran = union.run("unit", "list", passphrase="sai mật khẩu")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Mật khẩu chưa đúng.")


def test_a_passphrase_typed_on_another_keyboard(union: Terminal) -> None:
    """The same letters, decomposed as some keyboards send them (rule D12)."""
    assert union.run("unit", "list", passphrase=unicodedata.normalize("NFD", PASSPHRASE)).code == 0


def test_a_passphrase_from_a_credential(
    union: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "congdoan-passphrase").write_text(PASSPHRASE + "\n", "utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    assert main(["--data", str(union.data), "unit", "list"]) == 0


def test_a_passphrase_from_the_prompt(union: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def typed(question: str) -> str:
        asked.append(question)
        return PASSPHRASE

    monkeypatch.setattr(main_module, "prompt", typed)
    assert main(["--data", str(union.data), "unit", "list"]) == 0
    assert asked == ["Mật khẩu: "]


def test_a_new_passphrase_is_typed_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([PASSPHRASE, PASSPHRASE + "!"])
    monkeypatch.setattr(main_module, "prompt", lambda question: next(typed))
    assert main(["--data", str(tmp_path / "u"), "init", *words_of(UNION)]) == 1
    assert "Chưa giống" in capsys.readouterr().err


@pytest.mark.parametrize("descriptor", ["999", "-1"])
def test_a_descriptor_that_is_none(union: Terminal, capsys: pytest.CaptureFixture[str], descriptor: str) -> None:
    assert main(["--data", str(union.data), f"--passphrase-fd={descriptor}", "unit", "list"]) == 1
    assert "Chưa có mật khẩu" in capsys.readouterr().err


def test_a_second_program_on_the_same_folder(union: Terminal) -> None:
    with FolderLock(union.data):
        ran = union.run("unit", "list")
    assert ran.code == 1
    assert "đang được một cửa sổ" in ran.err


def test_an_unwritable_paper_is_the_users_to_mend(union: Terminal, tmp_path: Path) -> None:
    ran = union.run("campaign", "add", "--from", str(tmp_path / "khong-co.toml"))
    assert ran.code == 1
    assert "khong-co.toml: không có." in ran.err


SECRET = "Vàng A Dũng"


@pytest.mark.logs_warnings
def test_a_defect_is_told_apart_and_logged_without_what_was_typed(
    union: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(SECRET) from KeyError(SECRET)

    monkeypatch.setattr(activities, "listing", fail)
    ran = union.run("activity", "list")
    assert (ran.code, ran.out) == (3, "")
    assert "Traceback" not in ran.err
    log = (union.data / "logs" / "congdoan.log").read_text("utf-8")
    assert "ValueError" in log
    assert "KeyError" in log
    assert "test_cli_terminal.fail:" in log
    assert SECRET not in log


def test_the_log_names_commands_and_nobody(union: Terminal) -> None:
    name = ("--unit", "CDCS-1", "--name", SECRET, "--cause", "kho_khan", "--kind", "tang_qua", "--cash", "500000")
    union.get("support", "add", *name, "--fund", "quy_xa_hoi", "--on", "25/7/2024")
    union.run("support", "list", "--search", SECRET)
    log = (union.data / "logs" / "congdoan.log").read_text("utf-8")
    assert "support add: 0" in log
    assert not [word for word in (SECRET, "500000", str(union.data), PASSPHRASE) if word in log]


def test_a_process_of_its_own(union: Terminal) -> None:
    alone = replace(union, apart=True)
    listed = alone.run("unit", "list")
    assert (listed.code, listed.err) == (0, "")
    assert "CĐCS Trường số 2" in listed.out
    assert alone.run("unit", "lenh").code == 2
    mend = alone.run("activity", "add", "--unit", "CDCS-9", "--title", "Hội thi")
    assert (mend.code, mend.out) == (1, "")
    assert mend.err.startswith("Không có đơn vị nào là “CDCS-9”")


def test_a_process_writes_no_core_dump() -> None:
    code = "import resource; from congdoan_desktop.cli.main import main; main(['--help']); print(resource.getrlimit(4))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "(0, 0)"


def test_help_starts_without_the_heavy_libraries() -> None:
    code = "import sys; from congdoan_desktop.cli.main import main; main(['--help']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = done.stdout.splitlines()[-1]
    for heavy in ("sqlalchemy", "cryptography", "reportlab", "pyrage", "PySide6"):
        assert f"'{heavy}'" not in loaded


UNREADABLE = [
    ("member edit 0190aaaaaaaa --name X", "Không có người này"),
    ("member list --standing đi-vắng", "--standing: chọn một trong"),
    ("form show 2-HĐCĐ --year 0", "--year"),
    ("form show 2-HĐCĐ --year 99999", "--year"),
    ("activity list --year 0", "--year"),
]


@pytest.mark.parametrize(("words", "said"), UNREADABLE)
def test_what_cannot_be_is_named(union: Terminal, words: str, said: str) -> None:
    ran = union.run(*words.split(" "))
    assert ran.code == 1
    assert said in ran.err


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_file_of_an_outlandish_name_cannot_speak_to_the_terminal(
    union: Terminal, tmp_path: Path, more: tuple[str, ...]
) -> None:
    stick = tmp_path / "stick"
    (stick / FOLDER).mkdir(parents=True)
    (stick / FOLDER / os.fsdecode(b"bao\xff\x1b[2J\x9b1m.cdpkg")).write_bytes(b"x")
    alone = replace(union, apart=True)
    ran = alone.run("package", "look", str(stick), *more)
    assert (ran.code, ran.err) == (0, "")
    assert r"bao\udcff\u001b[2J" in ran.out
    assert not {"\x1b", "\x9b"} & set(ran.out + ran.err)


def test_a_credential_that_is_no_text(
    union: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "congdoan-passphrase").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert main(["--data", str(union.data), "unit", "list"]) == 1
    assert "Chưa có mật khẩu" in capsys.readouterr().err


def test_who_is_named_in_full_is_meant(union: Terminal) -> None:
    new = ("staff", "add", "--name", "Lò Thị Hoa Mai", "--title", "Cán bộ")
    assert union.run(*new, passphrase=f"{PASSPHRASE}\nbưởi đường lá cam").code == 0
    assert union.run("--officer", "Lo Thi Hoa", "unit", "list").code == 0
    which = union.run("--officer", "Lo Thi", "unit", "list")
    assert which.code == 1
    assert "Lò Thị Hoa Mai" in which.err


def test_tables_show_moments_as_people_write_them() -> None:
    row = {"made_at": "2024-08-05T09:00:12+07:00", "name": "Họp 2024-08-05T09"}
    told = Answer([row], (Column("made_at", "Làm lúc"), Column("name", "Tên")))
    assert told.text().splitlines()[-1].split("  ") == ["05/08/2024 09:00", "Họp 2024-08-05T09"]
    assert row["made_at"] in told.json(), "programs get it whole"
