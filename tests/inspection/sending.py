"""Sending documents as the page's script does, and as a plain form does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.probe.models import Probe

PIECE = 1024 * 1024

# Processor time in seconds and memory in bytes of children.
Taken = list[tuple[float, int]]


@dataclass
class Sender:
    """Whoever is logged in, at the step of a probe that asks for a PDD."""

    client: Client
    probe: Probe

    @property
    def step(self) -> str:
        return f"/probe/{self.probe.pk}/complete/"

    def begin(self, name: str, size: int | str, kind: str = "PDD") -> Any:
        """Announce a file."""
        return self.client.post(f"{self.step}uploads/", {"kind": kind, "name": name, "size": size})

    def piece(self, address: str, offset: int | str, content: bytes) -> Any:
        """Send a piece."""
        return self.client.patch(address, content, "application/offset+octet-stream", headers={"Upload-Offset": str(offset)})

    def send(self, name: str, content: bytes, size: int | None = None) -> Any:
        """Announce a file and send all of it; the last answer."""
        answer = self.begin(name, len(content) if size is None else size)
        while answer.status_code in {200, 201} and (told := answer.json())["progress"] == "coming":
            at = told["received"]
            answer = self.piece(told["url"], at, content[at : at + PIECE])
        return answer

    def codes(self, answer: Any) -> set[str]:
        """The codes of what stands in the way."""
        return {one["code"] for one in answer.json()["problems"]}

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the step's form."""
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.client.get(self.step).content.decode())
        return {name: value for name, value in found if name not in {"csrfmiddlewaretoken", "next"}}

    def post(self, **answers: Any) -> Any:
        """Send the form."""
        return self.client.post(self.step, {**self.hidden(), **answers})

    def post_file(self, name: str, content: bytes) -> Any:
        """Send the form with a file in it."""
        return self.post(PDD=SimpleUploadedFile(name, content))

    def confirm(self, checked: Any) -> Any:
        """Send the check page that the form led to."""
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', checked.content.decode())
        sent = {name: value for name, value in found if name not in {"csrfmiddlewaretoken", "next"}}
        return self.client.post(self.step, {**sent, "confirm": "yes"})
