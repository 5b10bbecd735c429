"""What only a newer program can read is named in a table of its own, and leaves it when it can be read again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from congdoan_desktop.domain.revisions import Revision
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage.projections import NEWER, TABLES
from congdoan_desktop.storage.rebuild import rebuild
from tests.storage.conftest import Install, Installation, activity, unit_called

UNKNOWN = ({"v": 99, "facts": {"shape": "new"}}, {"type": "attachment", "facts": {}})


def add(laptop: Installation, revision: Revision) -> Revision:
    with laptop.work() as work:
        work.ledger.add(revision, None, local=True)
        work.ledger.settle(revision.record)
    return revision


def named(laptop: Installation) -> list[str]:
    with laptop.database.read() as connection:
        return list(connection.execute(select(NEWER.c.record)).scalars())


def shown(laptop: Installation) -> list[str]:
    with laptop.database.read() as connection:
        return list(connection.execute(select(TABLES["activity"].c.record)).scalars())


@pytest.fixture
def laptop(install: Install) -> Installation:
    return install()


@pytest.fixture
def first(laptop: Installation) -> Revision:
    id_ = laptop.put(activity(laptop.writer.unit))
    with laptop.work() as work:
        (revision,) = work.ledger.revisions(id_)
        return revision


@pytest.mark.parametrize("unknown", UNKNOWN, ids=["version", "type"])
def test_a_record_of_a_newer_program_is_named(
    laptop: Installation, first: Revision, unknown: dict[str, object]
) -> None:
    added = add(laptop, replace(first, record="r", **unknown))  # type: ignore[arg-type]
    assert named(laptop) == [added.record]
    assert shown(laptop) == [first.record]
    before = laptop.digest()
    with laptop.work() as work:
        assert rebuild(work, Progress()) == before
    assert named(laptop) == [added.record]


def test_an_edit_of_a_newer_program_hides_what_it_replaced(laptop: Installation, first: Revision) -> None:
    add(laptop, replace(first, parents=(first.hash,), generation=2, **UNKNOWN[0]))  # type: ignore[arg-type]
    assert (named(laptop), shown(laptop)) == ([first.record], [])


def test_what_came_after_can_be_read_again(laptop: Installation, first: Revision) -> None:
    newer = add(laptop, replace(first, parents=(first.hash,), generation=2, **UNKNOWN[0]))  # type: ignore[arg-type]
    add(laptop, replace(first, parents=(newer.hash,), generation=3))
    assert (named(laptop), shown(laptop)) == ([], [first.record])


def test_a_deletion_by_a_newer_program_is_a_deletion(laptop: Installation, first: Revision) -> None:
    add(laptop, replace(first, parents=(first.hash,), generation=2, v=99, facts={}, deleted=True))
    assert (named(laptop), shown(laptop)) == ([], [])


def test_a_unit_stands_as_last_read(laptop: Installation) -> None:
    """The tree hangs on it, and whoever keeps it must stay known."""
    below = laptop.put(unit_called("CĐCS Chợ", parent=laptop.writer.unit))
    with laptop.work() as work:
        (first,) = work.ledger.revisions(below)
    add(laptop, replace(first, parents=(first.hash,), generation=2, **UNKNOWN[0]))  # type: ignore[arg-type]
    before = laptop.digest()
    with laptop.work() as work:
        assert work.custody.tree.units[below].name == "CĐCS Chợ"
        assert rebuild(work, Progress()) == before
    assert named(laptop) == [below]
    laptop.put(activity(below))
