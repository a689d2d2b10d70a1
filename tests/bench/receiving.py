"""What it takes to send a report of the largest size to the site's own web server over loopback, and what the server takes."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.db import connection
from django.test import Client

from apps.documents.models import DocumentVersion
from apps.idea_notes.models import IdeaNote
from jcm.children import wait_until
from jcm.up import WEB
from tests.inspection.good import heavy
from tests.journeys import idea_note
from tests.people import Cast, cast

SIZE, PIECE, ROUNDS = 25 * 1024 * 1024, 1024 * 1024, 3
MEGABYTE = 1024 * 1024
BOUNDARY = "jcm-bench"


def received() -> str:
    """A line for each way in: seconds until the file is checked, and by how much the server's memory grew at most."""
    people, content = cast(), heavy(SIZE)
    notes = [idea_note.drafted(people) for _ in range(2 * ROUNDS + 1)]
    with served() as server:
        sender = Sender(server, people)
        sender.plain(notes.pop(), heavy(PIECE))  # what is loaded once
        found = {"piece by piece, as the page's script sends it": sender.pieces, "with the form": sender.plain}
        lines = [line(name, [measured(server, way, notes.pop(), content) for _ in range(ROUNDS)]) for name, way in found.items()]
    assert DocumentVersion.objects.filter(size=SIZE).count() == ROUNDS  # those that came with the form; the others wait
    head = f"{'A report of 25 MB, sent and checked':62}{'s':>8}{'memory MB':>11}"
    return "\n".join([head, "-" * len(head), *lines])


def line(name: str, rounds: list[tuple[float, int]]) -> str:
    """The median time and the largest growth."""
    walls, grown = zip(*rounds, strict=True)
    return f"{name:62}{median(walls):8.2f}{max(grown) / MEGABYTE:11.1f}"


def measured(server: Server, way: Callable[[IdeaNote, bytes], None], note: IdeaNote, content: bytes) -> tuple[float, int]:
    """Seconds, and bytes by which the server's processes grew, the child that checks counted apart."""
    with server.watched() as watch:
        began = perf_counter()
        way(note, content)
        took = perf_counter() - began
    return took, watch.grown


@dataclass
class Watch:
    """The largest memory of a process that was seen, above what it had at first."""

    process: psutil.Process
    first: int = 0
    most: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Look until it is over."""
        self.first = self.most = self.process.memory_info().rss
        while not self.over.wait(0.005):
            self.most = max(self.most, self.process.memory_info().rss)

    @property
    def grown(self) -> int:
        return self.most - self.first


@dataclass
class Server:
    """The web server as `make up` runs it."""

    port: int
    process: subprocess.Popen[bytes]

    @contextmanager
    def watched(self) -> Iterator[Watch]:
        """Watch the process that answers."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        watch = Watch(max(children, key=lambda one: one.memory_info().rss))
        thread = threading.Thread(target=watch.run)
        thread.start()
        try:
            yield watch
        finally:
            watch.over.set()
            thread.join()


@contextmanager
def served() -> Iterator[Server]:
    """Run the web server over this database and these documents."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = connection.get_connection_params()
    address = f"postgres://{given['user']}@/{given['dbname']}?host={given['host']}&port={given.get('port', 5432)}"
    environment = {**os.environ, "DATABASE_URL": address, "DOCUMENT_ROOT": str(settings.DOCUMENT_ROOT)}
    command = [sys.executable, "-m", "granian", *WEB, "--host", "127.0.0.1", "--port", str(port), "jcm.wsgi:application"]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        wait_until(lambda: answers(port), 60)
        yield Server(port, process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def answers(port: int) -> bool:
    """Whether the server is up."""
    try:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        asked.request("GET", "/accounts/login/", headers={"Host": "localhost"})
        return asked.getresponse().status == 200
    except OSError:
        return False


class Sender:
    """A participant's browser, on one connection."""

    def __init__(self, server: Server, people: Cast) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        client = Client()
        client.force_login(people.participant_japan.user)
        self.session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        self.cookie = self.session

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """Send a request and read the answer."""
        said = {"Host": "localhost", "Cookie": self.cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
        self.connection.request(method, path, body, said)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith(settings.CSRF_COOKIE_NAME):
                self.cookie = f"{self.session}; {value.partition(';')[0]}"
        return answer.status, answer.read()

    def form(self, note: IdeaNote) -> tuple[str, dict[str, str]]:
        """The step's address and the hidden fields of its form."""
        path = f"/idea_note/{note.pk}/submit/"
        status, page = self.ask("GET", path)
        assert status == 200, status
        return path, dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.decode()))

    def pieces(self, note: IdeaNote, content: bytes) -> None:
        """Announce the file, send it in pieces; the last answer says that it is ready."""
        path, hidden = self.form(note)
        key = {"X_CSRFToken": hidden["csrfmiddlewaretoken"]}
        about = urlencode({"kind": "PIN", "name": "Note.pdf", "size": len(content)}).encode()
        status, told = self.ask("POST", f"{path}uploads/", about, Content_Type="application/x-www-form-urlencoded", **key)
        assert status == 201, told
        state: dict[str, Any] = json.loads(told)
        while state["progress"] == "coming":
            at = state["received"]
            sent = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": str(at), **key}
            state = json.loads(self.ask("PATCH", state["url"], content[at : at + PIECE], **sent)[1])
        assert state["progress"] == "ready", state

    def plain(self, note: IdeaNote, content: bytes) -> None:
        """Send the form with the file in it; the answer is the check page."""
        path, hidden = self.form(note)
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in hidden.items()
        ]
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="PIN_form_version"\r\n\r\n06.0\r\n')
        begin = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="PIN"; filename="Note.pdf"\r\n\r\n'
        body = "".join([*parts, begin]).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        status, page = self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={BOUNDARY}")
        assert status == 200, re.findall(r"error-message.*", page.decode())
