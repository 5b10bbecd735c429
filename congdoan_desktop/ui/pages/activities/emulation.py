"""Thi đua: a movement by phases and steps; below, what was recorded of the step, and its list as a paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.domain.activities import DONE
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.services import emulation, reporting
from congdoan_desktop.services.activities import ActivityRow
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.emulation import LISTS, STEPS, Chosen, PhaseRow
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.chips import ChipState, FilterChip
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.activities.calendar import AWAITED
from congdoan_desktop.ui.pages.activities.record import KINDS
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.paper_dialog import show_paper
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.signing import Signers, chosen_signer, signer_field

_SHORT: Mapping[str, str] = {
    emulation.LAUNCHED: "Phát động",
    emulation.REGISTERED: "Đăng ký",
    emulation.INITIATIVE: "Sáng kiến",
    emulation.PROPOSED: "Đề nghị khen",
    emulation.AWARDED: "Khen thưởng",
    emulation.REVIEWED: "Sơ kết",
    emulation.CLOSED: "Tổng kết",
}
_PHASES = (
    Column("name", "Đợt", None, "name", under="span", least=150),
    *(Column(step, word, 92, "number") for step, word in _SHORT.items()),
)
_ENTRIES = (
    Column("when", "Ngày", 108, sort="day"),
    Column("title", "Nội dung", least=150, under="who"),
    Column("unit", "Đơn vị", least=110),
    Column("form", "Danh hiệu, hình thức", least=120),
    Column("count", "Số lượng", 80, "number"),
    Column("state", "Tình trạng", 116, "state"),
)
_HELD = ChipState("Đã ghi", "check-circle", "ok")
_PHASES_HEIGHT = 214


class EmulationView(QWidget):
    """Enter on a phase goes to what was recorded, Enter there opens it; Ctrl+P prints the list of the step."""

    opened = Signal(str)
    """The id of a record."""

    def __init__(self, context: Context, campaign: Callable[[], str | None], banner: Banner) -> None:
        super().__init__()
        self._context, self._campaign, self._banner = context, campaign, banner
        self._phases: list[PhaseRow] = []
        self._asked = 0
        self.step = FilterChip(
            "Bước", lambda _: self._show_entries(), choices=tuple((step, _SHORT[step]) for step in STEPS)
        )
        self.step.setObjectName("emulation_step")
        self.phases = TableCard(_PHASES, Empty("flag", "Chọn một kế hoạch, phong trào ở ô “Kế hoạch”."))
        self.phases.table.setObjectName("emulation_phases")
        self.phases.table.setAccessibleName("Các đợt thi đua")
        self.entries = TableCard(_ENTRIES, Empty("list-checks", "Chưa ghi gì cho bước này trong đợt."))
        self.entries.table.setObjectName("emulation_entries")
        self.entries.table.setAccessibleName("Đã ghi trong đợt")
        self.print_button = Button("In danh sách", "printer", on_click=self.ask_paper)
        self.print_button.setObjectName("print_emulation")
        self.print_button.setToolTip("In danh sách của bước đang chọn theo đơn vị, cá nhân (Ctrl+P)")
        self._lay_out()
        self._connect()
        self.step.choose(emulation.REGISTERED)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.step)
        head.addWidget(label("Bảng trên đếm số đăng ký, sáng kiến, tập thể và cá nhân của từng đợt.", "second"), 1)
        head.addWidget(self.print_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        self.phases.setFixedHeight(theme.current().px(_PHASES_HEIGHT))
        whole.addWidget(self.phases)
        whole.addLayout(head)
        whole.addWidget(self.entries, 1)
        self.setFocusProxy(self.phases)

    def _connect(self) -> None:
        self.phases.table.row_selected.connect(lambda _: self._show_entries())
        self.phases.table.row_opened.connect(lambda _: self._to(self.entries))
        self.entries.table.row_opened.connect(self._open)
        self._context.runner.changed.connect(self._changed)
        for keys, widget, call in (
            ("Esc", self.entries, lambda: self._to(self.phases)), ("Ctrl+P", self, self.ask_paper)
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    # What is shown

    def reload(self) -> None:
        campaign, office = self._campaign(), self._context.office
        self._asked += 1
        if campaign is None:
            self._show_phases(self._asked, [])
        else:
            self._context.runner.run(
                lambda: emulation.phases(office(), campaign),
                done=partial(self._show_phases, self._asked),
                failed=self._banner.show_error,
            )

    def _changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & {"activity", "campaign", "unit", "package"}:
            self.reload()

    def _show_phases(self, asked: int, found: list[PhaseRow]) -> None:
        if asked != self._asked:
            return
        held = self._phase()
        self._phases = found
        self.phases.set_rows(
            {
                "id": str(at),
                "name": one.name,
                "span": f"{short_date(one.starts)} – {short_date(one.ends)}",
                **one.counts,
            }
            for at, one in enumerate(found)
        )
        names = [one.name for one in found]
        if found:
            self.phases.table.selectRow(names.index(held.name) if held and held.name in names else len(found) - 1)
        self._show_entries()

    def _phase(self) -> PhaseRow | None:
        row = self.phases.table.selected_row()
        at = int(str(row["id"])) if isinstance(row, Mapping) else -1
        return self._phases[at] if 0 <= at < len(self._phases) else None

    def chosen(self) -> Chosen | None:
        """The step and phase in sight."""
        phase = self._phase()
        return Chosen(text(self.step.value()), self._campaign(), phase.starts, phase.ends) if phase else None

    def preset(self) -> Values:
        """What a new record of this step begins with."""
        return {"campaign": self._campaign(), "kind": text(self.step.value())}

    def _show_entries(self) -> None:
        chosen, office = self.chosen(), self._context.office
        self.print_button.setEnabled(chosen is not None and chosen.step in LISTS)
        if chosen is None:
            self.entries.set_rows([])
        else:
            self._context.runner.run(
                lambda: emulation.entries(office(), chosen), done=partial(self._take_entries, chosen)
            )

    def _take_entries(self, chosen: Chosen, found: Sequence[ActivityRow]) -> None:
        if chosen == self.chosen():
            self.entries.set_rows(_row(one) for one in found)

    def _to(self, card: TableCard) -> None:
        if card.table.rows.rowCount():
            if card.table.selected_row() is None:
                card.table.selectRow(0)
            card.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: object) -> None:
        if isinstance(row, Mapping):
            self.opened.emit(str(row["id"]))

    # The paper

    def ask_paper(self) -> None:
        chosen, office = self.chosen(), self._context.office
        if chosen is None or chosen.step not in LISTS:
            self._banner.show_text("info", "Chọn bước đăng ký, sáng kiến, đề nghị khen hoặc khen thưởng để in.")
            return
        self._context.runner.run(lambda: reporting.signers(office()), done=partial(self._ask_signer, chosen))

    def _ask_signer(self, chosen: Chosen, signers: Signers) -> None:
        form = Form()
        form.add(signer_field(signers))

        def show(values: Values) -> None:
            signer = chosen_signer(values, signers)
            show_paper(
                self,
                self._context,
                lambda office: emulation.paper(office, chosen, signer),
                self._banner.show_error,
            )

        title = f"Danh sách {LISTS[chosen.step]}"
        about = f"Từ {short_date(chosen.starts)} đến {short_date(chosen.ends)}, theo đơn vị và cá nhân."
        AskDialog(self, title, about, form, "Xem bản in", show).open()


def _row(found: ActivityRow) -> dict[str, object]:
    activity = found.activity
    state = _HELD if activity.state == DONE else AWAITED
    return {
        "id": found.id,
        "day": activity.starts,
        "when": short_date(activity.starts),
        "title": activity.title or catalogue().name(KINDS, activity.kind),
        "who": ", ".join(name for _, name in found.people if name),
        "unit": found.unit_name,
        "form": emulation.form_of(activity),
        "count": activity.count,
        "state": chips.CONFLICT if found.conflict else state,
    }
