"""Our own template: what it changes on every paper, who may change it, and that a wrong one changes nothing."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from congdoan_desktop.domain.paper_template import TemplateFault
from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.errors import NotAllowed
from congdoan_desktop.services import paper_templates, papers, plan_papers, reporting, sheets
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import rows
from tests.reports.paper import Page, Tool, pages
from tests.services.conftest import Offices, as_role, campaign, every_row, request

OURS = """
[page]
left = 35
right = 20
[letterhead]
issuer = "Công đoàn xã Mường Kim (mới)"
[report]
closing = "Xin báo cáo {done}./."
recipients = ["Như trên (để báo cáo)", "Lưu: VT, VP"]
[word]
font = "Liberation Serif"
"""


def read(office: Office, id_: str, tool: Tool, folder: Path) -> list[Page]:
    return pages(reporting.pdf(office, reporting.prepare(office, request(id_))), tool, folder)


def test_a_template_changes_margins_lines_and_phrases(offices: Offices, tool: Tool, tmp_path: Path) -> None:
    id_, office = campaign(offices.union), offices.union
    before = read(office, id_, tool, tmp_path)[0]
    assert min(word.left for word in before.words) == pytest.approx(30, abs=0.5)
    assert [finding.field for finding in paper_templates.save(office, OURS)] == ["word.font"]
    found = read(office, id_, tool, tmp_path)
    assert min(word.left for page in found for word in page.words) >= 34.5
    assert max(word.right for word in found[0].words) <= 190.5
    assert found[0].find("(MỚI)")
    assert found[0].find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert len({round(word.baseline, 1) for word in found[0].find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")}) == 1
    assert any("Xin báo cáo" in " ".join(word.text for word in page.words) for page in found)
    assert paper_templates.recipients(office) == ("Như trên (để báo cáo)", "Lưu: VT, VP")


def test_word_and_plans_follow_and_the_shipped_one_comes_back(offices: Offices) -> None:
    office, id_ = offices.province, campaign(offices.province)
    before = papers.pdf(office, plan_papers.prepare(office, id_))
    paper_templates.save(office, OURS)
    assert papers.pdf(office, plan_papers.prepare(office, id_)) != before
    made = docx.Document(io.BytesIO(papers.word(office, plan_papers.prepare(office, id_))))
    left = made.sections[0].left_margin
    assert left is not None
    assert round(left.mm) == 35
    assert made.styles["Normal"].font.name == "Liberation Serif"
    paper_templates.save(office, "")
    assert papers.pdf(office, plan_papers.prepare(office, id_)) == before
    assert paper_templates.look(office).fault is None


def test_a_wrong_file_changes_nothing(offices: Offices) -> None:
    office = offices.union
    paper_templates.save(office, OURS)
    before = every_row(office)
    with pytest.raises(TemplateFault, match="dòng 2"):
        paper_templates.save(office, "[page]\nleft = 1\n")
    with pytest.raises(TemplateFault):
        paper_templates.check(office, "[page\n")
    with pytest.raises(TemplateFault, match="quá"):
        paper_templates.save(office, "#" * 200_000)
    assert every_row(office) == before
    assert paper_templates.look(office).text == OURS


def test_only_an_administrator_changes_it(offices: Offices) -> None:
    officer = as_role(offices.union, Role.OFFICER)
    assert paper_templates.look(officer).shipped == paper_templates.shipped_text()
    with pytest.raises(NotAllowed):
        paper_templates.save(officer, OURS)


def test_a_preview_shows_what_is_not_saved(offices: Offices, tool: Tool, tmp_path: Path) -> None:
    office = offices.union
    shown = pages(paper_templates.preview(office, OURS), tool, tmp_path)
    assert min(word.left for word in shown[0].words) >= 34.5
    assert shown[0].find("DỮ LIỆU MẪU")
    assert paper_templates.look(office).text != OURS
    with pytest.raises(TemplateFault):
        paper_templates.preview(office, "[page]\nleft = 1\n")


def test_forms_of_the_hand_off_and_other_offices_keep_their_look(offices: Offices) -> None:
    words = ("núi", "thóc", "cầu", "mưa", "bếp", "sách", "trâu", "đèn")
    sheet = sheets.recovery(offices.union, words)
    paper_templates.save(offices.union, OURS)
    assert sheets.recovery(offices.union, words) == sheet
    assert paper_templates.look(offices.province).text != OURS


def test_one_unusable_after_an_update_leaves_the_shipped_one_and_says_so(offices: Offices) -> None:
    office, id_ = offices.union, campaign(offices.union)
    before = reporting.pdf(office, reporting.prepare(office, request(id_)))
    with office.write(Right.TRUST) as work:
        rows.set_settings(work.connection, {"paper_template": "[gone]\nx = 1\n"})
    assert reporting.pdf(office, reporting.prepare(office, request(id_))) == before
    fault = paper_templates.look(office).fault
    assert fault is not None
    assert "[gone]" in fault.what
