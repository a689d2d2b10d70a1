"""Planned projects are submitted as idea notes, completed, and reviewed by both sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.idea_notes.models import IdeaNote
from apps.rehearsal.acts.stage import Stage
from apps.workflow.services import open_file


def submit(stage: Stage, organisation: Organisation, title: str, particulars: Mapping[str, Any]) -> IdeaNote:
    """A participant drafts and submits; before India's rules, as a project information sheet."""
    actor = stage.players.of(organisation, Role.PARTICIPANT)
    stage.tick()
    opened = open_file(
        IdeaNote,
        "draft",
        actor=actor,
        edition=stage.edition_of(IdeaNote),
        title=title[:300],
        fields={"organisation_id": organisation.pk},
        **particulars,
    )
    note = IdeaNote.objects.get(pk=opened.pk)
    step = "submit" if note.procedure.row(note.edition, "submit") else "submit_sheet"
    return stage.act(note, step, actor)


def acknowledge(stage: Stage, note: IdeaNote) -> IdeaNote:
    """The secretariat acknowledges an information sheet."""
    return stage.act(note, "acknowledge", stage.players.one(Role.SECRETARIAT, Side.HOST))


def take_over(stage: Stage, note: IdeaNote) -> IdeaNote:
    """The secretariat takes an information sheet over into the rules."""
    return stage.act(note, "move_to_edition", stage.players.one(Role.SECRETARIAT, Side.HOST))


def circulate(stage: Stage, note: IdeaNote, *, number: int | None = None) -> IdeaNote:
    """The secretariat finds a note complete, gives it its number and circulates it to both sides."""
    return stage.act(note, "find_complete", stage.players.one(Role.SECRETARIAT, Side.HOST), number=number)


def clear(stage: Stage, note: IdeaNote, side: Side) -> IdeaNote:
    """One Government has no objection from its side."""
    return stage.act(note, f"clear_{side.value}", stage.players.one(Role.GOVERNMENT, side))


def object_to(stage: Stage, note: IdeaNote, side: Side, reason: str) -> IdeaNote:
    """One Government stops the planned project by itself; its reason is published."""
    return stage.act(note, f"object_{side.value}", stage.players.one(Role.GOVERNMENT, side), public_reason=reason)


def propose_exemption(stage: Stage, organisation: Organisation, title: str, existed_on: date) -> IdeaNote:
    """The secretariat proposes to exempt a project that is older than the rules."""
    stage.tick()
    opened = open_file(
        IdeaNote,
        "draft_exemption",
        actor=stage.players.one(Role.SECRETARIAT, Side.HOST),
        edition=stage.edition_of(IdeaNote),
        title=title[:300],
        fields={"organisation_id": organisation.pk},
        for_organisation=organisation,
        existed_on=existed_on,
    )
    return IdeaNote.objects.get(pk=opened.pk)
