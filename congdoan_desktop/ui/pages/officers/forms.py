"""The forms of a post and of a training."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.money import parse_count
from congdoan_desktop.domain.officers import validate_post, validate_training
from congdoan_desktop.domain.persons import Post, Training
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import CountField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.entry.person_field import PersonField
from congdoan_desktop.ui.pages.entry.values import day, number, text

TITLES, BODIES, LEVELS = "officer_titles", "committees", "levels"
POST_REPEATED = ("unit", "body", "since", "term", "decision")
TRAINING_REPEATED = ("unit", "on", "organiser", "days", "course")


class _PersonsForm(Form):
    """What both have in common: somebody known, and the union it is about."""

    def __init__(self, context: Context) -> None:
        super().__init__(self._check)
        self.today: Callable[[], date] = lambda: date.min
        self.person = PersonField("person", "Họ và tên", context, required=True)
        self.unit = SearchChoiceField("unit", "Đơn vị", required=True)
        self._build()

    def _build(self) -> None:
        raise NotImplementedError

    def _check(self, values: Values) -> tuple[Finding, ...]:
        raise NotImplementedError

    def take_choices(self, units: Iterable[tuple[str, str]]) -> None:
        held = self.unit.value()
        self.unit.set_options(Option(id_, name) for id_, name in units)
        if held is not None:
            self.unit.set_value(held)

    def day_field(self, name: str, label: str, *, required: bool = False) -> DateField:
        def read(typed: str) -> date:
            return parse_day(typed, today=self.today())

        return DateField(name, label, read, lambda value: short_date(day(value)), required=required)


class PostForm(_PersonsForm):
    def _build(self) -> None:
        self.add(self.person)
        self.add(self.unit)
        self.add(ChoiceField("body", "Nơi giữ chức vụ", _entries(BODIES), required=True))
        self.add(ChoiceField("title", "Chức vụ", _entries(TITLES), required=True))
        self.add(CheckField("full_time", "Cán bộ chuyên trách"))
        self.add(self.day_field("since", "Từ ngày", required=True), self.day_field("until", "Đến hết ngày"))
        self.add(
            TextField("term", "Nhiệm kỳ", placeholder="2023-2028", limit=20), TextField("decision", "Số quyết định")
        )

    def post(self, values: Values) -> Post:
        until = values["until"]
        return Post(
            unit=text(values["unit"]),
            person=text(values["person"]),
            title=text(values["title"]),
            body=text(values["body"]),
            full_time=bool(values["full_time"]),
            since=day(values["since"] or self.today()),
            until=until if isinstance(until, date) else None,
            term=text(values["term"]),
            decision=text(values["decision"]),
        )

    def _check(self, values: Values) -> tuple[Finding, ...]:
        return _unsaid(self, validate_post(self.post(values)))


class TrainingForm(_PersonsForm):
    def _build(self) -> None:
        self.add(self.person)
        self.add(self.unit)
        self.add(TextField("course", "Lớp, nội dung tập huấn", required=True, limit=200))
        self.add(ChoiceField("organiser", "Cấp tổ chức", _entries(LEVELS), required=True))
        self.add(self.day_field("on", "Ngày học", required=True), CountField("days", "Số ngày", parse=parse_count))

    def training(self, values: Values) -> Training:
        return Training(
            unit=text(values["unit"]),
            person=text(values["person"]),
            on=day(values["on"] or self.today()),
            organiser=text(values["organiser"]),
            days=number(values["days"]),
            course=text(values["course"]),
        )

    def _check(self, values: Values) -> tuple[Finding, ...]:
        return _unsaid(self, validate_training(self.training(values), self.today()))


def _unsaid(form: Form, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Without what the empty fields say of themselves."""
    return tuple(one for one in found if not (form.field(one.field).required and form.field(one.field).is_empty()))


def _entries(name: str) -> list[tuple[object, str]]:
    return [(entry.code, entry.name) for entry in catalogue().entries(name)]
