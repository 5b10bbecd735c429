"""What a paper of the page asks: its kind, plan, period, unit, who signs, who gets it, and the officer's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from congdoan_desktop.domain import authority as authorities
from congdoan_desktop.domain import periods
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.narrative import Narrative
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.domain.statistics_forms import StatisticsForm, deadline
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.list_papers import NAMES
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.services.stamped import Stamped
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import day, text
from congdoan_desktop.ui.pages.reports.asked import ASKED, CAMPAIGN, KINDS, LIST, STATISTICS, WORDED
from congdoan_desktop.ui.pages.reports.words import About

WHOLE, FREE, ALL, SO_FAR, CLOSING = "whole", "free", "all", "so_far", "closing"
SIGNING = ("authority", "signer", "signer_title", "recipients")
"""What the officer chooses about the paper; kept as a draft for each campaign."""
_KINDS = {"statistics_half": "6 tháng thống kê", "statistics_year": "năm thống kê"}
_LABELS = {
    WHOLE: "Cả kế hoạch",
    SO_FAR: "Sơ kết (từ đầu kế hoạch đến nay)",
    CLOSING: "Tổng kết (cả kế hoạch)",
    FREE: "Từ ngày đến ngày…",
}
_YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from beside the desk: signers, unions, statistics forms, packed reports."""

    signers: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    forms: Sequence[StatisticsForm]
    sent: Sequence[Stamped]


