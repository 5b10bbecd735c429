"""What a period report asks: campaign, period, who signs, who gets it, and the officer's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from congdoan_desktop.domain import periods
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import day, text

WHOLE, FREE = "whole", "free"
AUTHORITIES = ("TM. BAN THƯỜNG VỤ", "TM. BAN CHẤP HÀNH")
PERSONAL = ("authority", "signer", "signer_title", "recipients", "difficulties", "proposals")
"""What the officer writes; kept as a draft for each campaign."""
RECIPIENTS = "Như trên\nLưu: VT"
_KINDS = {"statistics_half": "6 tháng thống kê", "statistics_year": "năm thống kê"}


class ReportForm(Form):
    def __init__(self) -> None:
        super().__init__(self._check)
        self.desk: Callable[[], Desk] = lambda: Desk(date.min)
        self._periods: dict[str, Period] = {}
        self.campaign = ChoiceField("campaign", "Phong trào, kế hoạch", required=True)
        self.period = ChoiceField("period", "Kỳ", required=True)
        self.signer = SearchChoiceField("signer", "Người ký", free=True, required=True, placeholder="Họ và tên")
        self.signer_title = SearchChoiceField("signer_title", "Chức vụ", free=True, required=True, placeholder="")
        self._build()
        self.period.edited.connect(self._period_chosen)
        for name in ("starts", "ends"):
            self.field(name).edited.connect(self._days_typed)

    def _build(self) -> None:
        self.add(self.campaign)
        self.add(self.period)
        self.add(self._day("starts", "Từ ngày"), self._day("ends", "Đến ngày"))
        self.add(TextField("period_name", "Kỳ, như in trong báo cáo", required=True, limit=120))
        self.add(self._day("dated", "Ngày báo cáo"))
        self.add(ChoiceField("authority", "Thay mặt", _same(AUTHORITIES)))
        self.add(self.signer_title, self.signer)
        self.add(NoteField("recipients", "Nơi nhận (mỗi dòng một nơi)", lines=2, required=True))
        self.add(NoteField("difficulties", "Khó khăn, hạn chế", lines=3))
        self.add(NoteField("proposals", "Đề xuất, kiến nghị", lines=3))
        self.signer_title.set_options(Option(e.name, e.name) for e in catalogue().entries("officer_titles"))

    def _day(self, name: str, caption: str) -> DateField:
        def read(typed: str) -> date:
            return parse_day(typed, today=self.desk().today)

        return DateField(name, caption, read, lambda value: short_date(day(value)), required=True)

    def take_choices(self, desk: Desk, signers: Iterable[tuple[str, str]]) -> None:
        self.campaign.set_choices(desk.campaign_choices())
        self.signer.set_options(Option(name, name, title) for name, title in signers)

    def show_campaign(self, campaign: Campaign, values: Mapping[str, object]) -> None:
        """Start a report on a campaign, over the whole of it; `values` are the officer's own."""
        self._periods = _quick(campaign, self.desk().today)
        labels = {WHOLE: "Cả kế hoạch", FREE: "Từ ngày đến ngày…"}
        self.period.set_choices([(key, labels.get(key) or _label(p)) for key, p in self._periods.items()])
        self.set_values({**values, "campaign": self.campaign.value(), "dated": self.desk().today, "period": WHOLE})
        self._show_period(self._periods[WHOLE])

    def _period_chosen(self) -> None:
        chosen = text(self.period.value())
        if chosen in self._periods and chosen != FREE:
            self._show_period(self._periods[chosen])
        else:
            self._days_typed()

    def _show_period(self, period: Period) -> None:
        for name, value in (("starts", period.starts), ("ends", period.ends), ("period_name", period.name)):
            self.field(name).set_value(value)

    def _days_typed(self) -> None:
        """Days other than those of a named period: the paper names the days."""
        self.period.set_value(FREE)
        starts, ends = self.field("starts").value(), self.field("ends").value()
        if isinstance(starts, date) and isinstance(ends, date) and starts <= ends:
            self.field("period_name").set_value(periods.between(starts, ends).name)

    def _check(self, values: Values) -> tuple[Finding, ...]:
        starts, ends = values["starts"], values["ends"]
        if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
            return (Finding("ends", "Ngày cuối trước ngày đầu. Xem lại hai ngày."),)
        return ()

    def is_ready(self) -> bool:
        """Whether a report can be made of what stands in the form."""
        return all(finding.warning for finding in self.findings())

    def request(self) -> ReportRequest:
        """What to report. Ask `is_ready` first."""
        values = self.values()
        authority = text(values["authority"])
        return ReportRequest(
            campaign=text(values["campaign"]),
            period_name=text(values["period_name"]),
            starts=day(values["starts"]),
            ends=day(values["ends"]),
            dated=day(values["dated"]),
            signer_title=text(values["signer_title"]),
            signer_name=text(values["signer"]),
            authority=(authority,) if authority else (),
            recipients=_lines(text(values["recipients"])),
            difficulties=text(values["difficulties"]),
            proposals=text(values["proposals"]),
        )


def _quick(campaign: Campaign, today: date) -> dict[str, Period]:
    """The whole campaign, its phases, and what a report is usually about on the last day that counts for it."""
    whole = periods.between(campaign.starts, campaign.ends)
    found = {WHOLE: whole}
    for number, phase in enumerate(campaign.phases):
        found[f"phase{number}"] = periods.phase(phase.starts, phase.ends, f"“{phase.name}”")
    for period in periods.usual(min(max(today, campaign.starts), campaign.ends)):
        found[period.kind] = period
    return {**found, FREE: whole}


def _label(period: Period) -> str:
    name = period.name[:1].upper() + period.name[1:]
    return f"{name} ({_KINDS[period.kind]})" if period.kind in _KINDS else name


def _lines(written: str) -> tuple[str, ...]:
    return tuple(line.strip(" -;.") for line in written.splitlines() if line.strip(" -;."))


def _same(choices: Iterable[str]) -> list[tuple[object, str]]:
    return [(choice, choice) for choice in choices]
