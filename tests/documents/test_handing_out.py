"""Handing out documents: the bytes as they came, as a download, to whoever may read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.services import add_version
from tests.people import APPOINTED_ON, Cast, cast
from tests.probe.services import lodged

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 500

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


@pytest.fixture
def people() -> Cast:
    return cast()


def kept(people: Cast, *, confidential: bool, name: str = "検証報告書 1.pdf") -> DocumentVersion:
    probe = lodged(people.participant_host)
    return add_version(
        subject=probe, kind=Kind.PDD, name=name, content=PDF, membership=people.participant_host, confidential=confidential
    )


def test_everybody_gets_what_is_public_byte_for_byte_and_as_a_download(client: Client, people: Cast) -> None:
    version = kept(people, confidential=False)
    response = client.get(f"/documents/{version.pk}/")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%A4%9C%E8%A8%BC%E5%A0%B1%E5%91%8A%E6%9B%B8%201.pdf"
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("participant_host", 200), ("secretariat_host", 200), ("secretariat_japan", 200), ("co_chair_host", 200),
        ("co_chair_japan", 200), ("members_host", 200), ("members_japan", 200),
        ("stranger", 404), ("participant_japan", 404), ("tpe", 404), ("other_tpe", 404), ("registry_host", 404),
        ("government_host", 404), ("government_japan", 404), ("nobody", 404),
    ],
)  # fmt: skip
def test_awkward_case_44_what_is_confidential_is_for_the_committee_the_secretariats_and_those_whom_the_file_names(
    who: str, status: int, client: Client, people: Cast
) -> None:
    version = kept(people, confidential=True)
    if who != "nobody":
        membership = getattr(people, who)
        client.force_login((membership[0] if isinstance(membership, list) else membership).user)
    response = client.get(f"/documents/{version.pk}/")
    assert response.status_code == status
    if status == 200:
        assert b"".join(response.streaming_content) == PDF


def test_it_is_the_capacity_acted_in_that_counts(client: Client, people: Cast) -> None:
    version = kept(people, confidential=True)
    secretariat = people.secretariat_host
    other = Membership.objects.create(
        user=secretariat.user, organisation=people.stranger.organisation, role="participant", starts_on=APPOINTED_ON
    )
    client.force_login(secretariat.user)
    for held, status in ((None, 404), (other, 404), (secretariat, 200)):
        if held:
            client.post("/accounts/acting/", {"membership": held.pk})
        response = client.get(f"/documents/{version.pk}/")
        assert response.status_code == status
        assert b"".join(response) == (PDF if status == 200 else response.content)


def test_an_ended_membership_opens_nothing(client: Client, people: Cast) -> None:
    version = kept(people, confidential=True)
    Membership.objects.filter(pk=people.secretariat_host.pk).update(ends_on=APPOINTED_ON)
    client.force_login(people.secretariat_host.user)
    assert client.get(f"/documents/{version.pk}/").status_code == 404


def test_a_superuser_holds_no_capacity_here(client: Client, people: Cast) -> None:
    version = kept(people, confidential=True)
    user = people.stranger.user
    user.is_superuser = user.is_staff = True
    user.save()
    client.force_login(user)
    assert client.get(f"/documents/{version.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/documents/999999999/", f"/documents/{10**30}/", "/documents/0/", "/documents/x/"])
def test_what_does_not_exist_is_not_found(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


def test_documents_are_only_read(client: Client, people: Cast) -> None:
    version = kept(people, confidential=False)
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(f"/documents/{version.pk}/").status_code == 405
