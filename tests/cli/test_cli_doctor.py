"""The doctor finds what does not agree with its hash, and names it without quoting it."""

from __future__ import annotations

from contextlib import closing

import pytest

from congdoan_desktop.services import door as doors
from congdoan_desktop.services import opening
from tests.cli.terminals import PASSPHRASE, Terminal

NAME = "Vàng A Dũng"
GIVEN = (
    "--unit", "CDCS-1", "--name", NAME, "--cause", "kho_khan", "--kind", "tang_qua", "--cash", "500000",
    "--fund", "quy_xa_hoi", "--on", "25/7/2024",
)  # fmt: skip

TAMPERED = [
    ("UPDATE revisions SET body = replace(CAST(body AS TEXT), '500000', '900000')", "không khớp mã băm"),
    ("UPDATE revisions SET body = x'7b'", "không khớp mã băm"),
    ("UPDATE personal SET body = replace(CAST(body AS TEXT), 'Vàng', 'Giàng')", "phần cá nhân của bản ghi"),
    ("UPDATE personal SET body = x'7b'", "phần cá nhân của bản ghi"),
    ("UPDATE log SET action = 'look:person' WHERE seq = 2", "nhật ký đứt chuỗi ở dòng 2"),
    ("DELETE FROM log WHERE seq = 1", "nhật ký đứt chuỗi ở dòng 2"),
]


@pytest.mark.parametrize(("statement", "sentence"), TAMPERED, ids=[statement for statement, _ in TAMPERED])
def test_what_was_changed_behind_the_program_is_found(union: Terminal, statement: str, sentence: str) -> None:
    union.get("support", "add", *GIVEN)
    assert union.get("doctor", "check")["faults"] == []
    door = doors.door(union.data)
    assert door is not None
    opened = closing(opening.unlock(union.data, door.officers[0][0], PASSPHRASE))
    with opened as office, office.database.write() as connection:
        connection.exec_driver_sql(statement)
    ran = union.run("doctor", "check")
    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
    assert NAME not in ran.err
