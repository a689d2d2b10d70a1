"""Opening a project, what a step on it writes besides the project itself, and what later procedures let become of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.db.models import Max

from apps.accounts.models import Organisation
from apps.accounts.roles import Side
from apps.completeness.services import outcomes_kept, said_what_is_missing  # noqa: F401 # reason: named in the table
from apps.findings.selectors import open_about
from apps.findings.services import lapse
from apps.idea_notes.models import IdeaNote
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.monitoring.inputs import fixed_of
from apps.projects.inputs import signatories_in
from apps.projects.models import (
    Change,
    MethodologyApplied,
    MonitoringBasis,
    Participant,
    ParticipantChange,
    Project,
    ProjectHold,
    ProjectVersion,
    ProposedAllocation,
    ReferenceStatus,
    RenewedPeriod,
    Signatory,
    Site,
    Standing,
    YearEstimate,
)
from apps.projects.selectors import (
    approved_version,
    declarations_for,
    entities_by_name,
    first_renewed_day,
    later_versions,
    methodologies_of,
    running_files_about,
)
from apps.public_inputs.services import lapse_inputs
from apps.sustainability.services import file_plan
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.models import Subject
from apps.workflow.services import open_file, perform, take_number


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
    design: Mapping[str, Any] | None = None,
    idempotency_key: str | None = None,
) -> Project:
    """Open the file of a project. `participants` are organisations with the side for which they take part.

    A site has `place` and, where known, `district`, `state_or_province`, `latitude`, `longitude`; `design` holds what
    else the step asks of the design document, such as `estimates` and `additionality`. Raises as `open_file` does
    (PRJ-01 to PRJ-04, PRJ-28, PRJ-29). Source: rules 2.5.
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
            **design or {},
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
    if (estimates := act.inputs.get("estimates")) is not None:
        subject.estimates.all().delete()
        YearEstimate.objects.bulk_create(YearEstimate(project=subject, **one) for one in estimates)


def plan_filed(subject: Project, act: Act) -> None:
    """File the next version of the sustainable development plan; a plan that was filed stands where none is given."""
    file_plan(project_id=subject.pk, act=act)


def number_given(subject: Project, act: Act) -> None:
    """Give the project its number, once: the next or the wanted one. Raises NotReady (NUM-01) when it was given before.

    Source: rules 2.5; the number comes before registration and is never given again.
    """
    code = str(settings.JCM_PARTNER["code"])
    subject.number = take_number(series=code, subject=subject, act=act, wanted=act.inputs.get("number"))
    subject.reference = f"{code}{subject.number:03d}"


def number_within(project: Project, letter: str, *, subject: Subject, act: Act) -> tuple[int, str]:
    """The next number of a project's rounds, changes and so on, and the reference that it makes: letter R, 2, IN001-R2."""
    number = take_number(series=f"{project.reference}_{letter}", subject=subject, act=act)
    return number, f"{project.reference}-{letter}{number}"


def findings_lapsed(subject: Project, act: Act) -> None:  # reason: every effect takes an act
    """End the open findings of a project that is withdrawn."""
    lapse(open_about(subject))


def inputs_lapsed(subject: Project, act: Act) -> None:
    """End the public inputs that nobody has answered: the project is withdrawn."""
    lapse_inputs(subject)


def files_lapsed(subject: Project, act: Act) -> None:  # reason: every effect takes an act
    """End the running files about a project that is withdrawn, of those procedures that know such an end."""
    for one in running_files_about(subject, "lapse"):
        perform(one, "lapse", actor=Actor.clock())


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


def monitoring_bases_written(subject: Project, act: Act) -> None:
    """Write down by what the emission reductions are calculated from now on, for each methodology that is declared."""
    found = declarations_for(subject)
    subject.is_calculated = subject.is_calculated or bool(found)
    for one in found:
        items, values = fixed_of(str(one.methodology_version), act.inputs.get("fixed_values", []))
        MonitoringBasis.objects.create(
            project=subject,
            declaration=one,
            items=list(items),
            values=[[symbol, item, f"{value:f}"] for (symbol, item), value in values.items()],
            fixed_on=act.effective_on,
            act_id=act.id,
        )


def allocation_written(subject: Project, act: Act) -> None:
    """Keep the allocation that is proposed, with its basis and the split inside each side; earlier ones stay."""
    said = {name: act.inputs[name] for name in ("basis", "validity", "shares") if name in act.inputs}
    ProposedAllocation.objects.create(
        project=subject, host_percent=act.inputs["host_percent"], proposed_on=act.effective_on, act_id=act.id, **said
    )


