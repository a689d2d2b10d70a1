"""Addresses of the views that people keep."""

from django.urls import path

from apps.lists import views

urlpatterns = [
    path("lists/<slug:key>/views/", views.keep, name="keep-view"),
    path("views/<int:pk>/", views.saved_view, name="saved-view"),
    path("views/<int:pk>/delete/", views.delete, name="delete-view"),
]
