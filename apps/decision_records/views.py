"""The public pages of records and keys, and what can be downloaded there. Only a POST has a record made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.middleware import ActingRequest
from apps.committee.models import Ballot
from apps.committee.selectors import reads_ballots
from apps.core.render import PACKAGES, NoPapers, makes_papers
from apps.decision_records import pages
from apps.decision_records.models import DecisionRecord
from apps.decision_records.policies import has_committee_bundle
from apps.decision_records.render.bundle import Part, streamed
from apps.decision_records.render.paper import pdf
from apps.decision_records.render.sheet import sheet
from apps.decision_records.selectors import closed_ballot, records_numbered
from apps.decision_records.services import write_records
from apps.workflow.inputs import storable

HEADERS = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
# A record never changes: whoever has it need not ask again.
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"
FOR_ONE_READER = "private, no-store"
NOT_HERE = 503
Response = TypeVar("Response", bound=HttpResponseBase)


@require_http_methods(["GET", "HEAD", "POST"])
def record_page(request: ActingRequest, name: str) -> HttpResponse:
    """The newest record of a ballot; while there is none, that it is being prepared. POST has it made at once."""
    ballot = closed_ballot(name) if storable(name) else None
    if ballot is None:
        raise Http404
    if request.method == "POST":
        return prepared(request, ballot)
    found = records_numbered(ballot.reference)
    return shown(request, found) if found else waiting(request, ballot)


def prepared(request: ActingRequest, ballot: Ballot) -> HttpResponse:
    """The record made now, for those who read ballots; for everybody else there is nothing to post to."""
    if not reads_ballots(request.membership):
        raise Http404
    write_records(ballot)
    return redirect("decision-record", ballot.reference)


def waiting(request: ActingRequest, ballot: Ballot) -> HttpResponse:
    """The ballot has closed, and the relay has not come by yet."""
    context = {"ballot": ballot, "may_prepare": reads_ballots(request.membership)}
    return render(request, "decision_records/waiting.html", context)


def shown(request: ActingRequest, found: list[DecisionRecord]) -> HttpResponse:
    """The last of a ballot's records, with the way to the earlier ones."""
    record = found[-1]
    context: dict[str, Any] = {
        "record": record,
        "sheet": sheet(record, get_language() or "en"),
        "earlier": found[:-1],
        "languages": pages.languages(),
        "papers": makes_papers(),
        "packages": PACKAGES,
        "committee_bundle": has_committee_bundle(request.membership),
        "reads_ballots": reads_ballots(request.membership),
    }
    return render(request, "decision_records/record.html", context)


def record_of(name: str, supplement: int) -> DecisionRecord:
    """One record. Raises Http404 where there is none."""
    found = records_numbered(name) if storable(name) else []
    record = next((one for one in found if one.supplement == supplement), None)
    if record is None:
        raise Http404
    return record


def attached(response: Response, name: str) -> Response:
    """The response as a download under a name; names are made of letters, digits and hyphens alone."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def kept(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponseBase:
    """The response with its mark for caches, or only that nothing has changed."""
    response["Cache-Control"], response["ETag"] = FOR_EVER, quote_etag(mark)
    return get_conditional_response(request, etag=quote_etag(mark), response=response) or response


@require_safe
def record_file(request: HttpRequest, name: str, supplement: int) -> HttpResponseBase:
    """The record's own bytes."""
    record = record_of(name, supplement)
    response = HttpResponse(record.json, content_type="application/json", headers=HEADERS)
    return kept(request, attached(response, f"{record.stem}.json"), record.sha256)


@require_safe
def record_paper(request: HttpRequest, name: str, supplement: int, language: str) -> HttpResponseBase:
    """The record as PDF; where this machine cannot make one, a page that says so."""
    record = record_of(name, supplement)
    try:
        paper = pdf(record, language)
    except NoPapers:
        return render(request, "decision_records/no_papers.html", {"record": record, "packages": PACKAGES}, status=NOT_HERE)
    response = attached(HttpResponse(paper, content_type="application/pdf", headers=HEADERS), f"{record.stem}-{language}.pdf")
    response["Cache-Control"] = FOR_A_DAY
    return response


@require_safe
def public_bundle(request: HttpRequest, name: str, supplement: int) -> HttpResponseBase:  # noqa: ARG001 # reason: Django's signature
    """The proof bundle that everybody may have."""
    record = record_of(name, supplement)
    response = bundled(record, pages.public_parts(record), f"{record.stem}-proof.zip")
    response["Cache-Control"] = FOR_A_DAY
    return response


@require_safe
def committee_bundle(request: ActingRequest, name: str, supplement: int) -> HttpResponseBase:
    """The proof bundle with the confidential documents that this very reader may have; 404 for everybody else."""
    record = record_of(name, supplement)
    if request.membership is None or not has_committee_bundle(request.membership):
        raise Http404
    parts = pages.committee_parts(record, request.membership)
    response = bundled(record, parts, f"{record.stem}-committee-proof.zip")
    response["Cache-Control"] = FOR_ONE_READER
    return response


def bundled(record: DecisionRecord, parts: Iterable[Part], name: str) -> StreamingHttpResponse:
    """A bundle as a download."""
    response = StreamingHttpResponse(streamed(record, parts), content_type="application/zip", headers=HEADERS)
    return attached(response, name)


@require_safe
def key_page(request: HttpRequest) -> HttpResponse:
    """The public keys of records: the one that signs now, and every earlier one."""
    return render(request, "decision_records/keys.html", {"rows": pages.key_rows()})


@require_safe
def key_file(request: HttpRequest, key_id: str) -> HttpResponseBase:
    """One public key, as `verify.py --key` reads it."""
    row = next((one for one in pages.key_rows() if one["key_id"] == key_id), None)
    if row is None:
        raise Http404
    key = {"key_id": row["key_id"], "public_key": row["public_key"]}
    return kept(request, attached(JsonResponse(key, headers=HEADERS), f"{key_id}.json"), key_id)
