"""One union's quarterly package: made by the service, as the window makes it, and as large as it goes onto the stick.

A union of 12 CĐCS reports 240 activities and 240 people who were given support, which is more than most quarters have,
and no photos. It has no floor: the goals are those of somebody who waits, and of a small stick.
"""

from __future__ import annotations

import statistics
import time
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench import offices
from tests.bench.rows import Row

_RUNS, _GOAL_S, _GOAL_MB = 5, 2, 1


def measured(folder: Path) -> list[Row]:
    """A union and its province are founded in `folder`, which is new."""
    from congdoan_desktop.services import opening, outgoing
    from congdoan_desktop.services.reporting import ReportRequest

    union, campaign, _ = offices.made(folder / "union")
    province = opening.found(folder / "province", offices.province()).office
    _enrol(province, union, folder)
    request = ReportRequest(
        campaign, "Năm 2024", date(2024, 1, 1), date(2024, 12, 31), date(2024, 12, 31), "Chủ tịch", "Lò Thị Hoa"
    )
    took, sizes = [], []
    for _ in range(_RUNS):
        began = time.perf_counter()
        made, _prepared = outgoing.make_report(union, request, province.identity.unit)
        took.append(time.perf_counter() - began)
        sizes.append((union.outbox / made.file_name).stat().st_size / 1e6)
    for office in (union, province):
        office.close()
    return [
        Row("make a union's quarterly package", "s", round(statistics.median(took), 3), None, None, _GOAL_S),
        Row("the size of it", "MB", round(max(sizes), 3), None, None, _GOAL_MB),
    ]


def _enrol(province: Any, union: Any, folder: Path) -> None:
    """Both files walk over a stick, and both sides type the words of the other's sheet."""
    from congdoan_desktop.services import outgoing, trusting

    stick = folder / "hand"
    stick.mkdir()
    asked = trusting.write_enrolment(union)
    path = outgoing.write_to_stick(union, asked.package_id, stick).path
    trusting.approve(province, path, " ".join(trusting.enrolment_words(union, asked)))
    answer = trusting.write_trust(province, union.identity.unit)
    path = outgoing.write_to_stick(province, answer.package_id, stick).path
    trusting.accept_trust(union, path, " ".join(trusting.root_words(province)))
