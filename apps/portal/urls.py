"""Addresses of the portal."""

from django.urls import path, register_converter

from apps.core.exports import TYPES
from apps.portal import views


class EndingConverter:
    """The ending of a table for other programs."""

    regex = "|".join(TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(EndingConverter, "table")

urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects.<table:ending>", views.projects_export, name="projects-export"),
    path("sustainable-development/", views.sustainable_development, name="sustainable-development"),
    path("projects/<str:name>/", views.project, name="project"),
]
