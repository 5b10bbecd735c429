"""The period report of a campaign as a paper: "Báo cáo" to the upper union (rules A07, A14, A15, B01).

The copy that travels in clear and on paper hides counts of under five persons; the officer's own copy need not.
"""

from __future__ import annotations

from base64 import b32encode
from typing import Literal

from congdoan_desktop.domain.dates import cited_date, official_date
from congdoan_desktop.domain.period_report import PeriodReport
from congdoan_desktop.domain.periods import is_review
from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import (
    Addressee,
    AnnexHead,
    Block,
    Document,
    Heading,
    PaperCode,
    Paragraph,
    Run,
    Section,
    Signature,
    Table,
    Title,
)
from congdoan_desktop.reports.heads import printed
from congdoan_desktop.reports.report_charts import activity_charts
from congdoan_desktop.reports.report_tables import annex_table, support_table
from congdoan_desktop.reports.small_cells import Count, ShownCounts, shown_counts
from congdoan_desktop.reports.target_tables import target_chart, target_table
from congdoan_desktop.reports.wording import (
    NO_BREAK,
    POINTS,
    capitalised,
    inside_sentence,
    joined,
    money,
    number_line,
    padded,
    plan_again,
    plan_cited,
    plan_named,
)

_ALL_DONE = "hoạt động công đoàn"
"""What a general report is about."""
Known = Literal["beginning", "targets", "all"]
"""How much of a report has been counted."""
_NUMERALS = ("III", "IV", "V")
_NAMED = 8
"""Unions named whose report has not come."""


def period_report_document(report: PeriodReport, *, clear_copy: bool = True) -> Document:
    """The paper. `clear_copy` says "dưới 5" for support by cause in cells under five persons."""
    shown = _shown(report, clear_copy=clear_copy)
    sections = [Section(tuple(_main(report, shown))), *_annexes(report, shown)]
    subject = f"Báo cáo {inside_sentence(_subject(report))}"
    return Document(subject, report.unit_name, tuple(sections), report.sample)


def opening(report: PeriodReport, known: Known) -> Section:
    """The blocks that page 1 can be set from while the rest is counted; the last is the first that is not known.

    After the activities that is the least that can follow them, one line. Where only the results of earlier periods
    lack it is the table of targets, which is no lower without them, or what is signed under a report without tables;
    where nothing lacks there is none.
    """
    if known == "beginning":
        return Section((*_beginning(report), _text("…")))
    blocks = _main(report, _shown(report, clear_copy=True))
    if known == "all":
        return Section(tuple(blocks))
    unknown = next(at for at, block in enumerate(blocks) if isinstance(block, Table | Signature))
    return Section(tuple(blocks[: unknown + 1]))


def _main(report: PeriodReport, shown: ShownCounts) -> list[Block]:
    return [
        *_beginning(report),
        *_by_unit(report),
        *_targets(report),
        *_supports(report, shown),
        *_passages(report),
        *_own_words(report),
        *_closing(report),
    ]


def _beginning(report: PeriodReport) -> list[Block]:
    return [
        *_head(report),
        *_situation(report),
        Heading(f"II. {_phrase('results')}", 1),
        *_provisional(report),
        *_adjusted(report),
        *_activities(report),
    ]


def _provisional(report: PeriodReport) -> list[Block]:
    """Whose report has not come; in the annex their CĐCS are marked, as far as they are known here."""
    late = report.not_reported
    if not late:
        return []
    named = ", ".join(late[:_NAMED]) + (f" và {padded(len(late) - _NAMED)} đơn vị khác" if late[_NAMED:] else "")
    heard = report.units_total - len(report.lines_not_reported)
    counted = f" theo {heard}/{report.units_total} CĐCS" if report.lines_not_reported else ""
    return [_text(f"Số liệu tạm tính{counted}; chưa nhận báo cáo kỳ này của {named}.")]


def _adjusted(report: PeriodReport) -> list[Block]:
    """Figures of this period that hold corrections of one that was locked before."""
    if not report.adjusted:
        return []
    return [_text(f"Kết quả chỉ tiêu gồm điều chỉnh sau khi khoá kỳ trước: {', '.join(report.adjusted)}.")]


