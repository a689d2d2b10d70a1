"""Finding calls for public inputs, and the inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from apps.documents.models import DocumentVersion
from apps.documents.selectors import newest_versions, twins_of
from apps.public_inputs.kinds import HOUR, MOST_ATTEMPTS
from apps.public_inputs.models import OpenToInputs, PublicInput, Sent, Trace, commented_models
from apps.public_inputs.procedure import UNANSWERED
from apps.workflow.models import Deadline, Subject
from apps.workflow.one_query import from_row, in_one_query
from apps.workflow.selectors import files_of, with_related

Key = tuple[str, int]


@dataclass(frozen=True)
class Call:
    """A call for public inputs: a file, and the window in which the public comments on it."""

    file: Subject
    deadline: Deadline
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return (self.deadline.subject_type, self.deadline.subject_id)

    def is_open(self, at: datetime) -> bool:
        """Whether an input counts that comes at a moment: not before the window's first day, and before its end."""
        return self.deadline.closed_at is None and at < self.deadline.due_at

    @property
    def received(self) -> int:
        return sum(self.counts.values())

    def count(self, *states: str) -> int:
        """How many inputs are in some states."""
        return sum(self.counts.get(one, 0) for one in states)


def windows() -> QuerySet[Deadline]:
    """The window of every call that there ever was, the latest first; one that an order moved as it is now."""
    about = Q(pk__in=[])
    for key, model in commented_models().items():
        if issubclass(model, OpenToInputs):
            about |= Q(subject_type=key, step=model.closes_inputs)
    later = Deadline.objects.filter(supersedes=OuterRef("pk"))
    found = Deadline.objects.filter(about).exclude(outcome=Deadline.SUPERSEDED)
    return found.filter(~Exists(later)).order_by("-due_at", "-id")


def open_windows(at: datetime) -> QuerySet[Deadline]:
    """The windows in which inputs are received at a moment, the one that closes first at the top."""
    return windows().filter(closed_at=None, due_at__gt=at).order_by("due_at", "id")


def closed_windows(at: datetime) -> QuerySet[Deadline]:
    """All others, the latest first."""
    return windows().exclude(closed_at=None, due_at__gt=at)


def calls_of(deadlines: Sequence[Deadline]) -> list[Call]:
    """Some windows with their files and the numbers of inputs; two queries, and none without a window."""
    if not deadlines:
        return []
    files, counts = files_of(deadlines), counts_about((one.subject_type, one.subject_id) for one in deadlines)
    keys = [((one.subject_type, one.subject_id), one) for one in deadlines]
    return [Call(files[key], one, counts.get(key, {})) for key, one in keys]


def counts_about(files: Iterable[Key]) -> dict[Key, dict[str, int]]:
    """How many inputs about some files are in which state; one query."""
    rows = inputs_about(files).order_by().values_list("subject_type", "subject_id", "state").annotate(count=Count("pk"))
    found: dict[Key, dict[str, int]] = {}
    for subject_type, subject_id, state, count in rows:
        found.setdefault((subject_type, subject_id), {})[state] = count
    return found


def call_named(reference: str) -> Call | None:
    """The call about the file of a number; None where there is none."""
    files = [model._default_manager.filter(reference=reference) for model in commented_models().values()]
    file = next(iter(in_one_query(files)), None) if reference else None
    return call_about(file) if file else None


def call_about(file: Subject) -> Call | None:
    """The call about a file; None where there never was one."""
    found = windows().filter(subject_type=file.procedure.key, subject_id=file.pk).first()
    return Call(file, found) if found else None


def file_of_input(subject_type: str, subject_id: int) -> Subject | None:
    """The file that an input names, if the public comments on such files."""
    model = commented_models().get(subject_type)
    return with_related(model).filter(pk=subject_id).first() if model else None


def inputs_about(files: Iterable[Key]) -> QuerySet[PublicInput]:
    """The inputs about several files, in the order in which they were received."""
    about = Q(pk__in=[])
    for subject_type, subject_id in files:
        about |= Q(subject_type=subject_type, subject_id=subject_id)
    return PublicInput.objects.filter(about).select_related("statement", "answered_by").order_by("id")


def unanswered(file: Subject) -> list[PublicInput]:
    """The inputs about a file that are neither answered nor withheld; read once while the file is only looked at."""
    told = vars(file).get("inputs_told")
    if told is not None:
        return [from_row(PublicInput, one) for one in told]
    about = inputs_about([(file.procedure.key, file.pk)]).filter(state__in=UNANSWERED)
    return file.once("unanswered inputs", lambda: list(about))


def public_papers(file: Subject) -> list[DocumentVersion]:
    """The newest version of each document of a file that everybody may read; in place of a confidential one its public twin."""
    newest = list(newest_versions(file.procedure.key, file.pk))
    twins = twins_of(newest)
    found = (twins.get(one.pk) if one.confidential else one for one in newest)
    return [one for one in found if one is not None and one.is_cleared]


# --- What was sent and is not confirmed -----------------------------------------------------------


def hash_of(token: str) -> str:
    """What is kept of the secret of a link."""
    return sha256(token.encode()).hexdigest()


def sent_by(token: str) -> Sent | None:
    """What was sent under the secret of a link; None for one that is not known."""
    return Sent.objects.select_related("received_as").filter(token_sha256=hash_of(token)).first()


def waiting_letters(at: datetime) -> QuerySet[Sent]:
    """What waits for a letter: the link while it can be opened, or the receipt; the longest waiting first."""
    link = Q(received_as=None, link_mailed_at=None, expires_at__gt=at)
    receipt = Q(received_as__isnull=False, receipt_mailed_at=None)
    waiting = Sent.objects.filter(link | receipt, attempts__lt=MOST_ATTEMPTS, next_attempt_at__lte=at)
    return waiting.order_by("next_attempt_at", "id")


def forgotten(at: datetime, kept: timedelta) -> QuerySet[Sent]:
    """What is not kept any longer."""
    return Sent.objects.filter(expires_at__lte=at - kept)


def traces(at: datetime) -> dict[str, int]:
    """How often something was sent within the last hour, by trace; what was sent in all stands under an empty one."""
    recent = Trace.objects.filter(at__gt=at - HOUR).order_by().values_list("digest").annotate(count=Count("pk"))
    return dict(recent)
