"""A record file that cannot be read says where: file, record, field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.rehearsal.reading import Unreadable
from apps.rehearsal.record import read_record

EMPTY: dict[str, Any] = {
    "partner": {"code": "XY", "name": "Exampleland"},
    "decisions": [],
    "methodologies": [],
    "tpes": [],
    "projects": [],
    "issuances": [],
}
PROJECT = {"id": "XY001", "title": "A project", "status": "registered", "methodologies": []}


def written(folder: Path, **changes: Any) -> Path:
    file = folder / "record.json"
    file.write_text(json.dumps({**EMPTY, **changes}), encoding="utf-8")
    return file


def complaint(file: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read_record(file)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{file}: ")
    return str(caught.value).removeprefix(f"{file}: ")


def test_an_empty_record_is_read(tmp_path: Path) -> None:
    record = read_record(written(tmp_path))
    assert (record.partner, record.partner_name, record.projects) == ("XY", "Exampleland", ())


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert complaint(tmp_path / "nothing.json") == "cannot be read: No such file or directory"


def test_a_file_that_is_not_json(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text('{"partner": }', encoding="utf-8")
    assert complaint(file) == "line 1, column 13: not JSON: Expecting value"


def test_bytes_that_are_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(b'{"partner": "\xff"}')
    assert complaint(file) == "byte 13 is not UTF-8"


def test_a_list_at_the_top(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text("[]", encoding="utf-8")
    assert complaint(file) == "expected an object at the top"


@pytest.mark.parametrize("name", ["decisions", "methodologies", "tpes", "projects", "issuances"])
def test_a_missing_list(tmp_path: Path, name: str) -> None:
    assert complaint(written(tmp_path, **{name: None})) == f"{name}: the list is missing"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"partner": {"code": "XYZ", "name": "E"}}, "partner.code: 'XYZ' is not a country code of two letters"),
        ({"partner": {"code": "XY"}}, "partner.name: is missing"),
        (
            {"decisions": [{"date": "2024-13-01", "items": []}]},
            "decisions[0].date: '2024-13-01' is not a date; write it as 2026-01-24",
        ),
        ({"decisions": [{"items": []}]}, "decisions[0].date: is missing"),
        (
            {"decisions": [{"date": "2024-01-01", "form": "letter", "items": []}]},
            "decisions[0].form: 'letter' is neither meeting nor electronic nor null",
        ),
        ({"decisions": [{"date": "2024-01-01", "items": [{}]}]}, "decisions[0].items[0].kind: is missing"),
        ({"methodologies": [{"methodology": "AM1"}]}, "methodologies[0].methodology: 'AM1' is not a number such as XX_AM001"),
        (
            {"methodologies": [{"methodology": "XY_AM001", "version": "one"}]},
            "methodologies[0].version: 'one' is not a version; write it as 1.0",
        ),
        (
            {
                "methodologies": [
                    {"methodology": "XY_AM001", "public_inputs_start": "2024-02-02", "public_inputs_end": "2024-02-01"}
                ]
            },
            "methodologies[0].public_inputs_end: 2024-02-01 lies before public_inputs_start 2024-02-02",
        ),
        (
            {"tpes": [{"name": "V", "scopes_validation": ["one"]}]},
            "tpes[0].scopes_validation: expected a list of whole numbers, found ['one']",
        ),
        ({"projects": [PROJECT, PROJECT]}, "projects[1].id: XY001 stands twice"),
        ({"projects": [{**PROJECT, "id": "1"}]}, "projects[0].id: '1' is not a number such as XX001"),
        ({"projects": ["XY001"]}, "projects[0]: expected an object, found 'XY001'"),
        (
            {"issuances": [{"projects": ["XY001"], "total": 10, "amount_host": 3, "amount_japan": 6}]},
            "issuances[0].total: 10 is not the sum of amount_host and amount_japan, 9",
        ),
        (
            {"issuances": [{"projects": ["XY001"], "amount_host": -1}]},
            "issuances[0].amount_host: expected a whole number that is not negative, found -1",
        ),
        (
            {"issuances": [{"projects": ["XY001"], "total": 1.5}]},
            "issuances[0].total: expected a whole number that is not negative, found 1.5",
        ),
        (
            {"issuances": [{"projects": ["XY001"], "monitoring_start": "2020-02-01", "monitoring_end": "2020-01-31"}]},
            "issuances[0].monitoring_end: 2020-01-31 lies before monitoring_start 2020-02-01",
        ),
    ],
)
def test_a_field_that_is_not_understood(tmp_path: Path, changes: dict[str, Any], expected: str) -> None:
    assert complaint(written(tmp_path, **changes)) == expected


def test_two_records_of_one_version_are_one(tmp_path: Path) -> None:
    known = {"methodology": "XY_AM001", "title": "Solar", "approval_date": "2017-09-08"}
    used = {"methodology": "XY_AM001", "version": "01.0"}
    (version,) = read_record(written(tmp_path, methodologies=[known, used])).methodologies
    assert (version.name, version.title, version.version) == ("XY_AM001 1.0", "Solar", (1, 0))
