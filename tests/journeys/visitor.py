"""Somebody at the site: signs in, reads pages, and fills in the forms that the pages offer, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.html import Element, parse_html
from django.urls import reverse

from apps.accounts.models import Membership
from apps.committee.models import Ballot
from apps.completeness.checks import field_of
from apps.completeness.selectors import items_of
from apps.documents.kinds import Kind
from apps.workflow.models import Subject
from tests.people import PASSWORD

SPREADSHEETS = {Kind.METHODOLOGY_SPREADSHEET}
CODE = re.compile(r"\b[A-Z]{3,4}-[0-9]{2}\b")
_papers = count(1)

Sent = dict[str, Any]


class Visitor:
    """One person with a browser that runs no scripts."""

    def __init__(self, membership: Membership) -> None:
        self.membership = membership
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=True)
        self._sign_in()

    def _sign_in(self) -> None:
        path = reverse("login")
        sent = filled(self.read(path), {"username": self.membership.user.email, "password": PASSWORD})
        assert self.client.post(path, sent).status_code == 302

    def read(self, path: str) -> str:
        """The page at an address."""
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}\n{problems(answer)}"
        return answer.content.decode()

    # --- Steps --------------------------------------------------------------------------------------

    def opens(self, model: type[Subject], step: str, **answers: Any) -> Any:
        """Open a file of a procedure and return it as it stands."""
        key = model.procedure.key
        before = set(model._default_manager.values_list("pk", flat=True))
        self._through(reverse("opening", args=[key, step]), answers)
        return model._default_manager.exclude(pk__in=before).get()

    def does(self, file: Any, step: str, *papers: Kind, about: Mapping[str, str] | None = None, **answers: Any) -> Any:
        """Take a step, handing in a new version of each of these documents; the file is then as the step left it.

        `about` says in the page's address which of several matters it is.
        """
        path = reverse("step", args=[file.procedure.key, file.pk, step])
        self._through(f"{path}?{urlencode(about)}" if about else path, answers | handed_in(papers))
        return anew(file)

    def finds_complete(self, file: Any, step: str = "accept_as_complete", **answers: Any) -> Any:
        """Find every item of a completeness check in order."""
        return self.does(file, step, **{field_of(item): "in_order" for item in items_of(file)}, **answers)

    def is_refused(self, file: Any, step: str, *papers: Kind, **answers: Any) -> list[str]:
        """Try a step in vain and return the codes that the page names; the file is as it was."""
        path = reverse("step", args=[file.procedure.key, file.pk, step])
        version = file.reload().version
        asked = self.client.get(path)
        if asked.status_code == 200:
            asked = self.client.post(path, filled(asked.content.decode(), answers | handed_in(papers)))
        assert asked.status_code in {403, 409, 422}, f"{path}: {asked.status_code}\n{problems(asked)}"
        assert anew(file).version == version
        return codes(asked.content.decode())

    def opening_is_refused(self, model: type[Subject], step: str, **answers: Any) -> list[str]:
        """Try to open a file in vain and return the codes that the page names; there is no file."""
        before = model._default_manager.count()
        path = reverse("opening", args=[model.procedure.key, step])
        answer = self.client.post(path, filled(self.read(path), answers))
        if answer.status_code == 200:
            answer = self.client.post(path, {**filled(answer.content.decode(), {}), "confirm": "yes"})
        assert answer.status_code == 422, f"{path}: {answer.status_code}\n{problems(answer)}"
        assert model._default_manager.count() == before
        return codes(answer.content.decode())

    def _through(self, path: str, answers: Sent) -> None:
        """The form, the page that shows the answers once more, the confirmation."""
        checked = self.client.post(path, filled(self.read(path), answers))
        assert checked.status_code == 200, f"{path}: {checked.status_code}\n{problems(checked)}"
        done = self.client.post(path, {**filled(checked.content.decode(), {}), "confirm": "yes"})
        assert done.status_code == 302, f"{path}: {done.status_code}\n{problems(done)}"

    # --- The committee ------------------------------------------------------------------------------

    def answers(self, ballot: Ballot, answer: str, *items: int, reason: str = "") -> Ballot:
        """Answer items of a ballot on its own page."""
        path = ballot.get_absolute_url()
        sent = {f"item_{number}": answer for number in items} | ({"reason": reason} if reason else {})
        checked = self.client.post(path, filled(self.read(path), sent))
        assert checked.status_code == 200, f"{path}: {checked.status_code}\n{problems(checked)}"
        done = self.client.post(path, {**filled(checked.content.decode(), {}), "confirm": "yes"})
        assert done.status_code == 302, f"{path}: {done.status_code}\n{problems(done)}"
        return anew(ballot)


def anew(file: Any) -> Any:
    """The same object as the database has it now: a story speaks of one project, however often it is read."""
    now = file.reload()
    file.__dict__.clear()
    file.__dict__.update(now.__dict__)
    return file


# --- Documents -----------------------------------------------------------------------------------------


def handed_in(papers: Sequence[Kind]) -> Sent:
    """A new document of each kind; no two are alike."""
    return {kind.value: paper(kind) for kind in papers}


def paper(kind: Kind) -> SimpleUploadedFile:
    """A small file of the form's own type."""
    number = next(_papers)
    if kind in SPREADSHEETS:
        return SimpleUploadedFile(f"{kind.value} {number}.xlsx", b"PK\x03\x04 spreadsheet %d" % number)
    return SimpleUploadedFile(f"{kind.value} {number}.pdf", b"%%PDF-1.7\nPaper %d.\n%%%%EOF\n" % number)


