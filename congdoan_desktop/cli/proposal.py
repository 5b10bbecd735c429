"""`congdoan proposal`: tờ trình, the meeting on it, the decision, paying and signing, and their papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.records import DELETE, HISTORY, RESTORE, record_commands, saved
from congdoan_desktop.domain.money import parse_money
from congdoan_desktop.domain.proposals import (
    PUT_OFF,
    REFUSED,
    About,
    Attendee,
    Proposal,
    ReviewMeeting,
    SupportDecision,
    Verdict,
)
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.services import (
    need_papers,
    needs,
    papers,
    proposals,
    reporting,
    review_meetings,
    signing,
    support_decisions,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.proposals import ProposalRow
from congdoan_desktop.services.support_decisions import DecisionRow

_COLUMNS = (
    Column("id", "Đuôi id"),
    Column("on", "Ngày"),
    Column("number", "Số, ký hiệu"),
    Column("title", "Về việc", 60),
    Column("to_name", "Kính gửi", 40),
    Column("count", "Số ca"),
    Column("total", "Số tiền"),
    Column("decisions", "Quyết định"),
)
_ID = Option("id", "số hoặc đuôi id của tờ trình", required=True)
_PAPERS = ("to-trinh", "bien-ban", "quyet-dinh", "ky-nhan")


def _new(office: Office, given: Given) -> Answer:
    """All needs that wait, or those named; each reason and each sum stands behind its need's ending: ĐUÔI=..."""
    ids = [_need(office, typed) for typed in given.texts("need")] or [line.id for line in proposals.open_needs(office)]
    chosen = proposals.choose(office, ids)
    amounts, reasons = _pairs(office, given, "amount"), _pairs(office, given, "reason")
    fund = given.entry("fund", "funds")
    asks = tuple(
        replace(ask, cash=parse_money(amounts[ask.need]) if ask.need in amounts else ask.cash, fund=fund or ask.fund)
        for ask in chosen.asks
    )
    on = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    made = Proposal(
        office.identity.unit,
        _to(office, given),
        on,
        asks,
        given.text("number"),
        refs.given_campaign(office, given),
        given.text("title"),
        tuple(About(need, text) for need, text in reasons.items()),
    )
    return saved(proposals.save(office, made), f"Đã lập tờ trình cho {len(asks)} nhu cầu.")


def _number(office: Office, given: Given) -> Answer:
    row = _row(office, given.text("id"))
    return saved(proposals.save(office, replace(row.record, number=given.text("number")), row.id), "Đã ghi số.")


def _list(office: Office, given: Given) -> Answer:
    rows = proposals.listing(office, campaign=refs.given_campaign(office, given), search=given.text("search"))
    numbers = {row.id: row.record.number for row in support_decisions.listing(office)}
    shown = [
        {
            "id": row.id,
            "on": row.record.on,
            "number": row.record.number,
            "title": row.record.title,
            "to_name": row.to_name,
            "count": len(row.record.asks),
            "total": row.record.total,
            "decisions": "; ".join(numbers[id_] for id_ in row.decisions),
        }
        for row in rows
    ]
    return Answer(shown, _COLUMNS)


def _meet(office: Office, given: Given) -> Answer:
    row = _row(office, given.text("id"))
    begun = review_meetings.begin(office, row.id)
    less, put_off, refused = (_pairs(office, given, name) for name in ("less", "put_off", "refuse"))
    on = given.day("on", office.clock.today(), row.record.on)
    given.settle()
    meeting = ReviewMeeting(
        office.identity.unit,
        row.id,
        on,
        tuple(_verdict(one, less, put_off, refused) for one in begun.verdicts),
        given.text("place", begun.place),
        tuple(_attendee(text) for text in given.texts("member")) or begun.members,
        given.text("absent"),
        tuple(About(need, text) for need, text in {**put_off, **refused}.items()),
        given.text("summary"),
    )
    return saved(review_meetings.save(office, meeting, row.meeting or None), "Đã ghi cuộc họp.")


