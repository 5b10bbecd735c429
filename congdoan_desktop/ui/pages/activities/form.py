"""The form of an activity, and the way between its fields and the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from congdoan_desktop.domain.activities import Activity, validate_activity
from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.money import money_in_words, parse_count, parse_money
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.number_fields import CountField, MoneyField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import day, number, text

KINDS, FUNDS = "activity_kinds", "funds"
REPEATED = ("campaign", "kind", "starts", "ends", "source", "counts")


class ActivityForm(Form):
    """One activity, of one or of several units: those that did the same are saved as one activity each."""

    def __init__(self) -> None:
        super().__init__(self._check)
        self.desk: Callable[[], Desk] = lambda: Desk(date.min)
        self.units = MultiUnitField("units", "Công đoàn cơ sở đã tổ chức", required=True, rows=4)
        self.unit = SearchChoiceField("unit", "Công đoàn cơ sở đã tổ chức", required=True)
        self.campaign = ChoiceField("campaign", "Kế hoạch, phong trào", placeholder="Không thuộc kế hoạch nào")
        self.kind = SearchChoiceField("kind", "Loại hoạt động", _kinds(), required=True)
        self.counts = CheckField("counts", "Tính vào chỉ tiêu hoạt động của CĐCS")
        self.place = SearchChoiceField("place", "Địa điểm", free=True, placeholder="")
        self.units.search.setObjectName("units_search")
        self.units.all.setObjectName("units_all")
        self._build()
        self.kind.edited.connect(self._preset_counts)

    def _build(self) -> None:
        self.add(self.campaign)
        self.add(self.kind)
        self.add(TextField("title", "Tên hoạt động", required=True, placeholder="Giải cầu lông chào mừng 28/7"))
        self.add(self.units)
        self.add(self.unit)
        self.add(self._day("starts", "Từ ngày", required=True), self._day("ends", "Đến ngày"))
        self.add(self.place)
        self.add(
            CountField("participants", "Số người", parse=parse_count, required=True),
            CountField("women", "Trong đó nữ", parse=parse_count),
        )
        self.add(MoneyField("cost", "Kinh phí (đồng)", money_in_words, parse=parse_money))
        self.add(ChoiceField("source", "Nguồn chi", [(e.code, e.name) for e in catalogue().entries(FUNDS)]))
        self.add(self.counts)
        self.add(NoteField("note", "Ghi chú", lines=2))
        self.hold_one(one=False)

    def _day(self, name: str, caption: str, *, required: bool = False) -> DateField:
        def read(typed: str) -> date:
            return parse_day(typed, today=self.desk().today)

        return DateField(name, caption, read, lambda value: short_date(day(value)), required=required)

    def hold_one(self, *, one: bool) -> None:
        """A record already saved belongs to one unit; a new one is entered for several."""
        self.units.setVisible(not one)
        self.unit.setVisible(one)

    def take_choices(self, desk: Desk) -> None:
        chosen = self.units.raw()
        self.units.set_choices(desk.unit_choices())
        self.units.set_raw(chosen)
        held = self.unit.value()
        self.unit.set_options(Option(id_, name) for id_, name in desk.units)
        if held is not None:
            self.unit.set_value(held)
        self.campaign.set_choices(desk.campaign_choices())

    def remember_places(self, places: Iterable[str]) -> None:
        self.place.set_options(Option(place, place) for place in dict.fromkeys(places) if place)

    def _preset_counts(self) -> None:
        """Whether a kind counts is laid down in the catalogue; the officer may say otherwise."""
        entry = catalogue().entry(KINDS, text(self.kind.value()))
        if entry is not None:
            self.counts.set_value(bool(entry.more.get("counts")))

    def _check(self, values: Values) -> tuple[Finding, ...]:
        desk = self.desk()
        if values["starts"] is None:
            # The first day is the field's own finding; the other fields are judged all the same.
            return validate_activity(activity_of({**values, "starts": values["ends"] or desk.today}, "any"), desk.today)
        found = validate_activity(activity_of(values, "any"), desk.today)
        return (*found, *_outside(values, desk))


def activity_of(values: Values, unit: str) -> Activity:
    """The record that the form's values mean. `values` must hold the first day."""
    starts = day(values["starts"])
    return Activity(
        unit=unit,
        campaign=text(values["campaign"]) or None,
        kind=text(values["kind"]),
        starts=starts,
        ends=day(values["ends"]) if values["ends"] is not None else starts,
        participants=number(values["participants"]),
        women=number(values["women"]),
        cost=number(values["cost"]),
        source=text(values["source"]) or None,
        counts=bool(values["counts"]),
        title=text(values["title"]),
        place=text(values["place"]),
        note=text(values["note"]),
    )


def values_of(activity: Activity) -> Values:
    names = (
        "unit",
        "campaign",
        "kind",
        "starts",
        "participants",
        "women",
        "source",
        "counts",
        "title",
        "place",
        "note",
    )
    values: Values = {name: getattr(activity, name) for name in names}
    values["ends"] = activity.ends if activity.ends != activity.starts else None
    values["cost"] = activity.cost or None
    return values


def _outside(values: Values, desk: Desk) -> tuple[Finding, ...]:
    """A report counts by the first day; outside the campaign's time it would count nowhere."""
    campaign = dict(desk.campaigns).get(text(values["campaign"]))
    starts = day(values["starts"])
    if campaign is None or campaign.starts <= starts <= campaign.ends:
        return ()
    span = f"{short_date(campaign.starts)} – {short_date(campaign.ends)}"
    return (Finding("starts", f"Ngoài thời gian của kế hoạch ({span}). Xem lại ngày hoặc kế hoạch.", warning=True),)


def _kinds() -> list[Option]:
    return [Option(entry.code, entry.name, ", ".join(entry.aliases)) for entry in catalogue().entries(KINDS)]
