"""What the form asks for, as work for the database thread."""

from __future__ import annotations

from congdoan_desktop.domain.narrative import Narrative
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.reports import asked
from congdoan_desktop.ui.pages.reports.asked import Asked
from congdoan_desktop.ui.pages.reports.form import ReportForm


def chosen(form: ReportForm, desk: Desk, words: Narrative) -> Asked:
    """The paper of the form's kind. Ask `is_ready` first."""
    if form.kind == asked.STATISTICS:
        return asked.form(*form.statistics())
    if form.kind == asked.PLAN:
        return asked.plan(text(form.campaign.value()))
    if form.kind == asked.SENT:
        package = text(form.package.value())
        return asked.sent(package, form.sent[package].label)
    request = form.request(words)
    if form.kind == asked.LIST:
        return asked.listed(text(form.list_field.value()), request)
    if form.kind == asked.GENERAL:
        return asked.general(request)
    return asked.campaign_report(request, desk.campaign_name(request.campaign), _file_name(desk, request))


def _file_name(desk: Desk, request: ReportRequest) -> str:
    """Without marks and signs, so that every stick and mail keeps it: "bao-cao-39-kh-ldld-2024-07-31"."""
    campaign = dict(desk.campaigns).get(request.campaign)
    words = search_key(campaign.number if campaign else "")
    bare = "-".join("".join(c if c.isalnum() else " " for c in words).split())
    return f"bao-cao-{bare}-{request.ends:%Y-%m-%d}".replace("--", "-")
