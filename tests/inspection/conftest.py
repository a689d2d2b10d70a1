"""Somebody who sends documents to a probe, piece by piece or with the form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.inspection.services import confinement, structure
from apps.inspection.services.confinement import Unreadable
from tests.inspection.sending import Sender, Taken
from tests.people import Cast
from tests.probe.models import Probe
from tests.probe.services import lodged


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Path:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    return settings.DOCUMENT_ROOT


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host, title="Biogas, Sangrur")


@pytest.fixture
def sender(people: Cast, probe: Probe, client: Client, root: Path, inspected: None) -> Sender:  # noqa: ARG001 - the site as it is
    """The secretariat, which may find a probe complete and hands in its document with that."""
    client.force_login(people.secretariat_host.user)
    return Sender(client, probe)


@pytest.fixture
def taken() -> Iterator[Taken]:
    """Processor time and memory of each child from now on; of one that ended without an answer the memory is not known: 0."""
    found: Taken = []
    with pytest.MonkeyPatch.context() as patch:

        def counted(job: str, *paths: Path, **parameters: Any) -> Any:
            try:
                answer = confinement.answered(job, paths, parameters)
            except Unreadable as error:
                found.append((error.cpu_seconds, 0))
                raise
            found.append((answer.cpu_seconds, answer.peak_bytes))
            return answer.found

        patch.setattr(structure, "confined", counted)
        yield found
