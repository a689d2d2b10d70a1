"""Addresses of the portal."""

from django.urls import path

from apps.portal.views import about, figures, home, issuances, projects, reading, rules

urlpatterns = [
    path("public/", home.public_home, name="public-home"),
    path("projects/", projects.projects, name="projects"),
    path("projects.<table:ending>", projects.projects_export, name="projects-export"),
    path("sustainable-development/", projects.sustainable_development, name="sustainable-development"),
    path("projects/<str:name>/", projects.project, name="project"),
    path("projects/<str:name>/feed.atom", reading.project_feed, name="project-feed"),
    path("issuances/", issuances.issuances, name="issuances"),
    path("figures/", figures.pipeline, name="figures"),
    path("figures/durations/", figures.durations_page, name="durations"),
    path("figures/places/", figures.places_page, name="places"),
    path("figures/<slug:key>.csv", figures.figure_export, name="figure-export"),
    path("rules/", rules.rules, name="rules"),
    path("rules/parameters/", rules.rules_parameters, name="rules-parameters"),
    path("rules/forms/", rules.rules_forms, name="rules-forms"),
    path("rules/codes/", rules.rules_codes, name="rules-codes"),
    path("rules/<slug:name>/", rules.rules_procedure, name="rules-procedure"),
    path("rules/<slug:name>/<slug:edition>/", rules.rules_procedure, name="rules-edition"),
    path("feeds/<slug:name>.atom", reading.feed, name="feed"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("help/", about.help_page, name="help"),
    path("data/", reading.open_data, name="open-data"),
    path("data/<slug:key>.csv", reading.data_csv, name="data-csv"),
    path("data/<slug:key>.json", reading.data_json, name="data-json"),
]
