"""What other programs read: feeds and open data, handed out with marks for caches, so that nobody reads the same twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from apps.core.exports import Table, declare, streamed
from apps.portal.render import atom
from apps.portal.render.atom import Entry
from apps.portal.render.datasets import BY_KEY, DATASETS, Dataset
from apps.portal.selectors import blocks_issued, decided, events_of, find, newest_event, open_calls

EXPORT = declare("data-csv", "csv")
FOR_A_QUARTER_OF_AN_HOUR = "public, max-age=900"
ATOM = "application/atom+xml; charset=utf-8"
MOST = 50
Told = tuple[str, str, Sequence[Entry]]
# Nobody has named a licence yet: a file says so itself, wherever it is copied to.
LICENCE = gettext_lazy(
    "The secretariats of both sides have not named a licence yet. Until they do, name the Joint Committee as the source."
)


# --- Feeds ----------------------------------------------------------------------------------------


@require_safe
def feed(request: HttpRequest, name: str) -> HttpResponseBase:
    """One of the site's feeds, in the language that the address names. Unknown ones: 404."""
    if name not in TELLS:
        raise Http404
    with translation.override(language_of(request)):
        return as_atom(request, name, *TELLS[name]())


@require_safe
def project_feed(request: HttpRequest, name: str) -> HttpResponseBase:
    """What happened to a published project and its rounds. Unknown and hidden look the same: 404."""
    project = find(name, None)
    if project is None:
        raise Http404
    with translation.override(language_of(request)):
        entries = atom.project_entries(project, events_of(project))
        return as_atom(request, f"project-{project.pk}", str(project), project.get_absolute_url(), entries)


def _decisions() -> Told:
    return _("Decisions of the Joint Committee"), reverse("decisions"), atom.decision_entries(decided(MOST))


def _calls() -> Told:
    return _("Open for comments"), reverse("public-home"), atom.call_entries(open_calls())


def _issuances() -> Told:
    return _("Credits issued"), reverse("issuances"), atom.issuance_entries(blocks_issued(MOST))


TELLS: dict[str, Callable[[], Told]] = {"decisions": _decisions, "calls": _calls, "issuances": _issuances}


def language_of(request: HttpRequest) -> str:
    """The language that the address names, English where it names none of the site's."""
    asked = request.GET.get("language", "en")
    return asked if asked in dict(settings.LANGUAGES) else "en"


def as_atom(request: HttpRequest, name: str, title: str, page: str, entries: Sequence[Entry]) -> HttpResponseBase:
    """A feed, or only that it has not changed."""
    text, changed_at = atom.written(name, title, request.path, page, entries)
    mark = sha256(text.encode()).hexdigest()
    return kept(request, HttpResponse(text, content_type=ATOM), mark, changed_at)


def kept(request: HttpRequest, response: HttpResponseBase, mark: str, changed_at: datetime | None) -> HttpResponseBase:
    """The response with its marks for caches, or only that nothing has changed."""
    moment = int(changed_at.timestamp()) if changed_at else None
    marks = {"Cache-Control": FOR_A_QUARTER_OF_AN_HOUR, "ETag": quote_etag(mark), "X-Content-Type-Options": "nosniff"}
    marks |= {"Last-Modified": http_date(moment)} if moment is not None else {}
    unchanged: HttpResponse | None = get_conditional_response(request, quote_etag(mark), moment)
    answer = response if unchanged is None else unchanged
    for name, value in marks.items():
        answer[name] = value
    return answer


# --- Open data ------------------------------------------------------------------------------------


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Every file of open data, column by column."""
    return render(request, "portal/open_data.html", {"datasets": DATASETS, "licence": LICENCE})


@require_safe
def data_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """A file of open data as CSV, written while it is read."""
    found = dataset_named(key)
    response = streamed(EXPORT, Table(found.key, found.heads, found.rows()), found.key)
    return marked(request, found, response)


@require_safe
def data_json(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same as JSON: `dataset`, `licence`, `as_of_event`, `rows` with an object for each line."""
    found = dataset_named(key)
    response = StreamingHttpResponse(json_pieces(found), content_type="application/json")
    return marked(request, found, response)


def dataset_named(key: str) -> Dataset:
    """A file of open data. Raises Http404 where there is none of that name."""
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def marked(request: HttpRequest, found: Dataset, response: HttpResponseBase) -> HttpResponseBase:
    """The response, or only that no act has happened since: what is public changes by acts alone."""
    event, at = newest_event()
    mark = sha256(" ".join([found.key, str(event), *found.heads]).encode()).hexdigest()
    return kept(request, response, mark, at)


def json_pieces(found: Dataset) -> Iterator[str]:
    """A file of open data as JSON, line by line."""
    event, _at = newest_event()
    with translation.override("en"):
        head = {"dataset": found.key, "licence": str(LICENCE), "as_of_event": event}
    yield json.dumps(head)[:-1] + ', "rows": ['
    for place, row in enumerate(found.rows()):
        line = json.dumps(dict(zip(found.heads, row, strict=True)), cls=DjangoJSONEncoder, ensure_ascii=False)
        yield f"{',' if place else ''}\n{line}"
    yield "\n]}\n"
