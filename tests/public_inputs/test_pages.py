"""Calls and comments over HTTP: nothing is lost, nothing is received without its link, nothing leaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.core import clock
from apps.core.clock import Rehearsal
from apps.methodologies.models import ProposedMethodology
from apps.public_inputs.forms import SALT
from apps.public_inputs.models import PublicInput, Sent
from apps.public_inputs.render import token_of
from apps.workflow.services import perform, sweep
from tests.journeys import methodology
from tests.journeys.public_input import ANSWER, OBJECTION, WITHHELD
from tests.people import Cast, actor
from tests.portal.reading import words
from tests.public_inputs.writing import SAID, received, sent

MOST_QUERIES = 12
BUSY = timedelta(seconds=30)


def filled(**changes: Any) -> dict[str, str]:
    """The comment form, filled in by somebody who took half a minute."""
    opened = signing.dumps((clock.now() - BUSY).isoformat(), salt=SALT)
    more = {"email": "asha@example.org", "agrees": "on", "opened": opened, "website": ""}
    return {**{name: str(value) for name, value in SAID.items()}, "is_named": "yes", **more, **changes}


def form_of(proposal: ProposedMethodology) -> str:
    """The address of the form."""
    return reverse("comment", args=[proposal.reference])


def body(answer: Any) -> str:
    """An answer as text."""
    text: str = answer.content.decode()
    return text


def signed_in(membership: Any) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(membership.user)
    return client


# --- The comment ----------------------------------------------------------------------------------


def test_somebody_comments_checks_sends_confirms_and_has_a_number(client: Client, proposal: ProposedMethodology) -> None:
    checked = client.post(form_of(proposal), filled())
    assert (checked.status_code, Sent.objects.count()) == (200, 0)
    assert "Somebody who lives or works near the project" in body(checked)
    done = client.post(form_of(proposal), filled(send="1"), follow=True)
    assert done.redirect_chain == [(reverse("comment-sent", args=[proposal.reference]), 302)]
    link = reverse("confirm-input", args=[token_of(Sent.objects.get().key)])
    assert SAID["text"] in body(client.get(link))
    assert PublicInput.objects.count() == 0
    receipt = client.post(link, follow=True)
    assert f"{proposal.reference}-PI1" in body(receipt)
    assert f"{proposal.reference}-PI1" in body(client.get(link))
    assert PublicInput.objects.count() == 1


def test_what_was_typed_comes_back_with_what_is_wrong(client: Client, proposal: ProposedMethodology) -> None:
    answer = client.post(form_of(proposal), filled(email="no address", agrees="", send="1"))
    assert (answer.status_code, Sent.objects.count()) == (422, 0)
    assert all(word in body(answer) for word in (SAID["text"], "Asha Rao", "no address", "Tapi Valley Residents"))
    assert set(answer.context["form"].errors) == {"email", "agrees"}


def test_changing_goes_back_to_the_form_with_everything(client: Client, proposal: ProposedMethodology) -> None:
    answer = client.post(form_of(proposal), filled(change="1"))
    assert answer.status_code == 200
    assert f">\n{SAID['text']}</textarea>" in body(answer)


@pytest.mark.parametrize(
    "changes",
    [
        {"website": "https://example.org"},
        {"opened": ""},
        {"opened": "made up"},
        {"text": "x" * 5_001},
        {"stakeholder": "ghost"},
        {"name": ""},
        {"country": ""},
        {"text": "\x00"},
    ],
    ids=str,
)
def test_what_a_program_sends_or_nobody_can_keep_is_not_kept(
    client: Client, proposal: ProposedMethodology, changes: dict[str, str]
) -> None:
    answer = client.post(form_of(proposal), filled(send="1", **changes))
    assert (answer.status_code, Sent.objects.count()) == (422, 0)


def test_what_is_sent_faster_than_people_write_is_taken_a_little_later(
    client: Client, proposal: ProposedMethodology, time: Rehearsal
) -> None:
    quick = filled(opened=signing.dumps(clock.now().isoformat(), salt=SALT), send="1")
    answer = client.post(form_of(proposal), quick)
    assert (answer.status_code, Sent.objects.count()) == (422, 0)
    assert "INP-06" in body(answer)
    time.move_to(time.moment + BUSY)
    again = {**quick, "opened": answer.context["form"].data["opened"]}
    assert client.post(form_of(proposal), again).status_code == 302
    assert Sent.objects.count() == 1


def test_too_much_is_refused_and_nothing_of_it_is_lost(client: Client, proposal: ProposedMethodology) -> None:
    for _ in range(3):
        sent(proposal)
    answer = client.post(form_of(proposal), filled(send="1"))
    assert answer.status_code == 422
    assert "INP-05" in body(answer)
    assert SAID["text"] in body(answer)


def test_behind_a_proxy_the_address_counts_that_it_has_seen(client: Client, proposal: ProposedMethodology, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(21):
        seen = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}, 198.51.100.9"}
        answer = client.post(form_of(proposal), filled(send="1", email=f"{number}@example.org"), **seen)
    assert answer.status_code == 422
    assert Sent.objects.count() == 20


def test_when_the_call_has_closed_the_form_says_so(client: Client, proposal: ProposedMethodology, time: Rehearsal) -> None:
    waiting = sent(proposal)
    time.move_to(methodology.due_at(proposal, "close_inputs"))
    link = reverse("confirm-input", args=[token_of(waiting.key)])
    answers = [
        client.get(form_of(proposal)),
        client.post(form_of(proposal), filled(send="1")),
        client.get(link),
        client.post(link),
    ]
    assert [answer.status_code for answer in answers] == [409] * 4
    assert (Sent.objects.count(), PublicInput.objects.count()) == (1, 0)


def test_there_is_no_call_before_a_file_is_published_and_no_link_that_nobody_was_sent(client: Client, people: Cast) -> None:
    methodology.submitted(people)
    for name in ("call", "comment", "comment-sent"):
        assert client.get(reverse(name, args=["IN_PM999"])).status_code == 404
    assert client.get(reverse("confirm-input", args=["0" * 48])).status_code == 404


# --- What everybody reads -------------------------------------------------------------------------


def test_of_what_is_not_published_only_numbers_and_categories_are_told(client: Client, people: Cast, proposal: Any) -> None:
    texts = {name: f"zq{name}qz" for name in ("waiting", "withheld", "disputed", "published", "unnamed")}
    made = {name: received(proposal, text=text, name=f"by{text}", email=f"{text}@example.org") for name, text in texts.items()}
    made["unnamed"] = received(proposal, text=texts["unnamed"], name="byzqunnamedqz", is_named=False, email="u@example.org")
    for name in ("withheld", "disputed"):
        perform(made[name], "withhold", actor=actor(people.secretariat_japan), **WITHHELD)
    perform(made["disputed"], "dispute", actor=actor(people.secretariat_host), **OBJECTION)
    for name in ("published", "unnamed"):
        perform(made[name], "publish", actor=actor(people.secretariat_japan))
    perform(made["published"], "respond", actor=actor(people.participant_host), **ANSWER)
    whole = body(client.get(reverse("call", args=[proposal.reference]))) + body(client.get(reverse("calls")))
    assert texts["published"] in whole
    assert "byzqpublishedqz" in whole
    assert ANSWER["answer"] in whole
    assert texts["unnamed"] in whole
    assert "Personal data of others: 1" in whole
    hidden = [texts[name] for name in ("waiting", "withheld", "disputed")] + [
        "byzqunnamedqz",
        "@example.org",
        WITHHELD["grounds"],
    ]
    assert [word for word in hidden if word in whole] == []
    theirs = signed_in(people.participant_host)
    for name, seen in (("waiting", 404), ("withheld", 200), ("disputed", 200), ("published", 200)):
        answer = theirs.get(reverse("public-input", args=[made[name].pk]))
        assert (answer.status_code, texts[name] in body(answer)) == (seen, name == "published")
    for office in (people.secretariat_host, people.secretariat_japan):
        answer = signed_in(office).get(reverse("public-input", args=[made["withheld"].pk]))
        assert texts["withheld"] in body(answer)


def test_pages_of_calls_cost_the_same_for_one_input_and_for_many(client: Client, people: Cast, proposal: Any) -> None:
    paths = [reverse("calls"), reverse("call", args=[proposal.reference])]
    first = [queries(client, path) for path in paths]
    for number in range(4):
        one = received(proposal, email=f"{number}@example.org", network=f"192.0.2.{number}")
        perform(one, "publish", actor=actor(people.secretariat_japan))
    methodology.published(people)
    assert [queries(client, path) for path in paths] == first
    inside = signed_in(people.secretariat_host)
    assert max([*first, queries(inside, one.get_absolute_url()), queries(inside, paths[1])]) <= MOST_QUERIES


def queries(client: Client, path: str) -> int:
    """How many queries a page takes, the second time it is asked for."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(path)
    return len(found)


