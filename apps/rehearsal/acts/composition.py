"""Each side appoints its own people to the committee."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Organisation, User
from apps.accounts.roles import Role, Side
from apps.composition.models import Appointment
from apps.rehearsal.acts.stage import Stage
from apps.workflow.services import open_file


def nominate(stage: Stage, side: Side, person: User, role: Role, body: Organisation, **more: Any) -> Appointment:
    """The side's secretariat nominates somebody."""
    stage.tick()
    given = {"side": side.value, "person": person.pk, "role": role.value, "organisation": body.pk, **more}
    title = f"{person.name}, {body.name}"
    by = stage.players.one(Role.SECRETARIAT, side)
    opened = open_file(Appointment, "nominate", actor=by, edition=stage.edition_of(Appointment), title=title, **given)
    return Appointment.objects.get(pk=opened.pk)


def confirm(stage: Stage, file: Appointment) -> Appointment:
    """The side's co-chair, the second person, confirms; the clock does the rest."""
    return stage.act(file, "confirm", stage.players.one(Role.CO_CHAIR, Side(file.side)))
