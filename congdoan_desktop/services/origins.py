"""From a figure down to the packages it came from: those that came to us, under each those that it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.packages import sources
from congdoan_desktop.packages.bodies import Figures
from congdoan_desktop.packages.codes import code12
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.sources import Source
from congdoan_desktop.services import reported, reviewed
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reported import Report
from congdoan_desktop.storage import handoff


@dataclass(frozen=True, slots=True)
class Origin:
    """A package behind a figure. `via`: the union that summed it up, "" where it came to us.

    `receipt` is the file of our answer to it, "" before that; one that came to another union was answered there.
    """

    unit: str
    unit_name: str
    package_id: str
    file_name: str
    seq: int
    period: str
    officer: str
    made_at: str
    report_code: str
    via: str
    receipt: str
    numerator: int | None = None
    denominator: int | None = None


def origins(
    office: Office, campaign: str, target: str = "", until: date | None = None, unit: str = ""
) -> tuple[Origin, ...]:
    """The packages whose figures stand for a campaign, each union's followed by its sources, in Vietnamese order.

    `target`: with the figure that each tells of it. `unit`: those of one union, and by whose package they came.
    """
    with office.read() as connection:
        answers = reviewed.answers(connection)
        reports = reported.latest(connection, campaign, until).values()
        found = [list(_of_report(connection, report, target, answers)) for report in reports]
    return tuple(one for group in sorted(found, key=_order) for one in _about(group, unit))


def of_package(office: Office, package_id: str) -> tuple[Origin, ...]:
    """A report that came in, followed by its sources; nothing for another kind, or before sources were kept."""
    with office.read() as connection:
        held, proof = handoff.incoming(connection, package_id), handoff.proof(connection, package_id)
        if not held or proof is None:
            return ()
        return tuple(_with_sources(held[0], proof, "", reviewed.answers(connection)))


def sources_file(connection: Connection, campaign: Campaign, id_: str, starts: date, ends: date) -> bytes | None:
    """`data/sources.json` for a report of ours: the packages whose figures it sums up. None when there are none."""
    asked = (reported.of_period(connection, campaign, id_, starts, ends), reported.latest(connection, id_, ends))
    found: dict[str, Source] = {}
    for report in (report for reports in asked for report in reports.values()):
        for package in (package_of(connection, report), *_adjusted_by(connection, report)):
            proof = handoff.proof(connection, package.package_id) if package else None
            if package is not None and proof is not None:
                found[package.package_id] = _source(package, proof)
    return sources.to_bytes(found.values()) if found else None


def package_of(connection: Connection, report: Report) -> handoff.Incoming | None:
    """The first accepted package that told just these figures; None for a report that was withdrawn."""
    for package in handoff.delivering(connection, report.record):
        told = reviewed.brought(connection, package.package_id) if package.kind == "report" else None
        if told is not None and _tells(told[1], report.told):
            return package
    return None


def _adjusted_by(connection: Connection, report: Report) -> Iterator[handoff.Incoming]:
    """The packages that say what was adjusted after a lock: the locked one and the late one."""
    for one in report.adjusted:
        for package_id in (one.locked, one.package):
            yield from handoff.incoming(connection, package_id)


def _tells(told: PeriodFigures, wanted: PeriodFigures) -> bool:
    """A report that stands for its period alone has lost what it tells of the time since the first day."""
    same = (told.report_id, told.figures) == (wanted.report_id, wanted.figures)
    return same and (not wanted.to_date or told.to_date == wanted.to_date)


def _source(package: handoff.Incoming, proof: handoff.Proof) -> Source:
    return Source(proof.tagmanifest, proof.manifest, proof.signature, package.header, proof.figures)


def _of_report(connection: Connection, report: Report, target: str, answers: Mapping[str, str]) -> Iterator[Origin]:
    package = package_of(connection, report)
    if package is None:
        return
    proof = handoff.proof(connection, package.package_id)
    if proof is not None:
        yield from _with_sources(package, proof, target, answers)
    else:
        yield _origin(Header.from_bytes(package.header), None, package.package_id, target, "", answers)


def _with_sources(
    package: handoff.Incoming, proof: handoff.Proof, target: str, answers: Mapping[str, str]
) -> Iterator[Origin]:
    own = _source(package, proof)
    yield _origin(own.told, own.counted, package.package_id, target, "", answers)
    under = sources.from_bytes(proof.sources) if proof.sources is not None else ()
    for one in sorted(under, key=lambda source: sort_key(source.told.sender.name)):
        yield _origin(one.told, one.counted, one.package_id, target, own.told.sender.name, answers)


def _origin(
    header: Header, figures: Figures | None, package_id: str, target: str, via: str, answers: Mapping[str, str]
) -> Origin:
    made = Origin(
        header.sender.unit, header.sender.name, package_id, f"{header.top}.cdpkg", header.seq,
        header.period.name if header.period else "", header.officer_name, header.made_at,
        code12(header.report_id) if header.report_id else "", via, answers.get(package_id, ""),
    )  # fmt: skip
    told = _own_figure(figures, target) if figures is not None else None
    return replace(made, numerator=told[0], denominator=told[1]) if told else made


def _own_figure(figures: Figures, target: str) -> tuple[int, int | None] | None:
    rows = (one for one in figures.figures if (one.target, one.unit) == (target, figures.unit))
    return next(((one.numerator, one.denominator) for one in rows), None)


def _about(group: list[Origin], unit: str) -> list[Origin]:
    if not unit or (group and group[0].unit == unit):
        return group
    named = [one for one in group[1:] if one.unit == unit]
    return [*group[:1], *named] if named else []


def _order(group: Iterable[Origin]) -> tuple[object, ...]:
    return tuple((sort_key(one.unit_name), one.package_id) for one in list(group)[:1])
