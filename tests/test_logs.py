"""The log rotates, stays in the data folder, and quotes nobody."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from congdoan_desktop import logs

LOGGER = logging.getLogger("congdoan_desktop.somewhere")


def test_the_log_lies_in_the_data_folder_while_the_block_runs(tmp_path: Path) -> None:
    with logs.kept_in(tmp_path) as path:
        LOGGER.info("unit list: 0")
    LOGGER.info("afterwards")
    assert path == tmp_path / "logs" / "congdoan.log"
    text = path.read_text("utf-8")
    assert "unit list: 0" in text
    assert "afterwards" not in text


def test_no_folder_is_made_for_a_log(tmp_path: Path) -> None:
    with logs.kept_in(tmp_path / "none"):
        LOGGER.info("unit list: 1")
    assert not (tmp_path / "none").exists()


def test_without_a_record_there_is_no_log(tmp_path: Path) -> None:
    with logs.kept_in(tmp_path) as path:
        assert not path.exists()
    assert not path.exists()


def test_the_log_rotates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_FILE_BYTES", 2_000)
    with logs.kept_in(tmp_path):
        for number in range(1_000):
            LOGGER.info("line %d", number)
    files = sorted((tmp_path / "logs").iterdir())
    assert len(files) == 5
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert "line 999" in files[0].read_text("utf-8")


@pytest.mark.parametrize("in_the_way", ["logs", "logs/congdoan.log/x"])
def test_a_folder_that_takes_no_log_stops_nothing_and_says_nothing(
    in_the_way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where the folder should be, and a folder where the file should be."""
    (tmp_path / in_the_way).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / in_the_way).write_text("")
    with logs.kept_in(tmp_path):
        LOGGER.info("unit list: 1")
    assert capsys.readouterr() == ("", "")


@pytest.mark.logs_warnings
def test_an_error_is_logged_by_type_and_place_alone(tmp_path: Path) -> None:
    with logs.kept_in(tmp_path) as path:
        try:
            int("Vàng A Dũng")
        except ValueError:
            LOGGER.exception("defect")
    text = path.read_text("utf-8")
    assert "ValueError\n  " in text
    assert "test_an_error_is_logged_by_type_and_place_alone:" in text
    assert "Vàng" not in text
    assert str(Path(__file__).parent) not in text


def test_causes_are_told_after_what_they_caused() -> None:
    try:
        try:
            int("Vàng A Dũng")
        except ValueError as error:
            raise KeyError("Vàng A Dũng") from error
    except KeyError as error:
        told = logs.places(error).splitlines()
    here = f"  {__name__}.test_causes_are_told_after_what_they_caused:"
    assert [line for line in told if not line.startswith(here)] == ["KeyError", "ValueError"]
    assert len(told) == 4


def test_errors_that_cause_each_other_end() -> None:
    first, second = ValueError("Vàng A Dũng"), KeyError("Vàng A Dũng")
    first.__context__, second.__context__ = second, first
    assert logs.places(first).splitlines() == ["ValueError", "KeyError"]
