"""Addresses of the committee's pages."""

from django.urls import path

from apps.committee import views

urlpatterns = [
    path("decisions/", views.decision_list, name="decisions"),
    path("decisions/<str:name>/", views.ballot_page, name="ballot"),
]
