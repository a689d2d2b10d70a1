"""Addresses of findings and of assessments."""

from django.urls import path

from apps.findings.views import assessment, checklist, finding

urlpatterns = [
    path("finding/<int:pk>/", finding, name="finding"),
    path("assessments/<slug:procedure>/<int:pk>/", assessment, name="assessment"),
    path("assessments/<slug:procedure>/<int:pk>/checklist/", checklist, name="checklist"),
]
