"""The address of the committee's own page."""

from django.urls import path

from apps.composition.views import committee_page

urlpatterns = [path("committee/", committee_page, name="committee")]
