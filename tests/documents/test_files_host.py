"""Documents from a host of their own: sent there by a word that holds for a minute, judged anew, and nothing else is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from apps.accounts.models import Membership
from apps.documents.kinds import Kind, Outcome
from apps.documents.models import DocumentVersion, Reading, Verdict
from apps.documents.services import add_version
from apps.workflow.views.handing_out import GOOD_FOR, SALT
from tests.people import Cast, cast
from tests.probe.services import lodged

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 50
HOST = "files.example.org"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def host(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT, settings.FILES_URL = tmp_path, f"http://{HOST}"
    settings.ALLOWED_HOSTS = ["testserver", HOST]


@pytest.fixture
def people() -> Cast:
    return cast()


def kept(people: Cast, *, confidential: bool = True) -> DocumentVersion:
    by = people.participant_host
    given = {"kind": Kind.PDD, "name": "design.pdf", "content": PDF, "membership": by, "confidential": confidential}
    return add_version(subject=lodged(by), **given)


def sent(client: Client, version: DocumentVersion) -> str:
    """The path on the other host to which the site sends a reader."""
    answer = client.get(f"/documents/{version.pk}/")
    assert (answer.status_code, answer["Cache-Control"]) == (302, "no-store")
    assert answer["Location"].startswith(f"http://{HOST}/handed-out/")
    return str(answer["Location"].removeprefix(f"http://{HOST}"))


def there(path: str) -> Any:
    """The answer of the documents' host to a browser without cookies, read to its end."""
    answer = Client().get(path, headers={"host": HOST})
    answer.read = b"".join(answer)
    return answer


def test_a_reader_is_sent_to_the_other_host_and_has_the_bytes_there(client: Client, people: Cast) -> None:
    version = kept(people)
    client.force_login(people.co_chair_japan.user)
    path = sent(client, version)
    assert not Reading.objects.exists()
    answer = there(path)
    assert (answer.status_code, answer.read) == (200, PDF)
    assert answer["Content-Disposition"] == 'attachment; filename="design.pdf"'
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == ("sandbox; default-src 'none'", "nosniff")
    assert not answer.cookies
    assert [(one.version, one.membership_id) for one in Reading.objects.all()] == [(version, people.co_chair_japan.pk)]


def test_everybody_is_sent_on_to_what_is_public(client: Client, people: Cast) -> None:
    answer = there(sent(client, kept(people, confidential=False)))
    assert (answer.status_code, answer.read) == (200, PDF)


def test_who_may_not_read_is_sent_nowhere(client: Client, people: Cast) -> None:
    version = kept(people)
    assert client.get(f"/documents/{version.pk}/").status_code == 404
    client.force_login(people.stranger.user)
    assert client.get(f"/documents/{version.pk}/").status_code == 404


def test_a_word_holds_for_a_minute(client: Client, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(people.secretariat_host.user)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now)
    path = sent(client, kept(people))
    monkeypatch.setattr(signing.time, "time", lambda: now + GOOD_FOR - 1)
    assert there(path).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: now + GOOD_FOR + 2)
    assert there(path).status_code == 404


def test_a_word_that_the_site_did_not_write_opens_nothing(people: Cast) -> None:
    version, reader = kept(people), people.secretariat_host
    good = signing.dumps([version.pk, reader.pk], salt=SALT)
    assert there(f"/handed-out/{good}/").status_code == 200
    forged = ("A" if good[-9] != "A" else "B").join((good[:-9], good[-8:]))
    for word in (forged, signing.dumps([version.pk, reader.pk]), "x", "0"):
        assert there(f"/handed-out/{word}/").status_code == 404
    # Written for nobody, for a stranger, for somebody unknown, and of a version that is not there.
    for version_pk, reader_pk in ((version.pk, 0), (version.pk, people.stranger.pk), (version.pk, 10**9), (10**9, reader.pk)):
        word = signing.dumps([version_pk, reader_pk], salt=SALT)
        assert there(f"/handed-out/{word}/").status_code == 404


def test_who_left_the_office_meanwhile_has_nothing(client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    path = sent(client, kept(people))
    Membership.objects.filter(pk=people.secretariat_host.pk).update(ends_on=date(2020, 1, 1))
    assert there(path).status_code == 404


def test_what_was_found_infected_meanwhile_is_not_handed_out(client: Client, people: Cast) -> None:
    version = kept(people)
    client.force_login(people.secretariat_host.user)
    path = sent(client, version)
    Verdict.objects.create(
        version=version, outcome=Outcome.INFECTED, carries="Eicar", scanner="ClamAV", judged_at=version.uploaded_at
    )
    assert there(path).status_code == 404
    assert client.get(f"/documents/{version.pk}/").status_code == 403


def test_damaged_bytes_are_told_of_on_the_site_and_handed_out_nowhere(client: Client, people: Cast) -> None:
    version = kept(people)
    client.force_login(people.secretariat_host.user)
    path = sent(client, version)
    version.path.chmod(0o600)
    version.path.write_bytes(b"something else")
    assert there(path).status_code == 404
    assert client.get(f"/documents/{version.pk}/").status_code == 503


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/projects/", "/healthz", "/static/jcm/mark.svg", "/documents/1/"])
def test_nothing_else_is_on_the_documents_host(path: str, people: Cast) -> None:  # noqa: ARG001 - a site with people
    answer = there(path)
    assert (answer.status_code, answer.read, answer["Content-Type"]) == (404, b"404", "text/plain")


def test_documents_are_on_no_other_host(client: Client, people: Cast, settings: Any) -> None:
    client.force_login(people.secretariat_host.user)
    path = sent(client, kept(people))
    assert client.get(path).content == b"404"
    assert Client().post(path, headers={"host": HOST}).status_code == 405
    settings.FILES_URL = ""
    assert client.get(path).content == b"404"
