"""Addresses of the portal."""

from django.urls import path

from apps.portal import views

urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects.<table:ending>", views.projects_export, name="projects-export"),
    path("sustainable-development/", views.sustainable_development, name="sustainable-development"),
    path("projects/<str:name>/", views.project, name="project"),
]
