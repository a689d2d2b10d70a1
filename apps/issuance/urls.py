"""Addresses of the rounds' own pages."""

from django.urls import path

from apps.issuance import views

urlpatterns = [path("round/<int:pk>/monitoring-sheet/", views.monitoring_sheet, name="monitoring-sheet")]
