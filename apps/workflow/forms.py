"""The form of a step: what its row asks for, the documents to hand in, the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.errors import NotNow, Problem
from apps.core.forms import DayMonthYearField
from apps.documents.checks import (
    ALLOWED,
    LARGEST,
    LONGEST_SIGNATURE,
    LONGEST_VERSION,
    MEGABYTE,
    content_problems,
    name_problems,
)
from apps.documents.kinds import Kind, completion_field, version_field
from apps.documents.models import DocumentVersion, Upload
from apps.workflow.asking import Asked
from apps.workflow.catalogue import OfficialForm
from apps.workflow.inputs import Input, Text, clean_all

DOOR_CODES = {"required": "DOOR-07"}
NOT_UNDERSTOOD = "DOOR-08"
LONGEST_REASON = 4_000
# What the check page does not carry on: these belong to one request.
OF_ONE_REQUEST = frozenset({"csrfmiddlewaretoken", "confirm", "change", "papers_seen"})


@dataclass(frozen=True, slots=True)
class AskedForm:
    """The official form of a document to hand in: the version in force where one is known, and what is wrong with what is stated.

    `needed`: the version must be stated, since the rules judge it.
    """

    official: OfficialForm
    version: str
    needed: bool
    problems: Callable[[str, date | None], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that a step asks for: its newest version, whether the reader may hand in the next one, its official form.

    `drafting_url`: where the form is filled in on this site; empty where it is not.
    """

    kind: Kind
    current: DocumentVersion | None
    is_open: bool
    form: AskedForm | None = None
    drafting_url: str = ""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A document that was chosen, with what is stated of it."""

    kind: Kind
    file: UploadedFile[Any] | Upload
    confidential: bool
    form_version: str = ""
    completed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is read before it is confirmed."""

    name: str
    label: str
    words: str


class PaperField(forms.FileField):
    """A document to hand in, judged as the store will judge it. Whether it must be there is the door's matter."""

    widget = forms.FileInput(attrs={"accept": ",".join(ALLOWED)})

    def __init__(self, paper: Paper) -> None:
        self.kind = paper.kind
        super().__init__(
            label=paper.kind.label, required=paper.current is None, allow_empty_file=True, help_text=paper_words(paper)
        )

    def validate(self, value: Any) -> None:
        """A missing document is told with the code of the door (DOOR-05)."""

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if file is None:
            return None
        problems = list(name_problems(str(file.name), self.kind.value)) or list(self.problems_of_content(file))
        if problems:
            raise ValidationError([ValidationError(problem.text, code=problem.code) for problem in problems])
        return file

    def problems_of_content(self, file: UploadedFile[Any]) -> Iterable[Problem]:
        """What is wrong with the bytes, wherever whoever kept them before stopped reading."""
        file.seek(0)
        head = file.read(LONGEST_SIGNATURE)
        file.seek(0)
        return content_problems(str(file.name), head, file.size or 0, self.kind.value)


def paper_words(paper: Paper) -> str:
    """What kind of file is taken, and what is there already."""
    taken = _("%(kinds)s, at most %(largest)d MB.") % {
        "kinds": ", ".join(ending[1:].upper() for ending in ALLOWED),
        "largest": LARGEST // MEGABYTE,
    }
    if paper.form and paper.form.official.name:
        taken = _("Official form: %(form)s.") % {"form": paper.form.official.name} + f" {taken}"
    if paper.current is None:
        return taken
    there = {"number": paper.current.number, "name": paper.current.name}
    present = _("Version %(number)d is there (%(name)s); choose a file only to replace it.") % there
    return f"{present} {taken}"


