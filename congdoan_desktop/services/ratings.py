"""The yearly rating of CĐCS: who is rated, by which criteria and bands, and the list to be signed (rule B05)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.catalogue import Entry
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.period_report import Signature
from congdoan_desktop.domain.rating import (
    Eligibility,
    RatedUnit,
    Rating,
    RatingList,
    eligibility,
    level_for,
    validate_rating,
)
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, one_line, search_key, sort_key
from congdoan_desktop.domain.units import GRASSROOTS
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.services import letterheads
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of

LEVELS, CRITERIA = "rating_levels", "rating_criteria"


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A CĐCS in the list of a year. `id` is that of its rating, None where it has none yet; `points` in hundredths."""

    unit: str
    unit_name: str
    eligibility: Eligibility
    id: str | None
    rating: Rating | None
    points: int | None
    conflict: bool
    own: bool


def listing(office: Office, year: int, *, unit: str | None = None, search: str = "") -> list[RatingRow]:
    """Every CĐCS that is there at the end of the year, at or below `unit` (ours when None), in Vietnamese order."""
    with office.read() as connection:
        return _rows(office, connection, year, unit or office.identity.unit, search)


def criteria(year: int) -> tuple[Entry, ...]:
    """The groups of criteria in force at the end of the year; `more["most"]` is the highest number of points."""
    return catalogue().entries(CRITERIA, date(year, 12, 31))


def levels(year: int) -> tuple[Entry, ...]:
    """The levels in force at the end of the year, the best first; `more["least"]` is the band."""
    return catalogue().entries(LEVELS, date(year, 12, 31))


def proposed(year: int, points: int) -> str:
    """The level that so many hundredths of a point reach; the committee decides."""
    return level_for(points, ((entry.code, entry.more["least"]) for entry in levels(year)))


def check(rating: Rating) -> tuple[Finding, ...]:
    most = {entry.code: int(entry.more["most"]) for entry in criteria(rating.year)}
    return validate_rating(rating, most, [entry.code for entry in levels(rating.year)])


def save(office: Office, rating: Rating) -> Saved:
    """The rating of a union for a year; once more corrects it.

    Raises: ValidationError with all findings, NotCustodian.
    """
    tidy = replace(rating, decision=one_line(rating.decision), note=clean(rating.note))
    with office.write(Right.ENTER) as work:
        warnings = list(refuse(check(tidy)))
        rows = _rows(office, work.connection, tidy.year, tidy.unit, "")
        row = next((one for one in rows if one.unit == tidy.unit), None)
        if row is None:
            raise ValidationError((Finding("unit", f"Đơn vị này không phải CĐCS đang hoạt động năm {tidy.year}."),))
        if not row.eligibility.rated:
            warnings.append(Finding("level", why_not(row.eligibility), warning=True))
        if row.rating == tidy and row.id is not None:
            return Saved((row.id,), tuple(warnings))
        return Saved((work.put(tidy, row.id),), tuple(warnings))


def why_not(found: Eligibility) -> str:
    """Why a union is not rated: "Mới hoạt động 5 tháng, chưa đủ 12 tháng tròn."."""
    return f"Mới hoạt động {found.months} tháng, chưa đủ {found.needed} tháng tròn."


def rating_list(office: Office, year: int, signer: tuple[str, str], unit: str | None = None) -> Paper:
    """The list of the year as a paper; `signer` is (title, name)."""
    from congdoan_desktop.reports.rating_list import rating_list_document

    with office.read() as connection:
        made = _made(office, connection, year, signer, unit or office.identity.unit)
    title = f"Danh sách xếp loại công đoàn cơ sở năm {year}"
    return Paper(title, f"xep-loai-cdcs-{year}", f"rating:{year}", rating_list_document(made))


def _rows(office: Office, connection: Connection, year: int, upper: str, search: str) -> list[RatingRow]:
    tree, end = office.tree(connection), date(year, 12, 31)
    then, made = tree.at(end), _ratings(connection, year)
    changed = _reorganised(tree, then, end)
    words = search_key(search).split()
    found = []
    for unit in (upper, *then.below(upper)):
        known = then.units.get(unit)
        if known is None or known.level != GRASSROOTS or not then.exists(unit):
            continue
        if not all(word in search_key(f"{known.name} {known.short_name} {known.code}") for word in words):
            continue
        row = made.get(unit)
        rating: Rating | None = value_of(Rating.TYPE, row) if row is not None else None
        found.append(
            RatingRow(
                unit, known.short_name, eligibility(then.founded(unit), changed.get(unit), end),
                row["record"] if row is not None else None, rating,
                sum(score.points for score in rating.scores) if rating and rating.scores else None,
                bool(row["conflict"]) if row is not None else False,
                tree.custodian(unit) == office.identity.unit,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (sort_key(one.unit_name), one.unit))


def _ratings(connection: Connection, year: int) -> dict[str, RowMapping]:
    table = TABLES[Rating.TYPE]
    rows = connection.execute(select(table).where(table.c.year == year).order_by(table.c.hash)).mappings()
    return {row["unit"]: row for row in rows}


def _reorganised(tree: Tree, then: Structure, end: date) -> dict[str, date]:
    """Union -> the day of the last split or merger that made it what it is at the year's end."""
    refused = {event for event, _ in tree.refused}
    found: dict[str, date] = {}
    for event in tree.events:
        if event.kind not in ("merge", "split") or event.on > end or event in refused:
            continue
        for unit in (event.subject, *event.others):
            if then.exists(unit):
                found[unit] = max(event.on, found.get(unit, event.on))
    return found


def _made(office: Office, connection: Connection, year: int, signer: tuple[str, str], upper: str) -> RatingList:
    rows, today = _rows(office, connection, year, upper, ""), office.clock.today()
    names = {entry.code: entry.name for entry in levels(year)}
    rated = [row for row in rows if row.rating is not None]
    unrated = [row for row in rows if row.rating is None]
    counts = [
        (name, sum(row.rating is not None and row.rating.level == code for row in rated))
        for code, name in names.items()
    ]
    return RatingList(
        letterheads.own(office, connection, today, "DS"), year, today,
        tuple(RatedUnit(r.unit_name, r.points, names.get(r.rating.level, r.rating.level)) for r in rated if r.rating),
        tuple(RatedUnit(r.unit_name, None, "", _unrated(r)) for r in unrated),
        tuple(counts),
        Signature(("TM. BAN THƯỜNG VỤ",), signer[0].upper(), signer[1]),
        office.identity.realm == SAMPLE,
    )  # fmt: skip


def _unrated(row: RatingRow) -> str:
    return "Chưa đánh giá" if row.eligibility.rated else why_not(row.eligibility).rstrip(".")
