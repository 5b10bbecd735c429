"""Plans that nobody would write, one after another in a process of its own: each must end soon, in little memory.

    python plan_fuzz.py ROUNDS SEED  (seed 0: the built ones, else mutants)

Prints JSON: how many were tried and refused, the longest (seconds of the processor), the most memory (MiB).
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from congdoan_desktop.errors import AppError
from congdoan_desktop.planreader import intake, limits
from congdoan_desktop.planreader.reading import read_plan
from congdoan_desktop.progress import Progress
from tests.peak import peak_mib
from tests.planreader import measure, papers

MOST_SECONDS = 5
MOST_MIB = 256

_FULL = limits.MOST_CHARS - 10_000
# What would take a careless pattern minutes: the same words again and again, without an end.
_AGAIN = (
    "công đoàn ", "phấn đấu 100% đoàn viên, ", "100% ", "trên 85% CĐCS; ", "Trên 85% CĐCS đạt. ", "1", "1.", "1/",
    "1,5 - ", "“", "“a", "(", "A", "TM. BAN THƯỜNG VỤ ", "Nguyễn Văn An ", "Số: ", "12/KH-LĐLĐ ", "12/K-",
    "ngày 1 tháng 1 năm ", "từ 1/1 - 2/2/2024 đến ", "trước ngày 10/8/2024 báo cáo về LĐLĐ ", "trước ",
    "báo cáo ", "tỷ lệ ", "mỗi LĐLĐ huyện ", "doanh nghiệp có ", "Ban Thường vụ LĐLĐ ",
    "Đợt 1 (từ 1/1/2024 đến 2/2/2024) ", "l", "lO", "kinh phí ", "Chương trình 1", "hiện có ", ", ", " và trên",
    "qua Ban ", "yêu cầu ", "so với ", "đến hết ", "V/v ", "Kính gửi: ", "Nơi nhận: ", "\u0301", "- ", "+ 1 ",
    "a) ", "I. ", "KẾ HOẠCH ", "trong đó ", "ít nhất ", "từ 5 đến ", "Căn cứ 02-NQ/TW ",
    "mỗi tổ có ", "không để xảy ra x ", "Số sáng kiến : 4 ",
)  # fmt: skip
_LINES = (
    "1. Chỉ tiêu", "I. MỤC TIÊU", "- ", "Nơi nhận:", "a\tb\tc\t1", "| TT | Nội dung | ĐVT | Chỉ tiêu |",
    "KẾ HOẠCH", "Số: 1/KH-A", "TM. BAN THƯỜNG VỤ", "Căn cứ Luật", "1", "phấn đấu 5% đoàn viên", "CÔNG ĐOÀN XÃ",
    "Đợt 1: từ 1/1/2024 đến 2/2/2024",
)  # fmt: skip


def built() -> Iterator[tuple[str, bytes]]:
    plan = min(measure.FIXTURES.glob("huyen*.txt"))
    hundred_pages = papers.lines_of(plan) * 100
    yield "100 pages as text", "\n".join(hundred_pages).encode()
    yield "100 pages as PDF", papers.as_pdf(hundred_pages)
    yield "a table of 1,500 rows in Word", papers.word_table(1_500, 5)
    listed = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    )
    yield "a list of 19,000 paragraphs in Word", papers.word_with(listed * 19_000)
    wide = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr>'
    yield "cells over a thousand million columns", papers.word_with(f"<w:tbl>{wide * 5_000}</w:tbl>")
    rules = b"".join(b"%d 10 m %d 800 l S 10 %d m 590 %d l S\n" % (at, at, at, at) for at in range(10, 590))
    yield "a page of rules", papers.pdf_of(rules * 4)
    for words in _AGAIN:
        yield f"{words!r} again and again", (words * (_FULL // len(words))).encode()
    for line in _LINES:
        yield f"lines {line!r}", f"{line}\n".encode() * min(limits.MOST_LINES - 1, _FULL // (len(line) + 1))
    for depth in (50, 5_000):
        yield (
            f"a list {depth} deep",
            "\n".join(" " * (at % depth) + "+ mục 100% CĐCS" for at in range(5_000)).encode()[:_FULL],
        )


def mutants(random_: random.Random) -> Iterator[tuple[str, bytes]]:
    """Plans cut, shuffled, repeated, with bytes changed; as text, Word and PDF. Without end."""
    plans = [path.read_bytes() for path in sorted(measure.FIXTURES.glob("*.txt"))]
    plans += [path.read_bytes() for path in sorted((measure.SHARED / "seeds").glob("*.txt"))]
    files = [*plans, *(make(path) for path in sorted(measure.FIXTURES.glob("*.txt"))[:3] for make in _MAKERS)]
    while True:
        data = bytearray(random_.choice(files if random_.random() < 0.3 else plans))
        for _ in range(random_.randint(1, 8)):
            random_.choice(_CHANGES)(random_, data)
        yield "a mutant", bytes(data)


def _cut(random_: random.Random, data: bytearray) -> None:
    at = random_.randrange(len(data) + 1)
    del data[at : at + random_.choice((1, 20, 400, len(data)))]


def _repeat(random_: random.Random, data: bytearray) -> None:
    at = random_.randrange(len(data) + 1)
    data[at:at] = data[at : at + random_.choice((1, 40, 300))] * random_.choice((2, 50, 200))
    del data[200_000:]


def _noise(random_: random.Random, data: bytearray) -> None:
    at = random_.randrange(len(data) + 1)
    data[at : at + random_.randint(0, 9)] = random_.randbytes(random_.randint(0, 9))


def _insert(random_: random.Random, data: bytearray) -> None:
    at = random_.randrange(len(data) + 1)
    data[at:at] = random_.choice((*_AGAIN, *_LINES, "\n", "\r\n", "%", "\0")).encode() * random_.choice((1, 3, 80))


_CHANGES: tuple[Callable[[random.Random, bytearray], None], ...] = (_cut, _repeat, _noise, _insert)
_MAKERS: tuple[Callable[[Path], bytes], ...] = (papers.as_word, lambda plan: papers.as_pdf(papers.lines_of(plan)))


def main(rounds: int, seed: int) -> None:
    longest, refused, tried = (0.0, ""), 0, 0
    random_ = random.Random(seed)
    cases = built() if seed == 0 else mutants(random_)
    for name, data in cases:
        if tried == rounds:
            break
        tried += 1
        began = time.process_time()
        try:
            read_plan(intake.source_of(data, Progress()), Progress())
        except AppError:
            refused += 1
        longest = max(longest, (time.process_time() - began, name))
    mib = round(peak_mib())
    print(json.dumps({"tried": tried, "refused": refused, "seconds": longest[0], "longest": longest[1], "mib": mib}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
