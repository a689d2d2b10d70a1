"""What must be true of a third-party entity; each check is a sentence that holds when all is well."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.completeness.checks import every_item_is_in_order, something_is_missing  # noqa: F401 # reason: named in the table
from apps.core.calendar import legal_day
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.documents.kinds import Kind
from apps.third_party_entities.errors import no_scope_named
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.procedure import PAPERS, Function
from apps.third_party_entities.selectors import (
    certificate_of,
    designation_gaps,
    has_upload_since,
    may_work_on,
    named_since,
    open_files,
)
from apps.workflow.fsm import Act
from apps.workflow.selectors import open_deadlines


def no_other_file_is_open(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-01: an organisation has one file per partner country; extensions run in it. Source: rules 2.18."""
    other = open_files(subject.organisation_id).first()
    if other is None:
        return []
    text = _("%(entity)s has a file already: %(state)s") % {"entity": other, "state": other.state_label}
    return [Problem("TPE-01", text, "organisation")]


def applicant_applies_for_itself(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-02: the file is about the organisation of the person who opens it."""
    own = act.holding is not None and act.holding.organisation_id == subject.organisation_id
    return [] if own else [Problem("TPE-02", _("an entity applies for itself only"), "organisation")]


def a_scope_is_applied_for(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-03: an application names at least one sectoral scope, for validation or for verification."""
    return [] if any(True for _pair in _named(act)) else [no_scope_named()]


def scopes_were_applied_for(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-04: the designation stays within the application. Source: rules 2.18 (per scope, per function)."""
    asked = {Function.VALIDATION: subject.applied_validation, Function.VERIFICATION: subject.applied_verification}
    text = _("sectoral scope %(scope)s for %(function)s was not applied for")
    return [
        Problem("TPE-04", text % {"scope": number, "function": function.label}, function.value)
        for function, number in _named(act)
        if number not in asked[function]
    ]


def end_is_not_before_start(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-05: a last day lies on or after the day from which it holds."""
    ends_on = act.inputs.get("ends_on")
    if ends_on is None or ends_on >= act.effective_on:
        return []
    words = {"last": day_words(ends_on), "first": day_words(act.effective_on)}
    return [Problem("TPE-05", _("the last day %(last)s lies before the first day %(first)s") % words, "ends_on")]


def scopes_are_held(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-06: only what is held can be given up, if during a suspension."""
    found = ((function, designation_gaps(subject, function, [number], act.effective_on)) for function, number in _named(act))
    return [Problem("TPE-06", f"{subject}: {gap}", function.value) for function, gaps in found for gap in gaps]


def a_document_was_added(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-07: what comes back after the one request for completion is not what was sent before. Source: P07."""
    if has_upload_since(subject, PAPERS, subject.state_since):
        return []
    text = _("no document was uploaded since completion was asked for; upload the corrected one")
    return [Problem("TPE-07", text, Kind.TPE_APPLICATION.value)]


def certificate_is_new(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-08: further scopes and later end dates rest on a new certificate. Source: rules 2.18 (extended)."""
    if certificate_of(subject) != subject.certificate_version:
        return []
    text = _("%(document)s is the one of the last decision on scopes; upload the new one")
    return [Problem("TPE-08", text % {"document": Kind.ACCREDITATION.label}, Kind.ACCREDITATION.value)]


def entity_was_heard(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-09: nothing is taken from an entity before it has answered or let its time pass. Source: rules 2.18 (hearing)."""
    if subject.heard_on is not None or subject.reviewed_on is None:
        return []
    hearing = open_deadlines(subject).filter(rule="tpe_hearing_days").first()
    if hearing is None or act.at >= hearing.due_at:
        return []
    text = _("%(entity)s has not answered the grounds of the review; it has until %(day)s")
    return [Problem("TPE-09", text % {"entity": subject, "day": day_words(hearing.last_day)})]


def successor_may_take_over(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-10: open work goes to another entity that may work on this day. Source: rules 2.18 (pending jobs handed over)."""
    pk = act.inputs.get("successor")
    if pk is None:
        return []
    other = ThirdPartyEntity.objects.get(pk=pk)
    if other.pk != subject.pk and may_work_on(other, act.effective_on):
        return []
    text = _("%(entity)s cannot take over; name another entity that is designated and not suspended")
    return [Problem("TPE-10", text % {"entity": other}, "successor")]


def name_is_another(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-11: a new name is not the one that the entity bears."""
    if act.inputs.get("new_name") != subject.title:
        return []
    return [Problem("TPE-11", _("the entity bears this name already"), "new_name")]


def name_starts_after_the_last(subject: ThirdPartyEntity, act: Act) -> list[Problem]:
    """TPE-12: a name is recorded from a day after the present one began, and not ahead of time."""
    first, since, today = act.inputs.get("renamed_on"), named_since(subject), legal_day(act.at)
    if first is None or since < first <= today:
        return []
    text = _("the first day of the new name lies after %(since)s and not after %(today)s")
    return [Problem("TPE-12", text % {"since": day_words(since), "today": day_words(today)}, "renamed_on")]


def _named(act: Act) -> Iterator[tuple[Function, int]]:
    return ((function, number) for function in Function for number in act.inputs.get(function.value, ()))
