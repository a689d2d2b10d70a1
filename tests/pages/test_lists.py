"""The lists and registers in a browser: no barriers, nothing foreign, nothing wider than the window, with filters open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apps.core import clock
from apps.lists.services import keep_view
from apps.projects.procedure import State
from tests.pages.looking import Looking, sign_in
from tests.people import cast
from tests.projects.walk import World, noon

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


def test_lists_and_registers_are_in_nobodys_way(looking: Looking, transactional_db: None) -> None:  # noqa: ARG001 - the server sees committed rows only
    with clock.rehearse(noon(2026, 3, 1)) as time:
        world = World(cast(), time, "india_2026")
        project = world.reach(State.INPUTS)
        entity, version = world.usual_entity, world.usual_version
    reader = world.people.members_host[0].user
    view = keep_view(reader, "projects", name="Validation", asked="stage=validation", is_default=True)
    sign_in(looking.page, looking.server, reader)
    for path, status in (
        ("/projects/?stage=validation&side=japan&text=solar&sort=-number", 200),
        (f"/projects/?view={view.pk}", 200),
        (f"/views/{view.pk}/", 200),
        ("/projects/?stage=none&after=x", 422),
        ("/methodologies/?scope=1", 200),
        (version.methodology.get_absolute_url(), 200),
        ("/third-party-entities/?designated_from=2020-01-01", 200),
        (entity.register_url, 200),
        ("/idea-notes/", 200),
        (project.idea_note.register_url if project.idea_note else "", 200),
        ("/decisions/?about=methodology&sort=number", 200),
    ):
        looking.open(path, status=status)
        assert looking.barriers() == [], path
        looking.page.set_viewport_size({"width": 320, "height": 900})
        assert looking.overflow() == 0, path
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])
