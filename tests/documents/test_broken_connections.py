"""A real connection that breaks while a document comes in: nothing of it is seen, and the sender goes on from where it stood."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.conf import settings as site
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from apps.accounts.models import Membership
from apps.documents.models import DocumentVersion, Upload
from tests.inspection.good import report
from tests.inspection.sending import Sender
from tests.people import Cast, cast
from tests.probe.models import Probe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    return cast()


def breaks_off(server: LiveServer, by: Membership, head: str, body: bytes, announced: int) -> None:
    """Send a request whose body ends before it should, and wait until the server has given it up."""
    client = Client()
    client.force_login(by.user)
    place = urlparse(server.url)
    page = client.get("/accounts/acting/")
    key = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page.content.decode())
    token = key[1] if key else ""
    cookies = f"{site.SESSION_COOKIE_NAME}={client.cookies[site.SESSION_COOKIE_NAME].value}"
    if site.CSRF_COOKIE_NAME in client.cookies:
        cookies += f"; {site.CSRF_COOKIE_NAME}={client.cookies[site.CSRF_COOKIE_NAME].value}"
    lines = [head, f"Host: {place.netloc}", f"Cookie: {cookies}", f"X-CSRFToken: {token}", f"Content-Length: {announced}", "", ""]
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        connection.sendall("\r\n".join(lines).encode() + body)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


def test_of_a_piece_that_breaks_off_what_came_is_kept(live_server: LiveServer, people: Cast, probe: Probe, root: Path) -> None:
    content, by = report(2), people.secretariat_host
    client = Client()
    client.force_login(by.user)
    sender = Sender(client, probe)
    address = sender.begin("Design.pdf", len(content))["Location"]
    assert sender.piece(address, 0, content[:1000]).json()["received"] == 1000
    head = f"PATCH {address} HTTP/1.1\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 1000"
    breaks_off(live_server, by, head, content[1000:5000], len(content) - 1000)
    state = client.get(address).json()
    assert (state["received"], state["progress"]) == (5000, "coming")
    assert not DocumentVersion.objects.exists()
    assert sender.piece(address, 5000, content[5000:]).json()["progress"] == "ready"
    assert Upload.objects.get().path.read_bytes() == content
    assert [one for one in root.rglob("*") if one.is_file()] == [Upload.objects.get().path]


def test_a_form_that_breaks_off_leaves_nothing(live_server: LiveServer, people: Cast, probe: Probe, root: Path) -> None:
    content = report(2)
    part = b'--b\r\nContent-Disposition: form-data; name="PDD"; filename="Design.pdf"\r\n\r\n'
    head = f"POST /probe/{probe.pk}/complete/ HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b"
    breaks_off(live_server, people.secretariat_host, head, part + content[:50_000], len(content) + 500)
    assert not DocumentVersion.objects.exists()
    assert not Upload.objects.exists()
    assert [one for one in root.rglob("*") if one.is_file()] == []
