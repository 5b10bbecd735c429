"""A stick in one go where one package stands in the way: it is named, and the others are served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.services import incoming, key_changes, mailbox, outgoing, receipts, stick, stick_copies, stick_run
from congdoan_desktop.services.importing import Refused
from congdoan_desktop.storage import handoff
from tests.services.conftest import Offices
from tests.services.test_services_main_path import planned, reported
from tests.services.test_stick_run import both_reported, files


def test_whose_keys_were_all_revoked_gets_no_receipt_and_stops_nobody_s(offices: Offices) -> None:
    both_reported(offices)
    for path in files(offices.stick, "report"):
        incoming.apply(offices.province, path)
    key_changes.revoke(offices.province, offices.union.identity.key.key_id, on_the_way=9)
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert (done.known, done.receipts, len(done.left)) == (2, 1, 1)
    assert "Công đoàn xã Mường Kim" in done.left[0].what
    assert len(files(offices.stick, "receipt")) == 1


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PK\3\4 half")])
def test_a_package_that_the_outbox_has_lost_is_named_and_the_others_go(
    offices: Offices, harm: Callable[[Path], object]
) -> None:
    both_reported(offices)
    stick_run.take_and_write(offices.province, offices.stick)
    made = [one.file_name for one in outgoing.outbox(offices.province) if one.kind == "receipt"]
    for path in [*files(offices.stick, "receipt"), *(offices.stick / stick.FOLDER / stick.COPIES).glob("receipt*")]:
        path.unlink()
    with offices.province.write(Right.ISSUE) as work:
        for one in handoff.outgoing(work.connection):
            handoff.update_outgoing(work.connection, one.package_id, state=handoff.MADE)
    harm(offices.province.outbox / made[-1])
    done = stick_run.take_and_write(offices.province, offices.stick)
    assert (done.problem, [one.file_name for one in done.left]) == (None, [made[-1]])
    assert [path.name for path in files(offices.stick, "receipt")] == made[:-1]


def test_a_receipt_names_as_much_as_a_line_takes(offices: Offices) -> None:
    id_ = planned(offices)
    result = incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_)))
    rows = tuple(Refused(f"{at:036d}", "activity", "đơn vị này không giữ hồ sơ ấy") for at in range(30_000))
    receipt = receipts.write_receipt(offices.province, replace(result, refused=rows, gaps=tuple(range(1, 5_000))))
    incoming.apply(offices.union, offices.carry(offices.province, receipt))
    (answer,) = (sent.answer for sent in mailbox.outbox(offices.union) if sent.answer)
    assert len(answer.gaps) == receipts.MOST_GAPS
    assert [sentence for _, sentence in answer.findings[receipts.MOST_FINDINGS :]] == [
        "Còn 25.000 chỗ nữa, không ghi hết vào biên nhận."
    ]


def test_a_copy_of_what_was_changed_takes_no_room_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stick_copies, "_ROOM", 250)
    (quarantine := tmp_path / "quarantine").mkdir()
    copies, path = stick_copies.StickCopies(quarantine), tmp_path / "report.cdpkg"
    copies.settle_on(tmp_path)
    for size in (100, 101, 102, 103):
        path.write_bytes(b"x" * size)
        assert len(copies.read(path)) == size
        assert [one.stat().st_size for one in quarantine.iterdir()] == [size]
