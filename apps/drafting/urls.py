"""Addresses of the forms that are filled in on the site."""

from django.urls import path

from apps.drafting import views

FORM = "<slug:procedure>/<int:pk>/forms/<slug:kind>/"

urlpatterns = [
    path(FORM, views.task_list, name="draft"),
    path(f"{FORM}answers/", views.answers, name="draft-answers"),
    path(f"{FORM}preview-<slug:language>.pdf", views.preview, name="draft-preview"),
    path(f"{FORM}<slug:section>/", views.section, name="draft-section"),
]
