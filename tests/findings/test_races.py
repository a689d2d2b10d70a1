"""A finding and an opinion at once: never both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.core import clock
from apps.documents.kinds import Kind
from tests.findings.raising import raised
from tests.people import cast
from tests.projects.walk import World, noon, upload
from tests.workflow.threads import outcomes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def jcm(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[World]:  # noqa: ARG001 - rows that other connections see
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "jcm_2013")


def test_a_request_and_a_positive_opinion_never_pass_each_other(jcm: World) -> None:
    project = jcm.in_validation()
    upload(project, jcm.people.tpe, Kind.VALIDATION_REPORT)
    became = outcomes([lambda: raised(project, jcm.people.tpe), lambda: jcm.report(project)])
    assert sorted(became) in (["FND-02", "done"], ["PRJ-22", "done"])


def test_numbers_of_requests_raised_at_once_differ(jcm: World) -> None:
    project = jcm.in_validation()
    assert outcomes([lambda: raised(project, jcm.people.tpe)] * 3) == ["done"] * 3
