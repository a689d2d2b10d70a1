"""Finding findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role
from apps.accounts.selectors import serving
from apps.committee.selectors import conflicts_of
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.selectors import with_house
from apps.events.models import Event
from apps.findings.kinds import FindingKind
from apps.findings.models import Assessed, Finding, RowNote
from apps.findings.procedure import OPEN, UNSETTLED, State
from apps.public_inputs.models import waiting_inputs
from apps.workflow import registry
from apps.workflow.one_query import WholeRow, from_row
from apps.workflow.selectors import current_paper, with_related

Key = tuple[str, int]
COUNTED = {"open": State.RAISED, "answered": State.RESPONDED, "carried": State.CARRIED}


def file_named(value: str) -> Assessed | None:
    """The file that a cleaned input names."""
    subject_type, subject_id = registry.key_of(value)
    file = registry.model_of(subject_type)._default_manager.filter(pk=subject_id).first()
    return file if isinstance(file, Assessed) else None


def findings_about(files: Iterable[Key]) -> QuerySet[Finding]:
    """The findings about several files, each named by procedure and key, in the order in which they were raised."""
    about = Q(pk__in=[])
    for subject_type, subject_id in files:
        about |= Q(subject_type=subject_type, subject_id=subject_id)
    return Finding.objects.filter(about).order_by("id")


def open_about(file: Assessed) -> QuerySet[Finding]:
    """The findings about a file that have not ended, those carried on included."""
    return findings_about([(file.procedure.key, file.pk)]).filter(state__in=OPEN)


def unsettled(file: Assessed) -> list[Finding]:
    """The findings about a file that stand in the way of a positive opinion: neither ended nor carried on."""
    about = (file.procedure.key, file.pk)
    if file.known_findings is None:
        return file.once("unsettled", lambda: list(findings_about([about]).filter(state__in=UNSETTLED)))
    return [one for one in file.known_findings if one.state in UNSETTLED and (one.subject_type, one.subject_id) == about]


def author_of(file: Assessed, kind: Kind) -> int | None:
    """The organisation whose people handed in the version of a kind that counts; None while there is none."""
    paper = current_paper(file, kind)
    return paper.house if paper else None


def forwards(about: Q) -> QuerySet[Finding]:
    """The forward action requests about some files that have not ended, in the order in which they were raised."""
    return Finding.objects.filter(about, kind=FindingKind.FAR, state__in=OPEN).order_by("id")


def of_files(files: Iterable[Assessed]) -> dict[Key, list[Finding]]:
    """The findings about each of several files, with those raised about it that another verification took up since; one query."""
    files = list(files)
    about = Q(pk__in=[])
    for file in files:
        about |= Q(subject_type=file.procedure.key, subject_id=file.pk)
        for series in _series(file):
            about |= Q(reference__startswith=series)
    found = list(Finding.objects.filter(about).order_by("id"))
    return {(file.procedure.key, file.pk): [one for one in found if _is_of(one, file)] for file in files}


def _series(file: Assessed) -> list[str]:
    """How the numbers begin of what was raised about a file."""
    return [f"{file.reference}-{kind.value.upper()}" for kind in FindingKind] if file.reference else []


def _is_of(finding: Finding, file: Assessed) -> bool:
    about = (finding.subject_type, finding.subject_id) == (file.procedure.key, file.pk)
    return about or finding.reference.startswith(tuple(_series(file)))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings about a file wait for a response, for the entity, were carried on, and have ended."""

    open: int = 0
    answered: int = 0
    carried: int = 0
    closed: int = 0


def count_states(findings: Iterable[Finding]) -> Counts:
    """The numbers of some findings that are read already."""
    states = [one.state for one in findings]
    ended = sum(one in Finding.procedure.final for one in states)
    return Counts(**{name: states.count(state) for name, state in COUNTED.items()}, closed=ended)


