"""`make demo`: the main job, done in the real windows with keys and mouse; leaves its traces in build/demo."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

BUILD = Path(__file__).resolve().parent.parent.parent / "build"
_SCREEN = {
    "name": "laptop",
    "x": 0,
    "y": 0,
    "width": 1366,
    "height": 768,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.demo")
    parser.add_argument("--out", type=Path, default=BUILD / "demo")
    parser.add_argument("--only", choices=("first", "officers"), help="one of the two stories")
    given = parser.parse_args()
    out: Path = given.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    _choose_screen(out)
    _move_home(out)

    from PySide6.QtCore import QCoreApplication, Qt, qInstallMessageHandler  # the screen is chosen first

    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    from congdoan_desktop import logs
    from congdoan_desktop.ui import application
    from tests.demo.story import Story

    qInstallMessageHandler(_complain)
    application.make_application()
    with logs.kept_in(out):
        story = Story(out)
        story.run(given.only)
        print(story.summary(), flush=True)
    os._exit(0)  # what Qt and Python take down together at the end proves nothing


def _complain(_kind: object, _where: object, message: str) -> None:
    """What Qt complains of is a defect, except that a screen in memory can do less."""
    if not message.startswith("This plugin does not support"):
        print(f"Qt: {message}", file=sys.stderr)


def _choose_screen(out: Path) -> None:
    """The display that is there, or a laptop's screen in memory."""
    if "QT_QPA_PLATFORM" in os.environ or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return
    config = out / "screen.json"
    config.write_text(json.dumps({"screens": [_SCREEN]}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={config}"


def _move_home(out: Path) -> None:
    """Qt and fontconfig keep notes in the home; the story leaves the real one alone."""
    home = out / "home"
    home.mkdir()
    os.environ.update({"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)})


if __name__ == "__main__":
    main()
