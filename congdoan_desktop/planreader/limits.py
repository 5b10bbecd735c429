"""How much a plan may hold; what is larger is no plan, or made to harm."""

from __future__ import annotations

from congdoan_desktop.errors import AppError

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_CHARS = 500_000
MOST_LINES = 20_000
MOST_PAGES = 400
MOST_NUMBERS = 5_000

_SAFE = "Tệp gốc không bị đụng tới và chưa có gì được ghi."


class UnreadablePlan(AppError):
    """A file out of which no text can be read."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what, safe=_SAFE, todo=todo)


class TooLarge(UnreadablePlan):
    def __init__(self, what: str) -> None:
        super().__init__(f"Tệp lớn hơn một kế hoạch có thể có ({what}).", "Chỉ giữ phần kế hoạch cần đọc rồi mở lại.")
