"""Needs (nhu cầu): who is in difficulty, why, who reported it, and whether the person agreed to be named (C07–C09).

A need is the first step of support: it is proposed, considered at a meeting, decided on, paid and signed for. What
became of it is never written into it; `need_states` reads that from the later steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.errors import Finding

COLLECTIVE = "tap_the"
"""The beneficiary that is no person: a team, a class, a village."""
OUTSIDE = frozenset({"than_nhan", "nguyen_can_bo", "khac"})
"""Beneficiaries of whom it must be said what they have to do with the union."""
HOUSES = frozenset({"mai_am_moi", "mai_am_sua"})
"""Kinds of support that are a house, which goes through stages."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a Mái ấm Công đoàn, reached on a day.

    `stage` is a code of the catalogue `house_stages`; `amount` of the union's money handed over with it, `others` the
    share of other sources, both in đồng.
    """

    stage: str
    on: date
    amount: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """A case of need. `person` is the id of a Person, None for a collective, which `group` names.

    `beneficiary`, `cause`, `kind` (what help is thought of) and `consent_way` are codes of catalogues, `household` too;
    `estimate` in đồng, 0 while nobody has said an amount. `consent_on` None: nobody agreed yet that the case is named.
    """

    TYPE: ClassVar[str] = "need"
    PERSONAL: ClassVar[frozenset[str]] = frozenset(
        {"group", "relation", "household", "circumstances", "reporter", "note"}
    )

    unit: str
    person: str | None
    beneficiary: str
    cause: str
    kind: str
    on: date
    estimate: int = 0
    campaign: str | None = None
    consent_on: date | None = None
    consent_way: str = ""
    withdrawn_on: date | None = None
    """The day the consent was taken back."""
    closed_on: date | None = None
    """The day from which the case needs nothing any more; why stands in `note`."""
    stages: tuple[Stage, ...] = ()
    group: str = ""
    relation: str = ""
    """What somebody who is no member has to do with the union: "mẹ của đoàn viên Lò Văn Inh"."""
    household: str = ""
    circumstances: str = ""
    reporter: str = ""
    note: str = ""

    @property
    def may_be_named(self) -> bool:
        """Whether the circumstances may stand on a paper and travel upward (rules C08, C09)."""
        return self.beneficiary == COLLECTIVE or (self.consent_on is not None and self.withdrawn_on is None)


def validate_need(need: Need, today: date) -> tuple[Finding, ...]:
    """All findings of a need."""
    found = [
        Finding(name, sentence)
        for name, sentence in (
            ("unit", "Chọn công đoàn cơ sở."),
            ("beneficiary", "Chọn đối tượng."),
            ("cause", "Chọn nguyên nhân."),
            ("kind", "Chọn hình thức dự kiến."),
        )
        if not getattr(need, name)
    ]
    if need.estimate < 0:
        found.append(Finding("estimate", "Số tiền không được âm."))
    if need.beneficiary in OUTSIDE and not need.relation:
        found.append(Finding("relation", "Ghi quan hệ với công đoàn, ví dụ “mẹ của đoàn viên”.", warning=True))
    if not need.circumstances:
        found.append(Finding("circumstances", "Nên ghi hoàn cảnh; tờ trình cần nêu.", warning=True))
    if need.on > today:
        found.append(Finding("on", "Ngày này ở tương lai; xem lại ngày báo.", warning=True))
    return (*found, *_about_consent(need, today), *_about_stages(need))


def _about_consent(need: Need, today: date) -> list[Finding]:
    """No consent is assumed, and proof of it is its day and way (rule C08)."""
    if need.beneficiary == COLLECTIVE:
        return []
    found = []
    if (need.consent_on is None) != (not need.consent_way):
        lacks = "consent_on" if need.consent_on is None else "consent_way"
        found.append(Finding(lacks, "Sự đồng ý cần cả ngày và cách ghi nhận."))
    if need.consent_on is not None and need.consent_on > today:
        found.append(Finding("consent_on", "Ngày đồng ý ở tương lai; xem lại."))
    if need.withdrawn_on is not None and (need.consent_on is None or need.withdrawn_on < need.consent_on):
        found.append(Finding("withdrawn_on", "Chỉ rút sự đồng ý đã có, và không trước ngày đồng ý."))
    if need.consent_on is None:
        sentence = "Chưa có sự đồng ý: hoàn cảnh không in lên giấy tờ và không gửi lên cấp trên."
        found.append(Finding("consent_on", sentence, warning=True))
    return found


def _about_stages(need: Need) -> list[Finding]:
    if need.stages and need.kind not in HOUSES:
        return [Finding("stages", "Chỉ Mái ấm Công đoàn mới có các bước làm nhà.")]
    found = []
    days = [stage.on for stage in need.stages]
    if days != sorted(days):
        found.append(Finding("stages", "Các bước làm nhà chưa theo thứ tự ngày; xem lại.", warning=True))
    if any(min(stage.amount, stage.others) < 0 for stage in need.stages):
        found.append(Finding("stages", "Số tiền của một bước không được âm."))
    return found