class StepForm(forms.Form):
    """What a row asks for, with what ties the answers to what the reader saw: capacity, version, key, documents."""

    template_name = "workflow/_step_form.html"
    # Where documents may be sent beforehand; empty where they come with the form.
    uploads_url = ""

    acting = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    papers_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        asked: Asked,
        papers: Sequence[Paper] = (),
        *,
        acting: int | None,
        version: int = 0,
        uploads: Mapping[UUID, Upload] | None = None,
        **options: Any,
    ) -> None:
        self.now = {"acting": acting, "version": version, "idempotency_key": uuid4()}
        super().__init__(initial={**asked.filled, **self.now}, **options)
        self.declared, self.fold = tuple(asked.inputs), asked.given
        self.names = {one.name for one in self.declared}
        self.papers = [paper for paper in papers if paper.is_open]
        self.uploads = uploads or {}
        self.of_papers = {name for paper in self.papers for name in paper_fields(paper)}
        self.fields.update({one.name: one.asked_field() for one in self.declared})
        for paper in self.papers:
            self.fields.update(paper_fields(paper))
        self.fields["reason"] = forms.CharField(
            label=_("Reason or remark, kept in the record"),
            required=False,
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": "3"}),
        )
        # The door asks for it where a check does; a page only says nothing of its being optional.
        self.fields["reason"].depends = asked.needs_reason  # type: ignore[attr-defined] # reason: read by the template alone

    def add_error(self, field: str | None, error: Any) -> None:
        """Errors of what the row asks for, and of its documents, carry the codes that the door would give them."""
        if field in self.names | self.of_papers and isinstance(error, ValidationError):
            for one in error.error_list:
                one.code = door_code(one.code)
        super().add_error(field, error)

    def clean(self) -> None:
        """What is stated of the forms of the documents that were chosen, judged as it will be when they are handed in."""
        for paper in self.papers:
            self.take_upload(paper.kind)
            if paper.form and self.cleaned_data.get(paper.kind.value):
                self.refuse(self.problems_of_form(paper.kind, paper.form))

    def take_upload(self, kind: Kind) -> None:
        """Let an upload that is ready stand for the file, where none was chosen."""
        if not self.cleaned_data.get(upload_name(kind)) or self.cleaned_data.get(kind.value):
            return
        upload = self.upload_for(kind)
        if upload is None:
            text = _("this upload is not finished or is no longer kept; choose the file again")
            self.refuse([Problem("DOC-17", text, kind.value)])
        else:
            self.cleaned_data[kind.value] = upload

    def upload_for(self, kind: Kind) -> Upload | None:
        """The ready upload of a document that the form names."""
        token = as_token(self.data.get(upload_name(kind), ""))
        found = self.uploads.get(token) if token else None
        return found if found is not None and found.kind == kind.value else None

    def problems_of_form(self, kind: Kind, form: AskedForm) -> list[Problem]:
        """What is wrong with the version and the day of completion of one document."""
        version, field = self.cleaned_data.get(version_field(kind), ""), version_field(kind)
        problems = list(form.problems(version, self.cleaned_data.get(completion_field(kind))))
        if form.needed and not version and field in self.cleaned_data:
            text = _("the version of the form is missing; write it as printed on the form")
            problems.append(Problem(DOOR_CODES["required"], text, field))
        return problems

    def refuse_other_capacity(self) -> None:
        """Raises NotNow (ACC-06) when the page was read in another capacity than the one acted in now."""
        if self.now["acting"] not in {None, self.cleaned_data["acting"]}:
            text = _("you act in another capacity than when you read this page; look at the head of the page and check again")
            raise NotNow(Problem("ACC-06", text))

    def renewed(self) -> QueryDict:
        """What was sent, in the capacity and at the version of now and under a key that was never used."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name, value in self.now.items():
            data[name] = str(value)
        return data

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Tell the problems of a refusal at the fields that they name."""
        for problem in problems:
            field = problem.field if problem.field in self.fields else None
            self.add_error(field, ValidationError(problem.text, code=problem.code))

    def said(self) -> dict[str, Any]:
        """The answers to what the page asks for."""
        return {name: self.cleaned_data.get(name) for name in self.names}

    def given(self) -> dict[str, Any]:
        """What the row asks for."""
        return self.fold(self.said())

    def values(self) -> dict[str, Any]:
        """The answers as they will be understood. Raises NotReady (DOOR-07, DOOR-08)."""
        return clean_all(self.declared, self.said())

    def handed_in(self) -> list[HandedIn]:
        """The documents that were chosen."""
        return [self.of(paper.kind) for paper in self.papers if self.cleaned_data[paper.kind.value]]

    def of(self, kind: Kind) -> HandedIn:
        """A document that was chosen, with what is stated of it."""
        stated, said = self.cleaned_data, self.cleaned_data.get
        version, completed_on = said(version_field(kind), ""), said(completion_field(kind))
        return HandedIn(kind, stated[kind.value], stated[confidential_name(kind)], version, completed_on)

    def questions(self) -> list[BoundField]:
        """The fields of what the row asks for."""
        return [self[one.name] for one in self.declared]

    def sheets(self) -> list[dict[str, Any]]:
        """The fields of each document that may be handed in, for the page, and where its form is filled in on this site."""
        return [{**self.sheet(paper.kind), "drafting_url": paper.drafting_url} for paper in self.papers]

    def sheet(self, kind: Kind) -> dict[str, Any]:
        """The fields of one document."""
        names = {"file": kind.value, "version": version_field(kind), "completed": completion_field(kind)}
        names["confidential"] = confidential_name(kind)
        found: dict[str, Any] = {part: self[name] if name in self.fields else None for part, name in names.items()}
        return {**found, "kind": kind.value, "arrived": self.upload_for(kind)}

    def answers(self) -> list[Answer]:
        """The answers in words."""
        values = self.values()
        none = _("None given")
        found = [
            Answer(one.name, str(one.label), one.words(values[one.name]) if one.name in values else none) for one in self.declared
        ]
        return [*found, Answer("reason", str(self.fields["reason"].label), self.cleaned_data["reason"] or none)]

    def carried(self) -> list[tuple[str, str]]:
        """What was sent, to be sent once more with the confirmation."""
        sent = self.data.lists() if isinstance(self.data, QueryDict) else ()
        once = OF_ONE_REQUEST | {upload_name(paper.kind) for paper in self.papers}
        return [(key, value) for key, values in sent if key not in once for value in values]


