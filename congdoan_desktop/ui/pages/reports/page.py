"""The page "Báo cáo": the paper is the product, so it is made anew whenever something was chosen or written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from shiboken6 import isValid

from congdoan_desktop.domain.authority import AUTHORITIES
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import (
    drafts,
    outgoing,
    paper,
    reminders,
)
from congdoan_desktop.services.first_page import Show
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.ui import printing
from congdoan_desktop.ui.choosing import choose_target
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.empty import Empty, EmptyState
from congdoan_desktop.ui.kit.form import DraftTimer, Values
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.paper_view import PaperView
from congdoan_desktop.ui.pages.entry import desk as desks
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.paper_dialog import show_paper
from congdoan_desktop.ui.pages.reports import asked
from congdoan_desktop.ui.pages.reports.asked import Printed
from congdoan_desktop.ui.pages.reports.check_dialog import CheckDialog
from congdoan_desktop.ui.pages.reports.chosen import chosen
from congdoan_desktop.ui.pages.reports.form import SIGNING, ReportForm
from congdoan_desktop.ui.pages.reports.gathered import Found, gather
from congdoan_desktop.ui.pages.reports.options import OptionsColumn
from congdoan_desktop.ui.pages.reports.pack_dialog import PackDialog
from congdoan_desktop.ui.pages.reports.statistics_dialog import StatisticsDialog
from congdoan_desktop.ui.pages.reports.words import Words
from congdoan_desktop.ui.tasks import Task

FORM = "report"
_AFTER_MS = 400
_SHOWN_FROM = frozenset(
    {
        "activity", "support", "person", "unit", "org_event", "headcount", "campaign", "entered_figure",
        "period_figures", "package", "template",
    }
)  # fmt: skip
_NO_PLAN = "Báo cáo lập từ một kế hoạch hoặc phong trào. Hãy nhập kế hoạch trước."
_NOTHING_SENT = "Chưa có báo cáo nào gửi từ máy này. Chọn loại báo cáo khác, xem lại rồi bấm “Đóng gói để gửi”."


class ReportsPage(PageFrame):
    _first = Signal(int, object, float)
    """Number of the question, page 1 as PNG, its height by width; sent from the database thread."""

    def __init__(self, context: Context) -> None:
        super().__init__("Báo cáo")
        self.context = context
        self.desk: Desk = desks.unknown()
        self.form = ReportForm()
        self.form.desk = lambda: self.desk
        self.options = OptionsColumn(self.form)
        self.paper = PaperView()
        self.shown: Printed | None = None
        self.words = Words(self.form, context, self.banner)
        self._found: Found | None = None
        self._upper: str | None = None
        self._held = ""
        self._wanted = ""
        self._asked = 0
        self._making: Task | None = None
        self._question: tuple[object, ...] = ()
        self._stale = True
        self._draft_timer = DraftTimer(self.form, self._keep_draft)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self.renew)
        self._dress()
        self._connect()
        self.form.show_kind()

    def _dress(self) -> None:
        self._dress_head()
        self._dress_body()
        self.setFocusProxy(self.form.kind_field)
        self._show_nothing()

    def _dress_head(self) -> None:
        self._save = Button("Lưu PDF", "file-pdf", on_click=self.save_pdf)
        self._word = Button("Lưu Word", "file-text", on_click=self.save_word)
        self._excel = Button("Lưu các bảng thành Excel", "table", "icon", on_click=self.save_excel)
        self._pack = Button("Đóng gói để gửi", "package", on_click=self.ask_to_pack)
        self._remind = Button("Công văn đôn đốc báo cáo", "megaphone", "icon", on_click=self.remind)
        self._forms = Button("Biểu thống kê 1-HĐCĐ, 2-HĐCĐ", "list-checks", "icon", on_click=self.open_forms)
        self._check = Button("Kiểm tra bản in", "seal-check", "icon", on_click=self.ask_to_check)
        self._print = Button("In", "printer", "primary", on_click=self.print)
        for button, name in (
            (self._remind, "remind"),
            (self._forms, "statistics"),
            (self._check, "check_paper"),
            (self._save, "save_pdf"),
            (self._word, "save_word"),
            (self._excel, "save_excel"),
            (self._pack, "make_package"),
            (self._print, "print"),
        ):
            button.setObjectName(name)
        self._print.setToolTip("In (Ctrl+P)")
        self._word.setToolTip("Tệp .docx để sửa tiếp (Ctrl+Shift+S)")
        for button in (self._remind, self._forms, self._check, self._excel, self._save, self._word, self._pack):
            self.add_action(button)
        self.set_primary(self._print)

    def _dress_body(self) -> None:
        self.paper.setObjectName("card")
        plans = partial(self.context.go, "campaigns", "")
        self._nothing = {
            "campaign": EmptyState(Empty("flag", _NO_PLAN, "Mở Kế hoạch – phong trào", plans)),
            "package": EmptyState(Empty("paper-plane-tilt", _NOTHING_SENT)),
        }
        self._right = QStackedWidget()
        for widget in (self.paper, *self._nothing.values()):
            self._right.addWidget(widget)
        body = QWidget()
        line = QHBoxLayout(body)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.options)
        line.addWidget(self._right, 1)
        self.set_body(body)

    def _connect(self) -> None:
        self._first.connect(self._show_first)
        self.form.kind_field.edited.connect(self._kind_chosen)
        self.form.campaign.edited.connect(self._campaign_chosen)
        self.form.edited.connect(self._put_away)
        self.form.edited.connect(self._later.start)
        self.words.shown.connect(self._words_shown)
        self.options.save_words.clicked.connect(self.words.save)
        self.options.copy_words.clicked.connect(self.words.copy_before)
        self.options.words_history.clicked.connect(self.words.show_history)
        self.options.fill_in.clicked.connect(self.open_forms)
        self.context.runner.changed.connect(self._changed)
        self._shortcut("Ctrl+P", self.print)
        self._shortcut("Ctrl+S", self.save_pdf)
        self._shortcut("Ctrl+Shift+S", self.save_word)
        self._shortcut("Ctrl+H", self.words.show_history)
        self._shortcut("Ctrl+D", self.words.copy_before)
        self._shortcut("Ctrl+Return", self.words.save)

    # What there is to choose from

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._load()

    def open_object(self, id_: str) -> None:
        """Coming from another page: a campaign."""
        self._wanted = id_
        self._load()

    def _load(self) -> None:
        self.context.runner.run(lambda: gather(self.context.office()), done=self._take, failed=self.banner.show_error)

    def _take(self, found: Found) -> None:
        self.desk, self._found, self._upper = found.desk, found, found.upper
        self.form.take_choices(self.desk, found.choices)
        known = dict(self.desk.campaigns)
        first = next((id_ for id_, campaign in self.desk.campaigns if campaign.starts <= self.desk.today), "")
        goal = self._wanted or self._held or self.desk.running_campaign() or first
        if self._wanted and self.form.kind != asked.CAMPAIGN:
            self.form.kind_field.set_value(asked.CAMPAIGN)
            self._kind_chosen()
        self._wanted = ""
        if goal in known and goal != self._held:
            self.form.campaign.set_value(goal)
            self._campaign_chosen()
            return
        if self.form.field("dated").value() is None:  # without a plan too there are general reports and lists
            self.form.show_campaign(self._usual_values())
        self.renew()

    def _kind_chosen(self) -> None:
        self.form.show_kind()
        kind = self.form.kind
        self.options.show_deeds(words=kind in asked.WORDED, figures=kind == asked.STATISTICS)
        self.renew()

    def _campaign_chosen(self) -> None:
        if self._draft_timer.waiting:
            self._draft_timer.flush()
        chosen = text(self.form.campaign.value())
        if chosen not in dict(self.desk.campaigns):
            self.form.show_periods()
            self.renew()
            return
        self._held = chosen
        self.form.show_campaign(self._usual_values())
        draft = drafts.find(self.context.office(), FORM, self._held)
        if draft is not None:
            self.form.set_raw({name: raw for name, raw in draft.values.items() if name in SIGNING})
        self.renew()

    def _usual_values(self) -> Values:
        found = self._found
        name, title = found.choices.signers[0] if found and found.choices.signers else ("", "")
        recipients = "\n".join(found.recipients) if found else ""
        return {"authority": AUTHORITIES[0], "signer": name, "signer_title": title, "recipients": recipients}

    def _keep_draft(self, raw: Values) -> None:
        self.words.keep_draft()
        if self._held:
            kept = {name: value for name, value in raw.items() if name in SIGNING}
            drafts.keep(self.context.office(), FORM, self._held, kept)

    def _words_shown(self) -> None:
        self.form.show_words()
        self.renew()

    def _changed(self, changes: frozenset[str]) -> None:
        if not changes & _SHOWN_FROM:
            return
        if self.isVisible():
            self._load()
        else:
            self._stale = True

    # The pages

    def renew(self) -> None:
        """Make the paper again; only the answer to the last question is shown."""
        self._later.stop()
        lacking = self._lacking()
        self._right.setCurrentWidget(self._nothing[lacking] if lacking else self.paper)
        if lacking or not self.form.is_ready():
            self._show_nothing()
            return
        if self.form.kind in asked.WORDED and not self.words.show(self.form.about()):
            return
        self._asked += 1
        self._put_away()
        if self._making is not None:
            self._making.cancel()
        question = self.form.question()
        make = chosen(self.form, self.desk, self.words.narrative())
        office, show = self.context.office, self._shower(self._asked, question)
        self._making = self.context.runner.run(
            lambda progress: make(office(), show, progress),
            done=partial(self._show, self._asked, question),
            failed=partial(self._failed, self._asked),
            title="Đang lập văn bản",
            with_progress=True,
        )

    def _shower(self, number: int, question: tuple[object, ...]) -> Show:
        """Draws page 1 on the database thread, which goes on with the rest; not for somebody who reads further on."""
        width, reads_on = self.paper.pixels_across(), question == self._question and self.paper.page() > 1

        def show(pdf: bytes) -> None:
            if not reads_on and isValid(self):
                self._first.emit(number, paper.page_picture(pdf, 0, width), paper.page_shapes(pdf)[0])

        return show

    def _show_first(self, number: int, png: bytes, shape: float) -> None:
        if number == self._asked:
            self.paper.show_first(png, shape)

    def _lacking(self) -> str | None:
        """The field that has nothing to choose from, without which this kind of paper cannot be."""
        there = {"campaign": self.desk.campaigns, "package": self.form.sent}
        return next((name for name in there if name in asked.ASKED[self.form.kind] and not there[name]), None)

    def _failed(self, number: int, error: AppError) -> None:
        if number == self._asked:
            self._show_nothing()
            self.banner.show_error(error)

    def _show_nothing(self) -> None:
        self._asked += 1
        self._put_away()
        self._question = ()
        self.paper.set_pages(lambda page, width, give: None, ())
        self.options.show_checks(())

    def _put_away(self) -> None:
        """Nobody prints, saves or packs a paper that another is to take the place of."""
        self.shown = None
        self._allow(False)

    def _show(self, number: int, question: tuple[object, ...], printed: Printed) -> None:
        if number != self._asked:
            return
        page = self.paper.page() if question == self._question else 1
        self._question = question
        self.banner.clear()
        self.shown = printed
        self.subtitle.set_text(printed.title)
        self.paper.set_pages(partial(self._draw, printed.pdf), printed.shapes, page)
        self.options.show_checks(printed.checks)
        self._allow(True)

    def _draw(self, pdf: bytes, page: int, width: int, give: Callable[[bytes], None]) -> None:
        """A page takes an old laptop longer than a window may stand still."""
        self.context.runner.run(paper.page_picture, pdf, page, width, done=give)

    def _allow(self, on: bool) -> None:
        endings = self.shown.endings if self.shown else frozenset()
        for button, ending in ((self._save, ".pdf"), (self._word, ".docx"), (self._excel, ".xlsx")):
            button.setEnabled(on and ending in endings)
        self._print.setEnabled(on)
        why_not = self._why_not_packed()
        self._pack.setEnabled(on and not why_not)
        self._pack.setToolTip(why_not)

    def _why_not_packed(self) -> str:
        if self._upper is None:
            return "Cần được công đoàn cấp trên kết nạp trước: xem Gửi – nhận."
        request = self.shown.request if self.shown else None
        if request is None:
            return "Chỉ đóng gói báo cáo thực hiện kế hoạch, phong trào."
        return "" if request.travels else "Chỉ gửi báo cáo của toàn đơn vị, cơ cấu ngày cuối kỳ."

    # Out of the page

    def save_pdf(self) -> None:
        self._save_as("Lưu báo cáo thành PDF", "PDF (*.pdf)", ".pdf")

    def save_word(self) -> None:
        self._save_as("Lưu báo cáo thành Word", "Word (*.docx)", ".docx")

    def save_excel(self) -> None:
        self._save_as("Lưu các bảng thành Excel", "Excel (*.xlsx)", ".xlsx")

    def _save_as(self, title: str, kinds: str, ending: str) -> None:
        if self.shown is not None and ending in self.shown.endings:
            proposed = Path.home() / (self.shown.file_name + ending)
            choose_target(self, title, kinds, proposed, partial(self._write, self.shown))

    def _write(self, printed: Printed, path: Path) -> None:
        office = self.context.office
        self.context.runner.run(
            lambda progress: printed.save(office(), path, progress),
            done=lambda _: self.banner.show_text("ok", f"Đã lưu {path.name}.", f"Trong thư mục {path.parent}."),
            failed=self.banner.show_error,
            title="Đang lưu báo cáo",
            with_progress=True,
        )

    def print(self) -> None:
        if self.shown is not None:
            note, office = self.shown.note_print, self.context.office
            dialog = printing.print_pdf(self, self.context.runner, self.shown.pdf, self.subtitle.whole())
            dialog.accepted.connect(lambda: self.context.runner.run(lambda: note(office())))

    def remind(self) -> None:
        """The letter to the unions that have not reported on the campaign in sight."""
        if campaign := self._held:
            show_paper(self, self.context, lambda office: reminders.prepare(office, campaign), self.banner.show_error)

    def open_forms(self) -> None:
        """The statistics forms, which belong to no campaign."""
        StatisticsDialog(self, self.context).open()

    def ask_to_check(self) -> None:
        """A printed report in hand: is it what was reported?"""
        CheckDialog(self, self.context).open()

    def ask_to_pack(self) -> None:
        """A package is signed and numbered, so it is made only after a question."""
        shown, receiver = self.shown, self._upper
        if shown is None or receiver is None or shown.request is None or shown.prepared is None:
            return
        PackDialog(
            self, self.context, shown.prepared, shown.request, partial(self._make_package, shown.request, receiver)
        ).open()

    def _make_package(self, request: ReportRequest, receiver: str, pictures: tuple[str, ...]) -> None:
        office = self.context.office
        self.context.runner.run(
            lambda: outgoing.make_report(office(), request, receiver, pictures)[0].package_id,
            done=lambda package: self.context.go("handoff", package),
            failed=self.banner.show_error,
            title="Đang đóng gói báo cáo",
            changes=frozenset({"package", "period_figures", "narrative"}),
        )
