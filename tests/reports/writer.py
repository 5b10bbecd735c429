"""LibreOffice as a reader of our files, with the program's own faces for Times New Roman."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from congdoan_desktop import paths as places

_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="same"><string>Liberation Serif</string></edit></match></fontconfig>
"""


def converted(path: Path, to: str, tool: Callable[[str], str]) -> Path:
    """The file as LibreOffice writes it again: "pdf", "csv", ... beside the original."""
    return _convert([path], to, tool)[0]


def all_converted(folder: Path, to: str, tool: Callable[[str], str], which: str = "*.docx") -> list[Path]:
    """Every such file of the folder, at one go: LibreOffice takes longer to start than to print."""
    return _convert(sorted(folder.glob(which)), to, tool)


def _convert(paths: Sequence[Path], to: str, tool: Callable[[str], str]) -> list[Path]:
    folder = paths[0].parent
    config = folder / "fonts.conf"
    config.write_text(_FONTS.format(fonts=places.resources() / "fonts", cache=folder / "fonts"), "utf-8")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [tool("soffice"), profile, "--headless", "--convert-to", to, "--outdir", str(folder), *map(str, paths)]
    done = subprocess.run(
        command, check=True, capture_output=True, timeout=120, env={**os.environ, "FONTCONFIG_FILE": str(config)}
    )
    made = [path.with_suffix(f".{to.split(':', maxsplit=1)[0]}") for path in paths]
    assert all(path.exists() for path in made), done.stderr.decode()
    return made
