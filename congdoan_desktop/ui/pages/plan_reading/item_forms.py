"""The forms in which an item of a reading is changed: those of the plan editor, and one field for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from congdoan_desktop.domain.campaigns import Duty, Phase, PlannedEvent, RelatedDocument, Target
from congdoan_desktop.domain.indicators import Definition
from congdoan_desktop.domain.target_choices import MARK, WITHIN, Question, choice_of, given_answers, questions
from congdoan_desktop.services.plan_item import Group, HeaderValue, Item, Part
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.campaigns.part_forms import DUTIES, EVENTS, PHASES
from congdoan_desktop.ui.pages.campaigns.part_kind import PartKind, Today, day_field, one_line
from congdoan_desktop.ui.pages.campaigns.target_form import TARGETS, TargetForm
from congdoan_desktop.ui.pages.entry.values import day, text

_IN_THE_WORDING = frozenset({WITHIN, MARK})
"""What the words themselves leave open; what the indicator leaves open is asked beside its figure."""
_NO_INDICATOR = Definition("", "")
_LONG = frozenset({"title", "bases", "recipients", "date_text"})
_DAYS = frozenset({"issued_on", "starts", "ends"})


@dataclass(frozen=True, slots=True)
class ItemForm:
    """A form filled with a piece, and the way from what was typed to the piece that takes its place."""

    form: Form
    part: Callable[[], Part]


class OpenTargetForm(TargetForm):
    """A target whose words can be understood in two ways: which one is meant is for a person to say."""

    def __init__(self, today: Today, questions: Iterable[Question]) -> None:
        super().__init__(today)
        self.questions = tuple(questions)
        for question in self.questions:
            options = [(code, said[:1].upper() + said[1:]) for code, said in question.options]
            self.add(ChoiceField(f"choice_{question.code}", question.text, options))


def form_for(item: Item, part: Part, today: date) -> ItemForm:
    """A number that is no target is changed into one."""
    if isinstance(part, HeaderValue):
        return _header(item, part, today)
    if item.group is Group.CORRECTIONS:
        return _correction(part)
    if part is None:
        # Words without a figure say that there must be none: "không để xảy ra đình công".
        reach = "gte" if any(map(str.isdigit, item.text)) else "lte"
        blank = Target("", item.text, "", reach, 0, "", "")
        return _plan_part(TARGETS, blank, today)
    if isinstance(part, Target) and (asked := _asked(part)):
        return _open_target(part, asked, today)
    kinds: dict[type, PartKind] = {Target: TARGETS, Phase: PHASES, PlannedEvent: EVENTS, Duty: DUTIES}
    return _plan_part(kinds[type(part)], part, today)


def _plan_part(kind: PartKind, part: Part, today: date) -> ItemForm:
    form = kind.form(lambda: today)
    form.set_values(kind.values(part))
    return ItemForm(form, lambda: kind.part(form.values(), part))


def _asked(target: Target) -> list[Question]:
    return [one for one in questions(target, _NO_INDICATOR) if one.code in _IN_THE_WORDING]


def _open_target(part: Target, asked: Iterable[Question], today: date) -> ItemForm:
    form = OpenTargetForm(lambda: today, asked)
    given = given_answers(part)
    answers = {f"choice_{question.code}": given.get(question.code) for question in form.questions}
    form.set_values({**TARGETS.values(part), **answers})

    def made() -> Part:
        changed: Target = TARGETS.part(form.values(), part)
        values = form.values()
        chosen = {question.code: text(values[f"choice_{question.code}"]) for question in form.questions}
        return replace(changed, choice=choice_of({**given, **chosen}))

    return ItemForm(form, made)


def _header(item: Item, part: HeaderValue, today: date) -> ItemForm:
    form = Form()
    if part.field in _DAYS:
        form.add(day_field("header_value", item.label, lambda: today, required=True))
    elif part.field in _LONG:
        form.add(NoteField("header_value", item.label, required=True, lines=4))
    else:
        form.add(TextField("header_value", item.label, required=True))
    form.field("header_value").enter_moves = True
    document = part.value if isinstance(part.value, RelatedDocument) else None
    shown = part.value if document is None else _shown(part.field, document)
    form.set_values({"header_value": shown})

    def made() -> Part:
        return HeaderValue(part.field, _header_value(part.field, form.values(), document))

    return ItemForm(form, made)


def _shown(field: str, document: RelatedDocument) -> str:
    return document.title if field == "bases" else document.number


def _header_value(field: str, values: Values, document: RelatedDocument | None) -> str | date | RelatedDocument:
    if field in _DAYS:
        return day(values["header_value"])
    typed = one_line(values["header_value"])
    if document is None:
        return typed
    return replace(document, title=typed) if field == "bases" else replace(document, number=typed)


def _correction(part: Part) -> ItemForm:
    form = Form()
    form.add(TextField("correction_text", "Sửa thành", required=True))
    form.set_values({"correction_text": part})
    return ItemForm(form, lambda: one_line(form.values()["correction_text"]))