def report_code(report_id: str) -> str:
    """The 12 characters printed beside the QR code: base32 (RFC 4648) of the id's bytes in groups of four."""
    code = b32encode(bytes.fromhex(report_id)).decode()
    return " ".join(code[at : at + 4] for at in (0, 4, 8))


def _shown(report: PeriodReport, *, clear_copy: bool) -> ShownCounts:
    if not clear_copy:
        return ShownCounts((None,) * len(report.supports), total=True)
    return shown_counts([Count(line.times, line.people) for line in report.supports])


def _phrase(name: str) -> str:
    """A fixed phrase as the template in use says it."""
    return g.TEMPLATE.text("report", name)


def _text(text: str, *, closing: bool = False) -> Paragraph:
    return Paragraph((Run(joined(text)),), closing=closing)


def _subject(report: PeriodReport) -> str:
    if report.plan is None:
        where = f" tại {report.about}" if report.about else ""
        done = f"{_all_done(report)}{where}"
    else:
        done = _carried_out(report, plan_named(report.plan), bracket=True)
    return capitalised(_reviewed(f"kết quả {done}", report))


def _all_done(report: PeriodReport) -> str:
    if is_review(report.period_name):
        return f"{report.period_name} {_ALL_DONE}"
    return f"{_ALL_DONE} {report.period_name}"


def _reviewed(text: str, report: PeriodReport) -> str:
    """A review says so itself: "báo cáo tổng kết", not "báo cáo kết quả tổng kết"."""
    if not is_review(report.period_name):
        return text
    return text.replace(f"kết quả {report.period_name}", inside_sentence(report.period_name))


def _carried_out(report: PeriodReport, plan: str, *, bracket: bool = False) -> str:
    """A period with a name stands before what was done ("quý III năm 2024 thực hiện ..."), bare days after it."""
    where = f" tại {report.about}" if report.about else ""
    if not report.period_name.startswith("từ "):
        return f"{report.period_name} thực hiện {plan}{where}"
    days = f"({report.period_name})" if bracket else report.period_name
    return f"thực hiện {plan}{where} {days}"


def _head(report: PeriodReport) -> list[Block]:
    head = report.letterhead
    plan, what = "chế độ báo cáo định kỳ", _all_done(report)
    if report.plan is not None:
        plan = plan_cited(report.plan)
        what = "thực hiện" if report.period_name.startswith("từ ") else report.period_name
    opening = _phrase("opening").format(
        plan=plan, body=report.reporting_body, period=what, starts=cited_date(report.starts),
        ends=cited_date(report.ends),
    )  # fmt: skip
    return [
        printed(head, number_line(head.code), f"{head.place}, {official_date(report.dated)}"),
        Title("Báo cáo", joined(_subject(report))),
        Addressee(report.receiver),
        _text(_reviewed(opening, report).replace(" như sau:", f" như{NO_BREAK}sau:")),
    ]


def _situation(report: PeriodReport) -> list[Block]:
    people = (
        f" với {padded(report.members)} đoàn viên trên tổng số {padded(report.workers)} công nhân, viên chức, lao động"
        if report.workers
        else ""
    )
    said = f"{report.told_of} quản lý {padded(report.units_total)} công đoàn cơ sở (CĐCS){people}."
    if report.grassroots:
        said = f"{report.told_of}{people.replace(' với', ' có', 1) or ' chưa có số đoàn viên, người lao động'}."
    elif not report.units_total:
        said = f"Đến ngày {cited_date(report.ends)}, {report.told_of} chưa có công đoàn cơ sở (CĐCS) nào."
    return [Heading(f"I. {_phrase('situation')}", 1), _text(said)]


def _doers(report: PeriodReport) -> str:
    return report.told_of if report.grassroots else f"{report.told_of} và các CĐCS"


def _activities(report: PeriodReport) -> list[Block]:
    heading = Heading("1. Tổ chức các hoạt động", 2)
    times = sum(kind.times for kind in report.activities)
    if not times:
        return [heading, _text(f"Trong kỳ chưa có hoạt động nào được ghi nhận{_for_the_plan(report)}.")]
    participants, women, cost = (
        sum(getattr(kind, name) for kind in report.activities) for name in ("participants", "women", "cost")
    )
    spent = f"; tổng kinh phí {money(cost)}" if cost else ""
    points = [
        f"{letter}) {kind.kind}: {padded(kind.times)} hoạt động"
        + (f", {padded(kind.participants)} lượt người tham gia" if kind.participants else "")
        for letter, kind in zip(_letters(len(report.activities)), report.activities, strict=True)
    ]
    return [
        heading,
        _text(
            f"Trong kỳ, {_doers(report)} đã tổ chức {padded(times)} hoạt động, thu hút "
            f"{padded(participants)} lượt người tham gia (nữ {padded(women)} lượt){spent}, cụ{NO_BREAK}thể:"
        ),
        *(_text(f"{point}{'.' if at == len(points) else ';'}") for at, point in enumerate(points, 1)),
    ]


