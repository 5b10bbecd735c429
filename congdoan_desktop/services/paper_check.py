"""Kiểm tra bản in: the short code or QR of a printed report against the figures here (FORMAT.md, section 8).

A code stands for the figures themselves, so a report found by it has exactly the figures shown; a person compares them
with the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, func, select

from congdoan_desktop.domain.bodies import facts_now, needs_newer
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.figures import Figure, PeriodFigures, figures_document, report_id_of
from congdoan_desktop.domain.records import join
from congdoan_desktop.domain.revisions import Revision, State, revision_of
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages.codes import code12
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.projections import TABLES, value_of

_WHOLE = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_WHOLE_LENGTH = 64
_SHORT = re.compile(r"[A-Z2-7]{12}")
_LOOK_ALIKE = str.maketrans("018", "OIB")
"""Figures that the code never has, for the letters they are read for."""
_BETWEEN = re.compile(r"[\s\-.–_]+")


class Standing(StrEnum):
    """What is known of a printed report."""

    CURRENT = "current"
    """Its figures are those that count here."""
    REPLACED = "replaced"
    """The union has reported anew for the same period since."""
    PRINTED = "printed"
    """Printed or saved here, never packed; its figures were not kept."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A target of the plan with what the report says of it; `denominator` None marks a bare count."""

    wording: str
    numerator: int
    denominator: int | None


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """The answer. Names and figures are empty for a report whose figures are not here; `on` is the day of printing."""

    code: str
    standing: Standing
    unit_name: str = ""
    plan: str = ""
    period_name: str = ""
    starts: date | None = None
    ends: date | None = None
    figures: tuple[CheckedFigure, ...] = ()
    on: str = ""


def check(office: Office, typed: str) -> PaperCheck:
    """`typed`: the 12 characters as printed, in any case and spacing, or what the QR code says.

    Raises: AppError when it is neither.
    """
    code = _code(typed)
    with office.read() as connection:
        found = [one for one in _reported(connection) if code12(one[1].report_id) == code]
        if found:
            is_head, figures = max(found, key=lambda one: one[0])
            return _known(office, connection, code, figures, Standing.CURRENT if is_head else Standing.REPLACED)
        day = _printed(connection, code)
    return PaperCheck(code, Standing.PRINTED if day else Standing.UNKNOWN, on=day)


def _code(typed: str) -> str:
    """The code as printed, "ABCD EFGH IJKL"."""
    if whole := _WHOLE.search(typed.lower()):
        return code12(whole[0])
    bare = _BETWEEN.sub("", typed).upper().translate(_LOOK_ALIKE)
    if not _SHORT.fullmatch(bare):
        raise AppError(
            "Đây không phải mã báo cáo.",
            safe="Chưa kiểm tra gì.",
            todo="Gõ đủ 12 ký tự in cạnh mã QR, ví dụ L5PV 6X27 L5PV, khi đã tắt bộ gõ tiếng Việt; hoặc quét mã QR.",
        )
    return " ".join(bare[at : at + 4] for at in (0, 4, 8))


def _reported(connection: Connection) -> Iterator[tuple[bool, PeriodFigures]]:
    """Every accepted version of every report that is here, and whether it is the one that counts."""
    heads = set(connection.execute(select(TABLES[PeriodFigures.TYPE].c.hash)).scalars())
    kept = tables.revisions.c
    query = select(kept.hash, kept.body).where(kept.type == PeriodFigures.TYPE, kept.state == State.ACCEPTED)
    for row in connection.execute(query):
        figures = _figures(revision_of(row.body))
        if figures is not None:
            yield row.hash in heads, figures


def _figures(revision: Revision) -> PeriodFigures | None:
    """None for a deletion, for what a newer program wrote, and for figures that are not those of their own id."""
    if revision.deleted or needs_newer(revision):
        return None
    found = join(PeriodFigures, revision.unit, facts_now(revision), None)
    document = figures_document(
        unit=found.unit, campaign=found.campaign, starts=found.starts, ends=found.ends, figures=found.figures
    )
    return found if report_id_of(document) == found.report_id else None


def _known(office: Office, connection: Connection, code: str, figures: PeriodFigures, standing: Standing) -> PaperCheck:
    plans = TABLES[Campaign.TYPE]
    row = connection.execute(select(plans).where(plans.c.record == figures.campaign)).mappings().first()
    unit = office.tree(connection).at(figures.ends).units.get(figures.unit)
    return PaperCheck(
        code, standing, unit.name if unit else "", f"{row['number']} {row['title']}".strip() if row else "",
        figures.period_name, figures.starts, figures.ends, _lines(figures, row),
    )  # fmt: skip


def _lines(figures: PeriodFigures, plan: RowMapping | None) -> tuple[CheckedFigure, ...]:
    wordings = {}
    if plan is not None:
        campaign: Campaign = value_of(Campaign.TYPE, plan)
        wordings = {target.id: target.wording for target in campaign.targets}
    own: list[Figure] = [figure for figure in figures.figures if figure.unit == figures.unit]
    return tuple(
        CheckedFigure(wordings.get(figure.target, figure.indicator), figure.numerator, figure.denominator)
        for figure in own
    )


def _printed(connection: Connection, code: str) -> str:
    """The day of the last copy made here, "" when there was none."""
    log = tables.log.c
    rows = connection.execute(
        select(log.at, log.object).where(func.length(log.object) == _WHOLE_LENGTH).order_by(log.seq.desc())
    )
    return next((row.at[:10] for row in rows if _WHOLE.fullmatch(row.object) and code12(row.object) == code), "")
