"""An input for those whom it concerns, and the entry of a letter by a secretariat."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotReady, Problem, Refusal
from apps.public_inputs.forms import LetterForm, day_of
from apps.public_inputs.models import PublicInput
from apps.public_inputs.policies import may_read
from apps.public_inputs.procedure import PROCEDURE
from apps.public_inputs.render import answered_by, author
from apps.public_inputs.selectors import call_named
from apps.public_inputs.services import enter
from apps.workflow import policies
from apps.workflow.actors import Actor
from apps.workflow.render import facts_of
from apps.workflow.selectors import looking, open_deadlines, with_related


@login_required
@require_safe
def public_input(request: ActingRequest, pk: int) -> HttpResponse:
    """An input: what it says to whoever may read it, where it stands, what was decided. Unknown and closed look the same: 404."""
    found = with_related(PublicInput).filter(pk=pk).first()
    if not isinstance(found, PublicInput):
        raise Http404
    with looking(found):
        held = policies.capacities_towards(found, request.membership)
        if not policies.may_know(found, held):
            raise Http404
        reads = may_read(found, held)
        context = {
            "subject": found,
            "facts": facts_of(found),
            "deadlines": list(open_deadlines(found)),
            "statement": found.statement if reads else None,
            "answered_by": answered_by(found),
            "author": author(found.statement) if reads else "",
            "newest": (),
            "file": found.file,
        }
        return render(request, "public_inputs/public_input.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def letter(request: ActingRequest) -> HttpResponse:
    """Enter what somebody has written by letter; for the secretariats."""
    membership = request.membership
    if membership is None or membership.as_role != Role.SECRETARIAT:
        row = PROCEDURE.rows("india_2026")[1]
        context = {"heading": _("Not open to you: %(step)s") % {"step": row.title}, "problems": [policies.not_open_to(row)]}
        return render(request, "workflow/closed.html", context, status=NotAllowed.status)
    if request.method == "GET":
        return letter_page(request, LetterForm(initial={"about": request.GET.get("about", "")}))
    form = LetterForm(request.POST)
    entered = entered_by(form, membership) if form.is_valid() else None
    if entered is None:
        return letter_page(request, form, status=NotReady.status)
    messages.success(request, _("Recorded: public input %(number)s.") % {"number": entered.reference})
    return redirect(entered)


def entered_by(form: LetterForm, membership: Membership) -> PublicInput | None:
    """The input that a filled-in form became; None where it was refused, which the form then tells."""
    call = call_named(form.cleaned_data["about"].strip())
    if call is None:
        form.refuse([Problem("INP-01", _("there is no call about a file of this number; write it as the call does"), "about")])
        return None
    try:
        return enter(file=call.file, actor=Actor.person(membership), received_on=day_of(form), said=form.said())
    except Refusal as refusal:
        form.refuse(refusal.problems)
        return None


def letter_page(request: ActingRequest, form: LetterForm, *, status: int = 200) -> HttpResponse:
    """The form of a letter."""
    return render(
        request, "public_inputs/letter.html", {"form": form, "title": PROCEDURE.rows("india_2026")[1].title}, status=status
    )
