"""An office of an old program opens: its tables are computed anew, told as it goes on; stopped, it begins again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from congdoan_desktop.errors import Cancelled
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import activities, doctor, opening
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.storage import projections
from tests import old_office

Step = tuple[int, int, str]


@pytest.fixture
def officer(tmp_path: Path, cheap_kdf: KdfCost) -> str:
    return old_office.lay_out(tmp_path, cheap_kdf)


def test_an_old_office_opens_and_tells_how_far_it_is(officer: str, tmp_path: Path) -> None:
    assert old_office.projection_version(tmp_path) != str(projections.VERSION)
    told: list[Step] = []
    progress = Progress(lambda *step: told.append(step))
    with closing(opening.unlock(tmp_path, officer, old_office.PASSPHRASE, progress=progress)) as office:
        assert [row.activity.participants for row in activities.listing(office)] == [45]
        assert doctor.check(office) == []
        assert doctor.digest(office) == doctor.rebuild(office)
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][0] == told[-1][1] > 0
    assert old_office.projection_version(tmp_path) == str(projections.VERSION)


def test_the_next_opening_has_nothing_to_tell(officer: str, tmp_path: Path) -> None:
    opening.unlock(tmp_path, officer, old_office.PASSPHRASE).close()
    told: list[Step] = []
    progress = Progress(lambda *step: told.append(step))
    opening.unlock(tmp_path, officer, old_office.PASSPHRASE, progress=progress).close()
    assert told == []


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_stopped_anywhere_the_tables_are_as_they_were_and_the_next_opening_begins_again(
    steps: int, officer: str, tmp_path: Path
) -> None:
    token, told = CancelToken(), list[Step]()

    def report(*step: object) -> None:
        told.append(step)  # type: ignore[arg-type]  # a step's three parts
        if len(told) == steps:
            token.cancel()

    before = old_office.projection_version(tmp_path)
    with pytest.raises(Cancelled):
        opening.unlock(tmp_path, officer, old_office.PASSPHRASE, progress=Progress(report, token))
    assert old_office.projection_version(tmp_path) == before
    with closing(opening.unlock(tmp_path, officer, old_office.PASSPHRASE)) as office:
        assert len(activities.listing(office)) == 1
        assert doctor.check(office) == []
