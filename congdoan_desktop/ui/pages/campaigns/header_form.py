"""The head of a plan: number, day, title, time, signer, bases and recipients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.text import clean, upper
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.campaigns.part_kind import Today, day_field, one_line
from congdoan_desktop.ui.pages.entry.values import day, text

AUTHORITIES = ("TM. BAN THƯỜNG VỤ", "TM. BAN CHẤP HÀNH", "KT. CHỦ TỊCH")
ORGANS = ("Ban Thường vụ", "Ban Chấp hành")
_TEXTS = (
    "doc_type", "number", "place", "organ", "title", "theme", "date_text", "signer_authority", "signer_title",
    "signer_name",
)  # fmt: skip
_LISTS = ("bases", "recipients")


class HeaderForm(Form):
    def __init__(self, today: Today) -> None:
        super().__init__(_check)
        types = [entry.name for entry in catalogue().entries("document_types")]
        titles = [upper(entry.name) for entry in catalogue().entries("officer_titles")]
        self.add(
            _choice("doc_type", "Loại văn bản", types, required=True),
            TextField("number", "Số, ký hiệu", placeholder="39/KH-LĐLĐ", limit=60),
            TextField("place", "Nơi ban hành", limit=80),
            day_field("issued_on", "Ngày ban hành", today),
        )
        self.add(NoteField("title", "Trích yếu", required=True, lines=2))
        self.add(
            _choice("organ", "Cơ quan ban hành", ORGANS),
            day_field("starts", "Ngày bắt đầu", today, required=True),
            day_field("ends", "Ngày kết thúc", today, required=True),
            stretch=(2, 1, 1),
        )
        self.add(
            TextField("theme", "Chủ đề", limit=200),
            TextField("date_text", "Nơi và ngày như in, khi chưa có ngày", limit=120),
            stretch=(2, 2),
        )
        self.add(
            ChoiceField("parent", "Thực hiện kế hoạch của cấp trên"),
            CheckField("open_end", "Kế hoạch thường xuyên, không định ngày kết thúc"),
            stretch=(2, 2),
        )
        self.add(
            _choice("signer_authority", "Thay mặt", AUTHORITIES),
            _choice("signer_title", "Chức vụ người ký", titles),
            TextField("signer_name", "Họ và tên người ký", limit=80),
        )
        self.add(
            NoteField("bases", "Căn cứ (mỗi dòng một văn bản)", lines=6),
            NoteField("recipients", "Nơi nhận (mỗi dòng một nơi)", lines=6),
        )
        self.field("title").enter_moves = True


def _choice(name: str, caption: str, texts: Iterable[str], *, required: bool = False) -> SearchChoiceField:
    options = [Option(one, one) for one in texts]
    return SearchChoiceField(name, caption, options, free=True, required=required, placeholder="")


def _check(values: Values) -> tuple[Finding, ...]:
    starts, ends, issued = values["starts"], values["ends"], values["issued_on"]
    found = []
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        found.append(Finding("ends", "Ngày kết thúc trước ngày bắt đầu. Xem lại hai ngày."))
    if isinstance(issued, date) and isinstance(ends, date) and ends < issued:
        found.append(Finding("issued_on", "Ban hành sau khi kế hoạch kết thúc. Xem lại ngày.", warning=True))
    return tuple(found)


def campaign_of(values: Values, base: Campaign, parts: dict[str, tuple[object, ...]]) -> Campaign:
    """`base` with the form's values and `parts` by field; what no form shows stays as it is in `base`."""
    given: dict[str, Any] = {name: one_line(values[name]) for name in _TEXTS}
    given |= {name: tuple(_lines(text(values[name]))) for name in _LISTS} | parts
    issued = values["issued_on"]
    return replace(
        base,
        issued_on=issued if isinstance(issued, date) else None,
        starts=day(values["starts"]),
        ends=day(values["ends"]),
        parent=text(values["parent"]) or None,
        open_end=values["open_end"] is True,
        **given,
    )


def values_of(campaign: Campaign) -> Values:
    names = (*_TEXTS, "issued_on", "starts", "ends", "parent", "open_end")
    values: Values = {name: getattr(campaign, name) or None for name in names}
    return {**values, **{name: "\n".join(getattr(campaign, name)) for name in _LISTS}}


def _lines(written: str) -> Iterable[str]:
    lines = (clean(line).strip(" -–;.") for line in written.splitlines())
    return (line for line in lines if line)
