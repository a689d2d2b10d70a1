"""What must be true of an idea note; each check is a sentence that holds when all is well."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from apps.accounts.roles import Side
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.idea_notes.kinds import BY_CODE
from apps.idea_notes.models import IdeaNote
from apps.workflow.editions import EDITIONS, Edition
from apps.workflow.fsm import Act
from apps.workflow.inputs import YesNo

NEEDED = ("host_parties", "japan_parties", "place", "technology", "expected_tonnes_per_year", "other_registration")


def participant_submits_for_itself(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-01: the note is that of the organisation whose person opens it. Source: rules 2.1."""
    own = act.holding is not None and act.holding.organisation_id == subject.organisation_id
    return [] if own else [Problem("PIN-01", _("an idea note is opened for one's own organisation only"), "organisation")]


def activity_is_eligible(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-02: the activity stands on the partner country's list on the day of submission. Source: rules 2.1, 6.4."""
    activity = BY_CODE.get(subject.activity)
    if activity is not None and activity.is_listed(act.effective_on):
        return []
    words = {"activity": subject.activity or _("no activity"), "day": day_words(act.effective_on)}
    text = _("%(activity)s is not on the list of eligible activities on %(day)s; amend the idea note")
    return [Problem("PIN-02", text % words, "activity")]


def other_registration_is_explained(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-03: whoever is registered elsewhere says where, so that nothing is counted twice. Source: rules 4.1."""
    said = {name: act.inputs.get(name, getattr(subject, name)) for name in ("other_registration", "other_registration_text")}
    if said["other_registration"] != YesNo.YES or said["other_registration_text"]:
        return []
    return [Problem("PIN-03", _("name the other programme and the number there"), "other_registration_text")]


def what_the_form_asks_for_is_given(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-04: the particulars that both sides judge a planned project by are there. Source: rules 4.1."""
    missing = [subject.procedure.inputs[name] for name in NEEDED if getattr(subject, name) in ("", None)]
    text = _("the idea note does not say: %(field)s; amend it first")
    return [Problem("PIN-04", text % {"field": one.label}, one.name) for one in missing]


def rules_are_not_yet_in_force(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-05: information sheets are first received until the rules are in force; one returned may come back later."""
    if subject.received_before_rules_on or act.effective_on < _later(subject).in_force_from:
        return []
    return [Problem("PIN-05", _("the rules are in force; withdraw this draft and open an idea note under them"))]


def later_rules_are_in_force(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-06: there is a later edition to be moved to on that day. Source: rules 0.3, 6.1."""
    if act.effective_on >= _later(subject).in_force_from:
        return []
    text = _("no later rules are in force on %(day)s; wait for them")
    return [Problem("PIN-06", text % {"day": day_words(act.effective_on)}, "effective_on")]


def host_side_has_not_answered(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-07: the partner country's side answers once."""
    return _answered(subject.host_answered_on, Side.HOST)


def japanese_side_has_not_answered(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-07: Japan's side answers once."""
    return _answered(subject.japan_answered_on, Side.JAPAN)


def both_sides_answered(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-08: the committee's work starts with the second answer."""
    days = {Side.HOST: subject.host_answered_on, Side.JAPAN: subject.japan_answered_on}
    text = _("the answer of %(side)s is missing")
    return [Problem("PIN-08", text % {"side": side.label}) for side, day in days.items() if day is None]


def project_is_older_than_the_rules(subject: IdeaNote, act: Act) -> list[Problem]:
    """PIN-09: only a project that existed before the rules is exempted. Source: rules 2.1, awkward case 25."""
    existed_on = act.inputs.get("existed_on")
    if existed_on is None or existed_on < subject.rules.in_force_from:
        return []
    text = _("a project is exempted only where it existed before %(day)s; let its participants submit an idea note")
    return [Problem("PIN-09", text % {"day": day_words(subject.rules.in_force_from)}, "existed_on")]


def _later(subject: IdeaNote) -> Edition:
    """The edition that the table of the present one leads to."""
    return EDITIONS[next(row.into for row in subject.procedure.rows(subject.edition) if row.into)]


def _answered(day: date | None, side: Side) -> list[Problem]:
    if day is None:
        return []
    text = _("%(side)s gave its answer on %(day)s; object, or leave it to the Joint Committee")
    return [Problem("PIN-07", text % {"side": side.label, "day": day_words(day)})]
