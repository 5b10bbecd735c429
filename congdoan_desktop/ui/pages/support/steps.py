"""What the tabs from need to signature have in common: what they touch, how they begin, how a history is worded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtGui import QResizeEvent

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.services import drafts, proposals, reporting
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.need_steps import NeedLine
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import LOWER_KEEPS, EntryPage, Query, Row, when
from congdoan_desktop.ui.pages.entry.values import number
from congdoan_desktop.ui.pages.paper_dialog import show_paper
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.signing import Signers, chosen_signer, signer_field

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

WAY = frozenset({"need", "proposal", "review_meeting", "support_decision", "support", "person"})
"""What each step from need to signature shows."""
OF = "of:"
"""An object of a tab: begin a new record of what these ids name."""
WIDE = 560
"""The editor of a step holds a grid."""
_MOST_OF_PAGE = 0.62
_Found = TypeVar("_Found")
Lines = Mapping[str, NeedLine]


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a step and its keys; `small` shows the icon alone."""

    name: str
    caption: str
    icon: str
    keys: str
    call: Callable[[], object]
    small: bool = False


class Found(Protocol):
    """A row of a step's service."""

    @property
    def id(self) -> str: ...
    @property
    def conflict(self) -> bool: ...
    @property
    def own(self) -> bool: ...


class StepPage(EntryPage):
    """A step after the need: few filters, begun from the step before, with a paper of its own."""

    def __init__(self, context: Context, kind: RecordKind, columns: Sequence[Column], form: Form) -> None:
        super().__init__(context, kind, columns, form)
        self.add_conflict_filter()
        self.add_columns_button()

    # For the subclass

    def listed(self, search: str) -> Callable[[Office], Sequence[Any]]:
        """What the service lists for the filters; rows as `Found`."""
        raise NotImplementedError

    def needs_of(self, found: Any) -> Iterable[str]:
        """The needs that a row is about."""
        raise NotImplementedError

    def row(self, found: Any, lines: Lines, today: date, *, draft: bool) -> Row:
        """The line of the list; what all steps have in common comes from `common_row`."""
        raise NotImplementedError

    # The list

    def add_actions(self, *actions: Action) -> None:
        for one in actions:
            tip = f"{one.caption} ({one.keys})"
            button = Button(tip if one.small else one.caption, one.icon, "icon" if one.small else "", on_click=one.call)
            button.setObjectName(one.name)
            button.setToolTip(tip)
            self.add_action(button)
            self._shortcut(one.keys, one.call)

    def query(self) -> Query:
        listed, only_conflicts = self.listed(self.search.text() if self.search else ""), bool(self._conflicts.value())

        def ask(office: Office) -> list[Row]:
            half_written, today = drafts.waiting(office, self.kind.type), office.clock.today()
            found = [one for one in listed(office) if one.conflict or not only_conflicts]
            lines = proposals.named(office, {need for one in found for need in self.needs_of(one)})
            return [self.row(one, lines, today, draft=one.id in half_written) for one in found]

        return ask

    def rows_shown(self, rows: Sequence[Row]) -> None:
        total = f"{group_thousands(sum(number(row['amount']) for row in rows))} đ"
        self.list.foot.set_totals(
            f"{len(rows)} {self.kind.one} · Cộng" if rows else "", {"amount": total} if rows else {}
        )

    def choices_changed(self) -> None:
        """What the form chooses from comes with `take_choices`."""

    def held(self, kind: type[_Found]) -> _Found | None:
        """The row of the saved record that is open; says what to do where there is none."""
        row = self.row_of(self.editor.record or "")
        found = row.get("found") if row else None
        if isinstance(found, kind):
            self.editor.keep_now()
            return found
        self.banner.show_text("info", f"Chọn một {self.kind.one} đã lưu trong danh sách trước.")
        return None

    def go_on(self, tab: str, record: str, after: str) -> None:
        """To the step that follows the record, which is begun where there is none yet."""
        self.context.go("support", f"{tab}/{after or OF + record}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large letters the list keeps its share of the page."""
        super().resizeEvent(event)
        self.editor.setFixedWidth(min(theme.current().px(WIDE), round(self.width() * _MOST_OF_PAGE)))

    # The step before, and the paper

    def begin_of(self, id_: str) -> None:
        """Begin a new record of what the step before named."""
        raise NotImplementedError

    def open_object(self, id_: str) -> None:
        if id_.startswith(OF):
            self.banner.clear()
            self.table.clearSelection()
            self.begin_of(id_.removeprefix(OF))
        else:
            super().open_object(id_)

    def _changed(self, changes: frozenset[str]) -> None:
        """What the form chooses from comes out of the other steps."""
        super()._changed(changes)
        if changes & WAY and self.isVisible():
            self._ask_desk()

    def begin_with(self, ask: Callable[[Office], _Found], values: Callable[[_Found], Values], at: str = "") -> None:
        """Ask a service what the new record begins with, and open it; `at`: the field which that cannot know."""
        office = self.context.office

        def begin(found: _Found) -> None:
            self.editor.open_new(values(found))
            if at:
                self.form.go_to(at)

        self.context.runner.run(lambda: ask(office()), done=begin, failed=self.banner.show_error)

    def ask_paper(
        self, record: str, title: str, about: str, made: Callable[[Office, str, tuple[str, str]], Paper]
    ) -> None:
        """A record's paper, after who signs it was chosen; `made` takes the record's id and the signer."""
        office = self.context.office

        def ask(signers: Signers) -> None:
            form = Form()
            form.add(signer_field(signers))
            AskDialog(self, title, about, form, "Xem bản in", lambda values: show(values, signers)).open()

        def show(values: Values, signers: Signers) -> None:
            signer = chosen_signer(values, signers)
            show_paper(self, self.context, lambda at: made(at, record, signer), self.banner.show_error)

        self.context.runner.run(lambda: reporting.signers(office()), done=ask)


def common_row(found: Found, record_on: date, lines: Lines, today: date) -> dict[str, object]:
    return {
        "id": found.id,
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "found": found,
        "lines": lines,
        "day": record_on,
        "when": when(record_on, today),
    }


def state_of(*states: tuple[bool, ChipState], otherwise: ChipState) -> ChipState:
    """The first that holds."""
    return next((state for holds, state in states if holds), otherwise)


def written(value: object, field: str, desk: Desk, catalogues: Mapping[str, str]) -> str:
    """A field's value in a history; `catalogues` names the catalogue of fields that hold codes."""
    if value in (None, "", ()):
        return "–"
    if field in catalogues:
        return catalogue().name(catalogues[field], str(value))
    if field in ("unit", "campaign"):
        return (desk.unit_name if field == "unit" else desk.campaign_name)(value)
    if isinstance(value, date):
        return short_date(value)
    return group_thousands(value) if isinstance(value, int) else str(value)


def total_of(amounts: Iterable[int], noun: str = "trường hợp") -> str:
    """The sum under a grid: "05 trường hợp · 37.000.000 đồng"."""
    found = [amount for amount in amounts if amount]
    return f"{len(found)} {noun} · {group_thousands(sum(found))} đồng" if found else ""


def many_written(texts: Sequence[str]) -> str:
    """A list inside a history, cut where it gets long."""
    return "; ".join(texts[:6]) + ("…" if len(texts) > 6 else "")


def text_of(amount: int) -> str:
    """An amount in a cell of a grid, nothing for none."""
    return group_thousands(amount) if amount else ""
