"""The public home: the latest decisions, the windows that are open, and what is new, each as a row of a list."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.committee.procedure import State as BallotState
from apps.core.calendar import legal_day
from apps.core.templatetags.gazette import in_words
from apps.events.models import Event
from apps.issuance.models import Round
from apps.portal.render.history import TOLD, words_of
from apps.portal.selectors import Books, Call, Decided, Front, Sides
from apps.workflow.models import Subject
from apps.workflow.render.windows import days_words

# Decisions in words as something done, beside those that the history of a project has.
DECIDED: dict[str, Promise] = {
    "idea_note.decide_no_objection": gettext_lazy("No objection to the planned project"),
    "idea_note.decide_objection": gettext_lazy("Objection to the planned project"),
    "idea_note.exempt": gettext_lazy("Exempted from the idea note"),
    "methodology.publish": gettext_lazy("Published for public inputs"),
    "methodology.approve": gettext_lazy("Methodology approved"),
    "methodology.approve_with_revisions": gettext_lazy("Methodology approved with revisions"),
    "methodology.approve_editorial": gettext_lazy("Editorial correction approved"),
    "methodology.reject": gettext_lazy("Methodology not approved"),
    "tpe.designate": gettext_lazy("Third-party entity designated"),
    "round.notify": gettext_lazy("Amounts of both sides decided"),
}
REFUSALS = frozenset({"idea_note.decide_objection", "methodology.reject", "project.reject", "round.reject"})


def decision_row(one: Decided) -> dict[str, Any]:
    """A decision: what it is about, what was decided, both sides' tonnes where it was about credits, its number and proof."""
    item, subject, ballot = one.decision.item, one.subject, one.decision.ballot
    name = f"{item.subject_type}.{item.step}"
    known = name in DECIDED or name in TOLD
    return {
        "title": subject.title if subject else item.title,
        "url": subject.public_url if subject else "",
        "kind": "stop" if name in REFUSALS else "done",
        "words": done_words(name, subject) if subject and known else _("Adopted"),
        "about": item.title if subject and not known else "",
        "sides": sides_of(subject) if name == "round.notify" else None,
        "on": one.decision.adopted_on,
        "number": ballot.reference,
        "item": item.number,
        "proof": reverse("decision-record", args=[ballot.reference]) if ballot.state == BallotState.CLOSED else "",
    }


def done_words(name: str, subject: Subject) -> str:
    """An act as something done, for readers who do not know the file."""
    return str(DECIDED[name]) if name in DECIDED else words_of(name, subject)


def sides_of(subject: Subject | None) -> Sides | None:
    """The tonnes of both sides as decided on a round; None for any other file."""
    return Sides(subject.host_tonnes or 0, subject.japan_tonnes or 0) if isinstance(subject, Round) else None


def call_row(one: Call) -> dict[str, Any]:
    """An open window: what it is about, how many days and which, both counted, and until when."""
    window, subject = one.deadline.window, one.subject
    return {
        "title": (_("Project design: %(title)s") if one.is_project else _("Methodology: %(title)s")) % {"title": subject.title},
        "reference": subject.reference,
        "url": subject.public_url or address_if_any("public-inputs"),
        "days": days_words((window.ends_on - window.starts_on).days + 1, window.unit),
        "starts_on": window.starts_on,
        "ends_on": window.ends_on,
        "due_at": one.deadline.due_at,
    }


def news_row(event: Event, subject: Subject) -> dict[str, Any]:
    """Something new: what was done to which file, and when."""
    words = done_words(event.type, subject)
    return {
        "title": f"{subject.reference} {subject.title}".strip(),
        "url": subject.public_url,
        "words": words,
        "on": legal_day(event.acted_at),
    }


def address_if_any(name: str) -> str:
    """The address of a page that this site may not have; empty then."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def totals_note(found: Books, registered: int) -> str:
    """Over how many projects and rounds the totals go."""
    projects = ngettext("%(count)s registered project", "%(count)s registered projects", registered)
    rounds = ngettext("%(count)s decided round", "%(count)s decided rounds", found.rounds)
    words = {
        "projects": projects % {"count": in_words(registered)},
        "rounds": rounds % {"count": in_words(found.rounds)},
    }
    return _("%(projects)s, %(rounds)s.") % {**words, "projects": words["projects"].capitalize()}


def totals(found: Books) -> list[dict[str, Any]]:
    """What was decided, issued, and is still to be issued, of each side and together."""
    rows = ((_("Decided"), found.all_decided), (_("Issued"), found.all_issued), (_("Still to issue"), found.pending))
    return [{"name": name, "sides": sides} for name, sides in rows]


def rows(found: Front, most_calls: int) -> dict[str, Any]:
    """The lists of the home page; of the open windows those that close first."""
    return {
        "calls": [call_row(one) for one in found.calls[:most_calls]],
        "calls_count": len(found.calls),
        "decisions": [decision_row(one) for one in found.decided],
        "news": [news_row(event, subject) for event, subject in found.news],
    }
