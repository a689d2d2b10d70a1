from __future__ import annotations

from django.urls import path

from apps.dashboard.views import desk, own, waiting

urlpatterns = [
    path("", desk, name="desk"),
    path("waiting/", waiting, name="waiting"),
    path("waiting/for-you/", own, name="own"),
]
