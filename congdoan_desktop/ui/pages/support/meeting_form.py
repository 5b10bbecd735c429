"""The form of a meeting that considers a proposal: who was there, and what was said about each need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.proposals import (
    AGREED,
    PUT_OFF,
    REFUSED,
    About,
    Ask,
    Attendee,
    Proposal,
    ReviewMeeting,
    Verdict,
    validate_meeting,
)
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.review_meetings import proposal_named
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry import desk as desks
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import day, text
from congdoan_desktop.ui.pages.support.lines_field import Line, LineColumn, LinesField, amount
from congdoan_desktop.ui.pages.support.proposal_form import name_of
from congdoan_desktop.ui.pages.support.steps import Lines, text_of, total_of

RESULT_WORDS = ((AGREED, "Đồng ý"), (PUT_OFF, "Hoãn"), (REFUSED, "Không hỗ trợ"))
_VERDICTS = (
    LineColumn("name", "Họ tên, tập thể", 0, "fixed"),
    LineColumn("asked", "Đề nghị", 88, "sum"),
    LineColumn("result", "Kết quả", 72, "choice", RESULT_WORDS),
    LineColumn("cash", "Tiền (đ)", 90, "money"),
    LineColumn("in_kind", "Hiện vật", 66, "money"),
    LineColumn("opinion", "Ý kiến, lý do", 92),
)
_MEMBERS = (LineColumn("name", "Họ và tên"), LineColumn("role", "Chức vụ", 220))


class MeetingForm(Form):
    def __init__(self) -> None:
        super().__init__(self._check)
        self.desk: Callable[[], Desk] = desks.unknown
        self.own = ""
        self.proposals: dict[str, Proposal] = {}
        self.proposal = ChoiceField("proposal", "Tờ trình được xét", required=True)
        self.verdicts = LinesField("verdicts", "Kết quả xét", _VERDICTS, required=True)
        self._build()
        self.verdicts.edited.connect(self._sum)

    def _build(self) -> None:
        self.add(self.proposal)
        self.add(
            day_field("on", "Ngày họp", lambda: self.desk().today, required=True),
            TextField("place", "Nơi họp", placeholder="Phòng họp xã"),
        )
        self.add(self.verdicts)
        self.add(LinesField("members", "Người dự (chủ trì đầu, thư ký cuối)", _MEMBERS, grows=True, required=True))
        self.add(TextField("absent", "Vắng mặt", placeholder="Không"))
        self.add(NoteField("summary", "Kết luận chung", lines=2))

    def take_choices(self, proposals: Mapping[str, Proposal]) -> None:
        self.proposals = dict(proposals)
        self.proposal.set_choices([(id_, proposal_named(one)) for id_, one in self.proposals.items()])

    def set_values(self, values: Values) -> None:  # type: ignore[override]  # a form is filled with its own values
        super().set_values(values)
        self._sum()

    def _sum(self) -> None:
        self.verdicts.set_hint(
            total_of((one.amount for one in verdicts_of(self.verdicts.lines())), "trường hợp đồng ý")
        )

    def _check(self, values: Values) -> tuple[Finding, ...]:
        today = self.desk().today
        meeting = meeting_of({**values, "on": values["on"] or today}, self.own)
        asked = self.proposals.get(meeting.proposal)
        found = validate_meeting(meeting, {ask.need: ask for ask in asked.asks} if asked else {}, today)
        return tuple(one for one in found if one.field not in ("proposal", "members"))


def meeting_of(values: Values, unit: str) -> ReviewMeeting:
    """The meeting that the form's values mean. `values` must hold the day."""
    lines = values["verdicts"] if isinstance(values["verdicts"], tuple) else ()
    members = values["members"] if isinstance(values["members"], tuple) else ()
    return ReviewMeeting(
        unit=unit,
        proposal=text(values["proposal"]),
        on=day(values["on"]),
        verdicts=verdicts_of(lines),
        place=text(values["place"]),
        members=tuple(Attendee(line["name"], line["role"]) for line in members),
        absent=text(values["absent"]),
        opinions=tuple(About(line["need"], line["opinion"]) for line in lines if line.get("opinion")),
        summary=text(values["summary"]),
    )


def values_of(meeting: ReviewMeeting, proposal: Proposal | None, lines: Lines) -> Values:
    told = {about.need: about.text for about in meeting.opinions}
    asked = {ask.need: ask for ask in proposal.asks} if proposal else {}
    names = ("proposal", "on", "place", "absent", "summary")
    values: Values = {name: getattr(meeting, name) or None for name in names}
    return {
        **values,
        "members": member_lines(meeting.members),
        "verdicts": verdict_lines(meeting.verdicts, asked, lines, told),
    }


def member_lines(members: Iterable[Attendee]) -> list[Line]:
    return [{"name": one.name, "role": one.role} for one in members]


def verdict_lines(
    verdicts: Iterable[Verdict], asked: Mapping[str, Ask], lines: Lines, told: Mapping[str, str]
) -> list[Line]:
    return [
        {
            "need": one.need,
            "fund": one.fund,
            "name": name_of(lines.get(one.need)),
            "asked": group_thousands(asked[one.need].amount) if one.need in asked else "",
            "result": one.result,
            "cash": text_of(one.cash),
            "in_kind": text_of(one.in_kind),
            "opinion": told.get(one.need, ""),
        }
        for one in verdicts
    ]


def verdicts_of(lines: Iterable[Line]) -> tuple[Verdict, ...]:
    return tuple(
        Verdict(line["need"], line["result"], amount(line["cash"]) or 0, amount(line["in_kind"]) or 0, line["fund"])
        for line in lines
    )


def later(on: date, today: date) -> date:
    """The day proposed for a step: today, and never before the step it follows."""
    return max(on, today)
