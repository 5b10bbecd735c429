"""The list to sign for the support in sight, and marking that it was signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from congdoan_desktop.domain.attachments import SCAN
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import attachments, reporting, signing
from congdoan_desktop.services.attachments import Ready
from congdoan_desktop.ui.choosing import choose_files
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.attachments.words import CHANGES as PICTURES_CHANGED
from congdoan_desktop.ui.pages.attachments.words import FILES, attached
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.entry.values import day, text
from congdoan_desktop.ui.pages.paper_dialog import show_paper
from congdoan_desktop.ui.pages.support.ask import AskDialog

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

CHANGES = frozenset({"support"})
MOST_SIGNED = 1000
"""Support records that one scanned list may belong to."""
_NOBODY = "Chưa có khoản chăm lo nào để ký nhận."
Signers = Sequence[tuple[str, str]]


class Signing:
    """`records` says what gives the ids of those meant on the database thread, `today` the day."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        banner: Banner,
        records: Callable[[], Callable[[Office], Sequence[str]]],
        today: Callable[[], date],
    ) -> None:
        self._parent, self._context, self._banner = parent, context, banner
        self._records, self._today = records, today

    def ask_paper(self) -> None:
        """Ask what was given and who signs, then show the paper."""
        office, records = self._context.office, self._records()
        self._context.runner.run(lambda: (records(office()), reporting.signers(office())), done=self._ask_paper)

    def _ask_paper(self, found: tuple[Sequence[str], Signers]) -> None:
        ids, signers = found
        if not ids:
            self._banner.show_text("info", _NOBODY)
            return
        form = Form()
        form.add(TextField("occasion", "Ký nhận", required=True, placeholder="quà Tết Đinh Mùi năm 2027"))
        form.add(signer_field(signers))

        def show(values: Values) -> None:
            occasion, signer = text(values["occasion"]), chosen_signer(values, signers)
            show_paper(
                self._parent,
                self._context,
                lambda office: signing.signing_list(office, ids, occasion, signer),
                self._banner.show_error,
            )

        about = f"In {len(ids)} khoản đang hiện trong danh sách, xếp theo tên. Số CCCD được che."
        AskDialog(self._parent, "Danh sách ký nhận", about, form, "Xem bản in", show).open()

    def ask_signed(self) -> None:
        """Ask for the day, then mark all in sight."""
        self._with_records(self._ask_signed)

    def _with_records(self, ask: Callable[[Sequence[str]], None]) -> None:
        office, records = self._context.office, self._records()

        def found(ids: Sequence[str]) -> None:
            if ids:
                ask(ids)
            else:
                self._banner.show_text("info", _NOBODY)

        self._context.runner.run(lambda: records(office()), done=found)

    def _ask_signed(self, ids: Sequence[str]) -> None:
        form = Form()
        form.add(day_field("signed", "Ngày ký nhận", self._today, required=True))
        form.set_values({"signed": self._today()})
        about = f"Ghi {len(ids)} khoản đang hiện trong danh sách là đã ký nhận."
        AskDialog(self._parent, "Đã ký nhận", about, form, "Ghi đã ký nhận", lambda v: self._mark(ids, v)).open()

    def ask_scan(self) -> None:
        """The scan of the list that they signed, attached to each of those in sight."""
        self._with_records(self._ask_scan)

    def _ask_scan(self, ids: Sequence[str]) -> None:
        if len(ids) > MOST_SIGNED:
            what = f"Đang hiện {len(ids)} khoản; một bản quét đính kèm nhiều nhất {MOST_SIGNED} khoản."
            self._banner.show_text("info", what, "Lọc cho còn đúng danh sách đã ký, rồi làm lại.")
        else:
            title = f"Bản quét danh sách đã ký của {len(ids)} khoản đang hiện"
            choose_files(self._parent, title, FILES, Path.home(), lambda paths: self.attach(ids, paths))

    def attach(self, ids: Sequence[str], paths: list[Path]) -> None:
        """With progress; a file that cannot be read is named."""
        self._context.runner.run_beside(
            lambda progress: attachments.make_ready(paths, SCAN, progress),
            done=partial(self._attach_ready, ids, paths),
            failed=self._banner.show_error,
            title="Đang đính kèm bản quét",
        )

    def _attach_ready(self, ids: Sequence[str], paths: list[Path], ready: Ready) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: attachments.attach_ready(office(), SupportRecord.TYPE, ids, ready),
            done=lambda taken: self._banner.show_text(*attached(taken, paths, f" cho {len(ids)} khoản")),
            failed=self._banner.show_error,
            changes=PICTURES_CHANGED,
        )

    def _mark(self, ids: Sequence[str], values: Values) -> None:
        office, on = self._context.office, day(values["signed"])
        self._context.runner.save(
            lambda: signing.mark_signed(office(), ids, on),
            done=lambda count: self._banner.show_text("ok", f"Đã ghi {count} khoản là đã ký nhận."),
            failed=self._banner.show_error,
            changes=CHANGES,
        )


def signer_field(signers: Signers) -> ChoiceField:
    """Who signs for the union; the officer at work is proposed."""
    choices = [(at, f"{name} · {title}") for at, (name, title) in enumerate(signers)]
    field = ChoiceField("signer", "Người ký", choices, required=True)
    field.set_value(0)
    return field


def chosen_signer(values: Values, signers: Signers) -> tuple[str, str]:
    at = values["signer"]
    return signers[at if isinstance(at, int) else 0]
