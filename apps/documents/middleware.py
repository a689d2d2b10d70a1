"""What a page answers that needs a document while the service that keeps them is away."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from apps.documents.errors import StoreAway

SOON = 60  # seconds


class StoreAwayMiddleware:
    """Says so, 503, wherever a page does not say it better at its own place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's hook for what a view raised; of everything else Django takes care."""
        if not isinstance(exception, StoreAway):
            return None
        answer = render(request, "503.html", {"problems": exception.problems}, status=exception.status)
        answer["Retry-After"] = str(SOON)
        return answer
