"""The composition root of the window: folder, log, and the program over them."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from pathlib import Path

from congdoan_desktop import logs, paths


def window(argv: Sequence[str] | None = None) -> int:
    """Open the window over a data folder; returns the exit code of the process."""
    # Nothing that is read in at the start is garbage; the window collects by itself, in ui.garbage.
    gc.disable()
    given = _arguments(argv)
    logs.no_core_dumps()
    given.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with logs.kept_in(given.data):
        from congdoan_desktop.ui import application

        return application.run(given.data)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="congdoan-desktop", description="Công đoàn Desktop.")
    parser.add_argument(
        "--data", type=Path, default=paths.default_data_folder(), metavar="THƯ-MỤC", help="thư mục dữ liệu của đơn vị"
    )
    return parser.parse_args(argv)
