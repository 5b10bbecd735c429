"""The numbers of people that stand in the rows of a list, beside those kept for the same day."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.workplaces import Workforce
from congdoan_desktop.progress import Progress
from congdoan_desktop.services.sheet_rows import Counts
from congdoan_desktop.storage import projections
from congdoan_desktop.storage.unit_of_work import UnitOfWork


def is_news(connection: Connection, count: Counts) -> bool:
    """Whether these numbers are not the ones kept for the day."""
    row = _same_day(connection, count)
    return row is None or projections.value_of(count.TYPE, row) != count


def save(work: UnitOfWork, counts: Iterable[Counts], progress: Progress) -> None:
    """Save what is news, in the place of what was kept for the day. Raises: NotCustodian, Cancelled."""
    news = [count for count in counts if is_news(work.connection, count)]
    held = [_same_day(work.connection, count) for count in news]
    work.put_many(news, [row["record"] if row else None for row in held], progress=progress)


def _same_day(connection: Connection, count: Counts) -> RowMapping | None:
    """The kept numbers of the same day, which these correct."""
    table = projections.TABLES[count.TYPE]
    about = "workplace" if isinstance(count, Workforce) else "unit"
    query = select(table).where(table.c[about] == getattr(count, about), table.c.on == count.on)
    return connection.execute(query).mappings().first()
