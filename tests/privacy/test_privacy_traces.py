"""After a whole office's life no personal word stands in clear in any file, nor in anything that was ever written."""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.packages import bag, container, names
from congdoan_desktop.storage import tables
from tests.durability.operations import Written
from tests.durability.recorder import Recording, record
from tests.privacy import office_life
from tests.privacy.office_life import NARRATIVE, SECRET
from tests.privacy.traces import Search, every_file, forms
from tests.services.conftest import unlocked

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
ALL = Search({**SECRET, **NARRATIVE})


@dataclass(frozen=True)
class Lived:
    """The folder after such a life, and all that was ever written into it."""

    folder: Path
    recording: Recording


@pytest.fixture(scope="session")
def lived(offices_template: Path, tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Lived:
    top = tmp_path_factory.mktemp("life")
    folder = top / "all"
    shutil.copytree(offices_template, folder)
    here = folder / "tmp"
    here.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        # What a process writes without being told where goes into the folder too.
        for name, value in {"PYTHONPATH": Path.cwd(), "TMPDIR": here, "HOME": here}.items():
            patch.setenv(name, str(value))
        patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        command = [sys.executable, office_life.__file__, str(folder)]
        return Lived(folder, record(command, folder, top / "acks", strace=tool("strace"), trace=top / "trace"))


@pytest.fixture
def life(lived: Lived) -> Path:
    return lived.folder


def test_nothing_in_clear_in_any_file(life: Path) -> None:
    files = {path.name for path in every_file((life,))}
    assert {"congdoan.db", "drafts.db", "keyring.json", "congdoan.log", "bao-cao.pdf", "hong.cdpkg"} <= files
    assert {path.suffix for path in every_file((life,))} >= {".cdpkg", ".cdbackup"}
    assert ALL.in_files(life) == set()


def test_the_paper_holds_the_narrative_and_nobody(life: Path) -> None:
    text = text_of((life / "bao-cao.pdf").read_bytes())
    assert Search(SECRET).in_bytes(text) == set()
    assert Search(NARRATIVE).in_bytes(text) >= {"difficulties", "proposals", "next period", "passage"}


def test_clear_parts_of_every_package(life: Path) -> None:
    """The PDF inside a package is the paper; everything else in clear holds not even the narrative."""
    packages = [path for path in every_file((life,)) if path.suffix == ".cdpkg" and path.name != "hong.cdpkg"]
    kinds = {path.name.split("-")[0] for path in packages}
    assert kinds >= {"plan", "report", "receipt"}
    for path in packages:
        _, entries = container.unpack(path.read_bytes())
        for name, content in bag.payload_of(entries).items():
            if name == names.PDF:
                assert Search(SECRET).in_bytes(text_of(content)) == set()
            else:
                assert ALL.in_bytes(content) == set(), (path.name, name)


def text_of(pdf: bytes) -> bytes:
    """The text of all pages without its line ends: a word may be broken between lines."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split()).encode()


def test_the_log_says_something_and_nothing_personal(life: Path) -> None:
    log = (life / "union" / "logs" / "congdoan.log").read_text(encoding="utf-8")
    assert "KeyError" in log
    assert "ValueError" in log
    assert "ValidationError" in log
    assert str(life) not in log


def test_nothing_was_ever_written_in_clear(lived: Lived) -> None:
    """Journals, parts, quarantine, temporary files: also what was removed again."""
    writes = [operation for operation in lived.recording.operations if isinstance(operation, Written)]
    assert ALL.in_bytes(b"\n".join(operation.data for operation in writes)) == set()
    touched = {operation.path for operation in writes}
    assert {"congdoan.db", "congdoan.db-journal", "drafts.db"} <= {path.name for path in touched}
    assert "quarantine" in {path.parent.name for path in touched}


def test_no_picture_was_ever_written_in_clear(lived: Lived) -> None:
    """Neither as JPEG nor inside base64; the mark of a JPEG is one that a few random bytes do not make by chance."""
    pictures = list(lived.folder.glob("*/attachments/*.cdimg"))
    assert {path.parent.parent.name for path in pictures} == {"province", "union"}
    written = b"\n".join(one.data for one in lived.recording.operations if isinstance(one, Written))
    here = b"\n".join(path.read_bytes() for path in every_file((lived.folder,)))
    for mark in (JPEG, base64.b64encode(JPEG)[:-4]):
        assert mark not in written
        assert mark not in here


def test_a_plain_copy_is_found(life: Path, tmp_path: Path) -> None:
    shutil.copytree(life / "union", tmp_path / "union")
    with closing(unlocked(tmp_path / "union")) as office, office.database.read() as connection:
        bodies = connection.execute(select(tables.personal.c.body)).all()
    with closing(sqlite3.connect(tmp_path / "xem-nhanh.sqlite")) as plain:
        plain.execute("CREATE TABLE personal (body BLOB)")
        plain.executemany("INSERT INTO personal VALUES (?)", [tuple(row) for row in bodies])
        plain.commit()
    found = ALL.in_files(tmp_path)
    assert {name for name, _ in found} == {"xem-nhanh.sqlite"}
    wanted = {"name", "number of the citizen", "circumstances", "goods", "reason of a deletion", "difficulties"}
    assert {what for _, what in found} >= wanted


@pytest.mark.parametrize("how", ["utf-8", "utf-16-le", "base64", "hex", "json", "folded", "nfd"])
def test_every_form_is_found(how: str) -> None:
    word = SECRET["name"]
    text = f"xin chào {word} và các bạn"
    hidden = {
        "utf-8": text.encode(),
        "utf-16-le": text.encode("utf-16-le"),
        "base64": base64.b64encode(text.encode()),
        "hex": text.encode().hex().encode(),
        "json": json.dumps(text).encode(),
        "folded": search_key(text).encode(),
        "nfd": unicodedata.normalize("NFD", text).encode(),
    }[how]
    assert Search({"name": word}).in_bytes(hidden) == {"name"}
    assert all(len(one) >= 8 for one in forms(word))
