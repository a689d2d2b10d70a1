"""What belongs to a confidential document: its public version, and who has read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotNow, NotReady, Refusal
from apps.documents.checks import ALLOWED
from apps.documents.models import DocumentVersion, Upload
from apps.documents.selectors import experts_in_force, is_of_own_house, readings_of, ready_twin, twins_of
from apps.documents.services import add_twin, begin_twin, no_upload
from apps.workflow import registry
from apps.workflow.forms import as_token
from apps.workflow.views.papers import is_known_to
from apps.workflow.views.uploads import announced, as_size, refused


class TwinField(forms.FileField):
    """A file that may have come in before; whether it is there is the form's matter."""

    def validate(self, value: Any) -> None:
        """Nothing is asked of a file that is not there."""


class TwinForm(forms.Form):
    """The file of a public version, or the name of an upload of it."""

    file = TwinField(
        label=gettext_lazy("Public version"),
        help_text=gettext_lazy("The same document with what is confidential removed, not covered; the two are compared."),
        widget=forms.FileInput(attrs={"accept": ",".join(ALLOWED)}),
        allow_empty_file=True,
    )
    file_upload = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *sent: Any, original: DocumentVersion, sender: Membership) -> None:
        super().__init__(*sent)
        self.original, self.sender = original, sender

    @property
    def arrived(self) -> Upload | None:
        """The upload that was named and can be handed in."""
        token = as_token(self.data.get("file_upload", ""))
        return ready_twin(token, self.sender, self.original) if token else None

    def clean(self) -> None:
        """A file that is chosen goes before one that came in; one of the two must be there."""
        if self.cleaned_data.get("file") or "file" in self.errors:
            return
        upload = self.arrived
        if upload is None and self.cleaned_data.get("file_upload"):
            self.refuse(NotNow(no_upload("file")))
        elif upload is None:
            self.add_error("file", ValidationError(_("Choose a file"), code="required"))
        self.cleaned_data["file"] = upload

    def refuse(self, refusal: Refusal) -> None:
        """Tell the problems of a refusal at the file."""
        self.add_error("file", ValidationError([ValidationError(one.text, code=one.code) for one in refusal.problems]))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def confidential(request: ActingRequest, pk: int) -> HttpResponse:
    """A confidential document for those who may read it; who handed it in may hand in what everybody may read of it."""
    version, reader = _readable_or_404(request, pk)
    own = is_of_own_house(version, reader)
    if request.method == "POST" and not own:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TwinForm(*sent, original=version, sender=reader)
    refused_with = _refused_with(form) if sent else None
    if sent and refused_with is None:
        messages.success(request, _("The public version was handed in. Everybody can read it now."))
        return redirect("confidential", pk)
    context = _context(version, form if own else None, reader)
    return render(request, "workflow/confidential.html", context, status=refused_with)


@login_required
@never_cache
@require_POST
def begin_public(request: ActingRequest, pk: int) -> HttpResponse:
    """Begin an upload of a public version: `name` and `size` of the file. For whoever handed the confidential one in."""
    version, reader = _readable_or_404(request, pk)
    if not is_of_own_house(version, reader):
        raise Http404
    name, size = request.POST.get("name", ""), request.POST.get("size", "")
    try:
        return announced(begin_twin(original=version, name=name, size=as_size(size), membership=reader))
    except Refusal as refusal:
        return refused(refusal)


def _readable_or_404(request: ActingRequest, pk: int) -> tuple[DocumentVersion, Membership]:
    """A confidential document and who may read it. Raises Http404 for everybody else."""
    version = DocumentVersion.objects.filter(pk=pk, confidential=True).first()
    reader = request.membership
    if version is None or reader is None or not is_known_to(version, reader):
        raise Http404
    return version, reader


def _refused_with(form: TwinForm) -> int | None:
    """Hand the public version in: None when it was taken, else the status of what stands in its way, told at the field."""
    if not form.is_valid():
        return NotReady.status
    file = form.cleaned_data["file"]
    try:
        add_twin(original=form.original, name=str(file.name), content=file, membership=form.sender)
    except Refusal as refusal:
        form.refuse(refusal)
        return refusal.status
    return None


def _context(version: DocumentVersion, form: TwinForm | None, reader: Membership) -> dict[str, Any]:
    told = form is not None or reader.as_role == Role.SECRETARIAT
    subject = registry.model_of(version.subject_type)._default_manager.get(pk=version.subject_id)
    for_expert = reverse("experts", args=[version.subject_type, version.subject_id])
    return {
        "version": version,
        "subject": subject,
        "file_url": for_expert if reader.as_role == Role.EXPERT else subject.get_absolute_url(),
        "twin": twins_of([version]).get(version.pk),
        "form": form,
        "readings": readings_of(version) if told else None,
        "experts": experts_in_force(version.subject_type, version.subject_id, clock.today()),
        "names_experts": reader.as_role == Role.SECRETARIAT,
    }