def _for_the_plan(report: PeriodReport) -> str:
    """Targets are counted from all that was done, so that they may be met by what was recorded for no plan."""
    return " riêng cho kế hoạch này" if report.plan and any(target.numerator for target in report.targets) else ""


def _by_unit(report: PeriodReport) -> list[Block]:
    if not report.activities or not _annexed(report):
        return []
    active = sum(1 for unit in report.units if unit.counted_activities)
    kind = " được tính vào chỉ tiêu" if report.targets else ""
    return [
        _text(f"Có {active}/{len(report.units)} CĐCS tổ chức ít nhất 01 hoạt động{kind}. {_annexes_named(report)}.")
    ]


def _letters(count: int) -> list[str]:
    """a, b, c, d, đ, ..., y, aa, ab, ..."""
    return [
        (POINTS[at // len(POINTS) - 1] if at >= len(POINTS) else "") + POINTS[at % len(POINTS)] for at in range(count)
    ]


def _targets(report: PeriodReport) -> list[Block]:
    heading = Heading("2. Kết quả thực hiện các chỉ tiêu", 2)
    if not report.targets:
        none = "Kế hoạch không giao" if report.plan else "Các kế hoạch trong kỳ không giao"
        return [heading, _text(f"{none} chỉ tiêu bằng số.")]
    chart = target_chart(report)
    shared = sum(target.shared for target in report.targets)
    met, failed, unknown = (sum(target.met is value for target in report.targets) for value in (True, False, None))
    verdicts = "đạt", "chưa đạt", "chưa có số liệu", "giao chung, không đánh giá riêng"
    counted = tuple(zip((met, failed, unknown - shared, shared), verdicts, strict=True))
    parts = [f"{padded(count)} chỉ tiêu {verdict}" for count, verdict in counted if count]
    listed = " và ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    where = f"Bảng 1{' và Biểu đồ 1' if chart else ''}"
    until = f"đến ngày {cited_date(min(report.ends, report.dated))}"
    counts = f"Trong {padded(len(report.targets))} chỉ tiêu được giao, {until} có {listed}"
    if len(parts) == 1:
        counts = f"Trong {padded(len(report.targets))} chỉ tiêu được giao, {until} cả {parts[0]}"
    if len(report.targets) == 1:
        who = "Kế hoạch" if report.plan else "Các kế hoạch trong kỳ"
        counts = f"{who} giao 01 chỉ tiêu, {until} {next(verdict for count, verdict in counted if count)}"
    sentence = f"{counts}, cụ thể tại {where}."
    return [heading, _text(sentence), target_table(report), *([chart] if chart else [])]


def _supports(report: PeriodReport, shown: ShownCounts) -> list[Block]:
    heading = Heading("3. Công tác chăm lo, hỗ trợ đoàn viên, người lao động", 2)
    if not report.supports:
        return [heading, _text(f"Trong kỳ chưa có khoản hỗ trợ nào được ghi nhận{_for_the_plan(report)}.")]
    times = f"{padded(sum(line.times for line in report.supports))} lượt " if shown.total else ""
    total = sum(line.total for line in report.supports)
    sentence = (
        f"Trong kỳ, {_doers(report)} đã hỗ trợ {times}đoàn viên, người lao động, tổng trị giá "
        f"{money(total)} ({_paid_in(report)}), chi tiết tại Bảng 2."
    )
    return [heading, _text(sentence), support_table(report, shown)]


def _paid_in(report: PeriodReport) -> str:
    if not report.in_kind:
        return "toàn bộ bằng tiền mặt"
    if not report.cash:
        return "toàn bộ bằng hiện vật quy ra tiền"
    return f"tiền mặt {money(report.cash)}, hiện vật quy ra tiền {money(report.in_kind)}"


def _passages(report: PeriodReport) -> list[Block]:
    """What was done of each section of the plan, in the officer's words; nothing when nothing is written."""
    written = [passage for passage in report.passages if passage.text.strip()]
    if not written:
        return []
    blocks: list[Block] = [Heading("4. Kết quả theo các nội dung của kế hoạch", 2)]
    for letter, passage in zip(_letters(len(written)), written, strict=True):
        blocks.append(_text(f"{letter}) {passage.heading}:"))
        blocks += _lines(passage.text)
    return blocks


def _lines(written: str) -> list[Paragraph]:
    return [_text(line.strip()) for line in written.splitlines() if line.strip()]


def _own_words(report: PeriodReport) -> list[Block]:
    """The officer's own chapters, numbered on only when written."""
    chapters = (
        (_phrase("difficulties"), report.difficulties),
        (_phrase("proposals"), report.proposals),
        (_phrase("next_period"), report.next_period),
    )
    written = [(title, text) for title, text in chapters if text.strip()]
    blocks: list[Block] = []
    for numeral, (title, text) in zip(_NUMERALS, written, strict=False):
        blocks.append(Heading(f"{numeral}. {title}", 1))
        blocks += _lines(text)
    return blocks


def _closing(report: PeriodReport) -> list[Block]:
    signed = report.signature
    done = _all_done(report)
    if report.plan is not None:
        done = _carried_out(report, plan_again(report.plan))
    code = PaperCode(report.report_id, "Mã báo cáo:", report_code(report.report_id)) if report.report_id else None
    return [
        _text(
            _reviewed(_phrase("closing").format(done=done, unit=report.unit_name), report),
            closing=True,
        ),
        Signature(
            (*signed.authority, signed.title),
            signed.name,
            tuple(
                f"{name.rstrip('.;')}{'.' if at == len(report.recipients) else ';'}"
                for at, name in enumerate(report.recipients, 1)
            ),
            code,
        ),
    ]


def _annexed(report: PeriodReport) -> bool:
    """Rows of nothing but zeros are no annex, nor is the one row of a CĐCS."""
    if report.grassroots:
        return False
    return bool(report.lines_not_reported) or any(unit.activities or unit.support_times for unit in report.units)


def _annexes_named(report: PeriodReport) -> str:
    if not activity_charts(report):
        return "Số liệu từng CĐCS nêu tại Phụ lục kèm theo"
    return "Số liệu từng CĐCS nêu tại Phụ lục I, biểu đồ nêu tại Phụ lục II kèm theo"


def _annexes(report: PeriodReport, shown: ShownCounts) -> list[Section]:
    """What each CĐCS did, then charts of it; none for a period in which nobody did anything and nothing was asked."""
    if not _annexed(report):
        return []
    code = f"số{NO_BREAK * 8}/{report.letterhead.code}"
    reference = f"(Kèm theo Báo cáo {code} {official_date(report.dated)} của {report.unit_name})"
    charts = activity_charts(report)
    label = f"Phụ{NO_BREAK}lục"
    title = f"Kết quả hoạt động theo công đoàn cơ sở {report.span}"
    table = annex_table(report, _own_share(report), people_shown=shown.total)
    first = Section((AnnexHead(f"{label}{NO_BREAK}I" if charts else label, title, reference), table), landscape=True)
    if not charts:
        return [first]
    second = AnnexHead(f"{label}{NO_BREAK}II", f"Biểu đồ hoạt động {report.span}", reference)
    return [first, Section((second, *charts))]


def _own_share(report: PeriodReport) -> str:
    """What the annex leaves out because no CĐCS did it, so that text, tables and annex agree."""
    listed = sum(unit.propaganda + unit.counted_activities + unit.other_activities for unit in report.units)
    activities = sum(kind.times for kind in report.activities) - listed
    amount = sum(line.total for line in report.supports) - sum(unit.support_amount for unit in report.units)
    parts = [f"{padded(activities)} hoạt động"] if activities > 0 else []
    if amount > 0:
        parts.append(f"{money(amount)} hỗ trợ")
    if not parts:
        return ""
    return joined(f"Ghi chú: Phụ lục không gồm {' và '.join(parts)} do {report.told_of} trực tiếp thực hiện.")
