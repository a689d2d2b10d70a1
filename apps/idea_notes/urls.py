"""Addresses of the register of idea notes."""

from django.urls import path

from apps.idea_notes import views

urlpatterns = [
    path("idea-notes/", views.idea_notes, name="idea-notes"),
    path("idea-notes.<table:ending>", views.idea_notes_export, name="idea-notes-export"),
    path("idea-notes/<str:name>/", views.idea_note, name="idea-note"),
]
