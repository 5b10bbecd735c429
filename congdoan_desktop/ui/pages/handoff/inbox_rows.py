"""Rows of the inbox: a file on the stick with what importing it would do, a package that came in."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan_desktop.services import mailbox
from congdoan_desktop.services.chair_away import Carried
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.incoming import Seen
from congdoan_desktop.services.mailbox import Got, kind_name
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.handoff.sign_dialog import CHIPS

ASKS_FOR_TRUST = frozenset({"enrolment", "trust"})
"""Kinds that are not imported here but compared by words on the tab "Khoá và tin cậy"."""
_OURS, _ON_ITS_WAY = chips.SAME.with_word("Của máy này"), "Máy này ghi ra, đang trên đường đến đơn vị nhận"
_TO_ROOT, _FOR_ROOT = chips.SAME.with_word("Gửi lên tỉnh"), "Chỉ máy của tỉnh công nhận tệp đăng ký"
_SECOND = "Bản chính trên USB hỏng hoặc mất, đã đọc bản thứ hai"
SEEN_COLUMNS = (
    Column("sender", "Đơn vị gửi", least=150, show=words.union),
    Column("kind", "Gói", 130),
    Column("period", "Kỳ", 90),
    Column("new", "Mới", 50, "number"),
    Column("changed", "Sửa", 50, "number"),
    Column("same", "Đã có", 60, "number"),
    Column("refused", "Bị giữ", 60, "number"),
    Column("state", "Xem trước", 146, "state"),
    Column("note", "Cần biết", least=110),
    Column("code", "Mã xác thực", 172, "state"),
)
GOT_COLUMNS = (
    Column("sender", "Đơn vị gửi", least=160, show=words.union),
    Column("kind_name", "Gói", 130),
    Column("period", "Kỳ", 116),
    Column("seq", "Số", 48, "number"),
    Column("received_at", "Nhập lúc", 146, "date", show=words.moment),
    Column("records", "Dòng", 60, "number"),
    Column("chip", "Tình trạng", 130, "state"),
    Column("receipt_action", "Biên nhận", 110, "action"),
    Column("review_action", "Xét duyệt", 90, "action"),
    Column("switch_action", "", 80, "action"),
)


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A file on the stick as listed. Counts are None where nothing could be read."""

    id: str
    seen: Seen
    sender: str
    kind: str
    period: str
    new: int | None
    changed: int | None
    same: int | None
    refused: int | None
    state: ChipState
    note: str
    code: ChipState

    @property
    def importable(self) -> bool:
        """Whether importing it needs no thought: verified, new, nothing held back, no conflict."""
        result = self.seen.result
        return self.importable_at_all and result is not None and not (result.refused or result.conflicts)

    @property
    def importable_at_all(self) -> bool:
        result = self.seen.result
        if result is None or self.seen.own:
            return False
        return not result.known and not result.fork and result.kind not in ASKS_FOR_TRUST


def seen_row(seen: Seen) -> SeenRow:
    if seen.carried is not None:
        return _carried_row(seen, seen.carried)
    if seen.result is None:
        assert seen.refusal is not None
        state = _OURS if seen.own else _refused(seen)
        note = _ON_ITS_WAY if seen.own else seen.refusal.what
        return SeenRow(
            str(seen.path), seen, seen.path.name, "", "", None, None, None, None, state, note, chips.UNVERIFIED
        )
    result = seen.result
    if seen.own or result.kind in ASKS_FOR_TRUST:
        state, note = _asking(seen, result)
        return SeenRow(
            str(seen.path), seen, result.sender_name, kind_name(result.kind, result.about), "", None, None, None, None,
            state, note, chips.VERIFIED,
        )  # fmt: skip
    return SeenRow(
        str(seen.path), seen, result.sender_name, kind_name(result.kind, result.about), result.period,
        result.new, result.changed, result.same, len(result.refused), _preview(result),
        _SECOND if seen.second else _note(result), chips.VERIFIED,
    )  # fmt: skip


def _refused(seen: Seen) -> ChipState:
    return chips.SAME.with_word("Bản cũ") if seen.older else chips.REFUSED.with_word("Không nhập")


def _asking(seen: Seen, result: ImportResult) -> tuple[ChipState, str]:
    if seen.own:
        return _OURS, _ON_ITS_WAY
    return (_TO_ROOT, _FOR_ROOT) if seen.for_root else (_preview(result), _note(result))


def _carried_row(seen: Seen, carried: Carried) -> SeenRow:
    """A package of our own union between the computer that made it and the one where its chair signs."""
    return SeenRow(
        str(seen.path), seen, "Đơn vị mình", kind_name(carried.kind, carried.about), carried.period, None, None, None,
        None, CHIPS[carried.turn], f"{carried.officer} lập, gửi {carried.receiver}", chips.VERIFIED,
    )  # fmt: skip


def _preview(result: ImportResult) -> ChipState:
    if result.known:
        return chips.SAME.with_word("Đã nhập rồi")
    if result.kind in ASKS_FOR_TRUST:
        return chips.WAITING.with_word("Cần so tám từ")
    if result.fork:
        return chips.REFUSED.with_word("Trùng số gói")
    if result.conflicts:
        return chips.CONFLICT.with_word(f"{result.conflicts} mâu thuẫn")
    if result.refused:
        return chips.MISSING_PAPERS.with_word(f"{len(result.refused)} dòng bị giữ")
    return chips.MET.with_word("Nhập được")


def _note(result: ImportResult) -> str:
    if result.kind in ASKS_FOR_TRUST and not result.known:
        return "Mở ở thẻ Khoá và tin cậy"
    if result.fork:
        return "Số gói này đã nhận với nội dung khác; hỏi lại đơn vị gửi"
    if result.gaps:
        return f"Thiếu gói số {', '.join(map(str, result.gaps))}"
    if result.conflicts:
        return "Bấm Xem gói để nhập, rồi chọn một trong hai bản"
    return words.by_type(result)


_REVIEWED = {"returned": "Đã trả lại", "locked": "Đã khoá", "reopened": "Duyệt"}


def got_row(got: Got, reviewed: str, *, late: bool) -> dict[str, object]:
    """`reviewed` is the verdict that names the package, or ""; `late`: its period was locked with another one."""
    answerable = got.state == "accepted" and got.kind in mailbox.ANSWERED
    switchable = got.kind not in ASKS_FOR_TRUST and got.kind != "receipt" and got.state != "kept"
    return {
        "id": got.id,
        "got": got,
        "chip": chips.OVERDUE.with_word("Đến sau khoá") if late else words.GOT_STATES[got.state],
        "review_action": _REVIEWED.get(reviewed, "Duyệt") if got.state == "accepted" and got.kind == "report" else "",
        "receipt_action": ("Đã lập" if got.receipt else "Lập") if answerable else "",
        "switch_action": ("Tính lại" if got.state == "withdrawn" else "Rút lại") if switchable else "",
        **{name: getattr(got, name) for name in ("sender", "kind_name", "period", "seq", "received_at", "records")},
    }