def test_a_window_says_both_its_days(client: Client, proposal: ProposedMethodology, time: Rehearsal) -> None:
    answer = client.get(reverse("calls"))
    assert "15 calendar days, 31 Jul 2028 to 14 Aug 2028, both counted" in words(answer)
    time.move_to(methodology.due_at(proposal, "close_inputs"))
    assert [len(client.get(reverse("calls")).context[name]) for name in ("open", "closed")] == [0, 1]
    sweep()
    assert [len(client.get(reverse("calls")).context[name]) for name in ("open", "closed")] == [0, 1]
    said = body(client.get(reverse("call", args=[proposal.reference])))
    assert "The call has closed. No input was received." in said
    assert "What was received stands below" not in said
    assert "jcm-status--done" not in said.partition("jcm-where__say")[2].partition("</p>")[0]


def test_the_page_of_a_file_lists_its_inputs_for_those_who_may_know_of_them(people: Cast, proposal: Any) -> None:
    one = received(proposal)
    inside, theirs = signed_in(people.secretariat_host), signed_in(people.participant_host)
    path = proposal.get_absolute_url()
    assert [one.reference in body(client.get(path)) for client in (inside, theirs)] == [True, False]
    perform(one, "publish", actor=actor(people.secretariat_japan))
    assert [one.reference in body(client.get(path)) for client in (inside, theirs)] == [True, True]


