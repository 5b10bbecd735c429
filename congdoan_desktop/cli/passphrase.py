"""Where a passphrase comes from: a file descriptor, a systemd credential or a prompt; never from argv."""

from __future__ import annotations

import getpass
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from congdoan_desktop.errors import AppError

CREDENTIAL = "congdoan-passphrase"
"""Name of the systemd credential (LoadCredential=), looked for in $CREDENTIALS_DIRECTORY."""

_LONGEST = 4096


class NoPassphrase(AppError):
    def __init__(self, why: str) -> None:
        super().__init__(
            f"Chưa có mật khẩu: {why}.",
            safe="Dữ liệu chưa được mở.",
            todo="Chạy lệnh ở cửa sổ dòng lệnh để gõ mật khẩu, hoặc đưa qua --passphrase-fd.",
        )


@dataclass(frozen=True, slots=True)
class Passphrase:
    """The source chosen for this run. `ask` shows a question and returns what was typed unseen."""

    descriptor: int | None
    ask: Callable[[str], str]

    def known(self) -> str:
        """The passphrase that opens the office. Raises: NoPassphrase."""
        given = self._given()
        return given if given is not None else self.ask("Mật khẩu: ")

    def new(self) -> tuple[str, str]:
        """A new passphrase and its repetition. Raises: NoPassphrase."""
        given = self._given()
        if given is not None:
            return given, given
        return self.ask("Đặt mật khẩu: "), self.ask("Gõ lại mật khẩu: ")

    def of_another(self) -> tuple[Passphrase, tuple[str, str]]:
        """(what opens the office, a new passphrase and its repetition); a descriptor gives them as two lines.

        Raises: NoPassphrase.
        """
        if self.descriptor is None:
            return self, (self.ask("Mật khẩu của cán bộ mới: "), self.ask("Gõ lại mật khẩu của cán bộ mới: "))
        first, _, rest = _read(self.descriptor, lines=2).partition("\n")
        opening, new = _line(first), _line(rest)
        return Passphrase(None, lambda _question: opening), (new, new)

    def _given(self) -> str | None:
        if self.descriptor is not None:
            return _line(_read(self.descriptor))
        folder = os.environ.get("CREDENTIALS_DIRECTORY")
        path = Path(folder) / CREDENTIAL if folder else None
        if path is None or not path.is_file():
            return None
        try:
            return _line(path.read_text("utf-8"))
        except UnicodeDecodeError as error:
            raise NoPassphrase(f"tệp {CREDENTIAL} không phải là chữ") from error


def prompt(question: str) -> str:
    """Raises: NoPassphrase where nobody can type unseen."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(question)
        except (getpass.GetPassWarning, EOFError) as error:
            raise NoPassphrase("không có bàn phím để hỏi") from error


def _read(descriptor: int, lines: int = 1) -> str:
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as source:
            return "".join(source.readline(_LONGEST).decode() for _ in range(lines))
    except (OSError, ValueError) as error:
        raise NoPassphrase(f"không đọc được chữ từ mô tả tệp {descriptor}") from error


def _line(text: str) -> str:
    return text.rstrip("\r\n")
