"""Errors a person can act on, apart from bugs.

Everything the user can mend derives from `AppError` and speaks in three parts: what happened, what is
safe, what to do. Any other exception is a defect: it is logged and shown as such, never swallowed.
"""

from __future__ import annotations

from dataclasses import dataclass


class AppError(Exception):
    """Something the user can mend. Texts are Vietnamese sentences for the window and the terminal."""

    def __init__(self, what: str, *, safe: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.todo = todo

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one field of a form, a row or a command.

    `field` is the field's name in the record; `warning` findings do not prevent saving.
    """

    field: str
    message: str
    warning: bool = False


class ValidationError(AppError):
    """A record that cannot be saved; carries all findings, not the first."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            "Chưa lưu được vì còn chỗ chưa đúng.",
            safe="Những gì đã nhập vẫn còn.",
            todo=" ".join(f.message for f in findings if not f.warning),
        )
        self.findings = findings


class NotAllowed(AppError):
    """The officer's role does not cover this action."""


class NotFound(AppError):
    """The thing named does not exist here."""


class Cancelled(AppError):
    """The user stopped a task; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("Đã dừng theo yêu cầu.", safe="Không có gì thay đổi.")