class OpeningForm(StepForm):
    """The form of a step that opens a file: it needs a title besides."""

    TITLE = Text("title", gettext_lazy("Title"), longest=300)

    def __init__(self, declared: Sequence[Input], filled: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(Asked((self.TITLE, *declared), filled or {}), **options)


def paper_fields(paper: Paper) -> dict[str, forms.Field]:
    """The fields of a document to hand in: the file, its form where it is an official one, whether it is confidential."""
    form, kind = paper.form, paper.kind
    stated = {version_field(kind): stated_version(form), completion_field(kind): stated_completion(form)} if form else {}
    arrived = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    return {
        kind.value: PaperField(paper),
        upload_name(kind): arrived,
        **stated,
        confidential_name(kind): confidential_field(kind),
    }


def upload_name(kind: Kind) -> str:
    """The name of the hidden field that names an upload of a document."""
    return f"{kind.value}_upload"


def as_token(said: str) -> UUID | None:
    """The token of an upload as a form names it; None for anything else."""
    try:
        return UUID(said)
    except ValueError:
        return None


def stated_version(form: AskedForm) -> forms.Field:
    """The version of an official form; the one in force stands there already."""
    known = _("In force as far as known: %(version)s.") % {"version": form.version}
    return forms.CharField(
        label=_("%(form)s: version of the form") % {"form": form.official.called},
        help_text=known if form.version else _("As printed on the form, for example 05.0"),
        initial=form.version,
        required=False,
        max_length=LONGEST_VERSION,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )


def stated_completion(form: AskedForm) -> forms.Field:
    """The day of completion that stands on an official form."""
    return DayMonthYearField(
        label=_("%(form)s: day of completion") % {"form": form.official.called},
        help_text=_("As it stands on the document, for example 3 5 2026"),
        required=False,
    )


def confidential_name(kind: Kind) -> str:
    """The name of the tick box beside a document."""
    return f"{kind.value}_confidential"


def confidential_field(kind: Kind) -> forms.BooleanField:
    """The tick box beside a document."""
    label = _(
        "%(document)s: confidential. Only the committee, both secretariats, those named in the file and experts named for it"
        " may read it."
    )
    return forms.BooleanField(label=label % {"document": kind.label}, required=False)


def door_code(code: str | None) -> str:
    """The door's code for an error of a form field; its own codes stay as they are."""
    if code and code.isupper():
        return code
    return DOOR_CODES.get(code or "", NOT_UNDERSTOOD)
