"""What the administration gives away to each capacity, beside what the site's own pages do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Membership
from apps.accounts.selectors import memberships_of
from apps.administration.kinds import ADMITTED
from apps.administration.render import cell
from apps.committee.models import Ballot, Decision
from apps.committee.selectors import ballots_visible_to
from apps.core import clock
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.idea_notes.models import IdeaNote
from apps.meetings.models import Meeting
from apps.meetings.selectors import meetings_visible_to
from apps.projects.models import Project
from apps.workflow.models import Subject
from apps.workflow.policies import capacities_towards, may_know
from apps.workflow.views.papers import is_known_to
from tests.permissions.canaries import canaries_in, canary
from tests.permissions.policy import by_right
from tests.permissions.site import Site

# Whoever is admitted, one for each kind of knowledge.
READERS = (
    "co-chair, India", "member, Japan", "member in conflict, India", "alternate, India", "secretariat, India",
    "secretariat, Japan", "authority, India", "registry, Japan",
)  # fmt: skip
# Those of them who look at pages: rows are compared for all, and every page shows rows.
LOOKING = ("member, Japan", "member in conflict, India", "secretariat, India", "authority, India")
OTHERS = ("government, India", "participant, India", "entity", "former secretary", "without capacity", "expert")
TELLING = (Subject, DocumentVersion, Event, Decision)
OWN_RULE: dict[type, Callable[[Membership], Any]] = {Ballot: ballots_visible_to, Meeting: meetings_visible_to}


def wrongs(site: Site) -> Iterator[str]:
    """Everything that is wrong with the administration, in words."""
    yield from (f"{who} enters" for who in OTHERS if site.clients[who].get("/admin/").status_code != 302)
    for who in READERS:
        yield from wrong_rows(who, held(site, who))
    for who in LOOKING:
        yield from leaks(site, who)
        yield from closed_pages(site, who)
    yield from (f"an administrator finds {word}" for word in found_on(site, "superuser", ["/admin/", *lists()]))
    yield from doors_that_may_break(site)


def held(site: Site, who: str) -> Membership:
    """The capacity of somebody."""
    user = site.people.users[who]
    assert user is not None
    found = memberships_of(user, clock.today()).get()
    assert found.as_role in ADMITTED, who
    return found


def asking(membership: Membership) -> Any:
    """A request of somebody in a capacity."""
    request = RequestFactory().get("/admin/")
    request.user, request.membership, request.memberships = membership.user, membership, [membership]  # type: ignore[attr-defined] # reason: as the middleware sets them
    return request


# --- Rows: no more than the site's own pages know of ----------------------------------------------


def wrong_rows(who: str, membership: Membership) -> Iterator[str]:
    """Rows that a list holds and the site's own rule does not open, or the other way about; and cells that cost a query."""
    for model, of in admin.site._registry.items():
        request = asking(membership)
        if not of.has_view_permission(request):
            if of.get_queryset(request).exists():
                yield f"{who} finds rows of {model.__name__}, whose list is closed"
            continue
        if issubclass(model, Subject | DocumentVersion):
            found, due = set(of.get_queryset(request).values_list("pk", flat=True)), due_rows(model, membership)
            yield from (f"{who} finds {model.__name__} {pk} and should not" for pk in found - due)
            yield from (f"{who} misses {model.__name__} {pk}" for pk in due - found)
        yield from costly(of, request)


def due_rows(model: Any, membership: Membership) -> set[int]:
    """The rows that the site's own pages open to somebody."""
    if model is DocumentVersion:
        return {one.pk for one in DocumentVersion.everything.all() if is_known_to(one, membership)}
    if rule := OWN_RULE.get(model):
        return set(rule(membership).values_list("pk", flat=True))
    return {one.pk for one in model.objects.all() if may_know(one, capacities_towards(one, membership))}


def costly(of: Any, request: Any) -> Iterator[str]:
    """Lists whose cells ask the database anything: they would cost more the more rows there are."""
    page = of.get_changelist_instance(request)
    names, rows = of.get_list_display(request), list(page.result_list)
    with CaptureQueriesContext(connection) as queries:
        for row in rows:
            for name in names:
                cell(of, row, name)
    yield from (f"the list {of.opts.label} asks for each row: {one['sql'][:200]}" for one in queries.captured_queries[:1])


# --- Words ----------------------------------------------------------------------------------------


def lists() -> list[str]:
    """The lists of files, documents, acts and decisions."""
    telling = [one for one in admin.site._registry if issubclass(one, TELLING) and one._default_manager.exists()]
    return [reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_changelist") for one in telling]


def found_on(site: Site, who: str, paths: list[str]) -> set[str]:
    """The canaries on some pages."""
    return {word for path in paths for word in canaries_in(site.clients[who].get(path), {})}


def leaks(site: Site, who: str) -> Iterator[str]:
    """Canaries on any list, page or history that somebody sees nowhere by right."""
    open_to = set(map(canary, by_right(who)))
    paths = ["/admin/", *lists(), *pages(held(site, who)), *choices()]
    for path in paths:
        yield from (f"{word} for {who} at {path}" for word in found_on(site, who, [path]) - open_to)


def pages(membership: Membership) -> Iterator[str]:
    """The pages and a history of files that somebody may know of; of documents and acts, too."""
    for model, of in admin.site._registry.items():
        if not issubclass(model, TELLING):
            continue
        rows = of.get_queryset(asking(membership)).order_by("-pk")
        at = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        keys = list(rows.values_list("pk", flat=True)[:2])
        yield from (reverse(f"{at}_change", args=[pk]) for pk in keys)
        yield from (reverse(f"{at}_history", args=[pk]) for pk in keys[:1])


def choices() -> Iterator[str]:
    """What Django offers to choose from in fields that complete what is typed."""
    for model, field in (("issuance.round", "project"), ("projects.project", "idea_note"), ("projects.project", "validator")):
        app, name = model.split(".")
        yield f"/admin/autocomplete/?app_label={app}&model_name={name}&field_name={field}&term="


def closed_pages(site: Site, who: str) -> Iterator[str]:
    """Files and documents that somebody may not know of, whose page is not as if there were none."""
    membership = held(site, who)
    for model in (Project, IdeaNote, Ballot, Meeting, DocumentVersion):
        hidden = set(model._default_manager.values_list("pk", flat=True)) - due_rows(model, membership)
        at = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for pk in sorted(hidden)[:1]:
            for page in ("change", "history"):
                status = site.clients[who].get(reverse(f"{at}_{page}", args=[pk])).status_code
                if status != 404:
                    yield f"{model.__name__} {pk} answers {status} to {who}"


# --- That it bites --------------------------------------------------------------------------------


def doors_that_may_break(site: Site) -> Iterator[str]:
    """Rules of the administration that could be broken without that being found."""
    everything: dict[str, Callable[..., Any]] = {
        "apps.administration.admin.log.documents_known_to": lambda _: DocumentVersion.everything.all(),
        "apps.administration.admin.files.files_known_to": lambda model, _: model._default_manager.all(),
    }
    for rule, broken in everything.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rule, broken)
            if not list(wrong_rows("member, Japan", held(site, "member, Japan"))):
                yield f"{rule} can be broken"
