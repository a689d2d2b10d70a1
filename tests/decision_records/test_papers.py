"""The PDFs: tagged, in their language, the same every time; and what the site says where it cannot make them."""

from __future__ import annotations

import builtins
import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from apps.core.clock import Rehearsal
from apps.core.render import NoPapers, makes_papers
from apps.decision_records import pages
from apps.decision_records.kinds import LANGUAGES
from apps.decision_records.models import DecisionRecord
from apps.decision_records.render.bundle import streamed
from apps.decision_records.render.paper import markup, pdf
from apps.decision_records.services import write_records
from tests.committee.ballots import circulated, say
from tests.decision_records.closed import RULE, three_items
from tests.people import Cast
from tests.probe.models import Probe

TITLES = {
    "en": "Decision record of the Joint Committee",
    "ja": "合同委員会決定記録",
    "hi": "संयुक्त समिति का निर्णय अभिलेख",
}


@pytest.fixture
def record(people: Cast, time: Rehearsal, probes: list[Probe]) -> DecisionRecord:
    """The record of three items."""
    return write_records(three_items(people, time, probes))[0]


@pytest.fixture
def no_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the libraries that WeasyPrint loads."""
    import_module = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return import_module(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)


def tags(node: Any, found: set[str]) -> set[str]:
    """The kinds of structure elements below one."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            tags(one, found)
    elif isinstance(node, DictionaryObject):
        found |= {str(node["/S"])} if "/S" in node else set()
        if "/K" in node:
            tags(node["/K"], found)
    return found


def test_each_paper_is_tagged_and_in_its_language(record: DecisionRecord) -> None:
    for language in LANGUAGES:
        paper = pdf(record, language)
        reader = PdfReader(io.BytesIO(paper))
        root = reader.trailer["/Root"]
        assert root["/Lang"] == language
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        found = tags(root["/StructTreeRoot"]["/K"], set())
        assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TR", "/TH", "/TD"} <= found, found
        assert reader.metadata
        assert reader.metadata.title == f"{record.number} · {TITLES[language]}"
        assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else False
        for number, page in enumerate(reader.pages, 1):
            text = page.extract_text()
            assert f"{number} / {len(reader.pages)}" in text
            assert record.sha256 in re.sub(r"\s", "", text)
            assert record.number in text


def test_the_same_record_gives_the_same_paper(people: Cast, settings: Any) -> None:
    ballot = circulated(people, RULE)
    for one in people.committee:
        say(ballot, one)
    [record] = write_records(ballot)
    first = pdf(record, "en")
    [kept] = settings.PAPER_ROOT.iterdir()
    assert kept.read_bytes() == first
    kept.write_bytes(b"as kept")
    assert pdf(record, "en") == b"as kept"
    settings.PAPER_ROOT = kept / "no folder"
    assert pdf(record, "en") == first


def test_a_paper_says_what_the_record_says_and_nothing_is_run(record: DecisionRecord) -> None:
    page = markup(record, "ja")
    said = json.loads(record.json)
    for item in said["items"]:
        assert item["reasoning"]["ja"].split("（")[0] in page
    assert '<html lang="ja">' in page
    assert "<script" not in page


def test_what_people_wrote_is_text(record: DecisionRecord) -> None:
    said = json.loads(record.json)
    said["items"][0]["title"] = '<img src="file:///etc/passwd">'
    record.content = json.dumps(said).encode()
    assert "&lt;img src=&quot;file:///etc/passwd&quot;&gt;" in markup(record, "en")


@pytest.mark.usefixtures("no_pango")
def test_without_the_libraries_the_site_says_what_to_install(record: DecisionRecord, client: Client) -> None:
    assert not makes_papers()
    with pytest.raises(NoPapers, match="libpango"):
        pdf(record, "en")
    page = client.get(record.get_absolute_url())
    assert page.status_code == 200
    remedy = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert remedy in page.content.decode()
    assert "en.pdf" not in page.content.decode()
    answer = client.get(f"{record.get_absolute_url()}0/en.pdf")
    assert (answer.status_code, "The PDF cannot be made here" in answer.content.decode()) == (503, True)
    assert remedy in answer.content.decode()
    parts = pages.public_parts(record)
    with zipfile.ZipFile(io.BytesIO(b"".join(streamed(record, parts)))) as opened:
        assert not [name for name in opened.namelist() if name.endswith("en.pdf")]
