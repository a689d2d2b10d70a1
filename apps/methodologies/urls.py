"""Addresses of the register of methodologies."""

from django.urls import path

from apps.methodologies import views

urlpatterns = [
    path("methodologies/", views.methodologies, name="methodologies"),
    path("methodologies.<table:ending>", views.methodologies_export, name="methodologies-export"),
    path("methodologies/<str:name>/", views.methodology, name="methodology"),
]
