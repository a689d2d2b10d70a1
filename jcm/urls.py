"""Addresses: each app brings its own. A higher app knows what a lower one does not, so its addresses are tried first."""

from importlib.util import find_spec

from django.apps import apps
from django.contrib import admin
from django.urls import include, path

from jcm.style_page.views import StylePage

urlpatterns = [
    path("admin/", admin.site.urls),
    path("style/", StylePage.as_view(), name="style"),
    *(
        path("", include(f"{app.name}.urls"))
        for app in reversed(list(apps.get_app_configs()))
        if app.name.startswith("apps.") and find_spec(f"{app.name}.urls")
    ),
]
