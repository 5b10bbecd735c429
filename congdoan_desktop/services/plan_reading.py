"""Reading a plan out of a file or out of pasted text. Nothing is saved: a person confirms every part (rule D27)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from congdoan_desktop.errors import AppError
from congdoan_desktop.planreader import intake, limits
from congdoan_desktop.planreader.draft import PlanDraft
from congdoan_desktop.planreader.reading import read_plan
from congdoan_desktop.planreader.shape import shaped
from congdoan_desktop.progress import Progress


def read_file(path: Path, progress: Progress) -> PlanDraft:
    """What a Word file, a PDF with text or a text file says.

    Raises: UnreadablePlan or TooLarge when it is no such file, Cancelled, OSError.
    """
    if not path.is_file():
        raise AppError(
            f"Không có tệp {path.name}.", safe="Chưa có gì được ghi.", todo="Xem lại đường dẫn rồi chạy lại."
        )
    if path.stat().st_size > limits.LARGEST_FILE:
        raise limits.TooLarge(f"{path.stat().st_size // 2**20} MB")
    return read_plan(intake.source_of(path.read_bytes(), progress), progress)


def read_pasted(text: str, progress: Progress) -> PlanDraft:
    """What text out of the clipboard says.

    Raises: UnreadablePlan, TooLarge, Cancelled.
    """
    return read_plan(intake.source_of_pasted(text), progress)


def as_json(draft: PlanDraft) -> dict[str, Any]:
    """The draft as `congdoan plan read --json` prints it."""
    return shaped(draft)