def signatories_written(subject: Project, act: Act) -> None:
    """Keep who signs for whom from this statement on; those whom it does not name stay as they were."""
    _name, given = signatories_in(act.inputs)
    known = entities_by_name(subject) if given else {}
    statement = 1 + (subject.signatories.aggregate(last=Max("statement"))["last"] or 0) if given else 0
    Signatory.objects.bulk_create(
        Signatory(
            project=subject, statement=statement, organisation_id=known[one["entity"].casefold()], rank=one["rank"],
            name=one["name"], title=one["title"], email=one["email"], effective_on=act.effective_on, act_id=act.id,
        )
        for one in given
    )  # fmt: skip


# Among the participants of a registered project. Source: rules 1.4, awkward case 22.


def focal_point_changed(subject: Project, act: Act) -> None:
    """Let another organisation speak for all participants; the former one is kept."""
    _focal_point(subject, act, act.inputs["successor"])


def participant_added(subject: Project, act: Act) -> None:
    """Let one more organisation take part."""
    added = Participant.objects.create(project=subject, organisation_id=act.inputs["organisation"], side=act.inputs["side"])
    _write_down(act, added, Change.ADDED)


def participant_renamed(subject: Project, act: Act) -> None:
    """Give a participant its new name; its former names stay in the rows of its changes."""
    one = subject.participants.get(organisation=act.inputs["organisation"])
    one.former_name, one.new_name = str(one), act.inputs["new_name"]
    one.save(update_fields=["former_name", "new_name"])
    _write_down(act, one, Change.RENAMED, former_name=one.former_name)


def participant_withdrawn(subject: Project, act: Act) -> None:
    """Let a participant take part no more; where it was the focal point and is no more, the next one speaks."""
    one = subject.participants.filter(organisation=act.inputs["organisation"]).first()
    if one is not None:
        _write_down(act, one, Change.WITHDRAWN)
        one.delete()
    if successor := act.inputs.get("successor_if_focal"):
        _focal_point(subject, act, successor)


def _focal_point(subject: Project, act: Act, successor: int) -> None:
    former = subject.focal_point
    subject.focal_point_id = successor
    ParticipantChange.objects.create(
        project=subject, organisation_id=successor, kind=Change.FOCAL_POINT, name=str(subject.focal_point),
        former_name=str(former), effective_on=act.effective_on, act_id=act.id,
    )  # fmt: skip


def _write_down(act: Act, one: Participant, kind: Change, *, former_name: str = "") -> None:
    ParticipantChange.objects.create(
        project=one.project, organisation=one.organisation, side=one.side, kind=kind, name=str(one),
        former_name=former_name, effective_on=act.effective_on, act_id=act.id,
    )  # fmt: skip


# After registration. The steps are those of other procedures, whose rows queue on the project.

FIRST_VERSION = 1


def next_version(
    *, project: Project, act: Act, source: str, effective_on: date, description: str, **changes: Any
) -> ProjectVersion:
    """Write down what a registered project says of itself from a day on, and let its file say so.

    `changes` are columns with their new values. What was before stays in the version's row. Source: rules 2.16.
    """
    changed = {name: value for name, value in changes.items() if getattr(project, name) != value}
    was = {name: _plain(getattr(project, name)) for name in changed}
    for name, value in changed.items():
        setattr(project, name, value)
    project.save(update_fields=list(changed))
    return ProjectVersion.objects.create(
        project=project,
        number=FIRST_VERSION + later_versions(project).count() + 1,
        effective_on=effective_on,
        source=source,
        description=description,
        was=was,
        now={name: _plain(value) for name, value in changed.items()},
        act_id=act.id,
    )


def hold(*, project: Project, act: Act, source: str, starts_on: date | None) -> ProjectHold:
    """Say from which day on a running change touches a project, or (None) that it touches it no more."""
    return ProjectHold.objects.create(project=project, source=source, starts_on=starts_on, act_id=act.id)


def renew_crediting_period(*, project: Project, act: Act, source: str, ends_on: date) -> RenewedPeriod:
    """Let credits come of later days of a project: from the end of its last period, or from the act's day if that is later."""
    starts_on = first_renewed_day(project, act.effective_on)
    return RenewedPeriod.objects.create(project=project, starts_on=starts_on, ends_on=ends_on, source=source, act_id=act.id)


def note_reference_emissions(
    *, project: Project, act: Act, source: str, standing: Standing, reference_tonnes: int, usual_tonnes: int
) -> ReferenceStatus:
    """Say where an assessment of a project's reference emissions stands; levels in tonnes per year. Source: rules 2.8."""
    return ReferenceStatus.objects.create(
        project=project, source=source, standing=standing, since_on=act.effective_on, reference_tonnes=reference_tonnes,
        usual_tonnes=usual_tonnes, act_id=act.id,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _replace_participants(subject: Project, side: Side, organisations: Iterable[int]) -> None:
    subject.participants.filter(side=side).delete()
    Participant.objects.bulk_create(
        Participant(project=subject, organisation_id=organisation, side=side) for organisation in organisations
    )