# --- Letters --------------------------------------------------------------------------------------


def letter(proposal: ProposedMethodology, **changes: str) -> dict[str, str]:
    """The form of a letter, filled in."""
    day = {"received_on_day": "31", "received_on_month": "7", "received_on_year": "2028"}
    said = {**{name: str(value) for name, value in SAID.items()}, "is_named": "no"}
    return {"about": proposal.reference, **day, **said, **changes}


def test_a_secretariat_enters_a_letter(people: Cast, proposal: ProposedMethodology) -> None:
    client = signed_in(people.secretariat_host)
    assert client.get(reverse("opening", args=["public_input", "enter"])).status_code == 200
    answer = client.post(reverse("letter"), letter(proposal))
    one = PublicInput.objects.get()
    assert (answer.status_code, answer.headers["location"]) == (302, one.get_absolute_url())
    assert (one.statement.by_letter, one.statement.is_named, one.state) == (True, False, "received")


@pytest.mark.parametrize(
    ("changes", "field"), [({"about": "IN_PM999"}, "about"), ({"received_on_month": "6"}, "received_on")], ids=str
)
def test_a_letter_about_nothing_or_of_another_day_is_not_entered(
    people: Cast, proposal: ProposedMethodology, changes: dict[str, str], field: str
) -> None:
    answer = signed_in(people.secretariat_host).post(reverse("letter"), letter(proposal, **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert PublicInput.objects.count() == 0


def test_nobody_else_enters_letters(client: Client, people: Cast, proposal: ProposedMethodology) -> None:
    assert client.get(reverse("letter")).status_code == 302
    for one in (people.participant_host, people.co_chair_host, people.government_japan):
        assert signed_in(one).post(reverse("letter"), letter(proposal)).status_code == 403
    assert PublicInput.objects.count() == 0
