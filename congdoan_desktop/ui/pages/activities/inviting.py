"""Asking for whom the list of invitations of an activity is made, and showing it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from congdoan_desktop.services import invitations, reporting
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.choice_fields import CheckField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.pages.paper_dialog import show_paper
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.signing import Signers, chosen_signer, signer_field

_USUAL = ("chu_tich", "pho_chu_tich")


def ask(parent: QWidget, context: Context, banner: Banner, activity: str, name: str) -> None:
    """Those named in the activity are invited anyway; the offices are ticked."""
    office = context.office
    context.runner.run(lambda: reporting.signers(office()), done=partial(_ask, parent, context, banner, activity, name))


def _ask(parent: QWidget, context: Context, banner: Banner, activity: str, name: str, signers: Signers) -> None:
    form = Form()
    titles = catalogue().entries(invitations.TITLES)
    for entry in titles:
        form.add(CheckField(entry.code, f"Mời {entry.name.lower()}"))
    form.add(signer_field(signers))
    form.set_values({**{entry.code: entry.code in _USUAL for entry in titles}, "signer": 0})

    def show(values: Values) -> None:
        chosen = [entry.code for entry in titles if values[entry.code]]
        signer = chosen_signer(values, signers)
        show_paper(
            parent, context, lambda office: invitations.paper(office, activity, chosen, signer), banner.show_error
        )

    about = f"Dự “{name}”: người đã ghi tên trong hoạt động, và người giữ chức vụ được chọn ở các công đoàn."
    AskDialog(parent, "Danh sách mời", about, form, "Xem bản in", show).open()
