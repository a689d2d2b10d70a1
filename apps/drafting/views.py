"""The pages of a draft: its sections, one of them, all answers to be checked, the PDF; and handing it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeAlias
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.middleware import ActingRequest
from apps.core.errors import NotReady, Problem, Refusal
from apps.core.exports import download
from apps.core.render import PACKAGES, NoPapers, makes_papers
from apps.documents.kinds import Kind
from apps.drafting import pages
from apps.drafting.checks import not_open, problems_in_file
from apps.drafting.forms import ProduceForm
from apps.drafting.inputs import Section, SectionForm, Typed, filled, typed_of
from apps.drafting.models import SavedSection
from apps.drafting.policies import Writing, writing
from apps.drafting.render import Part, file_name, head_of, known_about, languages, parts, pdf, shown_in
from apps.drafting.selectors import findings_told, last_produced, sections_saved
from apps.drafting.services import produce, save_section, seen
from apps.workflow import registry
from apps.workflow.models import Subject

HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_HERE = 503
JSON = "application/json"
CHANGED = "DRF-03"


@dataclass
class Screen:
    """A draft as one request of a member of its organisation sees it."""

    request: ActingRequest
    writing: Writing
    saved: dict[str, SavedSection]

    @property
    def subject(self) -> Subject:
        return self.writing.subject

    @property
    def kind(self) -> Kind:
        return self.writing.kind

    @property
    def typed(self) -> dict[str, Typed]:
        return {key: one.typed for key, one in self.saved.items()}

    @cached_property
    def known(self) -> dict[str, Any]:
        """What the file knows."""
        return known_about(self.subject)

    @cached_property
    def sections(self) -> list[Section]:
        return self.writing.form.sections(self.subject.rules, self.known)

    @cached_property
    def forms(self) -> list[SectionForm]:
        """Every section with what was saved of it."""
        return filled(self.sections, self.typed)

    def to(self, name: str, *more: str) -> str:
        """The address of a page of this draft."""
        return reverse(name, args=[*pages.place_of(self.subject, self.kind), *more])

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page of this draft."""
        common = {
            "subject": self.subject,
            "writing": self.writing,
            "head": head_of(self.subject, self.kind),
            "closed": list(not_open(self.writing)),
            "tasks_url": self.to("draft"),
            "answers_url": self.to("draft-answers"),
        }
        return render(self.request, template, {**common, **context}, status=status)


View: TypeAlias = Callable[..., HttpResponse]


def of_draft(view: View) -> View:
    """A view of a draft, for those who write it. Unknown and closed look the same: 404."""

    @wraps(view)
    def wrapped(request: ActingRequest, procedure: str, pk: int, kind: str, **more: str) -> HttpResponse:
        if request.membership is None and request.memberships:
            return redirect(f"{reverse('acting')}?{urlencode({'next': request.path})}")
        found = writing(file_or_404(procedure, pk), kind_or_404(kind), request.membership)
        if found is None:
            raise Http404
        saved = sections_saved(found.subject, found.kind, found.membership.organisation_id)
        if not saved and not found.is_open:
            raise Http404
        return view(Screen(request, found, saved), **more)

    return login_required(never_cache(wrapped))


def file_or_404(procedure: str, pk: int) -> Subject:
    """A file by its procedure and key. Raises Http404."""
    if not registry.is_procedure(procedure):
        raise Http404
    model = registry.model_of(procedure)
    subject = model._default_manager.select_related(*model.read_with).filter(pk=pk).first()
    if subject is None:
        raise Http404
    return subject


def kind_or_404(value: str) -> Kind:
    """A kind of document by its letters. Raises Http404."""
    if value not in Kind.values:
        raise Http404
    return Kind(value)


@require_safe
@of_draft
def task_list(screen: Screen) -> HttpResponse:
    """The sections of the form, in any order, each with how far it is."""
    context = {
        "tasks": pages.tasks(screen.subject, screen.kind, screen.forms),
        "left": len([form for form in screen.forms if form.errors]),
        "produced": last_produced(screen.saved),
        "languages": list(languages()),
        "makes_papers": makes_papers(),
        "steps": [(row.title, screen.subject.step_url(row)) for row in screen.writing.steps],
    }
    return screen.page("drafting/tasks.html", context)


# --- One section ----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def section(screen: Screen, section: str) -> HttpResponse:
    """One section; POST saves it as it was typed, and goes on where nothing is missing."""
    found = next((one for one in screen.sections if one.key == section), None)
    if found is None:
        raise Http404
    at = AtSection(screen, found)
    return at.take(screen.request.POST) if screen.request.method == "POST" else at.ask(screen.request.GET)


