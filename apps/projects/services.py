"""Opening a project, and what a step on it writes besides the project itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django.conf import settings

from apps.accounts.models import Organisation
from apps.accounts.roles import Side
from apps.idea_notes.models import IdeaNote
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.projects.models import MethodologyApplied, Participant, Project, Site
from apps.projects.selectors import approved_version, methodologies_of
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.services import open_file, take_number


def open_project(  # noqa: PLR0913 # reason: keyword-only; each names a part of the design document
    *,
    actor: Actor,
    edition: str,
    title: str,
    participants: Iterable[tuple[Organisation, str]],
    focal_point: Organisation,
    versions: Iterable[MethodologyVersion] = (),
    proposals: Iterable[ProposedMethodology] = (),
    sites: Iterable[Mapping[str, Any]] = (),
    activity: str = "",
    idea_note: IdeaNote | None = None,
    supersedes: Project | None = None,
    expected_tonnes_per_year: int | None = None,
    operation_starts_on: date | None = None,
    idempotency_key: str | None = None,
) -> Project:
    """Open the file of a project. `participants` are organisations with the side for which they take part.

    A site has `place` and, where known, `district`, `state_or_province`, `latitude`, `longitude`. Raises as
    `open_file` does (PRJ-01 to PRJ-04, PRJ-21, PRJ-22). Source: rules 2.5.
    """
    named = [(organisation, Side(side)) for organisation, side in participants]
    # The first generation does not ask for a note.
    noted: dict[str, Any] = {"idea_note": idea_note} if idea_note else {}
    return cast(
        "Project",
        open_file(
            Project,
            "draft",
            actor=actor,
            edition=edition,
            title=title,
            idempotency_key=idempotency_key,
            host_participants=[organisation for organisation, side in named if side == Side.HOST],
            japan_participants=[organisation for organisation, side in named if side == Side.JAPAN],
            focal_point=focal_point,
            versions=list(versions),
            proposals=list(proposals),
            sites=list(sites),
            activity=activity,
            **noted,
            supersedes=supersedes,
            expected_tonnes_per_year=expected_tonnes_per_year,
            operation_starts_on=operation_starts_on,
        ),
    )


def particulars_written(subject: Project, act: Act) -> None:
    """Record participants, methodologies and places; what an amendment leaves out stays as it was."""
    for side in Side:
        if (organisations := act.inputs.get(f"{side.value}_participants")) is not None:
            _replace_participants(subject, side, organisations)
    for name in ("version", "proposal"):
        if (keys := act.inputs.get(f"{name}s")) is not None:
            subject.methodologies_applied.exclude(**{name: None}).delete()
            MethodologyApplied.objects.bulk_create(MethodologyApplied(project=subject, **{f"{name}_id": key}) for key in keys)
    if (sites := act.inputs.get("sites")) is not None:
        subject.sites.all().delete()
        Site.objects.bulk_create(Site(project=subject, **site) for site in sites)


def number_given(subject: Project, act: Act) -> None:
    """Give the project its number, once: the next or the wanted one. Raises NotReady (NUM-01) when it was given before.

    Source: rules 2.5; the number comes before registration and is never given again.
    """
    code = str(settings.JCM_PARTNER["code"])
    subject.number = take_number(series=code, subject=subject, act=act, wanted=act.inputs.get("number"))
    subject.reference = f"{code}{subject.number:03d}"


def proposals_became_versions(subject: Project, act: Act) -> None:
    """Let the project apply the versions that its proposals have become. Source: awkward cases 20 and 26."""
    applied = list(methodologies_of(subject))
    there = {one.version_id for one in applied}
    for one in applied:
        version = approved_version(one)
        if one.proposal is None or version is None:
            continue
        if version.pk in there:
            one.delete()
            continue
        there.add(version.pk)
        one.version, one.proposal = version, None
        one.save(update_fields=["version", "proposal"])
    act.data["methodologies"] = [str(one) for one in methodologies_of(subject)]


def _replace_participants(subject: Project, side: Side, organisations: Iterable[int]) -> None:
    subject.participants.filter(side=side).delete()
    Participant.objects.bulk_create(
        Participant(project=subject, organisation_id=organisation, side=side) for organisation in organisations
    )
