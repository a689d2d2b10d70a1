"""What every page has around it, and the pages that say no."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import bad_request, server_error

pytestmark = pytest.mark.django_db
REQUEST = RequestFactory().get("/projects/IN003/", headers={"host": "localhost"})


def page(**context: object) -> str:
    return render_to_string("base.html", {"user": AnonymousUser(), **context}, REQUEST)


def test_a_sample_site_says_so_on_every_page() -> None:
    assert "No project, decision, document or figure on this page is real." in page(sample_data=True)
    assert "Sample data" not in page()


def test_the_masthead_says_in_which_capacity_one_acts() -> None:
    html = page(acting=SimpleNamespace(label="Committee member, METI", side="japan"))
    assert '<span class="jcm-muted">Acting as</span> <span class="jcm-side jcm-side--japan">JP' in html
    assert "Committee member, METI" in html
    assert "Acting as" not in page()


def test_who_holds_several_capacities_is_led_to_the_choice() -> None:
    assert 'href="/accounts/acting/?next=%2Fprojects%2FIN003%2F"' in page(memberships=[1, 2])
    assert "/accounts/acting/" not in page(memberships=[1])


def test_the_navigation_marks_where_one_is() -> None:
    html = page()
    assert '<a class="govuk-service-navigation__link" href="/projects/" aria-current="true"><strong>Projects</strong></a>' in html
    assert html.count("aria-current") == 2, "the entry of the navigation and the language"


def test_a_refusal_stands_above_the_heading_and_in_the_title() -> None:
    problems = [SimpleNamespace(code="ISS-07", text="The period overlaps.", field="")]
    html = page(problems=problems)
    assert "<title>Error: " in html
    assert 'The period overlaps. <span class="jcm-code">ISS-07</span>' in html
    assert "Error:" not in page()


def test_the_time_of_the_page_is_given_in_both_zones() -> None:
    foot = page().partition("<footer")[2]
    assert foot.count("<time ") == 2
    assert foot.index("IST</time>") < foot.index("JST</time>")
    japanese = page(acting=SimpleNamespace(label="x", side="japan")).partition("<footer")[2]
    assert japanese.index("JST</time>") < japanese.index("IST</time>")


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "The server failed"), ("ja", "サーバーの障害です"), ("hi", "सर्वर विफल हुआ")]
)
def test_the_page_of_a_failed_server_needs_nothing(language: str, heading: str) -> None:
    with translation.override(language):
        html = server_error(REQUEST).content.decode()
    assert f'<html lang="{language}"' in html
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in html


def test_a_request_that_cannot_be_read() -> None:
    assert "The request could not be read" in bad_request(REQUEST, ValueError()).content.decode()


def test_there_is_no_such_page() -> None:
    response = Client(headers={"host": "localhost", "accept-language": "ja"}).get("/nothing/here/")
    assert response.status_code == 404
    assert "ページが見つかりません" in response.content.decode()


def test_an_old_form_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True, headers={"host": "localhost"}).post("/i18n/setlang/", {"language": "ja"})
    assert response.status_code == 403
    assert "The form was too old" in response.content.decode()


def test_no_page_holds_inline_style_or_script() -> None:
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "style=" not in text, template
        assert "<style" not in text, template
        assert not any(f" {handler}=" in text for handler in ("onclick", "onload", "onchange", "onsubmit")), template
        assert "<script>" not in text, template
        assert "|safe" not in text, template


def test_the_style_sheets_can_be_served_under_names_that_change(tmp_path: Path, settings: object) -> None:
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined] # reason: pytest-django's settings
    settings.STORAGES = {  # type: ignore[attr-defined] # reason: as above
        "staticfiles": {"BACKEND": f"{ManifestStaticFilesStorage.__module__}.{ManifestStaticFilesStorage.__name__}"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    names: dict[str, str] = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    skin = (tmp_path / names["jcm/skin/index.css"]).read_text(encoding="utf-8")
    assert names["govuk/govuk-frontend.min.css"].rpartition("/")[2] in skin
    assert names["jcm/skin/tokens.css"].rpartition("/")[2] in skin
    assert '@import url("tokens.css")' not in skin
