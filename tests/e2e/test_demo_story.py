"""The demonstration once, and what it leaves, looked at with other makers' tools."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from PySide6.QtGui import QImage

from congdoan_desktop.services.stick import find_packages

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 240
"""A laptop takes a third of it; two busy cores may take longer."""
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
Tool = Callable[[str], str]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which `make demo` would leave its traces."""
    return demonstrated(tmp_path_factory.mktemp("demo") / "out")


def demonstrated(out: Path, *display: str, **environment: str) -> Path:
    """Run the demonstration, in front of it the command that gives it a display."""
    surroundings = {name: value for name, value in os.environ.items() if name not in _DISPLAYS}
    done = subprocess.run(
        [*display, sys.executable, "-m", "tests.demo", "--only", "first", "--out", str(out)], cwd=ROOT,
        env=surroundings | environment, timeout=SECONDS, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return out


@pytest.fixture
def bag(left: Path, tmp_path: Path) -> Path:
    """The report package, unpacked by the standard library."""
    return _unpacked(left, "report", tmp_path)


def test_every_page_and_dialog_has_its_picture(left: Path) -> None:
    pictures = sorted(left.glob("*.png"))
    assert len(pictures) >= 70
    assert all(picture.name.isascii() for picture in pictures)
    sizes = {(image.width(), image.height()) for image in map(QImage, map(str, pictures))}
    assert sizes == {(1366, 768), (1366, 697)}


@pytest.mark.long
def test_a_real_display_gives_the_same_pictures(left: Path, tmp_path: Path, tool: Tool) -> None:
    """Windows with a window system's own focus, clipboard and pop-ups, on a laptop's screen."""
    display = (tool("xvfb-run"), "-a", "-s", "-screen 0 1366x768x24")
    shown = demonstrated(tmp_path / "out", *display, QT_QPA_PLATFORM="xcb")
    assert [path.name for path in sorted(shown.glob("*.png"))] == [path.name for path in sorted(left.glob("*.png"))]
    assert len(find_packages(shown / "usb")) == 5


def test_all_kinds_of_packages_went_over_the_stick(left: Path) -> None:
    kinds = sorted(path.name.split("-")[0] for path in find_packages(left / "usb"))
    assert kinds == ["enrolment", "plan", "receipt", "report", "trust"]
    assert list((left / "usb").rglob("*.part")) == []


def test_both_manifests_and_the_bag_agree(bag: Path, tool: Tool) -> None:
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run([tool("sha256sum"), "--strict", "-c", manifest], cwd=bag, check=True, capture_output=True)
    assert bagit.Bag(str(bag)).validate()


def test_openssh_accepts_the_signature_of_the_union(bag: Path, left: Path, tmp_path: Path, tool: Tool) -> None:
    """With the key that the province's trust list names."""
    header = json.loads((bag / "data" / "header.json").read_bytes())
    trusted = json.loads((_unpacked(left, "trust", tmp_path / "trust") / "data" / "trust.json").read_bytes())["keys"]
    key = next(key["signing"] for key in trusted if key["key_id"] == header["officer"]["key"])
    unit, allowed = header["sender"]["code"], tmp_path / "allowed_signers"
    allowed.write_text(f'{unit} namespaces="congdoan-report@v1" {key}\n')
    subprocess.run(
        [tool("ssh-keygen"), "-Y", "verify", "-f", str(allowed), "-I", unit, "-n", "congdoan-report@v1",
         "-s", str(bag / "signatures" / "1.sig")],
        input=(bag / "tagmanifest-sha256.txt").read_bytes(), check=True, capture_output=True,
    )  # fmt: skip


def test_what_is_in_clear_names_no_person(bag: Path, left: Path) -> None:
    clear = b"".join(path.read_bytes() for path in bag.rglob("*") if path.is_file() and path.suffix != ".pdf")
    for name in ("Vàng A Páo", "Lò Văn Inh", "Nguyễn Thị Hạnh"):
        assert name.encode() not in clear
    assert (bag / "data" / "records.age").read_bytes().startswith(b"age-encryption.org/v1")


def test_the_report_reads_as_the_paper_looks(left: Path, tool: Tool) -> None:
    pdf = left / "giay" / "bao-cao.pdf"
    text = subprocess.run([tool("pdftotext"), "-layout", pdf, "-"], check=True, capture_output=True).stdout.decode()
    for said in ("BÁO CÁO", "39/KH-LĐLĐ", "4/5", "21.400.000", "Nơi nhận", "Lò Thị Hoa"):
        assert said in text
    assert len(list(pdf.parent.glob("bao-cao-trang-*.png"))) >= 3


def _unpacked(left: Path, kind: str, target: Path) -> Path:
    with zipfile.ZipFile(next(path for path in find_packages(left / "usb") if path.name.startswith(kind))) as archive:
        archive.extractall(target)
    return next(folder for folder in target.iterdir() if folder.name.startswith(kind))
