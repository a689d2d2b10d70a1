"""Over a thousand malformed files and a hundred good ones: none wrongly taken, none wrongly refused, no failure of the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apps.documents.models import DocumentVersion, Upload
from apps.inspection.confined.walls import CPU_SECONDS, MEMORY_BYTES
from tests.inspection.good import all_good
from tests.inspection.malformed import FAMILIES, mutant
from tests.inspection.sending import Sender, Taken

pytestmark = pytest.mark.django_db

# So many of each family in the quick run, of 25; in the quick run a form brings one of every fourth family.
QUICK = 3
# What is wrong with these names a browser's form does not bring.
NAMES_ARE_WRONG = frozenset({"turned_around_name", "unseen_in_the_name", "way_in_the_name"})


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("numbers", [range(QUICK), pytest.param(range(QUICK, 25), marks=pytest.mark.long)], ids=["some", "rest"])
@pytest.mark.parametrize("family", FAMILIES)
def test_malformed_files_are_refused_one_and_all(
    family: str,
    numbers: range,
    sender: Sender,
    root: Path,
    taken: Taken,
    django_capture_on_commit_callbacks: Any,
) -> None:
    for number in numbers:
        one = mutant(family, number)
        with django_capture_on_commit_callbacks(execute=True):
            answer = sender.send(one.name, one.content, one.size)
        assert answer.status_code in {200, 422}, one.name
        assert sender.codes(answer) & one.codes, (one.name, sender.codes(answer))
        assert sender.codes(answer) <= one.codes, (one.name, sender.codes(answer))
        assert all(one["text"] for one in answer.json()["problems"])
    assert not DocumentVersion.objects.exists()
    assert set(Upload.objects.values_list("progress", flat=True)) <= {"refused"}
    assert all(cpu_seconds <= CPU_SECONDS + 1 and peak <= MEMORY_BYTES for cpu_seconds, peak in taken)
    assert files(root) == []


FORMS = sorted(set(FAMILIES) - NAMES_ARE_WRONG - {"too_large"})


@pytest.mark.parametrize("family", [pytest.param(one, marks=[pytest.mark.long] * bool(n % 4)) for n, one in enumerate(FORMS)])
def test_the_plain_form_refuses_them_too(family: str, sender: Sender, root: Path) -> None:
    one = mutant(family, 3)
    answer = sender.post_file(one.name, one.content)
    assert answer.status_code == 422
    errors = answer.context["form"].errors.as_data()
    assert {problem.code for problem in errors["PDD"]} & one.codes
    assert set(errors) == {"PDD"}
    assert not DocumentVersion.objects.exists()
    assert files(root) == []


def test_what_a_browser_leaves_out_of_a_name_is_not_in_it(sender: Sender) -> None:
    """The form's reader drops what cannot be seen; what arrives is a plain name."""
    content = mutant("turned_around_name", 4).content
    assert sender.post_file("report\u202efdp.pdf", content).status_code == 200
    assert [one.name for one in DocumentVersion.objects.all()] == ["reportfdp.pdf"]


@pytest.mark.parametrize("part", [0, *(pytest.param(one, marks=pytest.mark.long) for one in (1, 2, 3))])
def test_a_hundred_good_files_are_taken(part: int, sender: Sender, taken: Taken) -> None:
    good = all_good()
    assert len(good) == 100
    for name, content in good[part::4]:
        answer = sender.send(name, content)
        assert (answer.status_code, answer.json()["progress"], answer.json()["problems"]) == (200, "ready", []), name
    assert len(taken) == 25
    assert all(cpu_seconds <= CPU_SECONDS and 0 < peak <= MEMORY_BYTES for cpu_seconds, peak in taken)
