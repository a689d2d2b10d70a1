"""The public comments; a secretariat publishes or withholds, those who propose answer."""

from __future__ import annotations

from typing import Any

from apps.accounts.roles import Role, Side
from apps.public_inputs.models import PublicInput
from apps.public_inputs.render import token_of
from apps.public_inputs.selectors import call_about
from apps.public_inputs.services import confirm, keep
from apps.rehearsal.acts.stage import Stage
from apps.workflow.actors import Actor
from apps.workflow.models import Subject


def comment(stage: Stage, file: Subject, said: dict[str, Any], *, address: str) -> PublicInput:
    """Somebody comments, gets a link by mail and opens it. Raises LookupError where there is no call."""
    call = call_about(file)
    if call is None:
        raise LookupError(f"{file} was not published for inputs")
    stage.tick()
    sent = keep(call=call, said=said, email=address, network=address, speaks=said["language"])
    stage.tick()
    return confirm(token_of(sent.key))


def publish(stage: Stage, one: PublicInput) -> PublicInput:
    """Japan's secretariat publishes an input."""
    return stage.act(one.reload(), "publish", stage.players.one(Role.SECRETARIAT, Side.JAPAN))


def withhold(stage: Stage, one: PublicInput, ground: str, grounds: str) -> PublicInput:
    """India's secretariat withholds an input."""
    return stage.act(one.reload(), "withhold", stage.players.one(Role.SECRETARIAT, Side.HOST), ground=ground, grounds=grounds)


def answer(stage: Stage, one: PublicInput, actor: Actor, text: str) -> PublicInput:
    """Those who propose answer an input."""
    return stage.act(one.reload(), "respond", actor, answer=text)
