"""What only findings ask for: the file that one is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.findings.kinds import Assessment, Examination, choices_of
from apps.workflow import registry
from apps.workflow.inputs import Choice, Input, Numbers, storable


@dataclass(frozen=True, slots=True)
class AssessedFile(Input):
    """A file that an entity validates or verifies: the file, its number, or `procedure:key`, which is also its value.

    Files without a number are not published, and nobody learns here that they exist.
    """

    kind: ClassVar[str] = "assessed_file"

    def clean(self, raw: Any) -> str:
        if hasattr(raw, "procedure"):
            return registry.name_of(raw)
        text = str(raw).strip()
        found = registry.NAME.fullmatch(text)
        wanted = {"pk": int(found[2])} if found else {"reference": text}
        for key, model in assessed_models() if storable(text) else ():
            if found and found[1] != key:
                continue
            file = model._default_manager.filter(**wanted).exclude(reference="").first()
            if file is not None:
                return registry.name_of(file)
        raise ValueError(_("there is no project and no round with the number %(value)s") % {"value": repr(raw)})

    def words(self, value: str) -> str:
        subject_type, subject_id = registry.key_of(value)
        return str(registry.model_of(subject_type)._default_manager.get(pk=subject_id))

    def form_field(self) -> forms.Field:
        form = _("The number of the project or of the round, for example IN001 or IN001-R2.")
        return forms.CharField(label=self.label, required=self.required, help_text=form)


# What the entity says when it accepts an assignment. Source: rules 2.7 (no conflict of interest), awkward case 38.
DECLARATION = Choice(
    "declaration",
    gettext_lazy("Conflict of interest"),
    choices=(
        ("no_conflict", gettext_lazy("We declare that we have no conflict of interest with this project or its participants")),
    ),
)


def ticks(assessment: Assessment) -> Numbers:
    """The requirement rows of a form, each to be ticked. The door refuses a form without any (DOOR-07)."""
    return Numbers("requirements", gettext_lazy("Requirements met, no request open"), choices=choices_of(assessment))


def examinations(*kinds: Examination) -> Choice:
    """How the entity looked at the project."""
    return Choice("examination", gettext_lazy("Examination"), choices=tuple((one.value, one.label) for one in kinds))


def assessed_models() -> Iterator[tuple[str, Any]]:
    """The procedures whose files a third-party entity assesses, each with its model."""
    for procedure in registry.procedures():
        model = registry.model_of(procedure.key)
        if hasattr(model, "assessment"):
            yield procedure.key, model
