"""Keeping views of lists: private to whoever keeps them, and nobody's act."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import NotReady, Problem
from apps.core.templatetags.gazette import grouped
from apps.lists.models import SavedView
from apps.lists.selectors import plain_name

# Of one list, for one person.
MOST_VIEWS = 20


@transaction.atomic
def keep_view(user: User, key: str, *, name: str, asked: str, is_default: bool = False) -> SavedView:
    """Keep what is asked of a list under a name; `is_default` shows it first from now on, in place of any other.

    Raises NotReady: LST-01 where the name is taken, LST-02 where there are too many views.
    """
    # Whoever keeps views in two windows at once waits here, so that the limit holds.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if SavedView.objects.filter(user=user, list=key).count() >= MOST_VIEWS:
        text = _("you keep %(count)s views of this list; delete one before you keep another")
        raise NotReady(Problem("LST-02", text % {"count": grouped(MOST_VIEWS)}))
    return _written(SavedView(user=user, list=key, asked=asked), name, is_default=is_default)


@transaction.atomic
def change_view(view: SavedView, *, name: str, is_default: bool) -> SavedView:
    """Give a view another name, and say whether it is shown first. Raises NotReady: LST-01 where the name is taken."""
    User.objects.select_for_update(no_key=True).get(pk=view.user_id)
    return _written(view, name, is_default=is_default)


def delete_view(view: SavedView) -> None:
    """Keep a view no longer."""
    view.delete()


def _written(view: SavedView, name: str, *, is_default: bool) -> SavedView:
    view.name, view.is_default = plain_name(name), is_default
    if is_default:
        others = SavedView.objects.filter(user_id=view.user_id, list=view.list, is_default=True)
        others.exclude(pk=view.pk).update(is_default=False)
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        text = _("you keep a view of this list under that name; choose another name")
        raise NotReady(Problem("LST-01", text, "name")) from error
    return view
