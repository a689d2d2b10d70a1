"""Taking a step: what it will do and asks for, the answers to be checked, the act through the door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.middleware import ActingRequest, unconfirmed
from apps.accounts.models import Membership
from apps.accounts.roles import Capacity
from apps.core.errors import NotAllowed, NotNow, NotReady, Problem, Refusal
from apps.core.templatetags.gazette import grouped
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Upload
from apps.documents.selectors import kinds_open_to, newest_versions, ready_uploads, with_house
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.asking import Asked, asked, plain
from apps.workflow.forms import Paper, StepForm, as_token, upload_name
from apps.workflow.models import Subject
from apps.workflow.options import Option, option
from apps.workflow.policies import capacities_towards, may_know
from apps.workflow.registry import answers_known, drafting_address
from apps.workflow.selectors import looking
from apps.workflow.services import catch_up, hand_in, one_transaction, perform
from apps.workflow.table import Procedure, Step
from apps.workflow.views.files import file_or_404
from apps.workflow.views.outlook import capacity_for, outlook
from apps.workflow.views.papers import asked_form

MISSING_DOCUMENT = "DOOR-05"


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: ActingRequest, procedure: Procedure, pk: int, key: str) -> HttpResponse:
    """GET tells and asks, POST shows the answers to be checked, POST with `confirm` performs the step."""
    subject = file_or_404(procedure, pk)
    if request.method == "GET":
        with looking(subject):
            return asking(request, procedure, subject, key)
    return asking(request, procedure, subject, key)


def asking(request: ActingRequest, procedure: Procedure, subject: Subject, key: str) -> HttpResponse:
    """The answer to a request about a step of a file that was found."""
    row = subject.procedure.row(subject.edition, key)
    if row is None and key in procedure.steps():
        # The file has left the edition that knew this step, perhaps by this very step, sent twice.
        return redirect("file", procedure.key, subject.pk)
    if row is None or row.opens:
        raise Http404
    if request.membership is None and request.memberships:
        return redirect(f"{reverse('acting')}?{urlencode({'next': request.path})}")
    wanted = asked(subject, row, request.GET.dict())
    screen = StepScreen(request, subject, row, wanted or plain(subject, row))
    if wanted is None and screen.option().is_theirs:
        return redirect(subject.step_url(row))
    if request.method == "GET":
        return screen.ask()
    return screen.confirm() if "confirm" in request.POST else screen.check()


def with_receipt(done: str, event: Event) -> SafeString:
    """What was done, with the way to its receipt."""
    link = '{} <a class="govuk-link govuk-notification-banner__link" href="{}">{}</a>'
    return format_html(link, done, reverse("act-receipt", args=[event.pk]), _("Receipt"))


def way_on_from(subject: Subject, membership: Membership | None) -> str:
    """Where somebody goes after a step: the file while it is their business, else its public page, else the start."""
    if may_know(subject, capacities_towards(subject, membership)):
        return subject.get_absolute_url()
    return subject.register_url or "/"


@dataclass
class StepScreen:
    """One step of one file, as one request sees it."""

    request: ActingRequest
    subject: Subject
    row: Step
    asked: Asked
    # The documents that this very request has handed in.
    kept: list[DocumentVersion] = field(default_factory=list)

    # --- The three answers to a request -----------------------------------------------------------

    def ask(self) -> HttpResponse:
        """What will happen, and the form."""
        found = self.option()
        if not found.is_theirs:
            return self.closed(found.problems)
        known = answers_known(self.subject, self.row, self.request.membership)
        self.asked = replace(self.asked, filled={**known, **self.asked.filled})
        return self.page(self.form(), obstacles=[one for one in found.problems if one.code != MISSING_DOCUMENT])

    def check(self) -> HttpResponse:
        """The answers once more, to be confirmed; documents that were chosen are kept from here on."""
        found = self.option()
        if not found.is_theirs:
            return self.closed(found.problems)
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.page(form, status=NotReady.status)
        if "change" in self.request.POST:
            return self.page(form)
        try:
            form.refuse_other_capacity()
            self.refuse_stale(form)
            self.keep(form)
        except Refusal as refusal:
            return self.again(refusal)
        judged = self.option(form)
        return self.again(NotReady(judged.problems)) if judged.problems else self.check_page(form)

    def confirm(self) -> HttpResponse:
        """The act itself, if it is grave after somebody has shown anew that it is them."""
        if self.row.in_person and self.option().is_theirs and (asked := unconfirmed(self.request)):
            return asked
        form = self.form(self.request.POST)
        if not form.is_valid():
            found = self.option()
            return self.page(form, status=NotReady.status) if found.is_theirs else self.closed(found.problems)
        try:
            form.refuse_other_capacity()
            self.refuse_replaced_papers(form)
            event = perform(
                self.subject,
                self.row.key,
                actor=self.actor(),
                reason=form.cleaned_data["reason"],
                idempotency_key=str(form.cleaned_data["idempotency_key"]),
                version=form.cleaned_data["version"],
                **form.given(),
            )
        except Refusal as refusal:
            return self.again(refusal)
        done = _("Recorded: “%(step)s”, record %(number)s.") % {"step": self.row.title, "number": grouped(event.pk)}
        messages.success(self.request, with_receipt(done, event))
        return redirect(way_on_from(self.subject.reload(), self.request.membership))

    # --- Pages ------------------------------------------------------------------------------------

    def page(self, form: StepForm, *, status: int = 200, obstacles: Iterable[Problem] = ()) -> HttpResponse:
        """The form with what the step will do; `obstacles` stand in its way whatever is answered."""
        context = {"form": form, "obstacles": obstacles, **self.context()}
        return render(self.request, "workflow/step.html", context, status=status)

    def check_page(self, form: StepForm) -> HttpResponse:
        """The answers and documents to be confirmed."""
        context = {
            "answers": form.answers(),
            "carried": form.carried(),
            "papers_seen": self.seen(),
            "kept": self.kept,
            **self.context(),
        }
        return render(self.request, "workflow/check.html", context)

    def again(self, refusal: Refusal) -> HttpResponse:
        """The form as it was filled in with the problems of a refusal, renewed so that it can be sent again."""
        self.subject = catch_up(self.subject)
        self.forget_papers()
        found = self.option()
        if isinstance(refusal, NotAllowed) or not found.is_theirs:
            return self.closed(refusal.problems)
        form = self.form(self.form(self.request.POST).renewed())
        form.is_valid()
        form.refuse(refusal.problems)
        return self.page(form, status=refusal.status)

    def closed(self, problems: Sequence[Problem]) -> HttpResponse:
        """Why the step is not open to the reader, or not now; of the file only those read who may know of it."""
        for_others = problems[0].code == "DOOR-00"
        words = _("Not open to you: %(step)s") if for_others else _("Not possible now: %(step)s")
        context = {
            "row": self.row,
            "subject": self.subject if may_know(self.subject, self.held) else None,
            "heading": words % {"step": self.row.title},
            "problems": problems,
        }
        status = NotAllowed.status if for_others else NotNow.status
        return render(self.request, "workflow/closed.html", context, status=status)

    def context(self) -> dict[str, object]:
        """What the form and the check page both tell."""
        told = outlook(self.subject, self.row, capacity_for(self.row, self.held))
        versions = [paper.current for paper in self.papers if paper.current]
        return {"subject": self.subject, "row": self.row, "outlook": told, "papers": versions, "about": self.asked.about}

    # --- What the request brings ------------------------------------------------------------------

    def option(self, form: StepForm | None = None) -> Option:
        """The engine's answer, with the answers of a form where there is one."""
        given, reason = (form.given(), form.cleaned_data["reason"]) if form else (None, "")
        papers = self.newest if self.request.method == "GET" else None
        return option(self.subject, self.row, self.request.membership, given, reason, papers)

    def actor(self) -> Actor:
        """The person in the capacity that the masthead names. Raises NotAllowed for those who act in none."""
        if self.request.membership is None:
            raise NotAllowed(self.option().problems)
        return Actor.person(self.request.membership)

    def form(self, data: QueryDict | None = None) -> StepForm:
        """The form of this step, filled in or not."""
        files = None if data is None else self.request.FILES
        membership = self.request.membership
        acting = membership.pk if membership else None
        form = StepForm(
            self.asked,
            self.papers,
            acting=acting,
            version=self.subject.version,
            uploads=self.uploads(data) if data else None,
            data=data,
            files=files,
        )
        form.uploads_url = reverse("uploads", args=[self.subject.procedure.key, self.subject.pk, self.row.key])
        return form

    def uploads(self, data: QueryDict) -> dict[UUID, Upload]:
        """The uploads that a form names and that can be handed in to this file."""
        tokens = (as_token(data.get(upload_name(paper.kind), "")) for paper in self.papers)
        subject = self.subject
        return ready_uploads([one for one in tokens if one], self.request.membership, subject.procedure.key, subject.pk)

    def refuse_stale(self, form: StepForm) -> None:
        """Raises NotNow (DOOR-04) when the file has moved since the page was read."""
        if form.cleaned_data["version"] != self.subject.version:
            raise NotNow(Problem("DOOR-04", _("the file has moved since you read it; read it again")))

    def refuse_replaced_papers(self, form: StepForm) -> None:
        """Raises NotNow (DOC-08) when other documents are current than those that were checked."""
        if form.cleaned_data["papers_seen"] != self.seen() and self.option().is_theirs:
            raise NotNow(Problem("DOC-08", _("a document was replaced while you read; check the documents again")))

    def keep(self, form: StepForm) -> None:
        """Keep the documents that were chosen, all or none. Raises as `hand_in` does."""
        membership = self.request.membership
        with one_transaction():
            for one in form.handed_in():
                assert membership is not None  # noqa: S101 # reason: the step is theirs, so that they hold a membership
                kept = hand_in(
                    subject=self.subject,
                    kind=one.kind,
                    name=str(one.file.name),
                    content=one.file,
                    membership=membership,
                    confidential=one.confidential,
                    form_version=one.form_version,
                    completed_on=one.completed_on,
                )
                self.kept.append(kept)
        self.forget_papers()

    def seen(self) -> str:
        """Which documents the check page showed."""
        return " ".join(str(paper.current.pk) for paper in self.papers if paper.current)

    @cached_property
    def held(self) -> frozenset[Capacity]:
        """The reader's capacities towards the file."""
        return capacities_towards(self.subject, self.request.membership)

    @cached_property
    def newest(self) -> list[DocumentVersion]:
        """The newest version of each of the file's documents, where the row asks for any; what only looks knows them."""
        if not self.subject.papers_for(self.row):
            return []
        found = list(with_house(newest_versions(self.subject.procedure.key, self.subject.pk)))
        if self.request.method == "GET":
            self.subject.known_papers = found
        return found

    def forget_papers(self) -> None:
        """Read the documents anew: some were handed in, or the file has moved."""
        for name in ("papers", "newest"):
            self.__dict__.pop(name, None)

    @cached_property
    def papers(self) -> list[Paper]:
        """The documents that the step asks for; who handed one in, or holds the same role, may hand in the next."""
        membership, kinds = self.request.membership, self.subject.papers_for(self.row)
        found = [one for one in self.newest if one.kind in kinds and not one.is_infected]
        current = {version.kind: version for version in found}
        theirs = kinds_open_to(membership.as_role if membership else None, kinds, found)
        return [self.paper(kind, current.get(kind.value), is_open=kind in theirs) for kind in kinds]

    def paper(self, kind: Kind, current: DocumentVersion | None, *, is_open: bool) -> Paper:
        """One document that the row asks for."""
        return Paper(kind, current, is_open, asked_form(self.subject, kind), drafting_address(self.subject, kind))
