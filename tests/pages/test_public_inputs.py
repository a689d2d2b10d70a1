"""A call, a comment and an input in a browser: nothing in anybody's way, and a comment without a script."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.core import clock
from apps.methodologies.models import ProposedMethodology
from apps.public_inputs.models import PublicInput
from apps.workflow.services import perform
from tests.journeys import methodology
from tests.journeys.public_input import ANSWER, WITHHELD
from tests.pages.looking import Looking, sign_in
from tests.people import Cast, actor, cast
from tests.public_inputs.writing import received

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, settings: Any, tmp_path: Path) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    settings.DOCUMENT_ROOT = tmp_path
    return cast()


def a_call(people: Cast) -> tuple[ProposedMethodology, PublicInput]:
    """Open since yesterday: one input is answered, one withheld, one waits."""
    with clock.rehearse(clock.now() - timedelta(days=1)):
        proposal = methodology.published(people)
        for number in range(3):
            one = received(proposal, email=f"{number}@example.org")
            if number == 0:
                perform(one, "publish", actor=actor(people.secretariat_host))
                perform(one.reload(), "respond", actor=actor(people.participant_host), **ANSWER)
            elif number == 1:
                perform(one, "withhold", actor=actor(people.secretariat_host), **WITHHELD)
    return proposal, one


def test_the_pages_of_calls_are_sound(looking: Looking, people: Cast) -> None:
    proposal, waiting = a_call(people)
    call = f"/public-inputs/{proposal.reference}/"
    for name, path in (("calls", "/public-inputs/"), ("call", call), ("comment", f"{call}comment/"), ("sent", f"{call}sent/")):
        is_sound(looking, path, name)
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    for name, path in (("input", waiting.get_absolute_url()), ("letter", "/public_input/new/enter/")):
        is_sound(looking, path, name)


def is_sound(looking: Looking, path: str, name: str) -> None:
    """A page has no barrier, nothing refused, and is no wider than a narrow window."""
    looking.open(path)
    looking.picture(f"inputs-{name}")
    assert looking.barriers() == [], name
    looking.page.set_viewport_size({"width": 320, "height": 900})
    assert looking.overflow() == 0, name
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], []), name
