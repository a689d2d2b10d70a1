"""Every document, preview, difference, draft, receipt, record and export, asked for over HTTP in every capacity of both sides.

The policy stands in words in `policy.py`; what the site answers is compared with it, and no answer at all may hold a
canary that its reader sees nowhere by right. The golden table is for reading: renew it by PERMISSIONS=write, and read
the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoDbBlocker

from apps.core import clock
from apps.decision_records.render import bundle
from apps.documents.services import contents
from apps.inspection.services import confined
from apps.projects.models import Project
from apps.rehearsal.scratch import Theatre
from tests.permissions import administration
from tests.permissions.canaries import canaries_in, canary
from tests.permissions.capacities import PUBLIC, UNDECIDED
from tests.permissions.policy import ASKED, CHOOSE, EVERYBODY, LESS, ON, SEEN, THINGS, Outcome, Thing, by_right
from tests.permissions.site import EDITION, Site, build
from tests.projects.walk import noon

GOLDEN = Path(__file__).parent / f"permissions-{EDITION}.md"
PUBLIC_CALENDAR = "/calendar/public.ics"
SIGN_IN, ACTING = "/accounts/login/", "/accounts/acting/"


@dataclass
class Asked:
    """The site, and every answer that it gave, each asked for once."""

    site: Site

    def __post_init__(self) -> None:
        self.answer = cache(self._answer)

    def of(self, thing: Thing, who: str) -> tuple[Outcome, frozenset[str]]:
        """What somebody gets who asks for a thing, and every canary in it."""
        status, location, found = self.answer(who, self.site.at[thing.at], tuple(thing.sends.items()))
        if status != 200:
            return led_to(status, location), found
        return SEEN if canary(thing.place) in found else LESS, found

    def _answer(self, who: str, path: str, sent: tuple[tuple[str, str], ...]) -> tuple[int, str, frozenset[str]]:
        client = self.site.clients[who]
        answer: Any = client.post(path, dict(sent)) if sent else client.get(path)
        return answer.status_code, answer.headers.get("Location", ""), canaries_in(answer, self.site.drawn)


def led_to(status: int, location: str) -> Outcome:
    """In words where an answer sends its reader."""
    if status != 302:
        return status
    return ASKED if location.startswith(SIGN_IN) else CHOOSE if location.startswith(ACTING) else ON


@cache
def read_once(job: str, *paths: Path, **parameters: Any) -> Any:
    """What a child says of a file, which is the same for everybody."""
    return confined(job, *paths, **parameters)


@pytest.fixture(scope="module")
def asked(stages: Theatre, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """The site, in a database of its own, which is there before a test begins its transaction."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        stages.site("IN", "India"),
        override_settings(PAPER_ROOT=tmp_path_factory.mktemp("papers"), CLAMD=settings.CLAMD),
        clock.rehearse(noon(2027, 3, 1)) as time,
    ):
        patch.setattr(bundle, "pdf", lambda record, language: f"{record.number} {language}".encode())
        patch.setattr(contents, "confined", read_once)
        yield Asked(build(time))


@pytest.mark.early
@pytest.mark.django_db
def test_the_site_answers_everybody_as_the_policy_says(asked: Asked) -> None:
    """One test, for the site is built for it; everything that is wrong is told at once."""
    assert set(asked.site.clients) == EVERYBODY
    wrong = [*misplaced(asked), *differences(asked), *leaks(asked), *rules_that_may_break(asked)]
    wrong += administration.wrongs(asked.site)
    assert not wrong, "\n" + "\n".join(wrong)
    found = written(asked)
    if os.environ.get("PERMISSIONS") == "write":
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def misplaced(asked: Asked) -> Iterator[str]:
    """Things at another address than they say."""
    for thing in THINGS:
        name = get_resolver().resolve(asked.site.at[thing.at].partition("?")[0]).url_name
        if name != thing.view:
            yield f"{thing.what}: at {name}, not at {thing.view}"


def differences(asked: Asked) -> Iterator[str]:
    """Where the site answers otherwise than the policy says."""
    for thing in THINGS:
        for who in asked.site.clients:
            said, due = asked.of(thing, who)[0], thing.outcome(who)
            if said != due:
                yield f"{thing.what}: {who} gets {said}, and should get {due}"


def leaks(asked: Asked) -> Iterator[str]:
    """Canaries in any answer whose reader sees them nowhere by right; pages that are for all are read too."""
    for who in asked.site.clients:
        open_to = set(map(canary, by_right(who) | told_by_messages(who)))
        answers = [(asked.site.at[thing.at], asked.of(thing, who)[1]) for thing in THINGS]
        pages = (*asked.site.shared, asked.site.calendars.get(who, PUBLIC_CALENDAR))
        answers += [(path, asked.answer(who, path, ())[2]) for path in pages]
        yield from sorted({f"{word} for {who} at {path}" for path, found in answers for word in found - open_to})


def told_by_messages(who: str) -> frozenset[str]:
    """What somebody with two capacities is told by messages in one of them, while none is chosen: of the newest, by chance."""
    return frozenset({"nomination"}) if who == UNDECIDED else frozenset()


# --- That it bites --------------------------------------------------------------------------------