def _decide(office: Office, given: Given) -> Answer:
    row = _row(office, given.text("id"))
    agreed = support_decisions.begin(office, _meeting(row))
    on = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    ids = tuple(one.need for one in agreed.verdicts)
    signer = (given.text("signer"), given.text("signer_title"))
    made = SupportDecision(office.identity.unit, row.meeting, given.text("number"), on, ids, *signer)
    return saved(support_decisions.save(office, made), f"Đã ghi quyết định cho {len(ids)} trường hợp.")


def _pay(office: Office, given: Given) -> Answer:
    decision = _decision(office, _row(office, given.text("id")))
    on = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    paid = support_decisions.pay(office, decision.id, on, given.text("goods"))
    rows = [{"id": id_} for id_ in (*paid.made, *paid.linked)]
    said = f"Đã ghi chi {len(paid.made)} khoản, gắn {len(paid.linked)} khoản đã có."
    return Answer(rows, (Column("id", "Khoản chăm lo"),), said)


def _signed(office: Office, given: Given) -> Answer:
    decision = _decision(office, _row(office, given.text("id")))
    on = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    count = signing.mark_signed(office, decision.supports, on)
    return Answer({"count": count}, (Column("count", "Đã ký nhận"),))


def _print(office: Office, given: Given) -> Answer:
    row = _row(office, given.text("id"))
    what = given.choice("what", {search_key(name): name for name in _PAPERS}, _PAPERS[0])
    given.settle()
    path = given.path("out")
    papers.save(office, _MADE[what](office, row, given.text("occasion")), path)
    return Answer({"path": str(path)}, (Column("path", "Tệp"),), "Đã in ra tệp.")


def _signing(office: Office, row: ProposalRow, occasion: str) -> Paper:
    return signing.signing_list(office, _decision(office, row).supports, occasion, reporting.signers(office)[0])


_MADE: Mapping[str, Callable[[Office, ProposalRow, str], Paper]] = {
    "to-trinh": lambda o, row, _: need_papers.proposal_paper(o, row.id, reporting.signers(o)[0]),
    "bien-ban": lambda o, row, _: need_papers.minutes_paper(o, _meeting(row)),
    "quyet-dinh": lambda o, row, _: need_papers.decision_paper(o, _decision(o, row).id, reporting.signers(o)[0]),
    "ky-nhan": _signing,
}


def _row(office: Office, typed: str) -> ProposalRow:
    rows = {row.id: row for row in proposals.listing(office)}
    return rows[refs.one("tờ trình", typed, ((id_, (row.record.number,)) for id_, row in rows.items()))]


def _meeting(row: ProposalRow) -> str:
    if not row.meeting:
        raise AppError("Tờ trình này chưa được họp xét.", safe="Chưa ghi gì.", todo="Chạy lệnh proposal meet trước.")
    return row.meeting


def _decision(office: Office, row: ProposalRow) -> DecisionRow:
    """The latest decision on a proposal."""
    found = [one for one in support_decisions.listing(office) if one.id in row.decisions]
    if not found:
        raise AppError("Tờ trình này chưa có quyết định.", safe="Chưa ghi gì.", todo="Chạy lệnh proposal decide trước.")
    return found[0]


def _need(office: Office, typed: str) -> str:
    return refs.one("nhu cầu", typed, ((row.id, ()) for row in needs.listing(office)))


def _pairs(office: Office, given: Given, name: str) -> dict[str, str]:
    """What stands behind ĐUÔI=..., by need."""
    found = {}
    for text in given.texts(name):
        ending, sign, told = text.partition("=")
        if not sign:
            raise NotFound(f"Không hiểu “{text}”.", todo="Ghi đuôi id của nhu cầu, dấu = rồi nội dung.")
        found[_need(office, ending)] = told.strip()
    return found