def counts_about(files: Iterable[Key]) -> dict[Key, Counts]:
    """The numbers of findings about several files; one query, and none without a file."""
    about = list(files)
    if not about:
        return {}
    ended = {"closed": Count("pk", filter=Q(state__in=Finding.procedure.final))}
    numbers = {name: Count("pk", filter=Q(state=state)) for name, state in COUNTED.items()} | ended
    rows = findings_about(about).order_by().values_list("subject_type", "subject_id").annotate(**numbers)
    return {(kind, pk): Counts(**dict(zip(numbers, found, strict=True))) for kind, pk, *found in rows}


def acts_on(findings: Iterable[Finding], file: Assessed | None = None) -> list[Event]:
    """What happened to some findings, and the opinions about a file, oldest first, with `organisation_name`; one query."""
    about = Q(subject_type=Finding.procedure.key, subject_id__in=[one.pk for one in findings])
    if file is not None:
        opinions = [f"{file.procedure.key}.{key}" for key in file.opinions]
        about |= Q(subject_type=file.procedure.key, subject_id=file.pk, type__in=opinions)
    name = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("name")
    return list(Event.objects.filter(about).annotate(organisation_name=Subquery(name)).order_by("id"))


def papers_about(findings: Iterable[Finding], file: Assessed | None = None) -> list[DocumentVersion]:
    """Every version of the evidence for some findings and of a file's documents, the newest of each kind first; one query.

    Each with the organisation for which it was handed in, as `with_house` tells it.
    """
    about = Q(subject_type=Finding.procedure.key, subject_id__in=[one.pk for one in findings])
    if file is not None:
        about |= Q(subject_type=file.procedure.key, subject_id=file.pk)
    return list(with_house(DocumentVersion.objects.filter(about)).order_by("kind", "-number"))


def barred(reader: Membership, versions: Sequence[DocumentVersion]) -> set[int]:
    """Which pieces of evidence are closed to a reader: those about a file on which they declared a conflict of interest.

    They are papers of that file, though they were handed in with a finding. Source: rules 3.8.
    """
    own = [one for one in versions if one.subject_type == Finding.procedure.key]
    aside = conflicts_of(reader) if own else set()
    about = Finding.objects.filter(pk__in={one.subject_id for one in own}) if aside else Finding.objects.none()
    closed = {pk for pk, *file in about.values_list("pk", "subject_type", "subject_id") if tuple(file) in aside}
    return {one.pk for one in own if one.subject_id in closed}


def row_notes(file: Assessed) -> dict[int, RowNote]:
    """What the entity that is assigned to a file noted last on each row of the form, by row."""
    kept = RowNote.objects.filter(subject_type=file.procedure.key, subject_id=file.pk, organisation=file.assessor_id)
    return {one.requirement: one for one in kept.order_by("requirement", "-id").distinct("requirement")}


def ticked(file: Assessed) -> list[int]:
    """The rows of the form that the entity has ticked so far; its opinion begins with them."""
    return [number for number, note in row_notes(file).items() if note.is_met]


def with_somebody(model: type[Assessed], on: date) -> QuerySet[Any]:
    """All files of a model, each with what its pages read of it, what `somebody_of` tells, and its open inputs; one query."""
    entity = OuterRef(f"{model.assessed_by}__organisation")
    theirs = serving(on).filter(organisation=entity, role=Role.TPE).order_by("pk")
    somebody = Subquery(theirs.values_list(WholeRow("pk"))[:1])
    return with_related(model).annotate(somebody_told=somebody, inputs_told=waiting_inputs(model))


def somebody_of(file: Assessed) -> Membership | None:
    """Somebody who acts for a file's entity, of a file read `with_somebody`; None without anybody.

    What the engine answers them it answers everybody of the entity.
    """
    told = vars(file)["somebody_told"]
    if told is None:
        return None
    found = from_row(Membership, told)
    # Only who is active is found.
    found.user = User(pk=found.user_id, is_active=True)
    return found
