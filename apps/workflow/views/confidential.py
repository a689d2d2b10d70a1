"""What belongs to a confidential document: its public version, and who has read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core.errors import NotReady, Refusal
from apps.documents.checks import ALLOWED
from apps.documents.models import DocumentVersion
from apps.documents.selectors import is_of_own_house, readings_of, twins_of
from apps.documents.services import add_twin
from apps.workflow import registry
from apps.workflow.views.papers import is_known_to


class TwinForm(forms.Form):
    """The file of a public version."""

    file = forms.FileField(
        label=gettext_lazy("Public version"),
        help_text=gettext_lazy("The same document with what is confidential removed, not covered; the two are compared."),
        widget=forms.FileInput(attrs={"accept": ",".join(ALLOWED)}),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file")},
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def confidential(request: ActingRequest, pk: int) -> HttpResponse:
    """A confidential document for those who may read it; who handed it in may hand in what everybody may read of it."""
    version = DocumentVersion.objects.filter(pk=pk, confidential=True).first()
    reader = request.membership
    if version is None or reader is None or not is_known_to(version, reader):
        raise Http404
    own = is_of_own_house(version, reader)
    if request.method == "POST" and not own:
        raise Http404
    sent = request.method == "POST"
    form = TwinForm(request.POST, request.FILES) if sent else TwinForm()
    if sent and form.is_valid() and _handed_in(version, form, reader):
        messages.success(request, _("The public version was handed in. Everybody can read it now."))
        return redirect("confidential", pk)
    status = NotReady.status if form.errors else 200
    return render(request, "workflow/confidential.html", _context(version, form if own else None, reader), status=status)


def _handed_in(version: DocumentVersion, form: TwinForm, reader: Membership) -> bool:
    """Whether the public version was taken; what stands in its way is told at the field."""
    file = form.cleaned_data["file"]
    try:
        add_twin(original=version, name=str(file.name), content=file, membership=reader)
    except Refusal as refusal:
        form.add_error("file", ValidationError([ValidationError(one.text, code=one.code) for one in refusal.problems]))
        return False
    return True


def _context(version: DocumentVersion, form: TwinForm | None, reader: Membership) -> dict[str, Any]:
    told = form is not None or reader.as_role == Role.SECRETARIAT
    return {
        "version": version,
        "subject": registry.model_of(version.subject_type)._default_manager.get(pk=version.subject_id),
        "twin": twins_of([version]).get(version.pk),
        "form": form,
        "readings": readings_of(version) if told else None,
    }
