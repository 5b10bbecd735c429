"""Entering who does what in a plan, the documents beside it, and the parts of its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from congdoan_desktop.domain.campaigns import Assignment, RelatedDocument, Section
from congdoan_desktop.domain.plan_making import PARENT
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.campaigns.part_kind import PartKind, Today, one_line
from congdoan_desktop.ui.pages.entry.values import text

RELATIONS: Mapping[str, str] = {
    PARENT: "Kế hoạch của cấp trên",
    "basis": "Căn cứ",
    "reference": "Văn bản nhắc tới",
    "event": "Kế hoạch của sự kiện",
}


class AssignmentForm(Form):
    def __init__(self, _today: Today) -> None:
        super().__init__()
        departments = [Option(entry.name, entry.name) for entry in catalogue().entries("departments")]
        self.add(
            SearchChoiceField("assignment_who", "Ban, đơn vị", departments, free=True, required=True, placeholder="")
        )
        self.add(NoteField("assignment_task", "Nhiệm vụ", required=True, lines=5))
        self.field("assignment_task").enter_moves = True


ASSIGNMENTS = PartKind(
    key="assignments",
    title="Phân công",
    one="phân công",
    icon="users-three",
    belongs="Việc giao cho từng ban, từng đơn vị, theo câu chữ của kế hoạch.",
    columns=(
        Column("number", "Số", 52, "number"),
        Column("task", "Nhiệm vụ", None, "name", under="who", least=240),
    ),
    form=AssignmentForm,
    row=lambda one: {"who": one.who, "task": one.task},
    part=lambda values, _: Assignment(text(values["assignment_who"]), one_line(values["assignment_task"])),
    values=lambda one: {"assignment_who": one.who, "assignment_task": one.task},
)


class RelatedForm(Form):
    def __init__(self, _today: Today) -> None:
        super().__init__()
        self.add(ChoiceField("related_relation", "Quan hệ", list(RELATIONS.items()), required=True))
        self.add(TextField("related_number", "Số, ký hiệu", placeholder="39/KH-LĐLĐ", required=True, limit=60))
        self.add(NoteField("related_title", "Tên văn bản", lines=3))
        self.field("related_title").enter_moves = True


def _related(values: Values, old: RelatedDocument | None) -> RelatedDocument:
    """Another number is another document, which may not be held here."""
    number = one_line(values["related_number"])
    base = old if old is not None and old.number == number else RelatedDocument("", "", "")
    return replace(
        base, relation=text(values["related_relation"]), number=number, title=one_line(values["related_title"])
    )


RELATED = PartKind(
    key="related",
    title="Văn bản",
    one="văn bản",
    icon="file-text",
    belongs="Văn bản căn cứ, văn bản nhắc tới, kế hoạch của cấp trên và của từng sự kiện.",
    columns=(
        Column("number", "Số", 52, "number"),
        Column("code", "Số, ký hiệu", None, "name", under="title", least=200),
        Column("relation", "Quan hệ", 180),
    ),
    form=RelatedForm,
    row=lambda one: {
        "code": one.number,
        "title": one.title,
        "relation": RELATIONS.get(one.relation, one.relation),
    },
    part=_related,
    values=lambda one: {
        "related_relation": one.relation,
        "related_number": one.number,
        "related_title": one.title,
    },
)


class SectionForm(Form):
    def __init__(self, _today: Today) -> None:
        super().__init__()
        self.add(TextField("section_heading", "Đề mục", required=True, placeholder="III. TỔ CHỨC THỰC HIỆN", limit=200))
        self.add(NoteField("section_text", "Nội dung", required=True, lines=14))


def _section(values: Values, _: Section | None) -> Section:
    paragraphs = (" ".join(line.split()) for line in text(values["section_text"]).splitlines())
    return Section(one_line(values["section_heading"]), "\n".join(line for line in paragraphs if line))


SECTIONS = PartKind(
    key="sections",
    title="Nội dung",
    one="phần",
    icon="file-text",
    belongs="Từng phần lời văn của kế hoạch dưới đề mục của nó, để in kế hoạch thành văn bản.",
    columns=(
        Column("number", "Số", 52, "number"),
        Column("heading", "Đề mục", None, "name", under="text", least=240),
    ),
    form=SectionForm,
    row=lambda one: {"heading": one.heading, "text": one.text.partition("\n")[0]},
    part=_section,
    values=lambda one: {"section_heading": one.heading, "section_text": one.text},
)
