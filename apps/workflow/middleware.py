"""The host of the documents, where one is set, hands out documents and nothing else; no other host does."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PATH = "/handed-out/"


class FilesHostMiddleware:
    """Keeps both apart, and tells nothing in the site's own look where its pages are not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host, hands_out = urlsplit(settings.FILES_URL).netloc, request.path.startswith(PATH)
        if (bool(host) and request.get_host() == host) != hands_out:
            return _nothing()
        answer = self.get_response(request)
        return _nothing() if hands_out and answer.status_code == HTTPStatus.NOT_FOUND else answer


def _nothing() -> HttpResponse:
    return HttpResponse("404", status=HTTPStatus.NOT_FOUND, content_type="text/plain")
