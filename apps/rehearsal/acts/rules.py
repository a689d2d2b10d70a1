"""The rules themselves: editions are proposed to the committee."""

from __future__ import annotations

from apps.accounts.roles import Role, Side
from apps.rehearsal.acts.stage import Stage
from apps.rules.models import EditionChange
from apps.workflow.services import open_file


def propose_edition(stage: Stage, edition: str, title: str) -> EditionChange:
    """The secretariat proposes that files be opened under another edition from its adoption on."""
    stage.tick()
    actor = stage.players.one(Role.SECRETARIAT, Side.HOST)
    opened = open_file(
        EditionChange, "propose", actor=actor, edition=stage.edition_of(EditionChange), title=title, new_edition=edition
    )
    return EditionChange.objects.get(pk=opened.pk)
