"""Several at once: a link makes one input, and no letter and no approval pass each other by."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from apps.core import clock
from apps.public_inputs.models import PublicInput
from apps.public_inputs.render import token_of
from apps.public_inputs.services import confirm
from tests.decision import decide
from tests.journeys import methodology
from tests.people import cast
from tests.public_inputs.writing import entered, sent
from tests.workflow.threads import outcomes

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2028, 7, 31, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def documents(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


def test_a_link_that_is_confirmed_three_times_at_once_makes_one_input() -> None:
    with clock.rehearse(NOON):
        token = token_of(sent(methodology.published(cast())).key)
        assert outcomes([lambda: confirm(token)] * 3) == ["done"] * 3
    assert PublicInput.objects.count() == 1


def test_a_letter_and_an_approval_never_pass_each_other() -> None:
    people = cast()
    with clock.rehearse(NOON) as time:
        proposal = methodology.considered(people, time)
        letter = lambda: entered(proposal, people.secretariat_host, received_on=proposal.inputs_opened_on)  # noqa: E731 - a job
        became = outcomes([letter, lambda: decide(people, proposal, "approve")])
    assert sorted(became) in (["INP-01", "done"], ["MET-12", "done"])
