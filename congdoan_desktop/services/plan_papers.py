"""A plan of our own as a paper: from the campaign to pages."""

from __future__ import annotations

from sqlalchemy import Connection

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.catalogue import Catalogue
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.plan_paper import GivenMark, PlanPaper
from congdoan_desktop.domain.text import search_key, sort_key
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import campaigns, catalogues
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.letterheads import letterhead
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper

_PLAN_LETTERS = "KH"


def prepare(office: Office, campaign_id: str) -> Paper:
    """The paper of a plan that our union issues.

    Raises: AppError for a plan of another union, whose paper is the stamped one; NotFound.
    """
    from congdoan_desktop.reports.plan_layout import plan_document

    with office.read() as connection:
        plan = _plan(office, connection, campaign_id)
    title = " ".join(part for part in (plan.campaign.doc_type or "Kế hoạch", plan.campaign.number) if part)
    return Paper(title, _file_name(title, plan.made_on.year), campaign_id, plan_document(plan))


def _plan(office: Office, connection: Connection, campaign_id: str) -> PlanPaper:
    campaign = campaigns.held(connection, campaign_id)
    if campaign.unit != office.identity.unit:
        raise AppError(
            "Kế hoạch này do công đoàn khác ban hành.",
            safe="Không có gì được in.",
            todo="Dùng bản có dấu của nơi ban hành; ở đây chỉ in kế hoạch của đơn vị mình.",
        )
    today = office.clock.today()
    printed = office.tree(connection).at(campaign.issued_on or today)
    unit = printed.units[office.identity.unit]
    return PlanPaper(
        letterhead=letterhead(connection, printed, unit, _letters(campaign, catalogues.catalogue())),
        unit_name=unit.name,
        campaign=campaign,
        made_on=today,
        marks=_marks(campaign, printed),
        sample=office.identity.realm == SAMPLE,
    )


def _letters(campaign: Campaign, known: Catalogue) -> str:
    """What the type is called in the document's code: "Kế hoạch" -> "KH"."""
    found = [one for one in known.entries("document_types") if one.name == campaign.doc_type]
    return str(found[0].more.get("abbreviation", "")) if found else _PLAN_LETTERS


def _marks(campaign: Campaign, printed: Structure) -> tuple[GivenMark, ...]:
    """By union, then in the plan's order of targets."""
    targets = {target.id: (at, target) for at, target in enumerate(campaign.targets)}
    given = [mark for mark in campaign.marks if mark.target in targets and mark.unit in printed.units]
    given.sort(key=lambda mark: (sort_key(printed.units[mark.unit].name), targets[mark.target][0]))
    return tuple(
        GivenMark(
            printed.units[mark.unit].name, targets[mark.target][1].wording, targets[mark.target][1].printed(mark.value)
        )
        for mark in given
    )


def _file_name(title: str, year: int) -> str:
    """Without marks and signs, so that every stick and mail keeps it: "ke-hoach-03-kh-cdx"."""
    bare = "-".join("".join(c if c.isalnum() else " " for c in search_key(title)).split())
    return bare if any(c.isdigit() for c in bare) else f"{bare}-{year}"