@dataclass
class AtSection:
    """One section of a draft, as one request sees it."""

    screen: Screen
    section: Section

    @property
    def saved(self) -> SavedSection | None:
        return self.screen.saved.get(self.section.key)

    def ask(self, query: QueryDict) -> HttpResponse:
        """The questions with what was saved; what is wrong is told where somebody comes to mend it."""
        typed = self.saved.typed if self.saved else None
        form = SectionForm(self.section, typed or {}, blanks={query.get("add", ""): 1})
        if "mend" not in query:
            form.hush()
        return self.page(form)

    def take(self, sent: QueryDict) -> HttpResponse:
        """What was typed, saved; the page again where something is missing or wrong."""
        typed = typed_of(self.section, sent.dict(), without=sent.get("remove", ""))
        said = sent.get("version", "")
        version = int(said) if said.isdecimal() and len(said) < len(str(10**9)) else -1
        try:
            kept = self.keep(typed, version)
        except Refusal as refusal:
            return not_kept(refusal) if self.is_meanwhile else self.refused(typed, refusal)
        if self.is_meanwhile:
            return JsonResponse({"version": kept.version, "said": pages.saved_words(kept, self.screen.writing.membership.side)})
        return self.go_on(typed, sent)

    @property
    def is_meanwhile(self) -> bool:
        """Whether a script saves while somebody types on."""
        return self.screen.request.headers.get("Accept") == JSON

    def keep(self, typed: Typed, version: int) -> SavedSection:
        """Raises as `save_section` does."""
        by = self.screen.writing
        return save_section(
            subject=by.subject, kind=by.kind, membership=by.membership, section=self.section.key, typed=typed, version=version
        )

    def go_on(self, typed: Typed, sent: QueryDict) -> HttpResponse:
        """Where to go after what was typed is saved."""
        here = self.screen.to("draft-section", self.section.key)
        if (table := sent.get("add", "")) in {one.name for one in self.section.asks}:
            return redirect(f"{here}?{urlencode({'add': table})}#{table}-new")
        if sent.get("remove"):
            return redirect(here)
        if "list" in sent:
            return redirect(self.screen.to("draft"))
        form = SectionForm(self.section, typed)
        if form.is_valid():
            return redirect(self.next_url())
        return self.page(form, {"was_saved": True}, NotReady.status)

    def refused(self, typed: Typed, refusal: Refusal) -> HttpResponse:
        """What was typed stands on the page again, beside what somebody else saved meanwhile."""
        by = self.screen.writing
        self.screen.saved = sections_saved(by.subject, by.kind, by.membership.organisation_id)
        form = SectionForm(self.section, typed)
        form.hush()
        context: dict[str, Any] = {"problems": refusal.problems}
        if refusal.codes == (CHANGED,) and self.saved:
            context |= {"other": self.saved, "differences": pages.differences(self.section, self.saved.typed, typed)}
        return self.page(form, context, refusal.status)

    def next_url(self) -> str:
        """The section after this one, or the answers to be checked."""
        following = pages.after(self.screen.sections, self.section)
        return self.screen.to("draft-section", following.key) if following else self.screen.to("draft-answers")

    def page(self, form: SectionForm, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
        """The page of the section."""
        told = findings_told(self.screen.subject) if self.section.shows_findings else ()
        facts, findings = shown_in(self.section, self.screen.subject, self.screen.known, told)
        own: dict[str, Any] = {
            "form": form,
            "section": self.section,
            "saved": self.saved,
            "facts": facts,
            "findings": findings,
            "shows_findings": self.section.shows_findings,
            "next_url": self.next_url(),
            "here_url": self.screen.to("draft-section", self.section.key),
        }
        return self.screen.page("drafting/section.html", {**own, **(context or {})}, status)


def not_kept(refusal: Refusal) -> JsonResponse:
    """Why what somebody types on cannot be saved now."""
    return JsonResponse({"problems": [one.text for one in refusal.problems]}, status=refusal.status)


# --- The whole form -------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def answers(screen: Screen) -> HttpResponse:
    """All answers to be checked; POST produces the PDF and hands it in."""
    if screen.request.method != "POST":
        return checked(screen, ProduceForm(checked=seen(screen.saved)))
    form = ProduceForm(screen.request.POST)
    if not form.is_valid():
        return checked(screen, form, status=NotReady.status)
    by, given = screen.writing, form.cleaned_data
    try:
        document = produce(subject=by.subject, kind=by.kind, membership=by.membership, **given)
    except Refusal as refusal:
        return checked(screen, ProduceForm(checked=seen(screen.saved)), refusal.problems, refusal.status)
    return redirect("document-receipt", document.pk)


def checked(screen: Screen, form: ProduceForm, problems: tuple[Problem, ...] = (), status: int = 200) -> HttpResponse:
    """The answers, what is still missing, and the form by which they become a document."""
    found = parts_of(screen)
    missing = problems_in_file(screen.subject, screen.kind, [part.form for part in found])
    context = {
        "parts": [(part, screen.to("draft-section", part.section.key)) for part in found],
        "missing": pages.to_mend(screen.subject, screen.kind, missing),
        "problems": problems,
        "form": form,
        "languages": list(languages()),
        "makes_papers": makes_papers(),
        "packages": PACKAGES,
    }
    return screen.page("drafting/answers.html", context, status)


def parts_of(screen: Screen) -> list[Part]:
    """The sections as they are read, in the language in force."""
    return parts(screen.writing.form, screen.subject, screen.typed)


@require_safe
@of_draft
def preview(screen: Screen, language: str) -> HttpResponse:
    """The form as it would be produced now, marked as a draft; always as a download, never shown inside this site."""
    if language not in dict(languages()):
        raise Http404
    try:
        content = pdf(screen.writing.form, screen.subject, screen.typed, language, is_draft=True)
    except NoPapers:
        context = {"packages": PACKAGES, "language": get_language()}
        return screen.page("drafting/no_papers.html", context, NOT_HERE)
    return download(content, f"draft-{file_name(screen.subject, screen.kind, language)}", HEADERS)
