"""Two people of one organisation who save at the same moment: one text is kept, the other is told; a first draft is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.drafting.models import Draft, SavedSection
from tests.drafting.filling import Desk
from tests.people import cast, person
from tests.projects.walk import World, noon
from tests.workflow.threads import outcomes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[Desk]:  # noqa: ARG001 - rows that other connections see
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    with clock.rehearse(noon(2027, 3, 1)) as time:
        world = World(cast(), time, "india_2026")
        yield Desk(world.in_validation(), "VAL", world.people.tpe)


def test_of_several_who_save_the_first_text_of_a_section_one_is_kept(desk: Desk) -> None:
    colleague = person("Second auditor", Role.TPE, desk.membership.organisation)
    texts = [{"opinion": "positive", "grounds": f"Text {number}"} for number in range(4)]
    by = [desk.membership, colleague, desk.membership, colleague]
    jobs = [lambda text=text, one=one: desk.save("opinion", text, version=0, by=one) for text, one in zip(texts, by, strict=True)]
    assert sorted(outcomes(jobs)) == ["DRF-03", "DRF-03", "DRF-03", "done"]
    assert Draft.objects.count() == 1
    assert [one.version for one in SavedSection.objects.all()] == [1]


def test_the_same_text_sent_twice_at_once_is_saved_once(desk: Desk) -> None:
    text = {"opinion": "positive", "grounds": "All is well."}
    assert outcomes([lambda: desk.save("opinion", text, version=0)] * 4) == ["done"] * 4
    assert SavedSection.objects.count() == 1
