"""The site's addresses, and a list as Django has it by itself."""

from django.urls import include, path

from tests.bench.plain import PlainList

urlpatterns = [path("plain/", PlainList.as_view()), path("", include("jcm.urls"))]
