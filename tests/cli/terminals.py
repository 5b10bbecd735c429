"""An office at the end of a command line, in this process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from congdoan_desktop import paths
from congdoan_desktop.cli.main import main
from congdoan_desktop.clock import VIETNAM, FixedClock

if TYPE_CHECKING:
    from congdoan_desktop.storage.keyring import KdfCost

PASSPHRASE = "đoàn kết là sức mạnh"
CAMPAIGN = "39/KH-LĐLĐ"
PLAN_FILE = paths.resources() / "samples" / "ke-hoach-39.toml"
PROVINCE = {
    "--name": "Liên đoàn Lao động tỉnh Mẫu",
    "--code": "LDLD-MAU",
    "--kind": "ldld_tinh",
    "--place": "Mẫu Sơn",
    "--officer-name": "Trần Thị Mai",
    "--officer-title": "Phó Chủ tịch",
}
UNION = {
    "--name": "Công đoàn xã Nậm Mẫu",
    "--code": "CDX-NAMMAU",
    "--kind": "công đoàn xã",
    "--place": "Nậm Mẫu",
    "--parent-name": "Liên đoàn Lao động tỉnh Mẫu",
    "--officer-name": "Lò Thị Hoa",
    "--officer-title": "Chủ tịch",
}


@dataclass(frozen=True)
class Ran:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Terminal:
    """`run("unit", "list")` in one office's folder; `get` runs with --json and expects success.

    `apart`: every command is a process of its own, whose pipes speak an old encoding, as on an old laptop.
    """

    data: Path
    cost: KdfCost
    capture: pytest.CaptureFixture[str]
    apart: bool = False

    def run(self, *words: str, passphrase: str = PASSPHRASE) -> Ran:
        descriptor = passphrase_descriptor(passphrase)
        given = ["--data", str(self.data), "--passphrase-fd", str(descriptor), *words]
        try:
            return self._process(given, descriptor) if self.apart else self._here(given)
        finally:
            os.close(descriptor)

    def get(self, *words: str) -> Any:
        ran = self.run(*words, "--json")
        assert ran.code == 0, ran.err
        return ran.json

    def _here(self, words: list[str]) -> Ran:
        self.capture.readouterr()
        clock = FixedClock(datetime(2024, 8, 1, 8, 30, tzinfo=VIETNAM))
        return Ran(main(words, clock=clock, kdf=self.cost), *self.capture.readouterr())

    def _process(self, words: list[str], descriptor: int) -> Ran:
        code = "import sys; from congdoan_desktop.cli.main import main; sys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", code, *words], pass_fds=(descriptor,), capture_output=True, encoding="utf-8",
            check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)


Open = Callable[[str, dict[str, str]], Terminal]


def passphrase_descriptor(passphrase: str) -> int:
    """The reading end of a pipe that holds one line."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as end:
        end.write(passphrase.encode() + b"\n")
    return reading


def words_of(options: dict[str, str]) -> list[str]:
    return [word for pair in options.items() for word in pair]


def add_grassroots(terminal: Terminal) -> None:
    for number in (1, 2, 3):
        terminal.get(
            "unit", "add", "--name", f"CĐCS Trường số {number}", "--code", f"CDCS-{number}", "--kind", "trường học"
        )
