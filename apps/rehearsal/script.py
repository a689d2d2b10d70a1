"""The log of a site as a script: who did what to which file and when, with all that it rested on.

Only what people did stands in it. What the clock and the committee's decisions did follows by itself when it is performed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from apps.accounts.models import Membership, Organisation, User
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.workflow import registry
from apps.workflow.actors import ActorKind
from apps.workflow.inputs import Entities, Entity
from apps.workflow.models import Heartbeat, Subject

# A file: its procedure and its key.
Key = tuple[str, int]
# A row that a step wrote: its model and its key.
Written = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One act of a person."""

    file: Key
    step: str
    membership_id: int
    organisation_id: int
    at: datetime
    effective_on: date
    reason: str
    inputs: Mapping[str, Any]
    opens: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a file stands, and since which legal day."""

    state: str
    on: date


@dataclass(frozen=True, slots=True)
class Past:
    """A file as the log left it, and the files that it rests on."""

    key: Key
    reference: str
    title: str
    edition: str
    number: int | None
    stood: Standing
    took: frozenset[str]
    rests_on: frozenset[Key]

    @property
    def name(self) -> str:
        return f"{self.reference} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that a site's past needs to be performed again; none of it refers to the site any more."""

    partner: tuple[str, str]
    until: datetime | None
    files: Mapping[Key, Past]
    lines: tuple[Line, ...]
    people: tuple[tuple[models.Model, ...], ...]
    documents: tuple[DocumentVersion, ...]
    # Which act wrote a row that later inputs name.
    origins: Mapping[Written, tuple[str, int]]


def script_of_site() -> Script:
    """The script of the site in use, read at one moment and without writing."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        return _read()


def _read() -> Script:
    events = list(Event.objects.order_by("id"))
    stood, took = standings(events), _taken(events)
    lines = tuple(_line(event) for event in events if event.actor == ActorKind.PERSON)
    files = {past.key: past for past in _files(stood, took, _asked(lines))}
    beats = list(Heartbeat.objects.values_list("beat_at", flat=True))
    return Script(
        partner=(settings.JCM_PARTNER["code"], settings.JCM_PARTNER["name"]),
        until=max([*beats, *(event.acted_at for event in events)], default=None),
        files=files,
        lines=tuple(line for line in lines if line.file in files),
        people=tuple(tuple(model._default_manager.order_by("pk")) for model in (Organisation, User, Membership)),
        documents=tuple(DocumentVersion.objects.order_by("uploaded_at", "pk")),
        origins=_origins(),
    )


def standings(events: Iterable[Event]) -> dict[Key, Standing]:
    """Where each file stands after its events, oldest first, and since which day."""
    found: dict[Key, Standing] = {}
    for event in events:
        if event.from_state != event.to_state:
            found[event.subject_type, event.subject_id] = Standing(event.to_state, event.effective_on)
    return found


def step_of(event: Event) -> str:
    """The key of the step that an event records."""
    return event.type.partition(".")[2]


def _taken(events: Iterable[Event]) -> dict[Key, frozenset[str]]:
    steps: dict[Key, set[str]] = defaultdict(set)
    for event in events:
        steps[event.subject_type, event.subject_id].add(step_of(event))
    return {key: frozenset(found) for key, found in steps.items()}


def _line(event: Event) -> Line:
    return Line(
        file=(event.subject_type, event.subject_id),
        step=step_of(event),
        membership_id=event.membership_id or 0,
        organisation_id=event.organisation_id or 0,
        at=event.acted_at,
        effective_on=event.effective_on,
        reason=event.reason,
        inputs=event.data.get("inputs", {}),
        opens=not event.from_state,
    )


def asked_about(line: Line) -> Key | None:
    """The file that a question put by this line is about; None for a text and for any other act."""
    kind, pk = line.inputs.get("subject_type"), line.inputs.get("subject_id")
    return (kind, pk) if kind and pk else None


def _asked(lines: Iterable[Line]) -> dict[Key, frozenset[Key]]:
    """The files that the questions of each ballot are about."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for line in lines:
        if (asked := asked_about(line)) is not None:
            found[line.file].add(asked)
    return {key: frozenset(files) for key, files in found.items()}


def _files(
    stood: Mapping[Key, Standing], took: Mapping[Key, frozenset[str]], asked: Mapping[Key, frozenset[Key]]
) -> Iterator[Past]:
    for procedure in registry.procedures():
        for subject in registry.model_of(procedure.key)._default_manager.order_by("pk"):
            key = procedure.key, subject.pk
            if key in stood:
                rests_on = frozenset(_named_by(subject)) | asked.get(key, frozenset())
                number = getattr(subject, "number", None)
                yield Past(
                    key, subject.reference, subject.title, subject.edition, number, stood[key], took[key], rests_on - {key}
                )


def _named_by(subject: Subject) -> Iterator[Key]:
    """The files that a file's own columns name, such as the project of a round."""
    for column in subject._meta.concrete_fields:
        other, pk = column.related_model, getattr(subject, column.attname)
        if pk is not None and isinstance(other, type) and issubclass(other, Subject):
            yield other.procedure.key, pk


def named_models() -> Iterator[str]:
    """The models whose rows inputs name and steps write, other than files themselves."""
    declared = {
        one.model for found in registry.procedures() for one in found.inputs.values() if isinstance(one, Entity | Entities)
    }
    for label in sorted(declared):
        model = _model(label)
        if not issubclass(model, Subject) and any(column.name == "act_id" for column in model._meta.concrete_fields):
            yield label


def origins_of(label: str) -> dict[int, tuple[str, int]]:
    """Each row of a model that inputs may name, with the type and the file of the act that wrote it."""
    rows = dict(_model(label)._default_manager.values_list("pk", "act_id"))
    found = Event.objects.filter(act_id__in=rows.values()).values_list("act_id", "type", "subject_id")
    acts = {act_id: (kind, subject_id) for act_id, kind, subject_id in found}
    return {pk: acts[act_id] for pk, act_id in rows.items() if act_id in acts}


def _origins() -> dict[Written, tuple[str, int]]:
    return {(label, pk): origin for label in named_models() for pk, origin in origins_of(label).items()}


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)
