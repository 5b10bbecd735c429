"""Entering a plan by hand: its head and its parts in tabs, kept as one draft, saved as one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain import plan_making
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.records import join, plain
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.services import campaigns, drafts, units
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, card
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import DraftTimer, Values
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.pages.campaigns import words
from congdoan_desktop.ui.pages.campaigns.definition_form import DEFINITIONS, DefinitionForm
from congdoan_desktop.ui.pages.campaigns.further_parts import ASSIGNMENTS, RELATED, SECTIONS
from congdoan_desktop.ui.pages.campaigns.header_form import AUTHORITIES, ORGANS, HeaderForm, campaign_of, values_of
from congdoan_desktop.ui.pages.campaigns.mark_form import MARKS, MarkForm
from congdoan_desktop.ui.pages.campaigns.offers import Offers, offers
from congdoan_desktop.ui.pages.campaigns.part_editor import PartEditor
from congdoan_desktop.ui.pages.campaigns.part_forms import DUTIES, EVENTS, PHASES, EventForm
from congdoan_desktop.ui.pages.campaigns.removal import TOUCHES
from congdoan_desktop.ui.pages.campaigns.target_form import TARGETS, TargetForm

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

NEW, NEXT_YEAR, UNDER = "", "next:", "under:"
"""Records that are not there yet: a blank plan, one for the next year, one under an upper plan (with its id)."""
_NO_DAY = date(2000, 1, 1)  # drafts keep the parts of a plan whose days are not typed yet
_BLANK = Campaign("", "", "", "", None, "", "", _NO_DAY, _NO_DAY)
_KINDS = (TARGETS, PHASES, EVENTS, DUTIES, ASSIGNMENTS, RELATED, DEFINITIONS, MARKS, SECTIONS)


class PlanEditor(PageFrame):
    """Ctrl+S saves, Esc closes and keeps the draft, Ctrl+N begins the next part of the tab in sight."""

    closed = Signal(str)
    """The id of the plan that was held, "" for a new one."""
    stored = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__("")
        self._context = context
        self._today = Clock().today()
        self.record: str | None = None
        """Id of the plan held, NEW, NEXT_YEAR or UNDER for one that is not saved yet, None while closed."""
        self._base = _BLANK
        self._offers = Offers()
        self._saved_values: Values = {}
        self._saved_parts: dict[str, tuple[object, ...]] = {}
        self._busy = False
        self.form = HeaderForm(lambda: self._today)
        self.parts = {kind.key: PartEditor(kind, lambda: self._today) for kind in _KINDS}
        self._dress()
        self._draft_timer = DraftTimer(self.form, self._keep_draft)
        for part in self.parts.values():
            part.changed.connect(self._part_changed)
            part.thrown_out.connect(partial(self._offer_back, part))
        for keys, slot in (("Ctrl+S", self.save), ("Esc", self.shut), ("Ctrl+Z", self._put_back)):
            self._shortcut(keys, slot)
        self._shortcut("F8", lambda: self._walk(1))
        self._shortcut("Shift+F8", lambda: self._walk(-1))

    def _dress(self) -> None:
        self.save_button = Button("Lưu kế hoạch", "floppy-disk", "primary", on_click=self.save)
        self.save_button.setObjectName("save_plan")
        self.save_button.setToolTip("Lưu kế hoạch (Ctrl+S)")
        shut = Button("Đóng", on_click=self.shut)
        shut.setObjectName("close_plan")
        shut.setToolTip("Đóng, bản nháp được giữ (Esc)")
        self.add_action(shut)
        self.add_action(self.save_button)
        tabs = self.add_tabs(["Thông tin chung", *(part.kind.title for part in self.parts.values())])
        tabs.setObjectName("plan_tabs")
        tabs.setAccessibleName("Phần của kế hoạch")
        self._stack = QStackedWidget()
        frame, inside = card(0, (1, 1, 1, 1))
        inside.addWidget(ScrollColumn(self.form, (16, 12, 16, 12)))
        self._stack.addWidget(frame)
        for part in self.parts.values():
            self._stack.addWidget(part)
        tabs.currentChanged.connect(self._turn)
        self.form.last_left.connect(lambda: self._go_to_tab(1))
        self.set_body(self._stack)
        self.setFocusProxy(self.form.field("doc_type"))

    # Opening and closing

    def open_new(self) -> None:
        """A blank plan with what our papers repeat, or the one that was left half written."""
        self._propose(NEW, "Kế hoạch mới", lambda _office: _BLANK)

    def open_next_year(self, record: str) -> None:
        """The plan once more for the next year, to be gone through."""
        self._propose(
            NEXT_YEAR + record, "Kế hoạch năm sau", lambda office: plan_making.next_year(campaigns.get(office, record))
        )

    def open_under(self, record: str) -> None:
        """Our own plan that carries an upper union's out."""
        self._propose(UNDER + record, "Kế hoạch của đơn vị", lambda office: campaigns.own_plan(office, record))

    def open_plan(self, record: str, campaign: Campaign, today: date) -> None:
        self._today = today
        named = next((one.number for one in campaign.related if one.relation == plan_making.PARENT), "–")
        self._take(Offers(((campaign.parent, named),) if campaign.parent else ()))
        self._open(record, campaign, f"Sửa {words.named(campaign)}", values_of(campaign))
        office = self._context.office
        self._context.runner.run(lambda: offers(office()), done=self._take)

    def _propose(self, record: str, title: str, make: Callable[[Office], Campaign]) -> None:
        office = self._context.office

        def ask() -> tuple[Campaign, Unit, date, Offers]:
            opened = office()
            return make(opened), units.own(opened), opened.clock.today(), offers(opened)

        self._context.runner.run(ask, done=partial(self._open_proposal, record, title))

    def _open_proposal(self, record: str, title: str, found: tuple[Campaign, Unit, date, Offers]) -> None:
        campaign, unit, self._today, offered = found
        self._take(offered)
        blank = campaign is _BLANK
        values = {**values_of(campaign), **({"starts": None, "ends": None} if blank else {})}
        ours: Values = {
            "doc_type": "Kế hoạch",
            "place": unit.place,
            "organ": ORGANS[0],
            "signer_authority": AUTHORITIES[0],
            "recipients": "Lưu: VT",
        }
        proposed: Values = {**values, **{name: value for name, value in ours.items() if not values[name]}}
        self._open(record, replace(campaign, unit=unit.unit), title, proposed)

    def _take(self, offered: Offers) -> None:
        self._offers = offered
        field = self.form.field("parent")
        assert isinstance(field, ChoiceField)
        field.set_choices(list(offered.uppers))
        field.setVisible(bool(offered.uppers))
        self._offer_parts()

    def _open(self, record: str, base: Campaign, title: str, values: Values) -> None:
        self.record, self._base = record, base
        self._saved_values = values
        self._saved_parts = {key: getattr(base, key) for key in self.parts}
        self._end_save()
        self.banner.clear()
        self.title.setText(title)
        self.subtitle.set_text("")
        self._show_saved()
        self._reopen_draft()
        self._go_to_tab(0)
        self.form.go_to("number")

    def _show_saved(self) -> None:
        self.form.set_values(self._saved_values)
        for key, part in self.parts.items():
            part.set_parts(self._saved_parts.get(key, ()))
        self._name_tabs()

    def shut(self) -> None:
        """Esc: what was typed stays as a draft."""
        if self.record is None:
            return
        if self._draft_timer.waiting:
            self._draft_timer.flush()
        record, self.record = self.record, None
        self.closed.emit(origin_of(record))

    # Tabs

    def _turn(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        part = self._part_in_sight()
        if part is not None:
            part.form.focus_first()

    def _go_to_tab(self, at: int) -> None:
        assert self.tabs is not None
        self.tabs.setCurrentIndex(at)

    def _part_in_sight(self) -> PartEditor | None:
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, PartEditor) else None

    def _walk(self, step: int) -> None:
        part = self._part_in_sight()
        (part.form if part is not None else self.form).go_to_finding(step)

    def _press_primary(self) -> None:
        """Ctrl+N: the next part."""
        part = self._part_in_sight()
        if part is not None and part.settle():
            part.begin()
            part.form.focus_first()

    def _offer_parts(self) -> None:
        """Targets choose among the plan's own definitions, and say which other target they are part of."""
        definitions, targets = self.parts["definitions"], self.parts["targets"]
        assert isinstance(definitions.form, DefinitionForm)
        assert isinstance(targets.form, TargetForm)
        definitions.form.offer(definitions.parts())
        targets.form.offer(definitions.parts(), targets.parts())
        events, marks = self.parts["events"], self.parts["marks"]
        assert isinstance(events.form, EventForm)
        assert isinstance(marks.form, MarkForm)
        events.form.offer([pair for pair in self._offers.plans if pair[0] != self.record])
        marks.form.offer(targets.parts(), self._offers.units)
        marks.call(dict(self._offers.units) | {one.id: one.wording for one in targets.parts()})

    def _name_tabs(self) -> None:
        assert self.tabs is not None
        self._offer_parts()
        for at, part in enumerate(self.parts.values(), 1):
            count = len(part.parts())
            self.tabs.setTabText(at, f"{part.kind.title} {count}" if count else part.kind.title)

    def _part_changed(self) -> None:
        marks = self.parts["marks"]
        assert isinstance(marks.form, MarkForm)
        marks.renew_parts(marks.form.rescaled(marks.parts(), self.parts["targets"].parts()))
        self._name_tabs()
        self.form.edited.emit()

    def _offer_back(self, part: PartEditor, said: str) -> None:
        self.banner.show_text("ok", said, action="Hoàn tác", on_action=partial(self._put_back, part))

    def _put_back(self, part: PartEditor | None = None) -> None:
        goal = part or self._part_in_sight()
        if goal is not None:
            goal.put_back()
            self.banner.clear()

    # Drafts

    def _keep_draft(self, raw: Values) -> None:
        if self.record is None:
            return
        held = {key: part.parts() for key, part in self.parts.items()}
        kept = {
            "base": plain(self._base),
            "header": raw,
            "parts": {key: plain(parts) for key, parts in held.items()},
            "typing": {key: part.typing() for key, part in self.parts.items()},
        }
        draft = drafts.keep(self._context.office(), Campaign.TYPE, self.record, kept)
        self.subtitle.set_text(f"Bản nháp đã giữ lúc {draft.at[11:16]} · chưa lưu")

    def _reopen_draft(self) -> None:
        assert self.record is not None
        draft = drafts.find(self._context.office(), Campaign.TYPE, self.record)
        if draft is None:
            return
        self.form.set_raw(draft.values["header"])
        base = {**plain(_BLANK), **draft.values.get("base", {})}
        held = join(Campaign, self._base.unit, {**base, **draft.values["parts"]}, None)
        self._base = held
        for key, part in self.parts.items():
            part.set_parts(getattr(held, key))
        self._offer_parts()
        for key, part in self.parts.items():
            part.type_again(draft.values["typing"].get(key))
        self._name_tabs()
        self.subtitle.set_text(f"Bản nháp đã giữ lúc {draft.at[11:16]} · chưa lưu")
        self.banner.show_text("info", "Viết tiếp bản nháp chưa lưu.", action="Bỏ bản nháp", on_action=self._discard)

    def _discard(self) -> None:
        self._drop_draft()
        self.banner.clear()
        self.subtitle.set_text("")
        self._show_saved()

    def _drop_draft(self) -> None:
        self._draft_timer.drop()
        if self.record is not None:
            drafts.drop(self._context.office(), Campaign.TYPE, self.record)

    # Saving

    def save(self) -> None:
        """Save when nothing is wrong, otherwise show the first tab with a finding."""
        if self._busy or self.record is None or not self._ready():
            return
        parts = {key: part.parts() for key, part in self.parts.items()}
        campaign = campaign_of(self.form.values(), self._base, parts)
        record, office = self.record, self._context.office

        def write() -> Saved:
            return _write(office(), record, campaign)

        self._busy = True
        self.save_button.setEnabled(False)
        self._context.runner.save(
            write, done=self._stored, failed=self._refused, title="Đang lưu kế hoạch", changes=TOUCHES
        )

    def _ready(self) -> bool:
        if not all(finding.warning for finding in self.form.findings()):
            self._go_to_tab(0)
            return self.form.check()
        for at, part in enumerate(self.parts.values(), 1):
            if not part.settle():
                self._go_to_tab(at)
                return part.form.check()
        return True

    def _stored(self, saved: Saved) -> None:
        self._drop_draft()
        self.record = None
        self._context.runner.notice.emit("Đã lưu kế hoạch.")
        self.stored.emit(saved.ids[0])

    def _refused(self, error: AppError) -> None:
        self._end_save()
        if isinstance(error, ValidationError):
            self.form.show_findings(error.findings)
        self.banner.show_error(error)

    def _end_save(self) -> None:
        self._busy = False
        self.save_button.setEnabled(True)


def origin_of(record: str) -> str:
    """The plan that the editor came from, "" for a blank one."""
    return record.removeprefix(NEXT_YEAR).removeprefix(UNDER)


def _write(office: Office, record: str, campaign: Campaign) -> Saved:
    if record == NEW or record.startswith((NEXT_YEAR, UNDER)):
        return campaigns.add(office, campaign)
    return campaigns.edit(office, record, campaign)