def _verdict(
    verdict: Verdict, less: Mapping[str, str], put_off: Mapping[str, str], refused: Mapping[str, str]
) -> Verdict:
    if verdict.need in put_off:
        return replace(verdict, result=PUT_OFF)
    if verdict.need in refused:
        return replace(verdict, result=REFUSED)
    return replace(verdict, cash=parse_money(less[verdict.need])) if verdict.need in less else verdict


def _attendee(text: str) -> Attendee:
    name, _, role = text.partition(",")
    return Attendee(name.strip(), role.strip())


def _to(office: Office, given: Given) -> str:
    known = proposals.receivers(office)
    if not given.has("to"):
        return known[0][0]
    return refs.one("nơi trình", given.text("to"), ((id_, (id_, name)) for id_, name in known))


def _ids(office: Office) -> list[str]:
    steps = (proposals.listing(office), review_meetings.listing(office), support_decisions.listing(office))
    return [row.id for rows in steps for row in rows]


COMMANDS = (
    Command(
        "new",
        "lập một tờ trình cho các nhu cầu đang chờ",
        in_office(_new),
        (
            Option("--title", "về việc gì", required=True),
            Option("--need", "đuôi id của một nhu cầu (mặc định: tất cả đang chờ)", many=True),
            Option("--amount", "ĐUÔI=số tiền, khi khác mức dự kiến", many=True),
            Option("--reason", "ĐUÔI=lý do, khi vượt mức tối đa", many=True),
            Option("--fund", "nguồn kinh phí (mã hoặc tên quỹ)"),
            Option("--to", "nơi trình (mặc định: công đoàn cấp trên)"),
            Option("--on", "ngày lập"),
            Option("--number", "số, ký hiệu do văn thư cấp"),
            Option("--campaign", "kế hoạch (số hoặc đuôi id)"),
        ),
    ),
    Command("number", "ghi số do văn thư cấp", in_office(_number), (_ID, Option("--number", "số", required=True))),
    Command(
        "list",
        "các tờ trình, mới nhất trước",
        in_office(_list),
        (Option("--campaign", "chỉ của kế hoạch này"), Option("--search", "tìm chữ, không cần dấu")),
    ),
    Command(
        "meet",
        "ghi cuộc họp xét; không nói gì thì đồng ý như đề nghị",
        in_office(_meet),
        (
            _ID,
            Option("--on", "ngày họp"),
            Option("--place", "nơi họp"),
            Option("--member", "“họ tên, chức vụ” của người dự, chủ trì đầu, thư ký cuối", many=True),
            Option("--absent", "vắng mặt"),
            Option("--less", "ĐUÔI=số tiền duyệt", many=True),
            Option("--put-off", "ĐUÔI=lý do hoãn", many=True),
            Option("--refuse", "ĐUÔI=lý do không hỗ trợ", many=True),
            Option("--summary", "kết luận chung"),
        ),
    ),
    Command(
        "decide",
        "ghi quyết định cho những trường hợp đã đồng ý",
        in_office(_decide),
        (
            _ID,
            Option("--number", "số, ký hiệu quyết định", required=True),
            Option("--on", "ngày quyết định"),
            Option("--signer", "người ký"),
            Option("--signer-title", "chức vụ người ký"),
        ),
    ),
    Command(
        "pay",
        "ghi chi theo quyết định: tạo hoặc gắn các khoản chăm lo",
        in_office(_pay),
        (_ID, Option("--on", "ngày chi"), Option("--goods", "hiện vật là gì")),
    ),
    Command("signed", "ghi đã ký nhận", in_office(_signed), (_ID, Option("--on", "ngày ký nhận"))),
    Command(
        "print",
        "in tờ trình, biên bản, quyết định và danh sách, danh sách ký nhận",
        in_office(_print),
        (
            _ID,
            Option("--what", f"một trong: {'; '.join(_PAPERS)}"),
            Option("--occasion", "ký nhận gì, cho danh sách ký nhận"),
            Option("--out", "tệp .pdf, .docx hoặc .xlsx", required=True),
        ),
    ),
    *record_commands(_ids, (DELETE, HISTORY, RESTORE)),
)
