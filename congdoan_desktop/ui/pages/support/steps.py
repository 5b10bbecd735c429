"""What the tabs from need to signature have in common: what they touch, how they begin, how a history is worded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QResizeEvent

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.services import reporting
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.need_steps import NeedLine
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.page import EntryPage
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


class StepPage(EntryPage):
    """A step after the need: few filters, begun from the step before, with a paper of its own."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large letters the list keeps its share of the page."""
        super().resizeEvent(event)
        self.editor.setFixedWidth(min(theme.current().px(WIDE), round(self.width() * _MOST_OF_PAGE)))

    def add_conflicts(self) -> FilterChip:
        return self.add_plain_filter("conflict", "Mâu thuẫn", "git-merge")

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

    def begin_with(self, ask: Callable[[Office], _Found], values: Callable[[_Found], Values]) -> None:
        """Ask a service what the new record begins with, and open it."""
        office = self.context.office
        self.context.runner.run(
            lambda: ask(office()),
            done=lambda found: self.editor.open_new(values(found)),
            failed=self.banner.show_error,
        )

    def show_made(self, made: Callable[[Office, str], Paper]) -> None:
        """The paper of the record held; `made` takes the record's id."""
        record = self._record_held()
        if record:
            show_paper(self, self.context, lambda at: made(at, record), self.banner.show_error)

    def _record_held(self) -> str:
        record = self.editor.record
        if not record:
            self.banner.show_text("info", f"Chọn một {self.kind.one} trong danh sách rồi in.")
            return ""
        self.editor.keep_now()
        return record

    def ask_paper(self, title: str, about: str, made: Callable[[Office, str, tuple[str, str]], Paper]) -> None:
        """The paper of the record held, after who signs it was chosen; `made` takes the record's id and the signer."""
        record = self._record_held()
        if not record:
            return
        office = self.context.office

        def ask(signers: Signers) -> None:
            form = Form()
            form.add(signer_field(signers))
            AskDialog(self, title, about, form, "Xem bản in", lambda values: show(values, signers)).open()

        def show(values: Values, signers: Signers) -> None:
            signer = chosen_signer(values, signers)
            show_paper(self, self.context, lambda at: made(at, record, signer), self.banner.show_error)

        self.context.runner.run(lambda: reporting.signers(office()), done=ask)


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
