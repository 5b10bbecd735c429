"""The template file: what is wrong is named with its line, what leaves the decree is known."""

from __future__ import annotations

import pytest

from congdoan_desktop.domain.paper_template import (
    FIELDS,
    Measure,
    PaperTemplate,
    TemplateFault,
    deviations,
    template_of,
)
from congdoan_desktop.paths import resources

SHIPPED = (resources() / "templates" / "papers.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def shipped() -> PaperTemplate:
    return template_of(SHIPPED)


def test_the_shipped_file_is_whole_and_within_the_decree(shipped: PaperTemplate) -> None:
    assert deviations(shipped) == ()
    assert {(s, n) for s, names in FIELDS.items() for n in names} == {
        (s, n) for s, names in shipped.values.items() for n in names
    }


def test_a_file_says_only_what_differs_and_more_for_one_union(shipped: PaperTemplate) -> None:
    text = '[page]\nleft = 35\n[units."CDX-A".page]\nright = 20\n[units."CDX-A".letterhead]\nplace = "Mường Kim"\n'
    ours = template_of(text, "CDX-A", shipped)
    assert (ours.number("page", "left"), ours.number("page", "right")) == (35, 20)
    assert ours.text("letterhead", "place") == "Mường Kim"
    other = template_of(text, "CDX-B", shipped)
    assert (other.number("page", "left"), other.number("page", "right")) == (35, 15)
    assert template_of("", "CDX-A", shipped) == shipped


WRONG = [
    ("[page]\nleft = \n", "dòng 2: không đọc được"),
    ("[page\nleft = 30\n", "dòng 1: không đọc được"),
    ("[page]\nleft = 30\nleft = 31\n", "dòng 3: không đọc được"),
    ("\n[page]\nleft = 3\n", "dòng 3: page.left phải từ 10 đến 60"),
    ('[page]\ntop = 20\nleft = "rộng"\n', "dòng 3: page.left phải là số"),
    ("[page]\nleft = true\n", "dòng 2: page.left phải là số"),
    ("[page]\nleft = nan\n", "dòng 2: page.left phải từ"),
    ("[page]\nwidth = 3\n", "dòng 2: page.width không có tên này"),
    ("[sheet]\nleft = 3\n", "dòng 1: không có mục [sheet]"),
    ("left = 3\n", "không có mục [left]"),
    ('[report]\nopening = "Kính thưa"\n', "dòng 2: report.opening phải có {body}, {plan}"),
    ('[report]\nclosing = "Hết {who}"\n', "report.closing có {who} không dùng được"),
    ('[report]\nclosing = "Hết {unit:>99999999}"\n', "không dùng được"),
    ('[report]\nclosing = "Hết {unit.name}"\n', "không dùng được"),
    ('[report]\nclosing = "Hết {}"\n', "không dùng được"),
    ('[report]\nclosing = "Hết {"\n', "ngoặc nhọn không khép"),
    ('[report]\nsituation = ""\n', "dòng 2: report.situation phải là chữ"),
    ("[report]\nrecipients = []\n", "phải là danh sách"),
    ('[report]\nrecipients = ["Như trên", 3]\n', "phải là danh sách"),
    ("[page]\nleft = 50\nright = 50\n", "chưa đến 140 mm"),
    ("[body]\nsize = 14\nline = 10\n", "đè lên nhau"),
    ('[report]\nopening = "{plan} {body} {}"\n', "{}"),
    ('[report]\nopening = "{plan} {body} {:>9}"\n', "{:>9}"),
    ("a = " + "[" * 3_000, "không đọc được"),
    ('[units."A".page]\nleft = 2\n', "dòng 2: page.left"),
    ('[units."A".sheet]\nleft = 2\n', "không có mục"),
    ("units = 3\n", "phải là các mục"),
    ("[units]\nA = 3\n", "ghi sai"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=[str(at) for at in range(len(WRONG))])
def test_what_is_wrong_is_named_with_its_line(text: str, sentence: str, shipped: PaperTemplate) -> None:
    with pytest.raises(TemplateFault) as caught:
        template_of(text, "", shipped)
    assert sentence in caught.value.what
    assert "không thay đổi" in caught.value.safe


def test_a_shipped_file_that_lacks_something_is_refused() -> None:
    with pytest.raises(TemplateFault, match=r"thiếu .*page\.top"):
        template_of("[page]\nleft = 30\n")


def _ruled() -> list[tuple[str, str, Measure]]:
    return [(s, n, f) for s, names in FIELDS.items() for n, f in names.items() if isinstance(f, Measure) and f.rule]


@pytest.mark.parametrize(("section", "name", "field"), _ruled(), ids=lambda value: str(value)[:20])
def test_leaving_a_limit_of_the_decree_is_known(
    section: str, name: str, field: Measure, shipped: PaperTemplate
) -> None:
    assert field.rule is not None
    for wrong in (field.rule[0] - 0.5, field.rule[1] + 0.5):
        if field.least <= wrong <= field.most:
            made = template_of(f"[{section}]\n{name} = {wrong}\n", "", shipped)
            assert f"{section}.{name}" in {one.field for one in deviations(made)}, wrong


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("[body]\nline = 26\n", "body.line"),
        ("[body]\nindent = 15\n", "body.indent"),
        ('[word]\nfont = "Arial"\n', "word.font"),
    ],
)
def test_leaving_a_rule_of_text_is_known(text: str, field: str, shipped: PaperTemplate) -> None:
    assert [one.field for one in deviations(template_of(text, "", shipped))] == [field]
