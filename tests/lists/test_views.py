"""Views that people keep of lists: theirs alone, named once, at most twenty of a list, and honest where a filter has gone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import Membership, User
from apps.core.errors import NotReady
from apps.lists.models import SavedView
from apps.lists.services import MOST_VIEWS, change_view, keep_view
from apps.projects.procedure import State
from tests.portal.reading import Reader, titles, words
from tests.projects.walk import World

LIST, KEEP = "/projects/", "/lists/projects/views/"


@pytest.fixture
def member(india: World) -> Membership:
    return india.people.members_host[0]


def send(read: Reader, path: str, **given: str) -> Any:
    return read.client.post(path, given)


def kept(user: User, name: str = "Mine", asked: str = "stage=validation", **more: Any) -> SavedView:
    return keep_view(user, "projects", name=name, asked=asked, **more)


def test_a_view_is_kept_from_the_page_and_asks_the_same_again(india: World, member: Membership, read: Reader) -> None:
    india.reach(State.INPUTS, title="Inputs")
    india.reach(State.REQUESTED, title="Requested")
    assert "Keep this view" not in words(read(f"{LIST}?stage=validation")), "visitors keep none"
    assert "Keep this view" not in words(read(LIST, member)), "the whole list is there already"
    page = read(f"{LIST}?stage=validation&sort=title&after=", member).content.decode()
    asked = re.search(r'name="asked" value="([^"]*)"', page)
    assert asked
    said = asked[1].replace("&amp;", "&") + "&nonsense=1&state=none"
    answer = send(read, KEEP, name="  In   validation ", asked=said)
    view = SavedView.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?view={view.pk}")
    assert (view.name, view.asked, view.is_default) == ("In validation", "stage=validation&sort=title", False)
    response = read(f"{LIST}?view={view.pk}", member)
    assert titles(response) == ["Inputs"]
    assert "This is your view “In validation”." in words(response)
    assert "Keep this view" not in words(read(f"{LIST}?stage=validation&sort=title", member)), "it is kept"
    assert titles(read(LIST, member)) == ["Requested", "Inputs"]


def test_the_list_opens_with_the_view_that_is_shown_first(india: World, member: Membership, read: Reader) -> None:
    india.reach(State.INPUTS, title="Inputs")
    india.reach(State.REQUESTED, title="Requested")
    kept(member.user, is_default=True)
    assert titles(read(LIST, member)) == ["Inputs"]
    for path in (f"{LIST}?view=all", f"{LIST}?sort=number", f"{LIST}?view=none"):
        assert len(titles(read(path, member))) == 2, path
    page = read(LIST, member).content.decode()
    assert 'href="/projects/?view=all">Show all</a>' in page
    assert 'href="/projects/?view=all">Remove' in page, "without its filter it is the whole list"
    assert titles(read(LIST)) == ["Requested", "Inputs"], "nobody else's list"
    second = kept(member.user, "Second", "stage=registration", is_default=True)
    assert list(SavedView.objects.filter(is_default=True)) == [second]
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.update(is_default=True)


def test_views_are_seen_changed_and_deleted_by_their_owner_alone(india: World, member: Membership, read: Reader) -> None:
    view = kept(member.user, "Secretview")
    other = india.people.members_japan[0]
    for stranger in (other, india.people.secretariat_host, None):
        for path in (f"{LIST}?view={view.pk}", LIST):
            assert "Secretview" not in read(path, stranger).content.decode()
    read.sign_in(other)
    assert read.client.get(f"/views/{view.pk}/").status_code == 404
    assert send(read, f"/views/{view.pk}/", name="Taken").status_code == 404
    assert send(read, f"/views/{view.pk}/delete/").status_code == 404
    read.sign_in(None)
    assert read.client.get(f"/views/{view.pk}/")["Location"].startswith("/accounts/login/")
    assert "Your view “Secretview”" in words(read(f"/views/{view.pk}/", member))
    assert send(read, f"/views/{view.pk}/", name="Renamed", is_default="on").status_code == 302
    view.refresh_from_db()
    assert (view.name, view.is_default, view.asked) == ("Renamed", True, "stage=validation")
    assert read.client.get(f"/views/{view.pk}/delete/").status_code == 405
    assert send(read, f"/views/{view.pk}/delete/")["Location"] == LIST
    assert not SavedView.objects.exists()


def test_a_name_is_given_once_and_twenty_views_are_enough(member: Membership, read: Reader) -> None:
    kept(member.user, "A")
    second = kept(member.user, "B")
    with pytest.raises(NotReady) as taken:
        change_view(second, name=" A ", is_default=False)
    assert taken.value.codes == ("LST-01",)
    for number in range(MOST_VIEWS - 2):
        kept(member.user, f"View {number}")
    with pytest.raises(NotReady) as full:
        kept(member.user, "One more")
    assert full.value.codes == ("LST-02",)
    read.sign_in(member)
    for given, said in (({"name": "One more"}, "LST-02"), ({"name": ""}, "Fill this in"), ({"name": "x" * 61}, "at most 60")):
        answer = send(read, KEEP, asked="stage=validation", **given)
        assert (answer.status_code, said in words(answer)) == (422, True), said
    assert send(read, "/lists/nothing/views/", name="A").status_code == 404
    assert SavedView.objects.count() == MOST_VIEWS


def test_a_view_whose_filter_is_gone_explains_itself(india: World, member: Membership, read: Reader) -> None:
    india.reach(State.INPUTS, title="Inputs")
    view = kept(member.user, asked="stage=dissolved&side=japan&colour=red")
    response = read(f"{LIST}?view={view.pk}", member)
    assert titles(response) == ["Inputs"]
    assert "it is shown without that. Keep it anew, or delete it. stage colour" in words(response)
    assert "With participants of: Japan Remove" in words(response)
