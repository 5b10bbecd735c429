"""Wherever a CĐCS with an office of its own goes when it ends: its last report, its records and all receipts arrive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from congdoan_desktop.domain.reorganising import Dissolve, Merge, Order
from congdoan_desktop.services import (
    activities,
    doctor,
    exchanging,
    home,
    incoming,
    outgoing,
    reorganisation,
    stick_run,
    support,
    units,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff
from tests.services.conftest import NewOffice, activity, enrol, person
from tests.services.conftest import support as support_record
from tests.services.levels import Levels, admit, at_new_year, below_form, carried, three_levels, upper_form
from tests.services.test_handing_over import LATER, PAPER, owing
from tests.services.test_three_levels import TARGETS

ENDS = "CĐCS Trường số 1"


@dataclass
class Wide:
    """Three levels with a second upper union and its CĐCS; `bare` and `other_bare` are CĐCS without an office."""

    levels: Levels
    other: Office
    across: Office
    bare: str
    other_bare: str

    @property
    def ends(self) -> Office:
        return self.levels.below[0]

    @property
    def offices(self) -> tuple[Office, ...]:
        levels = self.levels
        return (levels.province, levels.upper, self.other, *levels.below, self.across)

    def round(self) -> None:
        """One stick goes to everybody twice, to the province first."""
        for office in self.offices * 2:
            assert stick_run.take_and_write(office, self.levels.stick).problem is None


@pytest.fixture
def wide(new_office: NewOffice, tmp_path: Path) -> Iterator[Wide]:
    with three_levels(new_office, tmp_path / "stick", TARGETS) as levels:
        other = new_office("nx", upper_form("Công đoàn xã Nậm Xuân", "CDX-NX"))
        across = new_office("cs-3", below_form("CĐCS Chợ", "CS-3"))
        with at_new_year(levels.province):
            enrol(levels.province, other, levels.stick)
            admit(levels.province, other, across, levels.stick)
        plan = outgoing.make_plan(levels.province, levels.plan, other.identity.unit)
        incoming.apply(other, carried(levels.province, plan, levels.stick))
        bare, other_bare = (
            units.add(upper, name=name, short_name=name, code=code, kind="cdcs_su_nghiep")
            for upper, name, code in ((levels.upper, "CĐCS Mầm non", "MN"), (other, "CĐCS Nông trường", "NT"))
        )
        for upper in (levels.upper, other):
            levels.answer(levels.province, levels.up(upper, levels.province), upper)
        made = Wide(levels, other, across, bare, other_bare)
        unit = made.ends.identity.unit
        activities.add(made.ends, activity(None), (unit,))
        support.add(made.ends, support_record(unit, None), person(unit))
        yield made


def order_and_keeper(wide: Wide, heir: str) -> tuple[Order, Office]:
    """What ends the first CĐCS, and the office that keeps its records from then on."""
    unit, levels = wide.ends.identity.unit, wide.levels
    into, keeper = {
        "office beside it": (levels.below[1].identity.unit, levels.below[1]),
        "no office, same upper union": (wide.bare, levels.upper),
        "office, another upper union": (wide.across.identity.unit, wide.across),
        "no office, another upper union": (wide.other_bare, wide.other),
        "the upper union": ("", levels.upper),
    }[heir]
    return (Merge((unit, into), into) if into else Dissolve(unit, leave=False)), keeper


HEIRS = (
    "office beside it", "no office, same upper union", "office, another upper union", "no office, another upper union",
    "the upper union",
)  # fmt: skip


@pytest.mark.parametrize("heir", HEIRS)
def test_all_arrives_whoever_keeps_the_records_now(wide: Wide, heir: str) -> None:
    levels, (order, keeper) = wide.levels, order_and_keeper(wide, heir)
    levels.done(wide.ends, kind="gioi_thieu_dang", count=2, campaign=None, title="Giới thiệu đoàn viên")
    levels.report(wide.ends, levels.upper)
    for office in wide.offices:
        office.clock = LATER
    reorganisation.decide(levels.province, order, PAPER)
    wide.round()
    assert [(office.identity.unit, owing(office)) for office in wide.offices if owing(office)] == [
        (keeper.identity.unit, [ENDS])
    ]
    first = exchanging.partners(wide.ends)[0]
    assert (first.unit, first.heir) == (keeper.identity.unit, True)
    assert [one.title for one in home.overview(wide.ends).todos if one.state == "ended"] == [
        f"Bàn giao hồ sơ cho {first.name}"
    ]
    exchanging.make(wide.ends, keeper.identity.unit)
    assert "ended" not in {one.state for office in wide.offices for one in home.overview(office).todos}
    wide.round()
    wide.round()
    assert [(one.kind, one.state) for one in outgoing.outbox(wide.ends) if one.kind in ("cascade", "report")] == [
        ("cascade", handoff.RECEIVED),
        ("report", handoff.RECEIVED),
    ]
    assert not any(owing(office) for office in wide.offices)
    titles = {row.activity.title for row in activities.listing(keeper)}
    assert titles == {"Giải cầu lông", "Giới thiệu đoàn viên"}
    assert len(support.listing(keeper)) == 1
    assert doctor.check(keeper) == []
