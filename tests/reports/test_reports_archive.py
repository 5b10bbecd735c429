"""PDF/A-2b, judged by somebody else's validator: every paper and sheet, in every letter; the twin without it fails."""

from __future__ import annotations

import importlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.reports import pdf, pdf_archive
from congdoan_desktop.reports.document import Document, Paragraph, Run, Section
from tests.reports.every_paper import FORMS, PAPERS
from tests.reports.paper import text
from tests.reports.test_reports_pdf import EVERY_LETTER

ROWS = 40
MADE: dict[str, Callable[[], Document]] = {
    **{name: (lambda make=make: make(ROWS)) for name, make in PAPERS.items()},  # type: ignore[misc]  # bound early
    **FORMS,
    "moi-chu": lambda: Document(
        "<Tên> & “tệp”", "A & B", (Section((Paragraph((Run(" ".join(EVERY_LETTER) * 3, True, True),)),)),), True
    ),
}


@pytest.fixture(scope="module")
def faults() -> Callable[[bytes], list[str]]:
    """What the validator finds against PDF/A-2b."""
    try:
        validator: Any = importlib.import_module("page")
    except ModuleNotFoundError:
        if os.environ.get("CI") == "true":
            pytest.fail("page-validation is missing: make test sets it up")
        pytest.skip("page-validation is missing: make test sets it up")
    return lambda data: [
        f"{one.rule_id}: {one.message}" for one in validator.validate_pdf_bytes(data, profile="2b").failures
    ]


@pytest.mark.parametrize("name", MADE)
def test_every_paper_is_pdf_a_2b(name: str, faults: Callable[[bytes], list[str]]) -> None:
    assert faults(pdf.render(MADE[name]())) == []


def test_without_what_we_add_the_validator_objects(
    faults: Callable[[bytes], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = PAPERS["danh-sach-xep-loai"](3)
    monkeypatch.setattr(pdf_archive, "kept", lambda data: data)
    assert faults(pdf.render(paper)), "the line ends"
    monkeypatch.undo()
    monkeypatch.setattr(pdf_archive, "name", lambda *_: None)
    assert faults(pdf.render(paper)), "XMP and the meaning of grey"


def test_the_table_of_objects_leads_to_every_one_of_them(tmp_path: Path, tool: Callable[[str], str]) -> None:
    """A reader that had to mend the file would say so."""
    for name, make in MADE.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf.render(make()))
        done = subprocess.run([tool("pdfinfo"), "-struct", str(path)], capture_output=True, check=True)
        assert done.stderr == b"", name
        assert text(path.read_bytes()), name
