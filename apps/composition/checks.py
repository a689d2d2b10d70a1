"""What must be true before a step of an appointment. Codes: CMP-01 to CMP-15, and those of the accounts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.accounts.checks import end_problems
from apps.accounts.render import side_name
from apps.accounts.roles import OF_COMMITTEE
from apps.composition.models import Appointment
from apps.composition.policies import candidate, composition_problems, end_day
from apps.composition.selectors import credential_of, credential_problem, membership, person_of
from apps.core import clock
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.workflow.fsm import Act


def actor_serves_the_same_side(subject: Appointment, act: Act) -> list[Problem]:
    """CMP-01: neither side acts for the other. Source: rules 1.2, 3.2."""
    side = _side(subject, act)
    if not side or act.holding is None or act.holding.side == side:
        return []
    return [
        Problem("CMP-01", _("this is the other side's to do (%(side)s); neither acts for the other") % {"side": side_name(side)})
    ]


def _side(subject: Appointment, act: Act) -> str:
    """The side whose appointment it is; empty while nobody has said it."""
    office = act.inputs.get("office")
    return membership(office).side if office else str(act.inputs.get("side", subject.side))


def credential_of_the_actor_is_confirmed(subject: Appointment, act: Act) -> list[Problem]:
    """CMP-09: whoever decides by a changed credential does not appoint by it either."""
    problem = credential_problem(act.actor.membership_id, act.at)
    return [problem] if problem else []


def actor_is_a_second_person(subject: Appointment, act: Act) -> list[Problem]:
    """CMP-02: what one person proposes another confirms, in whatever capacity either acts."""
    if person_of(act.actor.membership_id) != person_of(subject.proposed_by_id):
        return []
    return [Problem("CMP-02", _("you have proposed this yourself; a second person of your side must answer"))]


def actor_is_not_the_person(subject: Appointment, act: Act) -> list[Problem]:
    """CMP-03: nobody confirms their own appointment or credential."""
    if person_of(act.actor.membership_id) != subject.person_id:
        return []
    return [Problem("CMP-03", _("this is about yourself; another person of your side must confirm it"))]


def composition_stays_lawful(subject: Appointment, act: Act) -> list[Problem]:
    """CMP-04 to CMP-08, CMP-13, CMP-15, ACC-03: the side is lawfully composed with the new office, from its first day on."""
    return list(composition_problems(candidate(subject, act), subject.rules.days("members_per_side")))


def office_has_no_file(subject: Appointment, act: Act) -> list[Problem]:
    """CMP-14: an office of the committee that still runs and has no file yet."""
    held = membership(act.inputs["office"])
    known = Appointment.objects.filter(membership=held).exists()
    ended = held.ends_on is not None and held.ends_on < clock.today()
    if held.as_role in OF_COMMITTEE and not known and not ended:
        return []
    return [Problem("CMP-14", _("this is no office of the committee that runs and has no file yet"), "office")]


def end_comes_earlier(subject: Appointment, act: Act) -> list[Problem]:
    """CMP-12, ACC-04, ACC-05: the last day is brought forward, to today or later. Source: rules 3.2."""
    held = membership(subject.membership_id or 0)
    day = act.inputs.get("ends_on") or end_day(subject)
    if held.ends_on is not None and (held.ends_on < clock.today() or (day is not None and day >= held.ends_on)):
        text = _("the appointment ends on %(day)s anyway; an end can only come earlier")
        return [Problem("CMP-12", text % {"day": day_words(held.ends_on)}, "ends_on")]
    return list(end_problems(held, day)) if day is not None else []


def credential_has_changed(subject: Appointment, act: Act) -> list[Problem]:
    """CMP-10: there is something to confirm."""
    if credential_of(subject.person_id) != subject.credential:
        return []
    return [Problem("CMP-10", _("the credential is the confirmed one"))]


def credential_is_the_proposed_one(subject: Appointment, act: Act) -> list[Problem]:
    """CMP-11: what is confirmed is what was proposed."""
    if credential_of(subject.person_id) == subject.new_credential:
        return []
    return [Problem("CMP-11", _("the credential has changed again since; withdraw this and propose it anew"))]