class ReportForm(Form):
    def __init__(self) -> None:
        super().__init__(self._check)
        self.desk: Callable[[], Desk] = lambda: Desk(date.min)
        self._periods: dict[str, Period] = {}
        self._forms: dict[str, StatisticsForm] = {}
        self.sent: dict[str, Stamped] = {}
        self.kind_field = ChoiceField("kind", "Loại văn bản", list(KINDS.items()), required=True)
        self.campaign = ChoiceField("campaign", "Phong trào, kế hoạch", required=True)
        self.form_field = ChoiceField("form", "Mẫu biểu", required=True)
        self.list_field = ChoiceField("list", "Danh sách", list(NAMES.items()), required=True)
        self.package = ChoiceField("package", "Báo cáo đã gửi", required=True)
        self.period = ChoiceField("period", "Kỳ", required=True)
        self.unit = ChoiceField("unit", "Đơn vị", required=True)
        self.signer = SearchChoiceField("signer", "Người ký", free=True, required=True, placeholder="Họ và tên")
        self.signer_title = SearchChoiceField("signer_title", "Chức vụ", free=True, required=True, placeholder="")
        self._build()
        self.period.edited.connect(self._period_chosen)
        self.form_field.edited.connect(self._form_chosen)
        for name in ("starts", "ends"):
            self.field(name).edited.connect(self._days_typed)

    def _build(self) -> None:
        for field in (
            self.kind_field, self.campaign, self.form_field, self.list_field, self.package, self.period
        ):  # fmt: skip
            self.add(field)
        self.add(self._day("starts", "Từ ngày"), self._day("ends", "Đến ngày"))
        self.add(TextField("period_name", "Kỳ, như in trong báo cáo", required=True, limit=120))
        self.add(self.unit)
        self.add(self._day("dated", "Ngày báo cáo"), self._day("structure_on", "Cơ cấu ngày", required=False))
        shown = [(one, _worded(one)) for one in authorities.AUTHORITIES]
        self.add(ChoiceField("authority", "Quyền hạn ký", shown, required=True))
        self.add(self.signer_title, self.signer)
        hint = "Vai trò ghi trong ngoặc: (để báo cáo), (để biết), (để thực hiện)."
        self.add(NoteField("recipients", "Nơi nhận (mỗi dòng một nơi)", lines=2, required=True, hint=hint))
        self.add_group()
        self.add(NoteField("difficulties", "Khó khăn, hạn chế", lines=3))
        self.add(NoteField("proposals", "Đề xuất, kiến nghị", lines=3))
        self.add(NoteField("next_period", "Phương hướng, nhiệm vụ kỳ tới", lines=3))
        self.kind_field.set_value(CAMPAIGN)
        self.list_field.set_value(next(iter(NAMES)))
        self.signer_title.set_options(Option(e.name, e.name) for e in catalogue().entries("officer_titles"))

    def _day(self, name: str, caption: str, *, required: bool = True) -> DateField:
        def read(typed: str) -> date:
            return parse_day(typed, today=self.desk().today)

        return DateField(name, caption, read, lambda value: short_date(day(value)), required=required)

    @property
    def kind(self) -> str:
        return text(self.kind_field.value()) or CAMPAIGN

    # What there is to choose from

    def take_choices(self, desk: Desk, found: Choices) -> None:
        self._forms = {form.code: form for form in found.forms}
        self.sent = {one.package_id: one for one in found.sent}
        self.form_field.set_choices([(code, f"Mẫu số {code}") for code in self._forms])
        self.package.set_choices([(id_, one.label) for id_, one in self.sent.items()])
        self.unit.set_choices([(ALL, "Toàn đơn vị"), *found.units[1:]])
        self.signer.set_options(Option(name, name, title) for name, title in found.signers)
        self._offer_campaigns(desk)
        for field, first in ((self.unit, ALL), (self.form_field, next(iter(self._forms), None)),
                             (self.package, next(iter(self.sent), None))):  # fmt: skip
            if field.value() is None:
                field.set_value(first)

    def _offer_campaigns(self, desk: Desk) -> None:
        every: list[tuple[object, str]] = [(ALL, "Mọi kế hoạch và ngoài kế hoạch")]
        self.campaign.set_choices([*(every if self.kind == LIST else []), *desk.campaign_choices()])

    def show_kind(self) -> None:
        """The fields of the kind that was chosen, and its periods."""
        asked = ASKED[self.kind]
        for name, field in self._fields.items():
            field.setVisible(name in asked or (name.startswith("passage") and self.kind in WORDED))
        self._offer_campaigns(self.desk())
        if self.campaign.value() is None and self.kind == LIST:
            self.campaign.set_value(ALL)
        self.show_periods()

    def show_words(self) -> None:
        """The fields of the officer's words that have just come, where the kind has any."""
        for name, field in self._fields.items():
            if name.startswith("passage"):
                field.setVisible(self.kind in WORDED)

    def show_periods(self) -> None:
        """The periods that the kind and the plan are usually about; the first one is chosen."""
        campaign = dict(self.desk().campaigns).get(text(self.campaign.value()))
        if self.kind == STATISTICS:
            self._form_chosen()
            return
        under_plan = campaign is not None and "campaign" in ASKED[self.kind]
        self._periods = _quick(campaign, self.desk().today) if under_plan and campaign else _usual(self.desk().today)
        self.period.set_choices([(key, _LABELS.get(key) or _label(p)) for key, p in self._periods.items()])
        first = next(iter(self._periods))
        self.period.set_value(first)
        self._show_period(self._periods[first])

    def _form_chosen(self) -> None:
        form = self._forms.get(text(self.form_field.value()))
        if form is None:
            self.period.set_choices([])
            return
        today = self.desk().today
        years = range(today.year - _YEARS_BACK, today.year + 1)
        self._periods = {period.label: period for year in years for period in form.periods(year)}
        self.period.set_choices([(label, label) for label in reversed(self._periods)])
        self.period.set_value(deadline(form, today).label)

    def show_campaign(self, values: Mapping[str, object]) -> None:
        """Start a paper on the chosen campaign; `values` are the officer's own."""
        for name, value in {**values, "dated": self.desk().today}.items():
            self.field(name).set_value(value)
        self.clear_findings()
        self.show_periods()

    def _period_chosen(self) -> None:
        chosen = text(self.period.value())
        if self.kind == STATISTICS:
            return
        if chosen in self._periods and chosen != FREE:
            self._show_period(self._periods[chosen])
        else:
            self._name_days()

    def _show_period(self, period: Period) -> None:
        for name, value in (("starts", period.starts), ("ends", period.ends), ("period_name", period.name)):
            self.field(name).set_value(value)

    def _days_typed(self) -> None:
        """Days other than those of a named period: the paper names the days, unless it is a review of them."""
        self.period.set_value(FREE)
        if not periods.is_review(text(self.field("period_name").value())):
            self._name_days()

    def _name_days(self) -> None:
        starts, ends = self.field("starts").value(), self.field("ends").value()
        if isinstance(starts, date) and isinstance(ends, date) and starts <= ends:
            self.field("period_name").set_value(periods.between(starts, ends).name)

    # What is asked

    def _check(self, values: Values) -> Iterator[Finding]:
        if self.kind == STATISTICS:
            return
        starts, ends = values["starts"], values["ends"]
        if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
            yield Finding("ends", "Ngày cuối trước ngày đầu. Xem lại hai ngày.")
        yield from authorities.findings(text(values["authority"]), text(values["signer_title"]))

    def is_ready(self) -> bool:
        """Whether a paper can be made of what stands in the form."""
        return all(finding.warning for finding in self.findings())

    def about(self) -> About:
        """What the officer's words are about. Ask `is_ready` first."""
        campaign = text(self.campaign.value()) if self.kind == CAMPAIGN else ""
        return About(campaign, day(self.field("starts").value()), day(self.field("ends").value()))

    def question(self) -> tuple[object, ...]:
        """What the paper is about, whatever is written in it and whoever signs it."""
        asked = (self.campaign, self.list_field, self.form_field, self.period, self.package, self.unit)
        days = (self.field(name) for name in ("starts", "ends", "structure_on"))
        return (self.kind, *(field.value() for field in (*asked, *days)))

    def statistics(self) -> tuple[str, Period]:
        """The form's code and the period."""
        return text(self.form_field.value()), self._periods[text(self.period.value())]

    def request(self, words: Narrative) -> ReportRequest:
        """What to report. Ask `is_ready` first."""
        values = self.values()
        campaign, unit = text(values["campaign"]), text(values["unit"])
        structure = values["structure_on"]
        return ReportRequest(
            campaign="" if campaign == ALL or "campaign" not in ASKED[self.kind] else campaign,
            period_name=text(values["period_name"]),
            starts=day(values["starts"]),
            ends=day(values["ends"]),
            dated=day(values["dated"]),
            signer_title=text(values["signer_title"]),
            signer_name=text(values["signer"]),
            authority=authorities.lines(text(values["authority"])),
            recipients=_lines(text(values["recipients"])),
            difficulties=words.difficulties,
            proposals=words.proposals,
            next_period=words.next_period,
            passages=words.passages,
            unit="" if unit == ALL else unit,
            structure_on=structure if isinstance(structure, date) else None,
        )


