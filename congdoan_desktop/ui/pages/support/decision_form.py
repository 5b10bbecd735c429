"""The form of a decision on support: number and code, day, signer, and the needs it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.proposals import ReviewMeeting, SupportDecision, Verdict, validate_decision
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry import desk as desks
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import day, text
from congdoan_desktop.ui.pages.support.lines_field import Line, LineColumn, LinesField
from congdoan_desktop.ui.pages.support.proposal_form import name_of
from congdoan_desktop.ui.pages.support.steps import Lines, total_of

_COLUMNS = (
    LineColumn("name", "Họ tên, tập thể", 0, "fixed"),
    LineColumn("fund", "Nguồn", 160, "fixed"),
    LineColumn("amount", "Mức duyệt (đ)", 104, "sum"),
)


class DecisionForm(Form):
    def __init__(self) -> None:
        super().__init__(self._check)
        self.desk: Callable[[], Desk] = desks.unknown
        self.own = ""
        self.meetings: dict[str, ReviewMeeting] = {}
        self.meeting = ChoiceField("meeting", "Cuộc họp đã xét", required=True)
        self.needs = LinesField("needs", "Được hỗ trợ (Ctrl+Delete bỏ dòng)", _COLUMNS, required=True)
        self._build()
        self.needs.edited.connect(self._sum)

    def _build(self) -> None:
        self.add(self.meeting)
        self.add(
            TextField("number", "Số, ký hiệu quyết định", required=True, placeholder="15/QĐ-CĐX"),
            day_field("on", "Ngày quyết định", lambda: self.desk().today, required=True),
        )
        self.add(
            TextField("signer", "Người ký", placeholder="Lò Thị Hoa"),
            TextField("signer_title", "Chức vụ", placeholder="Chủ tịch"),
        )
        self.add(self.needs)
        self.add(NoteField("note", "Ghi chú", lines=2))

    def take_choices(self, meetings: Mapping[str, tuple[ReviewMeeting, str]]) -> None:
        """Meeting -> (record, how it is called)."""
        self.meetings = {id_: record for id_, (record, _) in meetings.items()}
        self.meeting.set_choices([(id_, called) for id_, (_, called) in meetings.items()])

    def set_values(self, values: Values) -> None:  # type: ignore[override]  # a form is filled with its own values
        super().set_values(values)
        self._sum()

    def _sum(self) -> None:
        meeting = self.meetings.get(text(self.meeting.value()))
        held = {line["need"] for line in self.needs.lines()}
        self.needs.set_hint(total_of(one.amount for one in meeting.verdicts if one.need in held) if meeting else "")

    def _check(self, values: Values) -> tuple[Finding, ...]:
        today = self.desk().today
        decision = decision_of({**values, "on": values["on"] or today}, self.own)
        found = validate_decision(decision, self.meetings.get(decision.meeting), today)
        return tuple(one for one in found if one.field != "meeting" and (one.field != "number" or decision.number))


def decision_of(values: Values, unit: str) -> SupportDecision:
    """The decision that the form's values mean. `values` must hold the day."""
    lines = values["needs"] if isinstance(values["needs"], tuple) else ()
    return SupportDecision(
        unit=unit,
        meeting=text(values["meeting"]),
        number=text(values["number"]),
        on=day(values["on"]),
        needs=tuple(line["need"] for line in lines),
        signer=text(values["signer"]),
        signer_title=text(values["signer_title"]),
        note=text(values["note"]),
    )


def values_of(decision: SupportDecision, meeting: ReviewMeeting | None, lines: Lines) -> Values:
    names = ("meeting", "number", "on", "signer", "signer_title", "note")
    values: Values = {name: getattr(decision, name) or None for name in names}
    agreed = {one.need: one for one in meeting.verdicts} if meeting else {}
    return {**values, "needs": [_line(need, agreed.get(need), lines) for need in decision.needs]}


def need_lines(verdicts: Iterable[Verdict], lines: Lines) -> list[Line]:
    return [_line(one.need, one, lines) for one in verdicts]


def _line(need: str, verdict: Verdict | None, lines: Lines) -> Line:
    return {
        "need": need,
        "name": name_of(lines.get(need)),
        "fund": catalogue().name("funds", verdict.fund) if verdict else "",
        "amount": group_thousands(verdict.amount) if verdict else "",
    }
