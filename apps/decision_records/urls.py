"""Addresses of records and of their keys. What a supplement is called in an address never changes what it leads to."""

from django.urls import path, register_converter

from apps.decision_records import views
from apps.decision_records.kinds import LANGUAGES


class LanguageConverter:
    """One of the languages of records."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageConverter, "language")

urlpatterns = [
    path("decisions/key/", views.key_page, name="record-keys"),
    path("decisions/key/<slug:key_id>.json", views.key_file, name="record-key"),
    path("decisions/<str:name>/record/", views.record_page, name="decision-record"),
    path("decisions/<str:name>/record/<int:supplement>/record.json", views.record_file, name="record-json"),
    path("decisions/<str:name>/record/<int:supplement>/<language:language>.pdf", views.record_paper, name="record-paper"),
    path("decisions/<str:name>/record/<int:supplement>/proof.zip", views.public_bundle, name="record-bundle"),
    path(
        "decisions/<str:name>/record/<int:supplement>/committee-proof.zip",
        views.committee_bundle,
        name="record-committee-bundle",
    ),
]
