"""A list of records as a paper: its head, its columns, its rows as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congdoan_desktop.domain.period_report import Letterhead

EMPTY = "Trong kỳ không có dòng nào."
"""Printed in the place of rows."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`width` in mm of a sheet on its side; `total`: summed up below (whole numbers)."""

    title: str
    width: float
    align: Literal["left", "center", "right"] = "left"
    total: bool = False


@dataclass(frozen=True, slots=True)
class ListPaper:
    """`subject` as in "Hoạt động quý I năm 2026". The cells of a row fit the columns; None is an empty cell."""

    letterhead: Letterhead
    subject: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str | int | None, ...], ...]
    dated: date
    maker: str
    authority: tuple[str, ...]
    signer_title: str
    signer: str
    note: str = ""
    sample: bool = False