# --- Forms as a page offers them -----------------------------------------------------------------------


def filled(page: str, answers: Sent) -> Sent:
    """What a browser would send: the form as offered, with these answers. Fails where a field is not on the page."""
    form = the_form(parse_html(page), answers)
    offered: dict[str, list[str]] = {}
    names = set()
    for control in controls(form):
        about = dict(control.attributes)
        name = str(about.get("name") or "")
        names.add(name)
        if name and about.get("type") != "file":
            offered.setdefault(name, []).extend(values_of(control))
    sent = {name: values for name, values in offered.items() if values}
    return sent | as_typed(answers, names)


def as_typed(answers: Sent, names: set[str]) -> Sent:
    """Answers in the fields of the page: a day in three, one box ticked for each of several."""
    found: Sent = {}
    for name, value in answers.items():
        if isinstance(value, date):
            parts = {f"{name}_{part}": str(getattr(value, part)) for part in ("day", "month", "year")}
        elif isinstance(value, Sequence) and not isinstance(value, str):
            parts = {name: [key(one) for one in value]}
        else:
            parts = {name: key(value)}
        assert parts.keys() <= names, f"the page does not ask for {name}, but for {', '.join(sorted(names))}"
        found |= parts
    return found


def key(value: Any) -> Any:
    """What a form sends for a value."""
    if isinstance(value, SimpleUploadedFile):
        return value
    return str(getattr(value, "pk", value))


def the_form(page: Element, asked: Iterable[str] = ()) -> Element:
    """The last form that asks for all this, else the one that a page ends with.

    Head and foot have others, a ballot has one for notes before the paper, the log-in one for passkeys after it.
    """
    main = next(one for one in elements(page) if one.name == "main")
    forms = [one for one in elements(main) if one.name == "form" and ("method", "post") in one.attributes]
    fitting = [one for one in forms if set(asked) <= {str(dict(control.attributes).get("name")) for control in controls(one)}]
    return (fitting or forms)[-1]


def controls(form: Element) -> Iterator[Element]:
    """What can be filled in."""
    return (one for one in elements(form) if one.name in {"input", "select", "textarea"})


def values_of(control: Element) -> list[str]:
    """What a control holds before anybody has touched it."""
    about = dict(control.attributes)
    if control.name == "textarea":
        return ["".join(str(child) for child in control.children)]
    if control.name == "select":
        chosen = [dict(one.attributes) for one in elements(control) if one.name == "option"]
        return [str(one.get("value") or "") for one in chosen if "selected" in one]
    if about.get("type") in {"radio", "checkbox"} and "checked" not in about:
        return []
    return [str(about.get("value") or "")]


def elements(of: Element) -> Iterator[Element]:
    """An element and all within it."""
    yield of
    for child in of.children:
        if isinstance(child, Element):
            yield from elements(child)


def codes(page: str) -> list[str]:
    """The codes of the refusals that a page tells, each once."""
    return sorted(set(CODE.findall(page)))


def problems(answer: HttpResponse) -> str:
    """What a page says is wrong, for a test that did not expect it."""
    page = parse_html(answer.content.decode())
    told = [one for one in elements(page) if "error" in str(dict(one.attributes).get("class")) or one.name == "h1"]
    return "\n".join(str(one) for one in told)
