"""Three files with the same two states (under a procedure, bare django-fsm, django-fsm-log), and one that waits for the clock."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition
from django_fsm_log.decorators import fsm_log_by, fsm_log_description

from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from tests.bench.procedure import PROCEDURE, WATCHED


class File(Subject):
    """A file under a procedure."""

    procedure = PROCEDURE

    moved_on = models.DateField(null=True)

    @step(PROCEDURE)
    def lodge(self, act: Act) -> None:
        self.moved_on = act.effective_on

    @step(PROCEDURE)
    def forward(self, act: Act) -> None:
        self.moved_on = act.effective_on

    @step(PROCEDURE)
    def back(self, _act: Act) -> None:
        self.moved_on = None


class Watched(Subject):
    """A file that waits for the clock."""

    procedure = WATCHED

    @step(WATCHED)
    def lodge(self, act: Act) -> None:
        pass

    @step(WATCHED)
    def lapse(self, act: Act) -> None:
        pass


class Row(models.Model):
    """A row as wide as the file."""

    state = FSMField(default="here", protected=True)
    version = models.PositiveIntegerField(default=0)
    edition = models.CharField(max_length=20, default="india_2026")
    reference = models.CharField(max_length=60, default="")
    title = models.CharField(max_length=300, default="A file")
    opened_at = models.DateTimeField(auto_now_add=True)
    state_since = models.DateTimeField(auto_now_add=True)
    moved_on = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Plain(Row):
    """A row under bare django-fsm."""

    @transition(field="state", source="here", target="there")
    def forward(self) -> None:
        self.version += 1

    @transition(field="state", source="there", target="here")
    def back(self) -> None:
        self.version += 1


class Logged(Row):
    """A row with django-fsm-log, which writes who moved it."""

    @fsm_log_by
    @fsm_log_description
    @transition(field="state", source="here", target="there")
    def forward(self, **_told: object) -> None:
        self.version += 1

    @fsm_log_by
    @fsm_log_description
    @transition(field="state", source="there", target="here")
    def back(self, **_told: object) -> None:
        self.version += 1
