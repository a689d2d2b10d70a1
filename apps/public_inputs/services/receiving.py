"""Receiving an input: by its link, or entered by a secretariat; and its end with its file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.errors import NotNow, NotReady, Problem
from apps.events.services import nudge
from apps.public_inputs.models import OpenToInputs, PublicInput, Sent, Statement
from apps.public_inputs.policies import takes_letter, takes_now
from apps.public_inputs.selectors import call_about, hash_of, unanswered
from apps.workflow import registry
from apps.workflow.actors import Actor, ActorKind
from apps.workflow.fsm import Act
from apps.workflow.inputs import storable
from apps.workflow.models import Subject
from apps.workflow.services import one_transaction, open_file, perform, take_number

# What a sender writes, as both forms ask for it.
WRITTEN = ("name", "organisation", "country", "stakeholder", "is_named", "language", "text")
LETTERS = "public_inputs.letters"


def confirm(token: str) -> PublicInput:
    """Receive what was sent under the secret of a link; opening it again gives the same input.

    Raises NotNow (INP-04) for a link that is not known, and NotReady (INP-01) once the window has closed. Source: rules 2.2, 2.5.
    """
    with one_transaction():
        sent = Sent.objects.select_for_update().filter(token_sha256=hash_of(token)).first()
        if sent is None:
            raise NotNow(Problem("INP-04", _("this link is not known; send the comment again while the call is open")))
        if sent.received_as is not None:
            return sent.received_as
        file = held(sent.subject_type, sent.subject_id)
        said = {name: getattr(sent, name) for name in WRITTEN}
        found = _opened("receive", file, Actor.clock(), said, clock.today())
        sent.received_as, sent.attempts, sent.next_attempt_at = found, 0, clock.now()
        # What it says stands in the statement from now on; until it is forgotten the letter needs the address alone.
        sent.name = sent.organisation = sent.country = sent.text = ""
        sent.save()
        transaction.on_commit(lambda: nudge(LETTERS), robust=True)
        return found


def enter(*, file: Subject, actor: Actor, received_on: date, said: Mapping[str, Any]) -> PublicInput:
    """Enter an input that came by letter, on the day on which it was received.

    Raises NotAllowed for others than the secretariats, and NotReady (INP-01, INP-07).
    """
    with one_transaction():
        return _opened("enter", file, actor, said, received_on, by_letter=True)


def call_held(subject: PublicInput, act: Act) -> None:
    """Hold the file until both are written, so that neither its window closes nor a decision passes this input by.

    Raises NotNow (INP-01) where one of them came first.
    """
    call = call_about(held(subject.subject_type, subject.subject_id))
    by_link = act.actor.kind == ActorKind.CLOCK
    if call and (problems := takes_now(call, act.at) if by_link else takes_letter(call, subject.received_on)):
        raise NotNow(problems)


def input_numbered(subject: PublicInput, act: Act) -> None:
    """Give the input the next number at its file."""
    series = f"{subject.file.reference}-PI"
    subject.reference = f"{series}{take_number(series=series, subject=subject, act=act)}"


def lapse_inputs(file: Subject) -> None:
    """End the inputs about a file that ends without a decision which would have needed their answers."""
    for one in unanswered(file):
        perform(one, "lapse", actor=Actor.clock())


def held(subject_type: str, subject_id: int) -> Subject:
    """The file of an input, held until the transaction ends."""
    files = registry.model_of(subject_type)._default_manager.select_for_update(no_key=True)
    return files.get(pk=subject_id)


def refuse_unkeepable(said: Mapping[str, Any]) -> None:
    """Raises NotReady (INP-07) for what cannot be kept, by field."""
    text = _("it holds characters that cannot be kept; write it anew")
    problems = [Problem("INP-07", text, name) for name, value in said.items() if isinstance(value, str) and not storable(value)]
    if not str(said.get("text", "")).strip():
        problems.append(Problem("INP-07", _("the comment is missing"), "text"))
    if problems:
        raise NotReady(problems)


def _opened(
    key: str, file: Subject, actor: Actor, said: Mapping[str, Any], received_on: date, *, by_letter: bool = False
) -> PublicInput:
    refuse_unkeepable(said)
    statement = Statement.objects.create(by_letter=by_letter, **said)
    others = isinstance(file, OpenToInputs) and file.is_answered_by_others
    opened = open_file(
        PublicInput,
        key,
        actor=actor,
        edition=file.edition,
        title=file.title,
        fields={
            "subject_type": file.procedure.key,
            "subject_id": file.pk,
            "statement": statement,
            "received_on": received_on,
            "text_sha256": sha256(statement.text.encode()).hexdigest(),
            "asks_others": others,
        },
    )
    return cast("PublicInput", opened)
