"""Campaigns out of TOML: the sample, and every way in which a file can be wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from congdoan_desktop import paths
from congdoan_desktop.domain.campaigns import validate_campaign
from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.services.campaign_file import campaign_of, read_campaign
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.definitions import shipped

SAMPLE = paths.resources() / "samples" / "ke-hoach-39.toml"

HEADER = {
    "title": '"Thi đua"',
    "doc_type": '"Kế hoạch"',
    "number": '"1/KH"',
    "place": '"Mẫu Sơn"',
    "organ": '"Ban Thường vụ"',
    "starts": "2024-01-01",
    "ends": "2024-12-31",
}
TARGET = {
    "id": '"T1"',
    "wording": '"ít nhất 01 hoạt động"',
    "indicator": '"I17"',
    "op": '"gte"',
    "value": "1",
    "unit_of_measure": '"hoạt động"',
    "level_text": '"Ít nhất 01"',
}


def toml(values: dict[str, str]) -> str:
    return "\n".join(f"{name} = {value}" for name, value in values.items())


def findings(text: str) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        campaign_of(text)
    return {finding.message for finding in caught.value.findings}


def test_the_sample_holds_the_facts_of_the_plan() -> None:
    campaign = read_campaign(SAMPLE)
    assert (campaign.number, campaign.issued_on, campaign.place) == ("39/KH-LĐLĐ", date(2024, 2, 23), "Lai Châu")
    (target,) = campaign.targets
    assert (target.indicator, target.op, target.value) == ("I17", "gte", 1)
    assert shipped()[target.indicator].per_unit
    assert "ít nhất 01 hoạt động" in target.wording
    (week,) = campaign.phases
    assert (week.starts, week.ends) == (date(2024, 7, 22), date(2024, 7, 28))
    assert [len(event.leads) for event in campaign.events] == [1, 1, 1, 1, 1, 1, 2, 1]
    assert [event.on for event in campaign.events if event.on] == [date(2024, 6, 28)]
    (duty,) = campaign.duties
    assert (duty.due, duty.relation, duty.via) == (date(2024, 8, 10), "before", "Ban Tuyên giáo - Nữ công")


def test_the_sample_can_be_saved_and_names_kinds_that_exist() -> None:
    campaign = read_campaign(SAMPLE)
    assert validate_campaign(campaign, shipped()) == ()
    assert {kind for phase in campaign.phases for kind in phase.kinds} <= set(catalogue().codes("activity_kinds"))
    departments = {entry.name for entry in catalogue().entries("departments")}
    assert {lead for event in campaign.events for lead in event.leads} <= departments


def test_a_header_alone_is_a_campaign() -> None:
    campaign = campaign_of(toml(HEADER))
    assert (campaign.targets, campaign.issued_on, campaign.unit) == ((), None, "")


@pytest.mark.parametrize("name", HEADER)
def test_what_is_missing_is_named(name: str) -> None:
    assert findings(toml({key: value for key, value in HEADER.items() if key != name})) == {f"{name}: còn thiếu."}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("title", "39", "title: phải là chữ trong ngoặc kép."),
        ("starts", '"01/01/2024"', "starts: phải là ngày dạng 2024-07-22, không có ngoặc kép."),
        ("starts", "2024-01-01T08:00:00", "starts: phải là ngày dạng 2024-07-22, không có ngoặc kép."),
        ("bases", '"một câu"', "bases: phải là một danh sách."),
        ("bases", "[1]", "bases[1]: phải là chữ trong ngoặc kép."),
        ("targets", "[1]", "targets[1]: phải là một bảng có các mục."),
        ("unit", '"ai đó"', "unit: không có mục này."),
        ("chi_tieu", "1", "chi_tieu: không có mục này."),
    ],
)
def test_what_has_the_wrong_shape_is_named(name: str, value: str, message: str) -> None:
    assert message in findings(toml({**HEADER, name: value}))


@pytest.mark.parametrize("value", ['"1"', "1.5", "true"])
def test_a_figure_must_be_whole(value: str) -> None:
    text = toml(HEADER) + "\n[[targets]]\n" + toml({**TARGET, "value": value})
    assert findings(text) == {"targets[1].value: phải là số nguyên."}


def test_all_findings_come_at_once() -> None:
    bad_target = "\n[[targets]]\n" + toml({**TARGET, "value": '"x"'}) + "\n[[targets]]\nid = 5\n"
    text = toml({**HEADER, "title": "1", "ends": '"mai"'}) + bad_target
    places = {message.split(":")[0] for message in findings(text)}
    assert {"title", "ends", "targets[1].value", "targets[2].id", "targets[2].wording"} <= places


@pytest.mark.parametrize("data", [b"title = ", b"\xff\xfe", b"a" * 1_100_000], ids=["cut", "not UTF-8", "too big"])
def test_a_file_that_is_no_toml(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "ke-hoach.toml"
    path.write_bytes(data)
    with pytest.raises(AppError, match="không đúng dạng TOML"):
        read_campaign(path)
