"""The sample site of today, made once a process by the command, in a database of its own that tests copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from apps.rehearsal import scratch
from apps.rehearsal.scratch import Theatre
from tests.theatres import theatre_of_tests


@dataclass(frozen=True, slots=True)
class SampleSite:
    """Where copies of its database are made, its documents, and what the command printed."""

    stages: Theatre
    papers: Path
    printed: str

    @contextmanager
    def copied(self, folder: Path) -> Iterator[None]:
        """The site in a database and a folder of one test's own."""
        with self.stages.site("IN", "India"), override_settings(DOCUMENT_ROOT=copytree(self.papers, folder / "documents")):
            yield


@pytest.fixture(scope="session")
def sample_site(
    django_db_setup: None,  # noqa: ARG001 - copied when it was migrated
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SampleSite]:
    """The real sample site, made once."""
    with ExitStack() as held:
        with django_db_blocker.unblock():
            made = held.enter_context(_made(tmp_path_factory.mktemp("sample") / "documents"))
        yield made
        with django_db_blocker.unblock():
            held.close()


@pytest.fixture
def sample(transactional_db: None, sample_site: SampleSite, tmp_path: Path) -> Iterator[None]:  # noqa: ARG001 - a server sees committed rows only
    """A sample site of the test's own."""
    with sample_site.copied(tmp_path):
        yield


@contextmanager
def _made(papers: Path) -> Iterator[SampleSite]:
    empty, out = theatre_of_tests(), StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scratch, "PREFIX", "test_jcm")  # dropped with the databases of the tests, should this one be killed
        held = ExitStack()
        name = held.enter_context(scratch._database(empty.home, empty.template))
    try:
        scratch._become(settings.APPLICATION, name)
        with override_settings(DOCUMENT_ROOT=papers):
            call_command("sample", stdout=out)
        scratch._settle(empty.home)
        yield SampleSite(Theatre(empty.home, name), papers, out.getvalue())
    finally:
        held.close()
        scratch._settle(empty.home)