def _quick(campaign: Campaign, today: date) -> dict[str, Period]:
    """The whole campaign, its phases, and what a report is usually about on the last day that counts for it."""
    whole = periods.between(campaign.starts, campaign.ends)
    found = {WHOLE: whole}
    for number, phase in enumerate(campaign.phases):
        found[f"phase{number}"] = periods.phase(phase.starts, phase.ends, periods.phase_named(phase.name))
    if campaign.starts <= today < campaign.ends:
        found[SO_FAR] = periods.phase(campaign.starts, today, periods.SO_FAR)
    found[CLOSING] = periods.phase(campaign.starts, campaign.ends, periods.CLOSING)
    running = periods.usual(min(max(today, campaign.starts), campaign.ends))
    found |= {period.kind: period for period in running}
    found |= {key: period for key, period in _ended(running).items() if period.ends >= campaign.starts}
    return {**found, FREE: whole}


def _usual(today: date) -> dict[str, Period]:
    """What runs today, and what ended before it, the narrowest first."""
    running = periods.usual(today)
    return {**{period.kind: period for period in running}, **_ended(running), FREE: running[0]}


def _ended(running: Iterable[Period]) -> dict[str, Period]:
    """What ended before each: reports are written after their period."""
    return {
        f"last_{period.kind}": periods.containing(period.kind, period.starts - timedelta(days=1)) for period in running
    }


def _label(period: Period) -> str:
    name = period.name[:1].upper() + period.name[1:]
    return f"{name} ({_KINDS[period.kind]})" if period.kind in _KINDS else name


def _worded(authority: str) -> str:
    return "Ký theo chức danh (không TM.)" if authority == authorities.OWN else authority


def _lines(written: str) -> tuple[str, ...]:
    return tuple(line.strip(" -;.") for line in written.splitlines() if line.strip(" -;."))
