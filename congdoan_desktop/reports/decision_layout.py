"""Quyết định hỗ trợ and its list: who gets how much stands on the list alone, no circumstances (rules A07, C07)."""

from __future__ import annotations

from collections.abc import Iterator

from congdoan_desktop.domain.dates import cited_date, official_date
from congdoan_desktop.domain.money import money_in_words
from congdoan_desktop.domain.need_papers import DecisionPaper
from congdoan_desktop.reports.decision_list import list_blocks
from congdoan_desktop.reports.document import (
    Block,
    Document,
    Label,
    Letterhead,
    Paragraph,
    Run,
    Section,
    Signature,
    Title,
)
from congdoan_desktop.reports.grounds import grounds
from congdoan_desktop.reports.wording import NO_BREAK, by_fund, joined, money, padded, plan_cited


def decision_document(made: DecisionPaper) -> Document:
    """The decision on its own page, the list on those after it."""
    head = made.letterhead
    blocks: tuple[Block, ...] = (
        Letterhead(
            head.parent,
            head.parent_short,
            head.issuer,
            f"Số: {made.number}",
            f"{head.place}, {official_date(made.on)}",
        ),
        Title("Quyết định", joined(f"Về việc {made.title}")),
        Label(f"BAN THƯỜNG VỤ {made.unit_name.upper()}", centred=True),
        *_bases(made),
        Label("QUYẾT ĐỊNH:", centred=True),
        *_articles(made),
        Signature((*made.signature.authority, made.signature.title), made.signature.name, _recipients(made)),
    )
    name = f"Quyết định {made.number}"
    return Document(name, head.issuer, (Section(blocks), Section(list_blocks(made))), made.sample)


def _bases(made: DecisionPaper) -> list[Paragraph]:
    lines = ["Căn cứ Điều lệ Công đoàn Việt Nam"]
    lines += [f"Căn cứ {plan_cited(made.plan)}"] if made.plan else []
    if made.met_on:
        whose = f"của Ban Thường vụ {made.unit_name}"
        lines.append(f"Căn cứ Biên bản họp xét hỗ trợ ngày {cited_date(made.met_on)} {whose}")
    lines.append(f"Xét đề nghị tại {made.proposal}")
    return grounds(lines)


def _articles(made: DecisionPaper) -> Iterator[Block]:
    total, in_kind = sum(row.amount for row in made.rows), sum(row.in_kind for row in made.rows)
    goods = f", trong đó hiện vật trị giá {money(in_kind)}" if in_kind else ""
    yield _article(
        1,
        Run(joined(f"Hỗ trợ {_whom(made)} với tổng số tiền {money(total)} ")),
        Run(f"(Bằng chữ: {money_in_words(total)})", italic=True),
        Run(joined(f"{goods} (có Danh sách kèm theo).")),
    )
    yield _article(2, Run(joined(f"Nguồn kinh phí: {by_fund((row.fund, row.amount) for row in made.rows)}.")))
    yield _article(
        3,
        Run(
            joined(
                f"Bộ phận tài chính {made.unit_name}, các công đoàn cơ sở có liên quan và những người có tên trong "
                "Danh sách căn cứ Quyết định thi hành. Quyết định có hiệu lực kể từ ngày ký./."
            )
        ),
        closing=True,
    )


def _article(number: int, *runs: Run, closing: bool = False) -> Paragraph:
    return Paragraph((Run(f"Điều{NO_BREAK}{number}. ", bold=True), *runs), closing=closing)


def _whom(made: DecisionPaper) -> str:
    """People and collectives as counted in a sentence."""
    groups = sum(row.collective for row in made.rows)
    people = len(made.rows) - groups
    parts = [f"{padded(people)} đoàn viên, người lao động"] if people else []
    return " và ".join([*parts, *([f"{padded(groups)} tập thể"] if groups else [])])


def _recipients(made: DecisionPaper) -> tuple[str, ...]:
    above = ("Công đoàn cấp trên (báo cáo);",) if made.letterhead.parent else ()
    return ("Như Điều 3;", *above, "Lưu: VT, hồ sơ.")
