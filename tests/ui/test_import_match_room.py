"""Room in the second step of an import: what is written beside the columns is whole, choices stand apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.pages.sheet_import.page import ImportPage
from tests.ui.entry_office import Given
from tests.ui.hands import Click, Show, open_page
from tests.ui.test_import_page import HEAD, ROWS, opened, workbook


@pytest.mark.parametrize(("scale", "size"), [(100, (1158, 629)), (120, (1116, 664)), (150, (1054, 656))])
def test_nothing_is_cut_or_covered(
    given: Given,
    show: Show,
    tmp_path: Path,
    qtbot: QtBot,
    click: Click,
    dressed: QApplication,
    scale: int,
    size: tuple[int, int],
) -> None:
    theme.apply(dressed, scale=scale)
    page = open_page(ImportPage, given.context, show)
    page.setMinimumSize(1, 1)  # as in the window, which gives no more
    page.resize(*size)
    opened(page, workbook(tmp_path / "ds.xlsx", [row[:5] for row in ROWS], HEAD[:5]), qtbot, click)
    step = page.match
    step.unions.setCurrentIndex(1)
    step.matching_changed.emit()
    assert given.context.runner.wait_idle()
    lines = [step.sheets, step.head_row, step.unions, step.name, step.keep]
    qtbot.waitUntil(lambda: step.keep.width() >= step.keep.minimumSizeHint().width() > 0)
    for one in lines:
        for other in lines:
            assert one is other or not one.geometry().intersects(other.geometry())
    radios = step.view.findChildren(QRadioButton)
    qtbot.waitUntil(lambda: all(not one.visibleRegion().isEmpty() for one in radios))
    if scale == 100:
        qtbot.waitUntil(lambda: all(one.height() >= one.sizeHint().height() for one in radios))
        assert step.view.geometry().bottom() < step.glance.geometry().top()
