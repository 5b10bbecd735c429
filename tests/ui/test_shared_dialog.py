"""Catalogues and forms given down: added at the province, seen and put out of use at the union, in real windows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from congdoan_desktop.services import shared_files
from congdoan_desktop.ui.pages.handoff.shared_dialog import SharedDialog
from tests.services.test_shared_files import CAMP
from tests.ui import test_handoff_page as two_offices
from tests.ui.test_handoff_page import Side, enrol, hand_down
from tests.ui.test_stick_run_page import run

stick, sides = two_offices.stick, two_offices.sides


def opened(side: Side) -> SharedDialog:
    side.click("sharedButton")
    side.settle()
    return side.page.window().findChildren(SharedDialog)[-1]


def rows(dialog: SharedDialog) -> list[tuple[object, object, object]]:
    found = [row for row in dialog.table.table.rows.rows() if isinstance(row, dict)]
    return [(row["title"], row["switch"], row["drop"]) for row in found]


def test_what_is_given_down_counts_below_and_can_be_put_out_of_use(
    sides: tuple[Side, Side], stick: Path, tmp_path: Path
) -> None:
    province, union = sides
    enrol(province, union)
    file = tmp_path / "activity_kinds.toml"
    file.write_text(CAMP, "utf-8")
    dialog = opened(province)
    assert rows(dialog) == []
    dialog._choose()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(file))
    chooser.reject()
    province.settle()
    assert rows(dialog) == [("Danh mục: Loại hoạt động", "Ngừng dùng", "Bỏ")]
    dialog.accept()
    hand_down(province, union)
    run(province)
    run(union)
    below = opened(union)
    assert rows(below) == [("Danh mục: Loại hoạt động", "Ngừng dùng", "")]
    (row,) = below.table.table.rows.rows()
    below._act(row, "switch")
    union.settle()
    assert rows(below) == [("Danh mục: Loại hoạt động", "Dùng lại", "")]
    assert [one.used for one in union.ask(shared_files.listing)] == [False]
    below.accept()
