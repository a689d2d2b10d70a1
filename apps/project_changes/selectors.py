"""Finding what is asked for, for a registered project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, Model, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.project_changes.models import Change, ImplementationReport, Renewal
from apps.project_changes.models.base import AboutProject
from apps.project_changes.procedure import RENEWAL
from apps.projects.models import ParticipantChange, Project, ProjectVersion, RenewedPeriod
from apps.workflow import registry

FILES: tuple[type[AboutProject], ...] = (Change, Renewal, ImplementationReport)
# What else a story tells, besides files by the key of their procedure.
VERSION, PARTICIPANT, PERIOD = "version", "participant", "period"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that became of a registered project.

    `what` is the key of a file's procedure, VERSION, PARTICIPANT or PERIOD; `pk` the file's key; `state` the file's state, or
    what changed among participants; `was` and `now` are the title, the name or (period: only `now`) the last day.
    """

    what: str
    pk: int
    reference: str
    text: str
    state: str
    was: str | None
    now: str | None
    at: datetime

    @property
    def label(self) -> str:
        """What it is, in words."""
        return str(registry.procedure(self.what).title)

    @property
    def state_label(self) -> str:
        """Where a file stands."""
        return str(registry.procedure(self.what).states(self.state).label)


def story_of(project: Project) -> list[Chapter]:
    """What became of a project after its registration, the newest first; one query."""
    parts = [_files(model, project) for model in FILES]
    later = [
        _rows(ProjectVersion, project, VERSION, "effective_on", reference=F("source"), text=F("description"),
              was=KT("was__title"), now=KT("now__title")),
        _rows(ParticipantChange, project, PARTICIPANT, "effective_on", state=F("kind"), was=F("former_name"), now=F("name")),
        _rows(RenewedPeriod, project, PERIOD, "starts_on", reference=F("source"), now=_text("ends_on")),
    ]  # fmt: skip
    first, *others = [*parts, *later]
    found = first.union(*others, all=True).order_by("-told_at", "-told_pk")
    return [Chapter(*row) for row in found]


def _files(model: type[AboutProject], project: Project) -> QuerySet[Any, Any]:
    """The files about a project but for drafts, which are known to those alone who act in them."""
    rows = [row for table in model.procedure.tables.values() for row in table]
    drafts = {str(row.target.value) for row in rows if row.opens and row.target}
    given = {"reference": F("reference"), "text": F("title"), "state": _text("state")}
    return _rows(model, project, model.procedure.key, "state_since", **given).exclude(state__in=drafts)


def _rows(model: type[Model], project: Project, what: str, moment: str, **given: Any) -> QuerySet[Any, Any]:
    """The rows of a table about a project in the columns of a chapter; what is not given is empty."""
    empty = dict.fromkeys(("reference", "text", "state"), _TEXT) | dict.fromkeys(("was", "now"), _NOTHING)
    columns = {"what": Value(what, TextField()), "pk": F("pk"), **{name: given.get(name, one) for name, one in empty.items()}}
    told = {f"told_{name}": value for name, value in (columns | {"at": Cast(moment, DateTimeField())}).items()}
    found: QuerySet[Any, Any] = model._default_manager.filter(project=project).order_by().annotate(**told).values_list(*told)
    return found


def _text(column: str) -> Cast:
    return Cast(column, TextField())


_TEXT, _NOTHING = Value("", TextField()), Value(None, TextField())


def running_renewals(project: Project) -> QuerySet[Renewal]:
    """The renewals of a project that have not come to an end."""
    return Renewal.objects.filter(project=project).exclude(state__in=[state.value for state in RENEWAL.final])


def author_of(file: AboutProject, kind: Kind) -> int | None:
    """The organisation whose people handed in the current document of a kind; None while there is none."""
    paper = current_versions(file.procedure.key, file.pk, (kind,)).first()
    return Membership.objects.get(pk=paper.membership_id).organisation_id if paper else None
