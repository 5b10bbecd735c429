"""The officer's words in the report's form: kept for each campaign and period, with drafts; last period's text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from congdoan_desktop.domain.narrative import Narrative, Passage
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import drafts, narratives
from congdoan_desktop.services.narratives import Written
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.text_fields import NoteField
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.history import HistoryDialog

FORM = "narrative"
CHANGES = frozenset({Narrative.TYPE})
_LABELS = {
    "difficulties": "Khó khăn, hạn chế",
    "proposals": "Đề xuất, kiến nghị",
    "next_period": "Phương hướng, nhiệm vụ kỳ tới",
}
FIXED = tuple(_LABELS)


@dataclass(frozen=True, slots=True)
class About:
    """What is written about: a campaign ("" for a general report) and its days."""

    campaign: str
    starts: date
    ends: date

    @property
    def key(self) -> str:
        return f"{self.campaign} {self.starts} {self.ends}"


class Words(QObject):
    """Fields `passage0`, `passage1`, ... in the form's group, and the three chapters."""

    shown = Signal()
    """Other words stand in the form."""

    def __init__(self, form: Form, context: Context, banner: Banner) -> None:
        super().__init__(form)
        self._form, self._context, self._banner = form, context, banner
        self.about: About | None = None
        self._written: Written | None = None
        self._asked: About | None = None
        self.touched = False
        for name in FIXED:
            form.field(name).edited.connect(self._touch)

    def _touch(self) -> None:
        self.touched = True

    def show(self, about: About) -> bool:
        """Whether the words of this period stand in the form already; else they are asked for."""
        if about == self.about:
            return True
        if about != self._asked:
            self._asked = about
            self._context.runner.run(
                partial(self._ask, about), done=partial(self._take, about), failed=self._banner.show_error
            )
        return False

    def _ask(self, about: About) -> tuple[Written, Values | None]:
        """What is kept, and what was written and not saved; on the database thread."""
        office = self._context.office()
        written = narratives.look(office, about.campaign, about.starts, about.ends)
        draft = drafts.find(office, FORM, about.key)
        return written, draft.values if draft is not None else None

    def _take(self, about: About, found: tuple[Written, Values | None]) -> None:
        if about != self._asked:
            return
        self.keep_draft()
        self.about, self._asked = about, None
        self._written, draft = found
        kept = self._written.narrative
        fields = [
            NoteField(f"passage{at}", f"Kết quả: {heading}", lines=3)
            for at, heading in enumerate(self._written.headings)
        ]
        self._form.fill_group(fields)
        for field in fields:
            field.edited.connect(self._touch)
        self._fill(kept)
        if draft is not None:
            self._form.set_raw(self._by_field(draft))
        self.touched = draft is not None
        self.shown.emit()

    def _fill(self, kept: Narrative) -> None:
        told = {passage.heading: passage.text for passage in kept.passages}
        assert self._written is not None
        for at, heading in enumerate(self._written.headings):
            self._form.field(f"passage{at}").set_value(told.get(heading))
        for name in FIXED:
            self._form.field(name).set_value(getattr(kept, name) or None)

    def narrative(self) -> Narrative:
        """What stands in the form now."""
        headings = self._written.headings if self._written else ()
        passages = (
            Passage(heading, text(self._form.field(f"passage{at}").value())) for at, heading in enumerate(headings)
        )
        about = self.about or About("", date.min, date.min)
        fixed = {name: text(self._form.field(name).value()) for name in FIXED}
        written = tuple(passage for passage in passages if passage.text)
        return Narrative("", about.campaign, about.starts, about.ends, written, **fixed)

    # Drafts

    def keep_draft(self) -> None:
        """Keep what was written and not saved."""
        if self.touched and self.about is not None and self._written is not None:
            raw = {name: self._form.field(name).raw() for name in FIXED}
            for at, heading in enumerate(self._written.headings):
                raw[f"= {heading}"] = self._form.field(f"passage{at}").raw()
            drafts.keep(self._context.office(), FORM, self.about.key, raw)

    def _by_field(self, kept: Values) -> Values:
        """A draft names passages by their headings: the plan may have got another section since."""
        assert self._written is not None
        places = {f"= {heading}": f"passage{at}" for at, heading in enumerate(self._written.headings)}
        return {places.get(name, name): raw for name, raw in kept.items()}

    # Deeds

    def save(self) -> None:
        """Keep the words as a record; its history stays."""
        if self.about is None:
            return
        narrative, about, office = self.narrative(), self.about, self._context.office
        self._context.runner.run(
            lambda: narratives.save(office(), narrative),
            done=partial(self._saved, about),
            failed=self._failed,
            title="Đang lưu lời văn",
            changes=CHANGES,
        )

    def _saved(self, about: About, saved: Saved) -> None:
        drafts.drop(self._context.office(), FORM, about.key)
        self.touched = False
        if self._written is not None and about == self.about and saved.ids:
            self._written = replace(self._written, record=saved.ids[0])
        warnings = " ".join(finding.message for finding in saved.warnings)
        self._banner.show_text("warn" if warnings else "ok", "Đã lưu lời văn của kỳ này.", warnings)

    def _failed(self, error: AppError) -> None:
        self._banner.show_error(error)

    def show_history(self) -> None:
        """Who wrote these words and when; an earlier version can come back."""
        record = self._written.record if self._written else None
        if record is None:
            self._banner.show_text("info", "Lời văn của kỳ này chưa được lưu lần nào.")
            return
        window = self._form.window()
        dialog = HistoryDialog(window, self._context, record, "Lời văn báo cáo", _said, CHANGES)
        dialog.restored.connect(self._again)
        dialog.open()

    def _again(self) -> None:
        """Another version counts now; what was typed and not saved gives way to it."""
        about = self.about
        if about is not None:
            drafts.drop(self._context.office(), FORM, about.key)
            self.about, self.touched = None, False
            self.show(about)

    def copy_before(self) -> None:
        """Put the words of the last period that has any into what is still empty."""
        before = self._written.before if self._written else None
        if before is None:
            self._banner.show_text("info", "Chưa có lời văn của kỳ nào trước kỳ này.")
            return
        now = self.narrative()
        told = {one.heading: one.text for one in (*before.passages, *now.passages)}
        merged = {name: getattr(now, name) or getattr(before, name) for name in FIXED}
        passages = tuple(Passage(heading, words) for heading, words in told.items())
        self._fill(Narrative("", now.campaign, now.starts, now.ends, passages, **merged))
        self.touched = True
        self._form.edited.emit()


def _said(field: str, value: object) -> tuple[str, str]:
    """A part of the words as the form names it."""
    if field == "passages" and isinstance(value, tuple):
        return "Kết quả theo mục", "; ".join(f"{one.heading}: {one.text}" for one in value)
    return (_LABELS[field], text(value)) if field in _LABELS else ("", "")
