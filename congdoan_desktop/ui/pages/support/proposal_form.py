"""The form of a proposal (tờ trình): where it goes, and what is asked for each need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from congdoan_desktop.domain.proposals import About, Ask, Proposal, validate_proposal
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.need_steps import KINDS, NeedLine
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry import desk as desks
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import day, text
from congdoan_desktop.ui.pages.support.lines_field import Line, LineColumn, LinesField, amount
from congdoan_desktop.ui.pages.support.need_form import words
from congdoan_desktop.ui.pages.support.steps import Lines, text_of, total_of

_COLUMNS = (
    LineColumn("name", "Họ tên, tập thể", 0, "fixed"),
    LineColumn("what", "Hình thức", 70, "fixed"),
    LineColumn("cash", "Tiền (đ)", 92, "money"),
    LineColumn("in_kind", "Hiện vật", 70, "money"),
    LineColumn("fund", "Nguồn", 78, "choice", words("funds")),
    LineColumn("reason", "Lý do vượt, thêm", 104),
)


class ProposalForm(Form):
    def __init__(self) -> None:
        super().__init__(self._check)
        self.desk: Callable[[], Desk] = desks.unknown
        self.own = ""
        self.to = ChoiceField("to", "Kính gửi", required=True)
        self.campaign = ChoiceField("campaign", "Kế hoạch, phong trào", placeholder="Không thuộc kế hoạch nào")
        self.asks = LinesField("asks", "Danh sách đề nghị", _COLUMNS, required=True)
        self.more = SearchChoiceField("more", "Thêm nhu cầu đang chờ", placeholder="Gõ tên, không cần dấu")
        self._waiting: dict[str, NeedLine] = {}
        self._build()
        self.more.edited.connect(self._add_chosen)
        self.asks.edited.connect(self._sum)

    def _build(self) -> None:
        self.add(self.to)
        self.add(
            day_field("on", "Ngày lập", lambda: self.desk().today, required=True),
            TextField("number", "Số, ký hiệu (văn thư cấp)", placeholder="09/TTr-CĐX"),
        )
        self.add(TextField("title", "Về việc", required=True, placeholder="hỗ trợ đoàn viên khó khăn đợt 1 năm 2026"))
        self.add(self.asks)
        self.add(self.more)
        self.add(self.campaign)
        self.add(NoteField("note", "Ghi chú", lines=2))

    def take_choices(self, desk: Desk, receivers: Sequence[tuple[str, str]], waiting: Iterable[NeedLine]) -> None:
        self.campaign.set_choices(desk.campaign_choices())
        self.to.set_choices(list(receivers))
        self.own = receivers[-1][0] if receivers else ""
        self._waiting = {line.id: line for line in waiting}
        options = (Option(line.id, line.name, f"{line.unit_name} · {kind_of(line)}") for line in self._waiting.values())
        self.more.set_options(options)

    def set_values(self, values: Values) -> None:  # type: ignore[override]  # a form is filled with its own values
        super().set_values(values)
        self._sum()

    def _add_chosen(self) -> None:
        line = self._waiting.get(text(self.more.value()))
        if line is None:
            return
        held = self.asks.lines()
        if line.id not in {one["need"] for one in held}:
            fund = held[-1]["fund"] if held else "quy_xa_hoi"
            self.asks.add_lines([ask_line(Ask(line.id, line.need.estimate, 0, fund), line)])
        self.more.set_value(None)

    def _sum(self) -> None:
        self.asks.set_hint(total_of(ask.amount for ask in asks_of(self.asks.lines())))

    def _check(self, values: Values) -> tuple[Finding, ...]:
        today = self.desk().today
        found = validate_proposal(proposal_of({**values, "on": values["on"] or today}, self.own), today)
        return tuple(one for one in found if one.field not in ("to", "title"))


def proposal_of(values: Values, unit: str) -> Proposal:
    """The proposal that the form's values mean. `values` must hold the day."""
    lines = values["asks"] if isinstance(values["asks"], tuple) else ()
    return Proposal(
        unit=unit,
        to=text(values["to"]),
        on=day(values["on"]),
        asks=asks_of(lines),
        number=text(values["number"]),
        campaign=text(values["campaign"]) or None,
        title=text(values["title"]),
        reasons=tuple(About(line["need"], line["reason"]) for line in lines if line.get("reason")),
        note=text(values["note"]),
    )


def values_of(proposal: Proposal, lines: Lines) -> Values:
    told = {reason.need: reason.text for reason in proposal.reasons}
    names = ("to", "on", "number", "campaign", "title", "note")
    values: Values = {name: getattr(proposal, name) or None for name in names}
    return {**values, "asks": [ask_line(ask, lines.get(ask.need), told.get(ask.need, "")) for ask in proposal.asks]}


def title_of(today: date) -> str:
    """What a proposal is about, as a first try."""
    return f"hỗ trợ đoàn viên, người lao động có hoàn cảnh khó khăn năm {today.year}"


def asks_of(lines: Iterable[Line]) -> tuple[Ask, ...]:
    return tuple(
        Ask(line["need"], amount(line["cash"]) or 0, amount(line["in_kind"]) or 0, line["fund"]) for line in lines
    )


def ask_line(ask: Ask, line: NeedLine | None, reason: str = "") -> Line:
    return {
        "need": ask.need,
        "name": name_of(line),
        "what": kind_of(line) if line else "",
        "cash": text_of(ask.cash),
        "in_kind": text_of(ask.in_kind),
        "fund": ask.fund,
        "reason": reason,
    }


def name_of(line: NeedLine | None) -> str:
    """A need that is gone says so."""
    return line.name if line else "(nhu cầu không còn trong máy)"


def kind_of(line: NeedLine) -> str:
    return catalogue().name(KINDS, line.need.kind)
