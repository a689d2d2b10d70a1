"""How far a section of a draft is, and what a section shows besides its questions."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Progress(TextChoices):
    """How far a section is."""

    NOT_BEGUN = "not_begun", _("Not begun")
    BEGUN = "begun", _("Begun")
    MISTAKES = "mistakes", _("With mistakes")
    COMPLETE = "complete", _("Filled in")


# How each looks: a sign beside its words, never a colour alone.
SIGNS = {Progress.NOT_BEGUN: "wait", Progress.BEGUN: "now", Progress.MISTAKES: "stop", Progress.COMPLETE: "done"}


class Shown(TextChoices):
    """What the file knows and a section shows: it is never asked for, and taken at the moment of producing."""

    NOTHING = "", _("nothing")
    FILE = "file", _("particulars of the file")
    REQUIREMENT = "requirement", _("findings about one requirement")
    FINDINGS = "findings", _("all findings")
    PLAN = "plan", _("indicators of the plan")
