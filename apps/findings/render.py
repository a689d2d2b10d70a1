"""A finding in words: what it is about, and how often a response was asked for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.templatetags.gazette import day_words
from apps.findings.models import Finding
from apps.workflow.render import Fact


def facts(finding: Finding) -> list[Fact]:
    """The kind, the row of the form, the file that it is about, who raised it, and the rounds of responses."""
    rounds = ngettext("%(count)d round", "%(count)d rounds", finding.rounds) % {"count": finding.rounds}
    found = [
        Fact(_("Kind"), finding.get_kind_display()),
        Fact(_("Requirement"), finding.get_requirement_display()),
        Fact(_("About"), str(finding.file)),
        Fact(_("Raised by"), str(finding.raised_by)),
        Fact(_("Responses asked for"), rounds),
    ]
    return [*found, Fact(_("Ended"), day_words(finding.ended_on))] if finding.ended_on else found
