"""The form of an activity: the fields of all, and in their place those of the chosen kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from congdoan_desktop.domain.activities import DONE, PLANNED
from congdoan_desktop.domain.activity_kinds import KindField, has_participants, is_for_workplaces
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import money_in_words, parse_count, parse_money
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import activities
from congdoan_desktop.services.activities import Place
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField, RadioField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.number_fields import CountField, MoneyField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.activities import kind_fields as makers
from congdoan_desktop.ui.pages.activities.record import FUNDS, KINDS, activity_of, kind_fields
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.entry.desk import Desk, unknown
from congdoan_desktop.ui.pages.entry.people_field import PeopleField
from congdoan_desktop.ui.pages.entry.values import day, text

REPEATED = ("campaign", "kind", "state", "starts", "ends", "source", "counts")
STATES = ((DONE, "Đã tổ chức"), (PLANNED, "Dự kiến"))
_LETTERS = {
    "campaign": "P", "kind": "L", "title": "T", "state": "R", "units": "H", "starts": "N", "ends": "Y", "place": "M",
    "participants": "S", "women": "G", "cost": "K", "source": "U", "counts": "V", "note": "C",
}  # fmt: skip
_HELD_BY = "Công đoàn cơ sở đã tổ chức"
_OF_UNITS = "Của các công đoàn cơ sở (bỏ trống: tất cả)"


class ActivityForm(Form):
    """One activity, of one or of several units or workplaces: those that did the same are saved as one each."""

    def __init__(self, context: Context) -> None:
        super().__init__(self._check)
        self._context = context
        self.desk: Desk = unknown()
        self._places: tuple[Place, ...] = ()
        self._shown: tuple[KindField, ...] = ()
        self._one = False
        self._names: dict[str, str] = {}
        self.units = MultiUnitField("units", _HELD_BY, required=True, rows=4)
        self.workplaces = MultiUnitField("workplaces", "Cơ quan, doanh nghiệp đã tổ chức", rows=4)
        self.unit = SearchChoiceField("unit", _HELD_BY, required=True)
        self.campaign = ChoiceField("campaign", "Kế hoạch, phong trào", placeholder="Không thuộc kế hoạch nào")
        self.kind = SearchChoiceField("kind", "Loại hoạt động", _kinds(), required=True)
        self.state = RadioField("state", "Tình trạng", STATES)
        self.participants = CountField("participants", "Số người", parse=parse_count, required=True)
        self.counts = CheckField("counts", "Tính vào chỉ tiêu hoạt động của CĐCS")
        self.place = SearchChoiceField("place", "Địa điểm", free=True, placeholder="")
        self._build()
        self.kind.edited.connect(self._kind_changed)
        self.state.edited.connect(self._fit_required)
        self.units.edited.connect(self._offer_workplaces)

    def _build(self) -> None:
        self.add(self.campaign)
        self.add(self.kind)
        self.add(TextField("title", "Tên hoạt động", required=True, placeholder="Giải cầu lông chào mừng 28/7"))
        self.add(self.state)
        self.add(self.units)
        self.add(self.workplaces)
        self.add(self.unit)
        self.add(
            day_field("starts", "Từ ngày", lambda: self.desk.today, required=True),
            day_field("ends", "Đến ngày", lambda: self.desk.today),
        )
        self.add(self.place)
        self.add(self.participants, CountField("women", "Trong đó nữ", parse=parse_count))
        self.add_group()
        self.add(MoneyField("cost", "Kinh phí (đồng)", money_in_words, parse=parse_money))
        self.add(ChoiceField("source", "Nguồn chi", [(e.code, e.name) for e in catalogue().entries(FUNDS)]))
        self.add(self.counts)
        self.add(NoteField("note", "Ghi chú", lines=2))
        self._name_lists()
        self.bind_access(_LETTERS)
        self.hold_one(one=False)

    def _name_lists(self) -> None:
        for chooser in (self.units, self.workplaces):
            chooser.search.setObjectName(f"{chooser.name}_search")
            chooser.all.setObjectName(f"{chooser.name}_all")
        self.workplaces.search.setPlaceholderText("Tìm cơ quan, doanh nghiệp")
        self.workplaces.search.setAccessibleName("Tìm cơ quan, doanh nghiệp, không cần dấu")

    # What there is to choose from

    def take_choices(self, desk: Desk) -> None:
        self.desk = desk
        chosen = self.units.raw()
        self.units.set_choices(desk.unit_choices())
        self.units.set_raw(chosen)
        held = self.unit.value()
        self.unit.set_options(Option(id_, name) for id_, name in desk.units)
        if held is not None:
            self.unit.set_value(held)
        self.campaign.set_choices(desk.campaign_choices())

    def take_places(self, places: Iterable[Place]) -> None:
        self._places = tuple(places)
        self._offer_workplaces()
        self._offer_one_workplace()

    def remember_places(self, places: Iterable[str]) -> None:
        self.place.set_options(Option(place, place) for place in dict.fromkeys(places) if place)

    def know_people(self, people: Iterable[tuple[str, str]]) -> None:
        """Names of the people that the next values speak of."""
        self._names.update(people)

    def _offer_workplaces(self) -> None:
        """Those of the chosen unions, all where none is chosen; what is ticked stays so if it is still there."""
        units, chosen = self.units.raw(), self.workplaces.raw()
        within = units if isinstance(units, list) else []
        self.workplaces.set_choices((one.id, one.name) for one in self._places if not within or one.unit in within)
        self.workplaces.set_raw(chosen)

    def _offer_one_workplace(self) -> None:
        if any(field.type == "workplace" for field in self._shown):
            single = self.field("workplace")
            assert isinstance(single, SearchChoiceField)
            held = single.value()
            single.set_options(Option(one.id, one.name, one.unit_name) for one in self._places)
            if held is not None:
                single.set_value(held)

    # The kind's own fields

    def hold_one(self, *, one: bool) -> None:
        """A record already saved belongs to one unit; a new one is entered for several."""
        self._one = one
        self._fit_kind()

    def set_values(self, values: Mapping[str, object]) -> None:
        self._show_fields_of(values.get("kind"))
        for field in self._shown:
            if isinstance(people := self.field(field.name), PeopleField):
                people.know(self._names.items())
        super().set_values({"state": DONE, **values})
        self._fit_kind()
        self._offer_workplaces()

    def set_raw(self, raw: Mapping[str, object]) -> None:
        self.kind.set_raw(raw.get("kind", ""))
        self._show_fields_of(self.kind.value())
        units = {name: raw[name] for name in ("units",) if name in raw}
        super().set_raw(units)
        self._offer_workplaces()
        super().set_raw(raw)
        self._fit_kind()

    def _kind_changed(self) -> None:
        """While a name is being typed, the fields of the last kind stay where they are."""
        entry = catalogue().entry(KINDS, text(self.kind.value()))
        if entry is None:
            return
        self.counts.set_value(bool(entry.more.get("counts")))
        self._show_fields_of(entry.code)
        self._fit_kind()

    def _show_fields_of(self, kind: object) -> None:
        """What was typed into a field stays where the new kind has the very same one."""
        fields = kind_fields(kind)
        if fields == self._shown:
            return
        kept = {field.name: self.field(field.name).raw() for field in fields if field in self._shown}
        self._shown = fields
        self.fill_group(makers.made(field, self._context, lambda: self.desk.today) for field in fields)
        self._offer_one_workplace()
        for name, raw in kept.items():
            self.field(name).set_raw(raw)

    def _fit_kind(self) -> None:
        entry = catalogue().entry(KINDS, text(self.kind.value()))
        several = entry is not None and is_for_workplaces(entry) and not self._one
        self.unit.setVisible(self._one)
        self.units.setVisible(not self._one)
        self.units.set_caption(_OF_UNITS if several else _HELD_BY)
        self.units.set_required(not several and not self._one)
        self.workplaces.setVisible(several)
        for field in self._shown:
            if field.type == "workplace":
                self.field(field.name).setVisible(not several)
        self._fit_required()

    def _fit_required(self) -> None:
        """Of what is only planned, nobody knows yet how many will come."""
        entry = catalogue().entry(KINDS, text(self.kind.value()))
        asked = entry is None or has_participants(entry)
        self.participants.set_required(asked and self.state.value() != PLANNED)

    def asks_for_workplaces(self) -> bool:
        """Whether a new record of the chosen kind is entered for workplaces."""
        return self.workplaces.isVisibleTo(self)

    # Findings

    def _check(self, values: Values) -> tuple[Finding, ...]:
        if values["starts"] is None:
            # The first day is the field's own finding; the other fields are judged all the same.
            known = {**values, "starts": values["ends"] or self.desk.today}
            return self._found(known)
        return (*self._found(values), *_outside(values, self.desk))

    def _found(self, values: Values) -> tuple[Finding, ...]:
        found = activities.check(activity_of(values, "any"), self.desk.today)
        return (*found, *self._without_workplace(values))

    def _without_workplace(self, values: Values) -> tuple[Finding, ...]:
        if not self.asks_for_workplaces() or values["workplaces"]:
            return ()
        if values["units"]:
            text_ = "Chưa chọn cơ quan, doanh nghiệp: chỉ ghi cho CĐCS, không tính cho từng cơ quan, doanh nghiệp."
            return (Finding("workplaces", text_, warning=True),)
        return (Finding("workplaces", "Chọn ít nhất một cơ quan, doanh nghiệp hoặc CĐCS."),)


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
