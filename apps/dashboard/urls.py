"""The address of the desk."""

from django.urls import path

from apps.dashboard.views import desk

urlpatterns = [path("", desk, name="desk")]
