"""Addresses of the register of third-party entities."""

from django.urls import path

from apps.third_party_entities import views

urlpatterns = [
    path("third-party-entities/", views.entities, name="third-party-entities"),
    path("third-party-entities.<table:ending>", views.entities_export, name="third-party-entities-export"),
    path("third-party-entities/<str:name>/", views.entity, name="third-party-entity"),
]