LETS_IN: Callable[..., bool] = lambda *_: True  # noqa: E731 - a row of a table says what is broken
BARS_NOBODY: Callable[..., set[int]] = lambda *_: set()  # noqa: E731 - as above
# A rule that is broken so, and who is then found to see what.
BROKEN: dict[str, tuple[Callable[..., Any], str, str]] = {
    "apps.workflow.views.papers.can_see": (LETS_IN, "A confidential document: its bytes", "other participant"),
    "apps.workflow.views.confidential.is_known_to": (LETS_IN, "A confidential document: its own page", "government, Japan"),
    "apps.workflow.views.papers.closed_to": (BARS_NOBODY, "The evidence for a finding", "member in conflict, India"),
    "apps.workflow.views.receipts.closed_to": (BARS_NOBODY, "The receipt of that scan, India", "secretariat, Japan"),
    "apps.findings.pages.closed_to": (BARS_NOBODY, "Its evidence, named", "member in conflict, Japan"),
    "apps.workflow.views.papers.may_open": (
        LETS_IN, "A confidential document that waits for the scanner: its bytes", "co-chair, Japan",
    ),
    "apps.workflow.views.papers.may_know": (LETS_IN, "A project in draft: a public document of it", PUBLIC),
    "apps.findings.views.may_read_assessment": (LETS_IN, "An assessment at work: its findings", "registry, India"),
    "apps.public_inputs.views.inputs.may_read": (LETS_IN, "A withheld input: its own page", "member, Japan"),
    "apps.portal.forms.visible_to": (lambda _: Project.objects.all(), "A project in draft: in the list as CSV", PUBLIC),
    "apps.decision_records.pages.readable": (
        lambda papers, _: papers, "A confidential document in the committee's proof", "authority, Japan",
    ),
}  # fmt: skip


def rules_that_may_break(asked: Asked) -> Iterator[str]:
    """Rules that could be broken without that being found."""
    anew = Asked(asked.site)
    for rule, (broken, what, who) in BROKEN.items():
        (thing,) = (one for one in THINGS if one.what == what)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rule, broken)
            anew.answer = anew._answer
            if (thing.outcome(who), anew.of(thing, who)[0]) != (asked.of(thing, who)[0], SEEN):
                yield f"{rule} can be broken, and {who} still does not see: {what}"


# --- On paper -------------------------------------------------------------------------------------

MARKS = {SEEN: "●", LESS: "○", ASKED: "sign in", CHOOSE: "choose", ON: "→"}
LEGEND = """# Who sees what: India 2026

What the site answers over HTTP to everybody who asks for everything, as the tests have found it and the policy asks for.
● seen; ○ the page opens without it; → sent on to the page where it stands; sign in, choose: asked to sign in or to choose
a capacity first; 404: it looks as if there were none; 403: it is there and is not handed out.
"""


def written(asked: Asked) -> str:
    """The table: things in lines, capacities in columns."""
    people = list(asked.site.clients)
    heads = [str(number) for number in range(1, len(people) + 1)]
    lines = [LEGEND, *(f"{number}. {name}" for number, name in enumerate(people, 1)), ""]
    lines += [f"| Thing | {' | '.join(heads)} |", f"| --- |{' --- |' * len(heads)}"]
    for thing in THINGS:
        marks = [str(MARKS.get(outcome, outcome)) for outcome in (asked.of(thing, who)[0] for who in people)]
        lines.append(f"| {thing.what} | {' | '.join(marks)} |")
    return "\n".join([*lines, ""])


# --- Every address --------------------------------------------------------------------------------

# Addresses that name a thing and are not in the table, and why.
EXCEPTED = {
    "record-key": "a public key",
    "figure-export": "counts and sums alone; the pages of figures are read above (tests of figures)",
    "rules-procedure": "the rules, which are for everybody (tests of the rules' pages)",
    "rules-edition": "the rules, which are for everybody (tests of the rules' pages)",
    "feed": "what everybody may know; each is read above (tests of feeds)",
    "opening": "there is no file yet of which anything could be told",
    "handed-out": "a signed word is the capacity, and it judges anew (tests of the documents' host)",
    "public-uploads": "only sent to: it begins an upload of whoever handed the original in (tests of public versions)",
    "expert-withdrawal": "only sent to; for the secretariat that has named (tests of experts)",
    "comment": "a form for everybody, about what is public (tests of public inputs)",
    "comment-sent": "tells everybody the same: that a link comes by mail",
    "confirm-input": "the secret in the address is the capacity; it shows what its own sender wrote (tests of public inputs)",
    "uploads": "only sent to: it begins an upload of the sender's own, for whoever may take the step (tests of uploads)",
    "calendar-file": "the secret in the address is the capacity; each is read above as what its person may see",
    "unsubscribe": "the signed word in the address names nothing but its own person",
    "keep-view": "only sent to: it keeps what the sender asks of a list, for the sender (tests of views)",
    "saved-view": "nothing of the site but what its owner wrote; 404 for everybody else (tests of views)",
    "delete-view": "only sent to; for its owner alone (tests of views)",
    "webhook-test": "only sent to; for those alone who may renew it (tests of webhooks)",
}


def patterns(among: Iterable[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    """Every address of the site but those of the administration, whose every list and page is tried by itself."""
    for one in get_resolver().url_patterns if among is None else among:
        if isinstance(one, URLResolver):
            yield from () if one.app_name == "admin" else patterns(one.url_patterns)
        else:
            yield one


def test_every_address_of_a_thing_is_tried_or_excepted_with_a_reason() -> None:
    """Whatever takes anything from its address names a thing."""
    named = {str(one.name) for one in patterns() if one.pattern.converters}
    assert named - {thing.view for thing in THINGS} == set(EXCEPTED)
    assert len(named) > 40
    assert all(len(reason) > 10 for reason in EXCEPTED.values())
