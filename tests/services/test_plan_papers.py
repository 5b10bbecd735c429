"""A plan out of the records onto paper: our own alone, with the marks of unions, and a log line for each copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from congdoan_desktop.domain.campaigns import UnitMark
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import campaigns, incoming, outgoing, papers, plan_papers
from congdoan_desktop.storage import tables
from tests.reports.paper import text
from tests.reports.plan_story import campaign, target
from tests.services.conftest import Offices
from tests.services.conftest import campaign as given_campaign


def test_our_plan_with_the_marks_it_gives(offices: Offices, tmp_path: Path) -> None:
    province, union = offices.province, offices.union.identity.unit
    plan = campaign(
        number="",
        signer_authority="",
        targets=(target(0, "cán bộ được tập huấn", decimals=1),),
        marks=(UnitMark("t0", union, 975), UnitMark("t0", "nobody", 1)),
    )
    id_ = campaigns.add(province, plan).ids[0]
    made = plan_papers.prepare(province, id_)
    printed = text(papers.pdf(province, made)).replace("\u00a0", " ")
    assert "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU" in printed
    assert "/KH-LĐLĐ" in printed
    assert "1 Công đoàn xã Mường Kim Cán bộ được tập huấn 97,5%" in printed
    assert made.file_name == "ke-hoach-2024"
    for ending in (".pdf", ".docx"):
        papers.save(province, made, tmp_path / f"p{ending}")
    papers.note_print(province, made.about)
    with province.read() as connection:
        log = connection.execute(select(tables.log.c.action).where(tables.log.c.object == id_)).scalars().all()
    assert log[-3:] == ["export:pdf", "export:docx", "print"]


def test_the_upper_unions_plan_is_printed_by_the_upper_union(offices: Offices) -> None:
    id_ = given_campaign(offices.province)
    path = offices.carry(offices.province, outgoing.make_plan(offices.province, id_, offices.union.identity.unit))
    incoming.apply(offices.union, path)
    with pytest.raises(AppError, match="công đoàn khác ban hành"):
        plan_papers.prepare(offices.union, id_)


def test_a_disk_that_refuses_leaves_no_line_in_the_log(offices: Offices, tmp_path: Path) -> None:
    id_ = campaigns.add(offices.province, campaign()).ids[0]
    with pytest.raises((AppError, OSError)):
        papers.save(offices.province, plan_papers.prepare(offices.province, id_), tmp_path / "none" / "p.pdf")
    with offices.province.read() as connection:
        log = connection.execute(select(tables.log.c.action).where(tables.log.c.object == id_)).scalars().all()
    assert "export:pdf" not in log


@pytest.mark.parametrize("name", ["p.odt", "p"])
def test_another_ending_is_refused_and_nothing_written(offices: Offices, tmp_path: Path, name: str) -> None:
    made = plan_papers.prepare(offices.province, campaigns.add(offices.province, campaign()).ids[0])
    with pytest.raises(AppError, match="Không biết ghi"):
        papers.save(offices.province, made, tmp_path / name)
    assert not (tmp_path / name).exists()
