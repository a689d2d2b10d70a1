"""Feeds: what they tell, that names of entries never change, in which language, and that nobody reads the same twice."""

from __future__ import annotations

from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

from apps.events.models import Event
from apps.issuance.procedure import State as RoundState
from apps.portal.render.atom import NEVER, Entry, written
from apps.projects.procedure import State
from apps.registry.models import Block
from tests.issuance.walk import Course
from tests.portal.reading import Reader
from tests.projects.walk import World

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def parsed(answer: Any) -> ET.Element:
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314 - our own


def texts(feed: ET.Element, path: str) -> list[str]:
    return [one.text or "" for one in feed.findall(path, ATOM)]


def test_an_empty_feed_is_a_feed(india: World, read: Reader) -> None:  # noqa: ARG001 - the world's clock
    feed = parsed(read("/feeds/issuances.atom"))
    assert texts(feed, "a:title") == ["Credits issued"]
    assert texts(feed, "a:updated") == ["2013-01-01T00:00:00+00:00"]
    assert feed.findall("a:entry", ATOM) == []


def test_a_window_is_told_with_both_its_days_and_leaves_the_feed_when_it_closes(india: World, read: Reader) -> None:
    india.open(title="Hidden boiler")
    project = india.reach(State.INPUTS, title="Solar heat for a dairy")
    answer = read("/feeds/calls.atom")
    feed = parsed(answer)
    assert texts(feed, "a:entry/a:title") == [f"{project.reference} Project design: Solar heat for a dairy"]
    assert "30 calendar days, " in texts(feed, "a:entry/a:summary")[0]
    assert "Hidden" not in answer.content.decode()
    india.reach(State.INPUTS_CLOSED, project)
    assert texts(parsed(read("/feeds/calls.atom")), "a:entry/a:title") == []


def test_each_block_keeps_its_name(course: Course, read: Reader) -> None:
    one = course.reach(RoundState.CLOSED)
    names = {block.pk.urn for block in Block.objects.all()}
    feed = parsed(read("/feeds/issuances.atom"))
    assert set(texts(feed, "a:entry/a:id")) == names
    assert f"Japan issued 7,158 credits: project {one.project.reference}, round 1" in texts(feed, "a:entry/a:title")
    decisions = parsed(read("/feeds/decisions.atom"))
    newest = texts(decisions, "a:entry/a:summary")[0]
    assert newest.startswith("Amounts of both sides decided. India 1,789, Japan 7,158. decision ")


def test_a_project_has_a_feed_of_its_acts_once_it_is_published(india: World, read: Reader) -> None:
    hidden = india.open(title="Hidden boiler")
    by = india.people.participant_host
    read(f"{hidden.get_absolute_url()}feed.atom", by, status=404)
    project = india.reach(State.INPUTS)
    path = f"{project.get_absolute_url()}feed.atom"
    acts = Event.objects.filter(subject_type="project", subject_id=project.pk).order_by("-id")
    assert texts(parsed(read(path)), "a:entry/a:id") == [one.act_id.urn for one in acts]
    assert f'href="{path}?language=en"' in read(project.get_absolute_url()).content.decode()


def test_what_people_wrote_stays_words() -> None:
    """A summary is HTML: what stands in a title must not become an element of a reader's page."""
    (answer, _changed_at) = written("x", "Title", "/feeds/x.atom", "/", [Entry(uuid4(), "<b>", "/", NEVER, "<img src=x>")])
    (entry,) = ET.fromstring(answer).findall("a:entry", ATOM)  # noqa: S314 - our own
    assert entry.find("a:summary", ATOM).text == "&lt;img src=x&gt;"  # type: ignore[union-attr] # reason: as written above
    assert entry.find("a:title", ATOM).text == "<b>", "a title is plain text"  # type: ignore[union-attr] # reason: as above


def test_the_address_names_the_language(india: World, read: Reader) -> None:  # noqa: ARG001 - the world's clock
    feed = parsed(read("/feeds/decisions.atom?language=ja"))
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "ja"
    links = {(one.get("rel"), one.get("hreflang")) for one in feed.findall("a:link", ATOM)}
    assert {("alternate", "en"), ("alternate", "hi"), ("self", None)} <= links
    assert parsed(read("/feeds/decisions.atom?language=fr")).attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
    read("/feeds/nothing.atom", status=404)


def test_nobody_reads_the_same_twice(india: World, read: Reader) -> None:
    india.reach(State.INPUTS)
    for path in ("/feeds/calls.atom", "/feeds/decisions.atom", "/data/projects.csv", "/data/projects.json"):
        first = read(path)
        assert first["Cache-Control"] == "public, max-age=900"
        again: Any = read.client.get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
        since: Any = read.client.get(path, headers={"if-modified-since": first["Last-Modified"]})
        assert since.status_code == 304
    india.reach(State.INPUTS, title="Another")
    assert read.client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200
