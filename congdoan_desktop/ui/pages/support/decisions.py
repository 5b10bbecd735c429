"""The tab "Quyết định": decisions, paying what they hold, and the list on which receivers sign."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.proposals import ReviewMeeting, SupportDecision
from congdoan_desktop.services import need_papers, proposals, review_meetings, support_decisions
from congdoan_desktop.services.review_meetings import proposal_named
from congdoan_desktop.services.support_decisions import Agreed, DecisionRow, Paid
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, Row
from congdoan_desktop.ui.pages.entry.values import day, text
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.decision_form import DecisionForm, decision_of, need_lines, values_of
from congdoan_desktop.ui.pages.support.meeting_form import later
from congdoan_desktop.ui.pages.support.signing import Signing
from congdoan_desktop.ui.pages.support.steps import WAY, WIDE, Action, Lines, StepPage, common_row, state_of, written

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=SupportDecision.TYPE,
    page_title="Quyết định",
    one="quyết định hỗ trợ",
    add="Ghi quyết định",
    heading="Quyết định mới",
    icon="seal-check",
    belongs="Ở đây ghi quyết định hỗ trợ theo kết quả họp xét; từ đó ghi chi và in danh sách ký nhận.",
    first="Ghi quyết định đầu tiên",
    search="Tìm số quyết định",
    touches=WAY,
    first_field="meeting",
    named_in="number",
    width=WIDE,
)
COLUMNS = (
    DAY_COLUMN,
    Column("number", "Số, ký hiệu", least=96),
    Column("count", "Đã chi", 62, show=str),
    Column("signed", "Ký nhận", 66, show=str),
    Column("amount", "Số tiền (đ)", 106, "money"),
    Column("state", "Tình trạng", 118, "state"),
)
_LABELS = {
    "meeting": "Cuộc họp",
    "number": "Số, ký hiệu",
    "on": "Ngày quyết định",
    "signer": "Người ký",
    "signer_title": "Chức vụ người ký",
    "needs": "Được hỗ trợ",
    "note": "Ghi chú",
}


ABOUT_PAPER = "Danh sách nêu người được hỗ trợ và mức tiền; không nêu hoàn cảnh. Người ký đã ghi được dùng trước."


class DecisionsPage(StepPage):
    def __init__(self, context: Context) -> None:
        self.decision_form = DecisionForm()
        self._paid: Paid | None = None
        self._deleted_before: tuple[str, str] | None = None
        super().__init__(context, KIND, COLUMNS, self.decision_form)
        self.decision_form.desk = lambda: self.desk
        self._signing = Signing(self, self.context, self.banner, self._supports_held, lambda: self.desk.today)
        self.add_actions(
            Action("print_decision", "In quyết định và danh sách", "file-text", "Ctrl+P", self.ask_list, small=True),
            Action("print_signing", "In ký nhận", "printer", "Ctrl+Shift+P", self._signing.ask_paper, small=True),
            Action("mark_signed", "Đã ký nhận", "checks", "Ctrl+Shift+K", self._signing.ask_signed),
            Action("pay", "Ghi chi", "check-circle", "Ctrl+L", self.ask_pay),
        )
        self.decision_form.meeting.edited.connect(self._meeting_chosen)

    # The list

    def listed(self, search: str) -> Callable[[Office], Sequence[DecisionRow]]:
        return lambda office: support_decisions.listing(office, search=search)

    def needs_of(self, found: DecisionRow) -> Iterable[str]:
        return found.record.needs

    def row(self, found: DecisionRow, lines: Lines, today: date, *, draft: bool) -> Row:
        record = found.record
        return common_row(found, record.on, lines, today) | {
            "name": record.number,
            "number": record.number,
            "count": f"{found.paid}/{len(record.needs)}",
            "signed": f"{found.signed}/{len(record.needs)}",
            "amount": found.total,
            "state": _state(found, draft=draft),
        }

    def load_choices(self, office: Office) -> object:
        known = {
            row.id: (row.record, f"{short_date(row.record.on)} · {proposal_named(row.proposal)}")
            for row in review_meetings.listing(office)
        }
        return known, proposals.receivers(office)[-1][0]

    def take_choices(self, found: object) -> None:
        known, own = cast("tuple[dict[str, tuple[ReviewMeeting, str]], str]", found)
        self.decision_form.own = own
        self.decision_form.take_choices(known)

    # The step before

    def begin_of(self, id_: str) -> None:
        def values(agreed: Agreed) -> Values:
            return {**self.new_values(None), **self._agreed_values(id_, agreed)}

        self.begin_with(lambda office: support_decisions.begin(office, id_), values, "number")

    def _meeting_chosen(self) -> None:
        id_, record = text(self.decision_form.meeting.value()), self.editor.record
        office = self.context.office
        if not id_:
            return

        def fill(agreed: Agreed) -> None:
            if (self.decision_form.meeting.value(), self.editor.record) != (id_, record):
                return
            self.decision_form.set_values({**self.decision_form.values(), **self._agreed_values(id_, agreed)})

        self.context.runner.run(lambda: support_decisions.begin(office(), id_), done=fill)

    def _agreed_values(self, id_: str, agreed: Agreed) -> Values:
        meeting = self.decision_form.meetings.get(id_)
        on = later(meeting.on, self.desk.today) if meeting else self.desk.today
        return {"meeting": id_, "on": on, "needs": need_lines(agreed.verdicts, agreed.lines)}

    # Paying and signing

    def _supports_held(self) -> Callable[[Office], Sequence[str]]:
        row = self.row_of(self.editor.record or "")
        found = row.get("found") if row else None
        ids = found.supports if isinstance(found, DecisionRow) else ()
        return lambda _: ids

    def ask_pay(self) -> None:
        """Ask for the day and the goods, then enter everything that is not paid yet."""
        held = self.held(DecisionRow)
        if held is None:
            return
        if not held.due:
            said = "Mái ấm chi theo bước; ghi bước và số tiền ở thẻ Nhu cầu trước." if held.rest > 0 else "Đã chi xong."
            self.banner.show_text("info", said)
            return
        form = Form()
        form.add(day_field("on", "Ngày chi, trao", lambda: self.desk.today, required=True))
        form.add(TextField("goods", "Hiện vật", placeholder="10 kg gạo, 01 chăn"))
        form.set_values({"on": later(held.record.on, self.desk.today)})
        about = f"Ghi {held.due} khoản theo Quyết định {held.record.number}; khoản đã có trong máy thì được gắn vào."
        AskDialog(self, "Ghi chi", about, form, "Ghi chi", partial(self._pay, held.id)).open()

    def _pay(self, decision: str, values: Values) -> None:
        office, on, goods = self.context.office, day(values["on"]), text(values["goods"])
        self._wanted = decision
        self.context.runner.save(
            lambda: support_decisions.pay(office(), decision, on, goods),
            done=self._show_paid,
            failed=self.banner.show_error,
            title="Đang ghi chi",
            changes=KIND.touches,
        )

    def _show_paid(self, paid: Paid) -> None:
        self._paid, self._deleted_before = paid, self._deleted
        linked = f", gắn {len(paid.linked)} khoản đã có" if paid.linked else ""
        said = f"Đã ghi chi {len(paid.made)} khoản{linked}. In ký nhận được ngay."
        self.banner.show_text("ok", said, action="Hoàn tác", on_action=self._take_back)

    def _undo(self) -> None:
        """The last payment, or what was deleted after it."""
        if self._paid is not None and self._deleted in (None, self._deleted_before):
            self._take_back()
        else:
            super()._undo()

    def _take_back(self) -> None:
        if self._paid is None:
            return
        paid, office = self._paid, self.context.office
        self._paid = None
        self.context.runner.save(
            lambda: support_decisions.take_back(office(), paid),
            done=lambda _: self.banner.show_text("ok", "Đã bỏ lần chi vừa ghi."),
            failed=self.banner.show_error,
            changes=KIND.touches,
        )

    def ask_list(self) -> None:
        found = self.held(DecisionRow)
        if found is not None:
            self.ask_paper(found.id, "In quyết định và danh sách", ABOUT_PAPER, need_papers.decision_paper)

    # The form

    def new_values(self, previous: Values | None) -> Values:
        signer = {name: previous[name] for name in ("signer", "signer_title")} if previous else {}
        return {"on": self.desk.today, **signer}

    def row_values(self, row: Row) -> Values:
        found = row["found"]
        assert isinstance(found, DecisionRow)
        meeting = self.decision_form.meetings.get(found.record.meeting)
        return values_of(found.record, meeting, cast("Lines", row["lines"]))

    def writer(self, values: Values, record: str) -> Write:
        made = decision_of(values, self.decision_form.own)
        return lambda office: support_decisions.save(office, made, None if record == NEW else record)

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        if field == "meeting":
            return _LABELS[field], self.decision_form.meeting.combo.currentText()
        if isinstance(value, tuple) and value:
            return _LABELS[field], f"{len(value)} trường hợp"
        return _LABELS.get(field, ""), written(value, field, self.desk, {})


def _state(found: DecisionRow, *, draft: bool) -> ChipState:
    return state_of(
        (found.conflict, chips.CONFLICT),
        (draft, chips.DRAFT),
        (not found.paid, chips.WAITING.with_word("Chờ chi")),
        (found.rest > 0, chips.WAITING.with_word("Chi một phần")),
        (found.signed < found.paid, chips.WAITING.with_word("Chờ ký nhận")),
        otherwise=chips.PAID.with_word("Đã ký nhận"),
    )
