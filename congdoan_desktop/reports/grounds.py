"""Căn cứ: what a paper rests on, one to a line in italics (rule A07, line 6)."""

from __future__ import annotations

from collections.abc import Sequence

from congdoan_desktop.reports.document import Paragraph, Run
from congdoan_desktop.reports.wording import joined


def grounds(lines: Sequence[str]) -> list[Paragraph]:
    """Each ends ";", the last "."."""
    ends = [";"] * (len(lines) - 1) + ["."]
    return [
        Paragraph((Run(joined(line.rstrip(".;,") + end), italic=True),))
        for line, end in zip(lines, ends, strict=False)  # of no line there is no end
    ]
